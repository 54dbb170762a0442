package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"byway/internal/reader"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// The tests of this folder drive the built element in Chromium, against pages and mirrors on loopback. "make test"
// builds dist/ and finds the browser before it runs them. Those that mostly wait run beside each other (t.Parallel), the
// others, which look at times or at memory, do not.

const dist = "../dist"

// browser is the one Chromium of the whole run; every test gets a tab in a profile of its own.
var browser context.Context

func TestMain(m *testing.M) { os.Exit(runTests(m)) }

func runTests(m *testing.M) int {
	if _, err := os.Stat(filepath.Join(dist, "byway.js")); err != nil {
		fmt.Fprintln(os.Stderr, "web: dist/ is not built: run \"make test\", or \"make build\" first")
		return 1
	}
	chrome, err := exec.LookPath("../.ci/bin/headless_shell")
	if err != nil {
		fmt.Fprintln(os.Stderr, "web:", err)
		return 1
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chrome), chromedp.NoSandbox,
		chromedp.Flag("js-flags", "--expose-gc"), chromedp.Flag("enable-precise-memory-info", true))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	// Newer browsers send events that the protocol library does not know; it logs each.
	ctx, close := chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	defer close()
	if err := chromedp.Run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "web: starting Chromium: ", err)
		return 1
	}
	browser = ctx
	return m.Run()
}

// tab is one page in the browser, with what it said on its console.
type tab struct {
	t       testing.TB
	ctx     context.Context
	profile cdp.BrowserContextID

	mu      sync.Mutex
	console []string
}

// openTab opens an empty tab with a profile of its own. It closes with the test.
func openTab(t testing.TB) *tab {
	t.Helper()
	c := chromedp.FromContext(browser)
	ctx := cdp.WithExecutor(browser, c.Browser)
	profile, err := target.CreateBrowserContext().Do(ctx)
	require.NoError(t, err)
	t.Cleanup(func() { _ = target.DisposeBrowserContext(profile).Do(ctx) })
	return openTabIn(t, profile)
}

// openTabIn opens one more tab in a profile.
func openTabIn(t testing.TB, profile cdp.BrowserContextID) *tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(browser, chromedp.WithTargetID(newTarget(t, profile)))
	ctx, cancel := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(func() { cancel(); stop() })
	p := &tab{t: t, ctx: ctx, profile: profile}
	chromedp.ListenTarget(ctx, p.listen)
	p.do(chromedp.EmulateViewport(1024, 768))
	return p
}

// newTarget opens an empty page.
func newTarget(t testing.TB, profile cdp.BrowserContextID) target.ID {
	t.Helper()
	ctx := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	id, err := target.CreateTarget("about:blank").WithBrowserContextID(profile).WithNewWindow(true).Do(ctx)
	require.NoError(t, err)
	return id
}

func (p *tab) listen(event any) {
	line := ""
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		for _, arg := range e.Args {
			line += " " + string(arg.Value) + arg.Description
		}
	case *runtime.EventExceptionThrown:
		line = "uncaught " + e.ExceptionDetails.Error()
	default:
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.console = append(p.console, strings.TrimSpace(line))
}

func (p *tab) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.console, "\n")
}

func (p *tab) do(actions ...chromedp.Action) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Run(p.ctx, actions...), "the console said:\n%s", p.said())
}

// open loads an address and returns when the page has loaded.
func (p *tab) open(url string) { p.t.Helper(); p.do(chromedp.Navigate(url)) }

// eval gives the value of a JavaScript expression, awaited if it is a promise.
func eval[T any](p *tab, expression string) T {
	p.t.Helper()
	var value T
	p.do(chromedp.Evaluate(expression, &value, awaited))
	return value
}

func awaited(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }

// wait returns when a JavaScript expression is true. It looks on every frame, so it takes no longer than it must.
func (p *tab) wait(expression string) {
	p.t.Helper()
	look := func() error {
		return chromedp.Run(p.ctx, chromedp.Poll(expression, nil, chromedp.WithPollingTimeout(20*time.Second)))
	}
	err := look()
	if err != nil && strings.Contains(err.Error(), "Cannot find context") { // it looked at the page before
		err = look()
	}
	require.NoError(p.t, err, "waited in vain for: %s\nthe page:\n%s\nthe console said:\n%s", expression, p.html(), p.said())
}

// html is what the first element shows, for messages.
func (p *tab) html() string {
	var html string
	_ = chromedp.Run(p.ctx, chromedp.Evaluate(`(() => { const e = document.querySelector("byway-article");
		return e ? e.outerHTML + "\n" + (e.shadowRoot ? e.shadowRoot.innerHTML : "") : document.documentElement.outerHTML })()`, &html))
	return html
}

// element is an expression for the first element of the page; inside is one for something in its shadow root.
const element = `document.querySelector("byway-article")`

func inside(selector string) string {
	return fmt.Sprintf("%s.shadowRoot.querySelector(%q)", element, selector)
}

// waitState waits until the first element is in a state, and what it shows, if anything, has come from an address.
func (p *tab) waitState(state string) {
	p.t.Helper()
	p.wait(fmt.Sprintf("%s?.dataset.state === %q && %[1]s.dataset.source !== %[3]q", element, state, reader.FromShelf))
}

// clearShelf takes away what was kept of articles, and nothing else.
func (p *tab) clearShelf() {
	p.t.Helper()
	p.do(evalVoid(`document.querySelectorAll("byway-article").forEach((e) => e.remove())`)) // what one is about to keep would come back
	p.do(evalVoid(`new Promise((done, failed) => {
		const deleting = indexedDB.deleteDatabase("byway:shelf");
		deleting.onsuccess = done;
		deleting.onerror = failed;
	})`))
}

// strictCSP is the policy that the README gives to sites, with the addresses that a page uses.
func strictCSP(addresses string) string {
	return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: " + addresses +
		"; connect-src 'self' " + addresses + "; require-trusted-types-for 'script'; trusted-types 'none'"
}

// site is a partner's site on loopback: one page, and dist/ under /byway/.
type site struct {
	*httptest.Server
	page, policy string
}

// serveSite serves a page whose body is given, with the element's script in its head.
func serveSite(t testing.TB, policy, body string) *site {
	t.Helper()
	s := &site{policy: policy}
	s.page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A partner</title>
<script type="module" src="/byway/byway.js"></script><body>` + body
	files := http.StripPrefix("/byway/", http.FileServer(http.Dir(dist)))
	mux := http.NewServeMux()
	mux.Handle("/byway/", files)
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if s.policy != "" {
			w.Header().Set("Content-Security-Policy", s.policy)
		}
		fmt.Fprint(w, s.page)
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}
