// Package view is a tree of HTML elements and text that can be walked into HTML or into a live DOM.
//
// Unsafe markup cannot be built: there is no node of raw HTML, tags and attribute names come from this package's list,
// and an attribute that holds an address takes a URL, which only a checking constructor makes. Attributes keep the
// order in which they were given, so the output is the same every run.
package view

// Node is an element, a text, or several nodes in a row. Only this package makes them.
type Node interface {
	Part
	node()
}

// Part is what an element is made of: an attribute or a child.
type Part interface{ part() }

// Tag is the name of an element that may be built.
type Tag struct{ name string }

type (
	element struct {
		tag   Tag
		attrs []Attr
		kids  []Node
	}
	text  struct{ s string }
	group struct{ kids []Node }
)

func (element) node() {}
func (element) part() {}
func (text) node()    {}
func (text) part()    {}
func (group) node()   {}
func (group) part()   {}
func (Attr) part()    {}

// El makes an element of attributes and children, in that order or mixed. Parts that are nil or empty attributes are
// left out, so a part may be given only where it applies.
func El(tag Tag, parts ...Part) Node {
	e := element{tag: tag}
	for _, p := range parts {
		switch p := p.(type) {
		case nil:
		case Attr:
			if p.pair != nil {
				e.attrs = append(e.attrs, p)
			}
		case Node:
			e.kids = append(e.kids, p)
		}
	}
	return e
}

// Text is text; it is escaped where that is needed.
func Text(s string) Node { return text{s} }

// Group is several nodes in a row, without an element around them. Nil nodes are left out.
func Group(nodes ...Node) Node {
	g := group{}
	for _, n := range nodes {
		if n != nil {
			g.kids = append(g.kids, n)
		}
	}
	return g
}

// Sink receives a tree in document order. Texts that follow each other arrive as one.
type Sink interface {
	Open(tag string, attrs []Attr)
	Text(s string)
	Close()
}

// Walk sends a tree to a sink. This is the only traversal there is.
func Walk(n Node, to Sink) {
	w := walker{to: to}
	w.node(n)
	w.flush()
}

// walker joins neighbouring texts, as a parser of HTML would, so that every sink sees the same nodes.
type walker struct {
	to      Sink
	pending string
}

func (w *walker) node(n Node) {
	switch n := n.(type) {
	case text:
		w.pending += n.s
	case group:
		for _, k := range n.kids {
			w.node(k)
		}
	case element:
		w.flush()
		w.to.Open(n.tag.name, n.attrs)
		for _, k := range n.kids {
			w.node(k)
		}
		w.flush()
		w.to.Close()
	}
}

func (w *walker) flush() {
	if w.pending != "" {
		w.to.Text(w.pending)
		w.pending = ""
	}
}
