package decode_test

import (
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

func repeated(n int, v any) []any { return slices.Repeat([]any{v}, n) }

func postOf(html, link string) object {
	return object{"link": link, "title": object{"rendered": "H"}, "content": object{"rendered": html}}
}

func storyWith(headline string, n int, html string) object {
	return object{"type": "story", "headlines": object{"basic": headline}, "content_elements": repeated(n, object{"type": "text", "content": html})}
}

// multipliers are documents in which a long text meets something that can be repeated, of two sizes.
var multipliers = map[string]func(n int) any{
	"authors that are references to one": func(n int) any {
		one := object{"@id": "p", "name": strings.Repeat("n", 5000*n)}
		return object{"@type": "NewsArticle", "headline": "H", "author": append(repeated(500*n, object{"@id": "p"}), one)}
	},
	"authors by reference in a post": func(n int) any {
		one := object{"@id": "p", "name": strings.Repeat("n", 5000*n)}
		p := postOf("x", "")
		p["yoast_head_json"] = object{"schema": object{"@graph": []any{object{"@type": "Article", "author": repeated(500*n, object{"@id": "p"})}, one}}}
		return p
	},
	"reports that are references to one": func(n int) any {
		one := object{"@id": "p", "x": 1, "articleBody": strings.Repeat("n ", 2500*n)}
		return object{"@type": "LiveBlogPosting", "headline": "H", "liveBlogUpdate": append(repeated(500*n, object{"@id": "p"}), one)}
	},
	"reports with one picture": func(n int) any {
		all := []any{object{"image": object{"@id": "p", "url": "https://a.example/b.jpg", "caption": strings.Repeat("n ", 5000*n)}}}
		for i := range 250 * n {
			all = append(all, object{"x": i, "image": object{"@id": "p"}})
		}
		return object{"@type": "LiveBlogPosting", "headline": "H", "liveBlogUpdate": all}
	},
	"breadcrumbs beside a long headline and publisher": func(n int) any {
		list := object{"@type": "BreadcrumbList", "itemListElement": object{"name": "a", "item": "https://b.example/c"}}
		one := object{"@type": "NewsArticle", "headline": strings.Repeat("x ", 5000*n), "publisher": object{"name": strings.Repeat("n", 5000*n)}}
		return object{"@graph": append(repeated(250*n, list), one)}
	},
	"breadcrumbs of one long name": func(n int) any {
		list := object{"@type": "BreadcrumbList", "itemListElement": repeated(64, object{"item": object{"@id": "i"}})}
		one := object{"@id": "i", "@type": "NewsArticle", "headline": "H", "name": strings.Repeat("n", 5000*n)}
		return object{"@graph": append(repeated(20*n, list), one)}
	},
	"addresses of the front page": func(n int) any {
		return object{"@type": "NewsArticle", "headline": "H", "mainEntityOfPage": repeated(500*n, "https://b.example/fa"),
			"publisher": object{"name": strings.Repeat("n", 5000*n), "url": "https://b.example/fa/"}}
	},
	"links relative to a long address": func(n int) any {
		return postOf(strings.Repeat("<a href=b>x</a> ", 500*n), "https://n.example/"+strings.Repeat("a", 10_000*n)+"/")
	},
	"pictures relative to a long address": func(n int) any {
		return postOf(strings.Repeat("<p>x<img src=b.jpg>", 200*n), "https://n.example/"+strings.Repeat("a", 10_000*n)+"/")
	},
	"a long host of Ghost": func(n int) any {
		return object{"posts": []any{object{"title": "H", "slug": "s", "comment_id": "1", "url": "https://" + strings.Repeat("a", 5000*n) + ".example/p/",
			"html": strings.Repeat("__GHOST_URL__ ", 2000*n)}}}
	},
	"headings beside a long headline": func(n int) any {
		return storyWith(strings.Repeat("H", 20_000*n), 500*n, "<h2>h</h2>")
	},
	"attachments beside a long address": func(n int) any {
		all := object{}
		for i := range 250 * n {
			all[strconv.Itoa(i)] = object{"URL": "https://a.example/b.jpg"}
		}
		return object{"ID": 1, "site_ID": 2, "title": "H", "content": "x", "attachments": all,
			"featured_image": "https://a.example/" + strings.Repeat("a/", 5000*n)}
	},
	"credits of one figure": func(n int) any {
		return postOf("<figure><img src=/a.jpg>"+strings.Repeat("<span class=credit>"+strings.Repeat("ab ", 30)+"</span>", 500*n)+"</figure>", "https://a.example/")
	},
	"cells that cover others": func(n int) any {
		return postOf("<table><tr>"+strings.Repeat("<td colspan=100 rowspan=100>x", 5*n)+"</tr>"+strings.Repeat("<tr><td>y", 50*n), "")
	},
}

func TestWorkGrowsNoFasterThanTheDocument(t *testing.T) {
	for name, document := range multipliers {
		t.Run(name, func(t *testing.T) {
			once, twice := allocated(t, mustJSON(document(1))), allocated(t, mustJSON(document(2)))
			require.Less(t, twice, 3*once, "twice as long a document costs %.1f times as much", float64(twice)/float64(once))
		})
	}
}

// allocated is how many bytes of memory it takes to decode and to show a document.
func allocated(t *testing.T, src string) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	a, _, err := decode.Decode([]byte(src), decode.Options{})
	runtime.ReadMemStats(&after)
	require.NoError(t, err)
	requireBounded(t, a, len(src))
	return after.TotalAlloc - before.TotalAlloc
}

func TestAttachmentsOfAFeedHaveALimit(t *testing.T) {
	src := mustJSON(object{"version": "https://jsonfeed.org/version/1.1", "items": []any{object{"id": "1", "title": "T", "content_html": "<p>x</p>",
		"attachments": slices.Repeat([]any{object{"url": "https://n.example/a.mp3", "mime_type": "audio/mpeg"}}, 70)}}})
	a, warnings := mustDecode(t, src, decode.Options{})
	require.Len(t, a.Body, 1+64)
	require.Contains(t, warnings, article.Warning{At: "attachments", What: "more than 64: the rest is left out"})
}

func TestWarningsHaveALimit(t *testing.T) {
	_, warnings := mustDecode(t, native(`"body":[`+strings.Repeat(`{"type":"figure","image":{"url":"javascript:x"}},`, 3_000)+`"x"]`), decode.Options{})
	require.Len(t, warnings, 501)
	require.Equal(t, "and 4989 more", warnings[500].What)
}

func TestWhatAServerSaysIsQuoted(t *testing.T) {
	_, _, err := decode.Decode([]byte(`{"code":"\u001b[31m`+strings.Repeat("x", 1_000)+`","message":"m","data":{"status":"\u001b[0m"}}`), decode.Options{})
	require.NotContains(t, err.Error(), "\x1b")
	require.Less(t, len(err.Error()), 300)
}
