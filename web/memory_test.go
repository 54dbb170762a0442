package web_test

import (
	"context"
	"fmt"
	"testing"

	"byway/internal/blockade"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// remembered is what the page keeps, as text.
const remembered = `new Promise((done, failed) => {
	const opening = indexedDB.open("byway:memory");
	opening.onupgradeneeded = () => opening.transaction.abort();
	opening.onerror = () => done("");
	opening.onsuccess = () => {
		const get = opening.result.transaction("sites").objectStore("sites").get("publishers");
		get.onsuccess = () => { opening.result.close(); done(get.result ? new TextDecoder().decode(get.result) : "") };
		get.onerror = failed;
	};
})`

// waitRemembered returns when the page keeps something that holds a text.
func (p *tab) waitRemembered(text string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`(%s).then(all => all.includes(%q))`, remembered, text))
}

func TestWhatIsLearnedOutlivesThePage(t *testing.T) {
	m := startMirrors(t, 2)
	require.NoError(t, m[0].SetFault(blockade.Silent))
	p := openTab(t)
	p.open(serveSite(t, strictCSP(m.all()), m.embed(`load="eager" images="none"`)).URL)
	p.waitState("ready")
	p.waitRemembered(m.host(1))
	m[0].Reset()

	p.open(eval[string](p, `location.href`))
	p.waitState("ready")
	require.Empty(t, m[0].Requests())
	require.Contains(t, eval[string](p, inside("fieldset")+`.textContent`), "last time: did not answer")

	record := eval[string](p, remembered)
	for _, trace := range []string{"ferry", "/a/", "urn:"} {
		require.NotContains(t, record, trace, "it names no article")
	}
}

func TestForgettingLeavesNothingInTheBrowser(t *testing.T) {
	m := startMirrors(t, 2)
	p := openTab(t)
	p.open(serveSite(t, "", m.embed(`load="eager" images="none"`)).URL)
	p.waitState("ready")
	p.do(evalVoid(fmt.Sprintf(`%s.useMirror(%q)`, element, m.host(1))))
	p.waitRemembered(`"choice":"` + m.base(1) + `/"`)
	p.wait(fmt.Sprintf(`%s.dataset.source === %q`, element, m.host(1)))
	p.do(evalVoid(element + `.forget()`))
	p.wait(fmt.Sprintf(`(%s).then(all => all === "")`, remembered))
	p.wait(inside(`input[type=radio][value=""]`) + `.checked`)
}

func TestForgettingIsForAllElementsOfThePage(t *testing.T) {
	m := startMirrors(t, 2)
	p := openTab(t)
	p.open(serveSite(t, "", m.embed(`load="eager" images="none"`)+m.embed(`id="other" load="eager" images="none"`)).URL)
	other := `document.getElementById("other")`
	p.wait(element + `.dataset.state === "ready" && ` + other + `.dataset.state === "ready"`)
	p.do(evalVoid(fmt.Sprintf(`%s.useMirror(%q)`, other, m.host(1))))
	p.waitRemembered(`"choice":"` + m.base(1) + `/"`)
	p.do(evalVoid(element + `.forget()`))
	p.wait(other + `.shadowRoot.querySelector("input[type=radio][value='']").checked`)
	p.wait(fmt.Sprintf(`(%s).then(all => all === "")`, remembered))
}

// Another tab is in the middle of something with the same storage. That costs time, and the memory; nothing else.
func TestAStorageThatIsBusyInAnotherTabChangesNothingButTheMemory(t *testing.T) {
	t.Parallel()
	m := startMirrors(t, 2)
	s := serveSite(t, "", m.embed(`load="eager" images="none"`))
	one := openTab(t)
	one.open(s.URL)
	one.waitState("ready")
	one.waitRemembered(m.host(0))
	one.do(evalVoid(`const opening = indexedDB.open("byway:memory"); opening.onsuccess = () => {
		const held = opening.result.transaction("sites", "readwrite").objectStore("sites");
		const hold = () => { held.get("publishers").onsuccess = hold; window.held = true };
		hold();
	}`))
	one.wait(`window.held`)
	two := openTabIn(t, one.profile)
	two.open(s.URL)
	two.waitState("ready")
	require.Empty(t, two.said())
}

func TestTwoTabsLearnFromEachOther(t *testing.T) {
	m := startMirrors(t, 3)
	require.NoError(t, m[0].SetFault(blockade.Silent))
	s := serveSite(t, "", m.embed(`load="eager" images="none"`))
	one := openTab(t)
	one.open(s.URL)
	one.waitState("ready")
	one.waitRemembered(`"unanswered"`)
	two := openTabIn(t, one.profile)
	two.open(s.URL)
	two.waitState("ready")
	require.Equal(t, 1, eval[int](two, element+`.trace.length`), "it asks nobody who did not answer in the other tab")

	// Both write at the same time, and neither's word is lost.
	two.do(evalVoid(fmt.Sprintf(`%s.useMirror(%q)`, element, m.host(2))))
	one.do(evalVoid(element + `.reload()`))
	one.waitRemembered(`"choice":"` + m.base(2) + `/"`)
	one.waitRemembered(`"unanswered"`)
	one.do(evalVoid(element + `.reload()`))
	one.wait(fmt.Sprintf(`%s.dataset.source === %q`, element, m.host(2)))
}

func TestAStorageThatFailsChangesNothingButTheMemory(t *testing.T) {
	t.Parallel()
	for name, storage := range map[string]string{
		"missing":   `undefined`,
		"throwing":  `{ open() { throw new DOMException("no", "SecurityError") } }`,
		"refusing":  `{ open() { const r = { error: new DOMException("no", "UnknownError") }; setTimeout(() => r.onerror({})); return r } }`,
		"full":      fullStorage,
		"hanging":   `{ open() { return {} } }`,
		"forgetful": `{ open() { const r = { result: { transaction() { throw new DOMException("gone", "NotFoundError") }, close() {} } }; setTimeout(() => r.onsuccess({})); return r } }`,
	} {
		t.Run(name, func(t *testing.T) {
			m := startMirrors(t, 2)
			require.NoError(t, m[0].SetFault(blockade.Refused))
			p := openTab(t)
			body := `<script>Object.defineProperty(window, "indexedDB", { configurable: true, value: ` + storage + ` })</script>` + m.embed(`load="eager" images="none"`)
			p.open(serveSite(t, "", body).URL)
			p.waitState("ready")
			require.Equal(t, m.host(1), eval[string](p, element+`.dataset.source`))
			p.do(evalVoid(fmt.Sprintf(`%s.useMirror(%q)`, element, m.host(1))))
			p.wait(fmt.Sprintf(`%s.trace.filter(a => a.outcome === "accepted").length === 2`, element))
			require.Empty(t, p.said())
		})
	}
}

// fullStorage has everything but room.
const fullStorage = `(() => {
	const later = (r, event, value) => { setTimeout(() => { Object.assign(r, value); r[event]({ target: r }) }); return r };
	const store = { get: () => later({}, "onsuccess", { result: undefined }), clear: () => later({}, "onsuccess", {}),
		put: () => later({}, "onerror", { error: new DOMException("full", "QuotaExceededError") }) };
	const db = { transaction: () => ({ objectStore: () => store }), close() {} };
	return { open: () => later({}, "onsuccess", { result: db }) };
})()`

// cut takes the network away from a tab, or gives it back.
func (p *tab) cut(offline bool) {
	p.t.Helper()
	all := []*network.Conditions{{DownloadThroughput: -1, UploadThroughput: -1}}
	cut := chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := network.EmulateNetworkConditionsByRule(offline, all).Do(ctx)
		return err
	})
	p.do(network.Enable(), cut, network.OverrideNetworkState(offline, 0, -1, -1))
}

func TestGoingOfflineEndsWhatHangsAndComingBackReads(t *testing.T) {
	m := startMirrors(t, 3)
	for i := range m {
		require.NoError(t, m[i].SetFault(blockade.Silent))
	}
	p := openTab(t)
	p.open(serveSite(t, "", m.embed(`load="eager" images="none"`)).URL)
	p.wait(element + `.trace.length === 3`)
	p.cut(true)
	p.waitState("offline")
	p.wait(element + `.trace.every(a => a.end !== null)`)
	require.Equal(t, "offline", eval[string](p, element+`.trace.at(-1).outcome`))
	require.Contains(t, eval[string](p, inside(".notice")+`.textContent`), "Your device is offline.")
	require.True(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`), "the fallback stays")
	require.NoError(t, m[2].SetFault(blockade.Healthy))
	p.cut(false)
	p.waitState("ready")
	require.Equal(t, m.host(2), eval[string](p, element+`.dataset.source`))
}

func TestBeingLookedAtAgainReads(t *testing.T) {
	m := startMirrors(t, 2)
	for i := range m {
		require.NoError(t, m[i].SetFault(blockade.NotFound))
	}
	p := openTab(t)
	p.open(serveSite(t, "", m.embed(`load="eager" images="none"`)).URL)
	p.waitState("blocked")
	look := func(how string) {
		p.do(evalVoid(fmt.Sprintf(`Object.defineProperty(document, "visibilityState", { configurable: true, value: %q });
			document.dispatchEvent(new Event("visibilitychange"))`, how)))
	}
	look("hidden")
	require.NoError(t, m[0].SetFault(blockade.Healthy))
	look("visible")
	p.waitState("ready")
}
