package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"byway/internal/blockade"
	"byway/internal/publish"

	"github.com/stretchr/testify/require"
)

// BenchmarkProof reads the first article of a publisher in Chromium without a signature, with the root in the page and
// with a key only, in turn, each by an element of its own from one address that has a hundred articles. What it reports
// is the time from the element to the article, and the bytes, packed with gzip, to the reading without. The reader is
// loaded and warm.
func BenchmarkProof(b *testing.B) {
	for _, line := range append([]readerLine{{name: "loopback"}}, readerLines...) {
		b.Run(line.name, func(b *testing.B) {
			address, kinds := signedAddress(b, line)
			p := openTab(b)
			p.open(serveSite(b, "", `<script>`+readOnce+`</script>`).URL)
			for range 3 {
				for _, k := range kinds {
					k.read(p)
				}
			}
			times := map[string][]float64{}
			for b.Loop() {
				for _, k := range kinds {
					times[k.name] = append(times[k.name], k.read(p))
				}
			}
			plain := middle(times["unsigned"])
			b.ReportMetric(plain, "ms-unsigned")
			for _, k := range kinds[1:] {
				b.ReportMetric(middle(times[k.name])/plain, "×time-"+k.name)
				b.ReportMetric(float64(address.size(b, k.files))/float64(address.size(b, kinds[0].files)), "×bytes-"+k.name)
			}
			b.ReportMetric(0, "ns/op") // of all three together, which says nothing
		})
	}
}

// readOnce defines read(html): the time until the element in it has its article, in ms, with nothing remembered.
const readOnce = `window.read = async (html) => {
	const box = document.body.appendChild(document.createElement("div"));
	const begin = performance.now();
	box.innerHTML = html;
	await box.firstChild.ready;
	const took = performance.now() - begin;
	box.firstChild.forget();
	await new Promise((done) => setTimeout(done, 50));
	box.remove();
	return took;
}`

// way is one way to embed the article, and the files that it takes.
type way struct {
	name, html string
	files      []string
}

// opening is the start tag.
func (w way) opening() string { return strings.SplitAfter(w.html, ">")[0] }

func (w way) read(p *tab) float64 {
	p.t.Helper()
	return eval[float64](p, fmt.Sprintf("read(%q)", w.html))
}

func middle(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// published is a folder that was published.
type published string

// size is what files weigh on the wire.
func (p published) size(t testing.TB, files []string) int {
	var packed bytes.Buffer
	for _, name := range files {
		data, err := os.ReadFile(filepath.Join(string(p), name))
		require.NoError(t, err)
		w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		_, err = w.Write(data)
		require.NoError(t, err)
		require.NoError(t, w.Close())
	}
	return packed.Len()
}

// signedAddress serves a hundred articles at one address, behind a line.
func signedAddress(b testing.TB, line readerLine) (published, []way) {
	site := filepath.Join(b.TempDir(), "site")
	server, err := blockade.Start("127.0.0.1:0", http.FileServer(http.Dir(site)))
	require.NoError(b, err)
	b.Cleanup(func() { _ = server.Close() })
	if line.rtt > 0 {
		server.SetLine(&blockade.Line{RTT: line.rtt, BytesPerSecond: line.bytesPerSecond}, 1)
	}
	source := filepath.Join(b.TempDir(), "articles")
	require.NoError(b, os.MkdirAll(source, 0o755))
	for n := range 100 {
		require.NoError(b, os.WriteFile(filepath.Join(source, fmt.Sprintf("%d.json", n)), []byte(article(n%articles)), 0o644))
	}
	base := strings.TrimSuffix(server.URL(), "/") + "/"
	root, feed, err := publish.GenerateKeys(filepath.Join(b.TempDir(), "keys"), "news.example")
	require.NoError(b, err)
	_, err = publish.Run(context.Background(), publish.Options{
		Source: source, Site: site, New: true, Base: base, Keys: []publish.Signer{root, feed}, Life: time.Hour, Now: time.Now(),
	})
	require.NoError(b, err)
	note, err := os.ReadFile(filepath.Join(site, "root", "1.note"))
	require.NoError(b, err)
	embed := func(attributes, inside string) string {
		return fmt.Sprintf(`<byway-article src="%sa/7.json" base="%[1]s" load="eager" images="none" %s>%s</byway-article>`, base, attributes, inside)
	}
	key := `key="` + root.Public() + `"`
	return published(site), []way{
		{"unsigned", embed("", ""), []string{"a/7.json"}},
		{"with-root", embed(key, `<script type="text/byway-root">`+string(note)+`</script>`), []string{"a/7.json", "feed.note"}},
		{"with-key", embed(key, ""), []string{"a/7.json", "feed.note", "root/current.note"}},
	}
}
