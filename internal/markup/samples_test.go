package markup

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

type samplePost struct {
	ID      int
	Link    string
	Content struct{ Rendered string }
}

// samplePosts reads the WordPress posts beside the repository. They are not part of it.
func samplePosts(t *testing.T) map[string]samplePost {
	dir := filepath.Join("..", "..", "..", "shared", "samples", "wordpress")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no samples beside the repository: %v", err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	require.NoError(t, err)
	posts := map[string]samplePost{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		var list []samplePost
		if json.Unmarshal(data, &list) != nil {
			list = make([]samplePost, 1)
			if json.Unmarshal(data, &list[0]) != nil {
				continue
			}
		}
		for _, p := range list {
			if p.Content.Rendered != "" {
				posts[filepath.Base(file)+"/"+p.Link] = p
			}
		}
	}
	require.NotEmpty(t, posts, "the folder is there and holds no post")
	return posts
}
