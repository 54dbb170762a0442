package web_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// What the tests of the shelf share: articles of a publisher who signs, pages that keep them, and a look at what is kept.

// titles are those of the articles of the gazette, by their names.
var titles = map[string]string{
	"ferry": "The night ferry sails again", "lake": "The lake is frozen", "bread": "Bread is dearer", "bridge": "A bridge for goats",
	"bells": "The bells are back", "library": "A library in a boat", "snow": "Snow before the harvest",
}

// gazette is what a publisher has: each article has a picture at its head and another one far below.
func gazette() map[string]string {
	all := map[string]string{"pier.png": string(large), "deck.png": string(deck)}
	for name, title := range titles {
		all[name] = fmt.Sprintf(`{"version":"byway-article/1","id":"urn:example:%s","inLanguage":"en","headline":%q,"description":"Of %[1]s.","byline":"Mara Quill",
"datePublished":"2026-07-12T14:03:00Z","image":[{"url":"pier.png","alt":"A pier at dusk","caption":"The pier, an hour before sailing."}],
"body":[%[3]s{"type":"figure","image":{"url":"deck.png","alt":"Empty deck chairs","caption":"Chairs on the upper deck."}}]}`, name, title,
			strings.Repeat(`{"type":"paragraph","content":"`+strings.Repeat("Of "+name+" the whole town speaks. ", 30)+`"},`, 20))
	}
	return all
}

// at is the element for another article of the publisher.
func (s *signer) at(name, attributes string) string {
	return strings.Replace(s.pinned(attributes), "/a/ferry.json", "/a/"+name+".json", 1)
}

// shelfSite is a page of a partner that may show blobs, and reads at the addresses of a publisher.
func (m mirrors) shelfSite(t testing.TB, body string) *site {
	t.Helper()
	return serveSite(t, strictCSP(m.all()), body)
}

// visit opens the page of a site with another body.
func (p *tab) visit(s *site, body string) {
	p.t.Helper()
	head, _, _ := strings.Cut(s.page, "<body>")
	s.page = head + "<body>" + body
	p.open(s.URL)
}

// close ends all addresses of a publisher.
func (m mirrors) close() {
	for _, s := range m {
		_ = s.Close()
	}
}

// cutOff ends all addresses of a publisher and takes the network of a tab away, but for the way to the page itself.
func (m mirrors) cutOff(p *tab) {
	p.t.Helper()
	m.close()
	var all []*network.Conditions
	for _, s := range m {
		all = append(all, &network.Conditions{URLPattern: s.URL() + "*", DownloadThroughput: -1, UploadThroughput: -1})
	}
	p.do(network.Enable(), chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := network.EmulateNetworkConditionsByRule(true, all).Do(ctx)
		return err
	}), network.OverrideNetworkState(true, 0, -1, -1))
}

// waitShelf waits until a copy that was kept is shown, and it was found that nothing newer is to be had.
func (p *tab) waitShelf() {
	p.t.Helper()
	p.wait(element + `?.dataset.source === "shelf" && ` + element + `.dataset.state === "stale"`)
}

// heads are the keys of what is kept and what is told of it, as an expression.
const heads = `new Promise((done) => {
	const opening = indexedDB.open("byway:shelf");
	opening.onupgradeneeded = () => opening.transaction.abort();
	opening.onerror = () => done([]);
	opening.onsuccess = () => {
		const store = opening.result.transaction("heads").objectStore("heads");
		const [keys, heads] = [store.getAllKeys(), store.getAll()];
		heads.onsuccess = () => { opening.result.close(); done(keys.result.map((key, i) => ({ key, head: heads.result[i] }))) };
	};
})`

// waitKept waits until articles and pictures are kept: so many of them as there are.
func (p *tab) waitKept(articles, pictures int) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`(%s).then((all) => { const n = all.filter(({ key }) => /^https?:/.test(key)).length; return n === %d && all.length - n === %d })`,
		heads, articles, pictures))
}

// keepBlobs is a script for before, which holds what blobs were made of.
const keepBlobs = `window.blobs = {}; {
	const make = URL.createObjectURL;
	URL.createObjectURL = (blob) => { const url = make.call(URL, blob); blobs[url] = blob; return url };
}`

// shownCopy is the text of the article that is shown, with all its tags, and the bytes of its pictures. It looks at all of
// them first.
func (p *tab) shownCopy() (c struct {
	HTML     string
	Pictures []string
}) {
	p.t.Helper()
	p.scrollThrough()
	const figures = element + `.shadowRoot.querySelectorAll("figure img")`
	p.do(chromedp.Evaluate(`(async () => {
		const bytes = async (url) => btoa(String.fromCharCode(...new Uint8Array(await blobs[url].arrayBuffer())));
		const parts = [...`+element+`.shadowRoot.querySelectorAll("[part~=headline], [part~=standfirst], [part~=byline], figure, [part~=body]")];
		return {
			HTML: parts.map((part) => part.outerHTML.replace(/blob:[^"]*/g, "blob:")).join("\n"),
			Pictures: await Promise.all([...`+figures+`].map((img) => bytes(img.src))),
		};
	})()`, &c, awaited))
	require.NotEmpty(p.t, c.HTML)
	return c
}

// traces are the names of everything that Byway keeps in this browser, as an expression.
const traces = `Promise.all([indexedDB.databases(), caches.keys()]).then(([bases, pages]) =>
	[...bases.map((b) => b.name), ...pages, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((name) => name.startsWith("byway")))`
