package decode

import (
	"slices"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// isWordPressCom knows a published post of the API of WordPress.com and Jetpack, rest/v1.1
// (https://developer.wordpress.com/docs/api/1.1/get/sites/%24site/posts/%24post_ID/), or a list of such.
func isWordPressCom(root tree.Node) bool {
	post, found := articleIn(root, "wordpress", "")
	return found && isComPost(post)
}

func isComPost(n tree.Node) bool {
	return hasMarks(n, "ID site_ID title content | ID site_ID title excerpt") && isPublic(n) && !hasMarks(n, media)
}

// comPost is one post that is being decoded.
type comPost struct{ *source }

func decodeWordPressCom(root tree.Node, o *Options, a *article.Article) []article.Warning {
	p := comPost{chosen(root, "wordpress", o)}
	a.URL = p.text("URL")
	a.ID = firstText(p.Get("URL"), p.Get("global_ID"))
	a.Headline = p.headline("title")
	p.dates(a, "date", "modified")
	if author := p.Get("author"); textIn(author, "name") != "" {
		a.Author = []article.Agent{{Name: wordsIn(author, "name"), URL: firstText(author.Get("URL"), author.Get("profile_URL"))}}
	}
	for _, tag := range p.Get("tags").Members() {
		keyword(a, markup.Text(tag.Name))
	}
	a.Sections = p.sections()
	p.body(a, markupOptions(a, o))
	p.lead(a, markupOptions(a, o))
	return p.warnings
}

// sections is the longest way through the sections of the post, each under its parent. This API gives no addresses.
func (p comPost) sections() []article.NamedLink {
	all := p.Get("categories").Members()
	all = all[:min(len(all), maxSorted)]
	var longest []article.NamedLink
	for _, m := range all {
		if way := wayTo(m.Node, all); len(way) > len(longest) {
			longest = way
		}
	}
	return longest
}

// wayTo is a section with those above it, the widest first.
func wayTo(section tree.Node, all []tree.Member) (way []article.NamedLink) {
	for range all { // at most: one may be named as its own parent
		if name := wordsIn(section, "name"); name != "" && !isNoSection(name, textIn(section, "slug")) {
			way = append(way, article.NamedLink{Name: name})
		}
		if section = byID(all, textIn(section, "parent")); !section.Exists() {
			break
		}
	}
	slices.Reverse(way)
	return way
}

func byID(all []tree.Member, id string) tree.Node {
	for _, m := range all {
		if textIn(m.Node, "ID") == id {
			return m.Node
		}
	}
	return tree.Node{}
}

// body fills in text and standfirst. In the place of a text behind a password stands the form that asks for it.
func (p comPost) body(a *article.Article, o markup.Options) {
	body := p.Get("content").Raw()
	if strings.Contains(body, "post-password-form") {
		p.closed(a, "content", "the text is behind a password")
		body = ""
	}
	text := p.html(a, "content", body)
	if excerpt := withoutMoreLink(p.Get("excerpt").Raw()); !isGenerated(markup.Text(excerpt), text) && a.IsAccessibleForFree == nil {
		a.Description = markup.Inline(excerpt, o)
	}
}

// lead is the featured picture, with what the list of attachments knows of it.
func (p comPost) lead(a *article.Article, o markup.Options) {
	n := p.Get("post_thumbnail")
	image := article.Image{URL: firstText(p.Get("featured_image"), n.Get("URL"))}
	attached := p.Get("attachments").Members()
	for _, m := range attached[:min(len(attached), article.MaxImages)] {
		if markup.IsSamePicture(image.URL, textIn(m.Node, "URL")) {
			n = m.Node
		}
	}
	image.Width, image.Height = pixels(n.Get("width")), pixels(n.Get("height"))
	image.EncodingFormat = textIn(n, "mime_type")
	image.Caption = markup.Inline(n.Get("caption").Raw(), o)
	image.Alt = altOf(n.Get("alt"), image.Caption.Text())
	credit(&image, n.Get("exif"), o.Language)
	if image.URL != "" {
		a.Image = []article.Image{image}
	}
}
