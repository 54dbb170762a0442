package blockade

import (
	"io"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
)

// anotherArticle is sent where the publisher is not known to have a second one.
const anotherArticle = `{
 "version": "byway-article/1",
 "id": "blockade-another",
 "headline": "Another article",
 "url": "https://blockade.example/another",
 "body": [{"type": "paragraph", "content": ["This is not the article that was asked for."]}]
}
`

// another sends an article under the address of one more. A publisher's own is the better lie, where there is a feed
// that names two: it is signed, and only its path is wrong. All but articles is as it should be then.
func (e *exchange) another() {
	base, articles := e.published()
	switch asked, isArticle := articleOf(strings.TrimPrefix(e.r.URL.Path, base)); {
	case len(articles) < 2:
		e.allow()
		e.w.Header().Set("Content-Type", "application/json")
		io.WriteString(e.w, anotherArticle)
	case isArticle:
		e.ask(base + "a/" + other(articles, asked) + articleSuffix).writeTo(e.w)
	default:
		e.healthy()
	}
}

const articleSuffix = ".json"

// articleOf is how a published article is asked for in its tree: by its path or by its hash.
func articleOf(file string) (asked string, isArticle bool) {
	file, isJSON := strings.CutSuffix(file, articleSuffix)
	folder, asked, _ := strings.Cut(file, "/")
	return asked, isJSON && (folder == "a" || folder == "b")
}

// item is an article as a feed names it.
var item = regexp.MustCompile(`"p":"([^"\\]+)","h":"([0-9a-f]{64})"`)

// published are the articles that the nearest feed names, each by its path and by its hash, and the folder of that feed.
func (e *exchange) published() (base string, articles [][2]string) {
	for at := path.Join("/", e.r.URL.Path); at != "/"; {
		at = path.Dir(at)
		base = strings.TrimSuffix(at, "/") + "/"
		feed := e.ask(base + "feed.note")
		if feed.status != http.StatusOK || !isNote(feed.body) {
			continue
		}
		for _, m := range item.FindAllSubmatch(feed.body, -1) {
			articles = append(articles, [2]string{string(m[1]), string(m[2])})
		}
		return base, articles
	}
	return base, nil
}

// other is the path of an article that is not the one that somebody asked for.
func other(articles [][2]string, asked string) string {
	i := slices.IndexFunc(articles, func(a [2]string) bool { return a[0] == asked || a[1] == asked })
	return articles[(i+1)%len(articles)][0]
}
