package decode

import (
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// isGhost knows an answer of the Ghost Content API (https://docs.ghost.org/content-api/), and a post alone, also as an
// export holds it.
func isGhost(root tree.Node) bool {
	const marks = "html slug published_at | html slug feature_image | mobiledoc title | lexical title | comment_id title"
	post, found := articleIn(root, "ghost", "")
	return found && (hasMarks(root, "posts/0/html") || hasMarks(post, marks)) && isPublic(post)
}

// ghostPost is one post that is being decoded.
type ghostPost struct {
	*source
	site string // its origin, "" where it is not known
}

func decodeGhost(root tree.Node, o *Options, a *article.Article) []article.Warning {
	p := &ghostPost{source: chosen(root, "ghost", o)}
	for _, address := range []string{o.Base, p.text("url")} {
		if u := parseBase(address); u != nil {
			p.site = u.Scheme + "://" + u.Host
		}
	}
	a.ID = firstText(p.Get("uuid"), p.Get("id"))
	a.URL = p.address(firstText(p.Get("canonical_url"), p.Get("url")))
	a.Headline = p.headline("title")
	a.InLanguage = article.NormalLanguage(p.text("locale"))
	p.dates(a, "published_at", "updated_at")
	a.Author = agents(p.Get("authors"), p.Get("primary_author"))
	p.tags(a)
	p.body(a)
	p.lead(a, markupOptions(a, o))
	return p.warnings
}

// address reads one of the site itself: exports begin these with "__GHOST_URL__" or with "/". The page 404 stands for a
// tag or a post that has none.
func (p *ghostPost) address(ref string) string {
	ref = strings.TrimPrefix(ref, "__GHOST_URL__")
	if strings.HasSuffix(ref, "/404/") {
		return ""
	}
	if strings.HasPrefix(ref, "/") && !strings.HasPrefix(ref, "//") {
		return p.site + ref
	}
	return ref
}

// raw is a member that is HTML.
func (p *ghostPost) raw(name string) string {
	return strings.ReplaceAll(p.Get(name).Raw(), "__GHOST_URL__", p.site)
}

// tags makes the first tag the section, since Ghost has no other, and the rest keywords. Those with "#" are for editors.
func (p *ghostPost) tags(a *article.Article) {
	section := ""
	for _, tag := range append(p.Get("primary_tag").List(), p.Get("tags").List()...) {
		name := wordsIn(tag, "name")
		switch {
		case name == "" || name == section || name[0] == '#' || textIn(tag, "visibility") == "internal":
		case section == "":
			section = name
			a.Sections = []article.NamedLink{{Name: name, URL: p.address(textIn(tag, "url"))}}
		default:
			keyword(a, name)
		}
	}
}

// body fills in text and standfirst. Of a post for members the API gives those who are none the beginning. Without
// custom_excerpt the excerpt is the beginning, too, which says something only where there is no text.
func (p *ghostPost) body(a *article.Article) {
	access, said := p.Get("access").Bool()
	if visibility := p.text("visibility"); !access && (said || visibility != "" && visibility != "public") {
		p.closed(a, "access", "the text is for members")
	}
	text := p.html(a, "html", p.raw("html"))
	for _, name := range []string{"custom_excerpt", "excerpt"} {
		if excerpt := p.words(name); a.Description == nil && !isGenerated(excerpt, text) {
			a.Description = article.Plain(excerpt)
		}
	}
}

func (p *ghostPost) lead(a *article.Article, o markup.Options) {
	caption := markup.Inline(p.raw("feature_image_caption"), o)
	image := article.Image{URL: p.address(p.text("feature_image")), Alt: altOf(p.Get("feature_image_alt"), caption.Text())}
	image.Caption, image.CreditText = markup.SplitCredit(caption, o.Language)
	if image.URL != "" {
		a.Image = []article.Image{image}
	}
}
