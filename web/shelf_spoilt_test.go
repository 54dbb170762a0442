package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a disk spoils, and what other scripts of the page do to what is kept.

// book is what lies in the database under one key.
type book struct {
	key        string
	head, body []byte
}

// book reads what is kept under a key that ends in some way.
func (p *tab) book(suffix string) (i book) {
	p.t.Helper()
	found := eval[[]string](p, fmt.Sprintf(`new Promise((done) => {
		const text = (bytes) => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
		const opening = indexedDB.open("byway:shelf");
		opening.onsuccess = () => {
			const tx = opening.result.transaction(["heads", "bodies"]);
			tx.objectStore("heads").getAllKeys().onsuccess = ({ target }) => {
				const key = target.result.find((key) => key.endsWith(%q));
				const all = ["heads", "bodies"].map((store) => tx.objectStore(store).get(key));
				tx.oncomplete = () => { opening.result.close(); done([key, ...all.map((r) => text(r.result))]) };
			};
		};
	})`, suffix))
	require.Len(p.t, found, 3)
	var err error
	i.key = found[0]
	i.head, err = base64.StdEncoding.DecodeString(found[1])
	require.NoError(p.t, err)
	i.body, err = base64.StdEncoding.DecodeString(found[2])
	require.NoError(p.t, err)
	return i
}

// put writes what a script of the page would.
func (p *tab) put(i book) {
	p.t.Helper()
	text := base64.StdEncoding.EncodeToString
	require.True(p.t, eval[bool](p, fmt.Sprintf(`new Promise((done) => {
		const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
		const opening = indexedDB.open("byway:shelf");
		opening.onsuccess = () => {
			const tx = opening.result.transaction(["heads", "bodies"], "readwrite");
			tx.objectStore("heads").put(bytes(%q), %[2]q);
			tx.objectStore("bodies").put(bytes(%[3]q), %[2]q);
			tx.oncomplete = () => { opening.result.close(); done(true) };
		};
	})`, text(i.head), i.key, text(i.body))))
}

// reseal gives another body of the same length, with the hash that the record then has to have: no disk does that, but any
// script of the page can.
func (i book) reseal(t *testing.T, change func(body []byte) []byte) book {
	t.Helper()
	rest := i.head[sha256.Size:]
	for range 3 { // flags and two times
		_, width := binary.Uvarint(rest)
		rest = rest[width:]
	}
	size, _ := binary.Uvarint(rest)
	body := change(bytes.Clone(i.body[:size]))
	require.Len(t, body, int(size))
	one, two := sha256.Sum256(body), sha256.Sum256(i.body[size:])
	sum := sha256.Sum256(append(append(one[:], two[:]...), i.key...))
	return book{i.key, append(sum[:], i.head[sha256.Size:]...), append(body, i.body[size:]...)}
}

func TestWhatWasSpoiltOrAlteredInTheBrowserIsNotShown(t *testing.T) {
	t.Parallel()
	lie := func(body []byte) []byte { return bytes.ReplaceAll(body, []byte("ferry"), []byte("FERRY")) }
	for name, spoil := range map[string]func(t *testing.T, p *tab){
		"a byte of the article is another": func(_ *testing.T, p *tab) {
			b := p.book("ferry.json")
			b.body[len(b.body)/4] ^= 1
			p.put(b)
		},
		"the article says something else, by its own hash": func(t *testing.T, p *tab) { p.put(p.book("ferry.json").reseal(t, lie)) },
		"another article lies in its place": func(_ *testing.T, p *tab) {
			other := p.book("lake.json")
			other.key = p.book("ferry.json").key
			p.put(other)
		},
		"another article lies in its place, by its own hash": func(t *testing.T, p *tab) {
			other := p.book("lake.json")
			other.key = p.book("ferry.json").key
			p.put(other.reseal(t, func(body []byte) []byte { return body }))
		},
		"the head cannot be read": func(_ *testing.T, p *tab) {
			b := p.book("ferry.json")
			b.head = b.head[:20]
			p.put(b)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := sign(t, 1, gazette())
			page := s.shelfSite(t, s.at("lake", `load="eager"`)+s.at("ferry", `load="eager"`))
			p := openTab(t)
			p.before(keepTold)
			p.open(page.URL)
			p.waitKept(2, 1)
			spoil(t, p)
			s.cutOff(p)
			p.visit(page, s.pinned(`id="ferry"`))
			p.waitState("offline")
			require.Empty(t, eval[[]string](p, `told.ferry.headlines`), "that were ever shown")
			require.NotContains(t, p.shown(), "FERRY")
		})
	}
	t.Run("a picture is another, by its own hash", func(t *testing.T) {
		s := sign(t, 1, gazette())
		page := s.shelfSite(t, s.pinned(""))
		p := openTab(t)
		p.open(page.URL)
		p.waitKept(1, 1)
		name := eval[string](p, `(`+heads+`).then((all) => all.find(({ key }) => key.startsWith("sha256")).key)`)
		p.put(p.book(name).reseal(t, func(body []byte) []byte { body[len(body)-1] ^= 1; return body }))
		s.cutOff(p)
		p.open(page.URL)
		p.waitShelf()
		p.wait(frames)
		require.False(t, eval[bool](p, inside("figure img")+` !== null`))
	})
}
