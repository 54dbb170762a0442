package carry

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/publish"
	"byway/internal/trust"
)

func TestAFileOfAReaderWhoHasSeenMore(t *testing.T) {
	p := newPress(t)
	p.revise("river", "The river")
	first := p.save("river")
	old := p.seen(nil)

	open := func(t *testing.T, seen []byte) *Opened {
		o, err := Open(first, p.witness(seen))
		require.NoError(t, err)
		require.Equal(t, "The river", o.Decoded.Headline)
		require.Equal(t, PageCompared, o.Page)
		return o
	}
	require.False(t, open(t, old).Older)

	p.revise("tide", "The tide")
	o := open(t, p.seen(old))
	require.False(t, o.Older, "the newer feed names the same bytes")
	require.Equal(t, p.Now.Unix(), o.Signature.Issued.Unix())

	p.revise("river", "The river, again")
	newer := p.seen(old)
	o = open(t, newer)
	require.True(t, o.Older)
	require.NotEqual(t, p.Now.Unix(), o.Signature.Issued.Unix())

	w := p.witness(nil)
	w.Anchor.MinFeed = p.Now.Unix()
	o, err := Open(first, w)
	require.NoError(t, err)
	require.True(t, o.Older)

	p.withdraw("river", "We were deceived.")
	o = open(t, p.seen(newer))
	require.True(t, o.Older)
	require.Equal(t, trust.Withdrawn, o.Signature.Notice.Kind)
	require.Equal(t, "We were deceived.", o.Signature.Notice.Text)
}

func TestAFileIsAsGoodAsItsClock(t *testing.T) {
	p := newPress(t)
	data := p.save("bridge")
	w := p.witness(nil)
	w.Now = noon.Add(-48 * time.Hour)
	_, err := Open(data, w)
	require.ErrorIs(t, err, trust.ErrFuture)
	w.Now = noon.Add(365 * 24 * time.Hour)
	o, err := Open(data, w)
	require.NoError(t, err)
	require.True(t, o.Signature.Expired)
}

func TestKeysThatWereReplaced(t *testing.T) {
	p := newPress(t)
	before := p.save("bridge")
	seen := p.seen(nil)

	t.Run("a root key", func(t *testing.T) {
		p.rotate(publish.RootRole)
		after := p.save("bridge")
		_, err := Open(after, p.witness(nil))
		require.NoError(t, err)
		_, err = Open(before, p.witness(p.seen(seen)))
		require.NoError(t, err)
	})
	p.rotate(publish.FeedRole)
	known := p.seen(seen)
	t.Run("a feed key, and the newest feed names the article still", func(t *testing.T) {
		o, err := Open(before, p.witness(known))
		require.NoError(t, err)
		require.Equal(t, PageReplacedKey, o.Page)
		require.EqualValues(t, 3, o.Signature.Root)
		require.False(t, o.Older)
	})
	t.Run("a feed key, and the reader does not know", func(t *testing.T) {
		o, err := Open(before, p.witness(nil))
		require.NoError(t, err)
		require.Equal(t, PageCompared, o.Page)
	})
	t.Run("a feed key, and nothing else vouches for the article", func(t *testing.T) {
		p.revise("bridge", "The bridge")
		_, err := Open(before, p.witness(p.seen(known)))
		require.ErrorIs(t, err, trust.ErrRollback)
		require.ErrorContains(t, err, "read the article online")
	})
}

func TestWithoutAPinTheFileSpeaksForItself(t *testing.T) {
	p := newPress(t)
	o, err := Open(p.save("weir"), Witness{Now: p.Now})
	require.NoError(t, err)
	require.True(t, o.Claimed)
	require.Equal(t, p.pin, o.Pin)

	f := p.take("weir")
	f.Pin = ""
	data := written(t, f)
	o, err = Open(data, Witness{Now: p.Now})
	require.NoError(t, err)
	require.True(t, o.Claimed)
	o, err = Open(data, p.witness(nil))
	require.NoError(t, err)
	require.False(t, o.Claimed)
}

// The feed names articles of long ago only through a list.
func TestAnOlderArticleBringsItsList(t *testing.T) {
	p := newPress(t)
	for i := range 101 {
		p.write("n/"+strings.Repeat("x", i+1)+".json", []byte(`{"version":"byway-article/1","id":"x","headline":"X","datePublished":"2026-08-22T10:00:00Z","body":[]}`))
	}
	p.run()
	f := p.take("weir")
	_, err := f.Write()
	require.ErrorIs(t, err, ErrAltered)
	s, err := trust.Start(p.anchor(), f.Evidence)
	require.NoError(t, err)
	feed, _ := s.Feed()
	shard, found := feed.Shard("weir")
	require.True(t, found)
	f.List = p.file(trust.BlobPath(shard.Blob, ""))
	data := written(t, f)
	o, err := Open(data, p.witness(nil))
	require.NoError(t, err)
	require.Equal(t, f.List, o.List)
}
