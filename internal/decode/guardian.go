package decode

import (
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

const guardianSite = "https://www.theguardian.com"

// isGuardian knows an answer of the Guardian's Content API (https://open-platform.theguardian.com/documentation/), a
// list of its search, and one item of it alone.
func isGuardian(root tree.Node) bool {
	n, found := articleIn(root, "guardian", "")
	return found && isGuardianText(guardianItem(n))
}

// guardianItem takes an item out of the answer to a question for it alone.
func guardianItem(n tree.Node) tree.Node {
	if content := n.Get("response").Get("content"); content.Exists() {
		return content
	}
	return n
}

// isGuardianText leaves out galleries, videos and crosswords, unless they have a text.
func isGuardianText(n tree.Node) bool {
	return hasMarks(n, guardian) && (isOneOf(textIn(n, "type"), "article liveblog") || !n.Get("type").Exists() || n.Get("fields").Get("body").Text() != "")
}

// guardianText is one item that is being decoded. Its fields are there if they were asked for.
type guardianText struct {
	*source
	fields *source
	markup.Options
}

func decodeGuardian(root tree.Node, o *Options, a *article.Article) []article.Warning {
	g := &guardianText{source: chosen(root, "guardian", o)}
	g.Node = guardianItem(g.Node)
	g.fields = &source{Node: g.Get("fields")}
	a.ID = g.text("id")
	a.URL = g.text("webUrl")
	a.Byline = g.fields.words("byline")
	g.tags(a)
	if a.Headline = g.fields.headline("headline"); a.Headline == "" {
		a.Headline = withoutName(g.words("webTitle"), a)
	}
	if a.InLanguage = article.NormalLanguage(g.fields.text("lang")); a.InLanguage == "" {
		a.InLanguage = "en"
	}
	if section := g.words("sectionName"); section != "" {
		a.Sections = []article.NamedLink{{Name: section, URL: guardianSite + "/" + g.text("sectionId")}}
	}
	g.dates(a, "webPublicationDate", "")
	a.DateModified = g.fields.date("lastModified")
	g.publisher(a)
	g.Options = markupOptions(a, o)
	g.lead(a)
	g.content(a)
	return append(g.warnings, g.fields.warnings...)
}

func (g *guardianText) tags(a *article.Article) {
	for _, tag := range g.Get("tags").List() {
		name := wordsIn(tag, "webTitle")
		switch textIn(tag, "type") {
		case "contributor":
			a.Author = append(a.Author, article.Agent{Name: name, URL: textIn(tag, "webUrl")})
		case "keyword":
			keyword(a, name)
		}
	}
}

// withoutName takes the author off the title of a page, where "The ferry | Mina Kouchak" names one.
func withoutName(title string, a *article.Article) string {
	at := strings.LastIndex(title, " | ")
	if at < 0 {
		return title
	}
	name := title[at+len(" | "):]
	for _, author := range append(a.Author, article.Agent{Name: a.Byline}) {
		if author.Name == name {
			return title[:at]
		}
	}
	return title
}

func (g *guardianText) publisher(a *article.Article) {
	name := g.fields.words("publication")
	if name == "" || strings.Contains(name, ".com") {
		name = "The Guardian"
	}
	a.Publisher = &article.Publisher{Agent: article.Agent{Type: "Organization", Name: name, URL: guardianSite}}
	if short := parseBase(g.fields.text("shortUrl")); short != nil {
		a.Alternates = []article.Alternate{{URL: short.String()}}
	}
}

// lead is the main element: as it is described, else as HTML. One that is no picture begins the text. A thumbnail is
// the last resort.
func (g *guardianText) lead(a *article.Article) {
	elements := g.Get("blocks").Get("main").Get("elements").List()
	for _, n := range g.Get("elements").List() {
		if textIn(n, "relation") == "main" {
			elements = append(elements, n)
		}
	}
	for _, n := range elements {
		if image := g.picture(n); image.URL != "" && textIn(n, "type") == "image" {
			a.Image = []article.Image{image}
			return
		}
	}
	main := firstRaw(g.fields.Get("main"), g.Get("blocks").Get("main").Get("bodyHtml"))
	blocks, _ := markup.Blocks(main, g.Options)
	for _, b := range blocks {
		if figure, ok := b.(article.Figure); ok && len(a.Image) == 0 {
			a.Image = []article.Image{figure.Image}
		} else {
			a.Body = append(a.Body, b)
		}
	}
	if thumbnail := g.fields.text("thumbnail"); thumbnail != "" && len(a.Image) == 0 {
		a.Image = []article.Image{{URL: thumbnail}}
	}
}

// firstRaw is the first of the values that is text at all, as it is.
func firstRaw(nodes ...tree.Node) string {
	for _, n := range nodes {
		if n.Text() != "" {
			return n.Raw()
		}
	}
	return ""
}
