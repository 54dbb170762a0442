package web_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What other scripts and elements of the page's origin put where Byway keeps things.

// openKept clicks on an article of the list whose title has a word in it.
func (p *tab) openKept(word string) {
	p.t.Helper()
	button := fmt.Sprintf(`[...%s.shadowRoot.querySelectorAll("button[data-action=open]")].find((b) => b.textContent.includes(%q))`, element, word)
	p.wait(button)
	p.do(evalVoid(button + `.click()`))
}

func TestWhatIsKeptByAnotherKeySpeaksForItself(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ site, shown, says string }{
		"of another publisher":                {"other.example", "The lake is poisoned", "Signed in the name of other.example"},
		"in the name of the page's publisher": {"news.example", "", "not signed by the publisher"},
	} {
		t.Run(name, func(t *testing.T) {
			d, other := openDesk(t, "news.example", 1), openDesk(t, c.site, 1)
			other.write("lake.json", strings.Replace(tale("The lake is frozen"), "The lake is frozen", "The lake is poisoned", 1))
			other.run()
			p := openTab(t)
			s := serveSite(t, strictCSP(d.all()+" "+other.all()), strings.ReplaceAll(other.pinned(""), "/a/ferry.json", "/a/lake.json"))
			p.open(s.URL)
			p.waitState("ready")
			p.wait(`(` + heads + `).then((all) => all.length > 0)`)
			p.visit(s, d.pinned(""))
			p.waitState("ready")
			p.openKept("lake")
			p.says(c.says)
			require.Equal(t, "none", eval[string](p, element+`.dataset.proof`))
			require.NotContains(t, p.shown(), "Your device has checked the signature")
			require.Equal(t, c.shown != "", strings.Contains(p.shown(), "The lake is poisoned"))

			p.do(clickInside("button[data-action=back]"))
			p.waitState("ready")
			require.Equal(t, "signed", eval[string](p, element+`.dataset.proof`))
		})
	}
}

func TestWhatIsNoBytesIsNoRecord(t *testing.T) {
	t.Parallel()
	for _, where := range []string{"byway:shelf heads", "byway:shelf bodies", "byway:memory sites"} {
		t.Run(where, func(t *testing.T) {
			s := sign(t, 1, gazette())
			page := s.shelfSite(t, s.pinned(""))
			p := openTab(t)
			p.open(page.URL)
			p.waitState("ready")
			p.waitKept(1, 1)
			for _, value := range []string{`{ length: -1 }`, `{ length: 1e15 }`, `{ length: 4e9 }`, `"words"`, `null`} {
				p.spoil(where, value)
				p.open(page.URL)
				p.waitState("ready")
				p.waitKept(1, 1)
				require.NotContains(t, p.said(), "uncaught")
			}
		})
	}
}

// spoil puts a value in the place of every record of a store, and under a name of its own.
func (p *tab) spoil(where, value string) {
	p.t.Helper()
	base, store, _ := strings.Cut(where, " ")
	require.True(p.t, eval[bool](p, fmt.Sprintf(`new Promise((done) => {
		const opening = indexedDB.open(%q);
		opening.onsuccess = () => {
			const tx = opening.result.transaction(%q, "readwrite");
			const all = tx.objectStore(%[2]q);
			all.getAllKeys().onsuccess = ({ target }) => { for (const key of [...target.result, "another"]) all.put(%[3]s, key) };
			tx.oncomplete = () => { opening.result.close(); done(true) };
		};
	})`, base, store, value)))
}

func TestWhileAKeptArticleIsOpenFilesAreCheckedByThePagesKey(t *testing.T) {
	t.Parallel()
	d := openDesk(t, "news.example", 1)
	p := openTab(t)
	lake := strings.Replace(strings.ReplaceAll(d.embed(`load="eager"`), "/a/ferry.json", "/a/lake.json"), "key=", "data-key=", 1)
	s := serveSite(t, strictCSP(d.all()), lake)
	p.open(s.URL)
	p.waitState("ready")
	p.wait(`(` + heads + `).then((all) => all.length > 0)`)
	p.visit(s, d.pinned(""))
	p.waitState("ready")
	p.openKept("lake")
	p.says("You are reading an article that is kept on this device.")

	f := d.take("ferry")
	f.Evidence, f.Path, f.Pin, f.Pictures, f.Address = nil, "", "", nil, "https://news.example/x"
	f.Article = []byte(`{"version":"byway-article/1","id":"x","headline":"Forged","inLanguage":"en","body":[]}`)
	p.drop(written(t, f))
	p.says(fileWords["file-foreign"])
	require.NotContains(t, p.shown(), "Forged")
}

func TestInTheNameOfThePagesKeyNobodyElseSpeaks(t *testing.T) {
	t.Parallel()
	d, impostor := openDesk(t, "news.example", 1), openDesk(t, "news.example", 1)
	p := openTab(t)
	p.open(serveSite(t, strictCSP(d.all()), strings.Replace(d.pinned(""), "eager", "click", 1)).URL)
	d.close()
	p.wait(element + `.shadowRoot?.querySelector(".mount")`)
	p.drop(written(t, impostor.take("ferry")))
	p.says(fileWords["file-foreign"])
	require.NotContains(t, p.shown(), isClaimed)
}
