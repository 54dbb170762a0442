package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRotateSaysWhatIsLeftToDo(t *testing.T) {
	site, keys, source := published(t)
	code, out, errs := do(t, "", "rotate", "-o", site, "-key", keys, "-dry-run", "feed")
	require.Equal(t, ok, code, errs)
	require.Contains(t, out, "write  "+filepath.Join(keys, "feed2.key")+"\n")
	require.NoFileExists(t, filepath.Join(keys, "feed2.key"))

	code, out, errs = do(t, "", "rotate", "-o", site, "-key", filepath.Join(keys, "root1.key"), "feed")
	require.Equal(t, ok, code, errs)
	require.Contains(t, out, filepath.Join(keys, "feed2.key")+" takes the place of news.example/feed1.\n")
	require.Contains(t, out, "Destroy all files of news.example/feed1.")
	require.NoError(t, os.Remove(filepath.Join(keys, "feed1.key")))

	other := filepath.Join(t.TempDir(), "stick")
	code, out, errs = do(t, "", "rotate", "-o", site, "-key", keys, "-new", other, "root")
	require.Equal(t, ok, code, errs)
	require.Regexp(t, `key="news.example/root2\+`, out)
	require.FileExists(t, filepath.Join(other, "root2.key"))
	code, out, errs = do(t, "", "publish", "-o", site, "-key", keys, "-dist", "", source)
	require.Equal(t, ok, code, errs)
	require.Contains(t, out, "Root 3, feed ")

	for _, args := range [][]string{{"-key", keys, "feed"}, {"-o", site, "feed"}, {"-o", site, "-key", keys, "house"}, {"-o", site, "-key", keys}} {
		code, _, errs = do(t, "", append([]string{"rotate"}, args...)...)
		require.Equal(t, usage, code, errs)
	}
	code, _, errs = do(t, "", "rotate", "-o", site, "-key", keys, "root")
	require.Equal(t, failed, code)
	require.Equal(t, "byway rotate: the root has to change, and the key for that is not here: give the root key, too\n", errs)
}
