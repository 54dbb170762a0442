// Package view is a tree of HTML elements and text that can be walked into HTML or into a live DOM.
//
// Unsafe markup cannot be built: there is no node of raw HTML, tags and attribute names come from this package's lists,
// and an attribute that holds an address takes a URL, which only a checking constructor makes. Attributes keep the
// order in which they were given, so the output is the same every run.
package view

// Node is what a tree is made of: an attribute, an element, a text, or several of them in a row. Nil is nothing, so a
// node may be given only where it applies. Only this package makes nodes. They are pointers of one type because trees
// are built everywhere: anything wider would double the program's code for them.
type Node = *node

type node struct {
	tag   Tag    // of an element
	name  string // of an attribute
	value string // of an attribute, or the text
	first Node   // attributes of an element before those of its tag
	parts []Node // of an element, or the nodes in a row
}

// El makes an element of attributes and children, in that order or mixed. The attributes of its tag come first.
func El(tag Tag, parts ...Node) Node { return &node{tag: tag, parts: parts} }

// With gives an element further attributes before those that it has. It is nil for nil.
func With(n, attrs Node) Node {
	if n == nil || attrs == nil {
		return n
	}
	with := *n
	with.first = Group(attrs, n.first)
	return &with
}

// Text is text; it is escaped where that is needed.
func Text(s string) Node { return &node{value: s} }

// Group is several nodes in a row, without an element around them. Attributes among them belong to the element that the
// group is part of. It is nil where all of them are.
func Group(nodes ...Node) Node {
	for _, n := range nodes {
		if n != nil {
			return &node{parts: nodes}
		}
	}
	return nil
}

// And gives a row of nodes with one more at its end. The row begins with nil, and stays nil until something is added.
func (n *node) And(last Node) Node {
	switch {
	case last == nil:
		return n
	case n == nil:
		return Group(last)
	}
	n.parts = append(n.parts, last)
	return n
}

// Attr is an attribute as a Sink receives it: what the DOM's setAttribute takes.
type Attr struct{ Name, Value string }

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
	switch {
	case n == nil || n.name != "":
		return
	case n.tag == "":
		w.pending += n.value
		w.nodes(n.parts)
		return
	}
	w.flush()
	name, attrs := n.tag.parse(attributes(nil, n.first))
	for _, p := range n.parts {
		attrs = attributes(attrs, p)
	}
	w.to.Open(name, attrs)
	w.nodes(n.parts)
	w.flush()
	w.to.Close()
}

func (w *walker) nodes(list []Node) {
	for _, n := range list {
		w.node(n)
	}
}

func (w *walker) flush() {
	if w.pending != "" {
		w.to.Text(w.pending)
		w.pending = ""
	}
}

// attributes adds those that a part of an element is or holds.
func attributes(list []Attr, n Node) []Attr {
	switch {
	case n == nil || n.tag != "":
		return list
	case n.name != "":
		return append(list, Attr{n.name, n.value})
	}
	for _, p := range n.parts {
		list = attributes(list, p)
	}
	return list
}
