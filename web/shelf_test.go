package web_test

import (
	"fmt"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

const (
	origin    = `[part~=addresses] summary`
	keptRow   = `ul.kept li`
	keptTitle = keptRow + ` .title > bdi`
)

func TestWhatWasReadIsReadWithoutANetworkByteForByte(t *testing.T) {
	t.Parallel()
	s := sign(t, 2, gazette())
	page := s.shelfSite(t, "")
	p := openTab(t)
	p.before(keepBlobs)
	p.visit(page, s.pinned(""))
	p.waitState("ready")
	online := p.shownCopy()
	require.Len(t, online.Pictures, 2)
	p.waitKept(1, 2)

	s.close()
	p.open(page.URL)
	p.waitShelf()
	require.Equal(t, online, p.shownCopy())
	p.says("None of the addresses delivered the article.")

	s.cutOff(p)
	p.open(page.URL)
	p.waitShelf()
	require.Equal(t, online, p.shownCopy())
	require.Equal(t, "signed", eval[string](p, element+`.dataset.proof`))
	require.Contains(t, eval[string](p, inside(origin)+`.textContent`), "Signed by news.example")
	require.Contains(t, eval[string](p, inside(origin)+`.textContent`), "kept on this device")
	p.says("Your device is offline.")
	require.False(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`))

	p.before(later(3 * 24))
	p.open(page.URL)
	p.waitShelf()
	require.Equal(t, online, p.shownCopy())
	require.Contains(t, eval[string](p, inside(origin)+`.textContent`), "3 days ago")
	require.Contains(t, p.shown(), "Not confirmed since")
	require.NotContains(t, p.said(), "uncaught")
}

// later is a script for before that sets the clock some hours on.
func later(hours int) string {
	return fmt.Sprintf(`{ const Now = Date, ahead = %d * 36e5;
		Date = class extends Now { constructor(...at) { at.length ? super(...at) : super(Now.now() + ahead) } static now() { return Now.now() + ahead } } }`, hours)
}

// Nothing says what the pictures of such an article should be, so only its text is kept.
func TestWhatNobodySignedIsReadWithoutANetwork(t *testing.T) {
	t.Parallel()
	m := startMirrors(t, 2)
	page := m.shelfSite(t, m.embed(""))
	p := openTab(t)
	p.open(page.URL)
	p.waitState("ready")
	text := texts(p, "[part~=headline], [part~=standfirst], [part~=body] p, [part~=caption]")
	p.waitKept(1, 0)

	m.cutOff(p)
	p.open(page.URL)
	p.waitShelf()
	require.Equal(t, text, texts(p, "[part~=headline], [part~=standfirst], [part~=body] p, [part~=caption]"))
	require.Equal(t, "none", eval[string](p, element+`.dataset.proof`))
	require.Contains(t, eval[string](p, inside(origin)+`.textContent`), "Kept on this device · not signed")
}

func TestWhatWasReadIsThereBeforeAnyAddressHasAnswered(t *testing.T) {
	t.Parallel()
	s := sign(t, 2, gazette())
	page := s.shelfSite(t, s.pinned(""))
	p := openTab(t)
	p.before(`addEventListener("byway-ready", ({ target, detail }) => {
		window.first = { ...detail, ended: target.trace.filter((a) => a.end !== null).length };
	})`)
	p.open(page.URL)
	p.waitState("ready")
	p.waitKept(1, 1)
	for _, m := range s.mirrors {
		require.NoError(t, m.SetFault(blockade.Silent))
	}
	p.open(page.URL)
	p.wait(`window.first`)
	require.Equal(t, "shelf", eval[string](p, `first.source`))
	require.Zero(t, eval[int](p, `first.ended`), "requests that had ended by then")
	require.Equal(t, titles["ferry"], eval[string](p, inside("h2")+`.textContent`))
	p.wait(element + `.trace.length > 0`)
}

// gate is a script for before: no address is asked before release(), nor does the while pass after which somebody is taken
// to read, but by glance().
const gate = `{
	const [ask, wait] = [fetch, setTimeout], open = new Promise((done) => window.release = done);
	fetch = async (url, ...how) => { if (!String(url).startsWith(location.origin)) await open; return ask(url, ...how) };
	setTimeout = (f, ms, ...rest) => (ms === 3000 ? void (window.glance = f) : wait(f, ms, ...rest));
}`

func TestANewerCopyTakesThePlaceOfAKeptOneUnlessSomebodyReads(t *testing.T) {
	t.Parallel()
	for name, sign := range map[string]string{
		"nobody reads": "", "somebody scrolls": `scrollTo(0, 300)`, "a key is pressed": `key`, "a while has passed": `glance()`,
	} {
		t.Run(name, func(t *testing.T) {
			older, newer := tale("The ferry may sail again"), tale("The ferry sails again")
			r := openNewsroom(t, 2)
			r.hold(r.edition(8, older))
			page := r.shelfSite(t, r.pinned("")+`<p id="below">`)
			p := openTab(t)
			p.open(page.URL)
			p.waitState("ready")
			p.waitKept(1, 0)
			r.hold(r.edition(9, newer))
			p.before(gate)
			p.open(page.URL)
			p.wait(element + `.dataset.source === "shelf"`)
			require.Equal(t, "The ferry may sail again", eval[string](p, inside("h2")+`.textContent`))
			p.do(evalVoid(`document.getElementById("below").style.height = "3000px"`))
			if sign == "key" {
				p.do(press("a"))
			} else {
				p.do(evalVoid(sign))
			}
			p.wait(frames)
			p.do(evalVoid(`release()`))
			if sign != "" {
				p.wait(inside(`button[data-action=newer]`))
				require.Equal(t, "shelf", eval[string](p, element+`.dataset.source`))
				require.Equal(t, "The ferry may sail again", eval[string](p, inside("h2")+`.textContent`))
				p.do(clickInside(`button[data-action=newer]`))
			}
			p.waitState("ready")
			require.Equal(t, "The ferry sails again", eval[string](p, inside("h2")+`.textContent`))
			require.False(t, eval[bool](p, inside(`button[data-action=newer]`)+` !== null`))
		})
	}
}

func TestWhatWasNeverReadSaysSoAndListsWhatIsKept(t *testing.T) {
	t.Parallel()
	s := sign(t, 1, gazette())
	all := ""
	for name := range titles {
		if name != "ferry" {
			all += s.at(name, `load="eager" images="none"`)
		}
	}
	page := s.shelfSite(t, all)
	p := openTab(t)
	p.open(page.URL)
	p.waitKept(len(titles)-1, 0)

	s.cutOff(p)
	p.visit(page, s.pinned(""))
	p.waitState("offline")
	require.True(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`), "the fallback stays")
	p.says("Your device is offline.")
	require.Contains(t, p.shown(), "What is kept on this device is listed below.")
	require.True(t, eval[bool](p, inside("details[part~=shelf]")+`.open`))
	require.Len(t, texts(p, keptRow), len(titles)-1)
	require.NotContains(t, texts(p, keptTitle), titles["ferry"])

	p.search("GOATS")
	require.Equal(t, []string{titles["bridge"]}, texts(p, keptTitle))
	p.search("nothing of that kind")
	require.Empty(t, texts(p, keptRow))
	require.Contains(t, p.shown(), "Nothing found.")
	p.search("goats")

	p.do(clickInside(keptRow + " button.title"))
	p.wait(inside("h2") + `?.textContent === "` + titles["bridge"] + `"`)
	require.Equal(t, "shelf signed", eval[string](p, element+`.dataset.source + " " + `+element+`.dataset.proof`))
	require.Contains(t, p.shown(), "You are reading an article that is kept on this device.")
	p.do(clickInside("button[data-action=back]"))
	p.waitState("offline")
	require.True(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`))
	require.NotContains(t, p.shown(), "You are reading an article that is kept")

	p.wait(inside(keptRow))
	p.do(clickInside(keptRow + " button[data-action=remove]"))
	p.waitKept(len(titles)-2, 0)
	p.search("")
	p.wait(fmt.Sprintf(`%s.shadowRoot.querySelectorAll(%q).length === %d`, element, keptRow, len(titles)-2))
	require.NotContains(t, texts(p, keptTitle), titles["bridge"])
}

// search writes into the field and waits for what comes of it.
func (p *tab) search(words string) {
	p.t.Helper()
	p.do(evalVoid(fmt.Sprintf(`const field = %s; field.value = %q; field.dispatchEvent(new Event("input", { bubbles: true }))`, inside("input[type=search]"), words)))
	p.wait(frames)
}
