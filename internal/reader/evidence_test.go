package reader_test

import (
	"testing"

	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

func TestWhatAPagePinsCountsForWhatIsKept(t *testing.T) {
	home := reader.Config{Src: "https://news.example/a/ferry.json", Key: "ours", Root: "note", MinFeed: "7"}
	for name, c := range map[string]struct {
		kept  reader.Config
		key   string
		known bool
	}{
		"of the same publisher":                     {reader.Config{Src: "https://news.example/a/lake.json", Key: "theirs", Root: "x"}, "ours", true},
		"of the same publisher, not signed":         {reader.Config{Src: "https://news.example/a/lake.json"}, "ours", true},
		"by the same key, from elsewhere":           {reader.Config{Src: "https://m.example.net/a/lake.json", Key: "ours"}, "ours", true},
		"of another publisher":                      {reader.Config{Src: "https://other.example/a/lake.json", Key: "theirs"}, "theirs", false},
		"of another publisher, by a root":           {reader.Config{Src: "https://other.example/a/lake.json", Root: "theirs"}, "", false},
		"of another publisher, not signed":          {reader.Config{Src: "https://other.example/a/lake.json"}, "", true},
		"of another publisher of the same host":     {reader.Config{Src: "https://news.example/x/a/lake.json", Base: "https://news.example/x/", Key: "theirs"}, "theirs", false},
		"of the same publisher, with its base said": {reader.Config{Src: "https://news.example/a/lake.json", Base: "https://news.example/", Key: "theirs"}, "ours", true},
	} {
		t.Run(name, func(t *testing.T) {
			on, known := c.kept.On(home)
			require.Equal(t, c.key, on.Key)
			require.Equal(t, c.known, known)
			require.Equal(t, c.kept.Src, on.Src)
			if on.Key == "ours" {
				require.Equal(t, "note", on.Root)
				require.Equal(t, "7", on.MinFeed)
			}
		})
	}
}
