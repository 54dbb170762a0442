package decode

import (
	"strings"
	"unicode/utf8"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
	"byway/internal/weburl"
)

// graph is the JSON-LD that Yoast SEO writes for a page: nodes that point at one another by @id.
type graph struct {
	nodes               []tree.Node
	article, page, site tree.Node
}

// articleTypes are those of schema.org that are articles, the widest last.
const articleTypes = "NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle " +
	"ReviewNewsArticle AskPublicNewsArticle BlogPosting LiveBlogPosting SocialMediaPosting TechArticle Report " +
	"ScholarlyArticle Article"

func (g *graph) read(schema tree.Node) {
	g.nodes = schema.Get("@graph").List()
	g.article = g.first(articleTypes)
	g.page = g.first("WebPage ItemPage AboutPage FAQPage")
	g.site = g.first("WebSite")
}

// first is the first node of any of the types.
func (g *graph) first(types string) tree.Node {
	for _, n := range g.nodes {
		if isA(n, types) {
			return n
		}
	}
	return tree.Node{}
}

// isA reports whether one of the types of a node is in a list. They are compared without what may stand before them, as
// in "https://schema.org/Article".
func isA(n tree.Node, types string) bool {
	for _, t := range n.Get("@type").List() {
		name := t.Text()
		if isOneOf(name[strings.LastIndexAny(name, ":/")+1:], types) {
			return true
		}
	}
	return false
}

// follow goes to the node that a reference means. What is written in place wins over what it points at only where
// nothing has that @id.
func (g *graph) follow(n tree.Node) tree.Node {
	if n.Kind() == tree.Array {
		n = n.Get("0")
	}
	if id := n.Get("@id").Text(); id != "" {
		for i := len(g.nodes) - 1; i >= 0; i-- {
			if g.nodes[i].Get("@id").Text() == id {
				return g.nodes[i]
			}
		}
	}
	return n
}

// articleType is the narrowest type of the article, which often names a wider one beside it.
func (g *graph) articleType() string {
	for _, t := range strings.Fields(articleTypes) {
		if isA(g.article, t) {
			return t
		}
	}
	return ""
}

func (g *graph) organisation() tree.Node {
	for _, from := range []tree.Node{g.article, g.page, g.site} {
		if n := g.follow(from.Get("publisher")); n.Get("name").Exists() {
			return n
		}
	}
	return g.first("Organization NewsMediaOrganization")
}

func (g *graph) primaryImage(o markup.Options) *article.Image {
	for _, reference := range []tree.Node{g.page.Get("primaryImageOfPage"), g.article.Get("image"), g.article.Get("thumbnailUrl")} {
		n := g.follow(reference)
		if image := pictureNode(n); image.URL != "" {
			image.Caption = markup.Inline(n.Get("caption").Raw(), o)
			return image
		}
	}
	return &article.Image{}
}

// crumbs are the sections of the longest breadcrumb, without the home page and the article itself.
func (g *graph) crumbs(link, headline string) []article.NamedLink {
	var longest []article.NamedLink
	for _, n := range g.nodes {
		if !isA(n, "BreadcrumbList") {
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
	var out []article.NamedLink
	for _, item := range sorted(n.Get("itemListElement").List(), "position") {
		target := item.Get("item")
		out = append(out, article.NamedLink{
			Name: markup.Text(firstText(item.Get("name"), target.Get("name"))),
			URL:  firstText(target, target.Get("@id"), target.Get("url"), target.Get("id")),
		})
	}
	return out
}

// maxSorted keeps the lists short that are sorted: sections of a post, steps of a breadcrumb, sizes of a picture. The
// time for that grows with the square, and no honest post has nearly as many.
const maxSorted = 64

// sorted orders nodes by the number that is their member of this name.
func sorted(nodes []tree.Node, member string) []tree.Node {
	nodes = nodes[:min(len(nodes), maxSorted)]
	for i := range nodes {
		for ; i > 0 && number(nodes[i], member) < number(nodes[i-1], member); i-- {
			nodes[i], nodes[i-1] = nodes[i-1], nodes[i]
		}
	}
	return nodes
}

func number(n tree.Node, member string) int64 {
	i, _ := n.Get(member).Int()
	return i
}

// trim takes off the home page, the article itself and what is no section.
func (g *graph) trim(list []article.NamedLink, link, headline string) []article.NamedLink {
	var out []article.NamedLink
	for i := range list {
		l := &list[i]
		isEnd := i == 0 && g.isHome(l.URL) || i == len(list)-1 && isSelf(l, link, headline)
		if !isEnd && l.Name != "" && !isNoSection(l.Name, "") {
			out = append(out, *l)
		}
	}
	return out
}

func (g *graph) isHome(address string) bool {
	u, err := weburl.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	home := g.site.Get("url").Text()
	return strings.Trim(u.Path, "/") == "" || home != "" && strings.TrimSuffix(address, "/") == strings.TrimSuffix(home, "/")
}

// isSelf knows the article at the end of its own breadcrumb: Yoast writes it without an address, other plug-ins with a
// headline that may be cut.
func isSelf(l *article.NamedLink, link, headline string) bool {
	const telling = 20 // letters: a section's name may well be the headline's first word
	name := letters(l.Name)
	return l.URL == "" || l.URL == link || name == letters(headline) ||
		utf8.RuneCountInString(name) >= telling && strings.HasPrefix(letters(headline), name)
}
