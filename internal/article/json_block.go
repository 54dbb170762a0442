package article

import (
	"strconv"
	"strings"

	"byway/internal/tree"
)

func readBlocks(f *field) []Block {
	var out []Block
	for _, item := range f.items() {
		if f.doc.blocks >= MaxBlocks {
			f.warn("more than " + strconv.Itoa(MaxBlocks) + " blocks in all: the rest is left out")
			break
		}
		f.doc.blocks++
		if block := readBlock(item); block != nil {
			out = append(out, block)
		}
	}
	return out
}

// readBlock gives nil for a block of which nothing can be shown.
func readBlock(f *field) Block {
	if f.isText() {
		f.warn("is text, not a block: read as a paragraph")
		return Paragraph{Content: Plain(f.node.Raw())}
	}
	if !f.is(tree.Object) {
		return nil
	}
	var base Base
	base.read(f)
	kind := f.text("type")
	if f.hasNeeds(kind) {
		if block := readKnown(f, &base, kind); block != nil {
			return block
		}
	}
	return salvage(f, &base)
}

func (b *Base) read(f *field) {
	b.ID = f.text("id")
	b.InLanguage = f.language()
	b.Dir = f.dir()
	b.Fallback = f.inline("fallback")
}

// needs are the types of blocks with the member that each cannot do without.
var needs = [...]struct{ kind, member string }{
	{"paragraph", "content"},
	{"heading", "content"},
	{"figure", "image"},
	{"gallery", "images"},
	{"quote", "body"},
	{"list", "items"},
	{"video", "url"},
	{"audio", "url"},
	{"embed", "url"},
	{"table", "rows"},
	{"note", "content"},
	{"related", "items"},
	{"html", "html"},
}

// hasNeeds reports whether a block has what its type cannot do without. An address and HTML must be text, too.
func (f *field) hasNeeds(kind string) bool {
	for i := range needs {
		if needs[i].kind != kind {
			continue
		}
		member := needs[i].member
		if member == "url" || member == "html" {
			return f.text(member) != ""
		}
		return f.get(member).exists()
	}
	return kind != ""
}

// readKnown gives nil where the block lacks what its type cannot do without.
func readKnown(f *field, base *Base, kind string) Block {
	switch kind {
	case "paragraph", "heading", "note":
		return readWords(f, base, kind)
	case "figure":
		b := Figure{Base: *base, URL: f.text("url"), Layout: f.oneOf("layout", "inline, wide, full, start, end")}
		if image := f.get("image"); image.exists() && readImage(image, &b.Image) {
			return b
		}
		return nil
	case "gallery":
		b := Gallery{Base: *base, Caption: f.inline("caption")}
		if f.list("images", (*images)(&b.Images)); b.Images != nil {
			return b
		}
		return nil
	case "quote":
		return readQuote(f, base)
	case "list":
		b := List{Base: *base}
		b.read(f)
		return b
	case "video", "audio":
		return readMedia(f, base, kind)
	case "embed":
		return readEmbed(f, base)
	case "table":
		return readTable(f, base)
	case "related":
		b := RelatedList{Base: *base}
		if f.list("items", (*relatedArticles)(&b.Items)); b.Items != nil {
			return b
		}
		return nil
	case "divider":
		return Divider{*base}
	case "html":
		return HTML{*base, f.text("html")}
	}
	f.get("type").warn(strconv.Quote(kind) + " is not known to this reader: its fallback is shown, if it has one")
	return Unknown{*base, kind}
}

// salvage makes a paragraph of the words of a block that cannot be shown as what it is.
func salvage(f *field, base *Base) Block {
	for _, name := range strings.Fields("fallback content caption text name description") {
		place := f.get(name)
		if name == "caption" && !place.exists() {
			place = f.get("image").get(name)
		}
		if kind := place.node.Kind(); kind != tree.String && kind != tree.Array {
			continue
		}
		if text := readInline(place); text.Text() != "" {
			f.warn("is not a whole block of its type: its " + name + " is shown as a paragraph")
			base.Fallback = nil
			return Paragraph{*base, text}
		}
	}
	f.warn("is not a whole block of its type: left out")
	return nil
}

// readWords reads the blocks that are nothing without their text.
func readWords(f *field, base *Base, kind string) Block {
	content := f.inline("content")
	if len(content) == 0 {
		return nil
	}
	switch kind {
	case "paragraph":
		return Paragraph{*base, content}
	case "heading":
		return Heading{*base, readLevel(f), content}
	}
	b := Note{Base: *base, Role: f.oneOf("role", "correction, clarification, editor, promo, aside"), Content: content}
	f.date("date", &b.Date)
	return b
}

func readLevel(f *field) int {
	level := f.number("level", 1)
	if level < 2 || level > 6 {
		f.get("level").warn("is not a level from 2 to 6: read as the nearest")
	}
	return min(max(level, 2), 6)
}

func readQuote(f *field, base *Base) Block {
	body := readBlocks(f.get("body"))
	if len(body) == 0 {
		return nil
	}
	return Quote{*base, body, f.namedLink("citation"), f.oneOf("style", "block, pull")}
}

func (l *List) read(f *field) {
	l.Ordered = f.isTrue("ordered")
	l.Start = f.number("start", -1<<31)
	f.list("items", (*listItems)(&l.Items))
}

// readListItem reads text, or an object with text and a list under it. An object with text of its own is a run.
func readListItem(f *field, item *ListItem) bool {
	if f.node.Kind() != tree.Object || f.node.Get("content").Kind() == tree.Missing {
		item.Content = readInline(f)
		return len(item.Content) > 0
	}
	item.Content = f.inline("content")
	if under := f.get("list"); under.is(tree.Object) && f.doc.blocks < MaxBlocks {
		f.doc.blocks++
		list := &List{}
		list.Base.read(under)
		if list.read(under); len(list.Items) > 0 {
			item.List = list
		}
	}
	return len(item.Content) > 0 || item.List != nil
}

func readMedia(f *field, base *Base, kind string) Block {
	b := Media{Base: *base, Kind: kind}
	f.texts("url name creditText duration", &b.URL, &b.Name, &b.CreditText, &b.Duration)
	b.Thumbnail = f.image("thumbnail")
	b.Caption = f.inline("caption")
	b.Transcript = f.inline("transcript")
	f.list("renditions", (*renditions)(&b.Renditions))
	return b
}

func readEmbed(f *field, base *Base) Block {
	b := Embed{Base: *base}
	f.texts("url embedUrl provider name description", &b.URL, &b.EmbedURL, &b.Provider, &b.Name, &b.Description)
	b.Thumbnail = f.image("thumbnail")
	return b
}

func readTable(f *field, base *Base) Block {
	b := Table{Base: *base, Caption: f.inline("caption"), Header: readCells(f.get("header"))}
	for _, row := range f.get("rows").items() {
		b.Rows = append(b.Rows, readCells(row))
	}
	return b
}

// readCells keeps empty cells: they hold the others in their columns.
func readCells(row *field) []Inline {
	var out []Inline
	for _, cell := range row.items() {
		out = append(out, readInline(cell))
	}
	return out
}
