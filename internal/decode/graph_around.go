package decode

import (
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// text is that of a value, without tags and entities.
func (g *graph) text(n tree.Node) string {
	value, _ := g.value(n)
	return markup.Text(value.Text())
}

// name is a text that thousands may refer to.
func (g *graph) name(n tree.Node) string {
	value, _ := g.value(n)
	return nameIn(value.Text())
}

// value takes a value out of the object that may name its language or type ("value objects", JSON-LD 1.1 §9.5): of
// several the one in the wanted language, else the first.
func (g *graph) value(n tree.Node) (value tree.Node, language string) {
	for _, n := range n.List() {
		v, tag := n, ""
		if n.Kind() == tree.Object {
			v, tag = n.Get("@value"), article.NormalLanguage(n.Get("@language").Text())
		}
		isWanted := tag != "" && primary(tag) == primary(g.language)
		if v.Exists() && (!value.Exists() || isWanted) {
			value, language = v, tag
		}
		if isWanted {
			break
		}
	}
	return value, language
}

// primary is the language of a tag without its region.
func primary(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	return language
}

// inLanguage is the first language that is named and can be that of the text. That of a plug-in for WordPress is the
// setting of the site, which many never changed from English.
func (g *graph) inLanguage(sample string) string {
	_, spoken := g.value(g.article.Get("headline"))
	tags := []string{tagOf(g.article), spoken, tagOf(g.page), tagOf(g.site)}
	for _, n := range g.nodes {
		for _, context := range n.Get("@context").List() {
			tags = append(tags, context.Get("@language").Text())
		}
	}
	seen := directionOf(sample)
	for _, tag := range tags {
		if tag = article.NormalLanguage(tag); tag != "" && agrees(tag, seen) {
			return tag
		}
	}
	return ""
}

// tagOf reads the language of a node, which may be an object with its tag for another name.
func tagOf(n tree.Node) string {
	n = first(n.Get("inLanguage"))
	return pick(n, "alternateName @value", n).Text()
}

// pick is the first of several members that is there, else the last resort. Their names have a space between each two.
func pick(n tree.Node, names string, last tree.Node) tree.Node {
	for _, name := range strings.Fields(names) {
		if m := n.Get(name); m.Exists() {
			return m
		}
	}
	return last
}

// say is the text of the first member that has any.
func (g *graph) say(n tree.Node, names string) string {
	for _, name := range strings.Fields(names) {
		if text := g.text(n.Get(name)); text != "" {
			return text
		}
	}
	return ""
}

// addressOf is a text itself, else the first of the members, each of which may be a list.
func addressOf(n tree.Node, names string) string {
	if n.Text() != "" {
		return n.Text()
	}
	return first(pick(n, names, n)).Text()
}

// first is the first of a list, or the only value.
func first(n tree.Node) tree.Node {
	if list := n.List(); len(list) > 0 {
		return list[0]
	}
	return tree.Node{}
}

// agents are people and organisations, as names, as objects or as references to them.
func (g *graph) agents(list tree.Node) []article.Agent {
	var out []article.Agent
	agents, told := list.List(), told{}
	for _, n := range agents[:min(len(agents), maxItems+1)] { // the last one over makes finish warn
		if n = g.follow(n); !told.first(n) {
			continue
		}
		// Names that say their language are one name in several languages. Whose the rest is, of several, is not said.
		if several := namesIn(n.Get("name")); len(several) > 1 {
			out = append(out, several...)
		} else if agent := g.agent(n); agent.Name != "" {
			out = append(out, agent)
		}
	}
	return out
}

func (g *graph) agent(n tree.Node) article.Agent {
	n = g.follow(n)
	a := article.Agent{Name: g.nameOf(n), JobTitle: g.name(n.Get("jobTitle")), URL: first(n.Get("url")).Text()}
	if isA(n, "Organization NewsMediaOrganization Corporation NGO") {
		a.Type = "Organization"
	}
	return a
}

// nameOf leaves out the addresses of profiles that some write for names.
func (g *graph) nameOf(n tree.Node) string {
	name := g.name(pick(n, "name", n))
	if name == "" {
		name = strings.TrimSpace(g.name(n.Get("givenName")) + " " + g.name(n.Get("familyName")))
	}
	if strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://") {
		return ""
	}
	return name
}

// keywords are a list, or one text with commas.
func (g *graph) keywords() []string {
	var out []string
	for _, n := range g.article.Get("keywords").List() {
		text := g.text(pick(n, "name", n))
		out = append(out, strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '،' || r == '、' })...)
	}
	return out
}

// publisherNode is that of the article, else of its page or site, else the organisation that the page describes.
func (g *graph) publisherNode() tree.Node {
	for _, from := range []tree.Node{g.article, g.page, g.site} {
		if n := g.follow(from.Get("publisher")); g.nameOf(n) != "" {
			return n
		}
	}
	return g.first("Organization NewsMediaOrganization")
}

// publisher sets the publisher, whose accounts elsewhere are the channels. Where the graph names none, the site's name
// stands for it.
func (g *graph) publisher(a *article.Article, siteName string) {
	n := g.publisherNode()
	name := g.nameOf(n)
	if name == "" {
		name = siteName
	}
	if name == "" {
		name = g.say(g.site, "name")
	}
	p := &article.Publisher{}
	p.Type, p.Name = "Organization", name
	if p.URL = first(n.Get("url")).Text(); p.URL == "" {
		p.URL = g.site.Get("url").Text()
	}
	if logo := g.plainPicture(n.Get("logo")); logo.URL != "" {
		p.Logo = logo
	}
	if a.Publisher = p; name == "" {
		a.Publisher = nil
	}
	for _, n := range n.Get("sameAs").List() {
		if c := channelAt(n.Text()); c.Name != "" {
			a.Channels = append(a.Channels, c)
		}
	}
}
