package decode

import (
	"slices"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// newsPicture is a picture that comes with an item.
type newsPicture struct {
	article.Image
	addresses []string // of all its sizes
	shown     bool     // in the text
}

// associated puts the pictures and recordings of an item where they belong. The first picture that the text does not
// show leads, the others follow the text. Where it shows them all, the one that it begins with leads.
func (n *newsItem) associated(a *article.Article) {
	var pictures []*newsPicture
	var recordings []article.Block
	for _, item := range values(n.Get("associations")) {
		switch kind := textIn(item, "type"); kind {
		case "picture", "graphic":
			if p := n.picture(item); p.URL != "" && len(pictures) <= article.MaxImages {
				pictures = append(pictures, p)
			}
		case "audio", "video":
			recordings = append(recordings, n.recording(item, kind))
		}
	}
	lead := complete(a.Body, pictures)
	for _, p := range pictures {
		switch {
		case p.shown:
		case len(a.Image) == 0:
			a.Image = []article.Image{p.Image}
		default:
			a.Body = append(a.Body, article.Figure{Image: p.Image})
		}
	}
	if len(a.Image) == 0 && lead != nil {
		a.Image = []article.Image{lead.Image}
	}
	a.Body = append(a.Body, recordings...)
}

// complete gives the figures of a text, which show one size of a picture, the others and what else is known of it. It
// returns the picture of the first figure.
func complete(body []article.Block, pictures []*newsPicture) (lead *newsPicture) {
	figures := 0
	for i, b := range body {
		figure, ok := b.(article.Figure)
		if !ok {
			continue
		}
		for _, p := range pictures {
			if !slices.Contains(p.addresses, figure.Image.URL) {
				continue
			}
			shown := p.Image
			enrich(&shown, &figure.Image)
			figure.Image = shown
			body[i] = figure
			if p.shown = true; figures == 0 {
				lead = p
			}
			break
		}
		figures++
	}
	return lead
}

// picture reads one with its words. Its headline is no caption.
func (n *newsItem) picture(item tree.Node) *newsPicture {
	p := &newsPicture{}
	sizes := n.sizes(item, "image")
	for _, r := range sizes {
		p.addresses = append(p.addresses, r.URL)
	}
	p.Image = ofSizes(sizes)
	p.CopyrightNotice = wordsIn(item, firstOf(item, "copyrightNotice copyrightnotice"))
	p.Caption, p.CreditText = n.captionOf(item)
	if p.CreditText == "" {
		p.Caption, p.CreditText = markup.SplitCredit(p.Caption, n.Language)
	}
	if p.CreditText == "" {
		p.CreditText = wordsIn(item, firstOf(item, "copyrightNotice copyrightnotice copyrightHolder copyrightholder"))
	}
	return p
}

func (n *newsItem) captionOf(item tree.Node) (caption article.Inline, credit string) {
	caption = inline(phraseOf(item, "descriptions", "description", "text caption").text, n.Options)
	return caption, wordsIn(item, firstOf(item, "by byline"))
}

func (n *newsItem) recording(item tree.Node, kind string) article.Block {
	m := article.Media{Kind: kind, Name: markup.Text(phraseOf(item, "headlines", "headline", "main").text)}
	m.Caption, m.CreditText = n.captionOf(item)
	m.URL = ofSizes(n.sizes(item, kind)).URL
	if still := ofSizes(n.sizes(item, "image")); still.URL != "" {
		m.Thumbnail = &still
	}
	return m
}

// sizes are the renditions of a kind. Those without a type are what the item is.
func (n *newsItem) sizes(item tree.Node, kind string) []article.Rendition {
	var out []article.Rendition
	for _, r := range values(item.Get("renditions")) {
		format := textIn(r, firstOf(r, "contentType contenttype mimetype"))
		address := markup.ResolveImage(n.Base, textIn(r, "href"))
		own, _, _ := strings.Cut(format, "/")
		if address != "" && (own == kind || format == "" && (kind != "image" || !isOneOf(textIn(item, "type"), "audio video"))) {
			out = append(out, article.Rendition{
				URL: address, EncodingFormat: format,
				Width: pixels(r.Get("width")), Height: pixels(r.Get("height")),
			})
		}
	}
	return out
}
