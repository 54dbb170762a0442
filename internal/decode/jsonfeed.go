package decode

import (
	"strconv"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// isJSONFeed knows a feed of JSON Feed 1.0 or 1.1 (https://www.jsonfeed.org/version/1.1/), also where its version is
// written in another way, and an item alone, of which the specification says nothing.
func isJSONFeed(root tree.Node) bool {
	const feed = "version~jsonfeed.org/version items | home_page_url items | feed_url items"
	return hasMarks(root, feed) || hasMarks(firstPost(root), "id content_html | id content_text")
}

// entry is one item of a feed.
type entry struct {
	*source
	feed tree.Node
}

func decodeJSONFeed(root tree.Node, o *Options, a *article.Article) []article.Warning {
	e := &entry{chosen(root, "jsonfeed", o), root}
	a.ID = e.text("id")
	a.URL = e.address(e.text("url"))
	e.dates(a, "date_published", "date_modified")
	for _, tag := range e.Get("tags").List() {
		keyword(a, markup.Text(tag.Text()))
	}
	e.body(a)
	e.language(a)
	a.Author = agents(e.Get("authors"), e.Get("author"), root.Get("authors"), root.Get("author"))
	e.lead(a)
	e.attachments(a)
	e.publisher(a)
	if u := parseBase(e.text("external_url")); u != nil {
		a.IsBasedOn = &article.NamedLink{Name: u.Host, URL: u.String()}
	}
	return e.warnings
}

// address makes that of an item absolute, which need not be so where the feed says what page it belongs to.
func (e *entry) address(ref string) string {
	if home := parseBase(textIn(e.feed, "home_page_url")); home != nil {
		return markup.ResolveLink(home, ref)
	}
	return ref
}

// body fills in the words. Posts of microblogs have no title: their first words stand for it.
func (e *entry) body(a *article.Article) {
	html := e.Get("content_html").Raw()
	if strings.TrimSpace(html) == "" {
		html = fromPlain(e.Get("content_text").Raw())
	}
	text := e.html(a, "content_html", html)
	summary := e.words("summary")
	if a.Headline = e.headline("title"); a.Headline == "" {
		if a.Headline = firstWords(text); a.Headline == "" {
			a.Headline, summary = summary, ""
		}
		e.warn("title", "is missing: the first words stand for it")
	}
	if !isGenerated(summary, text) {
		a.Description = article.Plain(summary)
	}
}

// firstWords is the beginning of a text, in length that of a headline.
func firstWords(text string) string {
	const most = 80 // letters
	text = oneLine(text)
	end, count := 0, 0
	for i, r := range text {
		if r == ' ' {
			end = i
		}
		if count++; count <= most {
			continue
		}
		if end == 0 { // a script without spaces
			end = i
		}
		return text[:end] + "…"
	}
	return text
}

// language believes the item. That of the feed may be of the site's other pages, see language of WordPress.
func (e *entry) language(a *article.Article) {
	a.InLanguage = article.NormalLanguage(e.text("language"))
	if tag := article.NormalLanguage(textIn(e.feed, "language")); a.InLanguage == "" && agrees(tag, directionOf(a.Headline)) {
		a.InLanguage = tag
	}
}

// lead is the picture of the item, unless it is the sign of the whole feed.
func (e *entry) lead(a *article.Article) {
	for _, name := range []string{"banner_image", "image"} {
		address := e.text(name)
		if address != "" && address != textIn(e.feed, "icon") && address != textIn(e.feed, "favicon") {
			a.Image = []article.Image{{URL: address}}
		}
	}
}

// attachments stand under the text, but for those that stand in it.
func (e *entry) attachments(a *article.Article) {
	list := e.Get("attachments").List()
	if len(list) > maxItems {
		list = list[:maxItems]
		e.warn("attachments", "more than 64: the rest is left out")
	}
	for _, n := range list {
		if address := textIn(n, "url"); address != "" && !strings.Contains(e.Get("content_html").Raw(), address) {
			a.Body = append(a.Body, attachment(n, address, wordsIn(n, "title")))
		}
	}
}

func attachment(n tree.Node, address, title string) article.Block {
	switch kind, _, _ := strings.Cut(textIn(n, "mime_type"), "/"); kind {
	case "audio", "video":
		m := article.Media{Kind: kind, URL: address, Name: title}
		if seconds, ok := n.Get("duration_in_seconds").Int(); ok && seconds > 0 {
			m.Duration = "PT" + strconv.Itoa(int(seconds)) + "S"
		}
		return m
	case "image":
		return article.Figure{Image: article.Image{URL: address, Caption: article.Plain(title)}}
	}
	return article.Embed{URL: address, Name: title}
}

func (e *entry) publisher(a *article.Article) {
	name := wordsIn(e.feed, "title")
	if name == "" || !e.feed.Get("items").Exists() {
		return // of an item alone, the title is its own
	}
	a.Publisher = &article.Publisher{Agent: article.Agent{Type: "Organization", Name: name, URL: textIn(e.feed, "home_page_url")}}
	if icon := e.address(textIn(e.feed, "icon")); icon != "" {
		a.Publisher.Logo = &article.Image{URL: icon}
	}
}
