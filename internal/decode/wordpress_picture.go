package decode

import (
	"path"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// lead is the featured picture: the one that came embedded with the post, else the address that Jetpack gives, else
// Yoast's. Where several name the same picture, what the first lacks is taken from the others.
func (p *post) lead(o markup.Options) *article.Image {
	all := []*article.Image{p.featured(o), {URL: p.Get("jetpack_featured_media_url").Text()}}
	// Without a featured picture, Yoast's is the first in the body or a sign of the whole site.
	if p.Get("featured_media").Text() != "0" {
		all = append(all, p.graph.lead(o), p.openGraphImage())
	}
	var lead *article.Image
	for _, image := range all {
		switch {
		case image.URL == "":
		case lead == nil:
			lead = image
		case markup.IsSamePicture(lead.URL, image.URL):
			enrich(lead, image)
		}
	}
	return lead
}

func (p *post) openGraphImage() *article.Image {
	list := p.yoast.Get("og_image").List()
	if len(list) == 0 {
		return &article.Image{}
	}
	image := p.graph.plainPicture(list[0])
	image.EncodingFormat = list[0].Get("type").Text()
	return image
}

// featured reads the embedded media. An error may stand in its place, which has no address.
func (p *post) featured(o markup.Options) *article.Image {
	media := p.Get("_embedded").Get("wp:featuredmedia").Get("0")
	image := &article.Image{}
	if kind := media.Get("media_type").Text(); kind != "" && kind != "image" {
		return image // a video or a document
	}
	details := media.Get("media_details")
	image.URL = media.Get("source_url").Text()
	image.Width = pixels(details.Get("width"))
	image.Height = pixels(details.Get("height"))
	image.EncodingFormat = media.Get("mime_type").Text()
	image.Caption = markup.Inline(media.Get("caption").Get("rendered").Raw(), o)
	image.Alt = altOf(media.Get("alt_text"), image.Caption.Text())
	image.Renditions = renditions(details.Get("sizes"), image)
	credit(image, details.Get("image_meta"), o.Language)
	return image
}

// altOf takes a file name for no description, and one that only repeats the caption for an empty one.
func altOf(n tree.Node, caption string) *string {
	if n.Kind() != tree.String {
		return nil
	}
	alt := markup.Text(n.Raw())
	if isOneOf(strings.ToLower(path.Ext(alt)), ".jpg .jpeg .png .gif .webp .avif") {
		return nil
	}
	if alt == caption {
		alt = ""
	}
	return &alt
}

// credit is what the camera or the agency wrote into the file, else what the caption says safely, else the rights.
func credit(image *article.Image, meta tree.Node, language string) {
	image.CopyrightNotice = markup.Text(meta.Get("copyright").Text())
	if image.CreditText = markup.Text(meta.Get("credit").Text()); image.CreditText == "" {
		image.Caption, image.CreditText = markup.SplitCredit(image.Caption, language)
	}
	if image.CreditText == "" {
		image.CreditText = image.CopyrightNotice
	}
}

// renditions are the other sizes, the narrowest first, without those that are crops.
func renditions(sizes tree.Node, full *article.Image) []article.Rendition {
	var out []article.Rendition
	known := map[string]bool{"": true, full.URL: true}
	for _, n := range sorted(values(sizes), "width") {
		r := article.Rendition{
			URL:            n.Get("source_url").Text(),
			Width:          pixels(n.Get("width")),
			Height:         pixels(n.Get("height")),
			EncodingFormat: n.Get("mime_type").Text(),
		}
		if !known[r.URL] && sameRatio(&r, full) {
			known[r.URL] = true
			out = append(out, r)
		}
	}
	return out
}

// sameRatio allows 2 % for the rounding to whole pixels.
func sameRatio(r *article.Rendition, full *article.Image) bool {
	a, b := r.Width*full.Height, full.Width*r.Height
	return a > 0 && b > 0 && 50*max(a-b, b-a) <= b
}
