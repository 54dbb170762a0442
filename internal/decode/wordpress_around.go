package decode

import (
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// accessible is nil unless the post says something about it.
func (p *post) accessible() *bool {
	no := false
	if locked, _ := p.Get("content").Get("protected").Bool(); locked {
		p.warn("content.protected", "the text is behind a password: only what is open is shown")
		return &no
	}
	if p.isForSubscribers() {
		p.warn("meta", "part of the text is for subscribers: only what is open is shown")
		return &no
	}
	if free, ok := p.graph.article.Get("isAccessibleForFree").Bool(); ok {
		return &free
	}
	return nil
}

// isForSubscribers goes by what Jetpack writes: marks of the blocks that it hides, and for whom the whole post is. As in
// Jetpack itself, a group that is not known is not everybody.
func (p *post) isForSubscribers() bool {
	const marks = "_jetpack_memberships_contains_paywalled_content _jetpack_memberships_contains_paid_content"
	meta := p.Get("meta")
	for _, name := range strings.Fields(marks) {
		if hides, _ := meta.Get(name).Bool(); hides {
			return true
		}
	}
	group := meta.Get("_jetpack_newsletter_access").Raw()
	return group != "" && group != "everybody"
}

// authors are those of a plug-in for several authors, else the one of WordPress, else Yoast's.
func (p *post) authors() []article.Agent {
	for _, place := range []tree.Node{p.Get("coauthors"), p.Get("authors"), p.Get("_embedded").Get("author")} {
		if list := append(agentsIn(place), namesIn(place)...); list != nil {
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

// namesIn are people who are names alone. A number is one of the database, and an address that of a profile.
func namesIn(list tree.Node) (people []article.Agent) {
	for _, n := range list.List() {
		if name := nameIn(n.Raw()); letters(name) != "" && !strings.Contains(name, "://") && len(people) <= maxItems {
			people = append(people, article.Agent{Name: name})
		}
	}
	return people
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
