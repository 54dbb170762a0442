package decode

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// graph is the JSON-LD that Yoast SEO writes for a page: nodes that point at one another by @id.
type graph struct {
	nodes               []tree.Node
	byID                map[string]tree.Node
	article, page, site tree.Node
}

// articleTypes are those of schema.org that are articles, the widest last.
var articleTypes = []string{
	"NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
	"ReviewNewsArticle", "AskPublicNewsArticle", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "TechArticle",
	"Report", "ScholarlyArticle", "Article",
}

func newGraph(schema tree.Node) graph {
	g := graph{nodes: schema.Get("@graph").List(), byID: map[string]tree.Node{}}
	for _, n := range g.nodes {
		if id := n.Get("@id").Text(); id != "" {
			g.byID[id] = n
		}
	}
	g.article = g.first(articleTypes...)
	g.page = g.first("WebPage", "ItemPage", "AboutPage", "FAQPage")
	g.site = g.first("WebSite")
	return g
}

// first is the first node of any of the types.
func (g graph) first(types ...string) tree.Node {
	for _, n := range g.nodes {
		if slices.ContainsFunc(typesOf(n), func(t string) bool { return slices.Contains(types, t) }) {
			return n
		}
	}
	return tree.Node{}
}

// typesOf gives the types of a node without what may stand before them, as in "https://schema.org/Article".
func typesOf(n tree.Node) []string {
	var out []string
	for _, t := range n.Get("@type").List() {
		name := t.Text()
		out = append(out, name[strings.LastIndexAny(name, ":/")+1:])
	}
	return out
}

// follow goes to the node that a reference means. What is written in place wins over what it points at only where
// nothing has that @id.
func (g graph) follow(n tree.Node) tree.Node {
	if n.Kind() == tree.Array {
		n = n.Get("0")
	}
	if target, ok := g.byID[n.Get("@id").Text()]; ok {
		return target
	}
	return n
}

// articleType is the narrowest type of the article, which often names a wider one beside it.
func (g graph) articleType() string {
	for _, t := range articleTypes {
		if slices.Contains(typesOf(g.article), t) {
			return t
		}
	}
	return ""
}

func (g graph) organisation() tree.Node {
	for _, from := range []tree.Node{g.article, g.page, g.site} {
		if n := g.follow(from.Get("publisher")); n.Get("name").Exists() {
			return n
		}
	}
	return g.first("Organization", "NewsMediaOrganization")
}

func (g graph) primaryImage(o markup.Options) article.Image {
	for _, reference := range []tree.Node{g.page.Get("primaryImageOfPage"), g.article.Get("image"), g.article.Get("thumbnailUrl")} {
		n := g.follow(reference)
		if image := pictureNode(n); image.URL != "" {
			image.Caption = markup.Inline(n.Get("caption").Raw(), o)
			return image
		}
	}
	return article.Image{}
}

// crumbs are the sections of the longest breadcrumb, without the home page and the article itself.
func (g graph) crumbs(link, headline string) []article.NamedLink {
	var longest []article.NamedLink
	for _, n := range g.nodes {
		if !slices.Contains(typesOf(n), "BreadcrumbList") {
			continue
		}
		if list := g.trim(crumbList(n), link, headline); len(list) > len(longest) {
			longest = list
		}
	}
	return longest
}

// crumbList reads the items in the order of their positions.
func crumbList(n tree.Node) []article.NamedLink {
	items := n.Get("itemListElement").List()
	position := func(n tree.Node) int64 { p, _ := n.Get("position").Int(); return p }
	slices.SortStableFunc(items, func(a, b tree.Node) int { return int(position(a) - position(b)) })
	var out []article.NamedLink
	for _, item := range items {
		target := item.Get("item")
		out = append(out, article.NamedLink{
			Name: markup.Text(firstText(item.Get("name"), target.Get("name"))),
			URL:  firstText(target, target.Get("@id"), target.Get("url"), target.Get("id")),
		})
	}
	return out
}

func (g graph) trim(list []article.NamedLink, link, headline string) []article.NamedLink {
	if len(list) > 0 && g.isHome(list[0].URL) {
		list = list[1:]
	}
	if n := len(list) - 1; n >= 0 && isSelf(list[n], link, headline) {
		list = list[:n]
	}
	return slices.DeleteFunc(list, func(l article.NamedLink) bool { return l.Name == "" || isNoSection(l.Name, "") })
}

func (g graph) isHome(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	home := g.site.Get("url").Text()
	return strings.Trim(u.Path, "/") == "" || home != "" && strings.TrimSuffix(address, "/") == strings.TrimSuffix(home, "/")
}

// isSelf knows the article at the end of its own breadcrumb: Yoast writes it without an address, other plug-ins with a
// headline that may be cut.
func isSelf(l article.NamedLink, link, headline string) bool {
	const telling = 20 // letters: a section's name may well be the headline's first word
	name := letters(l.Name)
	return l.URL == "" || l.URL == link || name == letters(headline) ||
		utf8.RuneCountInString(name) >= telling && strings.HasPrefix(letters(headline), name)
}
