package reader_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/reader"
	"byway/internal/shelf"

	"github.com/stretchr/testify/require"
)

// visit is one of a browser that keeps things.
func visit(t *testing.T, c reader.Config, n *network, m *memory, s *shelf.Shelf) *desk {
	t.Helper()
	if c.Src == "" {
		c.Src, c.Mirrors = src, mirrors
	}
	d := &desk{net: n, memory: m, online: func() bool { return true }}
	d.begin(t, c, reader.Ports{Fetcher: n, Memory: m, Online: d.isOnline, Shelf: s})
	return d
}

func newShelf() *shelf.Shelf { return shelf.New(&shelf.Memory{}, shelf.Limit) }

func dead() *network { return answers("!", "!", "!") }

func TestWhatWasReadIsReadableWithoutANetwork(t *testing.T) {
	good := edition(7, page)
	for _, c := range []struct {
		name   string
		config reader.Config
		net    *network
		proof  reader.Proof
	}{
		{"signed", signed(), trees(good, good, good), reader.Signed},
		{"unsigned", reader.Config{}, answers(page, page, page), reader.None},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m, kept := &memory{}, newShelf()
				visit(t, c.config, c.net, m, kept).settle()
				time.Sleep(3 * time.Hour) // of the bubble's time

				d := visit(t, c.config, dead(), m, kept)
				synctest.Wait()
				first := d.takeStates()
				at := 0
				for first[at].Article == nil {
					at++
				}
				require.Equal(t, reader.FromShelf, first[at].Source, "before any address has failed")
				require.Equal(t, reader.Ready, first[at].Phase)
				d.settle()
				time.Sleep(time.Minute)
				s := d.State()
				require.Equal(t, "The river", s.Article.Headline)
				require.Equal(t, reader.Stale, s.Phase)
				require.Equal(t, c.proof, s.Proof)
				require.Equal(t, 3*time.Hour, time.Since(s.Fetched).Truncate(time.Hour), "with its age")
			})
		})
	}
}

// Whoever can write into the storage of the page's origin cannot make a signed article of what they like.
func TestWhatIsOnTheShelfIsVerifiedAgain(t *testing.T) {
	good := edition(7, page)
	of := func(t *testing.T, s *shelf.Shelf) shelf.Record {
		record, err := s.Open(t.Context(), src)
		require.NoError(t, err)
		return record
	}
	for _, c := range []struct {
		name  string
		spoil func(*shelf.Record)
	}{
		{"another article with the evidence of this one", func(r *shelf.Record) { r.Body = []byte(another) }},
		{"no evidence", func(r *shelf.Record) { r.Evidence = nil }},
		{"evidence with a letter changed", func(r *shelf.Record) {
			r.Evidence = []byte(strings.ReplaceAll(string(r.Evidence), "river", "ocean"))
		}},
		{"evidence of somebody else", func(r *shelf.Record) {
			theirs := feedOf{version: 9, items: item("river", another), by: stranger}.note()
			r.Body, r.Evidence = []byte(another), []byte(`{"notes":[`+quoted(theirs)+`]}`)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m, kept := &memory{}, newShelf()
				visit(t, signed(), trees(good, good, good), m, kept).settle()
				record := of(t, kept)
				c.spoil(&record)
				require.NoError(t, kept.Keep(t.Context(), time.Now(), record))
				d := visit(t, signed(), dead(), m, kept)
				d.settle()
				require.Nil(t, d.State().Article)
			})
		})
	}
}

func quoted(s string) string {
	return `"` + strings.NewReplacer("\n", `\n`, `"`, `\"`).Replace(s) + `"`
}

func TestTheNewerCopySwapsInUnlessSomebodyReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		old, now := edition(7, page), edition(8, newer)
		m, kept := &memory{}, newShelf()
		visit(t, signed(), trees(old, old, old), m, kept).settle()

		n := trees(now, now, now)
		n.delay = 5 * time.Second
		d := &desk{memory: m, online: func() bool { return true }, net: n}
		d.begin(t, signed(), reader.Ports{Fetcher: n, Memory: m, Online: d.isOnline, Shelf: kept, Doubt: func() bool { return true }})
		time.Sleep(time.Second)
		requireShown(t, d, reader.FromShelf, page)
		d.Started()
		time.Sleep(time.Minute)
		require.True(t, requireShown(t, d, reader.FromShelf, page).Newer)
		d.ShowNewer()
		requireShown(t, d, "news.example", newer)

		m, kept = &memory{}, newShelf()
		visit(t, signed(), trees(old, old, old), m, kept).settle()
		d = visit(t, signed(), n, m, kept)
		time.Sleep(time.Minute)
		requireShown(t, d, "news.example", newer)
	})
}

func TestAWithdrawnArticleLeavesTheShelf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := edition(7, page)
		m, kept := &memory{}, newShelf()
		visit(t, signed(), trees(good, good, good), m, kept).settle()
		gone := tree{"feed.note": feedOf{version: 9, items: `{"p":"river","x":{"kind":"withdrawn","at":"2000-01-01T00:00:00Z"}}`}.note()}
		d := visit(t, signed(), trees(gone, gone, gone), m, kept)
		time.Sleep(time.Minute)
		require.Nil(t, d.State().Article)
		list, _, err := kept.List(t.Context())
		require.NoError(t, err)
		require.Empty(t, list)
	})
}

func TestAPrivatePageKeepsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := edition(7, page)
		m, kept := &memory{}, newShelf()
		c := signed()
		c.Private = true
		d := visit(t, c, trees(good, good, good), m, kept)
		d.settle()
		requireShown(t, d, "news.example", page)
		require.NoError(t, d.UseMirror("m1.example.net"))
		require.Error(t, d.Save(t.Context()))
		time.Sleep(time.Minute)
		require.Empty(t, m.stored())
		require.Empty(t, m.proofs)
		list, size, err := kept.List(t.Context())
		require.NoError(t, err)
		require.Empty(t, list)
		require.Zero(t, size)
	})
}

func TestASavedArticleStaysSaved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := edition(7, page)
		m, kept := &memory{}, newShelf()
		d := visit(t, signed(), trees(good, good, good), m, kept)
		d.settle()
		require.NoError(t, d.Save(t.Context()))
		require.True(t, d.State().Saved)
		d = visit(t, signed(), trees(good, good, good), m, kept)
		d.settle()
		require.True(t, d.State().Saved)
		require.NoError(t, d.Unsave(t.Context()))
		list, _, err := kept.List(context.Background())
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.False(t, list[0].Saved)
	})
}

// A shelf that fails or hangs changes nothing but that nothing is kept.
func TestAShelfThatHangsDoesNotStopReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := edition(7, page)
		d := visit(t, signed(), trees(good, good, good), &memory{}, shelf.New(hungStore{}, shelf.Limit))
		d.settle()
		requireShown(t, d, "news.example", page)
	})
}

// To wait for it anew at each picture would take longer than to fetch them.
func TestAShelfThatHangsIsWaitedForOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := album(t, albumAt("news.example/"), shelf.New(hungStore{}, shelf.Limit))
		time.Sleep(time.Minute)
		began := time.Now()
		c, found := s.Copy(t.Context())
		require.True(t, found)
		require.Len(t, c.Pictures, 2)
		require.Zero(t, time.Since(began))
		require.Error(t, s.Save(t.Context()), "but a click is worth another try")
		require.Equal(t, 2*time.Second, time.Since(began))
	})
}

// hungStore never answers.
type hungStore struct{}

func (hungStore) Get(ctx context.Context, _ string) (shelf.Item, error) {
	<-ctx.Done()
	return shelf.Item{}, ctx.Err()
}
func (hungStore) Heads(ctx context.Context) ([]shelf.Item, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}
func (hungStore) Update(ctx context.Context, _ func([]shelf.Item) shelf.Change) error {
	<-ctx.Done()
	return ctx.Err()
}
func (hungStore) Clear(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
