package web_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math/rand"
	"net/http"
	"strings"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// breakPictures makes pictures fail at some of the addresses, which serve the article as before.
func (m mirrors) breakPictures(t *testing.T, f blockade.Fault, addresses ...int) {
	t.Helper()
	for _, i := range addresses {
		require.NoError(t, m[i].SetFaultFor("*.png", f))
	}
}

// pictureRequests lists the pictures that were asked for at one address.
func (m mirrors) pictureRequests(i int) (paths []string) {
	for _, r := range m[i].Requests() {
		if strings.HasSuffix(r.Path, ".png") {
			paths = append(paths, r.Path)
		}
	}
	return paths
}

// hurry makes waits of so many milliseconds a hundredth of that.
func hurry(ms int) string {
	return fmt.Sprintf(`<script>{ const wait = setTimeout;
		setTimeout = (f, ms, ...rest) => wait(f, ms === %d ? ms / 100 : ms, ...rest) }</script>`, ms)
}

// leadFrom waits until the first picture is shown, and requires that it came from one address.
func (p *tab) leadFrom(host string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`%s?.naturalWidth && %[1]s.currentSrc.includes(%q)`, inside("figure img"), host))
}

// showMirrors opens a page with the element and waits for its article.
func showMirrors(t *testing.T, m mirrors, attributes, before string) *tab {
	t.Helper()
	p := openTab(t)
	p.open(serveSite(t, "", before+m.embed(attributes)).URL)
	p.waitState("ready")
	return p
}

func TestPicturesComeFromTheNextAddressThatHasThem(t *testing.T) {
	for _, fault := range []blockade.Fault{blockade.NotFound, blockade.Refused, blockade.Block200, blockade.Redirect} {
		t.Run(string(fault), func(t *testing.T) {
			m := startMirrors(t, 3)
			m.breakPictures(t, fault, 0, 1)
			p := openTab(t)
			p.open(serveSite(t, strictCSP(m.all()), m.embed("")).URL)
			p.waitState("ready")
			p.leadFrom(m.host(2))
			require.Equal(t, m.host(0), eval[string](p, element+`.dataset.source`), "the article's own address is not put in doubt")
			require.Len(t, eval[[]any](p, element+`.trace`), 1)
			p.do(evalVoid(inside("[part~=body] figure") + `.scrollIntoView()`))
			p.wait(inside("[part~=body] figure img") + `?.naturalWidth`)
			require.Equal(t, "© Port Office", eval[string](p, inside("figure [part~=credit]")+`.textContent`))
		})
	}
}

func TestAPictureThatFailsEverywhereLeavesItsWords(t *testing.T) {
	m := startMirrors(t, 2)
	m.breakPictures(t, blockade.NotFound, 0, 1)
	p := showMirrors(t, m, "", "")
	p.do(evalVoid(inside("[part~=body] figure") + `.scrollIntoView()`))
	p.wait(element + `.shadowRoot.querySelectorAll("img").length === 0`)
	require.Equal(t, []string{"A pier at dusk", "Empty deck chairs"}, texts(p, "figure .alt"))
	require.Equal(t, []string{"The pier, an hour before sailing.", "Chairs on the upper deck."}, texts(p, "figure [part~=caption]"))
	require.Equal(t, []string{"© Port Office", "Mara Quill"}, texts(p, "figure [part~=credit]"))
	for i := range m {
		require.Len(t, m.pictureRequests(i), 2, "each picture once at each address")
	}

	m.breakPictures(t, blockade.Healthy, 0, 1)
	p.do(evalVoid(element + `.reload()`))
	p.leadFrom(m.host(0))
}

// texts gives what is written in everything that a selector finds in the first element.
func texts(p *tab, selector string) []string {
	return eval[[]string](p, fmt.Sprintf(`[...%s.shadowRoot.querySelectorAll(%q)].map(e => e.textContent)`, element, selector))
}

func TestTheTextWaitsForNoPicture(t *testing.T) {
	m := startMirrors(t, 2)
	m.breakPictures(t, blockade.Silent, 0, 1)
	p := showMirrors(t, m, "", "")
	require.NotEmpty(t, m.pictureRequests(0))
	require.True(t, eval[bool](p, inside("[part~=body] p")+`.checkVisibility()`))
	require.False(t, eval[bool](p, inside("figure img")+`.complete`))
}

func TestAPictureThatStallsComesFromTheNextAddress(t *testing.T) {
	t.Parallel()
	for fault, after := range map[blockade.Fault]int{blockade.Silent: 6000, blockade.HeadersThenSilence: 6000, blockade.SilenceAfter16K: 30000} {
		t.Run(string(fault), func(t *testing.T) {
			m := startTree(t, 3, fmt.Sprintf(oneFigure, ""), largePicture())
			m.breakPictures(t, fault, 0, 1)
			p := showMirrors(t, m, "", hurry(after))
			p.leadFrom(m.host(2))
			p.wait(inside("figure img") + `.complete`)
			require.Equal(t, m.host(0), eval[string](p, element+`.dataset.source`))
		})
	}
}

// Each stall costs what has come so far, so it is let be when it has been tried everywhere.
func TestAPictureThatStallsEverywhereIsWaitedFor(t *testing.T) {
	m := startTree(t, 3, fmt.Sprintf(oneFigure, ""), picture)
	m.breakPictures(t, blockade.Silent, 0, 1, 2)
	p := showMirrors(t, m, "", hurry(6000)+`<script>window.moves = [];
		addEventListener("byway-ready", ({ target }) => new MutationObserver((all) => all.forEach(({ addedNodes }) =>
			moves.push(...[...addedNodes].map((img) => new URL(img.src).host)))).observe(target.shadowRoot.querySelector("figure"), { childList: true }))</script>`)
	p.wait(`moves.length >= 3`)
	require.Equal(t, []string{m.host(1), m.host(2), m.host(0)}, eval[[]string](p, `moves`))
	require.Empty(t, texts(p, "figure .alt"), "the line may just be slow")
}

func TestAPictureThatCameInTimeStays(t *testing.T) {
	m := startTree(t, 2, fmt.Sprintf(oneFigure, ""), picture)
	m.breakPictures(t, blockade.Slow, 0)
	p := showMirrors(t, m, "", `<script>window.due = []; { const wait = setTimeout;
		setTimeout = (f, ms, ...rest) => (ms === 6000 || ms === 30000 ? due.push(f) : wait(f, ms, ...rest)) }</script>`)
	p.wait(`due.length === 2`)
	p.leadFrom(m.host(0))
	p.do(evalVoid(`window.kept = ` + inside("figure img") + `; due.forEach(f => f())`))
	p.wait(`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(true))))`)
	require.True(t, eval[bool](p, `kept.isConnected`))
	require.Empty(t, m.pictureRequests(1))
}

func TestPicturesThatFailedWithoutANetworkComeWhenItIsBack(t *testing.T) {
	m := startMirrors(t, 2)
	m.breakPictures(t, blockade.Refused, 0)
	p := showMirrors(t, m, `images="tap"`, `<script>window.on = true; Object.defineProperty(navigator, "onLine", { get: () => on })</script>`)
	p.do(evalVoid(`on = false; ` + inside("figure button.tap") + `.click()`))
	p.wait(inside("figure img") + `?.complete`)
	m.breakPictures(t, blockade.Healthy, 0)
	p.do(evalVoid(`on = true; dispatchEvent(new Event("online"))`))
	p.leadFrom(m.host(0))
	require.Empty(t, m.pictureRequests(1), "that says nothing of the address")
}

// A size that failed everywhere is not asked for any more, and the others are.
func TestASizeThatFailsIsLeftOut(t *testing.T) {
	m := startTree(t, 2, fmt.Sprintf(oneFigure, `,"renditions":[{"url":"pictures/small.png","width":1000,"height":667},{"url":"pictures/large.png","width":2400,"height":1600}]`), picture)
	for i := range m {
		require.NoError(t, m[i].SetFaultFor("small.png", blockade.NotFound))
	}
	p := showMirrors(t, m, "", "")
	p.wait(inside("figure img") + `?.naturalWidth`)
	require.Equal(t, []string{"/a/pictures/small.png"}, m.pictureRequests(1), "the next address, for this size only")
	srcset := eval[string](p, inside("figure img")+`.srcset`)
	require.NotContains(t, srcset, "small.png")
	require.Contains(t, srcset, "large.png")
	require.Contains(t, srcset, "pier.png")
}

func TestWithAHostChosenPicturesAreAskedForNowhereElse(t *testing.T) {
	m := startMirrors(t, 3)
	p := showMirrors(t, m, "", "")
	p.do(evalVoid(radio(m.host(1)) + `.click()`))
	p.wait(fmt.Sprintf(`%s.dataset.source === %q`, element, m.host(1)))
	m.breakPictures(t, blockade.NotFound, 1)
	for i := range m {
		m[i].Reset()
	}
	p.open(eval[string](p, `location.href`)) // the choice outlives the page
	p.waitState("ready")
	p.wait(inside("figure .alt"))
	require.NotEmpty(t, m.pictureRequests(1))
	require.Empty(t, m[0].Requests())
	require.Empty(t, m[2].Requests())
}

func TestAPictureThatFailsAfterItsTapComesFromTheNextAddress(t *testing.T) {
	m := startMirrors(t, 2)
	m.breakPictures(t, blockade.NotFound, 0)
	p := showMirrors(t, m, `images="tap"`, "")
	require.Empty(t, m.pictureRequests(0))
	p.do(clickInside("figure button.tap"))
	p.leadFrom(m.host(1))
	require.Equal(t, []string{"/pictures/pier.png"}, m.pictureRequests(0))
	require.Len(t, texts(p, "figure button.tap"), 1, "the other one still waits for its tap")
}

func TestWithoutPicturesNoneIsAskedFor(t *testing.T) {
	m := startMirrors(t, 2)
	p := showMirrors(t, m, `images="none"`, "")
	require.Equal(t, []string{"A pier at dusk", "Empty deck chairs"}, texts(p, "figure .alt"))
	require.Empty(t, m.pictureRequests(0))
	require.Empty(t, m.pictureRequests(1))
}

// oneFigure is an article with a lead picture, and more of it.
const oneFigure = `{"version":"byway-article/1","id":"urn:example:pier","inLanguage":"en","headline":"The pier",
"image":[{"url":"pictures/pier.png","width":1200,"height":800,"alt":"A pier at dusk","caption":"The pier.","creditText":"© Port Office"%s}]}`

// startTree starts n addresses that serve an article, and a picture under every name.
func startTree(t *testing.T, n int, article string, picture []byte) (m mirrors) {
	t.Helper()
	for range n {
		s, err := blockade.Start("127.0.0.1:0", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".json") {
				w.Header().Set("Content-Type", "application/json")
				fmt.Fprint(w, article)
				return
			}
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write(picture)
		}))
		require.NoError(t, err)
		t.Cleanup(func() { _ = s.Close() })
		m = append(m, s)
	}
	return m
}

// largePicture is a picture of noise, of about 60 KB.
func largePicture() []byte {
	noise := image.NewGray(image.Rect(0, 0, 300, 200))
	r := rand.New(rand.NewSource(1))
	for i := range noise.Pix {
		noise.Pix[i] = byte(r.Int())
	}
	var b bytes.Buffer
	if err := png.Encode(&b, noise); err != nil {
		panic(err)
	}
	return b.Bytes()
}
