package decode

import (
	"strings"
	"unicode"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// isWordPress knows a published post of the WordPress REST API, or a list that begins with one. What a publisher has not
// published, or has taken back, must not be shown.
func isWordPress(root tree.Node) bool {
	p := firstPost(root)
	return p.Get("title").Get("rendered").Kind() == tree.String && hasMarks(p, "content/rendered | excerpt/rendered") &&
		!hasMarks(p, media) && !hasMarks(p, unpublished)
}

// firstPost is the post itself, or the first of a list: ?slug= answers a list of one.
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
	p := &post{Node: firstPost(root), options: o}
	p.yoast = p.Get("yoast_head_json")
	p.graph.read(p.yoast.Get("schema"))
	if root.Kind() == tree.Array && root.Get("1").Kind() != tree.Missing {
		p.warn("", "a list of posts: the first is shown, ask for one post by its number to get another")
	}
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
	} else if a.IsAccessibleForFree == nil {
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
	cut := strings.HasSuffix(excerpt, "[…]") || strings.HasSuffix(excerpt, "[...]")
	return cut || strings.HasPrefix(letters(body), letters(excerpt))
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// date prefers the moment in UTC, which WordPress writes without saying so, then what Yoast says. The local time is the
// last resort: without a zone only its day is certain.
func (p *post) date(to *article.Date, name, yoast, schema string) {
	for _, written := range []string{
		p.Get(name+"_gmt").Text() + "Z", p.yoast.Get(yoast).Text(), p.graph.article.Get(schema).Text(), p.Get(name).Text(),
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

// accessible is nil unless the post says something about it.
func (p *post) accessible() *bool {
	no := false
	if locked, _ := p.Get("content").Get("protected").Bool(); locked {
		p.warn("content.protected", "the text is behind a password: only what is open is shown")
		return &no
	}
	if paid, _ := p.Get("meta").Get("_jetpack_memberships_contains_paywalled_content").Bool(); paid {
		p.warn("meta", "part of the text is for subscribers: only what is open is shown")
		return &no
	}
	if free, ok := p.graph.article.Get("isAccessibleForFree").Bool(); ok {
		return &free
	}
	return nil
}

// authors are those of a plug-in for several authors, else the one of WordPress, else Yoast's.
func (p *post) authors() []article.Agent {
	for _, place := range []tree.Node{p.Get("coauthors"), p.Get("authors"), p.Get("_embedded").Get("author")} {
		if list := agentsIn(place); list != nil {
			return list
		}
	}
	people := p.graph.agents(p.graph.article.Get("author"))
	if name := markup.Text(p.yoast.Get("author").Text()); name != "" && (len(people) == 0 || people[0].Name != name) {
		return []article.Agent{{Name: name}}
	}
	return people
}

// agentsIn leaves out the errors that stand where WordPress may not show a user.
func agentsIn(list tree.Node) []article.Agent {
	var out []article.Agent
	for _, n := range list.List() {
		name := markup.Text(firstText(n.Get("display_name"), n.Get("name")))
		if name != "" && !n.Get("code").Exists() {
			out = append(out, article.Agent{Name: name, URL: firstText(n.Get("link"), n.Get("url"))})
		}
	}
	return out
}

func (p *post) keywords() []string {
	var out []string
	for _, term := range p.Get("_embedded").Get("wp:term").List() {
		if term.Get("taxonomy").Text() == "post_tag" {
			out = append(out, markup.Text(term.Get("name").Raw()))
		}
	}
	if out != nil {
		return out
	}
	return p.graph.keywords()
}
