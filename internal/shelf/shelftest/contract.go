package shelftest

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"byway/internal/shelf"

	"github.com/stretchr/testify/require"
)

// contract is what the comment of shelf.Store says.
func contract() []testCase {
	return []testCase{
		{"what is put is there, for those who come later too", putIsThere},
		{"under a key where nothing is there is ErrNone", nothingThere},
		{"what is put again takes the place of what was there", putAgain},
		{"another head leaves the body", describeLeavesBody},
		{"what is deleted is gone, and what is not there can be deleted", deleted},
		{"one change puts, describes and deletes", allInOne},
		{"a change of nothing changes nothing", changeOfNothing},
		{"keys are any text", oddKeys},
		{"a body of five megabytes is kept", largeBody},
		{"heads and bodies may be empty", empty},
		{"what is given and got may be altered", altered},
		{"two tabs add one after the other, and none loses what the other put", twoTabs},
		{"a tab sees all of a change or nothing of it", seenWhole},
		{"a context that ended changes nothing", ended},
		{"a context that ends half way leaves all or nothing", endsHalfWay},
		{"to clear leaves nothing, and what comes after is kept", cleared},
	}
}

// item is one whose head and body say its key.
func item(key string) shelf.Item {
	return shelf.Item{Key: key, Head: []byte("head of " + key), Body: []byte("body of " + key)}
}

func put(items ...shelf.Item) func([]shelf.Item) shelf.Change {
	return func([]shelf.Item) shelf.Change { return shelf.Change{Put: items} }
}

// requireItems checks that these are in a store, and nothing else.
func requireItems(t *testing.T, s shelf.Store, want ...shelf.Item) {
	t.Helper()
	heads, err := s.Heads(t.Context())
	require.NoError(t, err)
	require.Equal(t, keys(want), keys(heads))
	for _, head := range heads {
		require.Empty(t, head.Body)
	}
	for _, w := range want {
		i := slices.IndexFunc(heads, func(i shelf.Item) bool { return i.Key == w.Key })
		require.Equal(t, string(w.Head), string(heads[i].Head), w.Key)
		got, err := s.Get(t.Context(), w.Key)
		require.NoError(t, err, w.Key)
		require.Equal(t, w.Key, got.Key)
		require.Equal(t, string(w.Head), string(got.Head), w.Key)
		require.True(t, bytes.Equal(w.Body, got.Body), w.Key)
	}
}

func keys(items []shelf.Item) []string {
	all := []string{}
	for _, i := range items {
		all = append(all, i.Key)
	}
	slices.Sort(all)
	return all
}

func putIsThere(t *testing.T, open Open) {
	require.NoError(t, open().Update(t.Context(), put(item("a"), item("b"))))
	requireItems(t, open(), item("a"), item("b"))
	require.NoError(t, open().Update(t.Context(), func(heads []shelf.Item) shelf.Change {
		require.Equal(t, []string{"a", "b"}, keys(heads))
		require.Contains(t, string(heads[0].Head), "head of ")
		return shelf.Change{}
	}))
}

func nothingThere(t *testing.T, open Open) {
	requireItems(t, open())
	require.NoError(t, open().Update(t.Context(), put(item("a"))))
	for _, key := range []string{"", "b", "aa", "A"} {
		_, err := open().Get(t.Context(), key)
		require.ErrorIs(t, err, shelf.ErrNone)
	}
}

func putAgain(t *testing.T, open Open) {
	s := open()
	require.NoError(t, s.Update(t.Context(), put(item("a"), item("b"))))
	second := shelf.Item{Key: "a", Head: []byte("second"), Body: []byte("another")}
	require.NoError(t, s.Update(t.Context(), put(second)))
	requireItems(t, open(), second, item("b"))
}

func describeLeavesBody(t *testing.T, open Open) {
	s, told := open(), item("a")
	require.NoError(t, s.Update(t.Context(), put(told, item("b"))))
	told.Head = []byte("told otherwise")
	require.NoError(t, s.Update(t.Context(), func([]shelf.Item) shelf.Change {
		return shelf.Change{Describe: []shelf.Item{{Key: "a", Head: told.Head}}}
	}))
	requireItems(t, open(), told, item("b"))
}

func deleted(t *testing.T, open Open) {
	s := open()
	require.NoError(t, s.Update(t.Context(), put(item("a"), item("b"))))
	require.NoError(t, s.Update(t.Context(), func([]shelf.Item) shelf.Change {
		return shelf.Change{Delete: []string{"nobody", "a"}}
	}))
	requireItems(t, open(), item("b"))
	_, err := s.Get(t.Context(), "a")
	require.ErrorIs(t, err, shelf.ErrNone)
}

func allInOne(t *testing.T, open Open) {
	s, told := open(), item("b")
	require.NoError(t, s.Update(t.Context(), put(item("a"), item("b"), item("c"))))
	told.Head = []byte("told otherwise")
	require.NoError(t, s.Update(t.Context(), func([]shelf.Item) shelf.Change {
		return shelf.Change{Put: []shelf.Item{item("d")}, Describe: []shelf.Item{told}, Delete: []string{"a"}}
	}))
	requireItems(t, open(), told, item("c"), item("d"))
}

func changeOfNothing(t *testing.T, open Open) {
	require.NoError(t, open().Update(t.Context(), put()))
	require.NoError(t, open().Update(t.Context(), put(item("a"))))
	require.NoError(t, open().Update(t.Context(), put()))
	requireItems(t, open(), item("a"))
}

func oddKeys(t *testing.T, open Open) {
	all := []shelf.Item{item("")}
	for _, key := range []string{" ", "0", "a\x00b", "__proto__", "length", "روزنامه‌ها", "日本", "🗞", "https://news.example/a?b=1&c=%20#d",
		strings.Repeat("long/", 1000), "sha256-" + strings.Repeat("0", 64)} {
		all = append(all, item(key))
	}
	require.NoError(t, open().Update(t.Context(), put(all...)))
	requireItems(t, open(), all...)
	require.NoError(t, open().Update(t.Context(), func([]shelf.Item) shelf.Change { return shelf.Change{Delete: keys(all)} }))
	requireItems(t, open())
}

func largeBody(t *testing.T, open Open) {
	large := item("large")
	large.Body = bytes.Repeat([]byte("five megabytes\x00\xff"), 5<<20/16)
	require.NoError(t, open().Update(t.Context(), put(large, item("small"))))
	requireItems(t, open(), large, item("small"))
}

func empty(t *testing.T, open Open) {
	require.NoError(t, open().Update(t.Context(), put(shelf.Item{Key: "nil"}, shelf.Item{Key: "none", Head: []byte{}, Body: []byte{}})))
	requireItems(t, open(), shelf.Item{Key: "nil"}, shelf.Item{Key: "none"})
}

func altered(t *testing.T, open Open) {
	given := item("a")
	require.NoError(t, open().Update(t.Context(), put(given)))
	given.Head[0], given.Body[0] = 'X', 'X'
	got, err := open().Get(t.Context(), "a")
	require.NoError(t, err)
	got.Head[0], got.Body[0] = 'Y', 'Y'
	require.NoError(t, open().Update(t.Context(), func(heads []shelf.Item) shelf.Change {
		heads[0].Head[0] = 'Z'
		return shelf.Change{}
	}))
	requireItems(t, open(), item("a"))
}

func twoTabs(t *testing.T, open Open) {
	var group sync.WaitGroup
	for tab := range 2 {
		s := open()
		for i := range 10 {
			group.Go(func() {
				if err := s.Update(t.Context(), appendOne(fmt.Sprint(tab, i))); err != nil {
					t.Error(err)
				}
			})
		}
	}
	group.Wait()
	got, err := open().Get(t.Context(), "all")
	require.NoError(t, err)
	require.Len(t, strings.Fields(string(got.Head)), 2*20)
}

// appendOne adds a word to the head that it finds.
func appendOne(word string) func(heads []shelf.Item) shelf.Change {
	return func(heads []shelf.Item) shelf.Change {
		var head []byte
		for _, h := range heads {
			head = h.Head
		}
		return shelf.Change{Put: []shelf.Item{{Key: "all", Head: append(head, word+"\n"...)}}}
	}
}

func seenWhole(t *testing.T, open Open) {
	one, other := open(), open()
	var group sync.WaitGroup
	for i := range 10 {
		version := func(key string) shelf.Item { return shelf.Item{Key: key, Head: []byte{byte(i)}, Body: []byte{byte(i)}} }
		group.Go(func() {
			if err := one.Update(t.Context(), put(version("a"), version("b"))); err != nil {
				t.Error(err)
			}
		})
		group.Go(func() {
			heads, err := other.Heads(t.Context())
			if err != nil || len(heads) == 1 || len(heads) == 2 && !bytes.Equal(heads[0].Head, heads[1].Head) {
				t.Errorf("half of a change is seen: %v, %v", heads, err)
			}
		})
		group.Go(func() {
			got, err := other.Get(t.Context(), "a")
			if err == nil && !bytes.Equal(got.Head, got.Body) {
				t.Errorf("the head of one change with the body of another: %v", got)
			}
		})
	}
	group.Wait()
	heads, err := one.Heads(t.Context())
	require.NoError(t, err)
	require.Len(t, heads, 2)
}

func ended(t *testing.T, open Open) {
	s := open()
	require.NoError(t, s.Update(t.Context(), put(item("a"))))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := s.Get(ctx, "a")
	require.ErrorIs(t, err, context.Canceled)
	_, err = s.Heads(ctx)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, s.Update(ctx, put(item("b"))), context.Canceled)
	require.ErrorIs(t, s.Clear(ctx), context.Canceled)
	requireItems(t, open(), item("a"))
}

func endsHalfWay(t *testing.T, open Open) {
	s := open()
	require.NoError(t, s.Update(t.Context(), put(item("a"), item("b"))))
	ctx, stop := context.WithCancel(t.Context())
	err := s.Update(ctx, func([]shelf.Item) shelf.Change {
		stop()
		return shelf.Change{Put: []shelf.Item{item("c"), item("d")}, Delete: []string{"a", "b"}}
	})
	heads, listed := open().Heads(t.Context())
	require.NoError(t, listed)
	switch {
	case slices.Equal(keys(heads), []string{"c", "d"}):
		requireItems(t, open(), item("c"), item("d"))
	default:
		require.ErrorIs(t, err, context.Canceled)
		requireItems(t, open(), item("a"), item("b"))
	}
}

func cleared(t *testing.T, open Open) {
	s := open()
	require.NoError(t, s.Clear(t.Context()))
	require.NoError(t, s.Update(t.Context(), put(item("a"), item("b"))))
	require.NoError(t, open().Clear(t.Context()))
	requireItems(t, s)
	_, err := s.Get(t.Context(), "a")
	require.ErrorIs(t, err, shelf.ErrNone)
	require.NoError(t, s.Update(t.Context(), put(item("c"))))
	requireItems(t, open(), item("c"))
}
