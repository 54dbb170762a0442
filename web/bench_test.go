package web_test

import (
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// BenchmarkNavigationToArticle measures from the navigation to the article in place, in a profile without a cache, with
// the publisher's own address healthy, refusing and silent. The ratio to the first is what the fault costs; the
// WebAssembly is most of the rest.
func BenchmarkNavigationToArticle(b *testing.B) {
	navigationToArticle(b, blockade.Healthy) // the first window of a browser takes longer than any other
	healthy := 0.0
	for _, fault := range []blockade.Fault{blockade.Healthy, blockade.Refused, blockade.Silent} {
		b.Run(string(fault), func(b *testing.B) {
			total := 0.0
			for range b.N {
				total += navigationToArticle(b, fault)
			}
			mean := total / float64(b.N)
			if fault == blockade.Healthy {
				healthy = mean
			}
			b.ReportMetric(mean, "ms/article")
			b.ReportMetric(mean/healthy, "×healthy")
			b.ReportMetric(0, "ns/op") // includes opening a browser window, which says nothing
		})
	}
}

func navigationToArticle(b *testing.B, fault blockade.Fault) float64 {
	m := startMirrors(b, 3)
	require.NoError(b, m[0].SetFault(fault))
	p := openTab(b)
	p.open(serveSite(b, "", `<script>addEventListener("byway-ready", () => window.readyAt = performance.now())</script>`+m.embed(`load="eager" images="none"`)).URL)
	p.wait(`window.readyAt`)
	return eval[float64](p, `window.readyAt`)
}
