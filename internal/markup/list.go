package markup

import (
	"strconv"

	"byway/internal/article"
)

// list makes a list. An item holds a text and a list; what else stands in one, a picture say, parts the list: it
// follows the item, and a second list goes on after it.
func (f *flow) list(n *node, st style) {
	f.flush()
	l := &lister{f: f, ordered: n.tag == "ol"}
	l.list = article.List{Base: f.baseOf(n), Ordered: l.ordered}
	if start, err := strconv.Atoi(n.attr("start")); err == nil && l.ordered && start > 0 && start < 1_000_000 {
		l.list.Start = start
	}
	l.number = max(l.list.Start, 1)
	for _, k := range n.kids {
		l.item(k, st)
	}
	l.finish()
}

type lister struct {
	f       *flow
	ordered bool
	list    article.List
	number  int // of the next item
}

// item adds an li, or what stands in a list without one.
func (l *lister) item(n *node, st style) {
	if n.tag == "" && blank(n.text) || leftOut(n) {
		return
	}
	s := &flow{c: l.f.c}
	if n.tag == "li" {
		s.nodes(n.kids, l.f.c.enter(n, st))
	} else {
		s.node(n, st)
	}
	bare := n.tag == "ul" || n.tag == "ol"
	l.blocks(s.done(), bare)
}

// blocks adds what one item holds. A bare list, written between two items, belongs to the item before it.
func (l *lister) blocks(blocks []article.Block, bare bool) {
	open := bare && len(l.list.Items) > 0 // whether the last item is still this one
	for _, b := range blocks {
		switch b := b.(type) {
		case article.Paragraph, article.Heading:
			open = l.text(fold([]article.Block{b}), open)
		case article.List:
			open = l.nested(b, open)
		default:
			l.part(b)
			open = false
		}
	}
}

// text adds to the item, or begins one: after its list an item takes no more text.
func (l *lister) text(in article.Inline, open bool) bool {
	if last := len(l.list.Items) - 1; open && l.list.Items[last].List == nil {
		l.list.Items[last].Content = lines(l.list.Items[last].Content, in)
		return true
	}
	l.list.Items = append(l.list.Items, article.ListItem{Content: in})
	l.number++
	return true
}

func (l *lister) nested(sub article.List, open bool) bool {
	last := len(l.list.Items) - 1
	if !open {
		l.list.Items = append(l.list.Items, article.ListItem{List: &sub})
		l.number++
		return true
	}
	if have := l.list.Items[last].List; have != nil {
		have.Items = append(have.Items, sub.Items...)
	} else {
		l.list.Items[last].List = &sub
	}
	return true
}

// part ends the list with a block that cannot stand in it, and begins another that goes on counting.
func (l *lister) part(b article.Block) {
	rest := l.list
	rest.Items = nil
	l.finish()
	l.f.add(b)
	l.list = rest
	if l.ordered && l.number > 1 {
		l.list.Start = l.number
	}
}

func (l *lister) finish() {
	if len(l.list.Items) > 0 {
		l.f.add(l.list)
	}
}
