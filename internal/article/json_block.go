package article

import "byway/internal/tree"

func readBlocks(f field) []Block {
	var out []Block
	for _, item := range f.items() {
		if f.doc.blocks >= MaxBlocks {
			f.warn("more than %d blocks in all: the rest is left out", MaxBlocks)
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
func readBlock(f field) Block {
	if f.node.Kind() == tree.String && f.exists() {
		f.warn("is text, not a block: read as a paragraph")
		return Paragraph{Content: Plain(f.node.Raw())}
	}
	if !f.is(tree.Object) {
		return nil
	}
	base := readBase(f)
	if block := readKnown(f, base, f.get("type").text()); block != nil {
		return block
	}
	return salvage(f, base)
}

func readBase(f field) Base {
	return Base{f.get("id").text(), f.get("inLanguage").language(), f.get("dir").dir(), f.get("fallback").inline()}
}

// needed names what a block of a type cannot do without.
var needed = map[string]string{
	"paragraph": "content",
	"heading":   "content",
	"figure":    "image",
	"gallery":   "images",
	"quote":     "body",
	"list":      "items",
	"video":     "url",
	"audio":     "url",
	"embed":     "url",
	"table":     "rows",
	"note":      "content",
	"related":   "items",
	"html":      "html",
}

// readKnown gives nil where the block lacks what its type cannot do without.
func readKnown(f field, base Base, kind string) Block {
	member := needed[kind]
	place := f.get(member)
	switch {
	case kind == "", member != "" && !place.exists():
		return nil
	case (member == "url" || member == "html") && place.text() == "":
		return nil
	}
	switch kind {
	case "paragraph", "heading", "note":
		return readWords(f, base, kind)
	case "figure":
		return readFigure(f, base)
	case "gallery":
		return readGallery(f, base)
	case "quote":
		return readQuote(f, base)
	case "list":
		return readList(f, base)
	case "video", "audio":
		return readMedia(f, base, kind)
	case "embed":
		return readEmbed(f, base)
	case "table":
		return readTable(f, base)
	case "related":
		return readRelatedList(f, base)
	case "divider":
		return Divider{base}
	case "html":
		return HTML{base, f.get("html").text()}
	}
	f.get("type").warn("%q is not known to this reader: its fallback is shown, if it has one", kind)
	return Unknown{base, kind}
}

// salvage makes a paragraph of the words of a block that cannot be shown as what it is.
func salvage(f field, base Base) Block {
	for _, name := range []string{"fallback", "content", "caption", "text", "name", "description"} {
		place := f.get(name)
		if name == "caption" && !place.exists() {
			place = f.get("image").get(name)
		}
		if kind := place.node.Kind(); kind != tree.String && kind != tree.Array {
			continue
		}
		if text := place.inline(); text.Text() != "" {
			f.warn("is not a whole block of its type: its %s is shown as a paragraph", name)
			base.Fallback = nil
			return Paragraph{base, text}
		}
	}
	f.warn("is not a whole block of its type: left out")
	return nil
}

// readWords reads the blocks that are nothing without their text.
func readWords(f field, base Base, kind string) Block {
	content := f.get("content").inline()
	if len(content) == 0 {
		return nil
	}
	switch kind {
	case "paragraph":
		return Paragraph{base, content}
	case "heading":
		return Heading{base, readLevel(f.get("level")), content}
	}
	role := f.get("role").oneOf("correction", "clarification", "editor", "promo", "aside")
	return Note{base, role, content, f.get("date").date()}
}

func readLevel(f field) int {
	level := f.number(1)
	if level < 2 || level > 6 {
		f.warn("is not a level from 2 to 6: read as the nearest")
	}
	return min(max(level, 2), 6)
}

func readFigure(f field, base Base) Block {
	image := optional(f.get("image"), readImage)
	if image == nil {
		return nil
	}
	return Figure{base, *image, f.get("url").text(), f.get("layout").oneOf("inline", "wide", "full", "start", "end")}
}

func readGallery(f field, base Base) Block {
	images := each(f.get("images"), readImage)
	if len(images) == 0 {
		return nil
	}
	return Gallery{base, images, f.get("caption").inline()}
}

func readQuote(f field, base Base) Block {
	body := readBlocks(f.get("body"))
	if len(body) == 0 {
		return nil
	}
	return Quote{base, body, optional(f.get("citation"), readNamedLink), f.get("style").oneOf("block", "pull")}
}

func readList(f field, base Base) List {
	return List{
		Base:    base,
		Ordered: isTrue(f.get("ordered").boolean()),
		Start:   f.get("start").number(-1 << 31),
		Items:   each(f.get("items"), readListItem),
	}
}

// readListItem reads text, or an object with text and a list under it. An object with text of its own is a run.
func readListItem(f field) (ListItem, bool) {
	if f.node.Kind() != tree.Object || f.get("content").node.Kind() == tree.Missing {
		content := f.inline()
		return ListItem{Content: content}, len(content) > 0
	}
	item := ListItem{Content: f.get("content").inline()}
	if under := f.get("list"); under.is(tree.Object) && f.doc.blocks < MaxBlocks {
		f.doc.blocks++
		if list := readList(under, readBase(under)); len(list.Items) > 0 {
			item.List = &list
		}
	}
	return item, len(item.Content) > 0 || item.List != nil
}

func readMedia(f field, base Base, kind string) Media {
	return Media{
		Base:       base,
		Kind:       kind,
		URL:        f.get("url").text(),
		Name:       f.get("name").text(),
		Thumbnail:  optional(f.get("thumbnail"), readImage),
		Caption:    f.get("caption").inline(),
		CreditText: f.get("creditText").text(),
		Duration:   f.get("duration").text(),
		Transcript: f.get("transcript").inline(),
		Renditions: each(f.get("renditions"), readRendition),
	}
}

func readEmbed(f field, base Base) Embed {
	return Embed{
		Base:        base,
		URL:         f.get("url").text(),
		EmbedURL:    f.get("embedUrl").text(),
		Provider:    f.get("provider").text(),
		Name:        f.get("name").text(),
		Description: f.get("description").text(),
		Thumbnail:   optional(f.get("thumbnail"), readImage),
	}
}

func readTable(f field, base Base) Table {
	return Table{
		Base:    base,
		Caption: f.get("caption").inline(),
		Header:  each(f.get("header"), readCell),
		Rows: each(f.get("rows"), func(row field) ([]Inline, bool) {
			return each(row, readCell), true
		}),
	}
}

// readCell keeps empty cells: they hold the others in their columns.
func readCell(f field) (Inline, bool) { return f.inline(), true }

func readRelatedList(f field, base Base) Block {
	items := each(f.get("items"), readRelated)
	if len(items) == 0 {
		return nil
	}
	return RelatedList{base, items}
}
