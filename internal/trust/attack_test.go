package trust

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The attacks of the threat model, as far as they are played with notes and bytes.

func TestTamperedBytes(t *testing.T) {
	f := acceptFeed(t, begin(t), feedNote(nil, feed1))
	item, _ := f.Items.Find("2026/08/river")
	require.NoError(t, item.Check([]byte(river)))
	for name, body := range map[string]string{
		"one letter":                   strings.Replace(river, "river", "rover", 1),
		"cut short":                    river[:len(river)-1],
		"a space more":                 river + " ",
		"nothing":                      "",
		"a block page":                 "<html>",
		"article A under the URL of B": tide,
	} {
		require.Error(t, item.Check([]byte(body)), name)
	}
	require.Error(t, Blob{}.Check(nil))
	item.Size++
	require.Error(t, item.Check([]byte(river)), "a size that was signed and is wrong")
}

func TestTamperedNotes(t *testing.T) {
	s := begin(t)
	good := string(feedNote(nil, feed1))
	text, lines, _ := strings.Cut(good, "\n\n")
	for name, note := range map[string]string{
		"another size":             strings.Replace(good, `"n":43`, `"n":44`, 1),
		"the signature is gone":    text + "\n",
		"and nothing for it":       text + "\n\n",
		"a stranger's for it":      string(feedNote(nil, stranger)),
		"a root key's for it":      string(feedNote(nil, root1)),
		"that of another document": strings.Replace(good, lines, feed1.line("other\n"), 1),
	} {
		require.NotEqual(t, good, note, name)
		_, err := s.AcceptFeed([]byte(note), now)
		require.Error(t, err, name)
		_, known := s.Feed()
		require.False(t, known, name)
	}
	refusedFeed(t, s, feedNote(nil, stranger), ErrBadSignature)
	refusedFeed(t, s, []byte(strings.Replace(good, `"version":10`, `"version":11`, 1)), ErrBadSignature)
}

// One document signed with the right key does not stand for another.
func TestOneDocumentForAnother(t *testing.T) {
	s := beginWith(t, Anchor{Root: rootNote(members{"feed_keys": []string{root1.String()}}, root1)})
	_, err := s.AcceptFeed(rootNote(nil, root1), now)
	require.ErrorContains(t, err, "its first line is not byway/v1/feed")
	require.ErrorContains(t, s.AcceptRoot(feedNote(nil, root1)), "its first line is not byway/v1/root")
	_, err = s.AcceptFeed(feedNote(members{"site": "other.example"}, root1), now)
	require.ErrorContains(t, err, `of "other.example", not of "publisher.example"`)
	require.ErrorContains(t, s.AcceptRoot(rootNote(members{"version": 2, "site": "other.example"}, root1)), `of "other.example"`)
}

func TestRollback(t *testing.T) {
	s := begin(t)
	acceptFeed(t, s, feedNote(nil, feed1))
	acceptFeed(t, s, feedNote(nil, feed1))
	refusedFeed(t, s, feedNote(members{"version": 9}, feed1), ErrRollback)
	acceptFeed(t, s, feedNote(members{"version": 12}, feed1))
	refusedFeed(t, s, feedNote(nil, feed1), ErrRollback)
	refusedFeed(t, s, feedNote(members{"version": 13, "epoch": 0}, feed1), ErrRollback)

	require.NoError(t, s.AcceptRoot(rotated()))
	require.NotContains(t, string(s.Bytes()), feedKind, "a feed of an earlier epoch need not be kept")
	require.NoError(t, s.AcceptRoot(rotated()))
	refusedRoot(t, s, rootNote(nil, root1), ErrRollback)
	refusedRoot(t, s, rootNote(members{"version": 3, "epoch": 1}, root1), ErrRollback)
}

// Two contents under one version: whoever signed them shows different readers different news.
func TestEquivocation(t *testing.T) {
	s := begin(t)
	acceptFeed(t, s, feedNote(nil, feed1))
	other := feedNote(itemsOf(itemOf("2026/08/river", tide)), feed1)
	refusedFeed(t, s, other, ErrEquivocation)
	refusedFeed(t, again(t, Anchor{Root: rootNote(nil, root1)}, s), other, ErrEquivocation)
	refusedRoot(t, s, rootNote(mirrorsOf("https://evil.example/"), root1), ErrEquivocation)
	// More signatures under the same text are none.
	acceptFeed(t, s, feedNote(nil, stranger, feed1))
}

// Frozen news is shown, with its age.
func TestFreeze(t *testing.T) {
	s := begin(t)
	late := now.AddDate(2, 0, 0)
	f, err := s.AcceptFeed(feedNote(nil, feed1), late)
	require.NoError(t, err)
	require.True(t, f.Expired(late))
	require.False(t, f.Expired(now))
	r, _ := s.Root()
	require.True(t, r.Expired(late))
	require.False(t, r.Expired(now))
	require.NoError(t, s.AcceptRoot(rotated()), "an expired root may still name the one after it")
}

func TestNewsFromTheFuture(t *testing.T) {
	s := begin(t)
	issued := now.Add(24 * time.Hour)
	acceptFeed(t, s, feedNote(members{"issued": issued.Format(time.RFC3339)}, feed1))
	later := members{"version": 11, "issued": issued.Add(time.Second).Format(time.RFC3339)}
	refusedFeed(t, s, feedNote(later, feed1), ErrFuture)
	_, err := s.AcceptFeed(feedNote(later, feed1), now.Add(time.Second))
	require.NoError(t, err)
	// What was accepted stays so when the clock is set back.
	f, known := again(t, Anchor{Root: rootNote(nil, root1)}, s).Feed()
	require.True(t, known)
	require.Equal(t, int64(11), f.Version)
}

// The thief of a feed key signs a version that no honest feed ever reaches, and then root 2 takes the key away.
func TestFastForwardAfterTheft(t *testing.T) {
	s := begin(t)
	acceptFeed(t, s, feedNote(members{"version": 1<<53 - 1}, feed1))
	refusedFeed(t, s, feedNote(members{"version": 11}, feed1), ErrRollback)

	honest := feedNote(members{"version": 11, "epoch": 2, "root": 2}, feed2)
	_, err := s.AcceptFeed(honest, now)
	needs(t, s, 2, 2, err)
	f, err := web{"root/2.note": rotated()}.read(s, honest)
	require.NoError(t, err)
	require.Equal(t, int64(11), f.Version)

	s = again(t, Anchor{Root: rootNote(nil, root1)}, s)
	refusedFeed(t, s, feedNote(members{"version": 12}, feed1), ErrRollback)
	refusedFeed(t, s, feedNote(members{"version": 12, "epoch": 2, "root": 2}, feed1), ErrBadSignature)
	acceptFeed(t, s, feedNote(members{"version": 12, "epoch": 2, "root": 2}, feed2))
}

// A key that was taken away may come back, and then leads to the root that says so.
func TestAKeyComesBack(t *testing.T) {
	s := begin(t)
	require.NoError(t, s.AcceptRoot(rotated()))
	third := rootNote(members{"version": 3, "epoch": 2}, root1)
	f, err := web{"root/3.note": third}.read(s, feedNote(members{"epoch": 2, "root": 3}, feed1))
	require.NoError(t, err)
	require.Equal(t, []Key{feed1.key()}, f.By)
}

// The thief of a feed key cannot make the reader wait for roots that are not there, nor leave the epoch.
func TestWhatAFeedKeyCannotDo(t *testing.T) {
	s := begin(t)
	_, err := s.AcceptFeed(feedNote(members{"root": 1<<53 - 1}, feed1), now)
	needs(t, s, 2, 17, err)
	_, err = s.AcceptFeed(feedNote(members{"epoch": 2}, feed1), now)
	require.ErrorContains(t, err, "its epoch 2 is after that of root 1")
	refusedRoot(t, s, rootNote(members{"version": 2}, feed1), ErrBadSignature)
}

// Root keys are replaced by a root that the old and the new ones sign.
func TestRootKeysAreReplaced(t *testing.T) {
	next := members{"version": 2, "root_keys": []string{root2.String()}}
	for _, c := range []struct {
		name string
		by   []signer
		want error
	}{
		{"by both", []signer{root1, root2}, nil},
		{"in any order, with strangers", []signer{stranger, root2, root1}, nil},
		{"by the old one alone", []signer{root1}, ErrBadSignature},
		{"by the new one alone", []signer{root2}, ErrBadSignature},
		{"by a stranger", []signer{stranger}, ErrBadSignature},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := begin(t)
			if c.want != nil {
				refusedRoot(t, s, rootNote(next, c.by...), c.want)
				return
			}
			require.NoError(t, s.AcceptRoot(rootNote(next, c.by...)))
			refusedRoot(t, s, rootNote(members{"version": 3}, root1), ErrBadSignature)
			require.NoError(t, s.AcceptRoot(rootNote(next.with(members{"version": 3}), root2)))
		})
	}
}

// With a threshold of two, the thief of one root key can do nothing, and the other two take it away.
func TestTwoOfThreeRootKeys(t *testing.T) {
	three := members{"root_keys": []string{root1.String(), root2.String(), root3.String()}, "root_threshold": 2}
	anchor := Anchor{Root: rootNote(three, root1, root2)}
	evil := members{"version": 2, "root_keys": []string{root1.String()}, "feed_keys": []string{stranger.String()}}
	saved := members{"version": 2, "root_threshold": 2, "root_keys": []string{root2.String(), root3.String()}}
	for _, c := range []struct {
		name string
		note []byte
		want error
	}{
		{"the thief alone", rootNote(evil, root1), ErrBadSignature},
		{"the thief twice", rootNote(evil, root1, root1), ErrBadSignature},
		{"the thief and a key of that name", rootNote(evil, root1, newSigner("root2", 9)), ErrBadSignature},
		{"the thief with keys of the new root", rootNote(evil.with(members{"root_keys": []string{root1.String(), stranger.String()}, "root_threshold": 2}), root1, stranger), ErrBadSignature},
		{"one of the others alone", rootNote(saved, root3), ErrBadSignature},
		{"two, of whom one is no longer there", rootNote(saved, root1, root2), ErrBadSignature},
		{"the two others", rootNote(saved, root2, root3), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := beginWith(t, anchor)
			if c.want != nil {
				refusedRoot(t, s, c.note, c.want)
				return
			}
			require.NoError(t, s.AcceptRoot(c.note))
			refusedRoot(t, s, rootNote(members{"version": 3, "root_keys": []string{root1.String()}}, root1), ErrBadSignature)
		})
	}
}

func TestNoRootIsSkipped(t *testing.T) {
	s := begin(t)
	refusedRoot(t, s, rootNote(members{"version": 3}, root1), NeedRoots{2, 2})
	refusedRoot(t, s, rootNote(members{"version": 100}, root1), NeedRoots{2, 17})
	require.NoError(t, s.AcceptRoot(rootNote(members{"version": 2}, root1)))
	require.NoError(t, s.AcceptRoot(rootNote(members{"version": 3}, root1)))
}

// A feed by an unknown key claims a root that is not there, or that is no help.
func TestALyingHint(t *testing.T) {
	s := begin(t)
	lie := feedNote(members{"root": 5000}, stranger)
	_, err := s.AcceptFeed(lie, now)
	needs(t, s, 2, 17, err)
	_, err = web{}.read(s, lie)
	needs(t, s, 2, 17, err)
	_, err = web{"root/2.note": rootNote(members{"version": 2}, stranger)}.read(s, lie)
	needs(t, s, 2, 17, err)
	_, err = web{"root/2.note": rotated()}.read(s, feedNote(members{"root": 2, "epoch": 2}, stranger))
	require.ErrorIs(t, err, ErrBadSignature)
	for name, hint := range map[string]any{"none": nil, "text": "2", "too large": 1 << 60, "not later": 2} {
		_, err = s.AcceptFeed(feedNote(members{"root": hint}, stranger), now)
		require.ErrorIs(t, err, ErrBadSignature, name)
	}
}

// A mirror that was not brought up to date since a key was replaced has nothing false.
func TestALateMirrorIsNotCalledFalse(t *testing.T) {
	s := begin(t)
	old := feedNote(nil, feed1)
	acceptFeed(t, s, old)
	require.NoError(t, s.AcceptRoot(rotated()))
	refusedFeed(t, s, old, ErrRollback)
	refusedFeed(t, s, bytes.Replace(old, []byte("river"), []byte("rover"), 1), ErrBadSignature)
}

func TestAReaderFarBehindCatchesUp(t *testing.T) {
	s := begin(t)
	mirror := web{}
	for n := int64(2); n <= 40; n++ {
		mirror[RootPath(n)] = rootNote(members{"version": n}, root1)
	}
	feed := feedNote(members{"root": 40}, feed1)
	f, err := mirror.read(s, feed)
	require.NoError(t, err)
	require.Equal(t, int64(40), f.Root)

	delete(mirror, RootPath(20))
	_, err = mirror.read(begin(t), feed)
	needs(t, s, 20, 35, err)
}

func TestEndlessData(t *testing.T) {
	s := begin(t)
	pad := func(n int) members { return members{"x": strings.Repeat("x", n)} }
	fits := feedNote(pad(MaxFeed-len(feedNote(pad(0), feed1))), feed1)
	require.Len(t, fits, MaxFeed)
	acceptFeed(t, s, fits)
	_, err := s.AcceptFeed(feedNote(pad(MaxFeed), feed1), now)
	require.ErrorContains(t, err, "more than 262144 bytes")
	require.ErrorContains(t, s.AcceptRoot(rootNote(pad(MaxRoot), root1)), "more than 16384 bytes")
	require.ErrorContains(t, beginWith(t, Anchor{Key: root1.key()}).AcceptRoot(rootNote(pad(MaxRoot), root1)), "more than 16384 bytes")
}
