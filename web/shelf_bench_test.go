package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// BenchmarkShelf opens a page whose article was read before, while every address keeps silent, and in turn the page of the same
// article that "byway publish" wrote, without any script, from a server that answers. What it reports is the time from the
// navigation to the frame that has the headline, to that of the static page; how many frames pass between the first word
// of Go and the article; and what an article takes in the browser to the bytes of it and its pictures.
func BenchmarkShelf(b *testing.B) {
	s := sign(b, 2, gazette())
	static := httptest.NewServer(http.HandlerFunc(s.serve))
	b.Cleanup(static.Close)
	p := openTab(b)
	p.before(noteFrames)
	page := s.shelfSite(b, s.pinned(`load="eager"`))
	p.open(page.URL)
	p.waitState("ready")
	p.scrollThrough()
	p.waitKept(1, 2)
	for _, m := range s.mirrors {
		require.NoError(b, m.SetFault(blockade.Silent))
	}
	var kept, plain, boot, frames []float64
	for b.Loop() {
		p.open(page.URL)
		p.wait(`window.seen && booted`)
		require.Equal(b, "shelf", eval[string](p, element+`.dataset.source`))
		kept = append(kept, eval[float64](p, `seen`))
		boot = append(boot, eval[float64](p, `seen - booted`))
		frames = append(frames, eval[float64](p, `frames`))
		p.open(static.URL + "/ferry.html")
		p.wait(`window.seen`)
		plain = append(plain, eval[float64](p, `seen`))
	}
	p.open(page.URL)
	stored := eval[struct{ All, Pictures float64 }](p, storedBytes)
	own := float64(len(s.files["/a/ferry.json"])) + stored.Pictures
	report := map[string]float64{
		"ms-static": middle(plain), "×time-shelf": middle(kept) / middle(plain), "ms-boot-to-article": middle(boot),
		"frames-boot-to-article": middle(frames), "B-article": stored.All, "×bytes-article": stored.All / own,
	}
	for unit, value := range report {
		b.ReportMetric(value, unit)
	}
	b.ReportMetric(0, "ns/op") // of both pages together, which says nothing
	data, err := json.MarshalIndent(report, "", "  ")
	require.NoError(b, err)
	require.NoError(b, os.MkdirAll(filepath.Join(dist, "bench"), 0o755))
	require.NoError(b, os.WriteFile(filepath.Join(dist, "bench", "shelf.json"), append(data, '\n'), 0o644))
}

// noteFrames is a script for before: seen is when a frame had the headline, booted when Go first said something, both in ms
// since the navigation, and frames how many there were from that to this.
const noteFrames = `window.seen = window.booted = window.frames = 0;
	document.addEventListener("byway-state", () => booted ||= performance.now());
	(function look() {
		if (booted && !seen) frames++;
		const there = document.querySelector("h1") ?? document.querySelector("byway-article")?.shadowRoot?.querySelector("[part~=headline]");
		if (there?.offsetHeight) seen = performance.now();
		else requestAnimationFrame(look);
	})();`

// storedBytes is what the shelf holds in all, keys, heads and bodies, and what pictures there are.
const storedBytes = `new Promise((done) => {
	const opening = indexedDB.open("byway:shelf");
	opening.onsuccess = () => {
		const tx = opening.result.transaction(["heads", "bodies"]);
		const sum = { All: 0, Pictures: 0 };
		for (const name of ["heads", "bodies"]) {
			tx.objectStore(name).openCursor().onsuccess = ({ target: { result } }) => {
				if (!result) return;
				sum.All += result.key.length + result.value.length;
				if (name === "bodies" && !/^https?:/.test(result.key)) sum.Pictures += result.value.length;
				result.continue();
			};
		}
		tx.oncomplete = () => { opening.result.close(); done(sum) };
	};
})`
