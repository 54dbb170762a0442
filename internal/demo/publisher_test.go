package demo

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"byway/internal/article"
	"byway/internal/blockade"
	"byway/internal/decode"
	"byway/internal/trust"

	"github.com/stretchr/testify/require"
)

// file is what an address holds.
func file(t *testing.T, address, path string) []byte {
	t.Helper()
	response, body := get(t, address+"/"+path, "identity")
	require.Equal(t, http.StatusOK, response.StatusCode, path)
	require.Equal(t, "*", response.Header.Get("Access-Control-Allow-Origin"))
	require.Equal(t, "no-store", response.Header.Get("Cache-Control"))
	return []byte(body)
}

// embedded is what the partner's page pins.
func embedded(t *testing.T, d *Demo) trust.Anchor {
	t.Helper()
	_, page := get(t, d.URL+"/", "")
	part := func(pattern string) string {
		all := regexp.MustCompile(pattern).FindAllStringSubmatch(page, -1)
		require.Len(t, all, 2, pattern)
		require.Equal(t, all[0][1], all[1][1])
		return html.UnescapeString(all[0][1])
	}
	key, err := trust.ParseKey(part(` key="([^"]*)"`))
	require.NoError(t, err)
	require.NotEmpty(t, part(` min-feed="(\d+)"`))
	return trust.Anchor{Key: key, Root: []byte(part(`(?s)<script type="text/byway-root">\n(.*?)</script>`))}
}

// edition opens the feed of an address, and the articles that it names.
func edition(t *testing.T, anchor trust.Anchor, address string) (trust.Feed, map[string]article.Article) {
	t.Helper()
	state, err := trust.Start(anchor, nil)
	require.NoError(t, err)
	feed, err := state.AcceptFeed(file(t, address, trust.FeedPath), time.Now())
	require.NoError(t, err)
	require.Len(t, feed.Items, 2)
	articles := map[string]article.Article{}
	for _, item := range feed.Items {
		alias := file(t, address, trust.AliasPath(item.Path))
		require.NoError(t, item.Check(alias))
		require.Equal(t, alias, file(t, address, trust.BlobPath(item.Blob, ".json")))
		a, _, err := decode.Decode(alias, decode.Options{})
		require.NoError(t, err)
		articles[item.Path] = a
	}
	return feed, articles
}

func TestThePublisherSignedWhatTheAddressesHold(t *testing.T) {
	d := started(t)
	anchor := embedded(t, d)
	feed, articles := edition(t, anchor, d.Mirrors[1])
	require.Equal(t, trust.Correction, feed.Items[0].Notice.Kind)
	for path, a := range articles {
		require.NotContains(t, string(a.JSON("")), "/pictures/", "%s: a picture that nobody signed", path)
		lead := a.Image[0]
		require.Len(t, file(t, d.Mirrors[2], strings.TrimPrefix(lead.URL, d.Mirrors[0]+"/")), lead.ContentSize)
		page := file(t, d.Mirrors[2], strings.TrimPrefix(a.URL, d.Mirrors[0]+"/"))
		require.Contains(t, string(page), "<h1")
		require.Contains(t, string(page), ".byway/byway.js")
	}
}

func TestTheEarlierEditionIsWholeToo(t *testing.T) {
	d := started(t)
	anchor := embedded(t, d)
	now, today := edition(t, anchor, d.Mirrors[1])
	setPanel(t, d, `{"mirror":1,"fault":"older"}`)
	then, yesterday := edition(t, anchor, d.Mirrors[1])
	require.Less(t, then.Version, now.Version)
	for path := range today {
		require.NotEqual(t, today[path].Headline, yesterday[path].Headline, "%s: its headline did not change", path)
	}
	require.NotContains(t, string(yesterday[ferry].JSON("")), "41 to 2")
	require.NotContains(t, string(yesterday[ferry].JSON("")), "earlier version")
}

func TestEveryAddressHoldsTheElementToo(t *testing.T) {
	d := started(t)
	require.NoError(t, d.servers[0].SetFault(blockade.Healthy))
	for _, m := range d.Mirrors {
		response, body := get(t, m+"/.byway/byway.0123.wasm", "identity")
		require.Equal(t, "\x00asm", body)
		require.Equal(t, "*", response.Header.Get("Access-Control-Allow-Origin"))
		require.Contains(t, response.Header.Get("Cache-Control"), "immutable")
	}
}
