package decode

import (
	"strconv"

	"byway/internal/article"
	"byway/internal/markup"
)

func (f *finisher) body(list *[]article.Block, place string, depth int) {
	var out []article.Block
	f.add(&out, *list, place, depth)
	*list = out
}

func (f *finisher) add(out *[]article.Block, list []article.Block, place string, depth int) {
	for i, b := range list {
		f.block(out, b, at(place, i), depth)
	}
}

// block finishes one block. It adds none where nothing is left to show, and several for HTML.
func (f *finisher) block(out *[]article.Block, b article.Block, place string, depth int) {
	if f.count > article.MaxBlocks {
		return
	}
	switch b := b.(type) {
	case article.HTML:
		blocks, warnings := markup.Blocks(b.HTML, f.Options)
		for _, w := range warnings {
			f.warn(place, w.String())
		}
		f.add(out, blocks, place, depth)
	case article.Quote:
		if depth >= maxNesting {
			f.warn(place, tooDeep+"its text is kept, its quote marks are not")
			f.add(out, b.Body, place+".body", depth)
			return
		}
		f.body(&b.Body, place+".body", depth+1)
		f.base(&b.Base, place)
		f.oneNamedLink(&b.Citation, place, "citation")
		f.keep(out, b, place, len(b.Body) > 0)
	case article.List:
		f.list(&b, place, depth)
		f.keep(out, b, place, len(b.Items) > 0)
	case article.Figure:
		f.figure(out, &b, place)
	case article.Gallery:
		f.gallery(out, &b, place)
	case article.Media:
		f.media(out, &b, place)
	case article.Embed:
		f.embed(out, &b, place)
	case article.Paragraph:
		full := f.text(&b.Base, &b.Content, place)
		f.keep(out, b, place, full)
	case article.Heading:
		full := f.text(&b.Base, &b.Content, place)
		f.keep(out, b, place, full)
	case article.Note:
		full := f.text(&b.Base, &b.Content, place)
		f.keep(out, b, place, full)
	case article.Table:
		f.table(&b, place)
		f.keep(out, b, place, len(b.Rows)+len(b.Header) > 0)
	case article.RelatedList:
		f.base(&b.Base, place)
		f.related(&b.Items, place, "items")
		f.keep(out, b, place, len(b.Items) > 0)
	case article.Divider:
		f.base(&b.Base, place)
		f.keep(out, b, place, true)
	case article.Unknown:
		f.base(&b.Base, place)
		f.keep(out, b, place, true)
	}
}

// keep counts a block, and leaves out one that is empty or too many.
func (f *finisher) keep(out *[]article.Block, b article.Block, place string, full bool) {
	if full && f.room(place) {
		*out = append(*out, b)
	}
}

// room counts one block and reports whether there is still room for it.
func (f *finisher) room(place string) bool {
	f.count++
	if f.count == article.MaxBlocks+1 {
		f.warn(place, "more than "+strconv.Itoa(article.MaxBlocks)+" blocks in all: the rest is left out")
	}
	return f.count <= article.MaxBlocks
}

// text finishes the blocks that are words, and reports whether there are any.
func (f *finisher) text(base *article.Base, content *article.Inline, place string) bool {
	f.base(base, place)
	f.inline(content, place, "content")
	return !isBlank(*content)
}

func (f *finisher) base(b *article.Base, place string) {
	toLines(&b.ID)
	f.inline(&b.Fallback, place, "fallback")
}

// inline tidies runs and resolves their links. A run whose address may not be used keeps its text.
func (f *finisher) inline(in *article.Inline, place, name string) {
	var out article.Inline
	for i, r := range *in {
		r.Text = tidy(r.Text)
		if r.URL != "" {
			f.link(&r.URL, at(under(place, name), i), "url")
		}
		if r.Text != "" || r.Break {
			out = append(out, r)
		}
	}
	*in = out
}

func (f *finisher) list(l *article.List, place string, depth int) {
	f.base(&l.Base, place)
	var items []article.ListItem
	for i := range l.Items {
		f.item(&items, &l.Items[i], at(place+".items", i), depth)
	}
	l.Items = items
}

// item adds several where a list stands too deep to be one.
func (f *finisher) item(out *[]article.ListItem, item *article.ListItem, place string, depth int) {
	f.inline(&item.Content, place, "content")
	var deeper []article.ListItem
	if under := item.List; under != nil {
		f.list(under, place+".list", min(depth+1, maxNesting))
		if depth+1 >= maxNesting {
			f.warn(place, tooDeep+"laid out flat")
			deeper = under.Items
			item.List = nil
		} else if len(under.Items) == 0 || !f.room(place) {
			item.List = nil
		}
	}
	if !isBlank(item.Content) || item.List != nil {
		*out = append(*out, *item)
	}
	*out = append(*out, deeper...)
}

func (f *finisher) figure(out *[]article.Block, b *article.Figure, place string) {
	f.base(&b.Base, place)
	f.link(&b.URL, place, "url")
	if !f.image(&b.Image, place+".image") {
		f.words(out, &b.Base, place, b.Image.Caption, article.Plain(b.Image.CreditText))
		return
	}
	f.keep(out, *b, place, true)
}

func (f *finisher) gallery(out *[]article.Block, b *article.Gallery, place string) {
	f.base(&b.Base, place)
	f.images(&b.Images, place, "images")
	if len(b.Images) == 0 {
		f.words(out, &b.Base, place, b.Caption)
		return
	}
	f.inline(&b.Caption, place, "caption")
	f.keep(out, *b, place, true)
}

func (f *finisher) media(out *[]article.Block, b *article.Media, place string) {
	f.base(&b.Base, place)
	if f.link(&b.URL, place, "url"); b.URL == "" {
		f.words(out, &b.Base, place, article.Plain(b.Name), b.Caption, article.Plain(b.CreditText), b.Transcript)
		return
	}
	toLines(&b.Name, &b.CreditText, &b.Duration)
	f.picture(&b.Thumbnail, place, "thumbnail")
	f.inline(&b.Caption, place, "caption")
	f.inline(&b.Transcript, place, "transcript")
	f.renditions(&b.Renditions, place, markup.ResolveLink)
	f.keep(out, *b, place, true)
}

func (f *finisher) embed(out *[]article.Block, b *article.Embed, place string) {
	f.base(&b.Base, place)
	f.link(&b.URL, place, "url")
	f.link(&b.EmbedURL, place, "embedUrl")
	if b.URL == "" {
		b.URL = b.EmbedURL
	}
	if b.URL == "" {
		f.words(out, &b.Base, place, article.Plain(b.Name), article.Plain(b.Description))
		return
	}
	toLines(&b.Provider, &b.Name, &b.Description)
	f.picture(&b.Thumbnail, place, "thumbnail")
	f.keep(out, *b, place, true)
}

// words keeps the text of a block whose address cannot be used, as paragraphs.
func (f *finisher) words(out *[]article.Block, base *article.Base, place string, texts ...article.Inline) {
	base.Fallback = nil
	for i := range texts {
		f.inline(&texts[i], place, "")
		f.keep(out, article.Paragraph{Base: *base, Content: texts[i]}, place, !isBlank(texts[i]))
	}
}

func (f *finisher) table(t *article.Table, place string) {
	f.base(&t.Base, place)
	f.inline(&t.Caption, place, "caption")
	f.cells(t.Header, place+".header")
	for i, row := range t.Rows {
		f.cells(row, at(place+".rows", i))
	}
}

func (f *finisher) cells(row []article.Inline, place string) {
	for i := range row {
		f.inline(&row[i], at(place, i), "")
	}
}
