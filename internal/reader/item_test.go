package reader_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"byway/internal/reader"
)

const (
	feedOfTwo = `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"hill","title":"The hill","content_text":"x"},
		{"id":"urn:x:river","url":"https://news.example/2031/رود","title":"The river","content_html":"<p><a href='more'>m</a></p>"}]}`
	feedOfOne = `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"hill","title":"The hill","content_text":"x"}]}`
)

func TestTheFragmentOfSrcChoosesAnArticleOfAFeed(t *testing.T) {
	const address = "https://news.example/feed.json"
	for _, c := range []struct {
		name, fragment      string
		net                 *network
		headline, from, why string
	}{
		{"none", "", answers(feedOfTwo, "!", "!"), "The hill", "news.example", ""},
		{"an id", "#urn:x:river", answers(feedOfTwo, "!", "!"), "The river", "news.example", ""},
		{"an address, as the browser writes it", "#https://news.example/2031/%D8%B1%D9%88%D8%AF", answers(feedOfTwo, "!", "!"), "The river", "news.example", ""},
		{"one that the copy of an address lacks", "#urn:x:river", answers(feedOfOne, feedOfTwo, "!"), "The river", "m1.example.net", ""},
		{"one that every copy lacks", "#urn:x:sea", answers(feedOfTwo, feedOfOne, feedOfTwo), "", "", `no article "urn:x:sea"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := read(t, reader.Config{Src: address + c.fragment, Mirrors: mirrors}, c.net, nil)
				s := d.State()
				for _, url := range c.net.urls {
					require.NotContains(t, url, "#", "it is nothing for hosts")
				}
				if c.why != "" {
					require.Nil(t, s.Article)
					require.Equal(t, reader.Refused, s.Phase)
					require.Equal(t, reader.NotAnArticle, s.Problem.Kind)
					require.Contains(t, s.Problem.Detail, c.why)
					return
				}
				require.Equal(t, c.headline, s.Article.Headline)
				require.Equal(t, c.from, s.Source)
			})
		})
	}
}

func TestEachArticleOfADocumentIsKeptAsItself(t *testing.T) {
	const address = "https://news.example/feed.json"
	synctest.Test(t, func(t *testing.T) {
		m, kept := &memory{}, newShelf()
		for src, headline := range map[string]string{address: "The hill", address + "#urn:x:river": "The river"} {
			d := visit(t, reader.Config{Src: src}, answers(feedOfTwo, "!", "!"), m, kept)
			d.settle()
			require.NoError(t, d.Save(t.Context()))
			require.Equal(t, headline, d.State().Article.Headline)
		}
		for src, headline := range map[string]string{address: "The hill", address + "#urn:x:river": "The river"} {
			d := visit(t, reader.Config{Src: src}, dead(), m, kept)
			d.settle()
			require.Equal(t, headline, d.State().Article.Headline)
			require.Len(t, d.State().Shelf, 2)
			c, found := d.Copy(t.Context())
			require.True(t, found)
			require.Equal(t, address, c.Address)
			require.Equal(t, headline == "The river", c.Item == "urn:x:river")
		}
	})
}
