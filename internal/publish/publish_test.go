package publish

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestASiteIsWhatAStrangerCanVerify(t *testing.T) {
	d := newDesk(t, usual())
	d.Mirrors = []string{"https://m1.example.net/p/"}
	r := d.run()
	require.Equal(t, 3, r.Articles)
	require.Empty(t, r.Warnings)
	require.Equal(t, []string{"root/1.note", "feed.note", "root/current.note"}, r.Written[len(r.Written)-3:])
	require.Equal(t, signerOf("news.example/root1", 1).Public(), r.Pin)

	require.Equal(t, d.file("root/1.note"), d.file("root/current.note"))
	all := verify(t, d.Site)
	require.Len(t, all, 3)
	require.Equal(t, "A goat", all["posts/7"].Headline)
	river := all["2026/08/river"].Image[0]
	require.Equal(t, []int{1200, 960, 480}, []int{river.Width, river.Renditions[0].Width, river.Renditions[1].Width})
	require.Equal(t, "image/jpeg", river.EncodingFormat)
	require.Equal(t, river.URL, all["2026/08/tide"].Image[0].URL)
	require.Equal(t, "https://news.example/2026/08/river.html", all["2026/08/river"].URL)
	require.Equal(t, "https://news.example/2025/goat", all["posts/7"].URL)
	for path := range all {
		require.Contains(t, snapshot(t, filepath.Join(d.Site, "b")), d.old(path)+".json")
	}
}

// old is the hash of the bytes under an article's own path.
func (d *desk) old(path string) string { return hashOf([]byte(d.file("a/" + path + ".json"))) }

func TestThePageOfAnArticleReadsWithoutScripts(t *testing.T) {
	d := newDesk(t, usual())
	d.Mirrors = []string{"https://m1.example.net/p/"}
	d.Element = t.TempDir()
	for _, name := range []string{"byway.js", "byway.js.br", "byway.0123456789abcdef.wasm", "screenshots.txt"} {
		require.NoError(t, os.WriteFile(filepath.Join(d.Element, name), []byte(name), 0o644))
	}
	r := d.run()
	html := d.file("2026/08/river.html")
	require.Contains(t, html, `<h1 part="headline"`)
	require.Contains(t, html, "It rose in the night.")
	require.Contains(t, html, `src="../../b/`)
	require.NotContains(t, html, `src="https://news.example/b/`)
	require.Contains(t, html, `<link rel="canonical" href="https://news.example/2026/08/river.html">`)
	require.Contains(t, html, `<byway-article src="https://news.example/a/2026/08/river.json" base="https://news.example/" `+
		`mirrors="https://m1.example.net/p/" key="`+r.Pin+`" heading-level="1"><div class="byway"`)
	require.Contains(t, html, `</byway-article>
<script type="module" src="../../.byway/byway.js"></script>`)
	require.NotContains(t, html, "byway-sw.js")
	require.Equal(t, "byway.js.br", d.file(".byway/byway.js.br"))
	require.NoFileExists(t, filepath.Join(d.Site, ".byway/screenshots.txt"))
	require.Less(t, slices.Index(r.Written, ".byway/byway.0123456789abcdef.wasm"), slices.Index(r.Written, ".byway/byway.js"))

	require.NoError(t, os.WriteFile(filepath.Join(d.Element, "byway-sw.js"), []byte("worker"), 0o644))
	d.run()
	require.Contains(t, d.file("2026/08/river.html"), `<script defer src="../../byway-sw.js"></script>`)
	require.Equal(t, "worker", d.file("byway-sw.js"))

	d.Element = ""
	d.run()
	require.NotContains(t, d.file("2026/08/river.html"), "<script")
	require.NotContains(t, d.file("2026/08/river.html"), "<button")
	d.Element = t.TempDir()
	require.Contains(t, d.refused(), `run "make build"`)
}

func TestTheListsHoldAllArticles(t *testing.T) {
	d := newDesk(t, usual())
	d.run()
	require.Regexp(t, `(?s)2026/index.html.*coast/index.html.*posts/index.html.*2026/08/tide.html.*2026/08/river.html.*posts/7.html`, d.file("index.html"))
	require.Contains(t, d.file("coast/index.html"), `<h1 dir="auto">Coast &amp; harbour</h1>`)
	require.Contains(t, d.file("coast/index.html"), `href="../2026/08/river.html"`)
	require.NotContains(t, d.file("coast/index.html"), "tide")
	require.Contains(t, d.file("2026/08/index.html"), `<h1 dir="auto">2026/08</h1>`)
	require.Contains(t, d.file("2026/08/index.html"), `href="../../2026/index.html"`)

	var sitemap struct {
		URL []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
	}
	require.NoError(t, xml.Unmarshal([]byte(d.file("sitemap.xml")), &sitemap))
	require.Len(t, sitemap.URL, 3)
	require.Equal(t, "https://news.example/2026/08/tide.html", sitemap.URL[0].Loc)
	require.Equal(t, "2026-08-21T10:00:00Z", sitemap.URL[0].LastMod)

	var feed struct{ Items []map[string]string }
	require.NoError(t, json.Unmarshal([]byte(d.file("feed.json")), &feed))
	require.Equal(t, "The tide", feed.Items[0]["title"])
	require.Len(t, feed.Items, 3)
}

func TestASecondRunThatChangesNothingWritesNothing(t *testing.T) {
	d := newDesk(t, usual())
	d.run()
	before := snapshot(t, filepath.Dir(d.Site))
	dates := datesOf(t, filepath.Dir(d.Site))
	d.Now = noon.Add(6 * 24 * time.Hour)
	r := d.run()
	require.Empty(t, r.Written)
	require.Empty(t, r.Removed)
	require.Equal(t, before, snapshot(t, filepath.Dir(d.Site)))
	require.Equal(t, dates, datesOf(t, filepath.Dir(d.Site)))

	d.Now = noon.Add(8 * 24 * time.Hour) // after half of its life
	again := d.run()
	require.Equal(t, []string{"feed.note"}, again.Written)
	require.Greater(t, again.Feed, r.Feed)
	verify(t, d.Site)
}

// datesOf gives when each file was last written.
func datesOf(t *testing.T, folder string) map[string]time.Time {
	all := map[string]time.Time{}
	for name := range snapshot(t, folder) {
		info, err := os.Stat(filepath.Join(folder, name))
		require.NoError(t, err)
		all[name] = info.ModTime()
	}
	return all
}

func TestOnlyWhatChangedIsWritten(t *testing.T) {
	for _, c := range []struct {
		name    string
		change  func(d *desk)
		written []string // but for blobs
		removed []string
		paths   []string
	}{
		{"an article is edited", func(d *desk) { d.write("posts/7.json", strings.Replace(usual()["posts/7.json"], "nine", "ten", 1)) },
			[]string{"posts/7.html", "a/posts/7.json", "feed.note"}, nil, []string{"2026/08/river", "2026/08/tide", "posts/7"}},
		{"an article is new", func(d *desk) { d.write("posts/8.json", story("A gull", "")) },
			[]string{"posts/8.html", "index.html", "posts/index.html", "sitemap.xml", "feed.json", "a/posts/8.json", "feed.note"}, nil,
			[]string{"2026/08/river", "2026/08/tide", "posts/7", "posts/8"}},
		{"an article is deleted", func(d *desk) { require.NoError(d.t, os.Remove(filepath.Join(d.Source, "posts/7.json"))) },
			[]string{"index.html", "sitemap.xml", "feed.json", "feed.note"}, []string{"a/posts/7.json", "posts/7.html", "posts/index.html"},
			[]string{"2026/08/river", "2026/08/tide"}},
		{"a picture is replaced", func(d *desk) { d.write("pictures/river.jpg", photo(640, 48)) },
			[]string{"2026/08/river.html", "2026/08/tide.html", "feed.json", "a/2026/08/river.json", "a/2026/08/tide.json", "feed.note"}, nil,
			[]string{"2026/08/river", "2026/08/tide", "posts/7"}},
		{"a page was lost", func(d *desk) { require.NoError(d.t, os.Remove(filepath.Join(d.Site, "posts/7.html"))) },
			[]string{"posts/7.html"}, nil, []string{"2026/08/river", "2026/08/tide", "posts/7"}},
		{"the ledger was lost", func(d *desk) { require.NoError(d.t, os.Remove(ledgerPath(d.Site))) },
			nil, nil, []string{"2026/08/river", "2026/08/tide", "posts/7"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, usual())
			first := d.run()
			c.change(d)
			r := d.run()
			written := slices.DeleteFunc(r.Written, func(name string) bool { return name[:2] == "b/" })
			require.ElementsMatch(t, c.written, written)
			require.Equal(t, c.removed, r.Removed)
			require.Equal(t, slices.Contains(c.written, "feed.note"), r.Feed > first.Feed)
			var paths []string
			for path := range verify(t, d.Site) {
				paths = append(paths, path)
			}
			require.ElementsMatch(t, c.paths, paths)
			require.Empty(t, d.run().Written)
		})
	}
}

func TestADryRunWritesNothingAndSaysWhatItWould(t *testing.T) {
	d := newDesk(t, usual())
	d.DryRun = true
	would := d.run()
	require.NoDirExists(t, d.Site)
	require.NoFileExists(t, ledgerPath(d.Site))
	d.DryRun = false
	require.ElementsMatch(t, would.Written, d.run().Written)

	d.DryRun = true
	before := snapshot(t, filepath.Dir(d.Site))
	require.NoError(t, os.Remove(filepath.Join(d.Source, "posts/7.json")))
	delete(before, "articles/posts/7.json")
	would = d.run()
	require.Equal(t, before, snapshot(t, filepath.Dir(d.Site)))
	require.Contains(t, would.Removed, "posts/7.html")
	require.Contains(t, would.Written, "feed.note")
}

func TestACorrectionIsInTheFeed(t *testing.T) {
	d := newDesk(t, map[string]string{"river.json": `{"version":"byway-article/1","id":"r","headline":"R","body":[{"type":"paragraph","content":"x"},
		{"type":"note","role":"correction","content":"It was two metres.","date":"2026-08-21T08:00:00Z"}]}`})
	d.run()
	require.Contains(t, d.file("feed.note"), `"x":{"kind":"correction","text":"It was two metres.","at":"2026-08-21T08:00:00Z"}`)
	verify(t, d.Site)
}
