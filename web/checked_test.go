package web_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"byway/internal/blockade"
	"byway/internal/publish"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// hung is an article whose pictures carry their hashes, at several addresses, and what was asked for there.
type hung struct {
	mirrors
	article string
	files   map[string][]byte // by path or, at one address only, by host and path

	mu    sync.Mutex
	modes map[string][]string // of each request, by host and path
	wait  chan struct{}       // pictures wait for its end; nil: they do not
}

// hang starts n addresses that have an article and its pictures. BASE in its text is the first of them.
func hang(t testing.TB, n int, article string, pictures ...[]byte) *hung {
	t.Helper()
	h := &hung{files: map[string][]byte{}, modes: map[string][]string{}}
	for range n {
		s, err := blockade.Start("127.0.0.1:0", http.HandlerFunc(h.serve))
		require.NoError(t, err)
		t.Cleanup(func() { _ = s.Close() })
		h.mirrors = append(h.mirrors, s)
	}
	h.article = strings.ReplaceAll(article, "BASE", h.base(0))
	h.files["/a/ferry.json"] = []byte(h.article)
	for _, p := range pictures {
		h.files[pathOf(p)] = p
	}
	return h
}

func (h *hung) serve(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.modes[r.Host+r.URL.Path] = append(h.modes[r.Host+r.URL.Path], r.Header.Get("Sec-Fetch-Mode"))
	h.mu.Unlock()
	if h.wait != nil && strings.HasPrefix(r.URL.Path, "/b/") {
		select {
		case <-h.wait:
		case <-r.Context().Done():
		}
	}
	body, found := h.files[r.Host+r.URL.Path]
	if !found {
		body, found = h.files[r.URL.Path]
	}
	if !found {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(body)
}

// asked is how a picture was asked for at one address, each time.
func (h *hung) asked(i int, p []byte) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.modes[h.host(i)+pathOf(p)]
}

// pinned opens a page whose policy lets the browser itself load no picture from any address.
func (h *hung) pinned(t *testing.T, attributes, after string) *tab {
	t.Helper()
	p := openTab(t)
	p.open(serveSite(t, blobsOnly(h.all()), h.embed(fmt.Sprintf(`integrity=%q %s`, integrity(h.article), attributes))+after).URL)
	p.waitState("ready")
	return p
}

func blobsOnly(addresses string) string {
	return strings.Replace(strictCSP(addresses), "img-src 'self' blob: "+addresses, "img-src blob:", 1)
}

func pathOf(p []byte) string { return fmt.Sprintf("/b/%x", sha256.Sum256(p)) }

// drawing is a picture of one colour.
func drawing(width int, shade uint8) []byte {
	im := image.NewPaletted(image.Rect(0, 0, width, width*2/3), color.Palette{color.Gray{shade}})
	var b bytes.Buffer
	if err := png.Encode(&b, im); err != nil {
		panic(err)
	}
	return b.Bytes()
}

var large, small, deck = drawing(1200, 90), drawing(480, 91), drawing(900, 92)

// member is an image of an article, or one of its sizes.
func member(p []byte, width int, more string) string {
	return fmt.Sprintf(`{"url":"BASE%s","width":%d,"height":%d,"contentSize":%d,"integrity":%q%s}`, pathOf(p), width, width*2/3, len(p), integrity(string(p)), more)
}

// gallery is an article with a lead picture in two sizes and, far below, another one.
var gallery = fmt.Sprintf(`{"version":"byway-article/1","id":"urn:example:ferry","inLanguage":"en","headline":"The night ferry sails again","datePublished":"2031-04-17T06:30:00+03:00",
"image":[%s],"body":[%s{"type":"figure","image":%s},{"type":"paragraph","content":"The end."}]}`,
	member(large, 1200, `,"alt":"A pier at dusk","caption":"The pier, an hour before sailing.","creditText":"© Port Office","renditions":[`+member(small, 480, "")+`]`),
	strings.Repeat(`{"type":"paragraph","content":"`+strings.Repeat("The water was flat and the engine quiet. ", 30)+`"},`, 20),
	member(deck, 900, `,"alt":"Empty deck chairs","caption":"Chairs on the upper deck."`))

// shownAs waits until a figure shows a picture of this width, and requires that it is one of a blob.
func (p *tab) shownAs(figure string, width int) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`%s?.naturalWidth === %d`, inside(figure+" img"), width))
	require.True(p.t, strings.HasPrefix(eval[string](p, inside(figure+" img")+`.src`), "blob:"))
}

const lastFigure = ".body figure"

func TestPicturesOfAProvenArticleAreShownByTheirCheckedBytes(t *testing.T) {
	h := hang(t, 2, gallery, large, small, deck)
	p := h.pinned(t, "", "")
	p.shownAs(".lead", 1200)
	require.Equal(t, []string{"cors"}, h.asked(0, large), "one request, by fetch")
	require.Equal(t, "A pier at dusk", eval[string](p, inside(".lead img")+`.alt`))

	require.Empty(t, h.asked(0, deck), "it is far below")
	require.Equal(t, "Empty deck chairs", eval[string](p, inside(lastFigure+" canvas")+`.getAttribute("aria-label")`))
	p.do(evalVoid(inside(lastFigure) + `.scrollIntoView()`))
	p.shownAs(lastFigure, 900)
	require.Equal(t, []string{"cors"}, h.asked(0, deck))
	require.Empty(t, h.asked(0, small))
	require.Empty(t, h.asked(1, large))
}

func TestAnAlteredPictureIsNeverShown(t *testing.T) {
	h := hang(t, 3, gallery, large, small, deck)
	forged := drawing(1200, 7)
	h.files[h.host(0)+pathOf(large)] = forged
	h.files[h.host(1)+pathOf(large)] = forged[:len(forged)-1]
	p := h.pinned(t, "", "")
	p.shownAs(".lead", 1200)
	require.Len(t, h.asked(0, large), 1)
	require.Len(t, h.asked(2, large), 1, "the only address that has it")
	require.Equal(t, h.host(0), eval[string](p, element+`.dataset.source`))

	h.files[h.host(2)+pathOf(deck)], h.files[pathOf(deck)] = forged, forged
	p.do(evalVoid(inside(lastFigure) + `.scrollIntoView()`))
	p.wait(inside(lastFigure + " .alt"))
	require.Equal(t, []string{"Empty deck chairs"}, texts(p, lastFigure+" .alt"))
	require.Equal(t, []string{"Chairs on the upper deck."}, texts(p, lastFigure+" [part~=caption]"))
}

// boxOf is where something is, in pixels from the top of the page.
func boxOf(selector string) string {
	return fmt.Sprintf(`((b) => [b.x, b.y + scrollY, b.width, b.height])(%s.getBoundingClientRect())`, inside(selector))
}

func TestAPictureThatComesMovesNothing(t *testing.T) {
	for _, width := range []int64{320, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			h := hang(t, 1, gallery, large, small, deck)
			h.wait = make(chan struct{})
			p := openTab(t)
			p.do(chromedp.EmulateViewport(width, 700))
			p.open(serveSite(t, blobsOnly(h.all()), h.embed(fmt.Sprintf("integrity=%q", integrity(h.article)))).URL)
			p.waitState("ready")
			p.wait(inside(".lead canvas"))
			place, text := eval[[]float64](p, boxOf(".lead canvas")), eval[[]float64](p, boxOf(".body p"))
			close(h.wait)
			p.wait(inside(".lead img") + `?.naturalWidth`)
			require.InDeltaSlice(t, place, eval[[]float64](p, boxOf(".lead img")), 0.1)
			require.InDeltaSlice(t, text, eval[[]float64](p, boxOf(".body p")), 0.1)
			require.InDelta(t, place[2]*2/3, place[3], 1, "the box has the proportions of the picture")
		})
	}
}

func TestTheSmallestPictureThatIsWideEnoughIsAskedFor(t *testing.T) {
	const saves = `<script>Object.defineProperty(navigator, "connection", { value: { saveData: true } })</script>`
	for _, test := range []struct {
		name          string
		width         int64
		scale         float64
		before        string
		picture, lost []byte
	}{
		{"on a narrow screen", 400, 1, "", small, large},
		{"on one with two pixels for each", 400, 2, "", large, small},
		{"on a wide screen", 900, 1, "", large, small},
		{"on a wide screen where few bytes are wanted", 900, 1, saves, small, large},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := hang(t, 1, gallery, large, small, deck)
			p := openTab(t)
			p.do(chromedp.EmulateViewport(test.width, 700, chromedp.EmulateScale(test.scale)))
			p.open(serveSite(t, "", test.before+h.embed(fmt.Sprintf("integrity=%q", integrity(h.article)))).URL)
			p.wait(inside(".lead img") + `?.naturalWidth`)
			require.Len(t, h.asked(0, test.picture), 1)
			require.Empty(t, h.asked(0, test.lost))
		})
	}
}

func TestAPictureThatIsCheckedWaitsForItsTap(t *testing.T) {
	h := hang(t, 1, gallery, large, small, deck)
	p := h.pinned(t, `images="tap"`, "")
	require.Empty(t, h.asked(0, large))
	p.do(clickInside(".lead button.tap"))
	p.shownAs(".lead", 1200)
	require.Empty(t, h.asked(0, deck))
	p.do(evalVoid(element + `.images = "none"`))
	p.wait(inside(".lead .alt"))
	p.do(evalVoid(inside(lastFigure) + `.scrollIntoView()`))
	p.wait(frames)
	require.Empty(t, h.asked(0, deck))
}

// frames is true when the page was drawn twice.
const frames = `new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(true))))`

func TestWhenTheElementLeavesItsPicturesGo(t *testing.T) {
	h := hang(t, 1, gallery, large, small, deck)
	p := h.pinned(t, "", "")
	p.shownAs(".lead", 1200)
	const loads = `new Promise((done) => Object.assign(new Image(), { src: blob, onload: () => done(true), onerror: () => done(false) }))`
	p.do(evalVoid(`window.blob = ` + inside(".lead img") + `.src`))
	require.True(t, eval[bool](p, loads))
	p.do(evalVoid(element + `.remove()`))
	p.wait(loads + `.then((there) => !there)`)
}

func TestPicturesStayWithAnArticleThatStays(t *testing.T) {
	h := hang(t, 2, gallery, large, small, deck)
	p := h.pinned(t, "", "")
	p.shownAs(".lead", 1200)
	p.do(evalVoid(`window.kept = ` + inside(".lead img")))
	for _, m := range h.mirrors {
		require.NoError(t, m.SetFault(blockade.Refused))
	}
	p.do(evalVoid(element + `.mirrors = ""`))
	p.waitState("stale")
	require.True(t, eval[bool](p, `kept.isConnected && kept.naturalWidth === 1200`))
}

func TestAPageThatForbidsBlobsIsToldOnce(t *testing.T) {
	h := hang(t, 1, gallery, large, small, deck)
	p := openTab(t)
	policy := strings.Replace(blobsOnly(h.all()), "img-src blob:", "img-src 'self'", 1)
	p.do(chromedp.ActionFunc(func(ctx context.Context) error { // the policy forbids scripts in the page
		_, err := page.AddScriptToEvaluateOnNewDocument(`window.told = []; addEventListener("byway-error", (e) => told.push(e.detail))`).Do(ctx)
		return err
	}))
	p.open(serveSite(t, policy, h.embed(fmt.Sprintf("integrity=%q", integrity(h.article)))).URL)
	p.waitState("ready")
	p.wait(inside(".lead .alt"))
	p.do(evalVoid(inside(lastFigure) + `.scrollIntoView()`))
	p.wait(inside(lastFigure + " .alt"))
	require.Equal(t, []string{"The pier, an hour before sailing.", "Chairs on the upper deck."}, texts(p, "figure [part~=caption]"))
	require.Equal(t, 1, eval[int](p, `told.filter((e) => e.kind === "picture").length`), p.said())
	require.Contains(t, eval[string](p, `told.find((e) => e.kind === "picture").message`), "img-src")
	require.Empty(t, h.asked(0, small), "another size would not be shown either")
}

// plainPicture is an image of an article that nobody can check.
func plainPicture(name string) string {
	return fmt.Sprintf(`{"url":"BASE/b/%s.png","width":900,"height":600,"alt":"Empty deck chairs","caption":"Chairs on the upper deck."}`, name)
}

// mixed is an article with a picture that is signed for and one that is not, one below the other.
var mixed = fmt.Sprintf(`{"version":"byway-article/1","id":"urn:example:ferry","inLanguage":"en","headline":"The night ferry sails again","image":[%s],"body":[{"type":"figure","image":%s}]}`,
	member(large, 1200, `,"alt":"A pier at dusk","caption":"The pier, an hour before sailing.","creditText":"© Port Office"`), plainPicture("deck"))

// sign has all addresses hold the signature of a publisher, and gives the attribute that pins it.
func (h *hung) sign(t *testing.T) string {
	t.Helper()
	root, err := publish.NewSigner("news.example/root1")
	require.NoError(t, err)
	feed, err := publish.NewSigner("news.example/feed1")
	require.NoError(t, err)
	now := time.Now().UTC()
	stamp := func(t time.Time) string { return t.Format("2006-01-02T15:04:05Z") }
	h.files["/root/current.note"] = publish.Sign(fmt.Sprintf(`byway/v1/root
{"site":"news.example","version":1,"epoch":1,"expires":%q,"root_keys":[%q],"root_threshold":1,"feed_keys":[%q],"min_feed":0,"mirrors":[]}
`, stamp(now.Add(time.Hour)), root.Public(), feed.Public()), root)
	h.files["/feed.note"] = publish.Sign(fmt.Sprintf(`byway/v1/feed
{"site":"news.example","epoch":1,"version":1,"root":1,"issued":%q,"expires":%q,"items":[{"p":"ferry","h":"%x","n":%d}]}
`, stamp(now), stamp(now.Add(time.Hour)), sha256.Sum256([]byte(h.article)), len(h.article)), feed)
	return fmt.Sprintf("key=%q", root.Public())
}

func TestAPictureThatNobodySignedIsMarkedAndFromAMirrorWaitsForATap(t *testing.T) {
	h := hang(t, 2, mixed, large)
	h.files["/b/deck.png"] = deck
	key := h.sign(t)
	p := openTab(t)
	p.open(serveSite(t, strictCSP(h.all()), h.embed(key)).URL)
	p.waitState("ready")
	require.Equal(t, "signed", eval[string](p, element+`.dataset.proof`))
	p.shownAs(".lead", 1200)
	p.wait(inside(lastFigure+" img") + `?.naturalWidth === 900`)
	require.Equal(t, []string{"picture not signed"}, texts(p, ".unsigned"))
	require.Len(t, texts(p, lastFigure+" .unsigned"), 1)

	require.NoError(t, h.mirrors[0].SetFault(blockade.Refused))
	p = openTab(t)
	p.open(serveSite(t, strictCSP(h.all()), h.embed(key)).URL)
	p.waitState("ready")
	require.Equal(t, h.host(1), eval[string](p, element+`.dataset.source`))
	p.shownAs(".lead", 1200)
	require.Len(t, texts(p, lastFigure+" .unsigned"), 1)
	require.Equal(t, 0, h.countOf(1, "/b/deck.png"))
	p.do(clickInside(lastFigure + " button.tap"))
	p.wait(inside(lastFigure+" img") + `?.naturalWidth === 900`)
	require.Equal(t, 1, h.countOf(1, "/b/deck.png"))
}

// countOf is how often a file was asked for at one address.
func (h *hung) countOf(i int, path string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.modes[h.host(i)+path])
}
