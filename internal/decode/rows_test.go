package decode_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/page"
	"byway/internal/reader"
	"byway/internal/view"
)

// row is one row of formats.md §4: what publishers write, and what a reader is shown then. Its name is the row's words.
type row struct {
	name  string
	src   string
	o     decode.Options
	shows []string // parts of what is shown
	hides []string // what no part of it may be
	warns string   // part of a warning; "": there may be any
	says  string   // part of the error, where there is no article
	check func(t *testing.T, a article.Article)
}

// requireRows decodes and shows each document as "byway render" does.
func requireRows(t *testing.T, rows []row) {
	t.Helper()
	require.NotEmpty(t, rows)
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) { requireRow(t, r) })
	}
}

func requireRow(t *testing.T, r row) {
	if r.o.Base == "" {
		r.o.Base = "https://known.example/2031/a.json"
	}
	a, warnings, err := decode.Decode([]byte(r.src), r.o)
	if r.says != "" {
		require.ErrorContains(t, err, r.says)
		return
	}
	require.NoError(t, err)
	html := rendered(t, a)
	for _, part := range r.shows {
		require.Contains(t, html, part)
	}
	for _, part := range r.hides {
		require.NotContains(t, html, part)
	}
	if r.warns != "" {
		require.Contains(t, said(warnings), r.warns)
	}
	if r.check != nil {
		r.check(t, a)
	}
	require.True(t, len(r.shows)+len(r.hides) > 0 || r.check != nil, "the row asks for nothing")
	requireComesBack(t, []byte(r.src), r.o)
}

func rendered(t testing.TB, a article.Article) string {
	t.Helper()
	var b strings.Builder
	s := reader.State{Phase: reader.Ready, Article: &a}
	require.NoError(t, view.WriteHTML(&b, page.Render(s, page.Options{Language: "en", Locale: page.Plain("en")})))
	return b.String()
}

func said(warnings []article.Warning) string {
	var all []string
	for _, w := range warnings {
		all = append(all, w.String())
	}
	return strings.Join(all, "\n")
}

// text puts a body into a post of WordPress, and titled a headline.
func text(html string) string { return wpPost(object{"content": object{"rendered": html}}) }

func titled(headline string) string { return wpPost(object{"title": object{"rendered": headline}}) }

func wpPost(over object) string {
	return mustJSON(put(object{
		"title": object{"rendered": "The weir at Ulmen"}, "content": object{"rendered": "<p>Water flows.</p>"},
		"link": "https://n.example/2031/weir/",
	}, over))
}

// TestEveryRowIsKnown reads the tables of the reference, §4.1 to §4.4, and looks for each row among those of the tests.
func TestEveryRowIsKnown(t *testing.T) {
	reference, err := os.ReadFile("../../../shared/reference/formats.md")
	if err != nil {
		t.Skipf("the reference is not beside the repository: %v", err)
	}
	var known []string
	for _, rows := range [][]row{rowsOfJSON(), rowsOfText(), rowsOfHTML(), rowsOfAddresses()} {
		for _, r := range rows {
			known = append(known, plainRow(r.name))
		}
	}
	_, chapter, found := strings.Cut(string(reference), "\n## 4. ")
	require.True(t, found)
	chapter, _, _ = strings.Cut(chapter, "\n### 4.5 ")
	count := 0
	for _, line := range strings.Split(chapter, "\n") {
		line, found := strings.CutPrefix(line, "| ")
		if !found || strings.HasPrefix(line, "case |") {
			continue
		}
		count++
		require.True(t, hasPrefixIn(plainRow(line), known), "no test is named after %q", line)
	}
	require.Greater(t, count, 50)
}

func hasPrefixIn(line string, names []string) bool {
	for _, name := range names {
		if strings.HasPrefix(line, name) {
			return true
		}
	}
	return false
}

// plainRow leaves only letters and digits: the reference has marks of Markdown, a test's name a colon behind the row.
func plainRow(s string) string {
	s, _, _ = strings.Cut(s, " // ")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("`*| ()", r) {
			return -1
		}
		return r
	}, s)
}
