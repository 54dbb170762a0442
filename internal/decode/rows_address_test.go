package decode_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// TestRowsOfAddresses is §4.4.
func TestRowsOfAddresses(t *testing.T) { requireRows(t, rowsOfAddresses()) }

func rowsOfAddresses() []row {
	url := func(want string) func(*testing.T, article.Article) {
		return func(t *testing.T, a article.Article) { require.Equal(t, want, a.URL) }
	}
	nowhere := func(html string) string { return mustJSON(object{"title": "T", "text": html}) }
	return []row{
		{name: "protocol-relative //cdn…", src: text(`<img src="//cdn.example/a.jpg"><p><a href="//o.example/x">o</a></p>`), shows: []string{`src="https://cdn.example/a.jpg"`, `href="https://o.example/x"`}},
		{name: "root-relative, path-relative // against the canonical address, never the one that is known", src: text(`<img src="/a.jpg"><p><a href="more">m</a> <a href="../x">x</a></p>`), o: decode.Options{Base: "https://mirror.example/p/a.json"},
			shows: []string{`src="https://n.example/a.jpg"`, `href="https://n.example/2031/weir/more"`, `href="https://n.example/2031/x"`}, hides: []string{"mirror.example"}},
		{name: "root-relative, path-relative // else against the base of the embedder", src: nowhere(`<p><a href="/x">x</a></p>`), shows: []string{`href="https://known.example/x"`}},
		{name: "scheme-less host ichef…/images/…", src: text(`<img src="ichef.images.example/news/a.jpg"><p><a href="www.quay.example/x">quay</a> <a href="v1.2.3/notes">notes</a></p>`),
			shows: []string{">quay", `href="https://n.example/2031/weir/v1.2.3/notes"`}, hides: []string{"ichef", "www.quay"}, warns: "without a usable address"},
		{name: "http: images on https pages", src: text(`<img src="http://cdn.example/a.jpg">`), shows: []string{`src="https://cdn.example/a.jpg"`}, hides: []string{"http://"}},
		{name: "leading spaces, spaces inside, non-ASCII, bad %zz", src: text(`<p><a href=" https://o.example/a b ">1</a> <a href="/رود">2</a> <a href="/%zz">3</a> <a href="https://[x/">4</a></p>`),
			shows: []string{`href="https://o.example/a%20b"`, `href="https://n.example/%D8%B1%D9%88%D8%AF"`, `href="https://n.example/%zz"`, " 4</p>"}, warns: "its text was kept"},
		{name: "javascript:, data:text/html, vbscript:", src: text(`<p><a href="javascript:alert(1)">1</a> <a href=" java&#10;script:x">2</a> <a href="data:text/html,x">3</a> <a href="vbscript:x">4</a> <a href="mailto:a@n.example">5</a> <a href="tel:+1">6</a></p>`),
			shows: []string{"<p>1 2 3 4 <a ", `href="mailto:a@n.example"`, `href="tel:+1"`}, hides: []string{"script:", "data:"}},
		{name: "javascript:, data:text/html, vbscript: // of alternates", src: `{"version":"byway-article/1","headline":"H","alternates":[{"url":"ipfs://cid/x"},{"url":"magnet:?xt=1"},{"url":"tg://resolve?domain=x"},{"url":"javascript:x"}]}`,
			shows: []string{`href="ipfs://cid/x"`, `href="magnet:?xt=1"`, `href="tg://resolve?domain=x"`}, hides: []string{"javascript"}},
		{name: "bundle://, public://, __GHOST_URL__, urn:", src: text(`<p><a href="bundle://a">1</a> <a href="public://b">2</a> <a href="urn:x:y">3</a></p><img src="bundle://a.jpg">`), shows: []string{"<p>1 2 3</p>"}, hides: []string{"bundle:", "public:", "urn:"}},
		{name: "bundle://, public://, __GHOST_URL__ // of Ghost", src: mustJSON(ghostOf(object{"html": `<p><a href="__GHOST_URL__/quay/">q</a></p>`})), shows: []string{`href="https://g.example/quay/"`}, hides: []string{"GHOST_URL"}},
		// "/" is the publisher's front page where the article's own address is known, and nothing where it is not.
		{name: "publisher.url: \"/\", @id: \"7715044\"", src: mustJSON(ld(object{"mainEntityOfPage": nil, "@id": "7715044", "publisher": object{"name": "The Courier", "url": "/"}})), o: decode.Options{Base: "urn:x"},
			shows: []string{">The Courier<"}, hides: []string{"7715044", "href"}},
		{name: "?utm_…, ?ref=, #respond", src: wpPost(object{"link": "https://n.example/a?utm_source=x&ref=y&id=7#respond", "content": object{"rendered": `<p><a href="https://o.example/?utm_source=x">o</a></p>`}}),
			shows: []string{`href="https://o.example/?utm_source=x"`}, check: url("https://n.example/a?id=7")},
		{name: "signed or expiring image URLs (?auth=…)", src: text(`<img src="https://cdn.example/a.jpg?auth=x%2By&utm_source=z&amp;w=1">`), shows: []string{`src="https://cdn.example/a.jpg?auth=x%2By&amp;utm_source=z&amp;w=1"`}},
	}
}
