package publish

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/trust"
)

// embeddable is a desk whose site holds the element.
func embeddable(t *testing.T) *desk {
	files := usual()
	files["2026/08/gull.json"] = story(`A <gull> & \"a goat\"`, `"description":"It flies.","url":"https://news.example/gull?a=1&b=2",
		"image":[{"url":"https://cdn.example/gull.jpg"}],`)
	d := newDesk(t, files)
	d.Mirrors = []string{"https://m2.example.org/p/", "https://m1.example.net/"}
	d.Element = t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(d.Element, "byway.js"), nil, 0o644))
	d.run()
	return d
}

func (d *desk) embed(e Embedding) Snippet {
	d.t.Helper()
	e.Site, e.Now = d.Site, d.Now
	s, err := Embed(e)
	require.NoError(d.t, err)
	return s
}

func TestASnippetPinsAllThatThereIs(t *testing.T) {
	d := embeddable(t)
	for _, name := range []string{"2026/08/river", "a/2026/08/river.json", "2026/08/river.json"} {
		s := d.embed(Embedding{Article: name})
		before, note, found := strings.Cut(s.HTML, `<script type="text/byway-root">`+"\n")
		require.True(t, found)
		require.Equal(t, `<script type="module" src="https://news.example/.byway/byway.js"></script>
<byway-article src="https://news.example/a/2026/08/river.json" base="https://news.example/" mirrors="https://m2.example.org/p/ https://m1.example.net/" key="`+
			d.Keys[0].Public()+`" min-feed="1787400000">
`, before)
		note, fallback, found := strings.Cut(note, "</script>\n")
		require.True(t, found)
		state, err := trust.Start(trust.Anchor{Root: []byte(note)}, nil)
		require.NoError(t, err)
		feed, err := state.AcceptFeed([]byte(d.file("feed.note")), d.Now)
		require.NoError(t, err)
		require.Equal(t, int64(1787400000), feed.Version)
		require.Contains(t, fallback, "It rose in the night.")
		require.Contains(t, fallback, `<img decoding="async" referrerpolicy="no-referrer" width="480" height="32" alt="" src="https://news.example/b/`)
		require.NotContains(t, fallback, "<button")
		require.True(t, strings.HasSuffix(s.HTML, "\n</byway-article>\n"))
	}
}

func TestAShortSnippetLeadsToTheArticle(t *testing.T) {
	d := embeddable(t)
	s := d.embed(Embedding{Article: "2026/08/gull", Short: true, Script: "/byway/byway.js"})
	require.Contains(t, s.HTML, `<script type="module" src="/byway/byway.js"></script>`)
	require.Contains(t, s.HTML, `<div lang="en" dir="ltr"><h2><a href="https://news.example/gull?a=1&amp;b=2">A &lt;gull&gt; &amp; &quot;a goat&quot;</a></h2><p>It flies.</p></div>`)
	require.NotContains(t, s.HTML, "It rose")
}

func TestThePolicyAllowsWhatTheSnippetNeedsAndNoMore(t *testing.T) {
	d := embeddable(t)
	for _, c := range []struct {
		name                     string
		e                        Embedding
		scripts, connect, images string
	}{
		{"all from the publisher", Embedding{Article: "2026/08/river"},
			"https://news.example", "https://m1.example.net https://m2.example.org https://news.example", "blob: https://news.example"},
		{"a fallback without pictures", Embedding{Article: "2026/08/river", Short: true},
			"https://news.example", "https://m1.example.net https://m2.example.org https://news.example", "blob:"},
		{"the partner's own script", Embedding{Article: "2026/08/river", Short: true, Script: "byway/byway.js"},
			"'self'", "'self' https://m1.example.net https://m2.example.org https://news.example", "blob:"},
		{"a third host's script", Embedding{Article: "2026/08/river", Short: true, Script: "https://cdn.example/byway.js"},
			"https://cdn.example", "https://cdn.example https://m1.example.net https://m2.example.org https://news.example", "blob:"},
		{"a picture that is not signed", Embedding{Article: "2026/08/gull", Short: true},
			"https://news.example", "https://m1.example.net https://m2.example.org https://news.example", "blob: https://cdn.example"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, "default-src 'none'; script-src 'wasm-unsafe-eval' "+c.scripts+"; style-src 'self'; connect-src "+c.connect+
				"; img-src "+c.images+"; require-trusted-types-for 'script'; trusted-types 'none'", d.embed(c.e).Policy)
		})
	}
}

func TestWhatCannotBeEmbeddedIsSaid(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(d *desk, e *Embedding)
		err    string
	}{
		{"no site", func(d *desk, e *Embedding) { e.Site += "x" }, `give the folder that "byway publish -o" wrote`},
		{"no article", func(d *desk, e *Embedding) { e.Article = "2026/08/rivver" }, `there is no article "2026/08/rivver": did you mean 2026/08/river or `},
		{"an article that was withdrawn", func(d *desk, e *Embedding) {
			d.withdraw(d.withdrawal(e.Article))
			e.Now = d.Now
		}, "was withdrawn on 2026-08-22"},
		{"no script", func(d *desk, e *Embedding) { require.NoError(d.t, os.Remove(d.Site+"/.byway/byway.js")) }, "or name another one with -script"},
		{"a script that anybody on the way can alter", func(d *desk, e *Embedding) { e.Script = "http://cdn.example/byway.js" }, "is not https"},
		{"an article that was altered", func(d *desk, e *Embedding) {
			name := d.Site + "/b/" + d.old(e.Article) + ".json"
			require.NoError(d.t, os.WriteFile(name, []byte("{}"), 0o644))
		}, "publish again"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := embeddable(t)
			e := Embedding{Site: d.Site, Article: "2026/08/river", Now: d.Now}
			c.change(d, &e)
			before := snapshot(t, d.Site)
			s, err := Embed(e)
			require.ErrorContains(t, err, c.err)
			require.Empty(t, s)
			require.Equal(t, before, snapshot(t, d.Site))
			require.NoDirExists(t, d.Site+"x")
		})
	}
}

// The root stands in the page as it is.
func TestARootThatWouldEndItselfInAPageIsNotEmbedded(t *testing.T) {
	d := newDesk(t, map[string]string{"river.json": story("The river", "")})
	d.Keys = []Signer{signerOf("news.example/root</script>", 1), d.Keys[1]}
	d.run()
	_, err := Embed(Embedding{Site: d.Site, Article: "river", Script: "/byway.js", Now: d.Now})
	require.ErrorContains(t, err, "name keys with letters and digits")
}

func TestTheDistanceOfTexts(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"river", "river", 0}, {"river", "rivver", 1}, {"rover", "river", 1}, {"tide", "", 4}, {"kitten", "sitting", 3}, {"ab", "ba", 2}} {
		require.Equal(t, c.want, distance(c.a, c.b), c)
		require.Equal(t, c.want, distance(c.b, c.a), c)
	}
}
