package publish

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKeysAreForTheirOwnerAlone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "keys")
	root, feed, err := GenerateKeys(folder, "news.example")
	require.NoError(t, err)
	require.Equal(t, "news.example/root1", root.Name())
	for _, name := range []string{"root1.key", "feed1.key"} {
		info, err := os.Stat(filepath.Join(folder, name))
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode())
	}
	read, err := ReadKeys(folder)
	require.NoError(t, err)
	require.Equal(t, []Signer{feed, root}, read)
	read, err = ReadKeys(filepath.Join(folder, "root1.key"))
	require.NoError(t, err)
	require.Equal(t, []Signer{root}, read)
}

func TestNoKeyIsOverwritten(t *testing.T) {
	for _, present := range []string{"root1.key", "feed1.key"} {
		folder := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(folder, present), []byte("mine"), 0o600))
		_, _, err := GenerateKeys(folder, "news.example")
		require.ErrorContains(t, err, present+": there is a key already")
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		require.Len(t, entries, 1, "half of a pair must not stay")
		data, err := os.ReadFile(filepath.Join(folder, present))
		require.NoError(t, err)
		require.Equal(t, "mine", string(data))
	}
}

func TestKeysThatCannotBeMadeOrRead(t *testing.T) {
	for _, site := range []string{"", "News.example", "https://news.example", "news.example/x", "a+b", "user@news.example"} {
		folder := filepath.Join(t.TempDir(), "keys")
		_, _, err := GenerateKeys(folder, site)
		require.ErrorContains(t, err, "write it as in news.example", site)
		require.NoDirExists(t, folder)
	}
	empty := t.TempDir()
	_, err := ReadKeys(empty)
	require.ErrorContains(t, err, "byway keygen")
	_, err = ReadKeys(filepath.Join(empty, "nowhere"))
	require.ErrorContains(t, err, "byway keygen")
	require.NoError(t, os.WriteFile(filepath.Join(empty, "x.key"), []byte("no key"), 0o600))
	_, err = ReadKeys(empty)
	require.ErrorContains(t, err, "x.key: not a private key")
}
