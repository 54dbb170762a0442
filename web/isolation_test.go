package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// hostile is what a page's own styles do at their worst.
const hostile = `html { font-size: 62.5%; direction: ltr; word-spacing: 9px; text-transform: uppercase }
* { color: red !important; background: yellow !important; font: italic 7px/1 monospace !important; letter-spacing: 3px !important;
	margin: 0 !important; padding: 0 !important; border: 3px dotted !important; text-align: right !important; list-style: none !important;
	text-decoration: line-through !important; visibility: visible !important; transition: all 5s !important; box-sizing: content-box !important;
	float: none !important; max-width: none !important; opacity: 0.5 !important; filter: blur(2px) !important; transform: rotate(1deg) !important;
	writing-mode: horizontal-tb !important; white-space: pre !important; text-indent: 40px !important; cursor: wait !important }
h1, h2, h3 { font-size: 90px !important } p { line-height: 3 !important } a { color: lime !important; display: block !important }
img { width: 10px !important; height: 10px !important } byway-article { display: inline !important; columns: 3 !important }`

// looks lists the computed style of everything inside, and of the element where it acts on the inside.
const looks = `(() => {
	const host = document.querySelector("byway-article"), list = [];
	const own = getComputedStyle(host);
	list.push("host " + ["display", "opacity", "filter", "transform", "columnCount", "visibility"].map(n => own[n]).join(" "));
	host.style.setProperty("width", "600px", "important");
	for (const e of host.shadowRoot.querySelectorAll("time, .happened")) e.textContent = "then"; // no run takes as long as another
	for (const e of host.shadowRoot.querySelectorAll(".byway, .byway *")) {
		const style = getComputedStyle(e);
		list.push(e.localName + "." + e.className + " " + [...style].filter(n => !n.startsWith("--")).map(n => n + ":" + style.getPropertyValue(n)).join(";"));
	}
	return list;
})()`

func TestAPagesStylesChangeNothingInside(t *testing.T) {
	m := startMirrors(t, 2)
	show := func(css string) []string {
		p := openTab(t)
		s := serveSite(t, "", m.embed(`images="none"`))
		s.page += "<style>" + css + "</style>"
		p.open(s.URL)
		p.waitState("ready")
		p.wait(inside(".kept li"))
		return eval[[]string](p, looks)
	}
	plain, attacked := show(""), show(hostile)
	require.Equal(t, len(plain), len(attacked))
	for i := range plain {
		require.Empty(t, differences(plain[i], attacked[i]))
	}
}

// differences names the properties that are not the same, with both values.
func differences(a, b string) (list []string) {
	as, bs := strings.Split(a, ";"), strings.Split(b, ";")
	for i := range max(len(as), len(bs)) {
		if i >= len(as) || i >= len(bs) || as[i] != bs[i] {
			list = append(list, as[0]+": "+as[min(i, len(as)-1)]+" became "+bs[min(i, len(bs)-1)])
		}
	}
	return list
}

func TestBywayChangesNothingOutside(t *testing.T) {
	m := startMirrors(t, 1)
	p := openTab(t)
	s := serveSite(t, "", `<script src="/before.js"></script><h1>Theirs</h1>`+m.embed(""))
	s.Config.Handler.(*http.ServeMux).HandleFunc("/before.js", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `var outside = () => JSON.stringify([Object.getOwnPropertyNames(window).sort(), document.head.innerHTML,
			document.documentElement.getAttributeNames(), document.body.getAttributeNames(), document.adoptedStyleSheets.length, document.cookie,
			localStorage.length, sessionStorage.length, document.title, getComputedStyle(document.querySelector("h1") ?? document.body).color]);
			var before = ""; document.addEventListener("DOMContentLoaded", () => before = outside(), { once: true, capture: true });`)
	})
	p.open(s.URL)
	p.waitState("ready")
	require.NotEmpty(t, eval[string](p, `before`))
	require.Equal(t, eval[string](p, `before`), eval[string](p, `outside()`))
}

// A page may put an element in and take it out as often as it likes.
func TestTwoHundredMountsLeaveNothingBehind(t *testing.T) {
	m := startMirrors(t, 1)
	p := openTab(t)
	p.open(serveSite(t, "", m.embed(`load="eager" images="none"`)).URL)
	p.waitState("ready")
	mount := func(times int) { // each waits until the article is shown, and leaves while another request is under way
		p.do(evalVoid(fmt.Sprintf(`window.done = false; (async () => {
			const html = %s.outerHTML;
			for (let i = 0; i < %d; i++) {
				const box = document.createElement("div");
				box.innerHTML = html;
				document.body.append(box);
				await box.firstChild.ready;
				if (i %% 2) box.firstChild.reload();
				box.remove();
			}
			window.done = true;
		})()`, element, times)))
		p.wait(`window.done`)
	}
	count := func() (callbacks, heap float64) {
		p.wait(`new Promise(r => setTimeout(() => r(true), 200))`)
		return eval[float64](p, `customElements.get("byway-article").liveCallbacks`),
			eval[float64](p, `(gc(), gc(), performance.memory.usedJSHeapSize)`)
	}
	mount(20)
	callbacks, heap := count()
	mount(200)
	callbacksAfter, heapAfter := count()
	require.Equal(t, callbacks, callbacksAfter)
	require.Less(t, heapAfter-heap, 300_000.0, "bytes of JavaScript heap kept by 200 mounts; it was %.0f before", heap)
}
