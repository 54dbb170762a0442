package decode

import (
	"byway/internal/article"
	"byway/internal/markup"
)

func (f *finisher) blockList(list []article.Block, place string, depth int) []article.Block {
	var out []article.Block
	for i, b := range list {
		out = append(out, f.block(b, at(place, i), depth)...)
	}
	return out
}

// block finishes one block. It gives none where nothing is left to show, and several for HTML.
func (f *finisher) block(b article.Block, place string, depth int) []article.Block {
	switch b := b.(type) {
	case article.HTML:
		return f.html(b, place, depth)
	case article.Quote:
		if depth >= maxNesting {
			f.warn(place, "nested more than %d deep: its text is kept, its quote marks are not", maxNesting)
			return f.blockList(b.Body, place+".body", depth)
		}
		b.Body = f.blockList(b.Body, place+".body", depth+1)
		return f.keep(f.quote(b, place), place, len(b.Body) > 0)
	case article.List:
		b = f.list(b, place, depth)
		return f.keep(b, place, len(b.Items) > 0)
	case article.Figure:
		return f.figure(b, place)
	case article.Gallery:
		return f.gallery(b, place)
	case article.Media:
		return f.media(b, place)
	case article.Embed:
		return f.embed(b, place)
	}
	return f.plain(b, place)
}

// keep counts a block, and leaves out one that is empty or too many.
func (f *finisher) keep(b article.Block, place string, full bool) []article.Block {
	if !full {
		return nil
	}
	if f.blocks++; f.blocks > article.MaxBlocks {
		if f.blocks == article.MaxBlocks+1 {
			f.warn(place, "more than %d blocks in all: the rest is left out", article.MaxBlocks)
		}
		return nil
	}
	return []article.Block{b}
}

func (f *finisher) html(b article.HTML, place string, depth int) []article.Block {
	blocks, warnings := markup.Blocks(b.HTML, f.Options)
	for _, w := range warnings {
		f.warn(place, "%s", w)
	}
	return f.blockList(blocks, place, depth)
}

// plain finishes the blocks that are words.
func (f *finisher) plain(b article.Block, place string) []article.Block {
	switch b := b.(type) {
	case article.Paragraph:
		f.text(&b.Base, &b.Content, place)
		return f.keep(b, place, !isBlank(b.Content))
	case article.Heading:
		f.text(&b.Base, &b.Content, place)
		return f.keep(b, place, !isBlank(b.Content))
	case article.Note:
		f.text(&b.Base, &b.Content, place)
		return f.keep(b, place, !isBlank(b.Content))
	case article.Table:
		b = f.table(b, place)
		return f.keep(b, place, len(b.Rows)+len(b.Header) > 0)
	case article.RelatedList:
		f.base(&b.Base, place)
		b.Items = f.related(b.Items, place+".items")
		return f.keep(b, place, len(b.Items) > 0)
	case article.Divider:
		f.base(&b.Base, place)
		return f.keep(b, place, true)
	case article.Unknown:
		f.base(&b.Base, place)
		return f.keep(b, place, true)
	}
	return nil
}

func (f *finisher) text(base *article.Base, content *article.Inline, place string) {
	f.base(base, place)
	*content = f.inline(*content, place+".content")
}

func (f *finisher) base(b *article.Base, place string) {
	b.ID = oneLine(b.ID)
	b.Fallback = f.inline(b.Fallback, place+".fallback")
}

// inline tidies runs and resolves their links. A run whose address may not be used keeps its text.
func (f *finisher) inline(in article.Inline, place string) article.Inline {
	var out article.Inline
	for i, r := range in {
		r.Text = tidy(r.Text)
		r.URL = f.link(r.URL, at(place, i)+".url")
		if r.Text != "" || r.Break {
			out = append(out, r)
		}
	}
	return out
}

func (f *finisher) quote(q article.Quote, place string) article.Quote {
	f.base(&q.Base, place)
	q.Citation = f.namedLink(q.Citation, place+".citation")
	return q
}

func (f *finisher) list(l article.List, place string, depth int) article.List {
	f.base(&l.Base, place)
	var items []article.ListItem
	for i, item := range l.Items {
		items = append(items, f.item(item, at(place+".items", i), depth)...)
	}
	l.Items = items
	return l
}

// item gives several where a list stands too deep to be one.
func (f *finisher) item(item article.ListItem, place string, depth int) []article.ListItem {
	item.Content = f.inline(item.Content, place+".content")
	var deeper []article.ListItem
	if item.List != nil {
		under := f.list(*item.List, place+".list", min(depth+1, maxNesting))
		item.List = nil
		switch {
		case depth+1 >= maxNesting:
			f.warn(place, "nested more than %d deep: laid out flat", maxNesting)
			deeper = under.Items
		case len(under.Items) > 0 && f.keep(under, place, true) != nil:
			item.List = &under
		}
	}
	if isBlank(item.Content) && item.List == nil {
		return deeper
	}
	return append([]article.ListItem{item}, deeper...)
}

func (f *finisher) figure(b article.Figure, place string) []article.Block {
	f.base(&b.Base, place)
	b.URL = f.link(b.URL, place+".url")
	image, ok := f.image(b.Image, place+".image")
	if !ok {
		return f.words(b.Base, place, b.Image.Caption, article.Plain(b.Image.CreditText))
	}
	b.Image = image
	return f.keep(b, place, true)
}

func (f *finisher) gallery(b article.Gallery, place string) []article.Block {
	f.base(&b.Base, place)
	b.Images = f.imageList(b.Images, place+".images")
	if len(b.Images) == 0 {
		return f.words(b.Base, place, b.Caption)
	}
	b.Caption = f.inline(b.Caption, place+".caption")
	return f.keep(b, place, true)
}

func (f *finisher) media(b article.Media, place string) []article.Block {
	f.base(&b.Base, place)
	if b.URL = f.link(b.URL, place+".url"); b.URL == "" {
		return f.words(b.Base, place, article.Plain(b.Name), b.Caption, article.Plain(b.CreditText), b.Transcript)
	}
	b.Name, b.CreditText, b.Duration = oneLine(b.Name), oneLine(b.CreditText), oneLine(b.Duration)
	b.Thumbnail = f.picture(b.Thumbnail, place+".thumbnail")
	b.Caption = f.inline(b.Caption, place+".caption")
	b.Transcript = f.inline(b.Transcript, place+".transcript")
	b.Renditions = f.renditions(b.Renditions, place, markup.ResolveLink)
	return f.keep(b, place, true)
}

func (f *finisher) embed(b article.Embed, place string) []article.Block {
	f.base(&b.Base, place)
	b.URL = f.link(b.URL, place+".url")
	b.EmbedURL = f.link(b.EmbedURL, place+".embedUrl")
	if b.URL == "" {
		b.URL = b.EmbedURL
	}
	if b.URL == "" {
		return f.words(b.Base, place, article.Plain(b.Name), article.Plain(b.Description))
	}
	b.Provider, b.Name, b.Description = oneLine(b.Provider), oneLine(b.Name), oneLine(b.Description)
	b.Thumbnail = f.picture(b.Thumbnail, place+".thumbnail")
	return f.keep(b, place, true)
}

// words keeps the text of a block whose address cannot be used, as paragraphs.
func (f *finisher) words(base article.Base, place string, texts ...article.Inline) []article.Block {
	base.Fallback = nil
	var out []article.Block
	for _, text := range texts {
		text = f.inline(text, place)
		out = append(out, f.keep(article.Paragraph{Base: base, Content: text}, place, !isBlank(text))...)
	}
	return out
}

func (f *finisher) table(t article.Table, place string) article.Table {
	f.base(&t.Base, place)
	t.Caption = f.inline(t.Caption, place+".caption")
	t.Header = f.cells(t.Header, place+".header")
	for i, row := range t.Rows {
		t.Rows[i] = f.cells(row, at(place+".rows", i))
	}
	return t
}

func (f *finisher) cells(row []article.Inline, place string) []article.Inline {
	for i, cell := range row {
		row[i] = f.inline(cell, at(place, i))
	}
	return row
}
