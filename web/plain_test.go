package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"byway/internal/blockade"
	"byway/internal/publish"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// The tests of this file and of those beside it take WebAssembly, or all scripts, away from the browser.

// signer is a publisher that signs, with several addresses. They hold what is in files.
type signer struct {
	*hung
	root, feed publish.Signer
}

// sign publishes articles, by their names, and pictures, by those of their files, at n addresses. BASE in them is the first
// of these.
func sign(t testing.TB, n int, articles map[string]string) *signer {
	t.Helper()
	s := &signer{hung: hang(t, n, "")}
	source, site := filepath.Join(t.TempDir(), "articles"), filepath.Join(t.TempDir(), "site")
	require.NoError(t, os.MkdirAll(source, 0o755))
	for name, text := range articles {
		if filepath.Ext(name) == "" {
			name, text = name+".json", strings.ReplaceAll(text, "BASE", s.base(0))
		}
		require.NoError(t, os.WriteFile(filepath.Join(source, name), []byte(text), 0o644))
	}
	var err error
	s.root, s.feed, err = publish.GenerateKeys(filepath.Join(t.TempDir(), "keys"), "news.example")
	require.NoError(t, err)
	_, err = publish.Run(context.Background(), publish.Options{
		Source: source, Site: site, New: true, Base: s.base(0) + "/", Keys: []publish.Signer{s.root, s.feed}, Life: time.Hour, Now: time.Now(),
	})
	require.NoError(t, err)
	maps.Copy(s.files, folder(t, site))
	require.Contains(t, s.files, "/feed.note")
	return s
}

// folder reads all files of a folder, by their path with "/" before it.
func folder(t testing.TB, dir string) map[string][]byte {
	all := map[string][]byte{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			all[strings.TrimPrefix(path, dir)], err = os.ReadFile(path)
		}
		return err
	}))
	return all
}

// pinned is the element for the story, with the publisher's key.
func (s *signer) pinned(attributes string) string {
	return s.embed(`key="` + s.root.Public() + `" ` + attributes)
}

// without is the strict policy of a page that does not let WebAssembly run.
func (m mirrors) without() string {
	return strings.ReplaceAll(strictCSP(m.all()), " 'wasm-unsafe-eval'", "")
}

// shown is the text that the first element shows.
func (p *tab) shown() string { return eval[string](p, element+`.shadowRoot.textContent`) }

// requireFallback looks whether nothing but the fallback and a notice with links is shown.
func requireFallback(t *testing.T, p *tab) {
	t.Helper()
	p.waitState("unsupported")
	require.True(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`))
	require.False(t, eval[bool](p, inside("article")+` !== null`))
	require.NotEmpty(t, eval[[]string](p, `[...`+element+`.shadowRoot.querySelectorAll("[part=notice] a")].map(a => a.href)`))
	require.Contains(t, p.shown(), "WebAssembly is switched off or missing here")
	require.Equal(t, "none", eval[string](p, element+`.dataset.proof`))
}

func storyOf() map[string]string {
	return map[string]string{"ferry": fmt.Sprintf(strings.ReplaceAll(story, "%[1]s", "BASE"), "", "The water was flat.")}
}

func TestWithoutWebAssemblyASignedArticleIsCheckedByTheBrowser(t *testing.T) {
	s := sign(t, 2, storyOf())
	page := s.pinned("")
	for name, open := range map[string]func() *tab{
		"refused by the page's policy": func() *tab {
			p := openTab(t)
			p.open(serveSite(t, s.without(), page).URL)
			return p
		},
		"missing from the browser": func() *tab {
			p := openBrowser(t, "--jitless")
			p.open(serveSite(t, strictCSP(s.all()), page).URL)
			require.Equal(t, "undefined", eval[string](p, `typeof WebAssembly`))
			return p
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := open()
			p.waitState("ready")
			require.False(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`))
			require.Equal(t, "The night ferry sails again", eval[string](p, inside("h2[part=headline]")+`.textContent`))
			require.Contains(t, p.shown(), "Signed by news.example, checked by this browser.")
			require.Contains(t, p.shown(), "without pictures: WebAssembly is switched off or missing here.")
			require.Equal(t, "signed "+s.host(0), eval[string](p, element+`.dataset.proof + " " + `+element+`.dataset.source`))
			require.Equal(t, "The night ferry sails again", eval[string](p, element+`.ready.then(a => a.headline)`))
			require.Zero(t, eval[int](p, element+`.shadowRoot.querySelectorAll("img").length`))
			require.NotContains(t, p.said(), "uncaught")
		})
	}
}

// openBrowser opens a tab in a browser of its own.
func openBrowser(t *testing.T, jsFlags string) *tab {
	chrome, err := exec.LookPath("../.ci/bin/headless_shell")
	require.NoError(t, err)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chrome), chromedp.NoSandbox, chromedp.Flag("js-flags", jsFlags))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, quit := chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	ctx, cancel := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(func() { cancel(); quit(); stop() })
	p := &tab{t: t, ctx: ctx}
	chromedp.ListenTarget(ctx, p.listen)
	p.do(chromedp.EmulateViewport(1024, 768))
	return p
}

func TestWhatWasCheckedIsToldInTheReadersLanguage(t *testing.T) {
	s := sign(t, 1, storyOf())
	for language, words := range map[string]string{"ar": "وقد تحقق منه هذا المتصفح", "fa": "این مرورگر آن را بررسی کرده است", "de": "checked by this browser"} {
		p := openTab(t)
		p.open(serveSite(t, s.without(), s.pinned(`lang="`+language+`"`)).URL)
		p.waitState("ready")
		require.Contains(t, p.shown(), words)
	}
}

func TestWithoutScriptsTheFallbackAndThePublishedPageCanBeRead(t *testing.T) {
	s := sign(t, 1, storyOf())
	p := openTab(t)
	p.do(emulation.SetScriptExecutionDisabled(true))
	p.open(serveSite(t, strictCSP(s.all()), s.pinned("")).URL)
	require.True(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`))
	require.False(t, eval[bool](p, element+`.hasAttribute("data-state")`), "scripts are off")

	p.open(s.base(0) + "/ferry.html")
	text := eval[string](p, `document.body.innerText`)
	for _, words := range []string{"The night ferry sails again", "forty people and a goat", "Chairs on the upper deck.", "Mara Quill", "The water was flat."} {
		require.Contains(t, text, words)
	}
}

func TestWithoutWebAssemblyTheNextAddressIsAskedAfterAFailure(t *testing.T) {
	for fault, late := range map[blockade.Fault]bool{
		blockade.Refused: false, blockade.ResetAfter: false, blockade.Redirect: false, blockade.NotFound: false, blockade.Unavailable: false,
		blockade.Cut: false, blockade.CutLength: false, blockade.Altered: false, blockade.Empty: false, blockade.TooLarge: false, blockade.GzipBomb: false,
		blockade.Block200: false, blockade.Block403: false, blockade.Block403NoCORS: false, blockade.NoCORS: false,
		blockade.Silent: true, blockade.HeadersThenSilence: true, blockade.Trickle: true,
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			s := sign(t, 2, storyOf())
			require.NoError(t, s.mirrors[0].SetFault(fault))
			p := openTab(t)
			p.open(serveSite(t, s.without(), s.pinned("")).URL)
			p.waitState("ready")
			require.Equal(t, s.host(1), eval[string](p, element+`.dataset.source`))
			require.Contains(t, p.shown(), "Signed by news.example")
			requests := s.mirrors[1].Requests()
			if late {
				require.Greater(t, requests[0].Time.Sub(s.mirrors[0].Requests()[0].Time), 1500*time.Millisecond, "the patience is 2 s, and servers note a request when they come to it")
			}
		})
	}
}

func TestWithoutWebAssemblyOnlyTheChosenAddressIsAsked(t *testing.T) {
	s := sign(t, 3, storyOf())
	partner := startKeeper(t, "/byway/")
	partner.before = `delete window.WebAssembly`
	partner.show(s.pinned(""))
	p := openTab(t)
	choose(p, partner, s.base(0), s.host(2), 0)
	for fault, state := range map[blockade.Fault]string{blockade.NotFound: "unsupported", blockade.Healthy: "ready"} {
		require.NoError(t, s.mirrors[2].SetFault(fault))
		p.open(partner.URL())
		p.waitState(state)
	}
	require.Empty(t, s.mirrors[0].Requests())
	require.Empty(t, s.mirrors[1].Requests())
	require.NotEmpty(t, s.mirrors[2].Requests())
}

func TestWithoutWebAssemblyAnElementFollowsItsAttributesAndTriesAgain(t *testing.T) {
	articles := storyOf()
	articles["other"] = strings.ReplaceAll(articles["ferry"], "ferry sails", "train runs")
	s := sign(t, 1, articles)
	require.NoError(t, s.mirrors[0].SetFault(blockade.Unavailable))
	p := openTab(t)
	p.open(serveSite(t, s.without(), s.pinned("")).URL)
	requireFallback(t, p)
	require.NoError(t, s.mirrors[0].SetFault(blockade.Healthy))
	p.do(evalVoid(inside(".unsupported button") + `.click()`))
	p.waitState("ready")

	asked := len(s.mirrors[0].Requests())
	p.do(evalVoid(`document.body.prepend(` + element + `)`))
	require.Equal(t, "ready", eval[string](p, `new Promise(done => setTimeout(() => done(`+element+`.dataset.state)))`))
	require.Len(t, s.mirrors[0].Requests(), asked, "it was only moved")

	p.do(evalVoid(element + `.src = ` + element + `.src.replace("ferry", "other")`))
	p.wait(inside("h2") + `.textContent === "The night train runs again"`)
	p.do(evalVoid(element + `.src = ` + element + `.src.replace("other", "nothing")`))
	requireFallback(t, p)
	p.do(evalVoid(`window.e = ` + element + `; e.remove()`))
	p.wait(`!e.dataset.state && e.shadowRoot.textContent === ""`)
}

// What the browser does not check is not shown: it says so, and leads to the pages that the publisher signed for people.
func TestABrowserThatCannotCheckShowsNothing(t *testing.T) {
	s := sign(t, 2, storyOf())
	for name, lack := range map[string]string{
		"no Ed25519":     `SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"))`,
		"an http page":   `Object.defineProperty(Crypto.prototype, "subtle", { get() {} })`,
		"no WebCrypto":   `delete SubtleCrypto.prototype.importKey; Object.defineProperty(Crypto.prototype, "subtle", { get() {} })`,
		"Ed25519 broken": `SubtleCrypto.prototype.importKey = async () => { throw new TypeError("no") }`,
	} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t)
			p.open(serveSite(t, "", `<script>delete window.WebAssembly; `+lack+`</script>`+s.pinned("")).URL)
			requireFallback(t, p)
			require.Contains(t, p.shown(), "cannot check the publisher’s signature")
			require.Equal(t, []string{s.base(0) + "/ferry.html", s.base(1) + "/ferry.html"},
				eval[[]string](p, `[...`+element+`.shadowRoot.querySelectorAll("a")].map(a => a.href)`))
			require.Zero(t, s.articleRequests(0), "nothing was asked for in vain")
		})
	}
}

func TestWithoutWebAssemblyAndKeyTheArticleIsShownAsNotSigned(t *testing.T) {
	m := startMirrors(t, 2)
	require.NoError(t, m[0].SetFault(blockade.Block200))
	for name, c := range map[string]struct{ attributes, proof, words string }{
		"nothing is known of it": {"", "none", "Not signed."},
		"its hash is known":      {`integrity="` + integrity(m.story()) + `"`, "pinned", "Exactly the copy that this page expects"},
	} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t)
			p.open(serveSite(t, m.without(), m.embed(c.attributes)).URL)
			p.waitState("ready")
			require.Equal(t, c.proof+" "+m.host(1), eval[string](p, element+`.dataset.proof + " " + `+element+`.dataset.source`))
			require.Contains(t, p.shown(), c.words)
		})
	}
	for name, attributes := range map[string]string{
		"another hash": `integrity="` + integrity("another") + `"`, "a hash of another kind": `integrity="sha1-abc"`, "no hash": `integrity="sha256-"`,
	} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t)
			p.open(serveSite(t, m.without(), m.embed(attributes)).URL)
			p.waitState("unsupported")
			require.NotContains(t, p.shown(), "The night ferry")
			require.True(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`))
		})
	}
}

func TestWithoutWebAssemblyAPrivatePageLeavesNothingInTheBrowsersCache(t *testing.T) {
	s := sign(t, 1, storyOf())
	for name, page := range map[string]string{"signed": s.pinned("private"), "not signed": s.embed("private")} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t)
			p.before(`window.modes = []; { const ask = fetch; fetch = (url, how) => { modes.push(how?.cache); return ask(url, how) } }`)
			p.open(serveSite(t, s.without(), page).URL)
			p.waitState("ready")
			modes := eval[[]string](p, `modes`)
			require.NotEmpty(t, modes)
			require.Empty(t, slices.DeleteFunc(modes, func(mode string) bool { return mode == "no-store" }))
		})
	}
}

// stateOf is the newest detail of byway-state, for pages that have told below.
func stateOf(p *tab) (detail struct {
	State, Source, Proof string
	Signature            *struct {
		Site, Key, Hash string
		Feed, Root      int
		Expired         bool
	}
	Problem *struct{ Kind, Message string }
}) {
	p.t.Helper()
	require.NoError(p.t, json.Unmarshal([]byte(eval[string](p, `JSON.stringify(told)`)), &detail))
	return detail
}

// told is a script that takes WebAssembly away and keeps the newest state.
const told = `<script>delete window.WebAssembly; addEventListener("byway-state", (e) => window.told = e.detail)</script>`
