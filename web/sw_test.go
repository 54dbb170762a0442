package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"byway/internal/blockade"
	"byway/internal/publish"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// The tests of this file and of those beside it are about byway-sw.js, in the root of a partner's site. Every tab has a
// profile of its own that is kept in memory only, as a private window has.

// shelter is such a site.
type shelter struct {
	*keeper
	m       mirrors
	answers map[string]http.HandlerFunc // by path, before all others
}

// startShelter starts a site whose page has a style sheet, a script and one element, whose article lies at one address.
func startShelter(t testing.TB) *shelter {
	t.Helper()
	partner, m := startKept(t, 1)
	s := &shelter{keeper: partner, m: m, answers: map[string]http.HandlerFunc{
		"/byway-sw.js": func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, filepath.Join(dist, "byway-sw.js")) },
		"/style.css":   text("text/css", `p { color: rgb(1, 2, 3) }`),
		"/theirs.js":   text("text/javascript", `globalThis.theirs = true`),
	}}
	partner.files = func(name string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", "no-cache")
			sent(name).ServeHTTP(w, r)
		})
	}
	partner.policy = s.strict()
	partner.page = s.pageOf(m.embed(`load="eager"`) + tides)
	partner.rest = func(w http.ResponseWriter, r *http.Request) {
		if answer := s.answers[r.URL.Path]; answer != nil {
			answer(w, r)
		} else {
			http.NotFound(w, r)
		}
	}
	return s
}

// tides makes a page long enough to be cut.
var tides = strings.Repeat("<p>The tide table of the estuary.</p>\n", 500)

// strict is the strictest policy under which the worker works.
func (s *shelter) strict() string {
	return strings.Replace(strictCSP(s.m.all()), "trusted-types 'none'", "trusted-types byway-sw", 1)
}

func (s *shelter) pageOf(body string) string {
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A partner</title><link rel="stylesheet" href="/style.css">
<script type="module" src="/byway/byway.js"></script><script defer src="/byway-sw.js"></script><script defer src="/theirs.js"></script>
<body><p id="theirs">theirs</p>` + body
}

// close takes the servers away.
func (s *shelter) close() {
	_ = s.Close()
	_ = s.m[0].Close()
}

func text(kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		fmt.Fprint(w, body)
	}
}

// kept lists the paths of what the worker keeps, in order.
const kept = `caches.has("byway:shelter").then(has => !has ? [] : caches.open("byway:shelter").then(c => c.keys()).then(all =>
	all.map(({ url }) => url.replace(location.origin, "")).sort()))`

// waitSheltered waits until exactly these paths are kept.
func (p *tab) waitSheltered(paths ...string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`(%s).then(all => all.join(" ") === %q)`, kept, strings.Join(paths, " ")))
}

// all is what is kept of the site after one visit.
func (s *shelter) all(t testing.TB) []string {
	name, _ := wasm(t)
	return []string{"/", "/byway-sw.js", "/byway/" + name, "/byway/byway.js", "/style.css", "/theirs.js"}
}

// visit opens the site for the first time and waits until all of it is kept.
func (s *shelter) visit(t testing.TB) *tab {
	t.Helper()
	p := openTab(t)
	p.open(s.URL())
	p.waitState("ready")
	p.waitSheltered(s.all(t)...)
	return p
}

// tell sends a message to the worker and gives what it answers when it has done all that was begun.
func (p *tab) tell(message string) string {
	p.t.Helper()
	return eval[string](p, `navigator.serviceWorker.ready.then(({ active }) => new Promise(done => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }) => done(data);
		active.postMessage(`+message+`, [port2]);
	}))`)
}

// settle has the worker keep the page as it is now, if it may; settleAll byway.js, too.
const (
	settle    = `{ byway: "keep", files: [] }`
	settleAll = `{ byway: "keep", files: [location.origin + "/byway/byway.js"] }`
)

// requireWhole looks whether the page is the site's own, with its styles, and the element runs.
func (p *tab) requireWhole(state string) {
	p.t.Helper()
	p.waitState(state)
	p.requirePage()
}

// requireKept looks whether all that comes from what was kept: the page from the worker, and the article from the shelf.
func (p *tab) requireKept() {
	p.t.Helper()
	p.wait(element + `?.dataset.source === "shelf"`)
	p.requirePage()
}

func (p *tab) requirePage() {
	p.t.Helper()
	require.Equal(p.t, "theirs", eval[string](p, `document.getElementById("theirs").textContent`))
	require.Equal(p.t, "rgb(1, 2, 3)", eval[string](p, `getComputedStyle(document.getElementById("theirs")).color`))
	require.True(p.t, eval[bool](p, `theirs`))
}

func TestAReloadWithoutANetworkShowsThePageAndTheArticle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, words string
		offline     bool
	}{
		{"the servers are gone", "None of the addresses delivered the article.", false},
		{"the device is offline, too", "Your device is offline.", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := startShelter(t)
			p := s.visit(t)
			const text = `[...` + element + `.shadowRoot.querySelectorAll("[part~=headline], [part~=standfirst], [part~=body] > p")].map((part) => part.textContent)`
			online := eval[[]string](p, text)
			require.Greater(t, len(online), 3)
			p.waitKept(1, 0)
			s.close()
			p.cut(c.offline)
			for _, again := range []chromedp.Action{chromedp.Reload(), chromedp.Navigate(s.URL() + "#elsewhere")} {
				p.do(again)
				p.requireKept()
				require.Equal(t, online, eval[[]string](p, text))
				p.wait(fmt.Sprintf(`%s?.textContent.includes(%q)`, inside(".status"), c.words))
			}
			require.NotContains(t, p.said(), "uncaught")
		})
	}
}

// Headers prove nothing, and neither does half a body.
func TestWhatIsKeptComesWhereTheServerDoesNot(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fault   blockade.Fault
		atLeast time.Duration // that a page waits for it
	}{
		{blockade.Refused, 0}, {blockade.ResetAfter, 0}, {blockade.Block403, 0}, {blockade.Unavailable, 0},
		{blockade.Silent, 2400 * time.Millisecond}, {blockade.SilenceAfter8K, 2400 * time.Millisecond},
	} {
		t.Run(string(c.fault), func(t *testing.T) {
			s := startShelter(t)
			p := s.visit(t)
			require.NoError(t, s.SetFault(c.fault))
			start := time.Now()
			p.open(s.URL())
			took := time.Since(start)
			p.requireWhole("ready")
			require.Greater(t, took, c.atLeast)
			require.Less(t, took, c.atLeast+2*time.Second, "the parts of the page do not wait again")

			if c.atLeast > 0 {
				return // Chromium holds the next request for the address to what became of this, for as long as 20 s
			}
			s.page = s.pageOf(`<p id="new">new</p>` + s.m.embed(`load="eager"`))
			require.NoError(t, s.SetFault(blockade.Healthy))
			p.open(s.URL())
			p.requireWhole("ready")
			require.True(t, eval[bool](p, `Boolean(document.getElementById("new"))`), "what works is not hidden")
			p.tell(settle)
			s.close()
			p.open(s.URL())
			p.requireKept()
			require.True(t, eval[bool](p, `Boolean(document.getElementById("new"))`), "the newer page is kept")
		})
	}
}

func TestABlockPageIsNeverKept(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	p := s.visit(t)
	require.NoError(t, s.SetFault(blockade.Block200))
	for range 2 {
		p.open(s.URL())
		require.False(t, eval[bool](p, `Boolean(document.getElementById("theirs"))`), "it is what the site says, as far as can be known")
		p.do(evalVoid(`for (const [name, at] of [["link", "/style.css"], ["script", "/theirs.js"], ["script", "/byway/byway.js"]]) {
			const e = Object.assign(document.createElement(name), { rel: "stylesheet", href: at, src: at });
			e.onload = e.onerror = () => window.over = (window.over ?? 0) + 1;
			document.head.append(e);
		}`))
		p.wait(`window.over === 3`)
		p.tell(settle)
	}
	p.waitSheltered(s.all(t)...)
	s.close()
	p.open(s.URL())
	p.requireKept()
}

func TestHalfAPageIsNeverKept(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	p := s.visit(t)
	whole := s.page
	s.page, _, _ = strings.Cut(whole, "</byway-article>") // ends as if that were all
	p.open(s.URL())
	p.tell(settle)
	s.close()
	p.open(s.URL())
	p.requireKept()
}

func TestWhatIsNotToBeKeptIsNot(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		text(map[bool]string{true: "text/css", false: "text/javascript"}[strings.HasSuffix(r.URL.Path, "css")], "")(w, r)
	}))
	t.Cleanup(other.Close)
	article := `<byway-article src="/none.json"></byway-article>`
	page := func(body string) http.HandlerFunc { return text("text/html", body) }
	with := func(header, value string, answer http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set(header, value)
			answer(w, r)
		}
	}
	status := func(code int, answer http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(code)
			answer(w, r)
		}
	}
	s := startShelter(t)
	s.answers["/away.js"] = http.RedirectHandler(other.URL+"/a.js", http.StatusFound).ServeHTTP
	s.answers["/moved.js"] = http.RedirectHandler("/theirs.js", http.StatusFound).ServeHTTP
	s.answers["/target"] = page(article)
	s.answers["/secret.js"] = with("Cache-Control", "no-store", text("text/javascript", ""))
	s.answers["/data.json"] = text("application/json", "{}")
	p := s.visit(t)
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		kept   []string
	}{
		{"a page with an element is", page(article), []string{"/page"}},
		{"one with an element that is closed over several lines is", page("<BYWAY-ARTICLE\n src='/private >'\n data-private title=\" private \"></BYWAY-ARTICLE\n>"), []string{"/page"}},
		{"one that ends within its element", page(`<byway-article src="/none.json"><p>On the`), nil},
		{"one without an element", page(`<p>Nothing of Byway's</p>`), nil},
		{"one with a word like an element's name", page(`<byway-articles src="/none.json"></byway-articles>`), nil},
		{"one that wants to leave no trace", page(article + `<byway-article private src="/none.json"></byway-article>`), nil},
		{"one that says so after a > in an attribute", page(`<byway-article title="a > b" src='/none.json' PRIVATE=""></byway-article>`), nil},
		{"one that is not to be stored", with("Cache-Control", "private, No-Store", page(article)), nil},
		{"one that differs by everything", with("Vary", "*", page(article)), nil},
		{"one that is a reader's own", with("Cache-Control", "max-age=0, Private", page(article)), nil},
		{"one that differs by who has logged in", with("Vary", "Accept-Encoding, COOKIE", page(article)), nil},
		{"one that differs by a password", with("Vary", "authorization", page(article)), nil},
		{"one that differs by what the browser can unpack is", with("Vary", "Accept-Encoding", page(article)), []string{"/page"}},
		{"one that is missing", status(404, page(article)), nil},
		{"one in parts", status(206, page(article)), nil},
		{"one of another type", text("application/xhtml+xml", `<html xmlns="http://www.w3.org/1999/xhtml"><body>`+article+`</body></html>`), nil},
		{"one that leads elsewhere", http.RedirectHandler("/target", http.StatusFound).ServeHTTP, []string{"/target"}},
		{"scripts and style sheets of a page that is not kept", page(`<link rel="stylesheet" href="/style.css"><script src="/theirs.js"></script><script type="module" src="/byway/byway.js"></script>`), nil},
		{"those of other hosts", page(article + `<script src="` + other.URL + `/a.js"></script><script crossorigin src="` + other.URL + `/b.js"></script><link rel="stylesheet" href="` + other.URL + `/c.css">`), []string{"/page"}},
		{"those that lead to other hosts", page(article + `<script src="/away.js"></script><script crossorigin src="/away.js?2"></script>`), []string{"/page"}},
		{"those that lead elsewhere", page(article + `<script src="/moved.js"></script>`), []string{"/page"}},
		{"those that are something else", page(article + `<link rel="stylesheet" href="/target"><script src="/target"></script><script src="/missing.js"></script><script src="/secret.js"></script>`), []string{"/page"}},
		{"pictures and data", page(article + `<img src="/picture.png"><script>fetch("/data.json").then(() => fetch("/data.json", { method: "POST" }))</script>`), []string{"/page"}},
		{"but its own scripts and style sheets are", page(article + `<link rel="stylesheet" href="/style.css"><script src="/theirs.js?1"></script>`), []string{"/page", "/style.css", "/theirs.js?1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p.t = t
			require.Equal(t, "done", p.tell(`{ byway: "clear" }`))
			s.answers["/page"] = c.answer
			p.open(s.URL() + "/page")
			p.tell(settle)
			require.Equal(t, append([]string{}, c.kept...), eval[[]string](p, kept))
		})
	}
}

func TestAPageThatIsNotToBeKeptAnyMoreIsDropped(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	p := s.visit(t)
	s.page = s.pageOf(s.m.embed(`load="eager" private`))
	p.open(s.URL())
	p.waitState("ready")
	p.waitSheltered(s.all(t)[1:]...)
}

func TestAReadersOwnPageIsGoneAfterTheLogout(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	p := s.visit(t)
	const element = `<byway-article src="/none.json"></byway-article>`
	open := func(answer http.HandlerFunc) string {
		s.answers["/mine"] = answer
		p.open(s.URL() + "/mine")
		p.tell(settle)
		return eval[string](p, `document.body.textContent`)
	}
	out := func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, "Log in.")
	}
	open(text("text/html", "<p>Hello</p>"+element))
	require.Contains(t, eval[[]string](p, kept), "/mine")
	require.Contains(t, open(out), "Hello", "the one for everybody is kept")
	require.Contains(t, open(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Cookie")
		text("text/html", "<p>Hello Alice</p>"+element)(w, r)
	}), "Alice")
	require.NotContains(t, eval[[]string](p, kept), "/mine", "nor is the older one")
	require.Contains(t, open(out), "Log in.")
}

func TestTheNewestPagesAreKeptAndNoMore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		size, n, kept int
	}{{"twenty pages", 0, 23, 20}, {"fifty million bytes", 8_900_000, 6, 5}, {"none of over ten million", 11_000_000, 1, 0}} {
		t.Run(c.name, func(t *testing.T) {
			s := startShelter(t)
			p := s.visit(t)
			var want []string
			for i := range c.n {
				path := fmt.Sprintf("/page%02d", i)
				s.answers[path] = text("text/html", `<byway-article src="/none.json"></byway-article>`+strings.Repeat(" ", c.size))
				p.open(s.URL() + path)
				p.tell(settle)
				if i >= c.n-c.kept {
					want = append(want, path)
				}
			}
			name, _ := wasm(t)
			all := eval[[]string](p, kept)
			require.Subset(t, all, append(want, "/byway/byway.js", "/byway/"+name))
			pages := 0
			for _, path := range all {
				if path == "/" || strings.HasPrefix(path, "/page") {
					pages++
				}
			}
			require.Equal(t, max(c.kept, 1), pages)
			s.close()
			if c.kept > 0 {
				p.open(s.URL() + want[0])
				require.True(t, eval[bool](p, `Boolean(document.querySelector("byway-article"))`))
			}
		})
	}
}

// fills has the storage be full for the worker, until it is told that there is room.
const fills = `if (!globalThis.document) {
	const put = Cache.prototype.put;
	Cache.prototype.put = async () => { throw new DOMException("full", "QuotaExceededError") };
	addEventListener("message", ({ data }) => { if (data.room) Cache.prototype.put = put });
}`

func TestAStorageThatIsFullLosesNothing(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	p := s.visit(t)
	worker, err := os.ReadFile(filepath.Join(dist, "byway-sw.js"))
	require.NoError(t, err)
	s.answers["/byway-sw.js"] = text("text/javascript", fills+string(worker))
	eval[bool](p, `navigator.serviceWorker.getRegistration().then(r => r.update()).then(r => new Promise(done => {
		const w = r.installing ?? r.waiting ?? r.active;
		if (w.state === "activated") done(true); else w.onstatechange = () => w.state === "activated" && done(true);
	}))`)
	p.open(s.URL())
	p.requireWhole("ready")
	p.tell(settle)
	p.waitSheltered(s.all(t)...)

	p.do(evalVoid(`navigator.serviceWorker.controller.postMessage({ room: true })`))
	s.page = s.pageOf(`<p id="new">new</p>` + s.m.embed(`load="eager"`))
	p.open(s.URL())
	p.requireWhole("ready")
	require.Equal(t, "done", p.tell(settle), "and goes on when there is room again")
	s.close()
	p.open(s.URL())
	p.requireKept()
	require.True(t, eval[bool](p, `Boolean(document.getElementById("new"))`))
}

func TestTheDemoIsThereWithoutANetwork(t *testing.T) {
	t.Parallel()
	d := startDemo(t)
	p := showDemo(t, d)
	name, _ := wasm(t)
	p.waitSheltered("/", "/byway-sw.js", "/byway/"+name, "/byway/byway.js", "/demo.css", "/panel.js")
	require.Empty(t, p.said(), "nothing on the console under the demo's policy")
	require.NoError(t, d.Close())
	p.do(chromedp.Reload())
	p.wait(`[...document.querySelectorAll("byway-article")].length === 2`)
	p.do(evalVoid(element + `.setAttribute("load", "eager")`))
	p.waitShelf()
	require.Contains(t, eval[string](p, `document.body.textContent`), "The Tidewater Board")
}

// A published page has its article in itself.
func TestAPublishedPageIsReadWithoutANetwork(t *testing.T) {
	t.Parallel()
	articles, site := t.TempDir(), filepath.Join(t.TempDir(), "site")
	require.NoError(t, os.WriteFile(filepath.Join(articles, "ferry.json"), []byte(storyOf()["ferry"]), 0o644))
	root, feed, err := publish.GenerateKeys(filepath.Join(t.TempDir(), "keys"), "news.example")
	require.NoError(t, err)
	s := httptest.NewServer(http.FileServer(http.Dir(site)))
	t.Cleanup(s.Close)
	_, err = publish.Run(t.Context(), publish.Options{
		Source: articles, Site: site, New: true, Base: s.URL + "/", Keys: []publish.Signer{root, feed}, Element: dist, Life: time.Hour, Now: time.Now(),
	})
	require.NoError(t, err)
	p := openTab(t)
	p.open(s.URL + "/ferry.html")
	p.waitState("ready")
	p.wait(fmt.Sprintf(`(%s).then(all => all.length === 5)`, kept))
	s.Close()
	p.do(chromedp.Reload())
	p.waitShelf()
	require.Contains(t, eval[string](p, element+`.shadowRoot.textContent`), "The water was flat.")
}
