package article

import (
	"strconv"
	"strings"

	"byway/internal/tree"
)

// field is one place of a native document that is being read. Its methods give what can be made of the value and warn
// where the value is not what the format wants there. Those with a name read the member of that name.
type field struct {
	node tree.Node
	up   *field // nil for the document itself
	step string // from there to here: a name or "[3]"
	doc  *document
}

// document is what the fields of one document share.
type document struct {
	warnings       []Warning
	blocks, images int
}

func (f *field) get(name string) *field { return &field{f.node.Get(name), f, name, f.doc} }

// at is the place of the field, for people.
func (f *field) at() string {
	if f.up == nil {
		return ""
	}
	place := f.up.at()
	if place != "" && f.step[0] != '[' {
		place += "."
	}
	return place + f.step
}

func (f *field) warn(what string) {
	f.doc.warnings = append(f.doc.warnings, Warning{f.at(), what})
}

// is reports whether there is a value of this kind. Another kind is warned of.
func (f *field) is(kind tree.Kind) bool {
	if f.exists() && f.node.Kind() != kind {
		f.warnNot(kind.String() + ": left out")
	}
	return f.exists() && f.node.Kind() == kind
}

func (f *field) warnNot(wanted string) { f.warn("is " + f.node.Kind().String() + ", not " + wanted) }

// exists reports whether anything was written here. An empty string is nothing.
func (f *field) exists() bool {
	return f.node.Exists() && (f.node.Kind() != tree.String || f.node.Raw() != "")
}

func (f *field) isText() bool { return f.node.Kind() == tree.String && f.exists() }

func (f *field) value() string {
	if f.node.Kind() == tree.Number {
		f.warn("is a number, not text: read as text")
		return f.node.Text()
	}
	if !f.is(tree.String) {
		return ""
	}
	return f.node.Text()
}

func (f *field) text(name string) string { return f.get(name).value() }

// texts reads several members, whose names stand one behind the other.
func (f *field) texts(names string, to ...*string) {
	for i, name := range strings.Fields(names) {
		*to[i] = f.text(name)
	}
}

// items are those of a list. Anything else is taken for a list of one.
func (f *field) items() []*field {
	if f.exists() && f.node.Kind() != tree.Array {
		f.warnNot("a list: read as a list of one")
	}
	var out []*field
	for i, node := range f.node.Items() {
		out = append(out, &field{node, f, "[" + strconv.Itoa(i) + "]", f.doc})
	}
	return out
}

// list is a list of the model that takes what it can make of one more item.
type list interface{ add(item *field) }

func (f *field) list(name string, to list) {
	for _, item := range f.get(name).items() {
		to.add(item)
	}
}

// words are those of a list.
func (f *field) words(name string) []string {
	var out []string
	for _, item := range f.get(name).items() {
		if word := item.value(); word != "" {
			out = append(out, word)
		}
	}
	return out
}

// number is a whole number from least on, or 0 where there is none.
func (f *field) number(name string, least int64) int {
	f = f.get(name)
	if !f.exists() {
		return 0
	}
	n, ok := f.node.Int()
	switch {
	case !ok:
		f.warnNot("a whole number: left out")
	case n < least || n > 1<<31-1:
		f.warn("is out of range: left out")
	default:
		if f.node.Kind() != tree.Number {
			f.warnNot("a number: read as " + strconv.FormatInt(n, 10))
		}
		return int(n)
	}
	return 0
}

func (f *field) boolean(name string) *bool {
	f = f.get(name)
	if !f.exists() {
		return nil
	}
	b, ok := f.node.Bool()
	if !ok {
		f.warn("is neither true nor false: left out")
		return nil
	}
	return &b
}

func (f *field) isTrue(name string) bool {
	b := f.boolean(name)
	return b != nil && *b
}

// oneOf is a word out of a closed list.
func (f *field) oneOf(name, known string) string {
	word := f.text(name)
	if word != "" && !strings.Contains(", "+known+",", ", "+word+",") {
		f.get(name).warn(strconv.Quote(word) + " is not one of " + known + ": left out")
		return ""
	}
	return word
}

func (f *field) dir() Dir { return Dir(f.oneOf("dir", "ltr, rtl, auto")) }

func (f *field) language() string {
	tag := f.text("inLanguage")
	language := NormalLanguage(tag)
	if tag != "" && language == "" {
		f.get("inLanguage").warn(strconv.Quote(tag) + " names no language: left out")
	}
	return language
}

func (f *field) date(name string, to *Date) {
	written := f.text(name)
	if date, ok := ParseDate(written); ok {
		*to = date
	} else if written != "" {
		f.get(name).warn(strconv.Quote(written) + " is no date: left out")
	}
}

func (f *field) inline(name string) Inline { return readInline(f.get(name)) }

// readInline reads text with marks: a string, or a list of strings and runs.
func readInline(f *field) Inline {
	var out Inline
	switch f.node.Kind() {
	case tree.String:
		return Plain(f.node.Raw())
	case tree.Array:
		for _, item := range f.items() {
			out.add(item)
		}
		return out
	case tree.Object:
		f.warn("is an object, not text or a list: read as a list of one")
		out.add(f)
		return out
	}
	return Plain(f.value())
}

func (in *Inline) add(f *field) {
	var run Run
	if readRun(f, &run) {
		*in = append(*in, run)
	}
}

func readRun(f *field, run *Run) bool {
	switch f.node.Kind() {
	case tree.String:
		run.Text = f.node.Raw()
	case tree.Object:
		text := f.get("text")
		if run.Text = text.node.Raw(); text.node.Kind() != tree.String {
			run.Text = text.value()
		}
		run.URL = f.text("url")
		run.InLanguage = f.language()
		run.Dir = f.dir()
		run.Break = f.isTrue("br")
		for _, name := range f.get("marks").items() {
			run.Marks |= markNamed(name.value())
		}
	default:
		run.Text = f.value()
	}
	return run.Text != "" || run.Break
}

// markNamed is none for a mark of a later version: the text stays.
func markNamed(name string) Mark {
	for i := range Marks {
		if Marks[i].Name == name {
			return Marks[i].Mark
		}
	}
	return 0
}
