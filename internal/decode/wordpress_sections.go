package decode

import (
	"slices"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
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
	for _, n := range p.graph.article.Get("articleSection").List() {
		if name := markup.Text(n.Text()); name != "" && !isNoSection(name, "") {
			return []article.NamedLink{{Name: name}}
		}
	}
	return nil
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

// publisher is the organisation of Yoast's graph, whose accounts elsewhere are the channels, else the site's name.
func (p *post) publisher(a *article.Article) {
	organisation := p.graph.organisation()
	name := markup.Text(firstText(organisation.Get("name"), p.yoast.Get("og_site_name"), p.graph.site.Get("name")))
	if name == "" {
		return
	}
	a.Publisher = &article.Publisher{}
	a.Publisher.Type = "Organization"
	a.Publisher.Name = name
	a.Publisher.URL = firstText(organisation.Get("url"), p.graph.site.Get("url"))
	if logo := pictureNode(p.graph.follow(organisation.Get("logo"))); logo.URL != "" {
		a.Publisher.Logo = logo
	}
	for _, n := range organisation.Get("sameAs").List() {
		if c := channelAt(n.Text()); c.Name != "" {
			a.Channels = append(a.Channels, c)
		}
	}
}

// services are the hosts whose type and name of channel are known.
var services = []struct{ host, kind, name string }{
	{"t.me", "telegram", "Telegram"},
	{"telegram.me", "telegram", "Telegram"},
	{"whatsapp.com", "whatsapp", "WhatsApp"},
	{"signal.group", "signal", "Signal"},
	{"youtube.com", "youtube", "YouTube"},
	{"instagram.com", "instagram", "Instagram"},
	{"x.com", "x", "X"},
	{"twitter.com", "x", "X"},
	{"facebook.com", "facebook", "Facebook"},
	{"bsky.app", "bluesky", "Bluesky"},
	{"tiktok.com", "tiktok", "TikTok"},
	{"linkedin.com", "linkedin", "LinkedIn"},
}

// channelAt names an account by its service, or by its host where the service is not known. Without a name it is none.
func channelAt(address string) article.Channel {
	u, err := weburl.Parse(address)
	if err != nil || u.Host == "" {
		return article.Channel{}
	}
	host := strings.ToLower(u.Hostname())
	for _, prefix := range []string{"www.", "m.", "channel."} {
		host = strings.TrimPrefix(host, prefix)
	}
	c := article.Channel{Name: host, URL: address}
	for i := range services {
		if services[i].host == host {
			c.Name, c.Type = services[i].name, services[i].kind
		}
	}
	return c
}

// pictureNode reads a picture of JSON-LD, which may be an address alone.
func pictureNode(n tree.Node) *article.Image {
	image := &article.Image{}
	if n.Kind() == tree.String {
		image.URL = n.Text()
		return image
	}
	image.CreditText = markup.Text(n.Get("creditText").Text())
	for _, place := range []string{"url", "contentUrl"} {
		if list := n.Get(place).List(); image.URL == "" && len(list) > 0 {
			image.URL = list[0].Text()
		}
	}
	image.Width, image.Height = pixels(n.Get("width")), pixels(n.Get("height"))
	return image
}

// pixels is a size, or 0 for what is none.
func pixels(n tree.Node) int {
	size, ok := n.Int()
	if !ok || size < 1 || size > 1<<20 {
		return 0
	}
	return int(size)
}
