package web_test

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// A shelf outlives the browser that writes on it, and has several tabs to serve.

// openProfile opens a tab in a browser of its own with a profile that is there from one start to the next.
func openProfile(t *testing.T, profile string) (p *tab, kill func()) {
	t.Helper()
	chrome, err := exec.LookPath("../.ci/bin/headless_shell")
	require.NoError(t, err)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chrome), chromedp.NoSandbox, chromedp.UserDataDir(profile))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, quit := chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	ctx, cancel := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(func() { cancel(); quit(); stop() })
	p = &tab{t: t, ctx: ctx}
	chromedp.ListenTarget(ctx, p.listen)
	p.do(chromedp.EmulateViewport(1024, 768))
	browser := chromedp.FromContext(ctx).Browser
	return p, func() {
		require.NoError(t, browser.Process().Kill())
		<-browser.LostConnection
		cancel()
		quit()
		stop()
	}
}

func TestABrowserThatIsKilledHalfWayThroughASaveLosesNothing(t *testing.T) {
	t.Parallel()
	articles := gazette()
	var album []string
	for i := range 8 {
		articles[fmt.Sprintf("boat%d.png", i)] = string(drawing(700+i, uint8(100+i)))
		album = append(album, fmt.Sprintf(`{"type":"figure","image":{"url":"boat%d.png","alt":"A boat"}}`, i))
	}
	articles["boats"] = strings.Replace(articles["lake"], `"body":[`, `"body":[`+strings.Repeat(`{"type":"paragraph","content":"Boats."},`, 80)+strings.Join(album, ",")+",", 1)
	s := sign(t, 1, articles)
	page := s.shelfSite(t, "")
	profile := t.TempDir()

	p, kill := openProfile(t, profile)
	p.before(keepBlobs + `; window.left = Infinity; { const ask = fetch, open = new Promise((done) => window.release = done);
		fetch = async (url, ...how) => { if (String(url).includes("/b/") && --left < 0) await open; return ask(url, ...how) } }`)
	p.visit(page, s.pinned(""))
	p.waitState("ready")
	online := p.shownCopy()
	p.do(clickInside(saveButton))
	p.says(isSaved)
	p.waitKept(1, 2)
	p.visit(page, s.at("boats", ""))
	p.waitState("ready")
	p.waitKept(2, 2)
	p.do(evalVoid(`window.left = 4`), clickInside(saveButton))
	p.waitKept(2, 2+4)
	p.says("Saving…")
	p.do(evalVoid(`release()`))
	kill()

	p, _ = openProfile(t, profile)
	p.before(keepBlobs)
	p.visit(page, s.at("boats", ""))
	p.waitState("ready")
	require.Len(t, p.shownCopy().Pictures, 10)
	s.cutOff(p)
	p.visit(page, s.pinned(""))
	p.waitShelf()
	require.Equal(t, online, p.shownCopy())
	p.says(isSaved)
}

func TestTwoTabsKeepWhatTheOtherSaved(t *testing.T) {
	t.Parallel()
	s := sign(t, 1, gazette())
	page := s.shelfSite(t, "")
	one := openTab(t)
	two := openTabIn(t, one.profile)
	one.visit(page, s.at("lake", ""))
	two.visit(page, s.at("bread", ""))
	one.waitState("ready")
	two.waitState("ready")
	one.do(clickInside(saveButton))
	two.do(clickInside(saveButton))
	one.says(isSaved)
	two.says(isSaved)
	one.waitKept(2, 2)

	lists := func() (each [][]string) {
		for _, p := range []*tab{one, two} {
			p.visit(page, s.at("snow", ""))
			p.waitState("ready")
			p.wait(inside(keptRow))
			each = append(each, eval[[]string](p, fmt.Sprintf(`[...%s.shadowRoot.querySelectorAll(%q)].map((row) =>
				row.querySelector(".title > bdi").textContent + (row.textContent.includes("saved") ? ", saved" : "")).sort()`, element, keptRow)))
		}
		return each
	}
	all := []string{titles["bread"] + ", saved", titles["snow"], titles["lake"] + ", saved"}
	require.Equal(t, [][]string{all, all}, lists())
	two.do(evalVoid(fmt.Sprintf(`[...%s.shadowRoot.querySelectorAll(%q)].find((row) => row.textContent.includes(%q)).querySelector("button[data-action=remove]").click()`,
		element, keptRow, titles["lake"])))
	two.waitKept(2, 2)
	left := all[:2]
	require.Equal(t, [][]string{left, left}, lists())
	s.cutOff(one)
	one.visit(page, s.at("bread", ""))
	one.waitShelf()
	one.says(isSaved)
}
