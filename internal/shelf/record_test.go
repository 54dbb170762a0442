package shelf

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func full() Record {
	r := Record{
		Entry: Entry{Key: "https://news.example/a", Title: "The river", Language: "fa-AF", Parts: []string{"sha256-1", "", "sha256-2"}, Saved: true,
			Stored: time.UnixMilli(1_790_000_000_123).UTC(), Read: time.UnixMilli(-1).UTC()},
		Body: []byte("text"), Evidence: []byte("note"),
	}
	r.seal()
	return r
}

func TestARecordComesBackAsItWas(t *testing.T) {
	bare := Record{Entry: Entry{Part: true, Stored: time.Time{}, Read: time.Time{}}}
	bare.seal()
	for name, want := range map[string]Record{"full": full(), "bare": bare} {
		got, whole := recordOf(want.item())
		require.True(t, whole, name)
		require.Equal(t, want.Entry, got.Entry, name)
		require.Equal(t, string(want.Body), string(got.Body), name)
		require.Equal(t, string(want.Evidence), string(got.Evidence), name)
		require.EqualValues(t, len(want.Key)+len(want.head())+len(want.Body)+len(want.Evidence), got.Size)
	}
}

func TestABodyIsNotTakenForItsEvidenceNorForThatOfAnotherKey(t *testing.T) {
	r := full()
	for name, other := range map[string]Record{
		"another border": {Entry: r.Entry, Body: []byte("textn"), Evidence: []byte("ote")},
		"another key":    {Entry: Entry{Key: "https://news.example/b"}, Body: r.Body, Evidence: r.Evidence},
		"a bit":          {Entry: r.Entry, Body: []byte("texu"), Evidence: r.Evidence},
	} {
		other.seal()
		require.NotEqual(t, r.Hash, other.Hash, name)
	}
}

func TestAHeadThatIsCutIsSpoiltOrLosesWholeParts(t *testing.T) {
	r := full()
	head, spoilt := r.head(), 0
	for n := range head {
		e := entryOf(Item{Key: "a", Head: head[:n]})
		if !e.whole() {
			require.Equal(t, &Entry{Key: "a"}, e)
			spoilt++
			continue
		}
		require.Less(t, len(e.Parts), len(r.Parts))
		require.Equal(t, r.Title, e.Title)
	}
	require.Equal(t, len(head)-len(r.Parts), spoilt, "cuts between parts, of which one is empty")
}

// FuzzHead checks that a head is spoilt, or says the same when it is written again.
func FuzzHead(f *testing.F) {
	r := full()
	f.Add(r.head())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, head []byte) {
		e := entryOf(Item{Key: "a", Head: head})
		if !e.whole() {
			require.Equal(t, &Entry{Key: "a"}, e)
			return
		}
		again := entryOf(Item{Key: "a", Head: e.head()})
		e.Size, again.Size = 0, 0 // a number may be written longer than it must be
		require.Equal(t, e, again)
	})
}
