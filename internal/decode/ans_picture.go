package decode

import (
	"path"
	"strconv"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// lead is the picture that stands above the story. Where a recording or a gallery leads, it begins the text, and the
// picture that stands for it leads.
func (s *story) lead(a *article.Article) {
	promo := s.Get("promo_items")
	for _, n := range []tree.Node{promo.Get("lead_art"), promo.Get("basic"), first(promo.Get("images")), first(s.Get("related_content").Get("images"))} {
		if kind := textIn(n, "type"); len(s.body) == 0 && isOneOf(kind, "video audio gallery") {
			s.block(n)
			n = n.Get("promo_items").Get("basic")
		}
		if image := s.image(n); image.URL != "" && textIn(n, "type") != "story" && len(a.Image) == 0 {
			a.Image = []article.Image{*image}
		}
	}
}

func (s *story) image(n tree.Node) *article.Image {
	image := &article.Image{URL: printable(n), Width: pixels(n.Get("width")), Height: pixels(n.Get("height"))}
	image.Caption = inline(textIn(n, firstOf(n, "caption subtitle")), s.Options)
	image.Alt = altOf(n.Get("alt_text"), image.Caption.Text())
	image.CopyrightNotice = wordsIn(n, "copyright")
	if image.CreditText = creditOf(n); image.CreditText == "" {
		image.Caption, image.CreditText = markup.SplitCredit(image.Caption, s.Language)
	}
	if image.CreditText == "" {
		image.CreditText = markup.Text(firstText(n.Get("copyright"), n.Get("distributor").Get("name")))
	}
	// Other sizes need the signature of the publisher. Reuters writes them out, by their width: "480w".
	for _, m := range n.Get("renditions").Get("original").Members() {
		width, _ := strconv.Atoi(strings.TrimSuffix(m.Name, "w"))
		image.Renditions = append(image.Renditions, article.Rendition{URL: m.Node.Text(), Width: width})
	}
	return image
}

// printable is the address of a picture, but of one for print, which browsers do not show, that of a copy.
func printable(n tree.Node) string {
	address := textIn(n, "url")
	if !isOneOf(strings.ToLower(path.Ext(address)), ".tif .tiff .eps .psd") {
		return address
	}
	for _, m := range append(n.Get("resized_urls").Members(), n.Get("resizedUrls").Members()...) {
		return m.Node.Text()
	}
	return address
}

// creditOf joins who took it and for whom, each once.
func creditOf(n tree.Node) string {
	credits := n.Get("credits")
	names := writers(n.Get("vanity_credits").Get("by"))
	if names == nil {
		names = append(writers(credits.Get("by")), writers(credits.Get("affiliation"))...)
	}
	out := wordsIn(n, "authors") // of Reuters
	for i, a := range names[:min(len(names), maxItems)] {
		switch {
		case i == 0:
			out = a.Name
		case a.Name != names[i-1].Name:
			out += "/" + a.Name
		}
	}
	return out
}

// recording is a video or a sound, of which the widest stream is taken that a page needs.
func (s *story) recording(n tree.Node, kind string) article.Block {
	var streams []article.Rendition
	for _, stream := range n.Get("streams").List() {
		if format := textIn(stream, "stream_type"); format == "" || isOneOf(format, "mp4 mp3") {
			streams = append(streams, article.Rendition{URL: textIn(stream, "url"), Width: pixels(stream.Get("width"))})
		}
	}
	m := article.Media{Kind: kind, URL: ofSizes(streams).URL, Name: markup.Text(variant(n.Get("headlines")))}
	if m.URL == "" && textIn(n, "embed_html") != "" {
		return article.HTML{HTML: textIn(n, "embed_html")}
	}
	if m.URL == "" {
		m.URL = textIn(n, firstOf(n, "canonical_url website_url"))
	}
	m.Caption, m.CreditText = inline(variant(n.Get("description")), s.Options), creditOf(n)
	if seconds, ok := n.Get("duration").Int(); ok && seconds >= 1000 {
		m.Duration = "PT" + strconv.Itoa(int(seconds/1000)) + "S"
	}
	return m
}
