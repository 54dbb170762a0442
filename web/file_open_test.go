package web_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byway/internal/carry"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// A file that somebody gives to an element: what is shown of it, and what the element says it is.

const (
	fromFile  = "From a file you opened"
	isClaimed = "This page does not know the key of this signature"
	isOlder   = "The publisher has published something newer since."
)

// limits are the sentences on what the copy that is shown is not.
func (p *tab) limits() string { p.t.Helper(); return strings.Join(texts(p, ".limits"), "\n") }

// requireOwn waits until the page's own article is shown, and nothing of a file.
func (p *tab) requireOwn(headline string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`%s?.textContent === %q && %s.dataset.source`, inside("[part~=headline]"), headline, element))
	require.NotContains(p.t, p.shown(), fromFile)
	require.NotContains(p.t, p.shown(), "You are reading")
}

func TestAFileThatIsDroppedIsShownAndLeft(t *testing.T) {
	t.Parallel()
	d := openDesk(t, "news.example", 2)
	data := written(t, d.take("ferry"))
	path := filepath.Join(t.TempDir(), "ferry.html")
	require.NoError(t, os.WriteFile(path, data, 0o644))
	lake := strings.ReplaceAll(d.pinned(""), "/a/ferry.json", "/a/lake.json")
	for name, give := range map[string]func(p *tab){
		"dropped": func(p *tab) { p.drop(data); require.True(t, eval[bool](p, `taken`), "the browser would open it") },
		"chosen": func(p *tab) {
			p.do(chromedp.SetUploadFiles(inside("input[type=file]"), []string{path}, chromedp.ByJSPath))
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t)
			p.visitDesk(d, lake)
			for range 2 { // the same file can be opened again
				give(p)
				require.Contains(t, p.waitFile("The night ferry sails again"), fromFile+" · Signed by news.example")
				p.showsPictures(2)
				require.Equal(t, "signed", eval[string](p, element+`.dataset.proof`))
				require.Empty(t, p.limits())
				require.Contains(t, p.shown(), "You are reading a file that you opened.")
				p.do(clickInside("button[data-action=back]"))
				p.requireOwn("The lake is frozen")
			}
			require.Empty(t, p.said())
		})
	}
}

func TestAFileOfAnotherPublisherSpeaksForItself(t *testing.T) {
	t.Parallel()
	d := openDesk(t, "news.example", 1)
	for _, c := range []struct{ name, site, element string }{
		{"of another publisher", "harbour.example", d.pinned("")},
		{"of a name that looks like the page's own", "news.example.mirror.example", d.pinned("")},
		{"of a name that reads like the page's own", "xn--nws-8la.example", d.pinned("")},
		{"on a page that pins nothing", "news.example", d.embed(`load="eager"`)},
	} {
		t.Run(c.name, func(t *testing.T) {
			other := openDesk(t, c.site, 1)
			other.write("ferry.json", strings.Replace(voyage, "The night ferry", "The other ferry", 1))
			other.run()
			p := openTab(t)
			p.open(serveSite(t, strictCSP(d.all()), c.element).URL)
			p.waitState("ready")
			p.drop(written(t, other.take("ferry")))
			require.Contains(t, p.waitFile("The other ferry sails again"), fromFile+" · Signed in the name of "+c.site)
			p.showsPictures(2)
			require.Equal(t, "none", eval[string](p, element+`.dataset.proof`))
			require.Contains(t, p.limits(), isClaimed)
			require.NotContains(t, p.shown(), "Your device has checked the signature of "+c.site)
			p.do(clickInside("button[data-action=back]"))
			p.requireOwn("The night ferry sails again")
		})
	}
}

// spoilt is a file that must not be shown, and why.
type spoilt struct {
	name, kind string
	data       []byte
	expression string // for the bytes, where that is shorter
}

// spoil makes all that is wrong of what is right. The beacon is told if anything of it runs or loads.
func spoil(t *testing.T, d *desk, beacon string) []spoilt {
	whole := d.take("ferry")
	data := written(t, whole)
	change := func(from, to string) []byte {
		require.Contains(t, string(data), from)
		return bytes.Replace(data, []byte(from), []byte(to), 1)
	}
	harbour, impostor := openDesk(t, "harbour.example", 1), openDesk(t, "news.example", 1)
	unsigned := *whole
	unsigned.Evidence, unsigned.Path, unsigned.Pin, unsigned.Address = nil, "", "", "https://news.example/a/ferry.json"
	evidence := base64.StdEncoding.EncodeToString(whole.Evidence)
	script := fmt.Sprintf(`<script>document.title = "ran"; new Image().src = %q</script><img src=%[1]q><iframe src=%[1]q></iframe>`, beacon)
	return []spoilt{
		{name: "a letter of the text", kind: "file-altered", data: change("with forty people", "with fourty people")},
		{name: "a letter of a signature", kind: "file-foreign", data: change(evidence, flipSignature(t, whole.Evidence))},
		{name: "a bit of a picture", kind: "file-altered", data: change(encoded(whole.Pictures[0].Bytes), encoded(flipLast(bytes.Clone(whole.Pictures[0].Bytes))))},
		{name: "the signature is cut off", kind: "file-altered", data: change(evidence, "")},
		{name: "it was saved anew without the signature", kind: "file-foreign", data: written(t, &unsigned)},
		{name: "it has the signature of another article of the publisher's", kind: "file-altered", data: change(encoded(d.files["/a/ferry.json"]), encoded(d.files["/a/lake.json"]))},
		{name: "it has what another publisher signed", kind: "file-foreign", data: change(evidence, encoded(harbour.take("ferry").Evidence))},
		{name: "another key signed it in the publisher's name", kind: "file-foreign", data: written(t, impostor.take("ferry"))},
		{name: "a script was put into it", kind: "file-altered", data: change("</body>", script+"</body>")},
		{name: "a script was put into its text", kind: "file-altered", data: change("The ferry left", script+"The ferry left")},
		{name: "it is cut short", kind: "no-file", data: data[:len(data)/3]},
		{name: "it is 33 MB of nothing", kind: "no-file", expression: `new Uint8Array(33 << 20)`},
		{name: "it is empty", kind: "no-file", expression: `new Uint8Array(0)`},
		{name: "it is a picture", kind: "no-file", data: large},
		{name: "it is some page", kind: "no-file", data: []byte("<!doctype html><title>Forged</title>" + script)},
	}
}

func encoded(data []byte) string { return base64.StdEncoding.EncodeToString(data) }

// flipSignature changes one letter of the last signature in evidence.
func flipSignature(t *testing.T, evidence []byte) string {
	at := bytes.LastIndex(evidence, []byte(`/feed1 `)) + len(`/feed1 `) + 20
	require.Greater(t, at, 30)
	changed := bytes.Clone(evidence)
	letter := byte('a')
	if changed[at] == letter {
		letter = 'b'
	}
	changed[at] = letter
	return encoded(changed)
}

var fileWords = map[string]string{
	"no-file":      "This is not a file that Byway saved. Choose the file itself, not what a browser saved of it.",
	"file-altered": "This file is not as it was saved, so it is not shown. Do not believe it, and ask for the file again.",
	"file-foreign": "is not signed by the publisher of this page’s article, so it is not shown. Do not believe it, and ask for the file again.",
}

func TestAFileThatIsNotAsItWasSavedIsRefused(t *testing.T) {
	t.Parallel()
	told := 0
	beacon := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { told++ }))
	t.Cleanup(beacon.Close)
	d := openDesk(t, "news.example", 1)
	all := spoil(t, d, beacon.URL)
	p := openTab(t)
	p.before(`window.refused = []; addEventListener("byway-error", (e) => refused.push(e.detail.kind))`)
	p.open(serveSite(t, "", d.pinned("")).URL) // without a policy, which would hold a script back
	p.waitState("ready")
	p.showsPictures(2)
	own := texts(p, ".body")
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			p := &tab{t: t, ctx: p.ctx, profile: p.profile}
			p.do(evalVoid(`refused.length = 0`))
			if c.expression != "" {
				p.do(dropped(c.expression))
			} else {
				p.drop(c.data)
			}
			p.wait(`refused.length > 0`)
			require.Equal(t, []string{c.kind}, eval[[]string](p, `refused`))
			require.Contains(t, texts(p, ".above [role=alert]")[0], fileWords[c.kind])
			require.Equal(t, []string{"Close"}, texts(p, "button[data-action=back]"))
			require.Equal(t, own, texts(p, ".body"))
			p.requireOwn("The night ferry sails again")
			p.do(clickInside("button[data-action=back]"))
			p.wait(inside(".above") + ` === null`)
		})
	}
	require.Equal(t, "A partner", eval[string](p, `document.title`))
	require.Zero(t, told, "requests that a file had the browser make")
}

// An article can show pictures of elsewhere, whose hashes nobody signed.
func TestAPictureOfAFileThatNobodySignedIsMarked(t *testing.T) {
	t.Parallel()
	d := openDesk(t, "news.example", 1)
	d.write("ferry.json", strings.Replace(voyage, "pictures/deck.png", "https://pictures.example/deck.png", 1))
	d.run()
	f := d.take("ferry")
	f.Pictures = append(f.Pictures, carry.Picture{URL: "https://pictures.example/deck.png", Type: "image/png", Bytes: deck})
	p := openTab(t)
	p.visitDesk(d, strings.ReplaceAll(d.pinned(""), "/a/ferry.json", "/a/lake.json"))
	p.drop(written(t, f))
	p.waitFile("The night ferry sails again")
	p.showsPictures(2)
	require.Equal(t, []string{"picture not signed"}, texts(p, ".unsigned"))
	require.Equal(t, 1, eval[int](p, element+`.shadowRoot.querySelectorAll(".body .unsigned").length`))
	require.Contains(t, p.limits(), "Pictures that are not signed: 1. Anyone may have replaced them.")
}

func TestWhatAFileNeedsGoesWithTheElement(t *testing.T) {
	t.Parallel()
	d := openDesk(t, "news.example", 1)
	p := openTab(t)
	p.before(`window.blobs = new Set(); {
		const { createObjectURL: make, revokeObjectURL: revoke } = URL;
		URL.createObjectURL = (blob) => { const url = make.call(URL, blob); blobs.add(url); return url };
		URL.revokeObjectURL = (url) => { blobs.delete(url); revoke.call(URL, url) } }`)
	p.visitDesk(d, strings.ReplaceAll(d.pinned(""), "/a/ferry.json", "/a/lake.json"))
	p.wait(`(` + heads + `).then((all) => all.length > 0)`)
	p.wait(inside(keptRow))
	p.drop(written(t, d.take("ferry")))
	p.waitFile("The night ferry sails again")
	require.NotEmpty(t, texts(p, keptRow), "what is kept is listed still")
	require.NotZero(t, eval[int](p, `blobs.size`))
	p.do(evalVoid(element + `.remove()`))
	p.wait(`blobs.size === 0`)
}
