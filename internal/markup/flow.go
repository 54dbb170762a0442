package markup

import (
	"byway/internal/article"
)

// flow makes blocks of nodes in order. Text collects on a line; the start and the end of a block finish the line.
type flow struct {
	c    *converter
	lang string // of the containers around
	dir  article.Dir
	out  []article.Block
	line line
	amid []article.Block // pictures that stood in the middle of the line: they follow it
}

// sub is a flow for the content of a block.
func (f *flow) sub() *flow { return &flow{c: f.c, lang: f.lang, dir: f.dir} }

// blocksOf converts the content of an element by itself.
func (f *flow) blocksOf(n *node, st style) []article.Block {
	s := f.sub()
	s.enterBlock(n)
	s.nodes(n.kids, st)
	return s.done()
}

// contentOf converts the content of an element into a text, and the blocks that cannot stand in one. Language and
// direction of the containers around are left to the block that the text will be in.
func (f *flow) contentOf(n *node, st style) (article.Inline, []article.Block) {
	s := &flow{c: f.c}
	s.nodes(n.kids, st)
	return split(s.done())
}

func (f *flow) enterBlock(n *node) {
	if lang := article.NormalLanguage(n.attr("lang")); lang != "" {
		f.lang = lang
	}
	if dir := direction(n); dir != "" {
		f.dir = dir
	}
}

func (f *flow) base() article.Base { return article.Base{InLanguage: f.lang, Dir: f.dir} }

// baseOf is the base of a block that the element becomes.
func (f *flow) baseOf(n *node) article.Base {
	s := f.sub()
	s.enterBlock(n)
	return s.base()
}

// done finishes the line and gives the blocks.
func (f *flow) done() []article.Block {
	f.flush()
	return f.out
}

// flush makes a paragraph of the line.
func (f *flow) flush() {
	if in := f.line.take(); len(in) > 0 {
		f.keep(article.Paragraph{Base: f.base(), Content: in})
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
	if _, divider := b.(article.Divider); divider && len(f.out) > 0 {
		if _, again := f.out[len(f.out)-1].(article.Divider); again {
			return
		}
	}
	f.out = append(f.out, b)
}

func (f *flow) nodes(list []*node, st style) {
	for _, n := range list {
		f.node(n, st)
	}
}

func (f *flow) node(n *node, st style) {
	switch {
	case n.tag == "":
		f.line.add(n.text, st)
	case n.tag == "script" && n.has("data-telegram-post"):
		f.telegram(n)
	case leftOut(n):
		f.leaveOut(n)
	case isFrame(n):
		f.figure(n, st)
	case f.social(n, st):
	default:
		f.element(n, st)
	}
}

func (f *flow) element(n *node, st style) {
	switch n.tag {
	case "br":
		if f.line.lineBreak() {
			f.flush()
		}
	case "wbr":
		f.line.put("\u200b", st)
	case "hr":
		f.add(article.Divider{})
	case "img", "amp-img", "amp-anim":
		f.picture(n, st)
	case "picture":
		f.pictureElement(n, st)
	case "noscript": // settleNoscript has moved out what may be shown
	case "h1", "h2", "h3", "h4", "h5", "h6":
		f.heading(n, st)
	case "ul", "ol", "menu", "dir":
		f.list(n, st)
	case "dt", "summary":
		f.term(n, st)
	case "blockquote":
		f.quote(n, st)
	case "table":
		f.table(n, st)
	case "pre", "listing":
		f.pre(n, st)
	case "iframe", "amp-iframe", "amp-youtube":
		f.iframe(n)
	case "video", "audio", "amp-video", "amp-audio":
		f.recording(n)
	case "q":
		f.wrapped(n, st, "“", "”")
	case "rt":
		f.wrapped(n, st, "(", ")") // as rp would have it; ruby has no place in the model
	case "rp":
	default:
		if containers[n.tag] {
			f.container(n, st)
			return
		}
		f.nodes(n.kids, f.c.enter(n, st))
	}
}

// container is a block that only groups others.
func (f *flow) container(n *node, st style) {
	f.flush()
	lang, dir := f.lang, f.dir
	f.enterBlock(n)
	f.nodes(n.kids, st)
	f.flush()
	f.lang, f.dir = lang, dir
}

func (f *flow) wrapped(n *node, st style, before, after string) {
	st = f.c.enter(n, st)
	f.line.put(before, st)
	f.nodes(n.kids, st)
	f.line.put(after, st)
}

// leaveOut warns where a reader of the original would have seen something.
func (f *flow) leaveOut(n *node) {
	switch {
	case hidden(n):
		f.c.warnings.once(n.tag, "hidden text: left out")
	case n.tag == "form":
		f.c.warnings.once(n.tag, "forms do not work here: left out")
	}
}

// split takes texts and lists apart from blocks that cannot stand in a text.
func split(blocks []article.Block) (article.Inline, []article.Block) {
	var text, rest []article.Block
	for _, b := range blocks {
		switch b.(type) {
		case article.Paragraph, article.Heading, article.List, article.Quote:
			text = append(text, b)
		default:
			rest = append(rest, b)
		}
	}
	return fold(text), rest
}

// fold makes one text of blocks, each on its lines.
func fold(blocks []article.Block) article.Inline {
	var parts []article.Inline
	for _, b := range blocks {
		in := textOf(b)
		base := article.BaseOf(b)
		for i := range in {
			if in[i].InLanguage == "" {
				in[i].InLanguage = base.InLanguage
			}
			if in[i].Dir == "" {
				in[i].Dir = base.Dir
			}
		}
		parts = append(parts, in)
	}
	return lines(parts...)
}

// textOf is the text of a block; recordings, embeds and pictures have none.
func textOf(b article.Block) article.Inline {
	switch b := b.(type) {
	case article.Paragraph:
		return b.Content
	case article.Heading:
		return b.Content
	case article.Quote:
		in := fold(b.Body)
		if b.Citation != nil {
			in = lines(in, article.Inline{{Text: b.Citation.Name, URL: b.Citation.URL}})
		}
		return in
	case article.List:
		return textOfList(b)
	case article.Table:
		return textOfTable(b)
	}
	return nil
}

func textOfList(l article.List) article.Inline {
	var all article.Inline
	for _, item := range l.Items {
		all = lines(all, item.Content)
		if item.List != nil {
			all = lines(all, textOfList(*item.List))
		}
	}
	return all
}

func textOfTable(t article.Table) article.Inline {
	all := lines(t.Caption, textOfRow(t.Header))
	for _, row := range t.Rows {
		all = lines(all, textOfRow(row))
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
