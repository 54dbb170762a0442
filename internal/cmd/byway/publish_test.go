package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPublishWritesASite(t *testing.T) {
	folder := t.TempDir()
	keys, site := filepath.Join(folder, "keys"), filepath.Join(folder, "site")
	code, _, errs := do(t, "", "keygen", "-o", keys, "-site", "news.example")
	require.Equal(t, ok, code, errs)
	source := filepath.Dir(write(t, "ferry.json", native))
	args := []string{"publish", "-o", site, "-key", keys, "-mirror", "https://m1.example.net/", "-dist", ""}

	code, out, errs := do(t, "", append(args, source)...)
	require.Equal(t, failed, code)
	require.Equal(t, "byway publish: "+site+" has no root: for a new site say -new; if it was published before, copy root/ and feed.note "+
		"back from one of your addresses first, or readers who know the old root will refuse it\n", errs)
	require.Empty(t, out)

	code, out, errs = do(t, "", append(args, "-new", "-dry-run", source)...)
	require.Equal(t, ok, code, errs)
	require.Contains(t, out, "write  a/ferry.json\n")
	require.Regexp(t, `1 articles in .*: \d+ files would be written`, out)
	require.NoDirExists(t, site)

	code, out, errs = do(t, "", append(args, "-new", source)...)
	require.Equal(t, ok, code, errs)
	require.Empty(t, errs, "this is no terminal")
	require.Contains(t, out, `key="news.example/root1+`)
	html, err := os.ReadFile(filepath.Join(site, "ferry.html"))
	require.NoError(t, err)
	require.Contains(t, string(html), "It sails at nine.")

	code, out, _ = do(t, "", append(args, source)...)
	require.Equal(t, ok, code)
	require.Contains(t, out, ": 0 files written, 0 removed. Root 1, feed ")

	// The root key stays in its drawer when nothing changes that it is for.
	code, _, errs = do(t, "", "publish", "-o", site, "-key", filepath.Join(keys, "feed1.key"), "-dist", "", source)
	require.Equal(t, ok, code, errs)

	code, _, errs = do(t, "", append(args, filepath.Dir(write(t, "lake.json", native)))...)
	require.Equal(t, ok, code)
	require.Equal(t, "ferry: no longer published, since it is not in your folder\n", errs)

	code, _, errs = do(t, "", "publish", source, "-dry-run")
	require.Equal(t, usage, code)
	require.Equal(t, "byway publish: -dry-run comes too late: put what begins with \"-\" before the rest\n", errs)
}

// The article that the README shows is whole, so that it can be begun with.
func TestTheArticleOfTheReadme(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
	require.NoError(t, err)
	_, after, found := strings.Cut(string(readme), "```json\n")
	require.True(t, found)
	example, _, _ := strings.Cut(after, "```")
	code, out, errs := do(t, example, "convert", "-base", "https://news.example/a/river.json", "-")
	require.Equal(t, ok, code, errs)
	require.Empty(t, errs)
	require.Contains(t, out, "eleven boats")
}

func TestPublishSaysWhatIsMissing(t *testing.T) {
	folder := t.TempDir()
	keys := filepath.Join(folder, "keys")
	code, _, errs := do(t, "", "keygen", "-o", keys, "-site", "news.example")
	require.Equal(t, ok, code, errs)
	good := filepath.Dir(write(t, "ferry.json", native))
	bad := filepath.Dir(write(t, "block.json", "<html>"))
	leaky := filepath.Dir(write(t, "ferry.json", native))
	require.NoError(t, os.CopyFS(leaky+"/keys", os.DirFS(keys)))
	for _, c := range []struct {
		name string
		args []string
		code int
		err  string
	}{
		{"no keys are named", []string{"-o", folder + "/site", good}, usage, "-key"},
		{"no site is named", []string{"-key", keys, good}, usage, "-o"},
		{"no folder is named", []string{"-key", keys, "-o", folder + "/site"}, usage, "1 wanted"},
		{"there are no keys", []string{"-key", folder + "/nowhere", "-o", folder + "/site", good}, failed, "byway keygen"},
		{"there are no articles", []string{"-key", keys, "-o", folder + "/site", "-dist", "", t.TempDir()}, failed, "give the folder of your articles"},
		{"there is no element", []string{"-key", keys, "-o", folder + "/site", "-dist", folder, good}, failed, "make build"},
		{"the keys lie in the articles", []string{"-key", leaky + "/keys", "-o", folder + "/site", "-dist", "", leaky}, failed, "feed1.key: a private key, or named as one"},
		{"an article is none", []string{"-key", keys, "-o", folder + "/site", "-dist", "", bad}, failed, "byway publish: block.json: "},
		{"an address is none", []string{"-key", keys, "-o", folder + "/site", "-dist", "", "-mirror", "http://m1.example.net/", good}, failed, "is not https"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := do(t, "", append([]string{"publish", "-new"}, c.args...)...)
			require.Equal(t, c.code, code, errs)
			require.Empty(t, out)
			require.Contains(t, errs, c.err)
			require.NoFileExists(t, folder+"/site/feed.note")
		})
	}
}
