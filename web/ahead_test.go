package web_test

import (
	"fmt"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// To open a database takes a browser longer than everything else between the first word of Go and the article.
func TestWhatIsKeptIsReadWhileGoIsOnItsWay(t *testing.T) {
	t.Parallel()
	s := sign(t, 2, gazette())
	page := s.shelfSite(t, s.pinned(`load="eager"`))
	p := openTab(t)
	p.open(page.URL)
	p.waitState("ready")
	p.waitKept(1, 0)
	p.waitRecords(2)
	for _, m := range s.mirrors {
		require.NoError(t, m.SetFault(blockade.Silent))
	}
	p.before(`{
		const open = indexedDB.open.bind(indexedDB), { close } = IDBDatabase.prototype, compile = WebAssembly.compileStreaming;
		let opened = 0, closed = 0;
		IDBFactory.prototype.open = (name) => ++opened > 2 ? {} : open(name); // the third would take for ever
		IDBDatabase.prototype.close = function () { closed++; close.call(this) };
		const read = () => new Promise((done) => { (function look() { closed === 2 ? done() : requestAnimationFrame(look) })() });
		WebAssembly.compileStreaming = async (answer) => { const module = await compile(answer); await read(); return module };
	}`)
	p.open(page.URL)
	p.wait(element + `?.dataset.source === "shelf" && ` + element + `.dataset.proof === "signed"`)
	require.Equal(t, titles["ferry"], headline(p))
}

// waitRecords waits until so many records are in the memory.
func (p *tab) waitRecords(n int) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`new Promise((done) => {
		const opening = indexedDB.open("byway:memory");
		opening.onupgradeneeded = () => opening.transaction.abort();
		opening.onerror = () => done(false);
		opening.onsuccess = () => {
			const keys = opening.result.transaction("sites").objectStore("sites").getAllKeys();
			keys.onsuccess = () => { opening.result.close(); done(keys.result.length === %d) };
		};
	})`, n))
}
