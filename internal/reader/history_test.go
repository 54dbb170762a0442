package reader_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/mirror"
	"byway/internal/publish"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

// again is another visit of the same browser.
func again(t *testing.T, before *desk, c reader.Config, n *network) *desk {
	t.Helper()
	return read(t, c, n, before.memory)
}

func outcomes(d *desk) string {
	var all []string
	for _, a := range d.Trace() {
		all = append(all, a.Host+" "+string(a.Outcome))
	}
	return strings.Join(all, ", ")
}

func TestRollback(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now, old := edition(8, newer), edition(7, page)
		first := read(t, signed(), trees(now, now, now), nil)
		requireShown(t, first, "news.example", newer)

		d := again(t, first, signed(), trees(old, now, now))
		requireShown(t, d, "m1.example.net", newer)
		require.Contains(t, outcomes(d), "news.example older")

		d = again(t, first, signed(), trees(old, old, old))
		require.Nil(t, d.State().Article)
		require.Equal(t, reader.OnlyOlder, d.State().Problem.Kind)

		// The article itself did not change between the two feeds, so it is the newest wherever it lies.
		same := edition(7, newer)
		d = again(t, first, signed(), trees(same, same, same))
		require.Equal(t, int64(8), requireShown(t, d, "m1.example.net", newer).Signature.Feed)

		require.NoError(t, first.Forget(t.Context()))
		require.Empty(t, first.memory.proofs, "forgotten")
		d = again(t, first, signed(), trees(old, old, old))
		requireShown(t, d, "news.example", page)
	})
}

// Of two tabs that write down what they believe, the one that believes the older does not win.
func TestTwoTabsKeepTheNewest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now, old := edition(8, newer), edition(7, page)
		n := trees(old, old, old)
		n.delay = time.Second
		slow := start(t, signed(), n, &memory{})
		time.Sleep(500 * time.Millisecond) // of the bubble's time
		fast := read(t, signed(), trees(now, now, now), slow.memory)
		requireShown(t, fast, "news.example", newer)
		slow.settle()
		requireShown(t, slow, "news.example", page)
		time.Sleep(10 * time.Second)
		d := again(t, slow, signed(), trees(old, old, old))
		require.Equal(t, reader.OnlyOlder, d.State().Problem.Kind)
	})
}

// One address is held still. The first time, and now and then, another is asked too.
func TestFreeze(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		old := edition(7, page).with("feed.note", feedOf{version: 7, items: item("river", page), life: time.Hour}.note())
		now := edition(8, newer)
		time.Sleep(2 * time.Hour)
		alone := read(t, signed(), trees(old, old, old), nil)
		require.True(t, requireShown(t, alone, "news.example", page).Signature.Expired, "shown, with its age")

		d := read(t, signed(), trees(old, now, now), nil)
		time.Sleep(time.Minute)
		require.True(t, requireShown(t, d, "news.example", page).Newer, "the newer revision offers itself")
		require.ElementsMatch(t, []string{"https://news.example/a/river.json", "https://news.example/feed.note", "https://m1.example.net/feed.note"}, d.net.takeURLs()[:3])
		d.ShowNewer()
		require.False(t, requireShown(t, d, "m1.example.net", newer).Newer)

		sure := again(t, d, signed(), trees(old, now, old))
		time.Sleep(time.Minute)
		requireShown(t, sure, "m1.example.net", newer)
		require.Len(t, sure.net.takeURLs(), 2, "nobody else is asked the second time")
	})
}

func TestDoubtAsksOneMoreAndTellsItNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := edition(7, page)
		first := read(t, signed(), trees(all, all, all), nil)
		fresh := all.with("feed.note", feedOf{version: 9, items: item("river", page)}.note())
		n := trees(all, fresh, all)
		doubting := &desk{net: n, memory: first.memory, online: func() bool { return true }}
		doubting.begin(t, signed(), reader.Ports{Fetcher: n, Memory: first.memory, Online: doubting.isOnline, Doubt: func() bool { return true }})
		doubting.settle()
		time.Sleep(time.Minute)
		require.Equal(t, int64(9), requireShown(t, doubting, "news.example", page).Signature.Feed, "the same article is confirmed by the newer feed")
		require.Contains(t, n.takeURLs(), "https://m1.example.net/feed.note")
		require.Contains(t, doubting.memory.proofs["proof https://news.example/ "+root1.Public()], `\"version\":9`)

		require.NoError(t, doubting.UseMirror("m2.example.org"))
		time.Sleep(time.Minute)
		for _, u := range n.takeURLs() {
			require.Contains(t, u, "https://m2.example.org/p/", "after a choice by hand nobody else is asked")
		}
	})
}

// A thief of the feed key signed a version that no honest feed ever reaches. Root 2 takes the key away.
func TestAStolenFeedKeyIsTakenAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		forged := tree{"feed.note": feedOf{version: 1 << 50, items: item("river", another)}.note(), "a/river.json": another}
		first := read(t, signed(), trees(forged, forged, forged), nil)
		requireShown(t, first, "news.example", another) // whoever has the key can do that, until:

		rotated := edition(9, page).with(
			"root/2.note", rootOf{version: 2, epoch: 2, feedKey: feed2, minFeed: 8}.note(),
			"feed.note", feedOf{version: 9, epoch: 2, root: 2, items: item("river", page), by: feed2}.note())
		d := again(t, first, signed(), trees(rotated, rotated, rotated))
		require.Equal(t, int64(2), requireShown(t, d, "news.example", page).Signature.Root)
		require.Equal(t, "news.example/feed2", d.State().Signature.Key)

		// The thief goes on, and tries to begin anew under the new epoch.
		again2 := tree{"feed.note": feedOf{version: 1 << 51, epoch: 2, root: 2, items: item("river", another)}.note(), "a/river.json": another}
		for _, theirs := range []tree{forged, again2} {
			d = again(t, first, signed(), trees(theirs, rotated, rotated))
			requireShown(t, d, "m1.example.net", page)
		}
	})
}

func TestTheRootKeyIsReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		second := rootOf{version: 2, rootKeys: []publish.Signer{root2}, by: []publish.Signer{root1, root2}}
		third := rootOf{version: 3, rootKeys: []publish.Signer{root2}}
		now := edition(9, page).with(
			"root/2.note", second.note(), "root/3.note", third.note(), "root/current.note", third.note(),
			"feed.note", feedOf{version: 9, root: 3, items: item("river", page)}.note())
		for name, c := range map[string]reader.Config{"from the old root": signed(), "from the old key": {Src: src, Mirrors: mirrors, Key: root1.Public()}} {
			d := read(t, c, trees(now, now, now), nil)
			require.Equal(t, int64(3), requireShown(t, d, "news.example", page).Signature.Root, name)
		}
		unsigned := now.with("root/2.note", rootOf{version: 2, rootKeys: []publish.Signer{root2}}.note())
		d := read(t, signed(), trees(unsigned, now, now), nil)
		requireShown(t, d, "m1.example.net", page)
	})
}

// A mirror that is being brought up to date has parts of two editions.
func TestOldAndNewPartsAreNotMixed(t *testing.T) {
	now, old := edition(8, newer), edition(7, page)
	for _, c := range []struct {
		name   string
		first  tree
		source string
		body   string
	}{
		{"the alias is late", now.with("a/river.json", page), "news.example", newer},
		{"the alias is late and the blob is not there", now.with("a/river.json", page, blob(newer)+".json", ""), "m1.example.net", newer},
		{"the feed is late: what belongs to it is shown", now.with("feed.note", old["feed.note"], blob(page)+".json", page), "news.example", page},
		{"the feed is late, and what belongs to it is gone", now.with("feed.note", old["feed.note"]), "m1.example.net", newer},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				requireShown(t, read(t, signed(), trees(c.first, now, now), nil), c.source, c.body)
			})
		})
	}
}

func TestThePageLearnsTheAddressesOfTheRoot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		there := rootOf{version: 2, mirrors: []string{"https://news.example/", "https://m2.example.org/p/", "https://today.example/"}}.note()
		lacks := tree{"root/2.note": there, "feed.note": feedOf{version: 8, root: 2, items: item("river", newer)}.note(), "a/river.json": page}
		now := edition(8, newer).with("feed.note", lacks["feed.note"], "root/2.note", there)
		n := trees(tree{}, lacks, tree{})
		n.hold("today.example/", now)
		d := read(t, signed(), n, nil)
		requireShown(t, d, "today.example", newer)
		require.Equal(t, []string{"news.example", "m1.example.net", "m2.example.org", "today.example"}, hosts(d))

		n = trees(tree{}, tree{}, tree{})
		n.hold("today.example/", now)
		d = again(t, d, signed(), n)
		requireShown(t, d, "today.example", newer)
		require.Equal(t, "today.example accepted", outcomes(d), "known from the last time")

		inline := reader.Config{Src: src, Root: rootOf{mirrors: []string{"https://today.example/"}}.note()}
		require.Equal(t, []string{"news.example", "m2.example.org", "today.example"}, hosts(read(t, inline, n, nil)), "those of the newest root")
	})
}

// Nobody but the root's keys can add an address, and not even they one that would tell others who reads.
func TestAMaliciousAddressList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := edition(7, page)
		evil := []string{"https://evil.example/"}
		next := feedOf{version: 8, root: 2, items: item("river", page)}.note()
		for name, root := range map[string]string{
			"of a stranger":            rootOf{version: 2, mirrors: evil, by: []publish.Signer{stranger}}.note(),
			"of a thief of a feed key": rootOf{version: 2, mirrors: evil, by: []publish.Signer{feed1}}.note(),
			"without https":            rootOf{version: 2, mirrors: []string{"http://evil.example/"}}.note(),
			"with a user name":         rootOf{version: 2, mirrors: []string{"https://news.example@evil.example/"}}.note(),
			"of forty":                 rootOf{version: 2, mirrors: strings.Fields(strings.Repeat("https://evil.example/ ", 40))}.note(),
			"altered":                  strings.Replace(rootOf{version: 2, mirrors: []string{"https://good.example/"}}.note(), "good", "evil", 1),
		} {
			d := read(t, signed(), trees(good.with("feed.note", next, "root/2.note", root), good, good), nil)
			requireShown(t, d, "m1.example.net", page)
			require.Len(t, hosts(d), 3, name)
			require.NotContains(t, strings.Join(d.net.takeURLs(), " "), "evil", name)
		}
	})
}

func hosts(d *desk) (all []string) {
	for _, a := range d.State().Addresses {
		all = append(all, a.Host)
	}
	return all
}

func TestAnOlderArticleIsInAList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		list := `{"items":[` + item("rain", another) + "," + item("river", page) + `]}`
		shard := strings.Replace(item("", list), `"p":""`, `"prefix":"r"`, 1)
		good := tree{"feed.note": feedOf{version: 7, items: item("hill", another), shards: shard}.note(), "a/river.json": page, blob(list): list}
		d := read(t, signed(), trees(good, good, good), nil)
		requireShown(t, d, "news.example", page)

		forged := good.with(blob(list), strings.Replace(list, "river", "ocean", 1))
		d = read(t, signed(), trees(forged, good, good), nil)
		requireShown(t, d, "m1.example.net", page)
		require.Contains(t, outcomes(d), "news.example altered")
	})
}

const correctionOfRiver = `,"x":{"kind":"correction","text":"The river is two metres high.","at":"2000-01-01T00:00:00Z"}`

func TestACorrectionIsToldOfAndAWithdrawnArticleIsNotShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		corrected := edition(8, newer).with("feed.note", feedOf{version: 8, items: item("river", newer, correctionOfRiver)}.note())
		d := read(t, signed(), trees(corrected, corrected, corrected), nil)
		require.Equal(t, "The river is two metres high.", requireShown(t, d, "news.example", newer).Signature.Notice.Text)

		gone := `{"p":"river","x":{"kind":"withdrawn","text":"We were deceived.","at":"2000-01-01T00:00:00Z"}}`
		withdrawn := tree{"feed.note": feedOf{version: 9, items: gone}.note()}
		n := trees(withdrawn, corrected, corrected)
		d = again(t, d, signed(), n)
		s := d.State()
		require.Nil(t, s.Article)
		require.Equal(t, reader.Problem{Kind: reader.WithdrawnArticle}, *s.Problem)
		require.Equal(t, "We were deceived.", s.Signature.Notice.Text)
		require.Equal(t, reader.Signed, s.Proof)
		require.Equal(t, reader.Refused, s.Phase)
		n.takeURLs()
		time.Sleep(time.Hour)
		require.Empty(t, n.takeURLs(), "nothing is tried again")
	})
}

// Whoever comes back to the page is told of what is new, and what is being read stays.
func TestANewerRevisionOffersItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		old, now := edition(7, page), edition(8, newer)
		d := read(t, signed(), trees(old, old, old), nil)
		for _, base := range []string{"news.example/", "m1.example.net/", "m2.example.org/p/"} {
			d.net.hold(base, now)
		}
		time.Sleep(9 * time.Minute)
		d.net.takeURLs()
		d.Signal(reader.BecameHidden)
		d.Signal(reader.BecameVisible)
		synctest.Wait()
		require.Empty(t, d.net.takeURLs(), "too soon")

		time.Sleep(time.Minute)
		d.Signal(reader.BecameHidden)
		synctest.Wait()
		require.Empty(t, d.net.takeURLs(), "nobody looks")
		d.Signal(reader.BecameVisible)
		synctest.Wait()
		require.Len(t, d.net.takeURLs(), 2)
		s := requireShown(t, d, "news.example", page)
		require.True(t, s.Newer)
		d.ShowNewer()
		require.False(t, requireShown(t, d, "news.example", newer).Newer)

		withdrawn := tree{"feed.note": feedOf{version: 9, items: `{"p":"river","x":{"kind":"withdrawn","at":"2000-01-01T00:00:00Z"}}`}.note()}
		d.net.hold("news.example/", withdrawn)
		time.Sleep(10 * time.Minute)
		d.Signal(reader.BecameVisible)
		synctest.Wait()
		s = requireShown(t, d, "news.example", newer)
		require.Equal(t, "withdrawn", string(s.Signature.Notice.Kind), "told of, and the text stays for whoever reads it")
		require.False(t, s.Newer, "there is nothing to show in its place")
		d.Reload()
		synctest.Wait()
		require.Nil(t, d.State().Article)
	})
}

// What a publisher goes back to is what it publishes, whatever the dates in it say.
func TestTheFeedDecidesWhatIsNewer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := read(t, signed(), trees(edition(7, newer), tree{}, tree{}), nil)
		requireShown(t, d, "news.example", newer)
		d.net.hold("news.example/", edition(8, page))
		d.Reload()
		time.Sleep(time.Minute)
		requireShown(t, d, "news.example", page)
	})
}

func TestAnUnsignedArticleIsNotLookedForAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := read(t, reader.Config{}, answers(page, page, page), nil)
		d.net.takeURLs()
		time.Sleep(time.Hour)
		d.Signal(reader.BecameVisible)
		synctest.Wait()
		require.Empty(t, d.net.takeURLs())
	})
}

func TestTheProofHoldsAgainstAReload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := edition(7, page)
		d := read(t, signed(), trees(good, good, good), nil)
		for _, base := range []string{"news.example/", "m1.example.net/", "m2.example.org/p/"} {
			d.net.hold(base, tree{"feed.note": block, "a/river.json": another})
		}
		d.Reload()
		time.Sleep(time.Minute)
		s := d.State()
		require.Equal(t, reader.Stale, s.Phase)
		require.Equal(t, "The river", s.Article.Headline)
		require.Equal(t, mirror.Wrong, s.Addresses[0].Outcome)
	})
}
