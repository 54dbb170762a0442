//go:build js && wasm

package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"byway/internal/tree"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

// bench is an engine with what it told and the nodes that it fills.
type bench struct {
	t      *testing.T
	engine *engine

	mu   sync.Mutex
	told []event
	more chan struct{}
}

type event struct {
	id            int
	name, payload string
}

func newBench(t *testing.T) *bench {
	quiet.Store(false)
	require.NoError(t, library(0).Clear(t.Context()), "what an earlier test has read")
	b := &bench{t: t, more: make(chan struct{}, 1)}
	b.engine = newEngine(func(id int, name, payload string) {
		b.mu.Lock()
		b.told = append(b.told, event{id, name, payload})
		b.mu.Unlock()
		select {
		case b.more <- struct{}{}:
		default:
		}
	})
	return b
}

func (b *bench) command(id int, name, payload string, node safejs.Value) string {
	b.t.Helper()
	args := []safejs.Value{must[safejs.Value](b.t)(safejs.ValueOf(id)), must[safejs.Value](b.t)(safejs.ValueOf(name)),
		must[safejs.Value](b.t)(safejs.ValueOf(payload)), node}
	return b.engine.command(args).(string)
}

// mount puts an element into the page and gives the node that is filled.
func (b *bench) mount(id int, src, more string) safejs.Value {
	b.t.Helper()
	node := makeElement(b.t, "div")
	b.command(id, "mount", attributes(src, more), node)
	return node
}

func attributes(src, more string) string {
	return fmt.Sprintf(`{"src":%q,"language":"en","headingLevel":2,"images":"none","share":"copy"%s}`, src, more)
}

// wait gives the first event, from the given one on, that is as asked for.
func (b *bench) wait(from int, is func(event) bool) (event, int) {
	b.t.Helper()
	for deadline := time.After(20 * time.Second); ; {
		b.mu.Lock()
		for i := from; i < len(b.told); i++ {
			if is(b.told[i]) {
				defer b.mu.Unlock()
				return b.told[i], i + 1
			}
		}
		told := fmt.Sprint(b.told)
		b.mu.Unlock()
		select {
		case <-b.more:
		case <-deadline:
			require.Fail(b.t, "the event did not come", "told: %s", told)
		}
	}
}

func (b *bench) waitState(id, from int, state string) (tree.Node, int) {
	b.t.Helper()
	var n tree.Node
	_, next := b.wait(from, func(e event) bool {
		if e.id != id || e.name != "state" {
			return false
		}
		n = must[tree.Node](b.t)(tree.Parse([]byte(e.payload)))
		return n.Get("state").Text() == state
	})
	return n, next
}

// eventually looks again and again, in the goroutine of the test, so that nothing else is counted.
func eventually(t *testing.T, is func() bool, about ...any) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); !is(); <-time.After(time.Millisecond) {
		require.True(t, time.Now().Before(deadline), append([]any{"in vain: "}, about...)...)
	}
}

func named(id int, name string) func(event) bool {
	return func(e event) bool { return e.id == id && e.name == name }
}

const (
	goodMirror = "https://good.example/a.json"
	badMirror  = "https://bad.example/a.json"
)

// serveArticle stands in for the network: bad.example refuses, silent.example says nothing, every other host has the
// article. asked lists what was asked for.
func serveArticle(t *testing.T) {
	stubFetch(t, `(globalThis.asked = [], (url, init) => {
		asked.push(url);
		const host = new URL(url).hostname;
		if (host === "bad.example") return Promise.reject(new TypeError("Failed to fetch"));
		if (host === "silent.example") return new Promise((_, reject) => init.signal.addEventListener("abort", () => reject(init.signal.reason)));
		return Promise.resolve(new Response(JSON.stringify({ version: "byway-article/1", id: url, url, inLanguage: "en", headline: "From " + url,
			body: [{ type: "paragraph", content: "Text." }] })));
	})`)
}

func TestAnArticleIsShownAndToldOf(t *testing.T) {
	serveArticle(t)
	b := newBench(t)
	node := b.mount(1, goodMirror, "")
	state, _ := b.waitState(1, 0, "ready")
	require.Equal(t, "good.example", state.Get("source").Text())
	require.Equal(t, "none", state.Get("proof").Text())
	require.Equal(t, "From "+goodMirror, state.Get("article").Get("headline").Text())
	require.Equal(t, "From "+goodMirror, text(property(query(t, node, "h2"), "textContent")))

	trace := must[tree.Node](t)(tree.Parse([]byte(b.command(1, "trace", "", safejs.Null()))))
	require.Len(t, trace.List(), 1)
	require.Equal(t, "accepted", trace.List()[0].Get("outcome").Text())
	start, _ := trace.List()[0].Get("start").Float()
	require.InDelta(t, time.Now().UnixMilli(), start, 60_000)
}

func TestOtherAttributesForTheEyeAskNobodyAgain(t *testing.T) {
	serveArticle(t)
	b := newBench(t)
	node := b.mount(1, goodMirror, "")
	b.waitState(1, 0, "ready")
	b.command(1, "mount", attributes(goodMirror, `,"headingLevel":5`), safejs.Null())
	eventually(t, func() bool { return query(t, node, "h5").Type() == safejs.TypeObject })
	require.JSONEq(t, `["https://good.example/a.json"]`, asked(t))
}

func TestAnotherSourceIsAnotherArticle(t *testing.T) {
	serveArticle(t)
	b := newBench(t)
	node := b.mount(1, goodMirror, "")
	_, next := b.waitState(1, 0, "ready")
	b.command(1, "mount", attributes("https://good.example/b.json", ""), safejs.Null())
	state, next := b.waitState(1, next, "loading")
	require.False(t, state.Get("article").Exists(), "the article before is not that of the new address")
	b.waitState(1, next, "ready")
	require.Equal(t, "From https://good.example/b.json", text(property(query(t, node, "h2"), "textContent")))
}

func TestTheSameArticleStaysWhileItsAddressesChange(t *testing.T) {
	serveArticle(t)
	b := newBench(t)
	b.mount(1, goodMirror, "")
	_, next := b.waitState(1, 0, "ready")
	b.command(1, "mount", attributes(goodMirror, `,"mirrors":"https://more.example/"`), safejs.Null())
	for _, busy := range []string{`"busy":true`, `"busy":false`} {
		_, next = b.wait(next, func(e event) bool {
			require.Contains(t, e.payload, `"article":`, "at every moment there is an article")
			return strings.Contains(e.payload, busy)
		})
	}
	eventually(t, func() bool { return asked(t) == `["https://good.example/a.json","https://good.example/a.json"]` })
}

func TestAnElementThatGoesEndsItsRequestsAndTellsHow(t *testing.T) {
	serveArticle(t)
	b := newBench(t)
	b.mount(1, "https://silent.example/a.json", "")
	eventually(t, func() bool { return asked(t) == `["https://silent.example/a.json"]` })
	b.command(1, "unmount", "", safejs.Null())
	gone, _ := b.wait(0, named(1, "gone"))
	require.Contains(t, gone.payload, `"aborted"`)
	require.NotContains(t, gone.payload, `"running"`)
	require.Empty(t, b.command(1, "trace", "", safejs.Null()))
}

func TestAFaultEndsOneElementAndNoOther(t *testing.T) {
	serveArticle(t)
	for name, fault := range map[string]func(*mount){
		"in the service of the element": func(m *mount) { m.post(func() { panic("a fault") }) },
		"in its background":             func(m *mount) { m.background(func() { panic("a fault") }) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.mount(1, goodMirror, "")
			b.mount(2, goodMirror, "")
			b.waitState(1, 0, "ready")
			_, next := b.waitState(2, 0, "ready")
			fault(b.engine.find(1))
			broken, _ := b.wait(next, named(1, "broken"))
			require.JSONEq(t, `{"kind":"broken","message":"a fault"}`, broken.payload)
			require.Empty(t, b.command(1, "reload", "", safejs.Null()), "it is gone")
			b.command(2, "mirror", "nowhere.example", safejs.Null())
			refused, _ := b.wait(next, named(2, "error"))
			require.Contains(t, refused.payload, "unknown-address")
		})
	}
}

func TestSharingNamesTheArticle(t *testing.T) {
	serveArticle(t)
	b := newBench(t)
	node := b.mount(1, goodMirror, "")
	_, next := b.waitState(1, 0, "ready")
	b.command(1, "share", "", safejs.Null())
	share, _ := b.wait(next, named(1, "share"))
	require.JSONEq(t, `{"title":"From `+goodMirror+`","url":"`+goodMirror+`"}`, share.payload)
	before := text(property(node, "textContent"))
	b.command(1, "shared", "copied", safejs.Null())
	eventually(t, func() bool { return text(property(node, "textContent")) != before })
}

func TestWhatIsAskedOfNobodyIsNothing(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"unmount", "reload", "mirror", "forget", "share", "trace", "nonsense"} {
		require.Empty(t, b.command(7, name, "", safejs.Null()))
	}
	require.Empty(t, b.told)
}

func TestElementsThatComeAndGoLeaveNothing(t *testing.T) {
	serveArticle(t)
	b := newBench(t)
	visit := func(id int) {
		b.mount(id, badMirror, `,"mirrors":"https://good.example/"`)
		b.waitState(id, 0, "ready")
		b.command(id, "unmount", "", safejs.Null())
		b.wait(0, named(id, "gone"))
	}
	visit(1)
	b.engine.tidy.Stop()
	before := b.stats()
	for id := 2; id < 40; id++ {
		visit(id)
	}
	b.engine.tidy.Stop()
	eventually(t, func() bool {
		after := b.stats()
		return after[0] <= before[0] && after[1] <= before[1] && after[2] <= before[2]
	}, "callbacks, elements and goroutines")
}

// stats are how many callbacks, elements and goroutines there are.
func (b *bench) stats() (all [3]int64) {
	n := must[tree.Node](b.t)(tree.Parse([]byte(b.command(0, "stats", "", safejs.Null()))))
	for i, name := range []string{"callbacks", "mounts", "goroutines"} {
		all[i], _ = n.Get(name).Int()
	}
	return all
}

func TestTheCommandAndTheEventsCrossFromJavaScript(t *testing.T) {
	serveArticle(t)
	loader := evaluate(t, `(() => { const told = []; return { told, ready(c) { this.command = c }, event(...e) { told.push(e) } } })()`)
	go run(loader)
	eventually(t, func() bool { return property(loader, "command").Type() == safejs.TypeFunction })
	must[safejs.Value](t)(loader.Call("command", 1, "mount", attributes(goodMirror, ""), makeElement(t, "div")))
	ready := func() bool {
		told := must[safejs.Value](t)(global("JSON").Call("stringify", property(loader, "told")))
		return len(text(told)) > 0 && containsReady(text(told))
	}
	eventually(t, ready)
	must[safejs.Value](t)(loader.Call("command", 1, "unmount", "", safejs.Null()))
}

func containsReady(told string) bool {
	n, err := tree.Parse([]byte(told))
	if err != nil {
		return false
	}
	for _, e := range n.Items() {
		payload, err := tree.Parse([]byte(e.Items()[2].Raw()))
		if err == nil && payload.Get("state").Text() == "ready" {
			return true
		}
	}
	return false
}

func TestOnlineUnlessTheBrowserSaysOtherwise(t *testing.T) {
	require.True(t, online())
	define := func(value string) {
		must[safejs.Value](t)(global("Object").Call("defineProperty", global("navigator"), "onLine",
			evaluate(t, `{ configurable: true, value: `+value+` }`)))
	}
	t.Cleanup(func() { require.NoError(t, global("navigator").Delete("onLine")) })
	define("false")
	require.False(t, online())
	define("undefined")
	require.True(t, online())
}
