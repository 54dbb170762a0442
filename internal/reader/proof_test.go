package reader_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/mirror"
	"byway/internal/publish"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

func TestASignedArticleCostsOneRoundTrip(t *testing.T) {
	for _, c := range []struct {
		name   string
		config reader.Config
		asked  []string
	}{
		{"with the root in the page", signed(), []string{"a/river.json", "feed.note"}},
		{"with a root and no key", reader.Config{Src: src, Mirrors: mirrors, Root: rootOf{}.note()}, []string{"a/river.json", "feed.note"}},
		{"with a key only", reader.Config{Src: src, Mirrors: mirrors, Key: root1.Public()}, []string{"a/river.json", "feed.note", "root/current.note"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := trees(edition(7, page), edition(7, page), edition(7, page))
				n.delay = 100 * time.Millisecond
				begin := time.Now()
				d := start(t, c.config, n, nil)
				for d.State().Article == nil {
					time.Sleep(10 * time.Millisecond) // of the bubble's time
				}
				require.Equal(t, 100*time.Millisecond, time.Since(begin).Truncate(20*time.Millisecond))
				s := requireShown(t, d, "news.example", page)
				require.Equal(t, "news.example", s.Signature.Site)
				require.Equal(t, "news.example/feed1", s.Signature.Key)
				require.Equal(t, int64(7), s.Signature.Feed)
				require.Equal(t, int64(1), s.Signature.Root)
				require.Equal(t, bubble, s.Signature.Issued)
				require.False(t, s.Signature.Expired)
				var asked []string
				for _, u := range n.takeURLs() {
					if path, primary := strings.CutPrefix(u, "https://news.example/"); primary {
						asked = append(asked, path)
					}
				}
				slices.Sort(asked)
				require.Equal(t, c.asked, asked)
			})
		})
	}
}

// What one address sends, while the second has everything right. The first time nothing of the publisher is known.
func TestOneAddressAttacks(t *testing.T) {
	good := edition(7, page)
	forged := feedOf{version: 8, items: item("river", another), by: stranger}.note()
	text, _, _ := strings.Cut(good["feed.note"], "\n\n")
	huge := strings.Repeat("x", 3<<20)
	lies := tree{"feed.note": feedOf{version: 8, root: 99999, items: item("river", another), by: stranger}.note(), "a/river.json": another}
	for _, c := range []struct {
		name    string
		first   tree
		outcome mirror.Outcome
		source  string
	}{
		{"tampering with the article", good.with("a/river.json", another, blob(page)+".json", another), mirror.Altered, "m1.example.net"},
		{"an article that was cut short", good.with("a/river.json", page[:90], blob(page)+".json", page[:90]), mirror.Altered, "m1.example.net"},
		{"tampering with the alias only: the blob is right", good.with("a/river.json", another), mirror.Accepted, "news.example"},
		{"no alias: the blob is there", good.with("a/river.json", ""), mirror.Accepted, "news.example"},
		{"a forged feed for a forged article", good.with("feed.note", forged, "a/river.json", another), mirror.Altered, "m1.example.net"},
		{"a forged feed for the right article", good.with("feed.note", forged), mirror.Altered, "m1.example.net"},
		{"a feed that lost its signature", good.with("feed.note", text+"\n"), mirror.Altered, "m1.example.net"},
		{"a feed with a signature of nothing", good.with("feed.note", text+"\n\n— news.example/feed1 AAAA\n"), mirror.Altered, "m1.example.net"},
		{"a feed where one digit is another", good.with("feed.note", strings.Replace(good["feed.note"], `"version":7`, `"version":9`, 1)), mirror.Altered, "m1.example.net"},
		{"no feed at all: no downgrade", good.with("feed.note", ""), mirror.Missing, "m1.example.net"},
		{"a block page for everything", good.with("feed.note", block, "a/river.json", block), mirror.Wrong, "m1.example.net"},
		{"article A under the address of B", good.with("a/river.json", another, blob(page)+".json", another), mirror.Altered, "m1.example.net"},
		{"a root of somebody else, and a feed by it", good.with("feed.note", feedOf{version: 9, root: 2, items: item("river", another), by: stranger}.note(),
			"root/2.note", rootOf{version: 2, feedKey: stranger, by: []publish.Signer{stranger}}.note()), mirror.Altered, "m1.example.net"},
		{"a hint at roots that are not there", lies, mirror.Missing, "m1.example.net"},
		{"a feed without end", good.with("feed.note", good["feed.note"]+huge), mirror.Wrong, "m1.example.net"},
		{"an article without end", good.with("a/river.json", page+huge, blob(page)+".json", page+huge), mirror.Wrong, "m1.example.net"},
		{"news from the future", good.with("feed.note", feedOf{version: 8, issued: bubble.Add(48 * time.Hour), items: item("river", another)}.note(), "a/river.json", another), mirror.Wrong, "m1.example.net"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := read(t, signed(), trees(c.first, good, good), nil)
				requireShown(t, d, c.source, page)
				first := d.Trace()[0]
				require.Equal(t, "news.example", first.Host)
				require.Equal(t, c.outcome, first.Outcome, "%v", first.Err)
				require.Less(t, first.Bytes, int64(3<<20), "read on and on")
				require.LessOrEqual(t, len(d.net.takeURLs()), 2+16+3, "requests for a lie")
			})
		})
	}
}

// Where every address lies, nothing is shown, and the words do not say that the network failed.
func TestEveryAddressAttacks(t *testing.T) {
	good := edition(7, page)
	text, _, _ := strings.Cut(good["feed.note"], "\n\n")
	late := feedOf{version: 8, issued: bubble.AddDate(20, 0, 0), items: item("river", page)}.note()
	for _, c := range []struct {
		name   string
		all    tree
		config reader.Config
		phase  reader.Phase
		kind   reader.ProblemKind
	}{
		{"altered", good.with("a/river.json", another, blob(page)+".json", another), signed(), reader.Refused, reader.NotSigned},
		{"the signature is gone", good.with("feed.note", text+"\n"), signed(), reader.Refused, reader.NotSigned},
		{"no feed anywhere", good.with("feed.note", ""), signed(), reader.Blocked, reader.NotFound},
		{"block pages", tree{"feed.note": block, "a/river.json": block}, signed(), reader.Blocked, reader.NoAddressAnswered},
		{"the clock of the device is twenty years behind", good.with("feed.note", late), signed(), reader.Blocked, reader.WrongClock},
		{"older than the page demands", good, withMinFeed("8"), reader.Blocked, reader.OnlyOlder},
		{"another publisher's key is pinned", good, reader.Config{Src: src, Mirrors: mirrors, Key: stranger.Public()}, reader.Refused, reader.NotSigned},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := read(t, c.config, trees(c.all, c.all, c.all), nil)
				s := d.State()
				require.Nil(t, s.Article)
				require.Equal(t, c.phase, s.Phase)
				require.Equal(t, c.kind, s.Problem.Kind, s.Problem.Detail)
				require.Equal(t, reader.None, s.Proof)
			})
		})
	}
}

func withMinFeed(version string) reader.Config {
	c := signed()
	c.MinFeed = version
	return c
}

func TestWhatIsPinnedMustBeUsable(t *testing.T) {
	for _, c := range []struct {
		name   string
		config reader.Config
		says   string
	}{
		{"a key that is none", reader.Config{Src: src, Key: "news.example"}, `key: "news.example": not a key: copy all of it`},
		{"a root that is none", reader.Config{Src: src, Root: "<p>"}, "the root note in the page: not a signed note"},
		{"a root that another key signed", reader.Config{Src: src, Root: rootOf{}.note(), Key: root2.Public()}, "by none of the keys that count"},
		{"min-feed alone", reader.Config{Src: src, MinFeed: "7"}, "min-feed: counts the publisher's feeds, and no key is given"},
		{"min-feed that is no number", reader.Config{Src: src, Key: root1.Public(), MinFeed: "7.5"}, `min-feed: "7.5" is no whole number`},
		{"an article outside of the tree", reader.Config{Src: "https://news.example/2031/river.json", Key: root1.Public()}, `src: "https://news.example/2031/river.json": what is signed lies in the folder a/`},
		{"a base that is too far up", reader.Config{Src: "https://news.example/byway/a/river.json", Key: root1.Public()}, "make base the folder that holds feed.note"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := read(t, c.config, &network{}, nil)
				require.Equal(t, reader.BadConfiguration, d.State().Problem.Kind)
				require.Contains(t, d.State().Problem.Detail, c.says)
				require.Empty(t, d.net.takeAsked())
			})
		})
	}
}
