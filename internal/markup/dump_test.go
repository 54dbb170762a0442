package markup

import (
	"fmt"
	"strings"

	"byway/internal/article"
)

// dump writes blocks a line each, so that tests can be read.
func dump(blocks []article.Block) string {
	var b strings.Builder
	dumpBlocks(&b, blocks, "")
	return strings.TrimSuffix(b.String(), "\n")
}

func dumpBlocks(b *strings.Builder, blocks []article.Block, indent string) {
	for _, block := range blocks {
		fmt.Fprintf(b, "%s%s\n", indent, dumpBlock(block, indent))
	}
}

func dumpBlock(block article.Block, indent string) string {
	base := article.BaseOf(block)
	at := ""
	if base.InLanguage != "" {
		at += "@" + base.InLanguage
	}
	if base.Dir != "" {
		at += "@" + string(base.Dir)
	}
	switch v := block.(type) {
	case article.Paragraph:
		return "p" + at + ": " + dumpInline(v.Content)
	case article.Heading:
		return fmt.Sprintf("h%d%s: %s", v.Level, at, dumpInline(v.Content))
	case article.Figure:
		return "figure" + at + word(v.Layout) + ": " + dumpImage(v.Image) + field("link", v.URL)
	case article.Gallery:
		var b strings.Builder
		b.WriteString("gallery" + at + ":" + field("caption", dumpInline(v.Caption)))
		for _, img := range v.Images {
			b.WriteString("\n" + indent + "  " + dumpImage(img))
		}
		return b.String()
	case article.Quote:
		var b strings.Builder
		b.WriteString("quote" + at + word(v.Style) + ":")
		if v.Citation != nil {
			b.WriteString(field("by", v.Citation.Name) + field("at", v.Citation.URL))
		}
		b.WriteString("\n")
		dumpBlocks(&b, v.Body, indent+"  ")
		return strings.TrimSuffix(b.String(), "\n")
	case article.List:
		return dumpList(v, indent) + at
	case article.Media:
		return v.Kind + ": " + v.URL + field("name", v.Name) + field("caption", dumpInline(v.Caption)) + field("credit", v.CreditText) + thumbnail(v.Thumbnail)
	case article.Embed:
		return "embed: " + v.Provider + " " + v.URL + field("frame", v.EmbedURL) + field("name", v.Name) + field("about", v.Description)
	case article.Table:
		var b strings.Builder
		b.WriteString("table" + at + ":" + field("caption", dumpInline(v.Caption)))
		if v.Header != nil {
			b.WriteString("\n" + indent + "  # " + dumpRow(v.Header))
		}
		for _, row := range v.Rows {
			b.WriteString("\n" + indent + "  | " + dumpRow(row))
		}
		return b.String()
	case article.Divider:
		return "divider"
	}
	return fmt.Sprintf("%T", block)
}

func thumbnail(img *article.Image) string {
	if img == nil {
		return ""
	}
	return " poster=(" + dumpImage(*img) + ")"
}

func dumpList(l article.List, indent string) string {
	kind := "ul:"
	if l.Ordered {
		kind = "ol:"
		if l.Start != 0 {
			kind = fmt.Sprintf("ol %d:", l.Start)
		}
	}
	for _, item := range l.Items {
		kind += "\n" + indent + "  - " + dumpInline(item.Content)
		if item.List != nil {
			kind += "\n" + indent + "    " + dumpList(*item.List, indent+"    ")
		}
	}
	return kind
}

func dumpRow(row []article.Inline) string {
	var cells []string
	for _, c := range row {
		cells = append(cells, dumpInline(c))
	}
	return strings.Join(cells, " | ")
}

func dumpImage(img article.Image) string {
	s := img.URL
	if img.Width != 0 || img.Height != 0 {
		s += fmt.Sprintf(" %dx%d", img.Width, img.Height)
	}
	if img.Alt != nil {
		s += fmt.Sprintf(" alt=%q", *img.Alt)
	}
	s += field("caption", dumpInline(img.Caption)) + field("credit", img.CreditText)
	for _, r := range img.Renditions {
		s += fmt.Sprintf(" +%s %dx%d", r.URL, r.Width, r.Height)
	}
	return s
}

// dumpInline writes marks as <strong,em|text>, links as (text)[url], breaks as ↵.
func dumpInline(in article.Inline) string {
	var b strings.Builder
	for _, r := range in {
		var marks []string
		for _, m := range article.Marks {
			if r.Marks&m.Mark != 0 {
				marks = append(marks, m.Name)
			}
		}
		if r.InLanguage != "" {
			marks = append(marks, "@"+r.InLanguage)
		}
		if r.Dir != "" {
			marks = append(marks, "@"+string(r.Dir))
		}
		text := r.Text
		if marks != nil {
			text = "<" + strings.Join(marks, ",") + "|" + text + ">"
		}
		if r.URL != "" {
			text = "(" + text + ")[" + r.URL + "]"
		}
		b.WriteString(text)
		if r.Break {
			b.WriteString("↵")
		}
	}
	return b.String()
}

func word(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}

func field(name, value string) string {
	if value == "" {
		return ""
	}
	return fmt.Sprintf(" %s=%q", name, value)
}
