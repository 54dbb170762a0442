package view

import (
	"strconv"
	"strings"
)

// Tag is the name of an element, with the attributes that it always has behind it: "p part=byline class=byline". Their
// values hold no spaces. A tag is written by a programmer; what is not on the lists below makes Walk panic, so that not
// even a tag that was put together from someone's text gets anything else onto a page.
type Tag string

// No element that runs, loads or submits anything is among them. A canvas is an empty box that keeps the proportions of
// its width and height.
const tagNames = " a article aside bdi blockquote br button canvas caption cite code dd details div dl dt em fieldset " +
	"figcaption figure footer h1 h2 h3 h4 h5 h6 header hr img input label legend li mark nav ol output p progress " +
	"s section small span strong sub summary sup table tbody td th thead time tr u ul "

// No attribute that holds an address is among them, nor one that runs anything.
const tagAttributes = " accept aria-hidden class data-action decoding dir lang loading name part referrerpolicy role scope tabindex type "

// Heading is the element of a heading of this level. Levels under 1 become 1, levels over 6 become 6.
func Heading(level int) Tag { return Tag("h" + strconv.Itoa(min(max(level, 1), 6))) }

// parse gives the name of a tag, and adds its attributes to a list.
func (t Tag) parse(attrs []Attr) (string, []Attr) {
	name, rest, more := strings.Cut(string(t), " ")
	mustList(tagNames, name)
	for more {
		var a, value string
		a, rest, more = strings.Cut(rest, " ")
		a, value, _ = strings.Cut(a, "=")
		mustList(tagAttributes, a)
		attrs = append(attrs, Attr{a, value})
	}
	return name, attrs
}

func mustList(names, name string) {
	if name == "" || !strings.Contains(names, " "+name+" ") {
		panic("view: " + strconv.Quote(name) + " may not be built")
	}
}

// void elements have no content and no end tag (HTML §13.1.2).
func void(tag string) bool {
	switch tag {
	case "br", "hr", "img", "input":
		return true
	}
	return false
}
