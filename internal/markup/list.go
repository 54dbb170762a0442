package markup

import (
	"strconv"

	"byway/internal/article"
)

// list makes a list. An item holds a text and a list; what else stands in one, a picture say, parts the list: it
// follows the item, and a second list goes on after it.
func (f *flow) list(n *node, st *style) {
	f.flush()
	l := &lister{f: f, base: f.baseOf(n), ordered: n.tag == "ol"}
	start, err := strconv.Atoi(n.attr("start"))
	if err != nil || !l.ordered || start < 1 || start >= 1_000_000 {
		start = 0
	}
	l.begin(start)
	for _, k := range n.kids {
		l.item(k, st)
	}
	l.finish()
}

type lister struct {
	f       *flow
	base    article.Base
	ordered bool
	list    *article.List
	number  int // of the next item
}

func (l *lister) begin(start int) {
	l.list = &article.List{Base: l.base, Ordered: l.ordered, Start: start}
	l.number = max(start, 1)
}

// item adds an li, or what stands in a list without one. A bare list, written between two items, belongs to the item
// before it.
func (l *lister) item(n *node, st *style) {
	if n.tag == "" && blank(n.text) || n.traits&leftOut != 0 {
		return
	}
	s := &flow{c: l.f.c}
	if n.tag == "li" {
		s.nodes(n.kids, l.f.c.enter(n, st))
	} else {
		s.node(n, st)
	}
	open := n.traits&lists != 0 // whether the last item is still this one
	for _, b := range s.done() {
		switch b := b.(type) {
		case *article.Paragraph, *article.Heading:
			item := l.last(open)
			if item.List != nil { // after its list an item takes no more text
				item = l.last(false)
			}
			item.Content = lines(item.Content, textOf(b))
			open = true
		case *article.List:
			item := l.last(open)
			if item.List == nil {
				item.List = b
			} else {
				item.List.Items = append(item.List.Items, b.Items...)
			}
			open = true
		default:
			l.part(b)
			open = false
		}
	}
}

// last is the last item if it is open, or a new one.
func (l *lister) last(open bool) *article.ListItem {
	if !open || len(l.list.Items) == 0 {
		l.list.Items = append(l.list.Items, article.ListItem{})
		l.number++
	}
	return &l.list.Items[len(l.list.Items)-1]
}

// part ends the list with a block that cannot stand in it, and begins another that goes on counting.
func (l *lister) part(b article.Block) {
	l.finish()
	l.f.add(b)
	start := l.list.Start
	if l.ordered && l.number > 1 {
		start = l.number
	}
	l.begin(start)
}

func (l *lister) finish() {
	if len(l.list.Items) > 0 {
		l.f.add(l.list)
	}
}
