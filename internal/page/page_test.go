package page

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"byway/internal/article"
	"byway/internal/reader"
	"byway/internal/trust"
	"byway/internal/view"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

func TestAWholeArticle(t *testing.T) {
	p := render(t, ready(example()), options())

	crumbs := parsed{t, p.one("nav", "part=breadcrumbs", "aria-label=Sections"), ""}
	require.Len(t, crumbs.all("li"), 3)
	require.Len(t, crumbs.all("a", "rel=noopener"), 2, "the last section has no address")
	require.Equal(t, "The weir is to be lowered & the fish let through", textOf(p.one("h2", "part=headline")))
	require.Equal(t, "The mill keeps its pond, and eels get a ramp.", textOf(p.one("p", "part=standfirst")))
	require.Equal(t, "Ada Orchard, Bo Lind (Photographer)", textOf(p.one("p", "part=byline")))
	require.Equal(t, "MILL END · Published 2 May 2031 · Updated 2 May 2031", textOf(p.one("p", "class=dates")))
	p.one("time", "datetime=2031-05-02T08:00:00+02:00")

	lead := parsed{t, p.one("figure", "class=lead"), ""}
	require.Equal(t, "The weir below the mill, at low water.", textOf(lead.one("*", "part=caption")))
	require.Equal(t, "© Ada Orchard", textOf(lead.one("*", "part=credit")))
	require.Len(t, p.all("figure", "part=figure"), 5, "the lead, two in the text, two in the gallery")

	require.Equal(t, "From m1.example.net · not signed · 3 minutes ago · Change", textOf(parsed{t, p.one("details", "part=addresses"), ""}.one("summary")))
	require.Len(t, p.all("input", "type=radio", "name=address", "data-action=mirror"), 4)
	require.Equal(t, "Copy the link", textOf(p.one("button", "data-action=share", "value=https://gazette.example/valley/mill/weir")))
	for _, class := range []string{"translations", "alternates", "channels", "related"} {
		p.one("section", "class="+class)
	}
	require.Equal(t, "© 2031 Valley Gazette · Published by Valley Gazette · Based on Minutes of the water board · Licence", textOf(p.one("footer", "class=legal")))
	require.NotContains(t, p.text, "alert")
	require.Empty(t, p.all("*", "aria-busy=true"))
}

// What WriteHTML writes, a parser must read as it was meant: a p in a p or an a in an a would come apart.
func TestEveryPageIsParsedAsItWasBuilt(t *testing.T) {
	seen := 0
	for name, n := range pages() {
		t.Run(name, func(t *testing.T) {
			var want, got []string
			view.Walk(n, &recorder{events: &want})
			p := parse(t, htmlOf(t, n))
			for c := range p.root.ChildNodes() {
				got = record(got, c)
			}
			for i := range min(len(want), len(got)) {
				require.Equal(t, want[i], got[i], "after %q", want[:i][max(0, i-5):])
			}
			require.Len(t, got, len(want))
		})
		seen++
	}
	require.Greater(t, seen, 40)
}

// pages gives pages of many kinds.
func pages() map[string]view.Node {
	all := map[string]view.Node{}
	for _, w := range tables {
		for _, images := range []Images{ImagesAuto, ImagesTap, ImagesNone} {
			for _, sharing := range []Sharing{ShareByCopy, ShareBySystem, ShareCopied, ShareSelect} {
				o := Options{Language: w.Language, Locale: Plain(w.Language), Images: images, Sharing: sharing}
				all[w.Language+" "+string(images)+" "+strconv.Itoa(int(sharing))] = Render(ready(example()), o)
			}
		}
		for _, p := range w.Problems {
			kind := reader.ProblemKind(p.Of)
			all[w.Language+" "+string(kind)] = Render(failed(kind), Options{Language: w.Language, Locale: Plain(w.Language)})
		}
	}
	all["nothing but a headline"] = Render(reader.State{Phase: reader.Ready, Article: &article.Article{Headline: "H"}}, Options{})
	for _, w := range tables {
		s := signedState()
		s.Newer, s.Signature.Expired, s.Signature.Notice = true, true, &trust.Notice{Kind: trust.Withdrawn, Text: "We were deceived.", At: s.Signature.Issued}
		all[w.Language+" signed"] = Render(s, Options{Language: w.Language, Locale: Plain(w.Language)})
		s = ready(example())
		s.Proof = reader.Signed // and its pictures are not
		all[w.Language+" unsigned pictures"] = Render(s, Options{Language: w.Language, Locale: Plain(w.Language)})
	}
	for name, o := range keptOptions() {
		for _, w := range tables {
			o.Language, o.Locale = w.Language, Plain(w.Language)
			all[w.Language+" kept "+name] = Render(kept(9), o)
			all[w.Language+" offline "+name] = Render(offline(9), o)
			s := signedState()
			s.Source = ""
			all[w.Language+" file "+name] = Render(s, o)
		}
	}
	all["loading"] = Render(reader.State{Phase: reader.Loading}, Options{})
	return all
}

type recorder struct{ events *[]string }

func (r *recorder) add(s string)  { *r.events = append(*r.events, s) }
func (r *recorder) Text(s string) { r.add("text " + s) }
func (r *recorder) Close()        { r.add("close") }
func (r *recorder) Open(tag string, attrs []view.Attr) {
	var list []string
	for _, a := range attrs {
		list = append(list, a.Name+"="+a.Value)
	}
	r.add(opening(tag, list))
}

// opening tells of an element. The parser sorts the attributes of some, so their order is left out of the comparison.
func opening(tag string, attrs []string) string {
	slices.Sort(attrs)
	return "open " + tag + " " + strings.Join(attrs, " ")
}

func record(events []string, n *html.Node) []string {
	if n.Type == html.TextNode {
		return append(events, "text "+n.Data)
	}
	var attrs []string
	for _, a := range n.Attr {
		attrs = append(attrs, a.Key+"="+a.Val)
	}
	events = append(events, opening(n.Data, attrs))
	for c := range n.ChildNodes() {
		events = record(events, c)
	}
	return append(events, "close")
}

// The direction of dir="auto" is found without bdi and without elements that have a dir of their own. Where only those
// hold letters it would be left to right, whatever they say.
func TestEveryAutomaticDirectionHasTextToFindItFrom(t *testing.T) {
	a := example()
	a.Body = append(a.Body,
		article.List{Items: []article.ListItem{{Content: article.Inline{linkRun("پیوند", "https://a.example/")}}}},
		article.Paragraph{Content: article.Inline{linkRun("پیوند", "https://a.example/")}},
		article.Table{Rows: [][]article.Inline{{{linkRun("پیوند", "https://a.example/"), {Text: ", "}, linkRun("دیگری", "https://b.example/")}}}})
	p := render(t, ready(a), options())
	checked := 0
	for _, n := range p.all("*", "dir=auto") {
		checked++
		if strings.ContainsFunc(textOf(n), unicode.IsLetter) {
			require.True(t, strings.ContainsFunc(directText(n), unicode.IsLetter), "%s %q", n.Data, textOf(n))
		}
	}
	require.Greater(t, checked, 20)
}

func directText(n *html.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		_, own := attrOf(c, "dir")
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Data != "bdi" && !own:
			b.WriteString(directText(c))
		}
	}
	return b.String()
}

func TestWhatIsAbsentLeavesNothingBehind(t *testing.T) {
	p := render(t, reader.State{Phase: reader.Ready, Article: &article.Article{Headline: "Alone", Body: []article.Block{paragraph("Text.")}}}, options())
	require.Equal(t, "AloneText.", p.text)
	for _, tag := range []string{"nav", "ul", "ol", "figure", "figcaption", "section", "details", "time", "button", "footer"} {
		require.Empty(t, p.all(tag), tag)
	}
	for _, n := range p.all("p") {
		require.NotEmpty(t, textOf(n))
	}
}

func TestControlsChooseTheParts(t *testing.T) {
	inside := map[string]string{
		"addresses": "input type=radio", "share": "* part=share", "channels": "section class=channels",
		"alternates": "section class=alternates", "related": "section class=related", "breadcrumbs": "nav part=breadcrumbs",
		"keep": "* part=shelf",
	}
	for control := range inside {
		t.Run(control+" alone", func(t *testing.T) {
			o := options()
			o.Controls = map[string]bool{control: true}
			p := render(t, ready(example()), o)
			for other, m := range inside {
				f := strings.Fields(m)
				require.Equal(t, other == control, len(p.all(f[0], f[1:]...)) > 0, other)
			}
			require.Contains(t, p.text, "From m1.example.net", "where a copy comes from is never hidden")
		})
	}
}

func TestTheHeadingsStandUnderTheHeadline(t *testing.T) {
	for level, want := range map[int][]string{0: {"h2", "h3", "h4"}, 1: {"h1", "h2", "h3"}, 3: {"h3", "h4", "h5"}, 6: {"h6", "h6", "h6"}} {
		o := options()
		o.HeadingLevel = level
		p := render(t, ready(example()), o)
		require.Equal(t, want[0], p.one("*", "part=headline").Data)
		for i, heading := range []string{"What changes", "The ramp"} {
			n := p.all(want[i+1])
			found := false
			for _, h := range n {
				found = found || textOf(h) == heading
			}
			require.True(t, found, "level %d: %q is no %s", level, heading, want[i+1])
		}
	}
}

func TestTheInterfaceSpeaksItsOwnLanguageAroundAnArticleInAnother(t *testing.T) {
	o := options()
	o.Language = "fa-IR"
	p := render(t, ready(example()), o)
	root := p.one("div", "class=byway")
	require.True(t, hasAll(root, []string{"lang=fa", "dir=rtl"}))
	p.one("article", "lang=en", "dir=ltr")
	p.one("nav", "lang=fa", "dir=rtl")
	p.one("ol", "lang=en", "dir=ltr")
	p.one("details", "part=addresses", "lang=fa", "dir=rtl")

	same := render(t, ready(example()), options())
	require.Empty(t, same.all("nav", "lang=en"), "the same language is not said again")
}

func TestDatesThatAreNotWorthTelling(t *testing.T) {
	published := day("2031-05-02T08:00:00Z")
	tests := []struct {
		name     string
		modified article.Date
		shown    bool
	}{
		{"an hour later is an update", day("2031-05-02T09:00:00Z"), true},
		{"a minute later is the publishing itself", day("2031-05-02T08:01:00Z"), false},
		{"the same moment is none", published, false},
		{"before the publishing cannot be", day("2031-05-02T07:00:00Z"), false},
		{"the same day without a time says nothing", article.DayOf(day("2031-05-02T00:00:00Z").Time()), false},
		{"a later day without a time is an update", article.DayOf(day("2031-05-03T00:00:00Z").Time()), true},
		{"no date is none", article.Date{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &article.Article{Headline: "H", DatePublished: published, DateModified: tt.modified}
			require.Equal(t, tt.shown, strings.Contains(render(t, ready(a), options()).text, "Updated"))
		})
	}
}

func TestADayIsMarkedUpAsADay(t *testing.T) {
	a := &article.Article{Headline: "H", DatePublished: article.DayOf(day("2031-05-02T00:00:00Z").Time())}
	render(t, ready(a), options()).one("time", "datetime=2031-05-02")
}

func TestWhatACopyLacksIsSaid(t *testing.T) {
	tests := []struct {
		name   string
		change func(*article.Article)
		want   string
	}{
		{"a newer version", func(a *article.Article) { a.Version = "byway-article/2.1" }, english.Newer + " Read it at gazette.example."},
		{"not free", func(a *article.Article) { a.IsAccessibleForFree = ptr(false) }, english.NotFree + " Read it at gazette.example."},
		{"a part of the text", func(a *article.Article) { a.IsPartial = true }, english.Partial + " Read it at gazette.example."},
		{"no body", func(a *article.Article) { a.Body = nil }, english.NoText + " Read it at gazette.example."},
		{"no body and no address of the original", func(a *article.Article) { a.Body, a.URL = nil, "" }, english.NoText},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := example()
			tt.change(a)
			require.Equal(t, tt.want, textOf(render(t, ready(a), options()).one("p", "class=limits")))
		})
	}
	require.Empty(t, render(t, ready(example()), options()).all("p", "class=limits"))
}

func TestWriteDocument(t *testing.T) {
	var b strings.Builder
	require.NoError(t, WriteDocument(&b, ready(example()), Options{Language: "fa"}, ".byway{color:red}"))
	doc, err := html.Parse(strings.NewReader(b.String()))
	require.NoError(t, err)
	p := parsed{t, doc, ""}
	p.one("html", "lang=fa", "dir=rtl")
	require.Equal(t, "The weir is to be lowered & the fish let through", textOf(p.one("title")))
	p.one("link", "rel=canonical", "href=https://gazette.example/valley/mill/weir")
	require.Contains(t, textOf(p.one("style")), ".byway{color:red}")
	p.one("article")
}
