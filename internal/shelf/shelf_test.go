package shelf_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"byway/internal/shelf"

	"github.com/stretchr/testify/require"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// recorder is a memory that notes what is put and fails when it is told to.
type recorder struct {
	shelf.Memory
	put     []string
	updates int
	fail    func(shelf.Change) error // nil: never
}

func (r *recorder) Update(ctx context.Context, change func([]shelf.Item) shelf.Change) error {
	r.updates++
	var failed error
	err := r.Memory.Update(ctx, func(heads []shelf.Item) shelf.Change {
		c := change(heads)
		if r.fail != nil {
			failed = r.fail(c)
		}
		if failed != nil {
			return shelf.Change{}
		}
		for _, i := range c.Put {
			r.put = append(r.put, i.Key)
		}
		return c
	})
	return errors.Join(err, failed)
}

func record(key string, parts ...string) shelf.Record {
	return shelf.Record{
		Entry: shelf.Entry{Key: key, Part: strings.HasPrefix(key, "sha256-"), Parts: parts},
		Body:  bytes.Repeat([]byte("x"), 1000),
	}
}

// keep puts records on a shelf one after another, a minute between.
func keep(t *testing.T, s *shelf.Shelf, records ...shelf.Record) {
	t.Helper()
	for i, r := range records {
		require.NoError(t, s.Keep(t.Context(), noon.Add(time.Duration(i)*time.Minute), r))
	}
}

// there lists the articles that are on a shelf and whole.
func there(t *testing.T, s *shelf.Shelf) string {
	t.Helper()
	list, _, err := s.List(t.Context())
	require.NoError(t, err)
	var keys []string
	for _, e := range list {
		r, err := s.Open(t.Context(), e.Key)
		require.NoError(t, err)
		require.Equal(t, record(e.Key).Body, r.Body)
		keys = append(keys, e.Key)
	}
	return strings.Join(keys, " ")
}

func TestWhatFindsNoPlaceIsRefusedAndNothingGoesForIt(t *testing.T) {
	s := shelf.New(&shelf.Memory{}, 5000)
	keep(t, s, record("a"), record("b"), record("c"))
	large := record("large")
	large.Body = make([]byte, 5000)
	err := s.Keep(t.Context(), noon, large)
	require.ErrorIs(t, err, shelf.ErrLarge)
	require.Regexp(t, `^shelf: keep: there is no room left for this: it makes 50\d\d bytes of at most 5000`, err.Error())
	require.Equal(t, "c b a", there(t, s))

	for _, key := range []string{"a", "b", "c"} {
		require.NoError(t, s.Save(t.Context(), key))
	}
	require.ErrorIs(t, s.Keep(t.Context(), noon, record("d"), record("e")), shelf.ErrLarge)
	require.Equal(t, "c b a", there(t, s))
	require.NoError(t, s.Keep(t.Context(), noon, record("d")))
	require.Equal(t, "c b d a", there(t, s))
}

func TestABrowserWithoutRoomGetsAQuarterAndIsAskedOnceMore(t *testing.T) {
	store := &recorder{}
	s := shelf.New(store, shelf.Limit)
	keep(t, s, record("a"), record("b"), record("c"), record("d"), record("e"), record("f"), record("g"), record("h"))
	full := true
	store.fail = func(c shelf.Change) error {
		full = full && len(c.Delete) == 0
		if full {
			return fmt.Errorf("QuotaExceededError: %w", shelf.ErrFull)
		}
		return nil
	}
	require.NoError(t, s.Keep(t.Context(), noon.Add(time.Hour), record("i")))
	require.Equal(t, "i h g f e d c", there(t, s))
	full = true
	require.NoError(t, s.Keep(t.Context(), noon.Add(2*time.Hour), record("j")))
	require.Equal(t, "j i h g f e", there(t, s))
}

// Where another fills the disk, the shelf is not emptied for nothing.
func TestABrowserWithoutRoomGetsNoMoreWhereItTookNothingForIt(t *testing.T) {
	store := &recorder{}
	s := shelf.New(store, shelf.Limit)
	keep(t, s, record("a"), record("b"), record("c"), record("d"))
	full := func(c shelf.Change) error {
		if len(c.Put) > 0 {
			return shelf.ErrFull
		}
		return nil
	}
	for range 5 {
		store.fail = full
		require.ErrorIs(t, s.Keep(t.Context(), noon, record("large")), shelf.ErrFull)
		require.Len(t, strings.Fields(there(t, s)), 3)
		store.fail = nil
		require.NoError(t, s.Keep(t.Context(), noon.Add(time.Hour), record("b")))
	}
	require.Equal(t, "b d c", there(t, s))
}

func TestABrowserWithoutRoomCostsNothingThatIsSaved(t *testing.T) {
	store := &recorder{}
	s := shelf.New(store, shelf.Limit)
	keep(t, s, record("a"))
	require.NoError(t, s.Save(t.Context(), "a"))
	store.fail = func(shelf.Change) error { return shelf.ErrFull }
	require.ErrorIs(t, s.Keep(t.Context(), noon, record("b")), shelf.ErrFull)
	require.Equal(t, "a", there(t, s))
}

func TestAStoreThatFailsLosesNothing(t *testing.T) {
	store, broken := &recorder{}, errors.New("the disk is gone")
	s := shelf.New(store, shelf.Limit)
	keep(t, s, record("a", "sha256-1"), record("sha256-1"))
	store.updates, store.fail = 0, func(shelf.Change) error { return broken }
	for name, err := range map[string]error{
		"keep":   s.Keep(t.Context(), noon, record("b")),
		"touch":  s.Touch(t.Context(), "a", noon),
		"save":   s.Save(t.Context(), "a"),
		"unsave": s.Unsave(t.Context(), "a"),
		"remove": s.Remove(t.Context(), "a"),
	} {
		require.ErrorIs(t, err, broken, name)
		require.ErrorContains(t, err, "shelf: "+name+": ")
	}
	require.Equal(t, 5, store.updates, "what fails is not tried again")
	require.Equal(t, "a", there(t, s))
	_, err := s.Open(t.Context(), "sha256-1")
	require.NoError(t, err)
}

func TestTheSameRecordIsNotWrittenTwice(t *testing.T) {
	store := &recorder{}
	s := shelf.New(store, shelf.Limit)
	require.NoError(t, s.Keep(t.Context(), noon, record("a", "sha256-1"), record("sha256-1")))
	require.NoError(t, s.Save(t.Context(), "a"))
	revised := record("a", "sha256-1", "sha256-2")
	revised.Title = "The hill"
	require.NoError(t, s.Keep(t.Context(), noon.Add(time.Hour), revised, record("sha256-1"), record("sha256-2")))
	require.Equal(t, []string{"a", "sha256-1", "sha256-2"}, store.put)

	r, err := s.Open(t.Context(), "a")
	require.NoError(t, err)
	require.Equal(t, "The hill", r.Title)
	require.Equal(t, revised.Parts, r.Parts)
	require.Equal(t, noon.Add(time.Hour), r.Stored)
	require.True(t, r.Saved)
}

func TestAPictureThatStandsTwiceInAnArticleIsKeptOnce(t *testing.T) {
	store := &recorder{}
	s := shelf.New(store, shelf.Limit)
	for range 2 {
		require.NoError(t, s.Keep(t.Context(), noon, record("a", "sha256-1", "sha256-1"), record("sha256-1"), record("sha256-1")))
		require.Equal(t, []string{"a", "sha256-1"}, store.put)
		_, err := s.Open(t.Context(), "sha256-1")
		require.NoError(t, err)
	}
	require.NoError(t, s.Remove(t.Context(), "a"))
	_, err := s.Open(t.Context(), "sha256-1")
	require.ErrorIs(t, err, shelf.ErrNone)
}

func TestAnotherRevisionTakesThePicturesAwayThatItDoesNotHave(t *testing.T) {
	s := shelf.New(&shelf.Memory{}, shelf.Limit)
	require.NoError(t, s.Keep(t.Context(), noon, record("a", "sha256-1", "sha256-2"), record("sha256-1"), record("sha256-2")))
	require.NoError(t, s.Save(t.Context(), "a"))
	revised := record("a", "sha256-2")
	revised.Evidence = []byte("another note")
	require.NoError(t, s.Keep(t.Context(), noon, revised))
	_, err := s.Open(t.Context(), "sha256-1")
	require.ErrorIs(t, err, shelf.ErrNone)
	_, err = s.Open(t.Context(), "sha256-2")
	require.NoError(t, err)
	r, err := s.Open(t.Context(), "a")
	require.NoError(t, err)
	require.Equal(t, "another note", string(r.Evidence))
	require.True(t, r.Saved)
}

func TestAPictureTakesNoPlaceFromTheArticleThatItBelongsTo(t *testing.T) {
	s := shelf.New(&shelf.Memory{}, 3500)
	keep(t, s, record("a", "sha256-1"), record("b"), record("c"))
	require.NoError(t, s.Keep(t.Context(), noon, record("sha256-1")))
	require.Equal(t, "c a", there(t, s))
}

func TestWhatIsNotThereIsNeitherSavedNorTouched(t *testing.T) {
	s := shelf.New(&shelf.Memory{}, shelf.Limit)
	require.ErrorIs(t, s.Save(t.Context(), "a"), shelf.ErrNone)
	require.ErrorIs(t, s.Unsave(t.Context(), "a"), shelf.ErrNone)
	require.ErrorIs(t, s.Touch(t.Context(), "a", noon), shelf.ErrNone)
	require.NoError(t, s.Remove(t.Context(), "a"))
	require.Empty(t, there(t, s))
}

func TestWhatIsRemovedGoesWithItsPictures(t *testing.T) {
	s := shelf.New(&shelf.Memory{}, shelf.Limit)
	require.NoError(t, s.Keep(t.Context(), noon, record("a", "sha256-1", "sha256-2"), record("b", "sha256-2"), record("sha256-1"), record("sha256-2")))
	require.NoError(t, s.Save(t.Context(), "a"))
	require.NoError(t, s.Remove(t.Context(), "a"))
	require.Equal(t, "b", there(t, s))
	for key, want := range map[string]error{"a": shelf.ErrNone, "sha256-1": shelf.ErrNone, "sha256-2": nil} {
		_, err := s.Open(t.Context(), key)
		require.ErrorIs(t, err, want, key)
	}
}

// What one tab finds spoilt another may have put right before it can be taken away.
func TestWhatAnotherTabPutRightIsNotTakenAway(t *testing.T) {
	var store shelf.Memory
	s := shelf.New(&store, shelf.Limit)
	keep(t, s, record("a"))
	require.NoError(t, store.Update(t.Context(), func(heads []shelf.Item) shelf.Change {
		return shelf.Change{Put: []shelf.Item{{Key: "a", Head: heads[0].Head, Body: []byte("spoilt")}}}
	}))
	between := &overtaken{Memory: &store, then: func() {
		right := record("a")
		right.Title = "put right"
		require.NoError(t, s.Remove(t.Context(), "a"))
		require.NoError(t, s.Keep(t.Context(), noon, right))
	}}
	_, err := shelf.New(between, shelf.Limit).Open(t.Context(), "a")
	require.ErrorIs(t, err, shelf.ErrNone)
	require.Equal(t, "a", there(t, s))
}

// overtaken is a store in which another tab does something after each Get.
type overtaken struct {
	*shelf.Memory
	then func()
}

func (o *overtaken) Get(ctx context.Context, key string) (shelf.Item, error) {
	i, err := o.Memory.Get(ctx, key)
	o.then()
	return i, err
}

func TestAStoreThatGivesNothingIsNoEmptyShelf(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	s := shelf.New(&shelf.Memory{}, shelf.Limit)
	_, _, err := s.List(ctx)
	require.ErrorIs(t, err, context.Canceled)
	_, err = s.Open(ctx, "a")
	require.ErrorIs(t, err, context.Canceled)
	require.NotErrorIs(t, err, shelf.ErrNone)
	require.ErrorIs(t, s.Clear(ctx), context.Canceled)
}
