package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWithdrawTakesAnArticleBack(t *testing.T) {
	site, keys, source := published(t)
	args := []string{"withdraw", "-o", site, "-key", filepath.Join(keys, "feed1.key")}
	code, out, errs := do(t, "", append(args, "-dry-run", "ferry")...)
	require.Equal(t, ok, code, errs)
	require.Contains(t, out, "remove a/ferry.json\n")
	require.FileExists(t, filepath.Join(site, "a/ferry.json"))

	code, out, errs = do(t, "", append(args, "-reason", "There is no goat.", "ferry")...)
	require.Equal(t, ok, code, errs)
	require.Empty(t, errs)
	require.Contains(t, out, "0 articles left in ")
	require.NoFileExists(t, filepath.Join(site, "a/ferry.json"))
	note, err := os.ReadFile(filepath.Join(site, "feed.note"))
	require.NoError(t, err)
	require.Contains(t, string(note), "There is no goat.")

	code, _, errs = do(t, "", append(args, "ferry")...)
	require.Equal(t, ok, code)
	require.Contains(t, errs, "ferry was withdrawn already, on ")
	code, _, errs = do(t, "", "publish", "-o", site, "-key", keys, "-dist", "", source)
	require.Equal(t, ok, code)
	require.Contains(t, errs, `ferry.json: withdrawn on `)

	code, out, errs = do(t, "", append(args, "-undo", "ferry")...)
	require.Equal(t, ok, code, errs)
	require.Contains(t, out, "Publish again")
	code, _, errs = do(t, "", append(args, "rover")...)
	require.Equal(t, failed, code)
	require.Contains(t, errs, `there is no article "rover", nor any other`)
	code, _, errs = do(t, "", "withdraw", "ferry")
	require.Equal(t, usage, code)
	require.Contains(t, errs, "-o and your keys with -key")
}
