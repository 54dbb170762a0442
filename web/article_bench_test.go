package web_test

import (
	"fmt"
	"io"
	"testing"
	"time"

	"byway/internal/decode"
	"byway/internal/decode/decodetest"
	"byway/internal/page"
	"byway/internal/reader"
	"byway/internal/view"

	"github.com/stretchr/testify/require"
)

// BenchmarkArticle makes the HTML of a post of fifty paragraphs from its JSON, as "byway render" does, and has a page's own
// script make the elements of the same post in Chromium. What it reports is the time of the first by that of the second;
// that of Byway in WebAssembly is in the benchmark of the same name in wasm/.
func BenchmarkArticle(b *testing.B) {
	post := decodetest.Post(50)
	p := openTab(b)
	p.open(serveSite(b, "", fmt.Sprintf(`<script>window.make = %s; window.post = %q;
		window.time = (n) => { const begin = performance.now(); for (let i = 0; i < n; i++) make(post); return (performance.now() - begin) / n }</script>`,
		decodetest.ByHand, post)).URL)
	const each = 20
	eval[float64](p, fmt.Sprintf("time(%d)", each)) // warm
	var ours, theirs []float64
	for b.Loop() {
		begin := time.Now()
		for range each {
			a, _, err := decode.Decode(post, decode.Options{})
			require.NoError(b, err)
			state := reader.State{Phase: reader.Ready, Article: &a, Proof: reader.None}
			require.NoError(b, view.WriteHTML(io.Discard, page.Render(state, page.Options{Language: "en", Locale: page.Plain("en")})))
		}
		ours = append(ours, time.Since(begin).Seconds()*1000/each)
		theirs = append(theirs, eval[float64](p, fmt.Sprintf("time(%d)", each)))
	}
	b.ReportMetric(middle(ours), "ms")
	b.ReportMetric(middle(ours)/middle(theirs), "×JSON.parse+DOM")
	b.ReportMetric(0, "ns/op") // of both together
}
