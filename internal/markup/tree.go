package markup

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"byway/internal/article"
)

// The tree is built here, over the tokenizer of x/net/html, and not by its parser. That parser loses the whole document
// past 512 open elements, and it opens formatting elements anew in every paragraph: 2 KB of <b a=1><b a=2>… and then
// <p>x<p>x… make hundreds of nodes a tag. This one is bounded by construction, and keeps the text whatever happens.
// Where it differs from the standard (HTML §13.2.6) it is for the reader: a <b> that nobody closed ends with its
// paragraph instead of making the rest of the article bold.

const (
	maxDepth = article.MaxDepth // of the tree; what is deeper is flattened
	maxOpen  = 256              // open elements that are remembered, so that their ends are not taken for others'
	maxNodes = 20_000
	maxAttrs = 64 // of one element
)

// node is an element, or a text when it has no tag.
type node struct {
	tag   string
	text  string
	attrs []attribute
	kids  []*node
}

type attribute struct{ name, value string }

// attr gives an attribute without white space around it; the first of that name counts.
func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.name == name {
			return strings.TrimSpace(a.value)
		}
	}
	return ""
}

func (n *node) has(name string) bool {
	for _, a := range n.attrs {
		if a.name == name {
			return true
		}
	}
	return false
}

func (n *node) classes() []string { return strings.Fields(n.attr("class")) }

// is reports whether an element has one of these classes.
func (n *node) is(classes ...string) bool {
	for _, have := range n.classes() {
		for _, want := range classes {
			if have == want {
				return true
			}
		}
	}
	return false
}

// find lists the descendants for which want is true, in order, without looking inside them or inside what is left out.
func (n *node) find(want func(*node) bool) []*node {
	var found []*node
	for _, k := range n.kids {
		switch {
		case want(k):
			found = append(found, k)
		case k.tag != "" && !leftOut(k):
			found = append(found, k.find(want)...)
		}
	}
	return found
}

// take removes and returns the descendants for which want is true; it does not look inside those for which stop is.
func (n *node) take(want, stop func(*node) bool) []*node {
	var taken, kept []*node
	for _, k := range n.kids {
		switch {
		case want(k):
			taken = append(taken, k)
			continue
		case k.tag != "" && !stop(k) && !leftOut(k):
			taken = append(taken, k.take(want, stop)...)
		}
		kept = append(kept, k)
	}
	n.kids = kept
	return taken
}

// words is the plain text of a node.
func (n *node) words() string {
	var b strings.Builder
	n.write(&b)
	return oneLine(b.String())
}

func (n *node) write(b *strings.Builder) {
	if n.tag == "" {
		b.WriteString(n.text)
		return
	}
	if n.tag == "br" || containers[n.tag] {
		b.WriteByte(' ')
	}
	for _, k := range n.kids {
		if !leftOut(k) {
			k.write(b)
		}
	}
	if containers[n.tag] {
		b.WriteByte(' ')
	}
}

// parse makes the tree of a fragment of HTML.
func parse(src string, w *warnings) *node {
	if len(src) > article.MaxBytes {
		src = src[:article.MaxBytes]
		for len(src) > 0 && !utf8.RuneStart(src[len(src)-1]) {
			src = src[:len(src)-1]
		}
		w.add("", "HTML is longer than 2 MiB: the rest was cut")
	}
	src = strings.ToValidUTF8(src, "\ufffd")
	b := newBuilder(src, w)
	z := html.NewTokenizer(strings.NewReader(src))
	for b.room() {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return b.root()
		case html.TextToken:
			b.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			n := readTag(z)
			empty := kind == html.SelfClosingTagToken && b.honoursSlash(n.tag)
			if n.tag == "noscript" || empty {
				z.NextIsNotRawText()
			}
			b.start(n, empty)
		case html.EndTagToken:
			name, _ := z.TagName()
			b.end(string(name))
		}
	}
	w.once("", "more than 20,000 elements: the rest was cut")
	return b.root()
}

func readTag(z *html.Tokenizer) *node {
	name, more := z.TagName()
	n := &node{tag: string(name)}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if len(n.attrs) < maxAttrs {
			n.attrs = append(n.attrs, attribute{string(key), string(value)})
		}
	}
	return n
}
