package page

import (
	"strings"
	"testing"
	"time"

	"byway/internal/article"
	"byway/internal/mirror"
	"byway/internal/reader"
	"byway/internal/view"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// testLocale writes what the tests can foresee.
type testLocale struct{}

func (testLocale) Date(d article.Date) string     { return d.Time().Format("2 Jan 2006") }
func (testLocale) Ago(time.Time) string           { return "3 minutes ago" }
func (testLocale) Seconds(d time.Duration) string { return d.String() }
func ptr[T any](v T) *T                           { return &v }
func day(s string) article.Date                   { return article.DateOf(must(time.Parse(time.RFC3339, s))) }
func text(s string) article.Inline                { return article.Plain(s) }
func linkRun(s, url string) article.Run           { return article.Run{Text: s, URL: url} }
func paragraph(s string) article.Paragraph        { return article.Paragraph{Content: text(s)} }
func picture(name, caption, credit string) article.Image {
	return article.Image{URL: "https://media.example/" + name, Width: 1200, Height: 800, Alt: ptr("alt of " + name),
		Caption: text(caption), CreditText: credit}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// example is an article that has everything.
func example() *article.Article {
	lead := picture("weir-1200.jpg", "The weir below the mill, at low water.", "© Ada Orchard")
	lead.Renditions = []article.Rendition{
		{URL: "https://media.example/weir-480.webp", Width: 480, Height: 320, EncodingFormat: "image/webp"},
		{URL: "https://media.example/weir-square.jpg", Width: 600, Height: 600},
		{URL: "https://media.example/weir.tiff", Width: 2400, Height: 1600, EncodingFormat: "image/tiff"},
	}
	return &article.Article{
		Version: article.Version, ID: "urn:example:weir", InLanguage: "en", Dir: article.LTR,
		URL:      "https://gazette.example/valley/mill/weir",
		Sections: []article.NamedLink{{Name: "Valley", URL: "https://gazette.example/valley"}, {Name: "Mill", URL: "https://gazette.example/valley/mill"}, {Name: "Weir"}},
		Kicker:   "Rivers", Headline: "The weir is to be lowered & the fish let through",
		Description:   text("The mill keeps its pond, and eels get a ramp."),
		Author:        []article.Agent{{Name: "Ada Orchard", URL: "https://gazette.example/by/ada"}, {Name: "Bo Lind", JobTitle: "Photographer"}},
		Dateline:      "MILL END",
		DatePublished: day("2031-05-02T08:00:00+02:00"), DateModified: day("2031-05-02T10:30:00+02:00"),
		Image:           []article.Image{lead},
		Body:            exampleBody(),
		Publisher:       &article.Publisher{Agent: article.Agent{Name: "Valley Gazette", URL: "https://gazette.example/"}},
		CopyrightNotice: "© 2031 Valley Gazette", License: "https://creativecommons.example/by/4.0",
		IsBasedOn: &article.NamedLink{Name: "Minutes of the water board", URL: "https://board.example/minutes"},
		Alternates: []article.Alternate{
			{URL: "https://d1.mirror.example/weir", Name: "Mirror 1", Type: "mirror"},
			{URL: "http://gazetteexample.onion/weir", Type: "onion"},
			{URL: "javascript:alert(1)", Name: "Evil"},
		},
		WorkTranslation: []article.Related{{InLanguage: "fa", Headline: "بند پایین می‌آید", URL: "https://gazette.example/fa/weir"}},
		Channels:        []article.Channel{{Name: "Gazette on Telegram", URL: "https://t.me/gazette_example"}, {URL: "tg://resolve?domain=gazette"}},
		Related:         []article.Related{{Headline: "Who owns the mill", URL: "https://gazette.example/mill-owner", DatePublished: day("2030-01-05T00:00:00Z")}},
	}
}

func exampleBody() []article.Block {
	quote := article.Quote{Body: []article.Block{paragraph("We counted nine eels."), article.List{Items: []article.ListItem{{Content: text("and one pike")}}}},
		Citation: &article.NamedLink{Name: "A. Warden", URL: "https://board.example/warden"}}
	return []article.Block{
		article.Paragraph{Content: article.Inline{{Text: "The "}, {Text: "board", Marks: article.Strong | article.Em}, {Text: " met. See "}, linkRun("the minutes", "https://board.example/minutes"), {Text: ".", Break: true}, {Text: "پل", InLanguage: "fa", Dir: article.RTL}}},
		article.Heading{Level: 2, Content: text("What changes")},
		article.Heading{Level: 3, Content: text("The ramp")},
		article.List{Ordered: true, Start: 3, Items: []article.ListItem{{Content: text("stone")}, {Content: text("brush"), List: &article.List{Items: []article.ListItem{{Content: text("willow")}}}}}},
		article.Figure{Image: picture("ramp.jpg", "The ramp, drawn.", "Board"), Layout: "wide", URL: "https://board.example/plan"},
		article.Figure{Image: article.Image{URL: "https://media.example/unsized.jpg", Caption: text("No size, no alt.")}},
		article.Gallery{Images: []article.Image{picture("g1.jpg", "One.", "A"), picture("g2.jpg", "Two.", "B")}, Caption: text("Two views.")},
		quote,
		article.Table{Caption: text("Levels"), Header: []article.Inline{text("Month"), text("cm")}, Rows: [][]article.Inline{{text("May"), text("41")}, {text("June")}}},
		article.Note{Role: "correction", Content: text("The pond is kept."), Date: day("2031-05-02T10:30:00+02:00")},
		article.Embed{URL: "https://video.example/watch?v=1", Provider: "VideoHost", Name: "Eels, from above", Description: "Ninety seconds.", Thumbnail: &article.Image{URL: "https://media.example/eels.jpg", Width: 640, Height: 360}},
		article.Media{Kind: "audio", URL: "https://audio.example/weir.mp3", Duration: "PT1M30S", Caption: text("The weir at night."), CreditText: "B. Lind", Transcript: text("Water.")},
		article.RelatedList{Items: []article.Related{{Headline: "Eels in town", URL: "https://gazette.example/eels"}}},
		article.Unknown{Type: "river-gauge", Base: article.Base{Fallback: text("41 cm on 1 May.")}},
		article.Unknown{Type: "lottery"},
		article.HTML{HTML: "<script>alert(1)</script>"},
		article.Divider{},
	}
}

func ready(a *article.Article) reader.State {
	at := day("2031-05-02T12:00:00Z").Time()
	return reader.State{
		Phase: reader.Ready, Article: a, Source: "m1.example.net", Fetched: at, Proof: reader.None,
		Addresses: []reader.Address{
			{Host: "gazette.example", URL: "https://gazette.example/weir.json", Outcome: mirror.Unanswered, At: at, Took: 800 * time.Millisecond},
			{Host: "m1.example.net", URL: "https://m1.example.net/weir.json", Page: "https://m1.example.net/valley/mill/weir", Outcome: mirror.Accepted, Status: 200, At: at, Took: time.Second},
			{Host: "m2.example.org", URL: "https://m2.example.org/p/weir.json"},
		},
	}
}

func failed(kind reader.ProblemKind) reader.State {
	s := ready(nil)
	s.Phase, s.Source, s.Problem = reader.Blocked, "", &reader.Problem{Kind: kind, Detail: "gazette.example: no answer"}
	return s
}

func options() Options { return Options{Language: "en", Locale: testLocale{}} }

func htmlOf(t *testing.T, n view.Node) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, view.WriteHTML(&b, n))
	return b.String()
}

// parsed is a rendered page as a parser sees it.
type parsed struct {
	t    *testing.T
	root *html.Node
	text string
}

func render(t *testing.T, s reader.State, o Options) parsed {
	t.Helper()
	return parse(t, htmlOf(t, Render(s, o)))
}

func parse(t *testing.T, source string) parsed {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<!doctype html><body>" + source))
	require.NoError(t, err)
	body := doc.LastChild.LastChild
	return parsed{t, body, textOf(body)}
}

// all gives the elements with a tag and, if given as "name=value", an attribute one of whose words is the value.
func (p parsed) all(tag string, attrs ...string) []*html.Node {
	var found []*html.Node
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && (tag == "*" || n.Data == tag) && hasAll(n, attrs) {
			found = append(found, n)
		}
	}
	return found
}

// one is the only such element.
func (p parsed) one(tag string, attrs ...string) *html.Node {
	p.t.Helper()
	found := p.all(tag, attrs...)
	require.Len(p.t, found, 1, "%s %v", tag, attrs)
	return found[0]
}

func hasAll(n *html.Node, attrs []string) bool {
	for _, want := range attrs {
		name, value, _ := strings.Cut(want, "=")
		have, ok := attrOf(n, name)
		if !ok || have != value && !strings.Contains(" "+have+" ", " "+value+" ") {
			return false
		}
	}
	return true
}

func attrOf(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
