package shelf

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// shelved reads a shelf from a text, an entry a line, the one read longest ago first: its key, what it takes, the parts it
// names, and "saved".
func shelved(text string) (all []*Entry) {
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		e := &Entry{Key: words[0], Part: strings.HasPrefix(words[0], "p"), Hash: [32]byte{1}, Read: time.UnixMilli(int64(i))}
		_, _ = fmt.Sscan(words[1], &e.Size)
		for _, word := range words[2:] {
			switch word {
			case "saved":
				e.Saved = true
			case "spoilt":
				e = &Entry{Key: e.Key}
			default:
				e.Parts = append(e.Parts, word)
			}
		}
		all = append(all, e)
	}
	return all
}

func TestWhatGoesForRoom(t *testing.T) {
	for name, test := range map[string]struct {
		shelf string
		limit int64
		gone  string
		left  int64
	}{
		"nothing while there is room":                       {"a 10\nb 10", 20, "", 20},
		"what was read longest ago":                         {"a 10\nb 10\nc 10", 20, "a", 20},
		"no more than it takes":                             {"a 10\nb 10\nc 10", 11, "a b", 10},
		"not what is saved, however long ago":               {"a 10 saved\nb 10\nc 10", 20, "b", 20},
		"all but what is saved, and still too much":         {"a 10 saved\nb 10\nc 10 saved", 15, "b", 20},
		"its parts with an article":                         {"a 10 p1 p2\nb 10\np1 5\np2 5", 20, "a p1 p2", 10},
		"no part that another article names":                {"a 10 p1 p2\nb 10 p2\np1 5\np2 5", 20, "a p1", 15},
		"a part with the last that names it":                {"a 10 p1\nb 10 p1\nc 10\np1 5", 12, "a b p1", 10},
		"a part that nobody names, also when there is room": {"a 10\np1 5", 100, "p1", 10},
		"a part that an article names twice, once":          {"a 10 p1 p1\nb 10\np1 5", 12, "a p1", 10},
		"what is spoilt, also when there is room":           {"a 10\nb 10 spoilt", 100, "b", 10},
		"nothing for a part that is not there":              {"a 10 p1\nb 10", 100, "", 20},
		"everything that may go":                            {"a 10 p1\nb 10 p2 saved\np1 5\np2 5", 0, "a p1", 15},
		"nothing of nothing":                                {"", 0, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(shelved(test.shelf))
			r.count()
			r.shrink(test.limit)
			require.Equal(t, test.gone, strings.Join(r.gone, " "))
			require.Equal(t, test.left, r.left)
		})
	}
}

func TestAQuarterOfWhatMayGo(t *testing.T) {
	for name, test := range map[string]struct{ shelf, gone string }{
		"of four the oldest":         {"a 10\nb 10\nc 10\nd 10", "a"},
		"of one that one":            {"a 10", "a"},
		"of five two, a whole one":   {"a 10\nb 10\nc 10\nd 10\ne 10", "a b"},
		"what is saved is no part":   {"a 90 saved\nb 10\nc 10\nd 10\ne 10", "b"},
		"none where nothing may go":  {"a 10 saved p1\np1 50", ""},
		"what goes anyway is enough": {"a 10 saved\nb 10 spoilt\np1 50", "b p1"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, test.gone, strings.Join(relief(shelved(test.shelf)), " "))
		})
	}
}

// However a shelf is filled, what is over the limit is only what may not go.
func TestAShelfOfAThousandEntriesIsUnderItsLimit(t *testing.T) {
	var text strings.Builder
	for i := range 500 {
		fmt.Fprintf(&text, "a%d 100 p%d p%d %s\np%d 1000\n", i, i, i/2, []string{"", "saved"}[i%7/6], i)
	}
	all := shelved(text.String())
	for _, limit := range []int64{0, 50_000, 200_000, 1_000_000} {
		r := newRoom(all)
		r.count()
		r.shrink(limit)
		size, saved := int64(0), int64(0)
		for _, e := range all {
			if !slices.Contains(r.gone, e.Key) {
				size += e.Size
			}
			if e.Saved {
				require.NotContains(t, r.gone, e.Key)
				for _, part := range e.Parts {
					require.NotContains(t, r.gone, part)
				}
				saved += 2100
			}
		}
		require.Equal(t, size, r.left)
		require.LessOrEqual(t, r.left, max(limit, saved))
	}
}
