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
	tag    string
	text   string
	traits trait
	attrs  []attribute
	kids   nodes
	into   *node // of an element that was flattened: where its content is
}

type attribute struct{ name, value string }

func element(tag string, attrs ...attribute) *node {
	n := &node{tag: tag, attrs: attrs}
	n.classify()
	return n
}

// as is an element of another name with the same content.
func (n *node) as(tag string) *node {
	as := element(tag, n.attrs...)
	as.kids = n.kids
	return as
}

// attr gives an attribute without white space around it; the first of that name counts.
func (n *node) attr(name string) string {
	value, _ := n.lookup(name)
	return value
}

func (n *node) has(name string) bool {
	_, found := n.lookup(name)
	return found
}

func (n *node) lookup(name string) (value string, found bool) {
	for i := range n.attrs {
		if n.attrs[i].name == name {
			return strings.TrimSpace(n.attrs[i].value), true
		}
	}
	return "", false
}

// is reports whether an element has one of these classes.
func (n *node) is(classes names) bool {
	for _, class := range strings.Fields(n.attr("class")) {
		if classes.has(class) {
			return true
		}
	}
	return false
}

// nodes are elements and texts, in order.
type nodes []*node

func (list *nodes) add(n *node) { *list = append(*list, n) }

// find lists the descendants for which want is true, in order, without looking inside them or inside what is left out.
func (n *node) find(want func(*node) bool) nodes {
	var found nodes
	n.findTo(&found, want)
	return found
}

func (n *node) findTo(found *nodes, want func(*node) bool) {
	for _, k := range n.kids {
		switch {
		case want(k):
			found.add(k)
		case k.traits&leftOut == 0:
			k.findTo(found, want)
		}
	}
}

// take removes the descendants for which want is true, and adds them to a list; it does not look inside those for which
// stop, if there is one, is.
func (n *node) take(taken *nodes, want, stop func(*node) bool) {
	var kept nodes
	for _, k := range n.kids {
		if want(k) {
			taken.add(k)
			continue
		}
		if k.traits&leftOut == 0 && (stop == nil || !stop(k)) {
			k.take(taken, want, stop)
		}
		kept.add(k)
	}
	n.kids = kept
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
	if n.tag == "br" || n.traits&containers != 0 {
		b.WriteByte(' ')
	}
	for _, k := range n.kids {
		if k.traits&leftOut == 0 {
			k.write(b)
		}
	}
	if n.traits&containers != 0 {
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
	root := &node{tag: "root"}
	b := &builder{open: nodes{root}, shortcodes: closers(src), warn: w}
	z := html.NewTokenizer(strings.NewReader(src))
	for b.nodes < maxNodes {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return root
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
	return root
}

func readTag(z *html.Tokenizer) *node {
	name, more := z.TagName()
	tag, attrs := string(name), []attribute(nil)
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if len(attrs) < maxAttrs {
			attrs = append(attrs, attribute{string(key), string(value)})
		}
	}
	if tag == "image" {
		tag = "img"
	}
	return element(tag, attrs...)
}
