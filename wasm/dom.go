//go:build js && wasm

package main

import (
	"fmt"
	"slices"

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
	n := &vnode{tag: tag, attrs: addressesLast(attrs)}
	t.add(n)
	t.open = append(t.open, n)
}

func (t *collector) Text(s string) { t.add(&vnode{text: s}) }
func (t *collector) Close()        { t.open = t.open[:len(t.open)-1] }

func (t *collector) add(n *vnode) {
	parent := t.open[len(t.open)-1]
	parent.kids = append(parent.kids, n)
}

// addressesLast puts the addresses of a picture behind the attributes that say how to load it: some browsers start as
// soon as src is set.
func addressesLast(attrs []view.Attr) []view.Attr {
	var others, addresses []view.Attr
	for _, a := range attrs {
		if name := a.Name(); name == "src" || name == "srcset" {
			addresses = append(addresses, a)
		} else {
			others = append(others, a)
		}
	}
	return append(others, addresses...)
}

// dom keeps the children of one node of the page equal to a view. What did not change is not touched, so that focus,
// selection, scroll, unfolded details and loaded pictures outlive an update.
type dom struct {
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
	d.shown = next
	if before != nil && d.patchKids(before, next) == nil {
		return nil
	}
	return d.rebuild(next)
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
			_, _ = mount.Call("focus", map[string]any{"preventScroll": true})
		}
	}
}

func (d *dom) rebuild(n *vnode) error {
	if err := n.node.Set("textContent", ""); err != nil {
		return err
	}
	for _, k := range n.kids {
		if err := d.append(n.node, k); err != nil {
			return err
		}
	}
	return nil
}

// patchKids pairs the children at both ends that are equal, then those at both ends of the rest that are of the same
// kind, so that one more or one less block between others moves none of them. What is left it pairs by position.
func (d *dom) patchKids(old, next *vnode) error {
	front, back := ends(old.kids, next.kids, 0, 0, equal)
	front, back = ends(old.kids, next.kids, front, back, sameKind)
	oldMiddle, nextMiddle := old.kids[front:len(old.kids)-back], next.kids[front:len(next.kids)-back]
	pairs := min(len(oldMiddle), len(nextMiddle))
	for i := range front + pairs {
		if err := d.patch(next.node, old.kids[i], next.kids[i]); err != nil {
			return err
		}
	}
	for _, gone := range oldMiddle[pairs:] {
		if err := remove(next.node, gone); err != nil {
			return err
		}
	}
	oldBack, nextBack := old.kids[len(old.kids)-back:], next.kids[len(next.kids)-back:]
	for i := range nextBack {
		if err := d.patch(next.node, oldBack[i], nextBack[i]); err != nil {
			return err
		}
	}
	return d.insert(next.node, nextMiddle[pairs:], nextBack)
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
func (d *dom) insert(parent safejs.Value, added, following []*vnode) error {
	before := safejs.Null()
	if len(following) > 0 {
		before = following[0].node
	}
	for _, n := range added {
		if err := d.create(n); err != nil {
			return err
		}
		if _, err := parent.Call("insertBefore", n.node, before); err != nil {
			return fmt.Errorf("insert: %w", err)
		}
	}
	return nil
}

// patch makes the node that showed old show next, or puts another in its place.
func (d *dom) patch(parent safejs.Value, old, next *vnode) error {
	if old.tag != next.tag || isOtherPicture(old, next) {
		if err := d.create(next); err != nil {
			return err
		}
		_, err := parent.Call("replaceChild", next.node, old.node)
		return err
	}
	next.node = old.node
	if next.tag == "" {
		if old.text == next.text {
			return nil
		}
		return next.node.Set("data", next.text)
	}
	if err := patchAttributes(old, next); err != nil {
		return err
	}
	return d.patchKids(old, next)
}

func (d *dom) create(n *vnode) error {
	var err error
	if n.tag == "" {
		n.node, err = d.document.Call("createTextNode", n.text)
		return err
	}
	if n.node, err = d.document.Call("createElement", n.tag); err != nil {
		return err
	}
	if err := patchAttributes(&vnode{}, n); err != nil {
		return err
	}
	for _, k := range n.kids {
		if err := d.append(n.node, k); err != nil {
			return err
		}
	}
	return nil
}

func (d *dom) append(parent safejs.Value, n *vnode) error {
	if err := d.create(n); err != nil {
		return err
	}
	_, err := parent.Call("appendChild", n.node)
	return err
}

func remove(parent safejs.Value, n *vnode) error {
	_, err := parent.Call("removeChild", n.node)
	return err
}

func patchAttributes(old, next *vnode) error {
	for _, a := range old.attrs {
		if _, still := attribute(next, a.Name()); !still {
			if _, err := next.node.Call("removeAttribute", a.Name()); err != nil {
				return err
			}
		}
	}
	for _, a := range next.attrs {
		value, _ := attribute(next, a.Name()) // the first of that name counts, as in HTML
		if before, had := attribute(old, a.Name()); had && before == value {
			continue
		}
		if _, err := next.node.Call("setAttribute", a.Name(), value); err != nil {
			return err
		}
	}
	if next.tag != "input" {
		return nil
	}
	// Once the reader has clicked a radio button, only the property moves the mark.
	_, checked := attribute(next, "checked")
	return next.node.Set("checked", checked)
}

func attribute(n *vnode, name string) (string, bool) {
	i := slices.IndexFunc(n.attrs, func(a view.Attr) bool { return a.Name() == name })
	if i < 0 {
		return "", false
	}
	return n.attrs[i].Value(), true
}

// equal reports whether two nodes show the same.
func equal(a, b *vnode) bool {
	return a.tag == b.tag && a.text == b.text && slices.Equal(a.attrs, b.attrs) && slices.EqualFunc(a.kids, b.kids, equal)
}

// sameKind reports whether two nodes play the same part in their parents.
func sameKind(a, b *vnode) bool {
	return a.tag == b.tag && sameAttribute(a, b, "id") && sameAttribute(a, b, "class") && sameAttribute(a, b, "part")
}

// isOtherPicture reports whether two pictures show different things. Such a picture is replaced: given another
// address, an element would show the old picture under the new caption until the new one has come.
func isOtherPicture(a, b *vnode) bool {
	return a.tag == "img" && !(sameAttribute(a, b, "src") && sameAttribute(a, b, "srcset"))
}

func sameAttribute(a, b *vnode, name string) bool {
	av, ahas := attribute(a, name)
	bv, bhas := attribute(b, name)
	return ahas == bhas && av == bv
}
