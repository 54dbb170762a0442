package decode

import (
	"strings"

	"byway/internal/tree"
)

// graph is a set of JSON-LD nodes that point at one another by @id: what Yoast SEO writes for a page, or all that the
// scripts of a page say together.
type graph struct {
	nodes               []tree.Node
	ids                 map[string]indexed
	article, page, site tree.Node
	language            string // the one in which values are wanted that come in several
}

// indexed is a node with the number of its members.
type indexed struct {
	tree.Node
	members int
}

// articleTypes are those of schema.org that are articles, the widest last.
const articleTypes = "NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle " +
	"ReviewNewsArticle AskPublicNewsArticle LiveBlogPosting BlogPosting SocialMediaPosting TechArticle Report " +
	"ScholarlyArticle Article"

func (g *graph) read(root tree.Node) {
	g.collect(root)
	g.ids = map[string]indexed{}
	g.index(root)
	g.page = g.follow(g.first("WebPage ItemPage AboutPage FAQPage"))
	g.site = g.first("WebSite")
}

// collect finds the nodes that describe the page. Those in hasPart, mentions, isPartOf or a list of items describe others.
func (g *graph) collect(root tree.Node) {
	for _, n := range root.List() {
		if n.Kind() != tree.Object {
			continue
		}
		g.nodes = append(g.nodes, n)
		g.choose(n)
		for _, place := range []string{"@graph", "mainEntity", "mainEntityOfPage", "breadcrumb"} {
			g.collect(n.Get(place))
		}
	}
}

// choose keeps the first article, unless that has no headline, or is told again with its text.
func (g *graph) choose(n tree.Node) {
	best := g.article
	if !isA(n, articleTypes) {
		return
	}
	if !best.Exists() || hasHeadline(n) && !hasHeadline(best) || isSameStory(n, best) && hasText(n) && !hasText(best) {
		g.article = n
	}
}

func hasHeadline(n tree.Node) bool { return n.Get("headline").Exists() || n.Get("name").Exists() }

func hasText(n tree.Node) bool {
	return n.Get("articleBody").Exists() || n.Get("liveBlogUpdate").Exists()
}

func isSameStory(a, b tree.Node) bool { return a.Get("headline").Text() == b.Get("headline").Text() }

// index finds every node by its @id, wherever it stands: of several with one @id the fullest, for the others are
// references.
func (g *graph) index(n tree.Node) {
	members := n.Members()
	if id := n.Get("@id").Text(); id != "" && len(members) >= g.ids[id].members {
		g.ids[id] = indexed{n, len(members)}
	}
	for _, m := range members {
		g.index(m.Node)
	}
	if n.Kind() == tree.Array {
		for _, item := range n.Items() {
			g.index(item)
		}
	}
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

// follow goes to the node that a reference means, which may be an @id alone. What nothing else has the @id of stands
// for itself.
func (g *graph) follow(n tree.Node) tree.Node {
	for n.Kind() == tree.Array {
		n = n.Get("0")
	}
	if target, found := g.ids[firstText(n, n.Get("@id"))]; found {
		return target.Node
	}
	return n
}

// told are the names of nodes that were shown: what is referred to twice is shown once.
type told map[string]bool

// first reports whether a node was not shown before.
func (t told) first(n tree.Node) bool {
	id := n.Get("@id").Text()
	was := t[id] && id != ""
	t[id] = true
	return !was
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
