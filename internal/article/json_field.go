package article

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"byway/internal/tree"
)

// field is one place of a native document that is being read. Its methods give what can be made of the value and warn
// where the value is not what the format wants there.
type field struct {
	node tree.Node
	at   string
	doc  *document
}

// document is what the fields of one document share.
type document struct {
	warnings       []Warning
	blocks, images int
}

func (f field) get(name string) field {
	return field{f.node.Get(name), strings.TrimPrefix(f.at+"."+name, "."), f.doc}
}

func (f field) warn(format string, args ...any) {
	f.doc.warnings = append(f.doc.warnings, Warning{f.at, fmt.Sprintf(format, args...)})
}

// exists reports whether anything was written here. An empty string is nothing.
func (f field) exists() bool {
	return f.node.Exists() && (f.node.Kind() != tree.String || f.node.Raw() != "")
}

// is reports whether there is a value of this kind. Another kind is warned of.
func (f field) is(kind tree.Kind) bool {
	if f.exists() && f.node.Kind() != kind {
		f.warn("is %s, not %s: left out", f.node.Kind(), kind)
	}
	return f.exists() && f.node.Kind() == kind
}

func (f field) text() string {
	if f.node.Kind() == tree.Number {
		f.warn("is a number, not text: read as text")
		return f.node.Text()
	}
	if !f.is(tree.String) {
		return ""
	}
	return f.node.Text()
}

// items are those of a list. Anything else is taken for a list of one.
func (f field) items() []field {
	if f.exists() && f.node.Kind() != tree.Array {
		f.warn("is %s, not a list: read as a list of one", f.node.Kind())
	}
	var out []field
	for i, node := range f.node.Items() {
		out = append(out, field{node, f.at + "[" + strconv.Itoa(i) + "]", f.doc})
	}
	return out
}

// each reads the items of a list and keeps those that read takes.
func each[T any](f field, read func(field) (T, bool)) []T {
	var out []T
	for _, item := range f.items() {
		if v, ok := read(item); ok {
			out = append(out, v)
		}
	}
	return out
}

// number is a whole number from least on, or 0 where there is none.
func (f field) number(least int64) int {
	if !f.exists() {
		return 0
	}
	n, ok := f.node.Int()
	switch {
	case !ok:
		f.warn("is %s, not a whole number: left out", f.node.Kind())
	case n < least || n > 1<<31-1:
		f.warn("is out of range: left out")
	default:
		if f.node.Kind() != tree.Number {
			f.warn("is %s, not a number: read as %d", f.node.Kind(), n)
		}
		return int(n)
	}
	return 0
}

func (f field) boolean() *bool {
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

// oneOf is a word out of a closed list.
func (f field) oneOf(known ...string) string {
	word := f.text()
	if word != "" && !slices.Contains(known, word) {
		f.warn("%q is not one of %s: left out", word, strings.Join(known, ", "))
		return ""
	}
	return word
}

func (f field) dir() Dir { return Dir(f.oneOf(string(LTR), string(RTL), string(AutoDir))) }

func (f field) language() string {
	tag := f.text()
	language := NormalLanguage(tag)
	if tag != "" && language == "" {
		f.warn("%q names no language: left out", tag)
	}
	return language
}

func (f field) date() Date {
	written := f.text()
	if written == "" {
		return Date{}
	}
	date, ok := ParseDate(written)
	if !ok {
		f.warn("%q is no date: left out", written)
	}
	return date
}

// inline is text with marks: a string, or a list of strings and runs.
func (f field) inline() Inline {
	switch f.node.Kind() {
	case tree.String:
		return Plain(f.node.Raw())
	case tree.Array:
		return each(f, readRun)
	case tree.Object:
		f.warn("is an object, not text or a list: read as a list of one")
		run, ok := readRun(f)
		if !ok {
			return nil
		}
		return Inline{run}
	}
	return Plain(f.text())
}

func readRun(f field) (Run, bool) {
	if f.node.Kind() != tree.Object {
		if f.node.Kind() == tree.String {
			return Run{Text: f.node.Raw()}, f.node.Raw() != ""
		}
		text := f.text()
		return Run{Text: text}, text != ""
	}
	run := Run{
		Text:       f.get("text").node.Raw(),
		URL:        f.get("url").text(),
		InLanguage: f.get("inLanguage").language(),
		Dir:        f.get("dir").dir(),
		Break:      isTrue(f.get("br").boolean()),
	}
	if f.get("text").node.Kind() != tree.String {
		run.Text = f.get("text").text()
	}
	for _, name := range f.get("marks").items() {
		run.Marks |= markNamed(name.text())
	}
	return run, run.Text != "" || run.Break
}

func isTrue(b *bool) bool { return b != nil && *b }

// markNamed is none for a mark of a later version: the text stays.
func markNamed(name string) Mark {
	for _, m := range Marks {
		if m.Name == name {
			return m.Mark
		}
	}
	return 0
}
