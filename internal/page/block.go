package page

import (
	"byway/internal/article"
	"byway/internal/view"
)

// body is the text. It is nil for an article without one.
func (r *renderer) body(a *article.Article) view.Node {
	if len(a.Body) == 0 {
		return nil
	}
	return view.El(view.Div, view.ShadowPart("body"), view.Class("body"), r.blocks(a.Body))
}

func (r *renderer) blocks(list []article.Block) view.Node {
	var nodes []view.Node
	for _, b := range list {
		nodes = append(nodes, r.block(b))
	}
	return view.Group(nodes...)
}

// block gives the view of one block, or nil for one that shows nothing.
func (r *renderer) block(b article.Block) view.Node {
	switch b := b.(type) {
	case article.Paragraph:
		return within(view.P, textOrNil(b.Content), spoken(b)...)
	case article.Heading:
		return within(r.heading(max(b.Level, 2)-1), textOrNil(b.Content), spoken(b)...)
	case article.Figure:
		return r.figureBlock(b)
	case article.Gallery:
		return r.gallery(b)
	case article.Quote:
		return r.quote(b)
	case article.List:
		return r.list(b, spoken(b)...)
	case article.Media:
		return r.media(b)
	case article.Embed:
		return r.embed(b)
	case article.Table:
		return r.table(b)
	case article.Note:
		return r.note(b)
	case article.RelatedList:
		return r.relatedBlock(b)
	case article.Divider:
		return view.El(view.Hr)
	}
	// A type of a later version, or HTML that nobody converted.
	return within(view.P, textOrNil(article.BaseOf(b).Fallback), spoken(b)...)
}

// spoken is the language and the direction of a block that has its own.
func spoken(b article.Block) []view.Attr {
	base := article.BaseOf(b)
	return []view.Attr{langIfKnown(base.InLanguage), view.Dir(string(base.Dir))}
}

// spokenOr is the same for a block whose direction, where it has none, is found from its text.
func spokenOr(b article.Block) []view.Attr {
	base := article.BaseOf(b)
	return []view.Attr{langIfKnown(base.InLanguage), view.Dir(dirOrAuto(base.Dir))}
}

func (r *renderer) figureBlock(b article.Figure) view.Node {
	at, layout := inText, b.Layout
	switch layout {
	case "wide", "full":
		at = wide
	case "start", "end":
		at = aside
	default:
		layout = ""
	}
	attrs := append(spoken(b), view.ShadowPart("figure"), view.Class(figureClass(layout, b.Image)))
	return r.figure(b.Image, b.URL, at, attrs...)
}

func (r *renderer) gallery(b article.Gallery) view.Node {
	var pictures []view.Part
	for _, im := range b.Images {
		if f := r.figure(im, "", inMosaic, view.ShadowPart("figure")); f != nil {
			pictures = append(pictures, f)
		}
	}
	if len(pictures) == 0 {
		return nil
	}
	attrs := append(spoken(b), view.Class("gallery"))
	return view.El(view.Figure, append(parts(attrs),
		view.El(view.Div, append([]view.Part{view.Class("mosaic")}, pictures...)...),
		within(view.Figcaption, r.caption(b.Caption, "")))...)
}

func (r *renderer) quote(b article.Quote) view.Node {
	class := "quote"
	if b.Style == "pull" {
		class = "quote pull"
	}
	attrs := append(spokenOr(b), view.Class(class))
	return view.El(view.Blockquote, append(parts(attrs), r.blocks(b.Body), r.citation(b.Citation))...)
}

func (r *renderer) citation(c *article.NamedLink) view.Node {
	if c == nil || wordsOrNil(c.Name) == nil {
		return nil
	}
	return view.El(view.Footer, view.El(view.Cite, namedLink(c.URL, c.Name)))
}

func (r *renderer) list(b article.List, attrs ...view.Attr) view.Node {
	tag := view.Ul
	if b.Ordered {
		tag = view.Ol
		attrs = append(attrs, view.Start(b.Start))
	}
	items := parts(attrs)
	for _, it := range b.Items {
		item := []view.Part{view.Dir("auto"), flowing(it.Content)}
		if it.List != nil {
			item = append(item, r.list(*it.List, spoken(*it.List)...))
		}
		items = append(items, view.El(view.Li, item...))
	}
	if len(b.Items) == 0 {
		return nil
	}
	return view.El(tag, items...)
}

func (r *renderer) table(b article.Table) view.Node {
	if len(b.Header) == 0 && len(b.Rows) == 0 {
		return nil
	}
	label := b.Caption.Text()
	if label == "" {
		label = r.words.Table
	}
	table := []view.Part{within(view.Caption, flowingOrNil(b.Caption), view.Dir("auto"))}
	if len(b.Header) > 0 {
		table = append(table, view.El(view.Thead, row(view.Th, b.Header, view.Scope("col"))))
	}
	var rows []view.Part
	for _, cells := range b.Rows {
		rows = append(rows, row(view.Td, cells))
	}
	if len(rows) > 0 {
		table = append(table, view.El(view.Tbody, rows...))
	}
	// A wide table scrolls in a box of its own, which the keyboard must be able to reach.
	attrs := append(spoken(b), view.Class("scroll"), view.Role("region"), view.Aria("label", label), view.TabIndex(0))
	return view.El(view.Div, append(parts(attrs), view.El(view.Table, table...))...)
}

func row(cell view.Tag, cells []article.Inline, attrs ...view.Attr) view.Node {
	var list []view.Part
	for _, c := range cells {
		list = append(list, view.El(cell, append(parts(attrs), view.Dir("auto"), flowing(c))...))
	}
	return view.El(view.Tr, list...)
}

func (r *renderer) note(b article.Note) view.Node {
	text := flowingOrNil(b.Content)
	if text == nil {
		return nil
	}
	var head view.Node
	if label := r.words.Notes[b.Role]; label != "" {
		head = r.own(view.Strong, view.Text(label))
	}
	if !b.Date.IsZero() {
		head = joined(" · ", head, r.own(view.Span, r.date(b.Date)))
	}
	attrs := append(spoken(b), view.Class("note"))
	return view.El(view.Aside, append(parts(attrs), within(view.P, head, view.Class("label")), view.El(view.P, view.Dir("auto"), text))...)
}

func (r *renderer) relatedBlock(b article.RelatedList) view.Node {
	items := r.relatedItems(b.Items)
	if len(items) == 0 {
		return nil
	}
	attrs := append(spoken(b), view.Class("note"))
	return view.El(view.Aside, append(parts(attrs),
		r.own(view.P, view.Class("label"), view.Text(r.words.Related)),
		view.El(view.Ul, append([]view.Part{view.Class("links")}, items...)...))...)
}
