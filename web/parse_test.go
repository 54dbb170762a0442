package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A page may arrive so slowly that the element is there before what is inside it. To read then would be to read without
// the root that the page pins.
func TestTheElementWaitsForTheRootInsideIt(t *testing.T) {
	address, ways := signedAddress(t, readerLine{})
	note, err := os.ReadFile(filepath.Join(string(address), "root", "1.note"))
	require.NoError(t, err)
	defined := make(chan struct{})
	mux := http.NewServeMux()
	mux.Handle("/byway/", http.StripPrefix("/byway/", http.FileServer(http.Dir(dist))))
	mux.HandleFunc("/defined", func(http.ResponseWriter, *http.Request) { close(defined) })
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><meta charset="utf-8"><script type="module" async>
			import "/byway/byway.js";
			requestAnimationFrame(() => {
				window.early = document.querySelector("byway-article").dataset.state ?? "not begun";
				fetch("/defined");
			});
		</script>`+ways[0].opening())
		w.(http.Flusher).Flush()
		<-defined
		fmt.Fprint(w, `<script type="text/byway-root">`+string(note)+`</script><p>The fallback</p></byway-article>`)
	})
	page := httptest.NewServer(mux)
	t.Cleanup(page.Close)
	p := openTab(t)
	p.open(page.URL)
	p.waitState("ready")
	require.Equal(t, "signed", eval[string](p, element+".dataset.proof"))
	require.Equal(t, "not begun", eval[string](p, "early"))
}
