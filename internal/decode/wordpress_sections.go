package decode

import (
	"slices"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/weburl"
)

// noSection are the names that WordPress gives, by language, to the section of posts that were put in none.
const noSection = "|uncategorized|uncategorised|non classé|sin categoría|sem categoria|senza categoria|nicht kategorisiert|" +
	"без рубрики|без категорії|kategorisiz|غير مصنف|بدون دسته|بدون دسته\u200cبندی|دسته\u200cبندی نشده|ללא קטגוריה|未分类|未分類|미분류|"

func isNoSection(name, slug string) bool {
	return strings.Contains(noSection, "|"+strings.ToLower(name)+"|") || slug == "uncategorized" || slug == "non-classe"
}

// sections are Yoast's crumbs, else the deepest section of the post with those above it, else a name without an address.
func (p *post) sections(headline string) []article.NamedLink {
	if crumbs := p.graph.crumbs(p.Get("link").Text(), headline); crumbs != nil {
		return crumbs
	}
	if chain := deepest(p.categories()); chain != nil {
		return chain
	}
	return p.graph.sectionName()
}

func (p *post) categories() []article.NamedLink {
	var out []article.NamedLink
	for _, term := range p.Get("_embedded").Get("wp:term").List() {
		name := markup.Text(term.Get("name").Raw())
		if term.Get("taxonomy").Text() == "category" && len(out) < maxSorted && name != "" && !isNoSection(name, term.Get("slug").Text()) {
			out = append(out, article.NamedLink{Name: name, URL: term.Get("link").Text()})
		}
	}
	return out
}

// deepest is the way to the section with the longest path. WordPress does not say which section leads nor what stands
// above it, but the address of a section holds those of its parents. Only parents that are named in the post are
// shown: the words of an address are no names.
func deepest(all []article.NamedLink) []article.NamedLink {
	if len(all) == 0 {
		return nil
	}
	last := all[0]
	for _, c := range all {
		if len(steps(c.URL)) > len(steps(last.URL)) {
			last = c
		}
	}
	var out []article.NamedLink
	way := steps(last.URL)
	for depth := 1; depth < min(len(way), maxSorted); depth++ {
		for _, c := range all {
			if above := steps(c.URL); len(above) == depth && slices.Equal(above, way[:depth]) {
				out = append(out, c)
			}
		}
	}
	return append(out, last)
}

// steps are those of the path of an address.
func steps(address string) []string {
	u, err := weburl.Parse(address)
	if err != nil || strings.Trim(u.Path, "/") == "" {
		return nil
	}
	return strings.Split(strings.Trim(u.Path, "/"), "/")
}
