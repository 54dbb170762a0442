package main

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/blockade"
)

// servedSite is a site on a server of its own, and the pin of its keys.
func servedSite(t *testing.T) (server *blockade.Server, pin string) {
	folder := t.TempDir()
	keys, site := filepath.Join(folder, "keys"), filepath.Join(folder, "site")
	server, err := blockade.Start("127.0.0.1:0", http.FileServer(http.Dir(site)))
	require.NoError(t, err)
	t.Cleanup(func() { server.Close() })
	code, _, errs := do(t, "", "keygen", "-o", keys, "-site", "news.example")
	require.Equal(t, ok, code, errs)
	source := filepath.Dir(write(t, "ferry.json", native))
	code, out, errs := do(t, "", "publish", "-new", "-o", site, "-key", keys, "-dist", "", "-base", server.URL()+"/", source)
	require.Equal(t, ok, code, errs)
	found := regexp.MustCompile(`key="([^"]*)"`).FindStringSubmatch(out)
	require.Len(t, found, 2)
	return server, found[1]
}

func TestCheckSaysWhatIsWrongAndExitsSo(t *testing.T) {
	server, pin := servedSite(t)
	code, out, errs := do(t, "", "check", "-key", pin, server.URL())
	require.Equal(t, ok, code, out)
	require.Empty(t, errs)
	require.Contains(t, out, server.URL()+"/\n  reachable    ok ")
	require.Contains(t, out, "  articles     ok       all 1\n")
	require.Contains(t, out, "  caching warn: ")
	require.NotContains(t, out, "Not pinned")

	require.NoError(t, server.SetFaultFor("feed.note", blockade.Altered))
	code, out, _ = do(t, "", "check", server.URL())
	require.Equal(t, failed, code)
	require.Contains(t, out, "  feed         BROKEN   see below\n")
	require.Contains(t, out, "\n  feed BROKEN: feed.note: ")
	require.Contains(t, out, "Not pinned")
}

func TestCheckWritesJSON(t *testing.T) {
	server, pin := servedSite(t)
	require.NoError(t, server.SetFaultFor("feed.note", blockade.NotFound))
	code, out, errs := do(t, "", "check", "-json", "-only", "-all", "-key", pin, server.URL())
	require.Equal(t, failed, code, errs)
	var r struct {
		Addresses []struct {
			Base   string
			Checks []map[string]string
		}
		Newest              map[string]int
		Pinned, Stopped, OK *bool
	}
	require.NoError(t, json.Unmarshal([]byte(out), &r))
	require.Len(t, r.Addresses, 1)
	require.Equal(t, server.URL()+"/", r.Addresses[0].Base)
	require.Contains(t, r.Addresses[0].Checks, map[string]string{"name": "feed", "state": "broken", "detail": "feed.note: not there",
		"advice": "Copy the site there again: everything else first, feed.note last."})
	require.Contains(t, r.Addresses[0].Checks, map[string]string{"name": "redirects", "state": "ok", "detail": "2 files"})
	require.Equal(t, map[string]int{"root": 1, "feed": 0}, r.Newest)
	require.Equal(t, []bool{true, false, false}, []bool{*r.Pinned, *r.Stopped, *r.OK})
}

func TestCheckIsUsedWrongly(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		code int
		err  string
	}{
		{"no address", nil, usage, "which address?"},
		{"an address that is none", []string{"news.example"}, usage, "byway check: \"news.example\": "},
		{"a flag behind the address", []string{"https://news.example/", "-json"}, usage, "behind the flags"},
		{"a pin that is none", []string{"-key", "x", "https://news.example/"}, usage, "copy all of it"},
		{"no time", []string{"-timeout", "0s", "https://news.example/"}, usage, "more than 0"},
		{"no requests", []string{"-parallel", "0", "https://news.example/"}, usage, "more than 0"},
		{"a flag that is none", []string{"-loud", "https://news.example/"}, usage, "-loud"},
		{"help", []string{"-h"}, ok, "-timeout"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := do(t, "", append([]string{"check"}, c.args...)...)
			require.Equal(t, c.code, code)
			require.Empty(t, out)
			require.Contains(t, errs, c.err)
		})
	}
}
