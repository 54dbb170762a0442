package decode

import (
	"strings"
	"unicode"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// isWordPress knows a published post of the WordPress REST API, or a list with one: ?slug= answers a list of one.
func isWordPress(root tree.Node) bool {
	p, found := articleIn(root, "wordpress", "")
	return found && isRESTPost(p)
}

// isWordPressPost is one of either dialect that can be shown.
func isWordPressPost(n tree.Node) bool { return isRESTPost(n) || isComPost(n) }

// isRESTPost leaves out what a publisher has not published, or has taken back.
func isRESTPost(n tree.Node) bool {
	return n.Get("title").Get("rendered").Kind() == tree.String && hasMarks(n, "content/rendered | excerpt/rendered") &&
		!hasMarks(n, media) && isPublic(n)
}

// firstPost is the post itself, or the first of a list.
func firstPost(root tree.Node) tree.Node {
	if root.Kind() == tree.Array {
		return root.Get("0")
	}
	return root
}

// post is one post that is being decoded.
type post struct {
	tree.Node
	yoast    tree.Node // what the plug-in Yoast SEO adds; often missing
	graph    graph     // its JSON-LD
	options  *Options
	warnings []article.Warning
}

func (p *post) warn(at, what string) {
	p.warnings = append(p.warnings, article.Warning{At: at, What: what})
}

func decodeWordPress(root tree.Node, o *Options, a *article.Article) []article.Warning {
	s := chosen(root, "wordpress", o)
	p := &post{Node: s.Node, options: o, warnings: s.warnings}
	p.yoast = p.Get("yoast_head_json")
	p.graph.read(p.yoast.Get("schema"))
	a.ID = firstText(p.Get("link"), p.Get("guid").Get("rendered"))
	a.Type = p.graph.articleType()
	a.URL = firstText(p.yoast.Get("canonical"), p.Get("link"))
	a.Headline = withoutTemplates(markup.Text(firstText(p.Get("title").Get("rendered"), p.graph.article.Get("headline"))))
	a.Author = p.authors()
	a.Keywords = p.keywords()
	a.InLanguage = p.language(a.Headline)
	p.date(&a.DatePublished, "date", "article_published_time", "datePublished")
	p.date(&a.DateModified, "modified", "article_modified_time", "dateModified")
	a.IsAccessibleForFree = p.accessible()
	p.words(a)
	a.Sections = p.sections(a.Headline)
	p.graph.publisher(a, markup.Text(p.yoast.Get("og_site_name").Text()))
	if lead := p.lead(markupOptions(a, o)); lead != nil {
		a.Image = []article.Image{*lead}
	}
	return p.warnings
}

// firstText is the first of the values that is text at all.
func firstText(nodes ...tree.Node) string {
	for _, n := range nodes {
		if text := n.Text(); text != "" {
			return text
		}
	}
	return ""
}

// words fills in the body and what leads to it.
func (p *post) words(a *article.Article) {
	body := p.Get("content").Get("rendered").Raw()
	if strings.TrimSpace(body) != "" {
		a.Body = []article.Block{article.HTML{HTML: body}}
	} else if a.IsPartial = true; a.IsAccessibleForFree == nil {
		p.warn("content.rendered", "there is no text: the rest is shown")
	}
	a.AlternativeHeadline = markup.Text(firstText(p.Get("acf").Get("subtitle"), p.Get("meta").Get("newspack_post_subtitle")))
	acf, text := p.Get("acf"), markup.Text(body)
	for _, n := range []tree.Node{
		p.Get("excerpt").Get("rendered"), acf.Get("standfirst"), acf.Get("dek"), acf.Get("lead"),
		p.yoast.Get("description"), p.yoast.Get("og_description"),
	} {
		html := withoutMoreLink(n.Raw())
		if strings.TrimSpace(html) == "" || isGenerated(markup.Text(html), text) {
			continue
		}
		a.Description = markup.Inline(html, markupOptions(a, p.options))
		return
	}
}

// withoutMoreLink cuts the link to the whole text that themes put behind an excerpt.
func withoutMoreLink(html string) string {
	if class := strings.Index(html, "more-link"); class >= 0 {
		if link := strings.LastIndex(html[:class], "<a"); link >= 0 {
			return html[:link]
		}
	}
	return html
}

// isGenerated reports whether WordPress made an excerpt by cutting the body, so that it would only say twice what
// follows. Only letters are compared: an excerpt loses digits, marks and spaces on the way.
func isGenerated(excerpt, body string) bool {
	if body == "" {
		return false
	}
	return isCut(excerpt) || strings.HasPrefix(letters(body), letters(excerpt))
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// date prefers the moment in UTC, which WordPress writes without saying so, but what other programs made of it may say,
// then what Yoast says. The local time is the
// last resort: without a zone only its day is certain.
func (p *post) date(to *article.Date, name, yoast, schema string) {
	for _, written := range []string{
		p.Get(name+"_gmt").Text() + "Z", p.Get(name + "_gmt").Text(), p.yoast.Get(yoast).Text(), p.graph.article.Get(schema).Text(), p.Get(name).Text(),
	} {
		if d, ok := article.ParseDate(written); ok {
			*to = d
			return
		}
	}
	if p.Get(name+"_gmt").Text()+p.Get(name).Text() != "" {
		p.warn(name+"_gmt", "is no date: left out")
	}
}

// language believes a plug-in for languages. Yoast's word is that of the site's settings, which many sites never
// changed from English: it counts only if the headline is written in its direction.
func (p *post) language(headline string) string {
	if tag := article.NormalLanguage(firstText(p.Get("lang"), p.Get("wpml_current_locale"))); tag != "" {
		return tag
	}
	if tag := p.graph.inLanguage(headline); tag != "" {
		return tag
	}
	if tag := article.NormalLanguage(p.yoast.Get("og_locale").Text()); agrees(tag, directionOf(headline)) {
		return tag
	}
	return ""
}
