package publish

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/page"
	"byway/internal/reader"
	"byway/internal/trust"
	"byway/internal/view"
)

// Embedding is an article for the page of a partner.
type Embedding struct {
	Site    string
	Article string // its path; "a/" before it and ".json" behind it are no part of it
	Script  string // address of byway.js as the partner's page names it; "": that in the site
	Short   bool   // inside the element only headline, standfirst and a link, not all of the article
	Now     time.Time
}

// Snippet is what a partner needs.
type Snippet struct {
	HTML   string // for the place of the article in the page; UTF-8, ends with a newline
	Policy string // the strictest Content-Security-Policy under which it works
}

// Embed writes the snippet. It pins the site's root key, its root and the version of its feed, so that the first visit of
// a reader needs one request less, and is not fooled by what was published before today.
func Embed(e Embedding) (Snippet, error) {
	p, err := open(Options{Site: e.Site, DryRun: true, Now: e.Now})
	var s Snippet
	if err == nil {
		s, err = p.embed(e)
	}
	if err != nil {
		return Snippet{}, fmt.Errorf("embed: %w", err)
	}
	return s, nil
}

func (p *publisher) embed(e Embedding) (Snippet, error) {
	path := articlePath(e.Article)
	a, err := p.readArticle(path)
	if err != nil {
		return Snippet{}, err
	}
	script, host, err := p.script(e.Script)
	if err != nil {
		return Snippet{}, err
	}
	inside := short
	if !e.Short {
		inside = full
	}
	elsewhere := unsigned(&a)
	fallback, err := inside(&a)
	if err == nil && strings.Contains(string(p.rootNote), "<") {
		err = errors.New("the root has a <, which would end it in a page: name keys with letters and digits")
	}
	attributes := append(p.place(path), "key", p.root.RootKeys[0].String(), "min-feed", strconv.FormatInt(p.feed.Version, 10))
	return Snippet{
		HTML: tag("script", "type", "module", "src", script) + "</script>\n" +
			tag("byway-article", attributes...) + "\n" +
			tag("script", "type", "text/byway-root") + "\n" + string(p.rootNote) + "</script>\n" +
			fallback + "\n</byway-article>\n",
		Policy: p.policy(host, fallback, elsewhere),
	}, err
}

// readArticle gives an article as its readers get it.
func (p *publisher) readArticle(path string) (article.Article, error) {
	all, err := p.published()
	if err != nil {
		return article.Article{}, err
	}
	i, known := all.Find(path)
	switch {
	case !known:
		return article.Article{}, unknownArticle(path, all)
	case isWithdrawal(i):
		return article.Article{}, fmt.Errorf("%s was withdrawn on %s", path, i.Notice.At.Format(time.DateOnly))
	}
	name := trust.BlobPath(i.Blob, articleSuffix)
	body, err := p.to.read(name)
	if err == nil {
		err = i.Check(body)
	}
	if err != nil {
		return article.Article{}, fmt.Errorf("%s: %w: publish again", name, err)
	}
	a, _, err := decode.Decode(body, decode.Options{Format: "native"})
	if a.URL == "" || view.LinkURL(a.URL).IsZero() {
		a.URL = p.base() + pageOf(path)
	}
	return a, err
}

// full is the article as the element would show it, with its pictures in their smallest size: the page around it may have
// no styles that keep a wide one within its column.
func full(a *article.Article) (string, error) {
	eachImage(a, func(im *article.Image) {
		for _, r := range im.Renditions {
			if r.Width > 0 && r.Width < im.Width {
				im.URL, im.Width, im.Height = r.URL, r.Width, r.Height
			}
		}
		im.Renditions = nil
	})
	var b strings.Builder
	o := page.Options{Language: a.InLanguage, Locale: page.Plain(a.InLanguage), Controls: withoutScripts}
	err := view.WriteHTML(&b, page.Render(reader.State{Phase: reader.Ready, Article: a}, o))
	return b.String(), err
}

// short leads to the article.
func short(a *article.Article) (string, error) {
	attributes := []string{}
	if a.InLanguage != "" {
		attributes = append(attributes, "lang", a.InLanguage)
	}
	if a.Dir != "" {
		attributes = append(attributes, "dir", string(a.Dir))
	}
	out := tag("div", attributes...) + "<h2>" + tag("a", "href", a.URL) + view.EscapeQuoted(a.Headline) + "</a></h2>"
	if words := a.Description.Text(); words != "" {
		out += "<p>" + view.EscapeQuoted(words) + "</p>"
	}
	return out + "</div>", nil
}
