package decode

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// lead is the featured picture: the one that came embedded with the post, else the address that Jetpack gives, else
// Yoast's. Where several name the same picture, what the first lacks is taken from the others.
func (p *post) lead(o markup.Options) *article.Image {
	all := []article.Image{
		p.featured(o),
		{URL: p.Get("jetpack_featured_media_url").Text()},
	}
	// Without a featured picture, Yoast's is the first in the body or a sign of the whole site.
	if p.Get("featured_media").Text() != "0" {
		all = append(all, p.graph.primaryImage(o), p.openGraphImage())
	}
	all = slices.DeleteFunc(all, func(i article.Image) bool { return i.URL == "" })
	if len(all) == 0 {
		return nil
	}
	lead := all[0]
	for _, other := range all[1:] {
		if markup.IsSamePicture(lead.URL, other.URL) {
			enrich(&lead, other)
		}
	}
	return &lead
}

func (p *post) openGraphImage() article.Image {
	list := p.yoast.Get("og_image").List()
	if len(list) == 0 {
		return article.Image{}
	}
	image := pictureNode(list[0])
	image.EncodingFormat = list[0].Get("type").Text()
	return image
}

// featured reads the embedded media. An error may stand in its place, which has no address.
func (p *post) featured(o markup.Options) article.Image {
	media := p.Get("_embedded", "wp:featuredmedia", "0")
	details := media.Get("media_details")
	image := article.Image{
		URL:            media.Get("source_url").Text(),
		Width:          pixels(details.Get("width")),
		Height:         pixels(details.Get("height")),
		EncodingFormat: media.Get("mime_type").Text(),
		Caption:        markup.Inline(media.Get("caption", "rendered").Raw(), o),
	}
	if kind := media.Get("media_type").Text(); kind != "" && kind != "image" {
		return article.Image{} // a video or a document
	}
	image.Alt = altOf(media.Get("alt_text"), image.Caption.Text())
	image.Renditions = renditions(details.Get("sizes"), image)
	credit(&image, details.Get("image_meta"), o.Language)
	return image
}

// altOf takes a file name for no description, and one that only repeats the caption for an empty one.
func altOf(n tree.Node, caption string) *string {
	if n.Kind() != tree.String {
		return nil
	}
	alt := markup.Text(n.Raw())
	switch strings.ToLower(path.Ext(alt)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif":
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
func renditions(sizes tree.Node, full article.Image) []article.Rendition {
	var out []article.Rendition
	for _, m := range sizes.Members() {
		r := article.Rendition{
			URL:            m.Node.Get("source_url").Text(),
			Width:          pixels(m.Node.Get("width")),
			Height:         pixels(m.Node.Get("height")),
			EncodingFormat: m.Node.Get("mime_type").Text(),
		}
		known := slices.ContainsFunc(out, func(other article.Rendition) bool { return other.URL == r.URL })
		if r.URL != "" && r.URL != full.URL && !known && sameRatio(r, full) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b article.Rendition) int { return cmp.Compare(a.Width, b.Width) })
	return out
}

// sameRatio allows 2 % for the rounding to whole pixels.
func sameRatio(r article.Rendition, full article.Image) bool {
	a, b := r.Width*full.Height, full.Width*r.Height
	return a > 0 && b > 0 && 50*max(a-b, b-a) <= b
}
