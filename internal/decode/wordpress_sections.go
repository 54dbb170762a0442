package decode

import (
	"net/url"
	"slices"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// noSection are the names that WordPress gives, by language, to the section of posts that were put in none.
var noSection = []string{
	"uncategorized", "uncategorised", "non classé", "sin categoría", "sem categoria", "senza categoria", "nicht kategorisiert",
	"без рубрики", "без категорії", "kategorisiz", "غير مصنف", "بدون دسته", "بدون دسته\u200cبندی", "دسته\u200cبندی نشده", "ללא קטגוריה",
	"未分类", "未分類", "미분류",
}

func isNoSection(name, slug string) bool {
	return slices.Contains(noSection, strings.ToLower(name)) || slices.Contains([]string{"uncategorized", "non-classe"}, slug)
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
	for _, term := range p.Get("_embedded", "wp:term").List() {
		name := markup.Text(term.Get("name").Raw())
		if term.Get("taxonomy").Text() == "category" && name != "" && !isNoSection(name, term.Get("slug").Text()) {
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
	last := slices.MaxFunc(all, func(a, b article.NamedLink) int { return len(steps(a.URL)) - len(steps(b.URL)) })
	var out []article.NamedLink
	for _, c := range all {
		if c != last && isAbove(c.URL, last.URL) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b article.NamedLink) int { return len(steps(a.URL)) - len(steps(b.URL)) })
	return append(out, last)
}

func steps(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	return strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
}

func isAbove(parent, child string) bool {
	a, b := steps(parent), steps(child)
	return len(a) > 0 && len(a) < len(b) && slices.Equal(a, b[:len(a)])
}

// publisher is the organisation of Yoast's graph, whose accounts elsewhere are the channels, else the site's name.
func (p *post) publisher() (*article.Publisher, []article.Channel) {
	organisation := p.graph.organisation()
	name := markup.Text(firstText(organisation.Get("name"), p.yoast.Get("og_site_name"), p.graph.site.Get("name")))
	if name == "" {
		return nil, nil
	}
	out := &article.Publisher{Agent: article.Agent{
		Type: "Organization",
		Name: name,
		URL:  firstText(organisation.Get("url"), p.graph.site.Get("url")),
	}}
	if logo := pictureNode(p.graph.follow(organisation.Get("logo"))); logo.URL != "" {
		out.Logo = &logo
	}
	var channels []article.Channel
	for _, n := range organisation.Get("sameAs").List() {
		if c, ok := channelAt(n.Text()); ok {
			channels = append(channels, c)
		}
	}
	return out, channels
}

// services are the hosts whose name and type of channel are known.
var services = map[string]article.Channel{
	"t.me":          {Type: "telegram", Name: "Telegram"},
	"telegram.me":   {Type: "telegram", Name: "Telegram"},
	"whatsapp.com":  {Type: "whatsapp", Name: "WhatsApp"},
	"signal.group":  {Type: "signal", Name: "Signal"},
	"youtube.com":   {Type: "youtube", Name: "YouTube"},
	"instagram.com": {Type: "instagram", Name: "Instagram"},
	"x.com":         {Type: "x", Name: "X"},
	"twitter.com":   {Type: "x", Name: "X"},
	"facebook.com":  {Type: "facebook", Name: "Facebook"},
	"bsky.app":      {Type: "bluesky", Name: "Bluesky"},
	"tiktok.com":    {Type: "tiktok", Name: "TikTok"},
	"linkedin.com":  {Type: "linkedin", Name: "LinkedIn"},
}

// channelAt names an account by its service, or by its host where the service is not known.
func channelAt(address string) (article.Channel, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return article.Channel{}, false
	}
	host := strings.ToLower(u.Hostname())
	for _, prefix := range []string{"www.", "m.", "channel."} {
		host = strings.TrimPrefix(host, prefix)
	}
	c, known := services[host]
	if !known {
		c.Name = host
	}
	c.URL = address
	return c, true
}

// pictureNode reads a picture of JSON-LD, which may be an address alone.
func pictureNode(n tree.Node) article.Image {
	if n.Kind() == tree.String {
		return article.Image{URL: n.Text()}
	}
	image := article.Image{CreditText: markup.Text(n.Get("creditText").Text())}
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
