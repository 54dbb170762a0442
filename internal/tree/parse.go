// Package tree is a JSON document as a tree, read through accessors that coerce: publishers write "54" for 54, [] for
// {} and one picture where a list of pictures is meant, and none of that may cost the article.
//
// The parser takes exactly RFC 8259, and raw control characters in strings besides. It is written here because
// encoding/json weighs too much for the browser, and small parsers at hand take NaN and broken escapes, let the first
// of two equal names win, and do not say where a document is broken.
package tree

import (
	"errors"
	"fmt"
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
	return fmt.Sprintf("not JSON: at byte %d: %s", e.Offset, e.What)
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
	root, err := p.value(0)
	if err != nil {
		return Node{}, err
	}
	if p.space(); p.pos < len(p.src) {
		return Node{}, p.fail("there is more after the end of the document")
	}
	return Node{&root}, nil
}

type parser struct {
	src    string
	pos    int
	values int
}

func (p *parser) fail(what string, args ...any) error {
	if p.pos >= len(p.src) {
		what, args = "the document is cut short", nil
	}
	return &SyntaxError{p.pos, fmt.Sprintf(what, args...)}
}

func (p *parser) space() {
	for p.pos < len(p.src) && strings.IndexByte(" \t\n\r", p.src[p.pos]) >= 0 {
		p.pos++
	}
}

// take skips white space and reports whether b comes next. If so, it is behind us then.
func (p *parser) take(b byte) bool {
	p.space()
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

func (p *parser) value(depth int) (value, error) {
	if p.values++; p.values > MaxValues {
		return value{}, p.fail("more than %d values", MaxValues)
	}
	switch {
	case p.take('{'):
		return p.object(depth + 1)
	case p.take('['):
		return p.array(depth + 1)
	case p.take('"'):
		text, err := p.str()
		return value{kind: String, text: text}, err
	case p.word("null"):
		return value{kind: Null}, nil
	case p.word("true"):
		return value{kind: Bool, text: "true"}, nil
	case p.word("false"):
		return value{kind: Bool, text: "false"}, nil
	}
	text, err := p.number()
	return value{kind: Number, text: text}, err
}

func (p *parser) array(depth int) (value, error) {
	v := value{kind: Array}
	if depth > MaxDepth {
		return v, p.fail("nested more than %d deep", MaxDepth)
	}
	if p.take(']') {
		return v, nil
	}
	for {
		item, err := p.value(depth)
		if err != nil {
			return v, err
		}
		v.items = append(v.items, item)
		if p.take(']') {
			return v, nil
		}
		if !p.take(',') {
			return v, p.fail("a comma or ] is missing")
		}
	}
}

func (p *parser) object(depth int) (value, error) {
	v := value{kind: Object}
	if depth > MaxDepth {
		return v, p.fail("nested more than %d deep", MaxDepth)
	}
	if p.take('}') {
		return v, nil
	}
	for {
		if err := p.member(&v, depth); err != nil {
			return v, err
		}
		if p.take('}') {
			return v, nil
		}
		if !p.take(',') {
			return v, p.fail("a comma or } is missing")
		}
	}
}

func (p *parser) member(v *value, depth int) error {
	if !p.take('"') {
		return p.fail("the name of a member is missing")
	}
	name, err := p.str()
	if err != nil {
		return err
	}
	if !p.take(':') {
		return p.fail("a colon is missing")
	}
	item, err := p.value(depth)
	v.names, v.items = append(v.names, name), append(v.items, item)
	return err
}

// number checks the grammar and keeps the digits as they are written.
func (p *parser) number() (string, error) {
	start := p.pos
	p.word("-")
	if !p.word("0") && !p.digits() {
		return "", p.fail("%q begins no JSON value", p.next())
	}
	if p.word(".") && !p.digits() {
		return "", p.fail("%q is no digit", p.next())
	}
	if p.word("e") || p.word("E") {
		if !p.word("+") {
			p.word("-")
		}
		if !p.digits() {
			return "", p.fail("%q is no digit", p.next())
		}
	}
	return p.src[start:p.pos], nil
}

func (p *parser) digits() bool {
	start := p.pos
	for p.pos < len(p.src) && '0' <= p.src[p.pos] && p.src[p.pos] <= '9' {
		p.pos++
	}
	return p.pos > start
}

// next is the character at hand, for messages.
func (p *parser) next() string {
	_, n := utf8.DecodeRuneInString(p.src[p.pos:])
	return p.src[p.pos : p.pos+n]
}

// str reads a string whose opening quote is behind us. Raw control characters stay as they are: careless exports write
// line breaks and tabs that way.
func (p *parser) str() (string, error) {
	var b strings.Builder
	for {
		n := strings.IndexAny(p.src[p.pos:], `"\`)
		if n < 0 {
			p.pos = len(p.src)
			return "", p.fail("")
		}
		b.WriteString(strings.ToValidUTF8(p.src[p.pos:p.pos+n], "\uFFFD"))
		p.pos += n + 1
		if p.src[p.pos-1] == '"' {
			return b.String(), nil
		}
		if err := p.escape(&b); err != nil {
			return "", err
		}
	}
}

func (p *parser) escape(b *strings.Builder) error {
	const names, means = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if p.word("u") {
		r, ok := p.unit()
		if !ok {
			return p.fail(`\u needs four hexadecimal digits`)
		}
		b.WriteRune(p.pair(r))
		return nil
	}
	i := strings.Index(names, p.next())
	if p.pos >= len(p.src) || i < 0 {
		return p.fail(`\%s is no escape`, p.next())
	}
	b.WriteByte(means[i])
	p.pos++
	return nil
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
