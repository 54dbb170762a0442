package publish

import (
	"cmp"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"byway/internal/view"
)

// Limits of the lists, each of which holds the newest.
const (
	maxIndex   = 500   // articles on the page of a section
	maxFeed    = 50    // of feed.json
	maxSitemap = 50000 // https://www.sitemaps.org/protocol.html
)

// item is an article for lists.
type item struct {
	path string
	*entry
}

// newestFirst are all articles; those without a date come last.
func (l *ledger) newestFirst() []item {
	var all []item
	for path, e := range l.Articles {
		all = append(all, item{path, e})
	}
	slices.SortFunc(all, func(a, b item) int {
		return cmp.Or(b.Modified.Compare(a.Modified), strings.Compare(a.path, b.path))
	})
	return all
}

// collections writes what is made of all articles together.
func (p *publisher) collections(context.Context) error {
	all := p.new.newestFirst()
	err := errors.Join(p.indexes(all), p.sitemap(all), p.jsonFeed(all))
	texts, listErr := p.hostFiles()
	err = errors.Join(err, listErr)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		err = errors.Join(err, p.other(name, []byte(texts[name])))
	}
	slices.Sort(p.new.Others)
	return err
}

// other puts a file in place that belongs to no single article.
func (p *publisher) other(name string, data []byte) error {
	p.new.Others = append(p.new.Others, name)
	return p.to.put(pages, name, data)
}

// shelf is one section: a folder of the source, or one that articles name with an address of the site.
type shelf struct {
	name    string
	items   []item
	folders map[string]bool // directly in it
}

// indexes writes index.html for the site and for each of its sections.
func (p *publisher) indexes(all []item) error {
	shelves := map[string]*shelf{}
	for _, i := range all {
		for _, folder := range i.folders() {
			in(shelves, folder).items = append(in(shelves, folder).items, i)
		}
	}
	for _, folder := range slices.Collect(maps.Keys(shelves)) {
		for child := folder; child != ""; child = parent(child) {
			in(shelves, parent(child)).folders[child] = true
		}
	}
	for _, i := range slices.Backward(all) { // what the newest article calls a section counts
		for _, s := range i.Sections {
			in(shelves, s.Folder).name = s.Name
		}
	}
	in(shelves, "").name = p.root.Site
	var err error
	for _, folder := range slices.Sorted(maps.Keys(shelves)) {
		err = errors.Join(err, p.other(path.Join(folder, "index.html"), p.index(folder, shelves)))
	}
	return err
}

// folders are those on whose pages the article stands, each once.
func (i item) folders() []string {
	all := []string{""}
	for folder := parent(i.path); folder != ""; folder = parent(folder) {
		all = append(all, folder)
	}
	for _, s := range i.Sections {
		all = append(all, s.Folder)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func parent(p string) string {
	if dir := path.Dir(p); dir != "." {
		return dir
	}
	return ""
}

func in(shelves map[string]*shelf, folder string) *shelf {
	if shelves[folder] == nil {
		shelves[folder] = &shelf{name: folder, folders: map[string]bool{}}
	}
	return shelves[folder]
}

// index is the page of one section.
func (p *publisher) index(folder string, shelves map[string]*shelf) []byte {
	s := shelves[folder]
	up := ""
	if folder != "" {
		up = strings.Repeat("../", 1+strings.Count(folder, "/"))
	}
	var b strings.Builder
	b.WriteString(`<div class="byway"><main class="article"><h1 dir="auto">` + view.EscapeQuoted(s.name) + "</h1>\n")
	if folder != "" {
		b.WriteString("<p>" + anchor(up+path.Join(parent(folder), "index.html"), shelves[parent(folder)].name) + "</p>\n")
	}
	b.WriteString("<ul>\n")
	for _, child := range slices.Sorted(maps.Keys(s.folders)) {
		b.WriteString("<li>" + anchor(up+child+"/index.html", shelves[child].name) + "</li>\n")
	}
	for _, i := range s.items[:min(len(s.items), maxIndex)] {
		b.WriteString(tag("li", "lang", i.Language) + anchor(up+i.path+".html", i.Title) + i.day() + "</li>\n")
	}
	b.WriteString("</ul>\n</main></div>")
	return document{title: s.name, style: up + p.style, body: b.String()}.bytes()
}

func anchor(href, words string) string {
	return tag("a", "href", href, "dir", "auto") + view.EscapeQuoted(words) + "</a>"
}

func (i item) day() string {
	if i.Published.IsZero() {
		return ""
	}
	return " <time>" + i.Published.Format("2006-01-02") + "</time>"
}

// sitemap is that of https://www.sitemaps.org/protocol.html, with the pages of this site.
func (p *publisher) sitemap(all []item) error {
	var b strings.Builder
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, i := range all[:min(len(all), maxSitemap)] {
		b.WriteString("<url><loc>" + view.EscapeQuoted(p.base()+i.path) + ".html</loc>")
		if !i.Modified.IsZero() {
			b.WriteString("<lastmod>" + moment(i.Modified) + "</lastmod>")
		}
		b.WriteString("</url>\n")
	}
	b.WriteString("</urlset>\n")
	return p.other("sitemap.xml", []byte(b.String()))
}

// jsonFeedItem is one article as https://www.jsonfeed.org/version/1.1/ has it.
type jsonFeedItem struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Summary   string `json:"summary,omitempty"`
	Text      string `json:"content_text"`
	Image     string `json:"image,omitempty"`
	Published string `json:"date_published,omitempty"`
	Modified  string `json:"date_modified,omitempty"`
	Language  string `json:"language,omitempty"`
}

// jsonFeed is for programs that follow the site.
func (p *publisher) jsonFeed(all []item) error {
	items := []jsonFeedItem{}
	for _, i := range all[:min(len(all), maxFeed)] {
		f := jsonFeedItem{ID: p.base() + i.path + ".html", URL: i.URL, Title: i.Title, Summary: i.Summary,
			Text: cmp.Or(i.Summary, i.Title), Image: i.Picture, Language: i.Language}
		if !i.Published.IsZero() {
			f.Published = moment(i.Published)
		}
		if !i.Modified.IsZero() {
			f.Modified = moment(i.Modified)
		}
		items = append(items, f)
	}
	data, err := json.MarshalIndent(map[string]any{
		"version": "https://jsonfeed.org/version/1.1", "title": p.root.Site,
		"home_page_url": p.base(), "feed_url": p.base() + "feed.json", "items": items,
	}, "", " ")
	if err != nil {
		return err
	}
	return p.other("feed.json", append(data, '\n'))
}
