package markup

import (
	"byway/internal/article"
)

// flow makes blocks of nodes in order. Text collects on a line; the start and the end of a block finish the line.
type flow struct {
	c    *converter
	base article.Base // language and direction of the containers around
	out  []article.Block
	line line
	amid []article.Block // pictures that stood in the middle of the line: they follow it
}

// blocksOf converts the content of an element by itself.
func (f *flow) blocksOf(n *node, st *style) []article.Block {
	s := &flow{c: f.c, base: f.baseOf(n)}
	s.nodes(n.kids, st)
	return s.done()
}

// contentOf converts the content of an element into a text, and the blocks that cannot stand in one. Language and
// direction of the containers around are left to the block that the text will be in.
func (f *flow) contentOf(n *node, st *style) (article.Inline, []article.Block) {
	s := &flow{c: f.c}
	s.nodes(n.kids, st)
	return split(s.done())
}

// baseOf is the base of a block that the element becomes.
func (f *flow) baseOf(n *node) article.Base {
	base := f.base
	if lang := article.NormalLanguage(n.attr("lang")); lang != "" {
		base.InLanguage = lang
	}
	if dir := direction(n); dir != "" {
		base.Dir = dir
	}
	return base
}

// done finishes the line and gives the blocks.
func (f *flow) done() []article.Block {
	f.flush()
	return f.out
}

// flush makes a paragraph of the line.
func (f *flow) flush() {
	if in := f.line.take(); len(in) > 0 {
		f.keep(&article.Paragraph{Base: f.base, Content: in})
	}
	amid := f.amid
	f.amid = nil
	for _, b := range amid {
		f.keep(b)
	}
}

// add finishes the line and adds blocks after it.
func (f *flow) add(blocks ...article.Block) {
	f.flush()
	for _, b := range blocks {
		f.keep(b)
	}
}

// keep adds a block, unless it is a divider after another.
func (f *flow) keep(b article.Block) {
	if _, divider := b.(*article.Divider); divider && len(f.out) > 0 {
		if _, again := f.out[len(f.out)-1].(*article.Divider); again {
			return
		}
	}
	f.out = append(f.out, b)
}

func (f *flow) nodes(list nodes, st *style) {
	for _, n := range list {
		f.node(n, st)
	}
}

func (f *flow) node(n *node, st *style) {
	switch {
	case n.tag == "":
		f.line.add(n.text, st)
	case n.tag == "script" && n.has("data-telegram-post"):
		f.telegram(n)
	case n.traits&leftOut != 0:
		f.leaveOut(n)
	case isFrame(n):
		f.figure(n, st)
	case f.social(n, st):
	default:
		f.element(n, st)
	}
}

func (f *flow) element(n *node, st *style) {
	switch {
	case n.traits&heading != 0:
		f.heading(n, st)
		return
	case n.traits&lists != 0:
		f.list(n, st)
		return
	case n.traits&containers != 0:
		f.container(n, st)
		return
	}
	switch n.tag {
	case "br":
		if f.line.lineBreak() {
			f.flush()
		}
	case "wbr":
		f.line.put("\u200b", st)
	case "hr":
		f.add(&article.Divider{})
	case "img", "amp-img", "amp-anim":
		f.picture(n, st)
	case "picture":
		f.pictureElement(n, st)
	case "dt", "summary":
		f.heading(n, st)
	case "blockquote":
		f.quote(n, st)
	case "table":
		f.table(n, st)
	case "pre", "listing":
		f.pre(n, st)
	case "iframe", "amp-iframe", "amp-youtube", "embed":
		f.iframe(n)
	case "object":
		f.object(n, st)
	case "math":
		f.formula(n, st)
	case "video", "audio", "amp-video", "amp-audio":
		f.recording(n)
	case "q":
		f.wrapped(n, st, "“", "”")
	case "rt":
		f.wrapped(n, st, "(", ")") // as rp would have it; ruby has no place in the model
	case "noscript", "rp": // settleNoscript has moved out what may be shown
	default:
		f.nodes(n.kids, f.c.enter(n, st))
	}
}

// container is a block that only groups others.
func (f *flow) container(n *node, st *style) {
	f.flush()
	around := f.base
	f.base = f.baseOf(n)
	f.nodes(n.kids, st)
	f.flush()
	f.base = around
}

func (f *flow) wrapped(n *node, st *style, before, after string) {
	st = f.c.enter(n, st)
	f.line.put(before, st)
	f.nodes(n.kids, st)
	f.line.put(after, st)
}

// leaveOut warns where a reader of the original would have seen something.
func (f *flow) leaveOut(n *node) {
	switch {
	case n.hidden():
		f.c.warnings.once(n.tag, "hidden text: left out")
	case n.tag == "form":
		f.c.warnings.once(n.tag, "forms do not work here: left out")
	}
}

// split takes texts and lists apart from blocks that cannot stand in a text.
func split(blocks []article.Block) (text article.Inline, rest []article.Block) {
	for _, b := range blocks {
		switch b.(type) {
		case *article.Paragraph, *article.Heading, *article.List, *article.Quote:
			text = lines(text, textOf(b))
		default:
			rest = append(rest, b)
		}
	}
	return text, rest
}

// fold makes one text of blocks, each on its lines.
func fold(blocks []article.Block) article.Inline {
	var text article.Inline
	for _, b := range blocks {
		text = lines(text, textOf(b))
	}
	return text
}

// textOf is the text of a block; recordings, embeds and pictures have none.
func textOf(b article.Block) (in article.Inline) {
	var base *article.Base
	switch b := b.(type) {
	case *article.Paragraph:
		in, base = b.Content, &b.Base
	case *article.Heading:
		in, base = b.Content, &b.Base
	case *article.Quote:
		in, base = fold(b.Body), &b.Base
		if b.Citation != nil {
			in = lines(in, linked(b.Citation))
		}
	case *article.List:
		in, base = textOfList(b), &b.Base
	case *article.Table:
		in, base = lines(b.Caption, textOfRow(b.Header)), &b.Base
		for _, row := range b.Rows {
			in = lines(in, textOfRow(row))
		}
	}
	for i := range in {
		run := &in[i]
		if run.InLanguage == "" {
			run.InLanguage = base.InLanguage
		}
		if run.Dir == "" {
			run.Dir = base.Dir
		}
	}
	return in
}

func textOfList(l *article.List) article.Inline {
	var all article.Inline
	for i := range l.Items {
		item := &l.Items[i]
		all = lines(all, item.Content)
		if item.List != nil {
			all = lines(all, textOfList(item.List))
		}
	}
	return all
}

func textOfRow(cells []article.Inline) article.Inline {
	var row article.Inline
	for _, cell := range cells {
		if len(row) > 0 && len(cell) > 0 {
			row[len(row)-1].Text += " "
		}
		row = append(row, cell...)
	}
	return row
}
