package decode_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/weburl"
)

// requireBounded counts what an article holds and looks at its addresses.
func requireBounded(t *testing.T, a article.Article, size int) {
	t.Helper()
	data := a.JSON("")
	require.LessOrEqual(t, len(data), 20_000+200*size)
	var root any
	require.NoError(t, json.Unmarshal(data, &root))
	w := &walked{t: t}
	w.value(root, "", 0)
	require.LessOrEqual(t, w.blocks, article.MaxBlocks)
	require.LessOrEqual(t, w.pictures, 2*article.MaxImages) // a portrait may have a picture more
	require.LessOrEqual(t, w.depth, article.MaxDepth)
}

type walked struct {
	t                       *testing.T
	blocks, pictures, depth int
}

func (w *walked) value(v any, name string, depth int) {
	w.depth = max(w.depth, depth)
	switch v := v.(type) {
	case object:
		if kind, _ := v["type"].(string); kind != "" && v["name"] == nil && v["sameAs"] == nil {
			w.blocks++
		}
		if v["renditions"] != nil || name == "image" {
			w.pictures++
		}
		for name, m := range v {
			w.value(m, name, depth+1)
		}
	case []any:
		for _, item := range v {
			w.value(item, name, depth+1)
		}
	case string:
		if strings.Contains(" url embedUrl license sameAs ", " "+name+" ") {
			requireAddress(w.t, v, "https http mailto tel ipfs ipns magnet tg")
		}
	}
}

func requireAddress(t *testing.T, address, schemes string) {
	t.Helper()
	u, err := weburl.Parse(address)
	require.NoError(t, err, address)
	require.Contains(t, strings.Fields(schemes), u.Scheme, address)
}

// requireHarmless reads what is shown as a browser does, and finds nothing that runs, loads a page or leads to one that
// does.
func requireHarmless(t *testing.T, shown string) {
	t.Helper()
	const never = " script style iframe frame object embed applet svg math base link meta form template noscript xmp plaintext "
	z := html.NewTokenizer(strings.NewReader(shown))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			require.NotContains(t, never, " "+token.Data+" ")
			for _, a := range token.Attr {
				require.False(t, strings.HasPrefix(a.Key, "on") || strings.Contains(" style srcdoc action formaction ping ", " "+a.Key+" "), a.Key)
				switch a.Key {
				case "href":
					requireAddress(t, a.Val, "https http mailto tel ipfs ipns magnet tg")
				case "src":
					requireAddress(t, a.Val, "https http")
				case "srcset", "data-pictures":
					for _, candidate := range strings.Split(a.Val, ", ") {
						requireAddress(t, strings.Fields(candidate)[0], "https http")
					}
				}
			}
		}
	}
}

func TestWhatIsShownOfEveryFormatIsHarmless(t *testing.T) {
	files, err := filepath.Glob("testdata/corpus/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		data := file(t, name)
		if a, _, err := decode.Decode(data, decode.Options{}); err == nil {
			requireBounded(t, a, len(data))
			requireHarmless(t, rendered(t, a))
		}
	}
}
