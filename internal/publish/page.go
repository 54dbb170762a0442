package publish

import (
	"strings"

	"byway/internal/article"
	"byway/internal/page"
	"byway/internal/reader"
	"byway/internal/trust"
	"byway/internal/view"
)

// html is the page of an article: all of it is there before any script runs, and stays if none does. Addresses of what
// lies in the site are relative, so that the page is whole at whichever address it is read.
func (w *work) html(a *article.Article) ([]byte, error) {
	up := strings.Repeat("../", strings.Count(w.path, "/"))
	var content strings.Builder
	state := reader.State{Phase: reader.Ready, Article: a}
	o := page.Options{Language: a.InLanguage, Locale: page.Plain(a.InLanguage), HeadingLevel: 1, Controls: withoutScripts}
	if err := view.WriteHTML(&content, page.Render(state, o)); err != nil {
		return nil, err
	}
	d := document{language: a.InLanguage, dir: string(a.Dir), title: a.Headline, style: up + w.style}
	d.head = tag("link", "rel", "canonical", "href", a.URL) +
		tag("link", "rel", "alternate", "type", "application/json", "href", up+"a/"+w.path+articleSuffix)
	d.body = strings.ReplaceAll(content.String(), view.EscapeQuoted(w.base()+"b/"), up+"b/")
	if w.Element != "" {
		d.body = w.snippet() + d.body + "</byway-article>\n" +
			tag("script", "type", "module", "src", up+elementFolder+"/byway.js") + "</script>"
	}
	if w.worker {
		d.body += "\n" + `<script defer src="` + view.EscapeQuoted(up+workerFile) + `"></script>`
	}
	return d.bytes(), nil
}

// withoutScripts are the parts of a page that work as they are.
var withoutScripts = map[string]bool{"alternates": true, "breadcrumbs": true, "channels": true, "related": true}

// snippet opens the element as a partner would. It pins the key and no more, since a root or a feed that is renewed must
// not change every page.
func (w *work) snippet() string {
	return tag("byway-article", append(w.place(w.path), "key", w.report.Pin, "heading-level", "1")...)
}

// place says in attributes where an article lies.
func (s *standing) place(path string) []string {
	all := []string{"src", s.base() + trust.AliasPath(path), "base", s.base()}
	if mirrors := s.mirrors(); mirrors != nil {
		all = append(all, "mirrors", strings.Join(mirrors, " "))
	}
	return all
}

// document is a page around its content. Title, language and direction are of others, head and body are HTML.
type document struct {
	language, dir, title, style string
	head, body                  string
}

func (d document) bytes() []byte {
	html := []string{}
	if d.language != "" {
		html = append(html, "lang", d.language)
	}
	if d.dir != "" {
		html = append(html, "dir", d.dir)
	}
	return []byte("<!doctype html>\n" + tag("html", html...) + "<head>" +
		`<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">` +
		"<title>" + view.EscapeQuoted(d.title) + "</title>" + tag("link", "rel", "stylesheet", "href", d.style) + d.head +
		"</head><body>\n" + d.body + "\n</body></html>\n")
}

// tag opens an element. Names and values of its attributes take turns.
func tag(name string, attributes ...string) string {
	out := "<" + name
	for i := 0; i < len(attributes); i += 2 {
		out += " " + attributes[i] + `="` + view.EscapeQuoted(attributes[i+1]) + `"`
	}
	return out + ">"
}
