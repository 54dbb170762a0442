package web_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"byway/internal/blockade"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// What attackers do at the addresses of a publisher, and what whoever reads a page sees then: first, that the article is
// the right one or none is there; then, that the words say what happened.

// forged is in every article that the publisher did not sign. None of it may ever be seen.
const forged = "FORGED"

var (
	newest = tale("The ferry sails again")
	older  = tale("The ferry may sail again")
	lie    = tale(forged + ": it never ran.") // as long as the newest: its length tells nothing
)

// attack is what an address does, and what comes of it.
type attack struct {
	long    bool // it takes so long to be found out that the next address may have delivered by then
	name    string
	fault   blockade.Fault
	pattern string                    // of the paths that have the fault; "": all
	tree    func(r *newsroom) printed // what lies there; nil: the newest edition
	seen    bool                      // the newest edition was seen in this browser before
	extra   string                    // attributes

	row string // what the switch says of the address
	all ending // where all addresses do it
}

// ending is where nothing can be shown.
type ending struct{ state, kind, words string }

const (
	altered = "delivered an altered copy, which is not shown"
	wrong   = "answered with something else"
	missing = "does not have the article yet"
	behind  = "has an older copy than this one"
)

var (
	unsigned  = ending{"refused", "not-signed", "not signed by the publisher, so it is not shown"}
	nowhere   = ending{"blocked", "not-found", "None of the addresses has this article"}
	nothing   = ending{"blocked", "no-address-answered", "None of the addresses delivered the article"}
	onlyOlder = ending{"blocked", "only-older", "only an older version"}
)

// visit is what a page saw of an article.
type visit struct {
	State     string   `json:"state"`
	Proof     string   `json:"proof"`
	Source    string   `json:"source"`
	Headline  string   `json:"headline"`
	Rows      []string `json:"rows"` // of the switch
	Text      string   `json:"text"` // of everything
	Errors    []string `json:"errors"`
	Headlines []string `json:"headlines"` // that were ever shown
	Fallback  bool     `json:"fallback"`
}

// keepTold keeps what the elements of a page tell, by their names. It runs before the page.
const keepTold = `window.told = {};
	const of = (e) => told[e.target.id] ??= { errors: [], headlines: [] };
	addEventListener("byway-error", (e) => of(e).errors.push(e.detail.kind));
	addEventListener("byway-state", (e) => {
		of(e).state = e.detail;
		if (e.detail.article && !of(e).headlines.includes(e.detail.article.headline)) of(e).headlines.push(e.detail.article.headline);
	})`

// settled is true when all articles of a page have come, or will not come for a while.
const settled = `[...document.querySelectorAll("byway-article")].every((e) => told[e.id]?.state && !told[e.id].state.busy && e.dataset.state !== "loading")`

// lookAt gives what the element of a name shows.
const lookAt = `((e) => { const of = (s) => [...e.shadowRoot.querySelectorAll(s)].map((x) => x.textContent); return {
	...e.dataset, errors: told[e.id].errors, headlines: told[e.id].headlines, headline: of("[part~=headline]")[0] ?? "",
	rows: of(".switch .row").slice(1), text: e.shadowRoot.textContent, fallback: e.lastElementChild.checkVisibility() } })(document.getElementById(%q))`

// besiege reads the article of each attack in one page: with the attack at the first of two addresses or, if everywhere,
// at both.
func besiege(t *testing.T, attacks []attack, everywhere bool) ([]*newsroom, []visit) {
	t.Helper()
	var rooms []*newsroom
	var all, seen, policy string
	for i, a := range attacks {
		r := openNewsroom(t, 2)
		r.hold(r.edition(8, newest))
		rooms = append(rooms, r)
		policy += " " + r.all()
		element := r.pinned(fmt.Sprintf(`id="%d" %s`, i, a.extra))
		if all += element; a.seen {
			seen += element
		}
	}
	p := openTab(t)
	p.before(keepTold)
	s := serveSite(t, strictCSP(policy), "")
	empty := s.page
	s.page += seen
	p.open(s.URL)
	p.wait(settled)
	for i, a := range attacks {
		if a.seen {
			p.waitProof(rooms[i], `"version":8`)
		}
		a.begin(t, rooms[i], everywhere)
	}
	s.page = empty + all
	p.clearShelf()
	p.open(s.URL)
	p.wait(settled)
	var visits []visit
	for i := range attacks {
		visits = append(visits, eval[visit](p, fmt.Sprintf(lookAt, fmt.Sprint(i))))
	}
	require.Empty(t, p.said())
	return rooms, visits
}

// begin begins the attack at the first address, or everywhere.
func (a attack) begin(t *testing.T, r *newsroom, everywhere bool) {
	t.Helper()
	for i, s := range r.mirrors {
		if i > 0 && !everywhere {
			return
		}
		if a.tree != nil {
			tree := a.tree(r)
			r.trees[i].Store(&tree)
		}
		s.SetEarlier(r.edition(7, older))
		if a.fault != "" {
			require.NoError(t, s.SetFaultFor(a.pattern, a.fault))
		}
	}
}

// before has every page of a tab run a script first, whatever its policy.
func (p *tab) before(script string) {
	p.t.Helper()
	p.do(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
		return err
	}))
}

// proofOf is what the browser keeps of what a publisher signed, as text.
func proofOf(r *newsroom) string {
	return fmt.Sprintf(`new Promise((done) => {
		const opening = indexedDB.open("byway:memory");
		opening.onupgradeneeded = () => opening.transaction.abort();
		opening.onerror = () => done("");
		opening.onsuccess = () => {
			const get = opening.result.transaction("sites").objectStore("sites").getAll(IDBKeyRange.bound("proof %[1]s/ ", "proof %[1]s/!"));
			get.onsuccess = () => { opening.result.close(); done(get.result.map((all) => new TextDecoder().decode(all)).join("")) };
		};
	}).then((text) => text.replaceAll("\\", ""))`, r.base(0))
}

func (p *tab) waitProof(r *newsroom, text string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`(%s).then((all) => all.includes(%q))`, proofOf(r), text))
}

// Every line of the table of threats that one address alone can try.
var attacks = []attack{
	{name: "everything there is altered", fault: blockade.Altered, row: altered, all: unsigned},
	{name: "the article is forged under both of its names", row: altered, all: unsigned, tree: func(r *newsroom) printed {
		return r.edition(8, newest).with("a/ferry.json", lie, blobPath(newest), lie)
	}},
	{name: "a stranger signs a feed for a forged article", row: altered, all: unsigned, tree: func(r *newsroom) printed {
		return r.edition(9, lie).with("feed.note", r.feed(feedOf{version: 9, items: []string{listed("ferry", lie)}, by: r.stranger}))
	}},
	{name: "the signature of the right feed is put under a forged one", row: altered, all: unsigned, tree: func(r *newsroom) printed {
		_, signature, _ := strings.Cut(r.edition(8, newest)["feed.note"], "\n\n")
		text, _, _ := strings.Cut(r.edition(9, lie)["feed.note"], "\n\n")
		return r.edition(9, lie).with("feed.note", text+"\n\n"+signature)
	}},
	{name: "a stranger signs a root, and a feed by it", row: altered, all: unsigned, tree: func(r *newsroom) printed {
		return r.edition(9, lie).with(
			"root/2.note", r.root(rootOf{version: 2, feedKey: r.stranger, by: r.stranger}),
			"feed.note", r.feed(feedOf{version: 9, root: 2, items: []string{listed("ferry", lie)}, by: r.stranger}))
	}},
	{name: "article A lies under the address of B", fault: blockade.Another, row: altered, all: unsigned},
	{name: "the feed has lost its signature", fault: blockade.Stripped, row: altered, all: unsigned},
	{name: "there is no feed", fault: blockade.NotFound, pattern: "feed.note", row: missing, all: nowhere},
	{name: "a block page in place of everything", fault: blockade.Block200, row: wrong, all: nothing},
	{name: "data without end", fault: blockade.Endless, long: true, row: wrong, all: nothing},
	{name: "an article without end", fault: blockade.Endless, pattern: "*.json", long: true, row: wrong, all: nothing},
	{name: "a stale root, and a hint at newer ones that are not there", fault: blockade.FalseRoot, row: missing, all: nowhere},
	{name: "all is rolled back", seen: true, fault: blockade.Older, row: behind, all: onlyOlder},
	{name: "the feed is new and all else old", fault: blockade.Older, pattern: "*.json", row: missing, all: nowhere},
}

func TestAnAddressThatLiesIsPassedOver(t *testing.T) {
	rooms, visits := besiege(t, attacks, false)
	for i, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			v, r := visits[i], rooms[i]
			require.Equal(t, "ready", v.State)
			require.Equal(t, "signed", v.Proof)
			require.Equal(t, "The ferry sails again", v.Headline)
			require.Equal(t, []string{v.Headline}, v.Headlines, "nothing else was ever shown")
			require.Equal(t, r.host(1), v.Source)
			require.Len(t, v.Rows, 2)
			if outrun := r.host(0) + " was no longer needed"; !a.long || !strings.Contains(v.Rows[0], outrun) {
				require.Contains(t, v.Rows[0], r.host(0)+" "+a.row)
			}
			require.Contains(t, v.Rows[1], r.host(1)+" delivered the article")
			require.Contains(t, v.Text, "Signed by news.example")
			require.NotContains(t, v.Text, forged)
			require.Empty(t, v.Errors)
			require.LessOrEqual(t, len(r.mirrors[0].Requests()), 2*(2+16), "requests for a lie, and again when a second address is asked for its feed")
		})
	}
}

func TestWhereAllAddressesLieNothingIsShown(t *testing.T) {
	all := append(slices.Clip(attacks), attack{name: "they are older than the page demands", extra: `min-feed="9"`, all: onlyOlder})
	rooms, visits := besiege(t, all, true)
	for i, a := range all {
		t.Run(a.name, func(t *testing.T) {
			v := visits[i]
			require.Equal(t, a.all.state, v.State)
			require.Equal(t, "none", v.Proof)
			require.Empty(t, v.Headlines, "nothing was ever shown")
			require.Empty(t, v.Source)
			require.Contains(t, v.Text, a.all.words)
			require.NotContains(t, v.Text, forged)
			require.Equal(t, []string{a.all.kind}, v.Errors)
			require.True(t, v.Fallback, "what the page put inside stays")
			require.Len(t, v.Rows, len(rooms[i].mirrors))
		})
	}
}
