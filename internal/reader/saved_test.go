package reader_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/article"
	"byway/internal/reader"
	"byway/internal/shelf"

	"github.com/stretchr/testify/require"
)

// album reads an article whose bytes the page expects, with two pictures, in a browser that keeps things.
func album(t *testing.T, n *network, kept *shelf.Shelf) *studio {
	t.Helper()
	body := illustrated(raftFile, oarFile)
	s := &studio{&desk{memory: &memory{}, online: func() bool { return true }, net: n}, &easel{shown: map[string]string{}}}
	s.begin(t, reader.Config{Src: src, Mirrors: mirrors, Integrity: sri(body)},
		reader.Ports{Fetcher: n, Memory: s.memory, Blobs: s.easel, Online: s.isOnline, Shelf: kept})
	s.settle()
	return s
}

func albumAt(base string) *network {
	n := answers("404", "404", "404")
	n.answers[base+"a/river.json"] = illustrated(raftFile, oarFile)
	for _, b := range []string{raftBytes, oarBytes} {
		n.answers[base+blob(b)] = b
	}
	return n
}

func TestPicturesThatWereSeenAreThereWithoutANetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := newShelf()
		album(t, albumAt("news.example/"), kept).come(raftFile)

		s := album(t, dead(), kept)
		s.come(raftFile, oarFile)
		s.requireShown(t, raftFile, "image/jpeg", raftBytes)
		time.Sleep(time.Minute)
		s.requireStatus(t, reader.PictureFailed, oarFile)
	})
}

func TestWhatIsSavedHasAllItsPictures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := newShelf()
		require.NoError(t, album(t, albumAt("m1.example.net/"), kept).Save(t.Context()))

		s := album(t, dead(), kept)
		require.True(t, s.State().Saved)
		s.come(raftFile, oarFile)
		s.requireShown(t, raftFile, "image/jpeg", raftBytes)
		s.requireShown(t, oarFile, "image/jpeg", oarBytes)
	})
}

func TestAPictureThatIsNotTheOneOnTheShelfIsAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := newShelf()
		album(t, albumAt("news.example/"), kept).come(raftFile)
		spoilt := shelf.Record{Body: []byte(oarBytes)}
		spoilt.Key, spoilt.Part = raftFile.Integrity, true
		require.NoError(t, kept.Keep(t.Context(), time.Now(), spoilt))

		s := album(t, albumAt("news.example/"), kept)
		s.net.takeURLs()
		s.come(raftFile)
		s.requireShown(t, raftFile, "image/jpeg", raftBytes)
		s.requireAsked(t, raftFile.URL)
	})
}

func TestTheListOfWhatIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, kept := &memory{}, newShelf()
		good := edition(7, page)
		visit(t, signed(), trees(good, good, good), m, kept).settle()

		hill := reader.Config{Src: "https://news.example/a/hill.json", Mirrors: mirrors}
		d := visit(t, hill, dead(), m, kept)
		d.settle()
		time.Sleep(time.Minute)
		s := d.State()
		require.Nil(t, s.Article)
		require.Len(t, s.Shelf, 1, "what could be read in its place")
		require.Equal(t, "The river", s.Shelf[0].Title)
		require.Equal(t, "news.example", s.Shelf[0].Host)
		require.Positive(t, s.ShelfSize)

		record, err := kept.Open(t.Context(), s.Shelf[0].Key)
		require.NoError(t, err)
		c, err := reader.ConfigOf(record)
		require.NoError(t, err)
		require.Equal(t, signed(), c, "as the page said that showed it")
		d = visit(t, c, dead(), m, kept)
		d.settle()
		require.Equal(t, "The river", d.State().Article.Headline)
		require.Equal(t, reader.Signed, d.State().Proof)

		require.NoError(t, d.Remove(t.Context(), c.Src))
		require.Empty(t, d.State().Shelf)
		_, err = kept.Open(t.Context(), c.Src)
		require.ErrorIs(t, err, shelf.ErrNone)
	})
}

func TestAKeptArticleWithoutItsOriginCannotBeOpened(t *testing.T) {
	for _, evidence := range []string{"", "{", "[]", `["","https://news.example/"]`, `{"src":"x"}`} {
		_, err := reader.ConfigOf(shelf.Record{Evidence: []byte(evidence)})
		require.Error(t, err, evidence)
	}
}

// Whoever had everything forgotten may be at risk for it: the article that they look at is not written down again.
func TestAfterForgettingNothingIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, kept := &memory{}, newShelf()
		good := edition(7, page)
		d := visit(t, signed(), trees(good, good, good), m, kept)
		d.settle()
		require.NoError(t, d.Save(t.Context()))
		require.NoError(t, d.Forget(t.Context()))
		require.False(t, d.State().Saved)
		d.Reload()
		d.settle()
		time.Sleep(time.Hour)
		d.Signal(reader.BecameVisible)
		time.Sleep(time.Hour)
		list, size, err := kept.List(t.Context())
		require.NoError(t, err)
		require.Empty(t, list)
		require.Zero(t, size)
		require.Empty(t, m.stored())
		require.Empty(t, m.proofs)

		require.NoError(t, d.Save(t.Context()), "until somebody wants it")
		list, _, err = kept.List(t.Context())
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.True(t, list[0].Saved)
	})
}

// The next element of the page, or the next article in this one, knows nothing of that but by what they share.
func TestWhatOneReaderForgetsNoOtherOfThePageKeeps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, kept, quiet := &memory{}, newShelf(), new(atomic.Bool)
		good := edition(7, page)
		next := func() *desk {
			c := signed()
			d := &desk{net: trees(good, good, good), memory: m, online: func() bool { return true }}
			d.begin(t, c, reader.Ports{Fetcher: d.net, Memory: m, Online: d.isOnline, Shelf: kept, Quiet: quiet})
			d.settle()
			time.Sleep(time.Minute)
			return d
		}
		require.NoError(t, next().Forget(t.Context()))
		next()
		list, _, err := kept.List(t.Context())
		require.NoError(t, err)
		require.Empty(t, list)
		require.Empty(t, m.stored())
		require.Empty(t, m.proofs)
	})
}

// What came of a read that was under way when all was cleared is not kept.
func TestARaceOfClearingAndKeeping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, kept := &memory{}, newShelf()
		good := edition(7, page)
		n := trees(good, good, good)
		n.delay = 3 * time.Second
		d := visit(t, signed(), n, m, kept)
		time.Sleep(time.Second)
		require.NoError(t, d.Forget(t.Context()))
		require.NoError(t, d.UseMirror("m1.example.net"), "from here on things are kept again")
		time.Sleep(time.Minute)
		list, _, err := kept.List(t.Context())
		require.NoError(t, err)
		require.Len(t, list, 1, "of the read that began after it")
	})
}

func TestACopyOnTheShelfByAKeyThatWasReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, kept := &memory{}, newShelf()
		theft := edition(8, another)
		visit(t, signed(), trees(theft, theft, theft), m, kept).settle()
		stolen, err := kept.Open(t.Context(), src)
		require.NoError(t, err)

		rotated := edition(9, page).with(
			"root/2.note", rootOf{version: 2, epoch: 2, feedKey: feed2, minFeed: 8}.note(),
			"feed.note", feedOf{version: 9, epoch: 2, root: 2, items: item("river", page), by: feed2}.note())
		visit(t, signed(), trees(rotated, rotated, rotated), m, kept).settle()
		require.NoError(t, kept.Keep(t.Context(), time.Now(), stolen))
		d := visit(t, signed(), dead(), m, kept)
		d.settle()
		require.Nil(t, d.State().Article)
	})
}

// A mirror can lie about what nobody signed. What it once said must not keep the others' word away for ever.
func TestAnUnsignedCopyOnTheShelfKeepsNothingAway(t *testing.T) {
	lie := strings.Replace(page, "2031", "2099", 1)
	synctest.Test(t, func(t *testing.T) {
		m, kept := &memory{}, newShelf()
		visit(t, reader.Config{}, answers("!", lie, "!"), m, kept).settle()
		d := visit(t, reader.Config{}, answers("!", "!", page), m, kept)
		time.Sleep(time.Minute)
		require.Equal(t, "m2.example.org", d.State().Source)
		require.Equal(t, 2031, d.State().Article.DateModified.Time().Year())
	})
}

func TestANewerUnsignedCopyOffersItselfToWhoeverReads(t *testing.T) {
	same := strings.Replace(page, `"headline"`, `"keywords":["nonce-7"],"headline"`, 1)
	for _, c := range []struct {
		name, answer string
		newer        bool
	}{
		{"a newer revision", newer, true},
		{"the same revision in other bytes", same, false},
		{"the same bytes", page, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m, kept := &memory{}, newShelf()
				visit(t, reader.Config{}, answers(page, page, page), m, kept).settle()
				n := answers(c.answer, c.answer, c.answer)
				n.delay = 5 * time.Second
				d := visit(t, reader.Config{}, n, m, kept)
				time.Sleep(time.Second)
				d.Started()
				time.Sleep(time.Minute)
				require.Equal(t, c.newer, d.State().Newer)
				require.Equal(t, "The river", d.State().Article.Headline)
			})
		})
	}
}

func TestACopyToBeCarried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := edition(7, page)
		d := visit(t, signed(), trees(good, good, good), &memory{}, newShelf())
		d.settle()
		c, found := d.Copy(t.Context())
		require.True(t, found)
		require.Equal(t, page, string(c.Body))
		require.Equal(t, "river", c.Path)
		require.Empty(t, c.Address)
		require.Equal(t, root1.Public(), c.Pin)
		require.Contains(t, string(c.Notes), "byway/v1/feed")

		s := album(t, albumAt("m2.example.org/p/"), nil)
		c, found = s.Copy(t.Context())
		require.True(t, found)
		require.Equal(t, src, c.Address)
		require.Nil(t, c.Notes)
		require.Equal(t, []reader.CopiedPicture{
			{URL: raftFile.URL, Type: "image/jpeg", Bytes: []byte(raftBytes)},
			{URL: oarFile.URL, Type: "image/jpeg", Bytes: []byte(oarBytes)},
		}, c.Pictures, "fetched for it, with no shelf to take them from")

		d = visit(t, reader.Config{}, dead(), &memory{}, newShelf())
		d.settle()
		_, found = d.Copy(t.Context())
		require.False(t, found)
	})
}

// hillBrings has a browser read another article of the publisher, whose feed says this of the river.
func hillBrings(t *testing.T, version int, river string, m *memory, kept *shelf.Shelf) {
	t.Helper()
	news := tree{"feed.note": feedOf{version: version, items: item("hill", another) + "," + river}.note(), "a/hill.json": another}
	c := signed()
	c.Src = "https://news.example/a/hill.json"
	d := visit(t, c, trees(news, news, news), m, kept)
	time.Sleep(time.Minute)
	require.NotNil(t, d.State().Article)
}

func TestAKnownWithdrawalIsSaidWithoutANetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, kept := &memory{}, newShelf()
		good := edition(7, page)
		visit(t, signed(), trees(good, good, good), m, kept).settle()
		hillBrings(t, 8, `{"p":"river","x":{"kind":"withdrawn","text":"We were deceived.","at":"2000-01-01T00:00:00Z"}}`, m, kept)
		for range 2 { // from the shelf, and when it is gone from there
			d := visit(t, signed(), dead(), m, kept)
			time.Sleep(time.Minute)
			s := d.State()
			require.Nil(t, s.Article)
			require.Equal(t, reader.Refused, s.Phase)
			require.Equal(t, reader.WithdrawnArticle, s.Problem.Kind)
			require.Equal(t, "We were deceived.", s.Signature.Notice.Text)
			_, err := kept.Open(t.Context(), src)
			require.ErrorIs(t, err, shelf.ErrNone)
		}
		d := visit(t, signed(), dead(), m, kept)
		time.Sleep(time.Minute)
		d.net.hold("m1.example.net/", edition(9, newer))
		time.Sleep(time.Hour)
		requireShown(t, d, "m1.example.net", newer)
	})
}

// A file holds the types that every reader may be shown. One picture of another does not cost the rest.
func TestACopyLeavesOutPicturesOfAnUnknownKind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		drawing := "<svg xmlns='http://www.w3.org/2000/svg'/>"
		s := pin(t, illustrated(hashed(drawing), raftFile), drawing, raftBytes)
		c, found := s.Copy(t.Context())
		require.True(t, found)
		require.Len(t, c.Pictures, 1)
		require.Equal(t, raftFile.URL, c.Pictures[0].URL)
	})
}

func TestWhatAWitnessKnows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := edition(7, page)
		d := visit(t, signed(), trees(good, good, good), &memory{}, newShelf())
		d.settle()
		time.Sleep(time.Minute)
		anchor, seen, site := d.Witness(t.Context())
		require.Equal(t, root1.Public(), anchor.Key.String())
		require.Contains(t, string(seen), `\"version\":7`)
		require.Equal(t, "news.example", site)

		d = visit(t, reader.Config{}, answers(page, page, page), &memory{}, newShelf())
		d.settle()
		anchor, seen, site = d.Witness(t.Context())
		require.Zero(t, anchor)
		require.Empty(t, seen)
		require.Equal(t, "news.example", site)
	})
}

// fullStore takes nothing.
type fullStore struct{ shelf.Memory }

func (*fullStore) Update(context.Context, func([]shelf.Item) shelf.Change) error {
	return shelf.ErrFull
}

func TestABrowserWithoutRoomSaysSoAndReadsOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := edition(7, page)
		d := visit(t, signed(), trees(good, good, good), &memory{}, shelf.New(&fullStore{}, shelf.Limit))
		d.settle()
		requireShown(t, d, "news.example", page)
		err := d.Save(t.Context())
		require.True(t, errors.Is(err, shelf.ErrFull) || errors.Is(err, shelf.ErrNone), "%v", err)
		require.False(t, d.State().Saved)
	})
}

// stuck never forgets.
type stuck struct{ *memory }

func (stuck) Forget(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

func TestWhereTheMemoryHangsTheShelfIsClearedAllTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &shelf.Memory{}
		d := &desk{net: answers(page, page, page), online: func() bool { return true }}
		d.begin(t, reader.Config{Src: src, Mirrors: mirrors},
			reader.Ports{Fetcher: d.net, Memory: stuck{&memory{}}, Online: d.isOnline, Shelf: shelf.New(store, shelf.Limit)})
		d.settle()
		require.NoError(t, d.Save(t.Context()))
		require.ErrorIs(t, d.Forget(t.Context()), context.DeadlineExceeded)
		heads, err := store.Heads(t.Context())
		require.NoError(t, err)
		require.Empty(t, heads)
	})
}

func TestASavedArticleHasPicturesWhateverComes(t *testing.T) {
	for name, c := range map[string]struct {
		starts bool // somebody reads, so that the revision only offers itself
		dead   bool // the picture of the revision cannot be had
		kept   []string
	}{
		"the revision takes its place":                     {kept: []string{oarBytes}},
		"the picture of the revision is not to be had":     {dead: true, kept: []string{raftBytes}},
		"the revision offers itself to whoever is reading": {starts: true, kept: []string{raftBytes}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m, kept := &memory{}, newShelf()
				open := func(n *network) *studio {
					s := &studio{&desk{memory: m, online: func() bool { return true }, net: n}, &easel{shown: map[string]string{}}}
					s.begin(t, signed(), reader.Ports{Fetcher: n, Memory: m, Blobs: s.easel, Online: s.isOnline, Shelf: kept})
					return s
				}
				everywhere := func(files tree) *network {
					n := &network{}
					for _, base := range []string{"news.example/", "m1.example.net/", "m2.example.org/p/"} {
						n.hold(base, files)
					}
					return n
				}
				first := open(everywhere(edition(7, illustrated(raftFile)).with(blob(raftBytes), raftBytes)))
				first.settle()
				require.NoError(t, first.Save(t.Context()))

				next := edition(8, illustrated(oarFile))
				if !c.dead {
					next = next.with(blob(oarBytes), oarBytes)
				}
				n := everywhere(next)
				n.delay = 5 * time.Second
				s := open(n)
				time.Sleep(time.Second)
				if c.starts {
					s.Started()
				}
				time.Sleep(5 * time.Minute)
				require.Equal(t, c.starts, s.State().Newer)
				require.True(t, s.State().Saved)
				var bytes []string
				for _, file := range []article.Rendition{raftFile, oarFile} {
					if record, err := kept.Open(t.Context(), file.Integrity); err == nil {
						bytes = append(bytes, string(record.Body))
					}
				}
				require.Equal(t, c.kept, bytes)
				if c.starts {
					s.ShowNewer()
					time.Sleep(5 * time.Minute)
					_, err := kept.Open(t.Context(), oarFile.Integrity)
					require.NoError(t, err, "what is shown is kept")
				}
			})
		})
	}
}

// Whoever saved an article that nobody signed keeps it, whatever a mirror says.
func TestASavedArticleThatNobodySignedStays(t *testing.T) {
	for name, c := range map[string]struct {
		net  *network
		want string
	}{
		"a mirror has an older one":                    {answers("!", page, "!"), newer},
		"a mirror has another article":                 {answers("!", another, "!"), newer},
		"the publisher's own address has an older one": {answers(page, "!", "!"), page},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m, kept := &memory{}, newShelf()
				d := visit(t, reader.Config{}, answers(newer, newer, newer), m, kept)
				d.settle()
				require.NoError(t, d.Save(t.Context()))
				d = visit(t, reader.Config{}, c.net, m, kept)
				time.Sleep(time.Minute)
				r, err := kept.Open(t.Context(), src)
				require.NoError(t, err)
				require.Equal(t, c.want, string(r.Body))
				require.False(t, d.State().Newer)
			})
		})
	}
}

func TestACorrectionThatIsKnownIsToldOfAKeptCopy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, kept := &memory{}, newShelf()
		good := edition(7, page)
		visit(t, signed(), trees(good, good, good), m, kept).settle()
		both := edition(8, newer).with("a/hill.json", another, blob(another)+".json", another, "feed.note", feedOf{version: 8,
			items: item("hill", another) + "," + item("river", newer, `,"x":{"kind":"correction","at":"2000-01-01T00:00:00Z","text":"It did not rise."}`)}.note())
		hill := signed()
		hill.Src = "https://news.example/a/hill.json"
		visit(t, hill, trees(both, both, both), m, kept).settle()

		d := visit(t, signed(), dead(), m, kept)
		d.settle()
		require.Equal(t, "It did not rise.", d.State().Signature.Notice.Text)
	})
}

// slowStore takes a second to write for the first time.
type slowStore struct {
	shelf.Memory
	awake atomic.Bool
}

func (s *slowStore) Update(ctx context.Context, change func([]shelf.Item) shelf.Change) error {
	if !s.awake.Swap(true) {
		time.Sleep(time.Second)
	}
	return s.Memory.Update(ctx, change)
}

func TestAPictureThatComesBeforeItsArticleIsKeptIsKeptToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		body, n, kept := illustrated(raftFile, oarFile), albumAt("news.example/"), shelf.New(&slowStore{}, shelf.Limit)
		s := &studio{&desk{memory: &memory{}, online: func() bool { return true }, net: n}, &easel{shown: map[string]string{}}}
		s.begin(t, reader.Config{Src: src, Mirrors: mirrors, Integrity: sri(body)},
			reader.Ports{Fetcher: n, Memory: s.memory, Blobs: s.easel, Online: s.isOnline, Shelf: kept})
		for s.State().Article == nil {
			time.Sleep(time.Millisecond)
		}
		s.come(raftFile)
		time.Sleep(time.Minute)
		_, err := kept.Open(t.Context(), raftFile.Integrity)
		require.NoError(t, err)
	})
}
