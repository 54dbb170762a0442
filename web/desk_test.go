package web_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"byway/internal/carry"
	"byway/internal/publish"
	"byway/internal/trust"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// desk is a publisher who publishes again and again, and files of whose articles go from hand to hand.
type desk struct {
	*hung
	t testing.TB
	publish.Options
	pin string
}

// openDesk starts n addresses of a publisher who has published the voyage and, without pictures, the lake.
func openDesk(t testing.TB, site string, n int) *desk {
	t.Helper()
	folder := t.TempDir()
	d := &desk{hung: hang(t, n, ""), t: t}
	root, feed, err := publish.GenerateKeys(filepath.Join(folder, "keys"), site)
	require.NoError(t, err)
	d.pin = root.Public()
	d.Options = publish.Options{
		Source: filepath.Join(folder, "articles"), Site: filepath.Join(folder, "site"), New: true, Base: d.base(0) + "/",
		Keys: []publish.Signer{root, feed}, Life: time.Hour, Now: time.Now().Add(-time.Hour),
	}
	d.write("ferry.json", voyage)
	d.write("lake.json", tale("The lake is frozen"))
	d.write("pictures/pier.png", string(large))
	d.write("pictures/deck.png", string(deck))
	d.run()
	return d
}

const voyage = `{"version":"byway-article/1","id":"urn:example:voyage","inLanguage":"en","url":"https://harbour.example/ferry",
"headline":"The night ferry sails again","datePublished":"2026-03-12T14:03:00Z","image":[{"url":"pictures/pier.png","alt":"A pier at dusk","caption":"The pier, an hour before sailing."}],
"body":[{"type":"paragraph","content":"The ferry left at nine, with forty people and a goat."},
{"type":"figure","image":{"url":"pictures/deck.png","alt":"Empty deck chairs","caption":"Chairs on the upper deck."}}]}`

const persianVoyage = `{"version":"byway-article/1","id":"urn:example:voyage","inLanguage":"fa","headline":"کشتی شبانه دوباره راه افتاد","datePublished":"2026-03-12T14:03:00Z",
"image":[{"url":"pictures/pier.png","alt":"اسکله در غروب","caption":"اسکله، یک ساعت پیش از حرکت."}],
"body":[{"type":"paragraph","content":"کشتی ساعت نه با چهل مسافر و یک بز راه افتاد."},{"type":"figure","image":{"url":"pictures/deck.png","alt":"صندلی‌های خالی"}}]}`

func (d *desk) write(name, data string) {
	d.t.Helper()
	path := filepath.Join(d.Source, name)
	require.NoError(d.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(d.t, os.WriteFile(path, []byte(data), 0o644))
}

// run publishes, a minute later than before. The addresses hold what is new too.
func (d *desk) run() {
	d.t.Helper()
	d.Now = d.Now.Add(time.Minute)
	_, err := publish.Run(context.Background(), d.Options)
	require.NoError(d.t, err)
	d.New = false
	d.deliver()
}

func (d *desk) withdraw(path, reason string) {
	d.t.Helper()
	d.Now = d.Now.Add(time.Minute)
	_, err := publish.Withdraw(context.Background(), publish.Withdrawal{Site: d.Site, Keys: d.Keys, Article: path, Reason: reason, Now: d.Now})
	require.NoError(d.t, err)
	d.deliver()
}

func (d *desk) deliver() { maps.Copy(d.files, folder(d.t, d.Site)) }

// pinned is the element for the voyage, with the publisher's key.
func (d *desk) pinned(attributes string) string {
	return d.embed(`load="eager" key="` + d.pin + `" ` + attributes)
}

// policy is the strictest one of the README for pages on which all is signed.
func (d *desk) policy() string { return blobsOnly(d.all()) }

// anchor is a page that pins the publisher's key.
func (d *desk) anchor() trust.Anchor {
	key, err := trust.ParseKey(d.pin)
	require.NoError(d.t, err)
	return trust.Anchor{Key: key}
}

// take is an article as it lies at the addresses now, with all of its pictures.
func (d *desk) take(path string) *carry.File {
	d.t.Helper()
	s, err := trust.Start(d.anchor(), nil)
	require.NoError(d.t, err)
	require.NoError(d.t, s.AcceptRoot(d.files["/"+trust.CurrentRoot]))
	_, err = s.AcceptFeed(d.files["/"+trust.FeedPath], time.Now())
	require.NoError(d.t, err)
	f := &carry.File{Path: path, Pin: d.pin, Evidence: s.Bytes(), Article: d.files["/"+trust.AliasPath(path)], Language: "en"}
	for _, found := range blobName.FindAllSubmatch(f.Article, -1) {
		body := d.files[string(found[2])]
		f.Pictures = append(f.Pictures, carry.Picture{URL: string(found[1]), Type: http.DetectContentType(body), Bytes: body})
	}
	return f
}

// blobName is the address of a picture as an article has it, and its path.
var blobName = regexp.MustCompile(`(http://[^/"]+(/b/[0-9a-f]{64}))"`)

func written(t testing.TB, f *carry.File) []byte {
	t.Helper()
	data, err := f.Write()
	require.NoError(t, err)
	return data
}

// visitDesk opens a page of the strictest policy and waits for its article.
func (p *tab) visitDesk(d *desk, element string) *site {
	p.t.Helper()
	s := serveSite(p.t, d.policy(), element)
	p.open(s.URL)
	p.waitState("ready")
	return s
}

// drop lets a file fall onto the first element of the page.
func (p *tab) drop(data []byte) {
	p.t.Helper()
	p.do(dropped(fmt.Sprintf(`Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))`, base64.StdEncoding.EncodeToString(data))))
}

// dropped is the same with an expression for the bytes.
func dropped(bytes string) chromedp.Action {
	return evalVoid(`const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File([` + bytes + `], "ferry.html", { type: "text/html" }));
		const fall = (type) => ` + element + `.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true }));
		window.taken = !fall("dragover") && !fall("drop")`)
}

// waitFile waits until the article of a file is shown, and gives the line that says where it comes from.
func (p *tab) waitFile(headline string) (origin string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`%s?.textContent === %q && %s.dataset.source === undefined && %[3]s`, inside("[part~=headline]"), headline, element, inside(".origin")))
	return texts(p, ".origin summary, p.origin")[0]
}
