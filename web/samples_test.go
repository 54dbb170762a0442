package web_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// The element shows every WordPress post among the sample documents, and refuses the two lists with words.
func TestTheElementShowsRealWordPressDocuments(t *testing.T) {
	t.Parallel()
	const folder = "../../shared/samples/wordpress"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the folder of sample documents is not here: ", err)
	}
	files, err := filepath.Glob(folder + "/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	lists := map[string]bool{"golkar_categories.json": true, "golkar_media.json": true}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			require.NoError(t, err)
			p := openTab(t)
			address := serveRaw(t, 200, string(body))
			p.open(serveSite(t, strictCSP(address), embedRaw(address)).URL)
			if lists[filepath.Base(file)] {
				p.waitState("refused")
				requireSaid(t, p)
				return
			}
			p.waitState("ready")
			require.Greater(t, eval[int](p, inside("h2")+`.textContent.length`), 10)
			require.Greater(t, eval[int](p, inside("article")+`.textContent.length`), 100)
		})
	}
}
