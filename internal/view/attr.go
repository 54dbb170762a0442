package view

import (
	"strconv"
	"strings"
)

func attr(name, value string) Node { return &node{name: name, value: value} }

// Attributes that hold an address take a URL.

func Href(u URL) Node { return optional("href", u.s) }
func Src(u URL) Node  { return optional("src", u.s) }

// Source is one candidate of a srcset: an address and its width in pixels.
type Source struct {
	URL   URL
	Width int
}

// SrcSet lists the candidates of a picture.
func SrcSet(sources []Source) Node { return optional("srcset", list(sources)) }

// DataPictures lists in the same way those of a picture that no browser may load by itself.
func DataPictures(sources []Source) Node { return optional("data-pictures", list(sources)) }

// list writes candidates. A space would end an address, and so would a comma at its end: both are escaped. Other commas
// stay, since the address may be signed (HTML, "parse a srcset attribute").
func list(sources []Source) string {
	list := ""
	for _, s := range sources {
		if s.URL.s == "" || s.Width <= 0 {
			continue
		}
		if list != "" {
			list += ", "
		}
		address := strings.TrimRight(s.URL.s, ",")
		address += strings.ReplaceAll(s.URL.s[len(address):], ",", "%2C")
		list += strings.ReplaceAll(address, " ", "%20") + " " + strconv.Itoa(s.Width) + "w"
	}
	return list
}

// Attributes of plain text. An empty value is no attribute, but for Alt, where it means "decorative", for Lang, where it
// means "unknown" and not "that of the text around", and for Value and DataState.

func Alt(s string) Node             { return attr("alt", s) }
func AriaBusy(s string) Node        { return optional("aria-busy", s) }
func AriaDescribedBy(s string) Node { return optional("aria-describedby", s) }
func AriaLabel(s string) Node       { return optional("aria-label", s) }
func Class(s string) Node           { return optional("class", s) }
func DataAction(s string) Node      { return optional("data-action", s) }
func DataState(s string) Node       { return attr("data-state", s) }
func DateTime(s string) Node        { return optional("datetime", s) }
func Dir(s string) Node             { return optional("dir", s) }
func ID(s string) Node              { return optional("id", s) }
func Lang(s string) Node            { return attr("lang", s) }
func Rel(s string) Node             { return optional("rel", s) }
func Sizes(s string) Node           { return optional("sizes", s) }
func Title(s string) Node           { return optional("title", s) }
func Value(s string) Node           { return attr("value", s) }

func optional(name, value string) Node {
	if value == "" {
		return nil
	}
	return attr(name, value)
}

// Attributes of one value.

func Focusable() Node  { return attr("tabindex", "0") }
func NoReferrer() Node { return attr("referrerpolicy", "no-referrer") }

// Attributes of numbers. Zero and less is no attribute.

func Width(n int) Node   { return number("width", n) }
func Height(n int) Node  { return number("height", n) }
func ColSpan(n int) Node { return number("colspan", n) }
func Start(n int) Node   { return number("start", n) }

func number(name string, n int) Node {
	if n <= 0 {
		return nil
	}
	return attr(name, strconv.Itoa(n))
}

// Attributes that are there or not.

func Checked(on bool) Node  { return flag("checked", on) }
func IsOpen(on bool) Node   { return flag("open", on) }
func ReadOnly(on bool) Node { return flag("readonly", on) }

func flag(name string, on bool) Node {
	if !on {
		return nil
	}
	return attr(name, "")
}
