package decode

import (
	"path"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// lead is the widest of the pictures that the article names: they are one picture cut in several shapes, as search
// engines ask for it. Of those as wide as others, or of unknown width, it is the first.
func (g *graph) lead(o markup.Options) *article.Image {
	lead := g.widest(g.article.Get("image"), o)
	if lead.URL == "" {
		lead = g.widest(g.page.Get("primaryImageOfPage"), o)
	}
	if lead.URL == "" {
		lead = g.widest(g.article.Get("thumbnailUrl"), o)
	}
	return lead
}

func (g *graph) widest(list tree.Node, o markup.Options) *article.Image {
	widest, of := &article.Image{}, tree.Node{}
	for _, n := range list.List() {
		if image := g.plainPicture(n); image.URL != "" && (widest.URL == "" || image.Width > widest.Width) {
			widest, of = image, g.follow(n)
		}
	}
	g.describe(widest, of, o)
	return widest
}

// plainPicture reads a picture without its words. It may be an address alone.
func (g *graph) plainPicture(n tree.Node) *article.Image {
	n = g.follow(n)
	return &article.Image{URL: addressOf(n, "url contentUrl"), Width: pixels(n.Get("width")), Height: pixels(n.Get("height"))}
}

// describe adds what a picture says of itself.
func (g *graph) describe(image *article.Image, n tree.Node, o markup.Options) {
	image.Caption = g.caption(n, o)
	image.CopyrightNotice = g.say(n, "copyrightNotice")
	if image.CreditText = g.credit(n); image.CreditText == "" {
		image.Caption, image.CreditText = markup.SplitCredit(image.Caption, o.Language)
	}
}

// caption is what the picture says of itself, unless it only repeats the headline. A name is often that of the file.
func (g *graph) caption(n tree.Node, o markup.Options) article.Inline {
	for _, place := range []string{"caption", "description", "name"} {
		value, _ := g.value(n.Get(place))
		text := markup.Text(value.Text())
		switch {
		case text == "", letters(text) == letters(o.Headline):
		case place == "name" && (!strings.Contains(text, " ") || path.Ext(text) != ""):
		case strings.Contains(value.Raw(), "</"):
			return markup.Inline(value.Raw(), o)
		default:
			return article.Plain(text)
		}
	}
	return nil
}

// credit is written out, or made of who took the picture and who has the rights.
func (g *graph) credit(n tree.Node) string {
	credit := g.say(n, "creditText")
	if credit != "" {
		return credit
	}
	for _, place := range []tree.Node{pick(n, "author creator", n.Get("")), n.Get("copyrightHolder")} {
		for _, a := range g.agents(place) {
			if !strings.Contains(credit, a.Name) {
				credit += " / " + a.Name
			}
		}
	}
	return strings.TrimPrefix(credit, " / ")
}

// pixels is a size, or 0 for what is none.
func pixels(n tree.Node) int {
	size, ok := n.Int()
	if !ok || size < 1 || size > 1<<20 {
		return 0
	}
	return int(size)
}
