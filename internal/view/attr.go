package view

import (
	"strconv"
	"strings"
)

// Attr is an attribute that is safe where it stands. The zero Attr is none.
//
// It is one pointer wide: as a Part it then needs no copy of its own, which halves the code of whoever builds trees.
type Attr struct{ *pair }

type pair struct{ name, value string }

func attr(name, value string) Attr { return Attr{&pair{name, value}} }

// Name and Value are what the DOM's setAttribute takes.
func (a Attr) Name() string  { return a.pairOrNone().name }
func (a Attr) Value() string { return a.pairOrNone().value }

func (a Attr) pairOrNone() pair {
	if a.pair == nil {
		return pair{}
	}
	return *a.pair
}

// Attributes that hold an address take a URL.

func Href(u URL) Attr { return address("href", u) }
func Src(u URL) Attr  { return address("src", u) }

func address(name string, u URL) Attr {
	if u.s == "" {
		return Attr{}
	}
	return attr(name, u.s)
}

// Source is one candidate of a srcset: an address and its width in pixels.
type Source struct {
	URL   URL
	Width int
}

// SrcSet lists the candidates of a picture. A comma or a space in an address would end it, so both are escaped.
func SrcSet(sources []Source) Attr {
	var list []string
	for _, s := range sources {
		if s.URL.s != "" && s.Width > 0 {
			list = append(list, strings.NewReplacer(",", "%2C", " ", "%20").Replace(s.URL.s)+" "+strconv.Itoa(s.Width)+"w")
		}
	}
	if len(list) == 0 {
		return Attr{}
	}
	return attr("srcset", strings.Join(list, ", "))
}

// Attributes of plain text. An empty value is no attribute, but for Alt, where it means "decorative", for Lang, where it
// means "unknown" and not "that of the text around", and for Value.

func Alt(s string) Attr            { return attr("alt", s) }
func Class(s string) Attr          { return optional("class", s) }
func DateTime(s string) Attr       { return optional("datetime", s) }
func Dir(s string) Attr            { return optional("dir", s) }
func For(id string) Attr           { return optional("for", id) }
func ID(s string) Attr             { return optional("id", s) }
func Lang(s string) Attr           { return attr("lang", s) }
func InputName(s string) Attr      { return optional("name", s) }
func ReferrerPolicy(s string) Attr { return optional("referrerpolicy", s) }
func Rel(s string) Attr            { return optional("rel", s) }
func Role(s string) Attr           { return optional("role", s) }
func Scope(s string) Attr          { return optional("scope", s) }
func ShadowPart(s string) Attr     { return optional("part", s) }
func Sizes(s string) Attr          { return optional("sizes", s) }
func Title(s string) Attr          { return optional("title", s) }
func Type(s string) Attr           { return optional("type", s) }
func Loading(s string) Attr        { return optional("loading", s) }
func Decoding(s string) Attr       { return optional("decoding", s) }
func Value(s string) Attr          { return attr("value", s) }

// Aria is an attribute of WAI-ARIA, given without its prefix: Aria("label", "Sections").
func Aria(name, value string) Attr { return optional("aria-"+lower(name), value) }

// Data is an attribute of one's own, given without its prefix: Data("action", "share").
func Data(name, value string) Attr { return attr("data-" + lower(name), value) }

func optional(name, value string) Attr {
	if value == "" {
		return Attr{}
	}
	return attr(name, value)
}

// lower keeps what may stand in the name of an attribute.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, s)
}

// Attributes of numbers. Zero and less is no attribute.

func Width(n int) Attr    { return number("width", n) }
func Height(n int) Attr   { return number("height", n) }
func ColSpan(n int) Attr  { return number("colspan", n) }
func Start(n int) Attr    { return number("start", n) }
func TabIndex(n int) Attr { return attr("tabindex", strconv.Itoa(n)) }

func number(name string, n int) Attr {
	if n <= 0 {
		return Attr{}
	}
	return attr(name, strconv.Itoa(n))
}

// Attributes that are there or not.

func Checked(on bool) Attr  { return flag("checked", on) }
func Disabled(on bool) Attr { return flag("disabled", on) }
func Hidden(on bool) Attr   { return flag("hidden", on) }
func IsOpen(on bool) Attr   { return flag("open", on) }
func ReadOnly(on bool) Attr { return flag("readonly", on) }

func flag(name string, on bool) Attr {
	if !on {
		return Attr{}
	}
	return attr(name, "")
}
