package trust

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStart(t *testing.T) {
	threshold := members{"root_keys": []string{root1.String(), root2.String()}, "root_threshold": 2}
	for _, c := range []struct {
		name   string
		anchor Anchor
		says   string // "": no error
	}{
		{"a root note", Anchor{Root: rootNote(nil, root1)}, ""},
		{"a key", Anchor{Key: root1.key()}, ""},
		{"a root note and the key that signed it", Anchor{Root: rootNote(nil, root1), Key: root1.key()}, ""},
		{"a root note by two", Anchor{Root: rootNote(threshold, root1, root2)}, ""},
		{"a root note of a later version, with old signatures", Anchor{Root: rootNote(members{"version": 7}, root3, root1)}, ""},

		{"nothing", Anchor{}, "neither a key nor a root note"},
		{"an empty root note", Anchor{Root: []byte{}}, "not a signed note"},
		{"a root note that was cut", Anchor{Root: rootNote(nil, root1)[:200]}, "not a signed note"},
		{"a feed for a root", Anchor{Root: feedNote(nil, feed1)}, "first line is not byway/v1/root"},
		{"a root note and another key", Anchor{Root: rootNote(nil, root1), Key: root2.key()}, "by none of the keys that count"},
		{"a root note that was altered", Anchor{Root: []byte(strings.Replace(string(rootNote(nil, root1)), "m1", "m2", 1))}, "is wrong"},
		{"a root note by one of two", Anchor{Root: rootNote(threshold, root1)}, "by 1 of the 2 keys"},
		{"a root note that only a stranger signed", Anchor{Root: rootNote(nil, stranger)}, "by none of the keys"},
		{"a root note that is too long", Anchor{Root: rootNote(members{"x": strings.Repeat("x", MaxRoot)}, root1)}, "more than 16384 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Start(c.anchor, nil)
			if c.says != "" {
				require.ErrorContains(t, err, c.says)
				require.Nil(t, s)
				return
			}
			require.NoError(t, err)
			_, known := s.Root()
			require.Equal(t, c.anchor.Root != nil, known)
			_, known = s.Feed()
			require.False(t, known)
		})
	}
}

// again is the state after the reader has left and come back.
func again(t *testing.T, a Anchor, s *State) *State {
	t.Helper()
	back, err := Start(a, s.Bytes())
	require.NoError(t, err)
	return back
}

func TestWhatWasAcceptedIsKept(t *testing.T) {
	for name, a := range map[string]Anchor{
		"by a root note": {Root: rootNote(nil, root1)},
		"by a key":       {Key: root1.key()},
	} {
		t.Run(name, func(t *testing.T) {
			s := beginWith(t, a)
			require.NoError(t, s.AcceptRoot(rootNote(nil, root1)))
			acceptFeed(t, s, feedNote(nil, feed1))
			s = again(t, a, s)
			want, _ := s.Feed()
			require.Equal(t, int64(10), want.Version)
			refusedFeed(t, s, feedNote(members{"version": 9}, feed1), ErrRollback)

			// A root that no longer names the key of the feed does not hide the feed: it is still the newest.
			require.NoError(t, s.AcceptRoot(rootNote(members{"version": 2, "feed_keys": []string{feed2.String()}}, root1)))
			back := again(t, a, s)
			got, _ := back.Feed()
			require.Equal(t, want, got)
			refusedFeed(t, back, feedNote(members{"version": 9, "root": 2}, feed2), ErrRollback)
			root, _ := back.Root()
			require.Equal(t, int64(2), root.Version)

			acceptFeed(t, back, feedNote(members{"version": 11, "root": 2}, feed2))
			require.Equal(t, 1, strings.Count(string(back.Bytes()), feedKind), "one feed is kept")
			require.Equal(t, back.Bytes(), again(t, a, back).Bytes())
		})
	}
}

func TestWhatWasStoredIsVerifiedAgain(t *testing.T) {
	a := Anchor{Root: rootNote(nil, root1)}
	s := beginWith(t, a)
	acceptFeed(t, s, feedNote(nil, feed1))
	stored := string(s.Bytes())
	for _, c := range []struct{ name, stored string }{
		{"nothing", ""},
		{"no JSON", "<p>"},
		{"another document", `{"notes":{"a":1}}`},
		{"a list of numbers", `{"notes":[1,null]}`},
		{"a feed that was altered", strings.Replace(stored, `\"version\":10`, `\"version\":99`, 1)},
		{"a root and a feed of somebody else", `{"notes":` + quote(rootNote(members{"version": 2}, stranger)) + `}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.NotEqual(t, stored, c.stored)
			s, err := Start(a, []byte(c.stored))
			require.NoError(t, err)
			root, _ := s.Root()
			require.Equal(t, int64(1), root.Version)
			_, known := s.Feed()
			require.False(t, known)
		})
	}
	other, err := Start(Anchor{Key: root2.key()}, []byte(stored))
	require.NoError(t, err)
	_, known := other.Root()
	require.False(t, known, "what another anchor led to is not believed")
}

func quote(note []byte) string {
	s := &State{notes: []string{string(note)}}
	return strings.TrimSuffix(strings.TrimPrefix(string(s.Bytes()), `{"notes":`), "}")
}

// A page that was pasted anew pins a newer root than the reader has stored.
func TestANewerAnchorCounts(t *testing.T) {
	s := begin(t)
	acceptFeed(t, s, feedNote(nil, feed1))
	s = again(t, Anchor{Root: rootNote(members{"version": 4}, root1)}, s)
	root, _ := s.Root()
	require.Equal(t, int64(4), root.Version)
	feed, _ := s.Feed()
	require.Equal(t, int64(10), feed.Version, "the feed still counts in this epoch")

	s = again(t, Anchor{Root: rootNote(members{"version": 5, "epoch": 2}, root1)}, s)
	_, known := s.Feed()
	require.False(t, known, "and in the next one it does not")
}

func TestMinFeedCoversAClearedStore(t *testing.T) {
	s := beginWith(t, Anchor{Root: rootNote(nil, root1), MinFeed: 10})
	refusedFeed(t, s, feedNote(members{"version": 9}, feed1), ErrRollback)
	acceptFeed(t, s, feedNote(nil, feed1))

	s = beginWith(t, Anchor{Root: rootNote(members{"min_feed": 10}, root1)})
	refusedFeed(t, s, feedNote(members{"version": 9}, feed1), ErrRollback)
	acceptFeed(t, s, feedNote(nil, feed1))

	require.NoError(t, s.AcceptRoot(rootNote(members{"version": 2, "min_feed": 11}, root1)))
	_, known := s.Feed()
	require.False(t, known, "the publisher took the feed back")
	refusedFeed(t, again(t, Anchor{Root: rootNote(nil, root1)}, s), feedNote(nil, feed1), ErrRollback)
}

func TestNeedRoots(t *testing.T) {
	require.Equal(t, []string{"root/current.note"}, NeedRoots{}.Paths())
	require.Equal(t, []string{"root/3.note"}, NeedRoots{3, 3}.Paths())
	require.Equal(t, []string{"root/3.note", "root/4.note"}, NeedRoots{3, 4}.Paths())
	many := NeedRoots{1, 40}.Paths()
	require.Len(t, many, 16)
	require.Equal(t, []string{"root/8.note", "root/33.note"}, many[7:9], "of too many the first and the last")
	require.Equal(t, "root/40.note", many[15])
	require.Len(t, NeedRoots{1, 16}.Paths(), 16)
	require.EqualError(t, NeedRoots{}, "no root is known yet")
	require.EqualError(t, NeedRoots{3, 4}, "roots 3 to 4 are not known yet")
	require.Equal(t, "a/2026/08/river.json", AliasPath("2026/08/river"))
	require.Equal(t, "b/"+strings.Repeat("00", 32), BlobPath(Blob{}, ""))
}

// needs holds that a note is refused for want of these roots and leaves nothing behind.
func needs(t *testing.T, s *State, from, to int64, err error) {
	t.Helper()
	var need NeedRoots
	require.True(t, errors.As(err, &need), "%v", err)
	require.Equal(t, NeedRoots{from, to}, need)
}

func TestAKeyAloneLeadsToTheRoot(t *testing.T) {
	s := beginWith(t, Anchor{Key: root1.key()})
	_, err := s.AcceptFeed(feedNote(nil, feed1), now)
	needs(t, s, 0, 0, err)
	refusedRoot(t, s, rootNote(nil, stranger), ErrBadSignature)
	refusedRoot(t, s, rootNote(members{"root_keys": []string{root2.String()}}, root1), ErrBadSignature)
	require.NoError(t, s.AcceptRoot(rootNote(members{"version": 40}, root1)))
	acceptFeed(t, s, feedNote(members{"root": 40}, feed1))
}

func TestAKeyThatWasReplacedLeadsToTheRoot(t *testing.T) {
	s := beginWith(t, Anchor{Key: root1.key()})
	now2 := members{"root_keys": []string{root2.String()}}
	web := web{
		"root/30.note":      rootNote(now2.with(members{"version": 30}), root1, root2),
		"root/31.note":      rootNote(now2.with(members{"version": 31}), root2),
		"root/32.note":      rootNote(now2.with(members{"version": 32}), root2),
		"root/current.note": rootNote(now2.with(members{"version": 32}), root2),
	}
	needs(t, s, 1, 31, s.AcceptRoot(web["root/current.note"]))
	f, err := web.read(s, feedNote(members{"root": 32}, feed1))
	require.NoError(t, err)
	require.Equal(t, int64(32), f.Root)
}

// web is what a mirror delivers by path.
type web map[string][]byte

// read does what NeedRoots asks for, as a reader does.
func (w web) read(s *State, note []byte) (f Feed, err error) {
	err = w.accept(s, func() error { f, err = s.AcceptFeed(note, now); return err })
	return f, err
}

func (w web) accept(s *State, try func() error) error {
	for {
		before, _ := s.Root()
		err := try()
		var need NeedRoots
		if errors.As(err, &need) {
			w.walk(s, need)
		}
		if after, _ := s.Root(); err == nil || after.Version == before.Version {
			return err
		}
	}
}

func (w web) walk(s *State, need NeedRoots) {
	for _, path := range need.Paths() {
		take := func() error { return s.AcceptRoot(w[path]) }
		if path == CurrentRoot {
			_ = w.accept(s, take)
		} else {
			_ = take()
		}
	}
}
