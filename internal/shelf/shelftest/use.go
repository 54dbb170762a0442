package shelftest

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"byway/internal/shelf"

	"github.com/stretchr/testify/require"
)

// uses are what a shelf does with its store.
func uses() []testCase {
	return []testCase{
		{"shelf: an article comes back with its pictures, whole", keptWhole},
		{"shelf: what was read longest ago goes, with its pictures", longestAgoGoes},
		{"shelf: what is saved stays", savedStays},
		{"shelf: what a disk has spoilt is none, and goes", spoiltGoes},
		{"shelf: two tabs keep under one limit", tabsKeep},
		{"shelf: to clear takes saved articles too", clearTakesAll},
	}
}

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

func after(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

// article is one of a kilobyte.
func article(key string, parts ...string) shelf.Record {
	return shelf.Record{
		Entry: shelf.Entry{Key: key, Title: "The river: " + key, Language: "en", Parts: parts},
		Body:  bytes.Repeat([]byte("text"), 256), Evidence: []byte("byway/v1/feed\n"),
	}
}

func picture(key string) shelf.Record {
	return shelf.Record{Entry: shelf.Entry{Key: key, Part: true}, Body: bytes.Repeat([]byte{0xff, 0, 0xd8}, 300)}
}

func keptWhole(t *testing.T, open Open) {
	at := noon.Add(123456789 * time.Nanosecond).In(time.FixedZone("east", 3600))
	given := article("https://news.example/a", "sha256-1", "sha256-2")
	require.NoError(t, shelf.New(open(), shelf.Limit).Keep(t.Context(), at, given, picture("sha256-1")))
	s := shelf.New(open(), shelf.Limit)
	require.NoError(t, s.Keep(t.Context(), at, picture("sha256-2")))

	got, err := s.Open(t.Context(), given.Key)
	require.NoError(t, err)
	require.Equal(t, given.Body, got.Body)
	require.Equal(t, given.Evidence, got.Evidence)
	require.Equal(t, given.Title, got.Title)
	require.Equal(t, given.Language, got.Language)
	require.Equal(t, given.Parts, got.Parts)
	require.Equal(t, noon.Add(123*time.Millisecond), got.Stored)
	require.Equal(t, got.Stored, got.Read)
	for _, part := range given.Parts {
		got, err := s.Open(t.Context(), part)
		require.NoError(t, err)
		require.True(t, got.Part)
		require.Equal(t, picture(part).Body, got.Body)
	}
	list, _, err := s.List(t.Context())
	require.NoError(t, err)
	require.Equal(t, []*shelf.Entry{&got.Entry}, list)
}

func longestAgoGoes(t *testing.T, open Open) {
	s := shelf.New(open(), 7000)
	for i := range 3 {
		part := fmt.Sprint("sha256-", i)
		require.NoError(t, s.Keep(t.Context(), after(i), article(fmt.Sprint("a", i), part), picture(part)))
	}
	require.NoError(t, s.Touch(t.Context(), "a0", after(5)))
	require.NoError(t, s.Keep(t.Context(), after(6), article("a3", "sha256-3"), picture("sha256-3")))
	requireThere(t, s, "a3", "sha256-3", "a0", "sha256-0", "a2", "sha256-2")
	requireGone(t, s, "a1", "sha256-1")
	list, size, err := s.List(t.Context())
	require.NoError(t, err)
	require.Equal(t, "a3 a0 a2", keysOf(list))
	require.Greater(t, size, int64(3*(1024+900)))
	require.LessOrEqual(t, size, int64(7000))
}

func savedStays(t *testing.T, open Open) {
	s := shelf.New(open(), 5000)
	require.NoError(t, s.Keep(t.Context(), after(0), article("saved", "sha256-1"), picture("sha256-1")))
	require.NoError(t, s.Save(t.Context(), "saved"))
	for i := range 5 {
		require.NoError(t, s.Keep(t.Context(), after(i+1), article(fmt.Sprint("a", i))))
	}
	requireThere(t, s, "saved", "sha256-1", "a4")
	requireGone(t, s, "a0")
	require.NoError(t, s.Unsave(t.Context(), "saved"))
	require.NoError(t, s.Keep(t.Context(), after(9), article("a9"), article("b9")))
	requireGone(t, s, "saved", "sha256-1")
}

func spoiltGoes(t *testing.T, open Open) {
	store, s := open(), shelf.New(open(), shelf.Limit)
	for name, spoil := range map[string]func(*shelf.Item){
		"a body that was altered":    func(i *shelf.Item) { i.Body[7] ^= 1 },
		"a body that was cut short":  func(i *shelf.Item) { i.Body = i.Body[:9] },
		"evidence that was altered":  func(i *shelf.Item) { i.Body[len(i.Body)-1] ^= 1 },
		"a head that was altered":    func(i *shelf.Item) { i.Head[9] ^= 1 },
		"a head that was cut short":  func(i *shelf.Item) { i.Head = i.Head[:40] },
		"a head that is missing":     func(i *shelf.Item) { i.Head = nil },
		"the record of another name": func(i *shelf.Item) { i.Key = "other" },
	} {
		require.NoError(t, s.Keep(t.Context(), noon, article("a"), article("fine")))
		item, err := store.Get(t.Context(), "a")
		require.NoError(t, err)
		spoil(&item)
		require.NoError(t, store.Update(t.Context(), put(item)))
		_, err = s.Open(t.Context(), item.Key)
		require.ErrorIs(t, err, shelf.ErrNone, name)
		_, err = store.Get(t.Context(), item.Key)
		require.ErrorIs(t, err, shelf.ErrNone, name)
		requireThere(t, s, "fine")
	}
}

func tabsKeep(t *testing.T, open Open) {
	const limit = 10_000
	var group sync.WaitGroup
	for tab := range 2 {
		s := shelf.New(open(), limit)
		for i := range 10 {
			group.Go(func() {
				key := fmt.Sprint("a", tab, i)
				if err := s.Keep(t.Context(), after(i), article(key, "sha256-"+key), picture("sha256-"+key)); err != nil {
					t.Error(err)
				}
			})
		}
	}
	group.Wait()
	s := shelf.New(open(), limit)
	list, size, err := s.List(t.Context())
	require.NoError(t, err)
	require.LessOrEqual(t, size, int64(limit))
	require.Len(t, list, 4)
	for _, e := range list {
		requireThere(t, s, e.Key, e.Parts[0])
	}
}

func clearTakesAll(t *testing.T, open Open) {
	s := shelf.New(open(), shelf.Limit)
	require.NoError(t, s.Keep(t.Context(), noon, article("a", "sha256-1"), picture("sha256-1")))
	require.NoError(t, s.Save(t.Context(), "a"))
	require.NoError(t, s.Clear(t.Context()))
	requireGone(t, shelf.New(open(), shelf.Limit), "a", "sha256-1")
	require.NoError(t, s.Keep(t.Context(), noon, picture("sha256-1")))
	requireGone(t, s, "sha256-1")
}

func requireThere(t *testing.T, s *shelf.Shelf, keys ...string) {
	t.Helper()
	for _, key := range keys {
		_, err := s.Open(t.Context(), key)
		require.NoError(t, err, key)
	}
}

func requireGone(t *testing.T, s *shelf.Shelf, keys ...string) {
	t.Helper()
	for _, key := range keys {
		_, err := s.Open(t.Context(), key)
		require.ErrorIs(t, err, shelf.ErrNone, key)
	}
}

func keysOf(list []*shelf.Entry) string {
	var keys []string
	for _, e := range list {
		keys = append(keys, e.Key)
	}
	return strings.Join(keys, " ")
}
