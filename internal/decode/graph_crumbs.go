package decode

import (
	"strings"
	"unicode/utf8"

	"byway/internal/article"
	"byway/internal/tree"
	"byway/internal/weburl"
)

// crumbs are the sections of the longest breadcrumb, without the home page and the article itself.
func (g *graph) crumbs(link, headline string) []article.NamedLink {
	const most = 8 // lists: what they refer to is read anew for each
	var longest []article.NamedLink
	lists := 0
	for _, n := range g.nodes {
		if !isA(n, "BreadcrumbList") {
			continue
		}
		if lists++; lists > most {
			break
		}
		if list := g.trim(g.crumbList(n), link, headline); len(list) > len(longest) {
			longest = list
		}
	}
	return longest
}

// sectionName is the way of a graph without a breadcrumb: a name without an address. Several are no path.
func (g *graph) sectionName() []article.NamedLink {
	for _, n := range g.article.Get("articleSection").List() {
		if name := g.text(n); name != "" && !isNoSection(name, "") {
			return []article.NamedLink{{Name: name}}
		}
	}
	return nil
}

// crumbList reads the items in the order of their positions.
func (g *graph) crumbList(n tree.Node) []article.NamedLink {
	var out []article.NamedLink
	for _, item := range sorted(n.Get("itemListElement").List(), "position") {
		item = g.follow(item)
		target := item.Get("item")
		page := g.follow(target)
		out = append(out, article.NamedLink{
			Name: g.name(pick(item, "name", pick(page, "name", item))),
			URL:  addressOf(target, "@id url id"),
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
		isEnd := i == 0 && g.isHome(l.URL) || i == len(list)-1 && isSelf(l, link, headline, list[0].URL != "")
		if !isEnd && l.Name != "" && !isNoSection(l.Name, "") {
			out = append(out, *l)
		}
	}
	return out
}

// isHome knows the front page by its empty path, or as that of the site or its publisher: "https://n.example/fa/".
func (g *graph) isHome(address string) bool {
	if address == "/" {
		return true
	}
	u, err := nowhere.Resolve(address)
	if err != nil || address == "" {
		return false
	}
	if u.Host != nowhere.Host && strings.Trim(u.Path, "/") == "" {
		return true
	}
	return isSamePage(address, g.site.Get("url").Text()) || isSamePage(address, first(g.publisherNode().Get("url")).Text())
}

// nowhere makes a full address of one without a scheme.
var nowhere = weburl.URL{Scheme: "https", Host: "nowhere.invalid", Path: "/"}

// isSamePage compares addresses without what does not lead to another page.
func isSamePage(a, b string) bool {
	return a != "" && b != "" && pageOf(a) == pageOf(b)
}

func pageOf(address string) string {
	u, err := nowhere.Resolve(address)
	if err != nil {
		return ""
	}
	u.Scheme, u.Fragment = "https", ""
	return strings.TrimSuffix(withoutTracking(u), "/")
}

// isSelf knows the article at the end of its own breadcrumb: Yoast writes it without an address though the others have
// one, other plug-ins with a headline that may be cut.
func isSelf(l *article.NamedLink, link, headline string, othersLinked bool) bool {
	const telling = 20 // letters: a section's name may well be the headline's first word
	name := letters(l.Name)
	return l.URL == "" && othersLinked || isSamePage(l.URL, link) || name == letters(headline) ||
		utf8.RuneCountInString(name) >= telling && strings.HasPrefix(letters(headline), name)
}
