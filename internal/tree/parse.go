// Package tree is a JSON document as a tree, read through accessors that coerce: publishers write "54" for 54, [] for
// {} and one picture where a list of pictures is meant, and none of that may cost the article.
//
// The parser takes exactly RFC 8259, and raw control characters in strings besides. It is written here because
// encoding/json weighs too much for the browser, and small parsers at hand take NaN and broken escapes, let the first
// of two equal names win, and do not say where a document is broken.
package tree

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of one document. They keep a hostile one from taking the tab's memory or stack.
const (
	MaxDepth  = 64
	MaxValues = 250_000
)

// What a document is that is no JSON at all. Parse gives these without more around them.
var (
	ErrEmpty = errors.New("empty")
	ErrHTML  = errors.New("not JSON but HTML: probably a block page")
)

// SyntaxError says where a document stops being JSON.
type SyntaxError struct {
	Offset int // in bytes, of the text after a byte order mark and the like were taken off
	What   string
}

func (e *SyntaxError) Error() string {
	return "not JSON: at byte " + strconv.Itoa(e.Offset) + ": " + e.What
}

// Parse reads one document. What servers put around JSON is taken off: a byte order mark, the )]}' line and CDATA.
// Lone surrogates and invalid UTF-8 become U+FFFD. The error is ErrEmpty, ErrHTML or a *SyntaxError.
func Parse(data []byte) (Node, error) {
	p := &parser{src: unwrap(data)}
	switch {
	case p.src == "":
		return Node{}, ErrEmpty
	case p.src[0] == '<':
		return Node{}, ErrHTML
	}
	root := &value{}
	p.value(root, 0)
	if p.space(); p.pos < len(p.src) {
		p.fail("there is more after the end of the document")
	}
	if p.err != nil {
		return Node{}, p.err
	}
	return Node{root}, nil
}

type parser struct {
	src    string
	pos    int
	values int
	err    *SyntaxError
}

// fail keeps the first fault and lets the document end there, so that all that are reading come to an end at once.
func (p *parser) fail(what string) {
	if p.err != nil {
		return
	}
	if p.pos >= len(p.src) {
		what = "the document is cut short"
	}
	p.err = &SyntaxError{p.pos, what}
	p.src = p.src[:p.pos]
}

func (p *parser) space() {
	for p.pos < len(p.src) && strings.IndexByte(" \t\n\r", p.src[p.pos]) >= 0 {
		p.pos++
	}
}

// take skips white space and reports whether b comes next. If so, it is behind us then.
func (p *parser) take(b byte) bool {
	p.space()
	return p.one(b)
}

func (p *parser) one(b byte) bool {
	if p.pos < len(p.src) && p.src[p.pos] == b {
		p.pos++
		return true
	}
	return false
}

func (p *parser) word(w string) bool {
	if !strings.HasPrefix(p.src[p.pos:], w) {
		return false
	}
	p.pos += len(w)
	return true
}

func (p *parser) value(v *value, depth int) {
	if p.values++; p.values > MaxValues {
		p.fail("more than " + strconv.Itoa(MaxValues) + " values")
	}
	switch {
	case p.take('{'):
		v.kind = Object
		p.nest(v, '}', depth)
	case p.take('['):
		v.kind = Array
		p.nest(v, ']', depth)
	case p.take('"'):
		v.kind, v.text = String, p.str()
	case p.word("null"):
		v.kind = Null
	case p.word("true"):
		v.kind, v.text = Bool, "true"
	case p.word("false"):
		v.kind, v.text = Bool, "false"
	default:
		v.kind, v.text = Number, p.number()
	}
}

// nest reads what stands in brackets up to the closing one.
func (p *parser) nest(v *value, end byte, depth int) {
	if depth == MaxDepth {
		p.fail("nested more than " + strconv.Itoa(MaxDepth) + " deep")
	}
	if p.take(end) {
		return
	}
	for p.err == nil {
		if v.kind == Object {
			v.names = append(v.names, p.name())
		}
		v.items = append(v.items, value{})
		p.value(&v.items[len(v.items)-1], depth+1)
		if p.take(end) {
			return
		}
		if !p.take(',') {
			p.fail("a comma or " + string(end) + " is missing")
		}
	}
}

func (p *parser) name() string {
	if !p.take('"') {
		p.fail("the name of a member is missing")
	}
	name := p.str()
	if !p.take(':') {
		p.fail("a colon is missing")
	}
	return name
}

// number checks the grammar and keeps the digits as they are written.
func (p *parser) number() string {
	start := p.pos
	p.one('-')
	if !p.one('0') {
		p.digits("begins no JSON value")
	}
	if p.one('.') {
		p.digits("is no digit")
	}
	if p.one('e') || p.one('E') {
		if !p.one('+') {
			p.one('-')
		}
		p.digits("is no digit")
	}
	return p.src[start:p.pos]
}

// digits reads at least one, or says of the character at hand what is wrong with it.
func (p *parser) digits(fault string) {
	start := p.pos
	for p.pos < len(p.src) && '0' <= p.src[p.pos] && p.src[p.pos] <= '9' {
		p.pos++
	}
	if p.pos == start {
		p.fail(strconv.Quote(p.next()) + " " + fault)
	}
}

// next is the character at hand, for messages.
func (p *parser) next() string {
	_, n := utf8.DecodeRuneInString(p.src[p.pos:])
	return p.src[p.pos : p.pos+n]
}

// str reads a string whose opening quote is behind us. Raw control characters stay as they are: careless exports write
// line breaks and tabs that way.
func (p *parser) str() string {
	var b strings.Builder
	for {
		n := strings.IndexAny(p.src[p.pos:], `"\`)
		if n < 0 {
			p.pos = len(p.src)
			p.fail("")
			return ""
		}
		b.WriteString(strings.ToValidUTF8(p.src[p.pos:p.pos+n], "\uFFFD"))
		p.pos += n
		if p.one('"') {
			return b.String()
		}
		p.pos++
		b.WriteRune(p.escaped())
	}
}

// escaped is the character that an escape stands for, whose backslash is behind us.
func (p *parser) escaped() rune {
	const names, means = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if p.one('u') {
		r, ok := p.unit()
		if !ok {
			p.fail(`\u needs four hexadecimal digits`)
		}
		return p.pair(r)
	}
	next := p.next()
	i := strings.Index(names, next)
	if i < 0 || next == "" {
		p.fail(`\` + next + ` is no escape`)
		return 0
	}
	p.pos++
	return rune(means[i])
}

// unit reads the four digits of \u.
func (p *parser) unit() (rune, bool) {
	if len(p.src)-p.pos < 4 {
		p.pos = len(p.src)
		return 0, false
	}
	var r rune
	for _, c := range []byte(p.src[p.pos : p.pos+4]) {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if digit < 0 || c < '0' {
			return 0, false
		}
		r = r<<4 | rune(digit)
	}
	p.pos += 4
	return r, true
}

// pair joins a surrogate with the one that follows. Without its other half it is U+FFFD, and what follows stays.
func (p *parser) pair(high rune) rune {
	if !utf16.IsSurrogate(high) {
		return high
	}
	before := p.pos
	if p.word(`\u`) {
		if low, ok := p.unit(); ok {
			if r := utf16.DecodeRune(high, low); r != utf8.RuneError {
				return r
			}
		}
		p.pos = before
	}
	return utf8.RuneError
}
