package decode_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// What is said once and referred to a thousand times is not read, nor written, a thousand times.
func TestNoDocumentGrows(t *testing.T) {
	long, person := strings.Repeat("long words ", 2_000), object{"@id": "p"}
	list := object{"@type": "BreadcrumbList", "itemListElement": slices.Repeat([]any{object{"item": person}}, 60)}
	folder := "https://n.example/" + strings.Repeat("d", 30_000) + "/"
	for name, doc := range map[string]any{
		"authors":     ld(object{"author": slices.Repeat([]any{person}, 5_000), "mentions": object{"@id": "p", "name": long}}),
		"reports":     ld(object{"@type": "LiveBlogPosting", "liveBlogUpdate": slices.Repeat([]any{person}, 4_000), "mentions": object{"@id": "p", "articleBody": long}}),
		"breadcrumbs": object{"@graph": append(slices.Repeat([]any{list}, 300), ld(object{"mentions": object{"@id": "p", "name": long}}))},
		"a headline and breadcrumbs": object{"@graph": append(slices.Repeat([]any{object{"@type": "BreadcrumbList", "itemListElement": object{"name": "a", "item": "https://b.example/c"}}}, 1_000),
			ld(object{"headline": long}))},
		"a headline and headings": storyOf(object{"headlines": object{"basic": long}, "content_elements": slices.Repeat([]any{object{"type": "text", "content": "<h2>h</h2>"}}, 3_000)}),
		"links in a long folder":  native(`"url":"` + folder + `","body":[` + strings.Repeat(`{"type":"paragraph","content":[{"text":"a","url":"b"}]},`, 3_000) + `"x"]`),
		"the site of Ghost":       object{"posts": []any{ghostOf(object{"url": "https://" + strings.Repeat("a", 20_000) + ".example/p/", "html": strings.Repeat("<p>__GHOST_URL__</p>", 3_000)})}},
		"pictures of WordPress.com": comOf(object{"featured_image": "https://n.example/" + long, "attachments": func() object {
			all := object{}
			for i := range 3_000 {
				all[strings.Repeat("k", i)[:i%50]+string(rune('a'+i))] = object{"URL": "https://n.example/b.jpg"}
			}
			return all
		}()}),
		"credits": native(`"body":[{"type":"html","html":"<figure><img src=/a.jpg>` + strings.Repeat("<span class=credit>Lina Haddad, of the agency</span>", 4_000) + `"}]`),
	} {
		t.Run(name, func(t *testing.T) {
			src, ready := doc.(string)
			if !ready {
				src = mustJSON(doc)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			a, _, err := decode.Decode([]byte(src), decode.Options{Base: "https://n.example/a.json"})
			runtime.ReadMemStats(&after)
			require.NoError(t, err)
			require.Less(t, int(after.TotalAlloc-before.TotalAlloc), 200*len(src), "bytes that were needed, for %d", len(src))
			require.Less(t, len(a.JSON("")), 10*len(src))
		})
	}
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
