package markup

// endFormatting closes an inline element whose blocks may still be open: <b><p>one</b>two</p>. The result is that of
// the adoption agency (HTML §13.2.6.4.7): the blocks move out of the element, and what they hold so far moves into copies of it.
func (b *builder) endFormatting(tag string) {
	i := b.index(only(tag), scope)
	if i < 0 {
		return
	}
	k := b.firstSpecial(i + 1)
	for ; k > 0 && len(b.open) <= maxDepth; k = b.firstSpecial(i + 1) {
		i = b.moveOut(i, k)
	}
	if k > 0 {
		return // flattened: its blocks have no nodes to move
	}
	inside := b.open[i+1:]
	b.open = b.open[:i]
	b.reopen(inside)
}

func (b *builder) firstSpecial(from int) int {
	for k := from; k < len(b.open); k++ {
		if special[b.open[k].tag] {
			return k
		}
	}
	return -1
}

// moveOut makes the block open[k] follow the inline element open[i] instead of standing in it, and puts copies of
// open[i:k] around what the block holds. It returns the new place of the copy of open[i].
func (b *builder) moveOut(i, k int) int {
	block := b.open[k]
	holder, parent := b.open[k-1].n, b.open[i-1].n
	holder.kids = holder.kids[:len(holder.kids)-1]
	parent.kids = append(parent.kids, block.n)

	open := append([]element{}, b.open[:i]...)
	open = append(open, block)
	kids := block.n.kids
	block.n.kids = nil
	at := block.n
	for _, e := range b.open[i:k] {
		copied := copyOf(e.n)
		b.nodes++
		at.kids = append(at.kids, copied)
		at = copied
		open = append(open, element{e.tag, copied})
	}
	at.kids = kids
	b.open = append(open, b.open[k+1:]...)
	return i + 1
}

// reopen opens copies of the formatting elements of a list.
func (b *builder) reopen(list []element) {
	again := append([]element{}, list...)
	for _, e := range again {
		if formatting[e.tag] && e.n.tag == e.tag {
			b.push(copyOf(e.n))
		}
	}
}

func copyOf(n *node) *node { return &node{tag: n.tag, attrs: n.attrs} }
