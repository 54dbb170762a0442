package main

import (
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/trust"
)

func TestKeygenPrintsThePinAndNoSecret(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "keys")
	code, out, errs := do(t, "", "keygen", "-o", folder, "-site", "news.example")
	require.Equal(t, ok, code, errs)
	pin := regexp.MustCompile(`key="([^"]*)"`).FindStringSubmatch(out)
	require.Len(t, pin, 2)
	key, err := trust.ParseKey(pin[1])
	require.NoError(t, err)
	require.Equal(t, "news.example/root1", key.Name())
	require.NotContains(t, out, "PRIVATE")
	require.Contains(t, out, "byway publish -new -o SITE -key "+folder+" ARTICLES\n", "flags behind the folder would not count")
	require.FileExists(t, filepath.Join(folder, "root1.key"))

	code, out, errs = do(t, "", "keygen", "-o", folder, "-site", "news.example")
	require.Equal(t, failed, code)
	require.Empty(t, out)
	require.Contains(t, errs, "choose another folder")

	code, _, errs = do(t, "", "keygen")
	require.Equal(t, usage, code)
	require.Contains(t, errs, "-site news.example")
}
