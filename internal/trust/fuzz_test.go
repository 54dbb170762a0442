package trust

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever the right keys sign: what is refused leaves nothing behind, and what is accepted is what encoding/json reads
// of it, and is accepted again from the store.
func FuzzAcceptWhatIsSigned(f *testing.F) {
	second := usualRoot.with(members{"version": 2})
	f.Add(usualFeed.text(feedKind))
	f.Add(usualFeed.with(members{"items": []members{}, "shards": []members{shardOf("a", "{}")}}).text(feedKind))
	f.Add(second.text(rootKind))
	f.Add(second.with(members{"epoch": 2, "min_feed": 4, "mirrors": nil}).text(rootKind))
	f.Add(strings.Replace(usualFeed.text(feedKind), "river", `\ud800\u00E4`, 1)) // half a letter
	f.Add(strings.Replace(usualFeed.text(feedKind), ",", ` , "é":[[{"p":-1.5e+3}]],`, 1))
	anchor := Anchor{Root: rootNote(nil, root1)}
	f.Fuzz(func(t *testing.T, text string) {
		s := beginWith(t, anchor)
		before := s.Bytes()
		note := sign(text, root1, feed1)
		feed, err := s.AcceptFeed(note, now)
		if err != nil {
			require.Zero(t, feed)
			err = s.AcceptRoot(note)
		}
		if err != nil {
			require.Equal(t, before, s.Bytes())
			return
		}
		back := again(t, anchor, s)
		require.Equal(t, s.root, back.root)
		require.Equal(t, s.feed, back.feed)
		require.Equal(t, s.Bytes(), back.Bytes())
		if s.feed.Root > 0 || s.root.Version == 2 {
			asEncodingJSON(t, s, text)
		}
	})
}

// asEncodingJSON holds what was accepted last against the standard library's reading of the text.
func asEncodingJSON(t *testing.T, s *State, text string) {
	kind, line, _ := strings.Cut(text, "\n")
	var all map[string]any
	d := json.NewDecoder(strings.NewReader(line))
	d.UseNumber()
	require.NoError(t, d.Decode(&all))
	version, epoch := s.feed.Version, s.feed.Epoch
	if kind == rootKind {
		version, epoch = s.root.Version, s.root.Epoch
	}
	require.Equal(t, json.Number(strconv.FormatInt(version, 10)), all["version"])
	require.Equal(t, json.Number(strconv.FormatInt(epoch, 10)), all["epoch"])
	if kind == rootKind {
		require.Len(t, all["root_keys"], len(s.root.RootKeys))
		return
	}
	items := all["items"].([]any)
	require.Len(t, items, len(s.feed.Items))
	for i, item := range s.feed.Items {
		require.Equal(t, items[i].(map[string]any)["p"], item.Path)
	}
}
