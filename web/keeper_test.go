package web_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"byway/internal/blockade"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// keeper holds dist/ in one folder, as a host would that knows nothing of it, until a test makes it another.
type keeper struct {
	*blockade.Server
	page   string                         // at "/"
	before string                         // the script /before.js, which runs before byway.js
	policy string                         // for the page
	rest   http.HandlerFunc               // what else it holds
	files  func(name string) http.Handler // what it makes of a request for a file of dist/; nil: it sends the file
}

func startKeeper(t testing.TB, folder string) *keeper {
	t.Helper()
	k := &keeper{rest: http.NotFound}
	mux := http.NewServeMux()
	mux.HandleFunc(folder, func(w http.ResponseWriter, r *http.Request) {
		headers.Store(r.URL.Path, r.Header)
		k.file(strings.TrimPrefix(r.URL.Path, folder)).ServeHTTP(w, r)
	})
	mux.HandleFunc("/before.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, k.before)
	})
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", k.policy)
		fmt.Fprint(w, k.page)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { k.rest(w, r) })
	s, err := blockade.Start("127.0.0.1:0", mux)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	k.Server = s
	return k
}

func (k *keeper) file(name string) http.Handler {
	if k.files != nil {
		if h := k.files(name); h != nil {
			return h
		}
	}
	return sent(name)
}

// sent sends a file of dist/ as it is.
func sent(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, filepath.Join(dist, name)) })
}

// startKept starts a partner's site with byway.js, and n addresses of a publisher with the story, each with dist/ in the
// folder .byway/. The page has one element.
func startKept(t testing.TB, n int) (*keeper, mirrors) {
	t.Helper()
	var m mirrors
	for range n {
		k := startKeeper(t, "/.byway/")
		k.rest = func(w http.ResponseWriter, r *http.Request) { m.serve(w, r) }
		m = append(m, k.Server)
	}
	partner := startKeeper(t, "/byway/")
	partner.policy = strictCSP(m.all())
	partner.show(m.embed(""))
	return partner, m
}

func (k *keeper) show(body string) {
	k.page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A partner</title><script src="/before.js"></script>
<script type="module" src="/byway/byway.js"></script><body>` + body
}

// fault makes a host fail at the WebAssembly, and at what lies packed beside it, and at nothing else.
func fault(t testing.TB, s *blockade.Server, f blockade.Fault) {
	t.Helper()
	require.NoError(t, s.SetFaultFor("*.wasm*", f))
}

// asked lists when a host was asked for the WebAssembly, packed or not.
func asked(s *blockade.Server) []time.Time {
	var times []time.Time
	for _, r := range s.Requests() {
		if strings.Contains(r.Path, ".wasm") {
			times = append(times, r.Time)
		}
	}
	return times
}

// traffic is what a tab asks for.
type traffic struct {
	tab     *tab
	mu      sync.Mutex
	pending map[network.RequestID]string
	abreast int // the most requests for the WebAssembly that were under way at one time
}

// watchTraffic begins with what the tab opens next.
func (p *tab) watchTraffic() *traffic {
	l := &traffic{tab: p, pending: map[network.RequestID]string{}}
	chromedp.ListenTarget(p.ctx, l.take)
	p.do(network.Enable())
	return l
}

func (l *traffic) take(event any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		l.pending[e.RequestID] = e.Request.URL
	case *network.EventLoadingFinished:
		delete(l.pending, e.RequestID)
	case *network.EventLoadingFailed:
		delete(l.pending, e.RequestID)
	}
	n := 0
	for _, url := range l.pending {
		if strings.Contains(url, ".wasm") {
			n++
		}
	}
	l.abreast = max(l.abreast, n)
}

// requireNone waits until the article and its first picture are there and nothing is under way any more.
func (l *traffic) requireNone() {
	l.tab.t.Helper()
	l.tab.wait(inside("figure img") + `.naturalWidth === 120`)
	require.Eventually(l.tab.t, func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return len(l.pending) == 0
	}, 5*time.Second, 5*time.Millisecond, "still under way: %v", l.pending)
	require.NotContains(l.tab.t, l.tab.said(), "uncaught")
}

// wasm is the WebAssembly in dist/.
func wasm(t testing.TB) (name string, data []byte) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dist, "byway.*.wasm"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	data, err = os.ReadFile(found[0])
	require.NoError(t, err)
	return filepath.Base(found[0]), data
}

// instead serves other bytes under the name of the WebAssembly, and nothing packed. They may be kept for a year.
func instead(change func([]byte) []byte) func(string) http.Handler {
	return func(name string) http.Handler {
		if !strings.Contains(name, ".wasm") {
			return nil
		}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			data, err := os.ReadFile(filepath.Join(dist, name))
			if err != nil || filepath.Ext(name) != ".wasm" {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			w.Header().Set("Content-Type", "application/wasm")
			_, _ = w.Write(change(data))
		})
	}
}

// dripping sends ten bytes a second of the WebAssembly, unpacked.
func dripping(drop int) func(name string) http.Handler {
	return func(name string) http.Handler {
		if !strings.Contains(name, ".wasm") {
			return nil
		}
		return drip(drop)
	}
}

func drip(drop int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for piece := range slices.Chunk([]byte("\x00asm\x01\x00\x00\x00"+strings.Repeat("\x00", 1<<20)), drop) {
			_, _ = w.Write(piece)
			_ = http.NewResponseController(w).Flush()
			select {
			case <-tick.C:
			case <-r.Context().Done():
				return
			}
		}
	})
}

func flipLast(data []byte) []byte   { data[len(data)-1] ^= 1; return data }
func flipMiddle(data []byte) []byte { data[len(data)/2] ^= 1; return data }
func flipFirst(data []byte) []byte  { data[1] ^= 1; return data }
func longer(data []byte) []byte     { return append(data, 0) }
func shorter(data []byte) []byte    { return data[:len(data)-1] }

// choose leaves in the browser what Go leaves there after a choice.
func choose(p *tab, partner *keeper, site, host string, ageDays int) {
	p.t.Helper()
	page := partner.page
	partner.page = "<!doctype html><title>Nothing</title>"
	p.open(partner.URL())
	require.True(p.t, eval[bool](p, fmt.Sprintf(`new Promise((done) => {
		const opening = indexedDB.open("byway:memory", 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore("sites");
		opening.onsuccess = () => {
			const record = { publishers: [{ site: "https://other.example", at: Date.now(), choice: "x.example" }, { site: %q, at: Date.now() - %d * 864e5, choice: %q }] };
			const put = opening.result.transaction("sites", "readwrite");
			put.objectStore("sites").put(new TextEncoder().encode(JSON.stringify(record)), "publishers");
			put.oncomplete = () => { opening.result.close(); done(true); };
		};
	})`, site, ageDays, "http://"+host+"/")))
	partner.page = page
}

// packing is a host that sends the files of dist/ in one way or another.
type packing struct {
	coded   bool            // says how a packed file is packed, so that the browser unpacks it
	missing map[string]bool // endings of what it does not hold
	html    bool            // sends its front page where it holds nothing
	patient bool            // sends the whole file to whoever asks first, too

	mu    sync.Mutex
	sent  int      // bytes of the WebAssembly
	asked []string // endings
}

// file answers a first request for the whole file with a piece, and then waits until the browser leaves: on loopback all
// of it would be in the system's buffers before anybody could.
func (k *packing) file(name string) http.Handler {
	if !strings.Contains(name, ".wasm") {
		return nil
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ending := filepath.Ext(name)
		first := k.note(ending)
		data, err := os.ReadFile(filepath.Join(dist, name))
		if err != nil || k.missing[ending] {
			k.miss(w, r)
			return
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(data)))
		if coding := map[string]string{".br": "br", ".gz": "gzip"}[ending]; k.coded && coding != "" {
			w.Header().Set("Content-Encoding", coding)
		}
		if first && !k.patient {
			k.write(w, data[:64<<10])
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
			return
		}
		k.write(w, data)
	})
}

func (k *packing) note(ending string) (first bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.asked = append(k.asked, ending)
	return len(k.asked) == 1
}

func (k *packing) miss(w http.ResponseWriter, r *http.Request) {
	if !k.html {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	fmt.Fprint(w, "<!doctype html><title>Welcome</title>")
}

func (k *packing) write(w http.ResponseWriter, data []byte) {
	n, _ := w.Write(data)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sent += n
}

func (k *packing) seen() (endings string, sent int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return strings.Join(k.asked, " "), k.sent
}

// knowsBrotli stands in for the browsers whose DecompressionStream knows it, which Chromium is not among: it takes as many
// bytes as the packed file has, and gives the whole file.
func knowsBrotli(size int) string {
	return fmt.Sprintf(`const Real = DecompressionStream;
		DecompressionStream = function (format) {
			if (format !== "brotli") return new Real(format);
			let bytes = 0;
			return new TransformStream({
				transform(chunk) { bytes += chunk.length },
				async flush(out) {
					if (bytes !== %d) throw new TypeError("not brotli");
					out.enqueue(new Uint8Array(await (await fetch("/whole")).arrayBuffer()));
				},
			});
		}`, size)
}

const knowsNoBrotli = `const Real = DecompressionStream;
	DecompressionStream = function (format) { if (format === "brotli") throw new TypeError(format); return new Real(format) }`
