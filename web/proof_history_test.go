package web_test

import (
	"fmt"
	"strings"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// readOf opens a page with the article of a newsroom, and more addresses in its policy.
func readOf(t *testing.T, r *newsroom, p *tab, attributes string, more ...string) *site {
	t.Helper()
	s := serveSite(t, strictCSP(r.all()+" "+strings.Join(more, " ")), r.pinned(attributes))
	p.open(s.URL)
	p.waitState("ready")
	return s
}

func headline(p *tab) string { return eval[string](p, inside("[part~=headline]")+`.textContent`) }

func TestAnAddressThatHoldsNewsBackIsFoundOutOnTheFirstVisit(t *testing.T) {
	r := openNewsroom(t, 2)
	r.hold(r.edition(7, older), r.edition(8, newest))
	p := openTab(t)
	readOf(t, r, p, "")
	require.Equal(t, "The ferry may sail again", headline(p))
	p.wait(inside("button[data-action=newer]"))
	require.Equal(t, "The ferry may sail again", headline(p), "nothing moves under whoever reads")
	require.Contains(t, texts(p, ".status")[0], "There is a newer version of this article. Show it")
	require.Equal(t, "/feed.note", r.mirrors[1].Requests()[0].Path, "the second address is asked for its feed")

	p.do(clickInside("button[data-action=newer]"))
	p.wait(inside("[part~=headline]") + `.textContent === "The ferry sails again"`)
	require.Equal(t, r.host(1), eval[string](p, element+`.dataset.source`))
	require.Equal(t, "signed", eval[string](p, element+`.dataset.proof`))
	require.Zero(t, eval[int](p, `document.querySelector("byway-article").shadowRoot.querySelectorAll("button[data-action=newer]").length`))
	p.waitProof(r, `"version":8`)

	s := eval[string](p, `location.href`)
	r.hold(r.edition(7, older), r.edition(7, older))
	p.open(s)
	p.wait(element + `.dataset.state === "stale"`)
	require.Equal(t, "The ferry sails again", headline(p), "what was read before is still there")
	require.Contains(t, texts(p, ".status")[0], "only an older version than this device has seen before")

	p.clearShelf()
	p.open(s)
	p.waitState("blocked")
	require.Contains(t, texts(p, "[part~=notice]")[0], "only an older version than this device has seen before")
}

// The feed is held back, and the rest is of today, so that nothing in it can be the newest but what is.
func TestAnOldFeedBesideANewArticleChangesNothing(t *testing.T) {
	r := openNewsroom(t, 2)
	r.hold(r.edition(8, newest))
	p := openTab(t)
	s := readOf(t, r, p, "")
	p.waitProof(r, `"version":8`)
	r.mirrors[0].SetEarlier(r.edition(7, older))
	require.NoError(t, r.mirrors[0].SetFaultFor("feed.note", blockade.Older))
	p.open(s.URL)
	p.waitState("ready")
	require.Equal(t, "The ferry sails again", headline(p))
	require.Contains(t, details(p), "Edition 8")
}

// details are those of the signature, as text.
func details(p *tab) string { return eval[string](p, inside(".signature dl")+`.textContent`) }

// Whoever has the feed key can sign what they like, and a version that no honest feed will reach. Root 2 ends that.
func TestAStolenFeedKeyCountsNoMoreAfterItsRotation(t *testing.T) {
	r := openNewsroom(t, 2)
	theft := r.edition(8, lie).with("feed.note", r.feed(feedOf{version: 1 << 50, items: []string{listed("ferry", lie)}}))
	r.hold(theft)
	p := openTab(t)
	s := readOf(t, r, p, "")
	require.Contains(t, headline(p), forged, "until the key is taken away")
	p.waitProof(r, fmt.Sprintf(`"version":%d`, 1<<50))

	rotated := r.edition(9, newest).with(
		"root/2.note", r.root(rootOf{version: 2, epoch: 2, minFeed: 9, feedKey: r.feed2}),
		"feed.note", r.feed(feedOf{version: 9, epoch: 2, root: 2, items: []string{listed("ferry", newest)}, by: r.feed2}))
	r.hold(rotated)
	p.open(s.URL)
	p.waitState("ready")
	require.Equal(t, "The ferry sails again", headline(p))
	require.Contains(t, details(p), "news.example/feed2")
	require.Contains(t, details(p), "Keys, version 2")
	p.waitProof(r, `"version":9`)

	r.hold(theft, rotated) // the thief goes on
	p.open(s.URL)
	p.waitState("ready")
	require.Equal(t, "The ferry sails again", headline(p))
	require.Contains(t, texts(p, ".switch .row")[1], behind)

	forger := feedOf{version: 1 << 51, epoch: 2, root: 2, items: []string{listed("ferry", lie)}} // and begins anew in the new epoch
	r.hold(rotated.with("feed.note", r.feed(forger), "a/ferry.json", lie))
	p.clearShelf()
	p.open(s.URL)
	p.waitState("refused")
	require.NotContains(t, eval[string](p, element+`.shadowRoot.textContent`), forged)
	require.Contains(t, texts(p, "[part~=notice]")[0], unsigned.words)
}

func TestNobodyButThePublisherAddsAnAddress(t *testing.T) {
	evil := openNewsroom(t, 1)
	evil.hold(evil.edition(9, lie))
	for name, root := range map[string]func(r *newsroom) rootOf{
		"a stranger":            func(r *newsroom) rootOf { return rootOf{by: r.stranger} },
		"a thief of a feed key": func(r *newsroom) rootOf { return rootOf{by: r.feed1} },
	} {
		t.Run(name, func(t *testing.T) {
			r := openNewsroom(t, 2)
			o := root(r)
			o.version, o.mirrors = 2, []string{evil.base(0) + "/"}
			good := r.edition(8, newest)
			r.hold(good.with("root/2.note", r.root(o), "feed.note", r.feed(feedOf{version: 9, root: 2, items: []string{listed("ferry", newest)}})), good)
			p := openTab(t)
			readOf(t, r, p, "", evil.all())
			require.Equal(t, r.host(1), eval[string](p, element+`.dataset.source`))
			require.Contains(t, texts(p, ".switch .row")[1], altered)
			require.Len(t, texts(p, ".switch .row"), 1+2)
		})
	}
	require.Empty(t, evil.mirrors[0].Requests())
}

func TestAnAddressOfTheRootOfTodayIsAsked(t *testing.T) {
	r := openNewsroom(t, 3)
	moved := r.root(rootOf{version: 2, mirrors: []string{r.base(0) + "/", r.base(1) + "/", r.base(2) + "/"}})
	feed := r.feed(feedOf{version: 9, root: 2, items: []string{listed("ferry", newest)}})
	now := r.edition(9, newest).with("root/2.note", moved, "feed.note", feed)
	r.hold(printed{}, now.with("a/ferry.json", "", blobPath(newest), ""), now)
	p := openTab(t)
	all := r.mirrors
	r.mirrors = all[:2] // those that a page from years ago knows
	readOf(t, r, p, "", all.all())
	require.Equal(t, all.host(2), eval[string](p, element+`.dataset.source`))
	require.Len(t, texts(p, ".switch .row"), 1+3)
}
