package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/storage"
	"github.com/stretchr/testify/require"
)

const (
	saveButton = "button[data-action=save]"
	isSaved    = "Saved on this device: it stays until you remove it."
	noRoom     = "This browser gives no room to keep it."
	allCleared = "Byway keeps nothing for this site in this browser any more."
)

// says waits until the first element says something.
func (p *tab) says(words string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`%s.shadowRoot?.textContent.includes(%q)`, element, words))
}

func TestSavingFetchesWhatWasNotLookedAtAndAsksToKeepIt(t *testing.T) {
	t.Parallel()
	s := sign(t, 2, gazette())
	page := s.shelfSite(t, s.pinned(""))
	p := openTab(t)
	p.before(keepBlobs + `; window.persisted = 0; StorageManager.prototype.persist = async () => { persisted++; return true }`)
	p.open(page.URL)
	p.waitState("ready")
	p.waitKept(1, 1)
	require.Zero(t, eval[int](p, `persisted`), "nobody is asked before somebody wants something kept")
	p.do(clickInside(saveButton))
	p.says(isSaved)
	p.waitKept(1, 2)
	require.Equal(t, 1, eval[int](p, `persisted`))

	s.cutOff(p)
	p.open(page.URL)
	p.waitShelf()
	require.Len(t, p.shownCopy().Pictures, 2)
	p.says(isSaved)
	require.Zero(t, eval[int](p, `persisted`))
	p.do(clickInside("button[data-action=unsave]"))
	p.wait(inside(saveButton))
	p.open(page.URL)
	p.waitShelf()
	require.True(t, eval[bool](p, inside(saveButton)+` !== null`))
}

func TestClearingLeavesNothingInAnyTab(t *testing.T) {
	t.Parallel()
	const hear = `window.order = []; new BroadcastChannel("byway").onmessage = () => order.push("heard");
		{ const post = BroadcastChannel.prototype.postMessage; BroadcastChannel.prototype.postMessage = function (m) { order.push("told"); post.call(this, m) };
		const remove = IDBFactory.prototype.deleteDatabase; IDBFactory.prototype.deleteDatabase = function (name) { order.push(name); return remove.call(this, name) } }`
	s := sign(t, 1, gazette())
	page := s.shelfSite(t, s.pinned(""))
	one := openTab(t)
	two := openTabIn(t, one.profile)
	for _, p := range []*tab{one, two} {
		p.before(hear)
		p.open(page.URL)
		p.waitState("ready")
	}
	one.waitKept(1, 1)
	one.do(clickInside(saveButton))
	one.says(isSaved)
	two.do(evalVoid(fmt.Sprintf(`%s.useMirror(%q)`, element, s.host(0))))
	two.waitRemembered(`"choice":"` + s.base(0) + `/"`)
	one.wait(`caches.open("byway:page").then(() => caches.open("of somebody else")).then(() => true)`)

	one.do(clickInside("button[data-action=forget]"))
	one.says(allCleared)
	two.wait(`order.includes("heard")`)
	require.Equal(t, "told", eval[[]string](one, `order`)[0], "what another tab writes must not come after the end")
	for _, p := range []*tab{two, one, two} { // a second read begins after the first has written what it would
		accepted := element + `.trace.filter((a) => a.outcome === "accepted" && a.url.endsWith("ferry.json")).length`
		before := eval[int](p, accepted)
		p.do(evalVoid(element + `.reload()`))
		p.wait(fmt.Sprintf(`%s > %d && %s.dataset.state === "ready"`, accepted, before, element))
	}
	require.Empty(t, eval[[]string](one, traces))
	require.Equal(t, []string{"of somebody else"}, eval[[]string](one, `caches.keys()`))
	require.Empty(t, texts(one, keptRow))

	one.do(clickInside(saveButton))
	one.says(isSaved)
	one.waitKept(1, 2)
}

func TestWhatATabWritesBeforeItHearsOfTheEndGoesToo(t *testing.T) {
	t.Parallel()
	const hearLate = `{ const late = new Promise((hear) => window.hear = hear);
		const on = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, "onmessage");
		Object.defineProperty(BroadcastChannel.prototype, "onmessage", { set(listen) { on.set.call(this, (event) => late.then(() => listen(event))) } }) }`
	s := sign(t, 1, gazette())
	page := s.shelfSite(t, s.pinned(""))
	one := openTab(t)
	two := openTabIn(t, one.profile)
	two.before(hearLate)
	for _, p := range []*tab{one, two} {
		p.open(page.URL)
		p.waitState("ready")
	}
	one.waitKept(1, 1)
	one.do(clickInside("button[data-action=forget]"))
	one.says(allCleared)
	two.do(evalVoid(fmt.Sprintf(`%s.useMirror(%q)`, element, s.host(0))))
	two.waitRemembered(`"choice":"` + s.base(0) + `/"`)
	two.do(evalVoid(`hear()`))
	one.wait(traces + `.then((all) => all.length === 0)`)

	one.do(clickInside(saveButton))
	one.says(isSaved)
	one.do(evalVoid(`window.removed = 0; { const remove = IDBFactory.prototype.deleteDatabase;
		IDBFactory.prototype.deleteDatabase = function (name) { removed++; return remove.call(this, name) };
		new BroadcastChannel("byway").onmessage = () => { window.told = true } }`))
	two.do(evalVoid(`new BroadcastChannel("byway").postMessage("heard")`))
	one.wait(`window.told`)
	require.Zero(t, eval[int](one, `removed`), "what was saved since stays")
	one.waitKept(1, 2)
}

func TestATabWhoseProgramIsOnItsWayHearsOfTheEnd(t *testing.T) {
	t.Parallel()
	const hold = `window.released = new Promise((release) => window.release = release); {
		const ask = fetch; fetch = async (url, how) => { if (String(url).includes(".wasm")) { window.asked = true; await released } return ask(url, how) } };
		window.heard = false; { const post = BroadcastChannel.prototype.postMessage;
		BroadcastChannel.prototype.postMessage = function (m) { heard ||= m === "heard"; post.call(this, m) } }`
	for name, online := range map[string]bool{"with a network": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			s := sign(t, 1, gazette())
			page := s.shelfSite(t, s.pinned(""))
			one := openTab(t)
			one.open(page.URL)
			one.waitState("ready")
			one.waitKept(1, 1)
			two := openTabIn(t, one.profile)
			two.before(hold)
			two.open(page.URL)
			two.wait(`window.asked`)
			one.do(clickInside("button[data-action=forget]"))
			one.says(allCleared)
			two.wait(`heard`)
			state := "ready"
			if !online {
				s.close()
				state = "blocked"
			}
			two.do(evalVoid(`release()`))
			two.waitState(state)
			two.do(evalVoid(element + `.reload()`)) // what is written is written before the next read
			two.wait(element + `.trace.filter((a) => a.url.endsWith("ferry.json")).length > 1`)
			require.Equal(t, online, strings.Contains(two.shown(), "ferry sails"))
			require.Empty(t, eval[[]string](one, traces))
		})
	}
}

func TestClearingGoesAsFarAsItCanAndSaysSo(t *testing.T) {
	t.Parallel()
	s := sign(t, 1, gazette())
	page := s.shelfSite(t, s.pinned(""))
	p := openTab(t)
	p.before(`Object.defineProperty(navigator, "serviceWorker", { value: { getRegistrations: async () => [{ active: { scriptURL: location.origin + "/byway-sw.js", postMessage() {} } }] } })`)
	p.open(page.URL)
	p.waitState("ready")
	p.waitKept(1, 1)
	p.do(evalVoid(`new Promise((done) => { const opening = indexedDB.open("byway:memory"); opening.onsuccess = () => { window.held = opening.result; done() } })`))
	p.do(clickInside("button[data-action=forget]"))
	p.wait(traces + `.then((left) => left.join() === "byway:memory")`) // without waiting for the worker, or for the other database
	p.says("Not everything could be removed.")
	require.NotContains(t, p.shown(), "Nothing is kept here yet")
	p.do(evalVoid(`held.close()`))
	p.wait(traces + `.then((left) => left.length === 0)`)
}

func TestAPrivatePageKeepsNothing(t *testing.T) {
	t.Parallel()
	s := sign(t, 2, gazette())
	page := s.shelfSite(t, s.pinned("private"))
	p := openTab(t)
	p.before(`window.modes = []; { const ask = fetch; fetch = (url, how) => {
		if (!String(url).startsWith(location.origin) && !String(url).includes(".wasm")) modes.push(how?.cache);
		return ask(url, how) } }`)
	p.open(page.URL)
	p.waitState("ready")
	p.scrollThrough()
	p.do(evalVoid(element + `.reload()`))
	p.wait(element + `.trace.filter((a) => a.outcome === "accepted").length > 1 && ` + element + `.dataset.state === "ready"`)
	require.Empty(t, eval[[]string](p, traces))
	require.Zero(t, eval[int](p, `localStorage.length + sessionStorage.length + document.cookie.length`))
	require.Empty(t, slices.DeleteFunc(eval[[]string](p, `modes`), func(mode string) bool { return mode == "no-store" }))
	require.NotEmpty(t, eval[[]string](p, `modes`))
	require.False(t, eval[bool](p, inside(saveButton)+` !== null`))
	require.True(t, eval[bool](p, inside("button[data-action=carry]")+` !== null`))

	p.visit(page, s.pinned(""))
	p.waitState("ready")
	p.waitKept(1, 1)
	s.cutOff(p)
	p.visit(page, s.pinned("private"))
	p.waitState("offline")
	require.False(t, eval[bool](p, inside("h2")+` !== null`), "what another page kept is not looked for")
}

func TestWithoutRoomReadingGoesOnAndWhatWasSavedIsWhole(t *testing.T) {
	t.Parallel()
	articles := gazette()
	articles["lake"] = strings.Replace(articles["lake"], "Of lake ", strings.Repeat("Of the lake ", 1<<17), 1)
	s := sign(t, 1, articles)
	page := s.shelfSite(t, "")
	p := openTab(t)
	p.before(keepBlobs)
	visit := func(body string) { // the browser forgets a quota with the page
		p.visit(page, body)
		p.wait(inside("button"))
		p.do(storage.OverrideQuotaForOrigin(page.URL).WithQuotaSize(1 << 20))
		p.do(clickInside("button"))
		p.waitState("ready")
	}
	visit(s.pinned(`load="click"`))
	online := p.shownCopy()
	p.do(clickInside(saveButton))
	p.says(isSaved)
	p.waitKept(1, 2)

	visit(s.at("lake", `load="click"`))
	require.Len(t, p.shownCopy().Pictures, 2)
	p.do(clickInside(saveButton))
	p.says(noRoom)
	p.do(evalVoid(element + `.reload()`))
	p.wait(element + `.trace.filter((a) => a.outcome === "accepted").length > 1`)
	require.NotContains(t, p.said(), "uncaught")

	s.cutOff(p)
	p.visit(page, s.pinned(""))
	p.waitShelf()
	require.Equal(t, online, p.shownCopy())
	p.says(isSaved)
}

func TestAStorageThatIsBlockedNeverBreaksReading(t *testing.T) {
	t.Parallel()
	for name, how := range map[string]string{
		"it may not be touched": `get() { throw new DOMException("no", "SecurityError") }`,
		"it may not be opened":  `value: { open() { throw new DOMException("no", "SecurityError") } }`,
		"it never answers":      `value: { open: () => ({}), deleteDatabase: () => ({}) }`,
	} {
		t.Run(name, func(t *testing.T) {
			s := sign(t, 1, gazette())
			p := openTab(t)
			p.before(keepBlobs + `; Object.defineProperty(window, "indexedDB", { configurable: true, ` + how + ` })`)
			p.open(s.shelfSite(t, s.pinned("")).URL)
			p.waitState("ready")
			require.Len(t, p.shownCopy().Pictures, 2)
			p.do(clickInside(saveButton))
			p.says(noRoom)
			require.NotContains(t, p.said(), "uncaught")
		})
	}
}
