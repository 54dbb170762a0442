package web_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

func TestTheArticleIsShownThroughTheFirstAddressThatAnswers(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault blockade.Fault
	}{
		{"the publisher's own answers", blockade.Healthy},
		{"the publisher's own refuses", blockade.Refused},
		{"the publisher's own is silent", blockade.Silent},
		{"the publisher's own shows a block page as 200", blockade.Block200},
		{"the publisher's own is cut short", blockade.Cut},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := startMirrors(t, 2)
			require.NoError(t, m[0].SetFault(c.fault))
			p := openTab(t)
			p.open(serveSite(t, strictCSP(m.all()), m.embed("")).URL)
			p.waitState("ready")
			source := 1
			if c.fault == blockade.Healthy {
				source = 0
			}
			require.Equal(t, m.host(source), eval[string](p, element+`.dataset.source`))
			require.Equal(t, "none", eval[string](p, element+`.dataset.proof`))
			require.Equal(t, "The night ferry sails again", eval[string](p, inside("h2")+`.textContent`))
			require.Equal(t, 3, eval[int](p, element+`.shadowRoot.querySelectorAll("[part~=breadcrumbs] li").length`))
			require.Equal(t, "© Port Office", eval[string](p, inside("figure [part~=credit]")+`.textContent`))
			require.Empty(t, p.said(), "nothing on the console under the strict policy")
		})
	}
}

func TestPicturesFollowTheAddressThatServedTheArticle(t *testing.T) {
	m := startMirrors(t, 2)
	require.NoError(t, m[0].SetFault(blockade.Refused))
	p := openTab(t)
	p.open(serveSite(t, strictCSP(m.all()), m.embed("")).URL)
	p.waitState("ready")
	p.wait(inside("figure img") + `.naturalWidth === 120`)
	require.Contains(t, eval[string](p, inside("figure img")+`.currentSrc`), m.host(1))
}

func TestTheFallbackStaysUntilTheArticleReplacesItAtOnce(t *testing.T) {
	m := startMirrors(t, 1)
	p := openTab(t)
	s := serveSite(t, strictCSP(m.all()), `<script src="/watch.js"></script>`+m.embed(""))
	s.Config.Handler.(*http.ServeMux).HandleFunc("/watch.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		// On every frame: is the fallback seen, and is the headline?
		fmt.Fprint(w, `window.frames_ = [];
			const look = () => {
				const e = document.querySelector("byway-article");
				if (e) frames_.push([e.querySelector("a").checkVisibility(), !!e.shadowRoot?.querySelector("h2")?.checkVisibility()]);
				requestAnimationFrame(look);
			};
			requestAnimationFrame(look);`)
	})
	p.open(s.URL)
	p.waitState("ready")
	p.wait(`frames_.some(([, headline]) => headline)`)
	require.Zero(t, eval[int](p, `frames_.filter(([fallback, headline]) => fallback === headline).length`),
		"in every frame either the fallback or the article is seen, never both and never neither")
}

func TestEventsAndMembers(t *testing.T) {
	m := startMirrors(t, 2)
	require.NoError(t, m[0].SetFault(blockade.Refused))
	p := openTab(t)
	p.open(serveSite(t, "", `<script>
		window.seen = [];
		for (const name of ["byway-ready", "byway-state", "byway-mirror", "byway-link", "byway-error"])
			document.addEventListener(name, e => { seen.push(name); if (name === "byway-link") e.preventDefault() });
	</script>`+m.embed("")).URL)
	p.waitState("ready")
	require.Equal(t, "The night ferry sails again", eval[string](p, element+`.ready.then(a => a.headline)`))
	seen := eval[[]string](p, `seen`)
	require.Contains(t, seen, "byway-ready")
	require.Contains(t, seen, "byway-state")
	require.Contains(t, seen, "byway-mirror")

	trace := eval[[]struct {
		Host, Outcome string
		Start, End    float64
		Bytes         int
	}](p, element+`.trace`)
	require.Len(t, trace, 2)
	require.Equal(t, "unanswered", trace[0].Outcome)
	require.Equal(t, "accepted", trace[1].Outcome)
	require.Equal(t, len(m.story()), trace[1].Bytes)
	require.GreaterOrEqual(t, trace[1].Start, trace[0].Start)

	p.do(clickInside("article a[href*=timetable], .byway a[href*=timetable]"))
	p.wait(`seen.includes("byway-link")`)
	require.Contains(t, eval[string](p, `location.href`), "127.0.0.1", "a cancelled link leads nowhere")
}

func TestHeadingLevelIsAsConfigured(t *testing.T) {
	m := startMirrors(t, 1)
	p := openTab(t)
	p.open(serveSite(t, "", m.embed(`heading-level="4"`)).URL)
	p.waitState("ready")
	require.Equal(t, "The night ferry sails again", eval[string](p, inside("h4")+`.textContent`))
	require.Zero(t, eval[int](p, element+`.shadowRoot.querySelectorAll("h1,h2,h3").length`))
}

func TestPicturesDoNotMoveTheText(t *testing.T) {
	m := startMirrors(t, 1)
	p := openTab(t)
	p.open(serveSite(t, "", m.embed("")).URL)
	p.waitState("ready")
	before := eval[float64](p, inside("[part~=body]")+`.getBoundingClientRect().top`)
	p.wait(inside("figure img") + `.naturalWidth === 120`)
	require.InDelta(t, before, eval[float64](p, inside("[part~=body]")+`.getBoundingClientRect().top`), 0.5)
}

func TestOneInstanceServesEveryElement(t *testing.T) {
	m := startMirrors(t, 1)
	p := openTab(t)
	p.open(serveSite(t, "", m.embed("")+m.embed("")+m.embed("")).URL)
	p.wait(`[...document.querySelectorAll("byway-article")].every(e => e.dataset.state === "ready" || e.getBoundingClientRect().top > innerHeight)`)
	require.Equal(t, 1, eval[int](p, `performance.getEntriesByType("resource").filter(e => e.name.endsWith(".wasm")).length`))
}

func TestNothingIsLoadedBeforeTheElementNearsTheViewport(t *testing.T) {
	m := startMirrors(t, 1)
	p := openTab(t)
	p.open(serveSite(t, "", `<div style="height:20000px">far</div>`+m.embed("")).URL)
	p.wait(`customElements.get("byway-article")`)
	p.wait(`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(true))))`)
	wasm := `performance.getEntriesByType("resource").filter(e => e.name.endsWith(".wasm")).length`
	require.Zero(t, eval[int](p, wasm))
	p.do(scrollToEnd())
	p.waitState("ready")
	require.Equal(t, 1, eval[int](p, wasm))
}

func TestProgressIsShownOnASlowLine(t *testing.T) {
	m := startMirrors(t, 1)
	s := serveSite(t, strictCSP(m.all()), m.embed(""))
	inner, release := s.Config.Handler, make(chan struct{})
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, ".wasm") {
			inner.ServeHTTP(w, r)
			return
		}
		wasm, err := os.ReadFile(dist + strings.TrimPrefix(r.URL.Path, "/byway"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(wasm[:len(wasm)/2])
		_ = http.NewResponseController(w).Flush()
		<-release
		_, _ = w.Write(wasm[len(wasm)/2:])
	})
	p := openTab(t)
	p.open(s.URL)
	p.wait(inside("progress") + `?.value > 0.4`)
	require.Equal(t, "loading", eval[string](p, element+`.dataset.state`))
	require.True(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`), "the fallback stays meanwhile")
	close(release)
	p.waitState("ready")
	require.True(t, eval[bool](p, inside("progress")+` === null`))
}

func TestRequestsSayNothingOfTheReader(t *testing.T) {
	m := startMirrors(t, 1)
	p := openTab(t)
	p.open(serveSite(t, "", `<script>document.cookie = "theirs=1"</script>`+m.embed("")).URL)
	p.waitState("ready")
	p.wait(inside("figure img") + `.naturalWidth === 120`)
	for _, path := range []string{"/a/ferry.json", "/pictures/pier.png"} {
		h, asked := headers.Load(path)
		require.True(t, asked, path)
		require.Empty(t, h.(http.Header).Get("Referer"), path)
	}
	h, _ := headers.Load("/a/ferry.json")
	require.Empty(t, h.(http.Header).Get("Cookie"))
}

func TestLoadOnClickWaitsForTheClick(t *testing.T) {
	m := startMirrors(t, 1)
	p := openTab(t)
	p.open(serveSite(t, "", m.embed(`load="click"`)).URL)
	p.wait(inside("button"))
	require.Zero(t, m.articleRequests(0))
	p.do(clickInside("button"))
	p.waitState("ready")
}

func TestRemovalEndsTheRequests(t *testing.T) {
	m := startMirrors(t, 1)
	require.NoError(t, m[0].SetFault(blockade.Silent))
	p := openTab(t)
	p.open(serveSite(t, "", m.embed("")).URL)
	p.wait(element + `?.trace?.length === 1`)
	p.do(evalVoid(`window.e = ` + element + `; e.remove()`))
	p.wait(`e.trace.every(a => a.outcome !== "running")`)
}
