package decode

import (
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// content fills in the text and what leads to it.
func (g *guardianText) content(a *article.Article) {
	before := len(a.Body)
	if body := g.fields.Get("body"); body.Text() != "" {
		a.Body = append(a.Body, article.HTML{HTML: body.Raw()})
	} else {
		blocks := g.Get("blocks").Get("body").List()
		for _, n := range blocks {
			if len(a.Body) > article.MaxBlocks {
				break // the last one over makes finish warn
			}
			if published, said := n.Get("published").Bool(); said && !published {
				continue
			}
			a.Body = append(a.Body, g.block(n, len(blocks) > 1)...)
		}
	}
	if len(a.Body) == before {
		g.lacksText(a, "fields.body")
	}
	standfirst := withoutLists(g.fields.Get("standfirst").Raw())
	if markup.Text(standfirst) == "" {
		standfirst = g.fields.Get("trailText").Raw()
	}
	a.Description = inline(standfirst, g.Options)
}

// withoutLists takes the links to other articles out of a standfirst.
func withoutLists(html string) string {
	var kept strings.Builder
	for i, part := range strings.Split(html, "<ul") {
		if i > 0 {
			_, part, _ = strings.Cut(part, "</ul>")
		}
		kept.WriteString(part)
	}
	return kept.String()
}

// block is one of the text. In a live blog there are several, each with its time and mostly with a title.
func (g *guardianText) block(n tree.Node, isReport bool) []article.Block {
	var out []article.Block
	if html := n.Get("bodyHtml").Raw(); strings.TrimSpace(html) != "" {
		out, _ = markup.Blocks(html, g.Options)
	} else {
		for _, element := range n.Get("elements").List() {
			out = append(out, g.element(element)...)
		}
	}
	if !isReport {
		return out
	}
	return dated(out, wordsIn(n, "title"), textIn(n, firstOf(n, "firstPublishedDate publishedDate")))
}

// element is one of a block. What it says stands in a member that is named by its type.
func (g *guardianText) element(n tree.Node) []article.Block {
	data := n.Get(textIn(n, "type") + "TypeData")
	html := data.Get("html").Raw()
	switch {
	case textIn(n, "type") == "image":
		return []article.Block{article.Figure{Image: g.picture(n)}}
	case textIn(n, "type") == "pullquote":
		html = `<blockquote class="pullquote">` + html + "<cite>" + asHTML(textIn(data, "attribution")) + "</cite></blockquote>"
	case strings.TrimSpace(html) == "":
		return []article.Block{article.Embed{URL: textIn(data, firstOf(data, "originalUrl url")), Name: wordsIn(data, firstOf(data, "title linkText"))}}
	}
	return []article.Block{article.HTML{HTML: html}}
}

// picture reads an element. Its words are with it, or with each of its sizes, where numbers are texts.
func (g *guardianText) picture(n tree.Node) article.Image {
	data := n.Get("imageTypeData")
	var sizes []article.Rendition
	for _, asset := range n.Get("assets").List() {
		of := asset.Get("typeData")
		if !data.Exists() {
			data = of
		}
		sizes = append(sizes, article.Rendition{
			URL: firstText(of.Get("secureFile"), asset.Get("file")), EncodingFormat: textIn(asset, "mimeType"),
			Width: pixels(of.Get("width")), Height: pixels(of.Get("height")),
		})
	}
	image := ofSizes(sizes)
	image.Caption = inline(data.Get("caption").Raw(), g.Options)
	image.Alt = altOf(pick(data, "alt altText", tree.Node{}), image.Caption.Text())
	// Where a credit is not to be displayed, the caption has it.
	if shown, said := data.Get("displayCredit").Bool(); shown || !said {
		image.CreditText = wordsIn(data, "credit")
	}
	return image
}
