//go:build js && wasm

package main

import (
	"byway/internal/view"

	"github.com/hack-pad/safejs"
)

// collector builds of a view a tree that can be compared with the one before.
type collector struct {
	root vnode
	open []*vnode
}

var _ view.Sink = (*collector)(nil)

// vnode is an element or, without a tag, a text; and the node of the page that shows it.
type vnode struct {
	tag   string
	text  string
	attrs []view.Attr
	kids  []*vnode
	node  safejs.Value
}

func collect(n view.Node) *vnode {
	t := &collector{}
	t.open = []*vnode{&t.root}
	view.Walk(n, t)
	return &t.root
}

func (t *collector) Open(tag string, attrs []view.Attr) {
	n := &vnode{tag: tag, attrs: attrs}
	t.add(n)
	t.open = append(t.open, n)
}

func (t *collector) Text(s string) { t.add(&vnode{text: s}) }
func (t *collector) Close()        { t.open = t.open[:len(t.open)-1] }

func (t *collector) add(n *vnode) {
	parent := t.open[len(t.open)-1]
	parent.kids = append(parent.kids, n)
}

// dom keeps the children of one node of the page equal to a view. What did not change is not touched, so that focus,
// selection, scroll, unfolded details and loaded pictures outlive an update.
type dom struct {
	calls
	mount    safejs.Value
	document safejs.Value
	shown    *vnode // nil before the first update, which empties the mount
}

func newDOM(mount safejs.Value) *dom {
	return &dom{mount: mount, document: property(mount, "ownerDocument")}
}

// Render makes the page show a view. A page may meddle with what is inside an open shadow root; where that makes an
// update fail, everything is built again.
func (d *dom) Render(n view.Node) error {
	defer d.keepFocus()()
	next := collect(n)
	next.node = d.mount
	before := d.shown
	d.shown, d.err = next, nil
	if before != nil {
		d.patchKids(before, next)
	}
	if before == nil || d.err != nil {
		d.err = nil
		d.set(d.mount, "textContent", "")
		d.insert(d.mount, next.kids, nil)
	}
	return d.err
}

// keepFocus returns what to call after an update. Where the element that had the focus is gone by then, the focus moves
// to the whole, so that a reader with a keyboard goes on from here and not from the top of the page.
func (d *dom) keepFocus() func() {
	mount := d.mount
	root, err := mount.Call("getRootNode")
	if err != nil {
		return func() {}
	}
	active := property(root, "activeElement")
	if inside, _ := mount.Call("contains", active); !isTrue(inside) {
		return func() {}
	}
	return func() {
		if !isTrue(property(active, "isConnected")) {
			_ = mount.Set("tabIndex", -1)
			_, _ = mount.Call("focus", objectOf("preventScroll", "true"))
		}
	}
}

// patchKids pairs the children at both ends that are equal, then those at both ends of the rest that are of the same
// kind, so that one more or one less block between others moves none of them. What is left it pairs by position.
func (d *dom) patchKids(old, next *vnode) {
	front, back := ends(old.kids, next.kids, 0, 0, equal)
	_, back = ends(old.kids, next.kids, front, back, sameKind)
	oldBack, nextBack := len(old.kids)-back, len(next.kids)-back
	pairs := min(oldBack, nextBack)
	for i := range pairs {
		d.patch(next.node, old.kids[i], next.kids[i])
	}
	for _, gone := range old.kids[pairs:oldBack] {
		d.call(next.node, "removeChild", gone.node)
	}
	for i := range back {
		d.patch(next.node, old.kids[oldBack+i], next.kids[nextBack+i])
	}
	d.insert(next.node, next.kids[pairs:nextBack], next.kids[nextBack:])
}

// ends counts on how many children at the front and at the back two lists agree, beyond those that are counted already.
func ends(a, b []*vnode, front, back int, agree func(a, b *vnode) bool) (int, int) {
	shorter := min(len(a), len(b))
	for front+back < shorter && agree(a[front], b[front]) {
		front++
	}
	for front+back < shorter && agree(a[len(a)-1-back], b[len(b)-1-back]) {
		back++
	}
	return front, back
}

// insert puts new children before the first of those that follow them.
func (d *dom) insert(parent safejs.Value, added, following []*vnode) {
	var nodes []any
	for _, n := range added {
		if d.create(n); len(following) > 0 {
			d.call(parent, "insertBefore", n.node, following[0].node)
			continue
		}
		nodes = append(nodes, n.node)
	}
	if nodes != nil {
		d.call(parent, "append", nodes...) // to cross into JavaScript is what takes the time
	}
}

// patch makes the node that showed old show next, or puts another in its place.
func (d *dom) patch(parent safejs.Value, old, next *vnode) {
	if old.tag != next.tag || isOtherPicture(old, next) {
		d.create(next)
		d.call(parent, "replaceChild", next.node, old.node)
		return
	}
	next.node = old.node
	switch {
	case next.tag != "":
		d.patchAttributes(old, next)
		d.patchKids(old, next)
	case old.text != next.text:
		d.set(next.node, "data", next.text)
	}
}

func (d *dom) create(n *vnode) {
	if n.tag == "" {
		n.node = d.call(d.document, "createTextNode", n.text)
		return
	}
	n.node = d.call(d.document, "createElement", n.tag)
	d.patchAttributes(&vnode{}, n)
	d.insert(n.node, n.kids, nil)
}

func (d *dom) patchAttributes(old, next *vnode) {
	for i := range old.attrs {
		if name := old.attrs[i].Name; attribute(next, name) == nil {
			d.call(next.node, "removeAttribute", name)
		}
	}
	for i := range next.attrs {
		name := next.attrs[i].Name
		value := attribute(next, name) // the first of that name counts, as in HTML
		if !same(attribute(old, name), value) {
			d.call(next.node, "setAttribute", name, *value)
		}
	}
	if next.tag == "input" { // once the reader has clicked a radio button, only the property moves the mark
		d.set(next.node, "checked", attribute(next, "checked") != nil)
	}
}

// attribute gives the value of an attribute, or nil where there is none.
func attribute(n *vnode, name string) *string {
	for i := range n.attrs {
		if n.attrs[i].Name == name {
			return &n.attrs[i].Value
		}
	}
	return nil
}

func same(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// equal reports whether two nodes show the same.
func equal(a, b *vnode) bool {
	if a.tag != b.tag || a.text != b.text || len(a.attrs) != len(b.attrs) || len(a.kids) != len(b.kids) {
		return false
	}
	for i := range a.attrs {
		if a.attrs[i] != b.attrs[i] {
			return false
		}
	}
	for i := range a.kids {
		if !equal(a.kids[i], b.kids[i]) {
			return false
		}
	}
	return true
}

// sameKind reports whether two nodes play the same part in their parents.
func sameKind(a, b *vnode) bool {
	return a.tag == b.tag && sameAttribute(a, b, "id") && sameAttribute(a, b, "class") && sameAttribute(a, b, "part")
}

// isOtherPicture reports whether two pictures, or their places, show different things. Such a picture is replaced: given
// another address, an element would show the old picture under the new caption until the new one has come.
func isOtherPicture(a, b *vnode) bool {
	switch a.tag {
	case "img":
		return !(sameAttribute(a, b, "src") && sameAttribute(a, b, "srcset"))
	case "canvas":
		return !sameAttribute(a, b, "data-pictures") // web/pictures.js looks at what is new
	}
	return false
}

func sameAttribute(a, b *vnode, name string) bool {
	return same(attribute(a, name), attribute(b, name))
}
