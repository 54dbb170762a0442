package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What becomes of "Clear everything", and of what is under way then.

// clearAll has a page do what the element does.
const clearAll = `import("/clear.js").then(m => m.clearShelter()).then(() => true)`

// startClearing is startShelter with the element's part of clearing.
func startClearing(t testing.TB) *shelter {
	s := startShelter(t)
	s.policy = "" // which would forbid frames
	s.answers["/clear.js"] = func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "shelter_clear.js") }
	return s
}

func TestClearEverythingEmptiesWhatTheWorkerKeeps(t *testing.T) {
	t.Parallel()
	const named = `Promise.all(["byway:of-old", "theirs"].map(name => caches.open(name))).then(() => true)`
	for _, c := range []struct{ name, before string }{
		{"the worker does it", `true`},
		{"the worker is gone", `navigator.serviceWorker.getRegistration().then(r => r.unregister())`},
		{"the site has another worker that does not answer", `navigator.serviceWorker.register("/other/own.js").then(() => true)`},
		{"its own worker does not answer", `(MessagePort.prototype.postMessage = () => {}, ServiceWorker.prototype.postMessage = () => {}, true)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := startClearing(t)
			s.answers["/other/own.js"] = text("text/javascript", "// the site's own")
			p := s.visit(t)
			eval[bool](p, named)
			require.True(t, eval[bool](p, c.before))
			require.True(t, eval[bool](p, clearAll))
			require.Equal(t, []string{"theirs"}, eval[[]string](p, `caches.keys()`))
			require.NotContains(t, p.said(), "uncaught")
		})
	}
}

// The worker lies in the folder of its pages, which need not be the one from which all is cleared.
func TestClearEverythingReachesTheWorkerOfAnyFolder(t *testing.T) {
	t.Parallel()
	s := startClearing(t)
	s.answers["/below/byway-sw.js"] = s.answers["/byway-sw.js"]
	s.answers["/below/"] = text("text/html", `<script defer src="byway-sw.js"></script><byway-article src="/none.json"></byway-article>`)
	p := openTab(t)
	p.open(s.URL() + "/below/")
	p.do(evalVoid(`document.dispatchEvent(new CustomEvent("byway-state", { detail: { state: "ready" } }))`))
	p.waitSheltered("/below/", "/below/byway-sw.js")

	let := make(chan struct{})
	s.answers["/below/held"] = held(let)
	p.frame("/below/held")
	outside := openTabIn(t, p.profile)
	outside.open(s.URL() + "/none")
	require.True(t, eval[bool](outside, clearAll))
	close(let)
	p.wait(frameIsWhole)
	p.open(s.URL() + "/below/none")
	p.tell(settle)
	require.Empty(t, eval[[]string](p, kept))
}

// held is a page whose second half comes when let is closed.
func held(let chan struct{}) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<title>Held</title><p id="first">First.</p>`)
		_ = http.NewResponseController(w).Flush()
		select {
		case <-let:
		case <-r.Context().Done():
		}
		fmt.Fprint(w, `<byway-article src="/none.json"></byway-article>`)
	}
}

// frame opens a page that is held in a frame, and waits for its first half.
func (p *tab) frame(path string) {
	p.t.Helper()
	p.do(evalVoid(fmt.Sprintf(`window.frame = Object.assign(document.createElement("iframe"), { src: %q }); document.body.append(frame)`, path)))
	p.wait(`Boolean(frame.contentDocument?.querySelector("#first"))`)
}

const frameIsWhole = `Boolean(frame.contentDocument.querySelector("byway-article")) && frame.contentDocument.readyState === "complete"`

// What was under way when all was cleared comes to its page and is not kept.
func TestWhatIsUnderWayWhenAllIsClearedIsNotKept(t *testing.T) {
	t.Parallel()
	s := startClearing(t)
	p := s.visit(t)
	let := make(chan struct{})
	s.answers["/held"] = held(let)
	p.frame("/held")
	require.True(t, eval[bool](p, clearAll))
	close(let)
	p.wait(frameIsWhole)
	p.open(s.URL() + "/none")
	p.tell(settle)
	require.Empty(t, eval[[]string](p, kept))

	p.open(s.URL() + "/held") // the next view is another matter
	p.waitSheltered("/held")
}

// A worker that a site has unregistered works on for the pages that are open.
func TestWhatIsUnderWayInAWorkerThatWasUnregisteredIsNotKept(t *testing.T) {
	t.Parallel()
	s := startClearing(t)
	p := s.visit(t)
	let := make(chan struct{})
	s.answers["/held"] = held(let)
	p.frame("/held")
	require.True(t, eval[bool](p, `navigator.serviceWorker.getRegistration().then(r => r.unregister())`))
	require.True(t, eval[bool](p, clearAll))
	close(let)
	p.wait(frameIsWhole)
	require.Equal(t, "done", eval[string](p, `new Promise(done => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }) => done(data);
		navigator.serviceWorker.controller.postMessage(`+settle+`, [port2]);
	})`))
	require.NotContains(t, eval[[]string](p, kept), "/held")
}

// A reader who clears before the worker is there has it not come any more.
func TestAPageThatWasClearedIsNotGivenToAWorker(t *testing.T) {
	t.Parallel()
	s := startClearing(t)
	s.answers["/story"] = text("text/html", `<script src="/byway-sw.js"></script><byway-article src="/none.json"></byway-article>`)
	p := openTab(t)
	p.open(s.URL() + "/story") // no byway.js: the state comes when the test says so
	require.True(t, eval[bool](p, clearAll))
	p.do(evalVoid(`document.dispatchEvent(new CustomEvent("byway-state", { detail: { state: "ready" } }))`))
	p.open(s.URL() + "/none")
	require.Zero(t, eval[int](p, here))
}

func TestClearEverythingWhereThereIsNothingToClear(t *testing.T) {
	t.Parallel()
	s := startClearing(t)
	for name, c := range map[string]struct{ host, before string }{
		"an http page":              {"0.0.0.0", `isSecureContext === false`},
		"a browser without workers": {"127.0.0.1", `Object.defineProperty(Navigator.prototype, "serviceWorker", { get() {} }) && true`},
		"a browser that refuses":    {"127.0.0.1", `Object.defineProperty(Navigator.prototype, "serviceWorker", { get() { throw new DOMException("no", "SecurityError") } }) && true`},
		"a page without a worker":   {"127.0.0.1", `true`},
	} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t)
			p.open(strings.Replace(s.URL(), "127.0.0.1", c.host, 1) + "/none")
			require.True(t, eval[bool](p, c.before))
			require.True(t, eval[bool](p, clearAll))
			require.Empty(t, p.said())
		})
	}
}
