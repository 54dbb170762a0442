package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byway/internal/blockade"
	"byway/internal/demo"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// screenshots is where the tests of this file leave what they saw, for people to look at.
const screenshots = dist + "/screenshots"

func startDemo(t *testing.T) *demo.Demo {
	t.Helper()
	d, err := demo.Start(0, dist)
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// showDemo opens the demo and waits until both articles are shown.
func showDemo(t *testing.T, d *demo.Demo) *tab {
	t.Helper()
	p := openTab(t)
	p.open(d.URL)
	p.do(evalVoid(`for (const e of document.querySelectorAll("byway-article")) e.setAttribute("load", "eager")`))
	p.wait(`[...document.querySelectorAll("byway-article")].every(e => e.dataset.state === "ready")`)
	return p
}

// wears gives the page a width and a colour scheme.
func (p *tab) wears(width int64, scheme string) {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(width, 900),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}))
}

// scrollThrough goes down the page, as somebody who reads, until every picture is there.
func (p *tab) scrollThrough() {
	p.t.Helper()
	p.wait(`(() => { for (const e of document.querySelectorAll("byway-article")) {
		const waits = e.shadowRoot.querySelector("canvas") ?? [...e.shadowRoot.querySelectorAll("img")].find((x) => !x.complete);
		waits?.scrollIntoView();
		if (waits || !e.shadowRoot.querySelector("img")) return false;
	} return true })()`)
}

func TestTheDemoShowsTheWayRoundAtOnce(t *testing.T) {
	d := startDemo(t)
	p := showDemo(t, d)
	require.Equal(t, 2, eval[int](p, `document.querySelectorAll("byway-article").length`))
	require.NotEqual(t, d.Mirrors[0][len("http://"):], eval[string](p, element+`.dataset.source`))
	require.Equal(t, []string{"signed", "signed"}, eval[[]string](p, `[...document.querySelectorAll("byway-article")].map(e => e.dataset.proof)`))
	require.Contains(t, eval[string](p, inside(".origin summary")+`.textContent`), "Signed by two-shores.example")
	require.Contains(t, eval[string](p, inside(".limits")+`.textContent`), "Correction")
	require.Equal(t, 3, eval[int](p, element+`.shadowRoot.querySelectorAll("[part~=breadcrumbs] li").length`))
	require.Equal(t, "rtl", eval[string](p, `getComputedStyle(document.querySelectorAll("byway-article")[1].shadowRoot.querySelector("h2, h3")).direction`))
	require.Empty(t, p.said(), "nothing on the console under the demo's policy")
}

func TestThePanelMakesAddressesFail(t *testing.T) {
	t.Parallel()
	d := startDemo(t)
	for _, c := range []struct {
		name    string
		fault   blockade.Fault
		outcome string
	}{
		{"altered copies are not shown", blockade.Altered, "altered"},
		{"older copies are not shown", blockade.Older, "older"},
		{"a block page is passed over", blockade.Block200, "wrong"},
		{"an answer cut short is passed over", blockade.Cut, "altered"},
		{"a silent address is passed over", blockade.Silent, "unanswered"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := tryFault(t, d, c.fault)
			for tries := 1; (got == "aborted" || got == "accepted") && tries < 4; tries++ { // a busy machine looks like a throttled address: another is asked beside it, or first
				got = tryFault(t, d, c.fault)
			}
			require.Equal(t, c.outcome, got)
		})
	}
}

// tryFault reads from a healthy address, has it fail in some way and the publisher's own recover, and reads again. It gives
// what came of the first attempt then.
func tryFault(t *testing.T, d *demo.Demo, fault blockade.Fault) string {
	for i := range d.Mirrors { // all healthy but the publisher's own
		setPanel(t, d, i, []blockade.Fault{blockade.Refused, blockade.Healthy, blockade.Healthy}[i])
	}
	p := showDemo(t, d)
	before := eval[int](p, element+`.trace.length`)
	setPanel(t, d, 0, blockade.Healthy)
	setPanel(t, d, 1, fault)
	setPanel(t, d, 2, fault)
	p.do(evalVoid(element + `.reload()`))
	p.wait(fmt.Sprintf(`%s.dataset.source === %q && %[1]s.trace.every(a => a.outcome !== "running")`, element, d.Mirrors[0][len("http://"):]))
	return eval[string](p, fmt.Sprintf(`%s.trace[%d].outcome`, element, before))
}

// setPanel does what the panel does when a fault is chosen there.
func setPanel(t *testing.T, d *demo.Demo, mirror int, fault blockade.Fault) {
	t.Helper()
	response, err := http.Post(d.URL+"/panel", "application/json", strings.NewReader(fmt.Sprintf(`{"mirror":%d,"fault":%q}`, mirror, fault)))
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode)
}

// Every width and scheme, in both directions: nothing sticks out, and pictures of it all to be looked at.
func TestNothingSticksOutAtAnyWidth(t *testing.T) {
	t.Parallel()
	require.NoError(t, os.MkdirAll(screenshots, 0o755))
	p := showDemo(t, startDemo(t))
	for _, width := range []int64{320, 768, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(fmt.Sprintf("%d px, %s", width, scheme), func(t *testing.T) {
				p.t = t
				p.wears(width, scheme)
				require.LessOrEqual(t, eval[int64](p, `document.scrollingElement.scrollWidth`), width)
				require.Empty(t, eval[[]string](p, sticksOut))
				p.scrollThrough()
				eval[bool](p, `Promise.all([...document.querySelectorAll("byway-article")].flatMap(e => [...e.shadowRoot.querySelectorAll("img")].map(x => x.decode()))).then(() => true)`)
				p.photograph(fmt.Sprintf("demo-%d-%s", width, scheme))
			})
		}
	}
}

// sticksOut lists what is wider than the article, but for what scrolls in a box of its own.
const sticksOut = `[...document.querySelectorAll("byway-article")].flatMap(e => {
	const box = e.getBoundingClientRect();
	return [...e.shadowRoot.querySelectorAll("*")].filter(x => {
		const r = x.getBoundingClientRect();
		return r.width && (r.left < box.left - 1 || r.right > box.right + 1) && !x.closest(".scroll") && getComputedStyle(x).position !== "absolute";
	}).map(x => x.localName + "." + x.className);
})`

// photograph leaves a picture of the whole page, the first article unfolded.
func (p *tab) photograph(name string) {
	p.t.Helper()
	p.do(evalVoid(`scrollTo(0, 0); const d = ` + inside("details[part~=addresses]") + `; if (d) d.open = true`))
	var png []byte
	p.do(chromedp.FullScreenshot(&png, 100))
	require.True(p.t, bytes.HasPrefix(png, []byte("\x89PNG")))
	require.NoError(p.t, os.WriteFile(filepath.Join(screenshots, name+".png"), png, 0o644))
}
