package publish

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Each of these would make a file where a folder is, or a name that a host cannot store: half of the site would be in
// place before that shows.
func TestNamesThatTheSiteOrAHostCannotHave(t *testing.T) {
	for _, c := range []struct {
		name  string
		files []string
		err   string
	}{
		{"the feed", []string{"feed.note/x.json"}, `feed.note/x.json: the site needs the name "feed.note" itself`},
		{"the map", []string{"sitemap.xml/x.json"}, `the site needs the name "sitemap.xml" itself`},
		{"the list", []string{"feed.json/x.json"}, `the site needs the name "feed.json" itself`},
		{"the headers", []string{"_headers/x.json"}, `the site needs the name "_headers" itself`},
		{"the worker", []string{"byway-sw.js/x.json"}, `the site needs the name "byway-sw.js" itself`},
		{"Caddy's file in another case", []string{"caddyfile/x.json"}, `the site needs the name "caddyfile" itself`},
		{"roots", []string{"Root/x.json"}, `the site needs the name "Root" itself`},
		{"articles", []string{"a/x.json"}, `the site needs the name "a" itself`},
		{"a list", []string{"news/index.html/x.json"}, "the folder news/index.html: the site needs that name"},
		{"a page beside a folder", []string{"x.json", "x.html/y.json"}, "the folder x.html: the site needs that name for x.json"},
		{"an article beside a folder", []string{"x.json", "X.json/y.json"}, "the folder X.json: the site needs that name for x.json"},
		{"two folders", []string{"news/x.json", "News/y.json"}, "the folder news differs from News by the case"},
		{"a device", []string{"news/con.json"}, `no name such as "con"`},
		{"a device with more behind it", []string{"Aux.2026/x.json"}, `no name such as "Aux.2026"`},
		{"a numbered device", []string{"COM1.json"}, `no name such as "COM1"`},
		{"a dot at the end", []string{"news./x.json"}, "no name that ends with a dot"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, usual())
			staged := 0
			d.step = func() { staged++ }
			for _, name := range c.files {
				d.write(name, story("R", ""))
			}
			require.Contains(t, d.refused(), c.err)
			require.Zero(t, staged)
			require.NoDirExists(t, d.Site)
		})
	}
}

func TestNamesThatOnlyLookLikeThose(t *testing.T) {
	d := newDesk(t, nil)
	for _, name := range []string{"a.json", "feed.json", "robots.json", "sitemap.json", "console.json", "com.json", "com10.json", "news/feed.note/x.json", "news/a/x.json"} {
		d.write(name, story("R", ""))
	}
	require.Equal(t, 9, d.run().Articles)
}

// A section is where its address says, but never on what the site needs itself, nor outside of it.
func TestSectionsHaveNoNameOfTheSite(t *testing.T) {
	for address, folder := range map[string]string{
		"coast/": "coast", "a/": "", "_headers/": "", "Caddyfile/": "", "x.html/y/": "", ".byway/x/": "", "nul/": "", "../../coast/": "", "coast//x/": "",
	} {
		found, ours := folderOf("https://news.example/", "https://news.example/"+address)
		require.Equal(t, folder, found, address)
		require.Equal(t, folder != "", ours, address)
	}
}
