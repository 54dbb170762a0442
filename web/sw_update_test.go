package web_test

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byway/internal/blockade"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// The tests of this file change what the site has: another byway.js, no worker any more.

// build is a byway.js with its WebAssembly.
type build struct {
	script, name string
	wasm         []byte
}

// nextBuild is another one, that does the same and says on its page that it is there.
func nextBuild(t *testing.T) build {
	t.Helper()
	name, data := wasm(t)
	b := build{wasm: append(data[:len(data):len(data)], 0, 2, 1, 'x')} // a section of a name and nothing else
	b.name = fmt.Sprintf("byway.%x.wasm", sha256.Sum256(b.wasm))
	b.name = b.name[:len("byway.")+16] + ".wasm"
	file := filepath.Join(t.TempDir(), "next.wasm")
	require.NoError(t, os.WriteFile(file, b.wasm, 0o644))
	b.script = "globalThis.next = true;" + strings.ReplaceAll(loaderOf(t, file), name, b.name)
	return b
}

// deploy puts a build in the place of that in dist/. A handler in instead answers for its file.
func (s *shelter) deploy(b build, instead map[string]http.HandlerFunc) {
	s.files = func(name string) http.Handler {
		switch {
		case instead[name] != nil:
			return instead[name]
		case name == "byway.js":
			return text("text/javascript", b.script)
		case name == b.name:
			return text("application/wasm", string(b.wasm))
		case strings.Contains(name, ".wasm"):
			return http.NotFoundHandler()
		}
		return nil
	}
}

// runsNext tells whether the page has the next build.
const runsNext = `Boolean(globalThis.next)`

func TestANewVersionIsTakenAsAWhole(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	p := s.visit(t)
	next := nextBuild(t)
	s.deploy(next, nil)
	p.open(s.URL())
	p.requireWhole("ready")
	require.False(t, eval[bool](p, runsNext), "what is kept comes at once")
	p.wait(fmt.Sprintf(`(%s).then(all => all.includes(%q))`, kept, "/byway/"+next.name))
	require.Subset(t, eval[[]string](p, kept), s.all(t), "the page may still want the WebAssembly of before")

	p.open(s.URL())
	p.requireWhole("ready")
	require.True(t, eval[bool](p, runsNext))
	old, _ := wasm(t)
	p.wait(fmt.Sprintf(`(%s).then(all => !all.includes(%q) && all.length === 6)`, kept, "/byway/"+old))
	s.close()
	p.open(s.URL())
	p.requireKept()
	require.True(t, eval[bool](p, runsNext))
}

func TestAPairIsNeverTorn(t *testing.T) {
	t.Parallel()
	next := nextBuild(t)
	flipped := append([]byte{}, next.wasm...)
	flipped[len(flipped)/2]++
	failing := func(f blockade.Fault) func(*testing.T, *shelter) {
		return func(t *testing.T, s *shelter) {
			s.deploy(next, nil)
			require.NoError(t, s.SetFaultFor(next.name, f))
		}
	}
	with := func(name, kind, body string) func(*testing.T, *shelter) {
		return func(_ *testing.T, s *shelter) { s.deploy(next, map[string]http.HandlerFunc{name: text(kind, body)}) }
	}
	for _, c := range []struct {
		name  string
		spoil func(*testing.T, *shelter)
	}{
		{"its WebAssembly is missing", failing(blockade.NotFound)},
		{"its WebAssembly is cut", failing(blockade.Cut)},
		{"a block page is in the place of its WebAssembly", failing(blockade.Block200)},
		{"its WebAssembly is altered", with(next.name, "application/wasm", string(flipped))},
		{"byway.js is cut before the name", with("byway.js", "text/javascript", next.script[:strings.Index(next.script, next.name)+10])},
		{"byway.js is cut after the name", with("byway.js", "text/javascript", next.script[:len(next.script)-20])},
		{"byway.js fails", func(t *testing.T, s *shelter) {
			s.deploy(next, nil)
			require.NoError(t, s.SetFaultFor("byway.js", blockade.Unavailable))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := startShelter(t)
			p := s.visit(t)
			c.spoil(t, s)
			for range 2 {
				p.open(s.URL())
				p.requireWhole("ready")
				require.False(t, eval[bool](p, runsNext))
				p.tell(settleAll)
			}
			p.waitSheltered(s.all(t)...)
			s.deploy(next, nil)
			require.NoError(t, s.SetFault(blockade.Healthy))
			p.open(s.URL())
			p.wait(fmt.Sprintf(`(%s).then(all => all.includes(%q))`, kept, "/byway/"+next.name)) // once it is right it is taken
		})
	}
}

func TestAScriptThatTheSiteTookAwayIsDropped(t *testing.T) {
	t.Parallel()
	for name, now := range map[string]http.HandlerFunc{
		"it is missing":            http.NotFound,
		"it is gone":               func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) },
		"the site's own script":    text("text/javascript", "(() => { globalThis.mine = 1 })()\n"),
		"a bundle, with a comment": text("text/javascript", "globalThis.mine = 1;\nexport { };\n//# sourceMappingURL=byway.js.map"),
	} {
		t.Run(name, func(t *testing.T) {
			s := startShelter(t)
			p := s.visit(t)
			s.deploy(build{}, map[string]http.HandlerFunc{"byway.js": now})
			p.open(s.URL())
			p.waitSheltered("/", "/byway-sw.js", "/style.css", "/theirs.js")
			p.open(s.URL())
			p.requirePage()
			require.False(t, eval[bool](p, `Boolean(customElements.get("byway-article"))`))
			p.tell(settleAll)
			p.waitSheltered("/", "/byway-sw.js", "/style.css", "/theirs.js")
		})
	}
}

// What is not the site's word takes nothing away.
func TestAScriptStaysWhereOnlyTheHostIsInTrouble(t *testing.T) {
	t.Parallel()
	own := text("text/javascript", "globalThis.mine = 1;\n")
	for name, spoil := range map[string]func(*shelter){
		"nothing is there any more": func(s *shelter) { _ = s.SetFault(blockade.NotFound) },
		"it is blocked":             func(s *shelter) { _ = s.SetFaultFor("byway.js", blockade.Block200) },
		"it is forbidden":           func(s *shelter) { _ = s.SetFaultFor("byway.js", blockade.Block403) },
		"it is empty": func(s *shelter) {
			s.deploy(build{}, map[string]http.HandlerFunc{"byway.js": text("text/javascript", "")})
		},
		"it is no script": func(s *shelter) {
			s.deploy(build{}, map[string]http.HandlerFunc{"byway.js": text("text/plain", "globalThis.mine = 1;")})
		},
		"a gateway has its own page": func(s *shelter) { s.gateway(http.NotFound) },
		"and its own script":         func(s *shelter) { s.gateway(own) },
	} {
		t.Run(name, func(t *testing.T) {
			s := startShelter(t)
			p := s.visit(t)
			spoil(s)
			for range 2 {
				p.open(s.URL())
				p.do(evalVoid(`import("/byway/byway.js")`))
				p.tell(settleAll)
			}
			require.Subset(t, eval[[]string](p, kept), s.all(t))
		})
	}
}

// gateway puts a page of its own in the place of the site's, and an answer in that of byway.js.
func (s *shelter) gateway(answer http.HandlerFunc) {
	s.page = `<!doctype html><title>A gateway</title><p>Accept our terms.`
	s.deploy(build{}, map[string]http.HandlerFunc{"byway.js": answer})
}

func TestAPairWithACommentAtItsEndIsTaken(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	p := s.visit(t)
	next := nextBuild(t)
	next.script += "\n//# sourceMappingURL=byway.js.map\n\n"
	s.deploy(next, nil)
	p.open(s.URL())
	p.wait(fmt.Sprintf(`(%s).then(all => all.includes(%q))`, kept, "/byway/"+next.name))
	p.open(s.URL())
	p.requireWhole("ready")
	require.True(t, eval[bool](p, runsNext))
}

// byway.js asks past all caches where the bytes were wrong.
func TestBytesThatAreWrongAreAskedForAgain(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	p := s.visit(t)
	name, _ := wasm(t)
	eval[bool](p, fmt.Sprintf(`caches.open("byway:shelter").then(c => c.put("/byway/%s", new Response("nonsense"))).then(() => true)`, name))
	require.NoError(t, s.m[0].SetFaultFor("*.wasm*", blockade.NotFound))
	p.open(s.URL())
	p.waitState("blocked")
	p.do(clickInside(`[part~=notice] button`))
	p.waitState("ready")
}

func TestAHostThatPacksOnTheWayIsServedAsWell(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	s.files = func(name string) http.Handler {
		if !strings.HasSuffix(name, ".wasm") {
			return nil
		}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Type", "application/wasm")
			http.ServeFile(w, r, filepath.Join(dist, name+".gz"))
		})
	}
	p := s.visit(t)
	s.close()
	p.open(s.URL())
	p.requireKept()
}

// here lists what a site has left in a browser.
const here = `Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]).then(([workers, names]) =>
	[...workers.map(w => w.scope), ...names].length)`

func TestAWorkerWhoseFileIsGoneGoesForGood(t *testing.T) {
	t.Parallel()
	for name, gone := range map[string]http.HandlerFunc{
		"it is deleted":         http.NotFound,
		"it is gone":            func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) },
		"it is empty":           text("text/javascript", ""),
		"it is empty but lines": text("text/javascript", "\n\n"),
	} {
		t.Run(name, func(t *testing.T) {
			s := startShelter(t)
			p := s.visit(t)
			s.answers["/byway-sw.js"] = gone
			s.page = strings.Replace(s.page, `<script defer src="/byway-sw.js"></script>`, "", 1)
			p.open(s.URL())
			p.waitState("ready")
			p.wait(fmt.Sprintf(`(%s).then(n => n === 0)`, here))
			p.open(s.URL())
			p.waitState("ready")
			require.Zero(t, eval[int](p, here))
			require.False(t, eval[bool](p, `Boolean(navigator.serviceWorker.controller)`))
		})
	}
}

// A host in ruins answers 404 to everything, and a gateway with its own page.
func TestAWorkerStaysWhereOnlyTheHostIsInTrouble(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*shelter) error{
		"nothing is there any more":        func(s *shelter) error { return s.SetFault(blockade.NotFound) },
		"a gateway is before it":           func(s *shelter) error { return s.SetFault(blockade.Block200) },
		"its file is empty, and no script": func(s *shelter) error { s.answers["/byway-sw.js"] = text("text/plain", ""); return nil },
		"its file alone is in error":       func(s *shelter) error { return s.SetFaultFor("byway-sw.js", blockade.Unavailable) },
		"its file alone is blocked":        func(s *shelter) error { return s.SetFaultFor("byway-sw.js", blockade.Block200) },
		"its file alone is silent":         func(s *shelter) error { return s.SetFaultFor("byway-sw.js", blockade.ResetAfter) },
	} {
		t.Run(name, func(t *testing.T) {
			s := startShelter(t)
			p := s.visit(t)
			require.NoError(t, spoil(s))
			p.open(s.URL())
			p.tell(settle)
			require.Equal(t, 2, eval[int](p, here))
			s.close()
			p.do(chromedp.Reload())
			p.requireKept()
		})
	}
}

func TestWhatIsKeptIsClearedAndTheWorkerRemovedOnDemand(t *testing.T) {
	t.Parallel()
	for message, left := range map[string]int{`{ byway: "clear" }`: 1, `{ byway: "remove" }`: 0} {
		t.Run(message, func(t *testing.T) {
			s := startShelter(t)
			p := s.visit(t)
			p.open(s.URL())
			p.waitState("ready")
			eval[bool](p, `Promise.all(["byway:of-old", "theirs"].map(name => caches.open(name))).then(() => true)`)
			require.Equal(t, "done", p.tell(message))
			require.Equal(t, []string{"theirs"}, eval[[]string](p, `caches.keys()`))
			eval[bool](p, `caches.delete("theirs")`)

			// The page is open still, and what it loads leaves nothing.
			p.do(evalVoid(`const e = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/style.css?2" });
				e.onload = () => window.over = true; document.head.append(e)`))
			p.wait(`window.over`)
			require.Equal(t, left, eval[int](p, here))
		})
	}
}

func TestWhereThereCanBeNoWorkerNothingHappens(t *testing.T) {
	t.Parallel()
	const own, violated = "trusted-types byway-sw", `addEventListener("securitypolicyviolation", () => window.tried = true)`
	for _, c := range []struct{ name, before, policy string }{
		{"the browser has none", `Object.defineProperty(Navigator.prototype, "serviceWorker", { get() { window.tried = true } })`, own},
		{"it throws", `Object.defineProperty(Navigator.prototype, "serviceWorker", { get() { window.tried = true; throw new DOMException("no", "SecurityError") } })`, own},
		{"it refuses", `ServiceWorkerContainer.prototype.register = () => { window.tried = true; return Promise.reject(new DOMException("no", "SecurityError")) }`, own},
		{"the policy lets none be named", violated, "trusted-types 'none'"},
		{"the policy lets none run", violated, "worker-src 'none'; " + own},
		{"the page is to leave no trace", `Document.prototype.querySelector = ((ask) => function (selector) {
			window.tried ||= selector.includes("[private]");
			return ask.call(this, selector);
		})(Document.prototype.querySelector)`, own},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := startShelter(t)
			attributes := `load="eager"`
			if strings.Contains(c.before, "[private]") {
				attributes += " private"
			}
			s.page = strings.Replace(s.pageOf(s.m.embed(attributes)), "<link", `<script src="/before.js"></script><link`, 1)
			s.before, s.policy = c.before, strings.Replace(s.policy, own, c.policy, 1)
			p := openTab(t)
			p.open(s.URL())
			p.waitState("ready")
			p.wait(`window.tried`)
			require.Empty(t, p.said())

			// What was begun would be there by now: a second look comes from another page.
			p.open(s.URL() + "/theirs.js")
			require.Zero(t, eval[int](p, here))
		})
	}
}

// An http page is no place for a worker: neither it nor caches are there.
func TestOnAnHTTPPageNothingHappens(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	s.policy = ""
	p := openTab(t)
	p.open(strings.Replace(s.URL(), "127.0.0.1", "0.0.0.0", 1))
	p.waitState("ready")
	require.False(t, eval[bool](p, `isSecureContext`))
	require.Empty(t, p.said())
}

func TestTheWorkerOfASiteIsNotReplaced(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	s.answers["/own.js"] = text("text/javascript", "// the site's own")
	s.page = strings.Replace(s.page, "<link", `<script src="/before.js"></script><link`, 1)
	s.policy, s.before = "", `navigator.serviceWorker.register("/own.js").then(() => navigator.serviceWorker.ready).then(() => window.registered = true)`
	p := openTab(t)
	p.open(s.URL())
	p.wait(`window.registered`)
	p.open(s.URL())
	p.waitState("ready")
	p.wait(fmt.Sprintf(`(%s).then(n => n === 1)`, here))
	require.Eventually(t, func() bool { return strings.Contains(p.said(), "is the worker of this site") }, 5e9, 1e7)
	require.Contains(t, eval[string](p, `navigator.serviceWorker.ready.then(r => r.active.scriptURL)`), "/own.js")
}

func TestAWorkerInTheWrongFolderSaysSo(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	s.page = strings.Replace(s.page, "/byway-sw.js", "/byway/byway-sw.js", 1)
	p := openTab(t)
	p.open(s.URL())
	p.waitState("ready")
	require.Eventually(t, func() bool { return strings.Contains(p.said(), "put it into the root of the site") }, 5e9, 1e7)
	require.Zero(t, eval[int](p, here))
}
