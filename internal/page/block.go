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
	return view.El("div part=body class=body", r.blocks(a.Body))
}

func (r *renderer) blocks(list []article.Block) (all view.Node) {
	for _, b := range list {
		all = all.And(r.block(b))
	}
	return all
}

// block gives the view of one block in its language and direction, or nil for one that shows nothing.
func (r *renderer) block(b article.Block) view.Node {
	base := article.BaseOf(b)
	var n view.Node
	switch b := b.(type) {
	case article.Paragraph:
		n = within("p", textOrNil(b.Content))
	case article.Heading:
		n = within(r.heading(max(b.Level, 2)-1), textOrNil(b.Content))
	case article.Figure:
		n = r.figureBlock(&b)
	case article.Gallery:
		n = r.gallery(&b)
	case article.Quote:
		n, base.Dir = r.quote(&b), dirOrAuto(base.Dir)
	case article.List:
		n = r.list(&b)
	case article.Media:
		n = r.media(&b)
	case article.Embed:
		n = r.embed(&b)
	case article.Table:
		n = r.table(&b)
	case article.Note:
		n = r.note(&b)
	case article.RelatedList:
		n = r.relatedBlock(b.Items)
	case article.Divider:
		n = view.El("hr")
	default: // A type of a later version, or HTML that nobody converted.
		n = within("p", textOrNil(base.Fallback))
	}
	return view.With(n, spoken(base.InLanguage, base.Dir))
}

func (r *renderer) figureBlock(b *article.Figure) view.Node {
	at, layout := &inText, b.Layout
	switch layout {
	case "wide", "full":
		at = &wide
	case "start", "end":
		at = &aside
	default:
		layout = ""
	}
	return r.figure(&b.Image, b.URL, at, view.Class(figureClass(layout, &b.Image)))
}

func (r *renderer) gallery(b *article.Gallery) view.Node {
	var pictures view.Node
	for i := range b.Images {
		pictures = pictures.And(r.figure(&b.Images[i], "", &inMosaic, nil))
	}
	if pictures == nil {
		return nil
	}
	return view.El("figure class=gallery", view.El("div class=mosaic", pictures), within("figcaption", r.caption(b.Caption, "")))
}

func (r *renderer) quote(b *article.Quote) view.Node {
	class := "quote"
	if b.Style == "pull" {
		class = "quote pull"
	}
	return view.El("blockquote", view.Class(class), r.blocks(b.Body), citation(b.Citation))
}

func citation(c *article.NamedLink) view.Node {
	if c == nil || blank(c.Name) {
		return nil
	}
	return view.El("footer", view.El("cite", contentLink(c.URL, name(c.Name))))
}

func (r *renderer) list(b *article.List) view.Node {
	var items view.Node
	for i := range b.Items {
		it := &b.Items[i]
		var inner view.Node
		if it.List != nil {
			inner = r.block(*it.List)
		}
		items = items.And(view.El("li dir=auto", flowing(it.Content), inner))
	}
	if !b.Ordered {
		return within("ul", items)
	}
	return view.With(within("ol", items), view.Start(b.Start))
}

func (r *renderer) table(b *article.Table) view.Node {
	if len(b.Header) == 0 && len(b.Rows) == 0 {
		return nil
	}
	label := b.Caption.Text()
	if label == "" {
		label = r.words.Table
	}
	var head, rows view.Node
	if len(b.Header) > 0 {
		head = view.El("thead", row("th scope=col dir=auto", b.Header))
	}
	for _, cells := range b.Rows {
		rows = rows.And(row("td dir=auto", cells))
	}
	table := view.El("table", within("caption dir=auto", flowingOrNil(b.Caption)), head, within("tbody", rows))
	// A wide table scrolls in a box of its own, which the keyboard must be able to reach.
	return view.El("div class=scroll role=region", view.AriaLabel(label), view.Focusable(), table)
}

func row(cell view.Tag, cells []article.Inline) view.Node {
	var all view.Node
	for _, c := range cells {
		all = all.And(view.El(cell, flowing(c)))
	}
	return view.El("tr", all)
}

func (r *renderer) note(b *article.Note) view.Node {
	text := flowingOrNil(b.Content)
	if text == nil {
		return nil
	}
	var label, date view.Node
	if s := r.words.Notes.of(b.Role); s != "" {
		label = r.own(words("strong", s))
	}
	if !b.Date.IsZero() {
		date = r.own(view.El("span", r.date(b.Date)))
	}
	return view.El("aside class=note", within("p class=label", joined(" · ", label, date)), view.El("p dir=auto", text))
}

func (r *renderer) relatedBlock(list []article.Related) view.Node {
	items := r.relatedItems(list)
	if items == nil {
		return nil
	}
	return view.El("aside class=note", r.own(words("p class=label", r.words.Related)), view.El("ul class=links", items))
}
