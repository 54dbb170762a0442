package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// published is a site with one article, ferry, and the folders of its keys and its articles.
func published(t *testing.T) (site, keys, source string) {
	t.Helper()
	folder := t.TempDir()
	site, keys = filepath.Join(folder, "site"), filepath.Join(folder, "keys")
	source = filepath.Dir(write(t, "ferry.json", native))
	dist := filepath.Dir(write(t, "byway.js", ""))
	code, _, errs := do(t, "", "keygen", "-o", keys, "-site", "news.example")
	require.Equal(t, ok, code, errs)
	code, _, errs = do(t, "", "publish", "-new", "-o", site, "-key", keys, "-mirror", "https://m1.example.net/", "-dist", dist, source)
	require.Equal(t, ok, code, errs)
	return site, keys, source
}

func TestEmbedWritesTheSnippetApartFromThePolicy(t *testing.T) {
	site, _, _ := published(t)
	code, out, errs := do(t, "", "embed", site, "a/ferry.json")
	require.Equal(t, ok, code, errs)
	require.True(t, strings.HasPrefix(out, `<script type="module" src="https://news.example/.byway/byway.js"></script>`), out)
	require.Contains(t, out, "It sails at nine.")
	require.NotContains(t, out, "Content-Security-Policy")
	require.Contains(t, errs, "\nContent-Security-Policy: default-src 'none'; script-src 'wasm-unsafe-eval' https://news.example; ")

	code, out, _ = do(t, "", "embed", "-fallback", "short", "-script", "/byway.js", site, "ferry")
	require.Equal(t, ok, code)
	require.Contains(t, out, `src="/byway.js"`)
	require.NotContains(t, out, "It sails at nine.")

	code, out, errs = do(t, "", "embed", site, "fery")
	require.Equal(t, failed, code)
	require.Empty(t, out)
	require.Equal(t, "byway embed: there is no article \"fery\": did you mean ferry?\n", errs)
	code, _, errs = do(t, "", "embed", "-fallback", "none", site, "ferry")
	require.Equal(t, usage, code)
	require.Contains(t, errs, "say full or short")
}
