package markup

// endFormatting closes an inline element whose blocks may still be open: <b><p>one</b>two</p>. The result is that of
// the adoption agency (HTML §13.2.6.4.7): the blocks move out of the element, and what they hold so far moves into copies of it.
func (b *builder) endFormatting(tag string) {
	i := b.index(tag, 0, scope)
	if i < 0 {
		return
	}
	k := b.firstSpecial(i + 1)
	for ; k > 0 && len(b.open) <= maxDepth; k = b.firstSpecial(i + 1) {
		b.moveOut(i, k)
		i++
	}
	if k < 0 { // otherwise it was flattened: its blocks have no nodes to move
		b.closeAndReopen(i)
	}
}

func (b *builder) firstSpecial(from int) int {
	for k := from; k < len(b.open); k++ {
		if b.open[k].traits&special != 0 {
			return k
		}
	}
	return -1
}

// moveOut makes the block open[k] follow the inline element open[i] instead of standing in it, and puts copies of
// open[i:k] around what the block holds.
func (b *builder) moveOut(i, k int) {
	block, holder := b.open[k], b.open[k-1]
	holder.kids = holder.kids[:len(holder.kids)-1]
	b.open[i-1].kids.add(block)

	held := block.kids
	block.kids = nil
	at := block
	for j := i; j < k; j++ {
		copied := b.open[j].copy()
		b.nodes++
		at.kids.add(copied)
		b.open[j] = at
		at = copied
	}
	b.open[k] = at
	at.kids = held
}

// closeAndReopen closes open[i] with what is in it; the formatting goes on after it, in copies.
func (b *builder) closeAndReopen(i int) {
	inside := append(nodes{}, b.open[i+1:]...)
	b.open = b.open[:i]
	for _, n := range inside {
		if n.traits&formatting != 0 && n.into == nil {
			b.push(n.copy())
		}
	}
}

func (n *node) copy() *node { return &node{tag: n.tag, traits: n.traits, attrs: n.attrs} }
