package markup

import "strings"

// builder puts elements and texts where they belong: HTML §13.2.6, the parts of it that bodies of articles need.
type builder struct {
	open       nodes // the root first; each is the last child of the one before it, or flattened
	nodes      int
	shortcodes map[string]int // closing shortcodes still to come, by name
	warn       *warnings
}

// top is the node that takes what comes next.
func (b *builder) top() *node {
	last := b.last()
	if last.into != nil {
		return last.into
	}
	return last
}

// last is the innermost open element.
func (b *builder) last() *node { return b.open[len(b.open)-1] }

// honoursSlash reports whether "/>" ends an element at once. In HTML it does so in foreign content only. Markup that
// went through XML tools also writes <iframe …/>, and there the standard would swallow the rest of the article.
func (b *builder) honoursSlash(tag string) bool {
	return names(" svg math iframe noscript video audio textarea title ").has(tag) || strings.Contains(tag, ":") ||
		b.within(" svg math ")
}

func (b *builder) within(tags names) bool {
	for _, n := range b.open {
		if tags.has(n.tag) {
			return true
		}
	}
	return false
}

// text adds a text, in which shortcodes are elements.
func (b *builder) text(s string) {
	if !strings.Contains(s, "[") || b.last().traits&opaque != 0 || b.within(" pre code ") {
		b.add(&node{text: s})
		return
	}
	b.textWithShortcodes(s)
}

func (b *builder) add(n *node) {
	if n.tag == "" && n.text == "" {
		return
	}
	b.nodes++
	b.top().kids.add(n)
}

// start opens an element, or adds one that has no content.
func (b *builder) start(n *node, empty bool) {
	if names(" html head body ").has(n.tag) {
		return
	}
	b.implyEnds(n)
	if n.tag == "button" && (n.has("aria-expanded") || b.within(" p dt summary h1 h2 h3 h4 h5 h6 ")) {
		n.spare() // its words are a question above an answer, or of the sentence that it stands in
	}
	if empty || n.traits&void != 0 {
		b.add(n)
		return
	}
	b.push(n)
}

// push opens an element. Past maxDepth its content goes into the element that it stands in.
func (b *builder) push(n *node) {
	flat := len(b.open) > maxDepth && (n.traits&opaque == 0 || b.top().traits&opaque != 0)
	if flat {
		b.warn.once(n.tag, "elements are nested more than 64 deep: flattened")
		b.nodes++ // so that a flood of tags ends
		n.into = b.top()
	} else {
		b.add(n)
	}
	if !flat || len(b.open) < maxOpen {
		b.open.add(n)
	}
}

// implied are the ends that nobody needs to write: what has the trait at starts ends what has one of ends, unless one of
// stops lies between them.
var implied = [...]struct{ starts, ends, stops trait }{
	{listItem, listItem, notListItem},
	{term, term, notListItem},
	{cell, cell, table},
	{row, row, table},
	{rows, rows | tableCaption, table},
	{rubyText, rubyText, ruby},
}

// implyEnds closes what the start of an element closes.
func (b *builder) implyEnds(n *node) {
	for i := range implied {
		if rule := &implied[i]; n.traits&rule.starts != 0 {
			b.close("", rule.ends, rule.stops)
		}
	}
	if n.traits&b.last().traits&heading != 0 {
		b.open = b.open[:len(b.open)-1]
	}
	if n.tag == "a" {
		b.endFormatting("a")
	}
	if n.traits&closesP != 0 { // formatting inside goes on in the block that ended it: <p><a href><figure>
		if i := b.index("p", 0, scope); i >= 0 {
			b.closeAndReopen(i)
		}
	}
}

// end closes an element, if one of that name can be closed here. An end that closes nothing counts as an element: each
// of them looks through all that is open.
func (b *builder) end(tag string) {
	open := len(b.open)
	b.endOf(tag)
	if len(b.open) >= open {
		b.nodes++
	}
}

func (b *builder) endOf(tag string) {
	var ends trait
	stops := special
	switch is := traitsOf(tag); {
	case tag == "br":
		b.start(element("br"), true)
		return
	case is&formatting != 0:
		b.endFormatting(tag)
		return
	case is&heading != 0:
		ends, stops = heading, scope
	case is&table != 0:
		stops = 0
	case is&tableParts != 0:
		stops = table
	case is&listItem != 0:
		stops = scope | lists
	case is&(special|dropped) != 0:
		stops = scope
	}
	b.close(tag, ends, stops)
}

// close ends the innermost element that index finds, with all that is open inside it.
func (b *builder) close(tag string, ends, stops trait) {
	if i := b.index(tag, ends, stops); i >= 0 {
		b.open = b.open[:i]
	}
}

// index finds the innermost open element of this name or with one of these traits, looking no further than the stops. It
// is -1 without one.
func (b *builder) index(tag string, ends, stops trait) int {
	for i := len(b.open) - 1; i > 0; i-- {
		switch n := b.open[i]; {
		case n.tag == tag || n.traits&ends != 0:
			return i
		case n.traits&stops != 0:
			return -1
		}
	}
	return -1
}
