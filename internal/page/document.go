package page

import (
	"io"
	"strings"

	"byway/internal/reader"
	"byway/internal/view"
)

// WriteDocument writes a state that has an article as a whole HTML page with a style sheet in it, to be read without
// any script. Without a Locale it has the Plain one. The style is the caller's own and is written as it is.
func WriteDocument(w io.Writer, s reader.State, o Options, style string) error {
	if o.Locale == nil {
		o.Locale = Plain(o.Language)
	}
	words := wordsFor(o.Language)
	var b strings.Builder
	b.WriteString(`<!doctype html>` + "\n" + `<html lang="` + words.Language + `" dir="` + words.Dir + `"><head>` +
		`<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">` +
		`<title>` + view.EscapeQuoted(s.Article.Headline) + `</title>`)
	if u := view.LinkURL(s.Article.URL); !u.IsZero() {
		b.WriteString(`<link rel="canonical" href="` + view.EscapeQuoted(u.String()) + `">`)
	}
	b.WriteString(`<style>body{margin:0}` + style + `</style></head><body>`)
	if err := view.WriteHTML(&b, Render(s, o)); err != nil {
		return err
	}
	b.WriteString("</body></html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}
