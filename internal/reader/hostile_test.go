package reader_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/publish"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

// An embed that pins another key for the same address writes what it believes under another name.
func TestAnotherPageOfTheSiteHasNothingToSay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now, old := edition(8, newer), edition(7, page)
		first := read(t, signed(), trees(now, now, now), nil)
		requireShown(t, first, "news.example", newer)
		evilRoot := rootOf{rootKeys: []publish.Signer{stranger}, feedKey: stranger}.note()
		evil := tree{"root/current.note": evilRoot, "feed.note": feedOf{version: 1, items: item("river", another), by: stranger}.note(), "a/river.json": another}
		n := trees(now, now, now)
		n.hold("evil.example/", evil)
		again(t, first, reader.Config{Src: src, Mirrors: "https://evil.example/", Key: stranger.Public()}, n)
		d := again(t, first, signed(), trees(old, old, old))
		require.Nil(t, d.State().Article, "rollback to feed 7 was shown")
	})
}

// While the storage does not answer, a thief of a root key that was replaced can fool whoever pins it: for that visit.
func TestWhatIsStoredComesBeforeWhatIsMet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		second := rootOf{version: 2, rootKeys: []publish.Signer{root2}, by: []publish.Signer{root1, root2}}
		now := edition(9, page).with("root/2.note", second.note(), "root/current.note", second.note(),
			"feed.note", feedOf{version: 9, root: 2, items: item("river", page)}.note())
		first := read(t, signed(), trees(now, now, now), nil)
		require.Equal(t, int64(2), requireShown(t, first, "news.example", page).Signature.Root)
		evil2 := rootOf{version: 2, rootKeys: []publish.Signer{stranger}, feedKey: stranger, by: []publish.Signer{root1, stranger}}
		evil := edition(9, page).with("root/2.note", evil2.note(), "root/current.note", evil2.note(),
			"feed.note", feedOf{version: 10, root: 2, items: item("river", another), by: stranger}.note(), "a/river.json", another)
		// one visit whose load failed once
		m := &flaky{memory: first.memory, failLoads: 1}
		n := trees(evil, evil, evil)
		d := &desk{net: n, memory: first.memory, online: func() bool { return true }}
		d.begin(t, signed(), reader.Ports{Fetcher: n, Memory: m, Online: d.isOnline})
		d.settle()
		time.Sleep(time.Minute)
		// next visit, storage is fine, all mirrors honest
		d = again(t, first, signed(), trees(now, now, now))
		requireShown(t, d, "news.example", page)
	})
}

// flaky does not answer the first time.
type flaky struct {
	*memory
	failLoads int
}

func (f *flaky) Load(ctx context.Context, name string) ([]byte, error) {
	if strings.HasPrefix(name, "proof") && f.failLoads > 0 {
		f.failLoads--
		return nil, fmt.Errorf("hiccup")
	}
	return f.memory.Load(ctx, name)
}

// A root that names a second folder of a host gives the first a longer name.
func TestAChoiceOutlivesAnotherNameOfItsAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := edition(7, page)
		first := read(t, signed(), trees(good, good, good), nil)
		require.NoError(t, first.UseMirror("m1.example.net"))
		time.Sleep(time.Minute)
		requireShown(t, first, "m1.example.net", page)
		r2 := rootOf{version: 2, mirrors: []string{"https://m1.example.net/", "https://m1.example.net/two/"}}.note()
		next := good.with("root/2.note", r2, "feed.note", feedOf{version: 8, root: 2, items: item("river", page)}.note())
		n := trees(good, next, good)
		d := again(t, first, signed(), n)
		requireShown(t, d, "m1.example.net", page)
		n.takeURLs()
		n.hold("m1.example.net/", tree{})
		d.Reload()
		time.Sleep(time.Minute)
		urls := strings.Join(n.takeURLs(), " ")
		require.NotContains(t, urls, "news.example")
	})
}

func TestAChoiceOutlivesAnotherNameUntilTheNextVisit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r2 := rootOf{version: 2, mirrors: []string{"https://m1.example.net/", "https://m1.example.net/two/"}}.note()
		next := edition(7, page).with("root/2.note", r2, "feed.note", feedOf{version: 8, root: 2, items: item("river", page)}.note())
		good := edition(7, page)
		first := read(t, signed(), trees(good, good, good), nil)
		require.NoError(t, first.UseMirror("m1.example.net"))
		time.Sleep(time.Minute)
		d := again(t, first, signed(), trees(good, next, good))
		_ = d
		d = again(t, first, signed(), trees(good, next, good))
		urls := strings.Join(d.net.takeURLs(), " ")
		require.NotContains(t, urls, "news.example")
	})
}

func TestForgettingIsNotUndoneByWhatIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := edition(7, page)
		fresh := all.with("feed.note", feedOf{version: 9, items: item("river", page)}.note())
		n := trees(all, fresh, fresh)
		n.delay = time.Second
		d := start(t, signed(), n, &memory{})
		time.Sleep(2000 * time.Millisecond) // article is shown, the doubt is under way
		require.NotNil(t, d.State().Article)
		require.NoError(t, d.Forget(t.Context()))
		require.Empty(t, d.memory.proofs)
		time.Sleep(10 * time.Second)
		require.Empty(t, d.memory.proofs, "the record is back after Forget")
	})
}

func TestAsManyAddressesAsBeforeMayBeOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r1 := rootOf{mirrors: []string{"https://news.example/", "https://old1.example/"}}.note()
		r2 := rootOf{version: 2, mirrors: []string{"https://news.example/", "https://today.example/"}}.note()
		feed8 := feedOf{version: 8, root: 2, items: item("river", newer)}.note()
		n := trees(tree{}, tree{}, tree{})
		n.hold("old1.example/", tree{"feed.note": feed8, "root/2.note": r2})
		n.hold("today.example/", edition(8, newer).with("feed.note", feed8, "root/2.note", r2))
		d := read(t, reader.Config{Src: src, Root: r1}, n, nil)
		requireShown(t, d, "today.example", newer)
	})
}

func TestAKeyThatWasReplacedLongAgoLeadsOn(t *testing.T) {
	for _, last := range []int{17, 18, 19, 25} {
		t.Run(fmt.Sprint(last), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				now := edition(9, page).with("root/2.note", rootOf{version: 2, rootKeys: []publish.Signer{root2}, by: []publish.Signer{root1, root2}}.note())
				for v := 3; v <= last; v++ {
					note := rootOf{version: v, rootKeys: []publish.Signer{root2}}.note()
					now = now.with(fmt.Sprintf("root/%d.note", v), note, "root/current.note", note)
				}
				now = now.with("feed.note", feedOf{version: 9, root: last, items: item("river", page)}.note())
				d := read(t, reader.Config{Src: src, Mirrors: mirrors, Key: root1.Public()}, trees(now, now, now), nil)
				requireShown(t, d, "news.example", page)
			})
		})
	}
}

func TestAnOfferEndsWithAWithdrawal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		old, now := edition(7, page), edition(8, newer)
		d := read(t, signed(), trees(old, old, old), nil)
		d.net.hold("news.example/", now)
		time.Sleep(10 * time.Minute)
		d.Signal(reader.BecameVisible)
		synctest.Wait()
		require.True(t, d.State().Newer)
		d.net.hold("news.example/", tree{"feed.note": feedOf{version: 9, items: `{"p":"river","x":{"kind":"withdrawn","at":"2000-01-01T00:00:00Z"}}`}.note()})
		time.Sleep(11 * time.Minute)
		d.Signal(reader.BecameVisible)
		synctest.Wait()
		require.False(t, d.State().Newer)
		d.ShowNewer()
		s := d.State()
		require.NotEqual(t, "The river rises", s.Article.Headline, "withdrawn revision shown as new")
	})
}

func TestFreezeOfAnOlderArticle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shardOf := func(list string) string { return strings.Replace(item("", list), `"p":""`, `"prefix":"r"`, 1) }
		l7, l8 := `{"items":[`+item("river", page)+`]}`, `{"items":[`+item("river", newer)+`]}`
		old := tree{"feed.note": feedOf{version: 7, items: item("hill", another), shards: shardOf(l7)}.note(), "a/river.json": page, blob(l7): l7}
		now := tree{"feed.note": feedOf{version: 8, items: item("hill", another), shards: shardOf(l8)}.note(), "a/river.json": newer, blob(l8): l8}
		d := read(t, signed(), trees(old, now, now), nil)
		time.Sleep(time.Minute)
		s := requireShown(t, d, "news.example", page)
		require.True(t, s.Newer)
	})
}

func TestWhoLeavesBeforeTheSecondAddressIsAskedBeginsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		old, now := edition(7, page), edition(8, newer)
		n := trees(old, now, now)
		n.delay = time.Second
		d := &desk{net: n, memory: &memory{}}
		r := reader.New(signed(), reader.Ports{Fetcher: n, Memory: d.memory, Online: func() bool { return true }}, func(reader.State) {})
		ctx, stop := context.WithCancel(t.Context())
		go r.Run(ctx)
		time.Sleep(2000 * time.Millisecond)
		require.NotNil(t, r.State().Article)
		stop()
		time.Sleep(10 * time.Second)
		d2 := again(t, d, signed(), trees(old, now, now))
		time.Sleep(time.Minute)
		require.True(t, d2.State().Newer, "nobody else was ever asked, and is not now")
	})
}
