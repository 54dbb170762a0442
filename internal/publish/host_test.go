package publish

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What may be cached for ever is what never changes, on every kind of host.
func TestHostsAreToldWhatLastsForEver(t *testing.T) {
	d := newDesk(t, usual())
	d.Element = t.TempDir()
	for _, name := range []string{"byway.js", "byway.0123456789abcdef.wasm", "byway.0123456789abcdef.wasm.br"} {
		require.NoError(t, os.WriteFile(filepath.Join(d.Element, name), []byte(name), 0o644))
	}
	d.run()
	var patterns []*regexp.Regexp
	for file, pattern := range map[string]string{".htaccess": `m#(.*)#">`, "Caddyfile": `path_regexp (.*)\n`} {
		found := regexp.MustCompile(pattern).FindStringSubmatch(d.file(file))
		require.NotNil(t, found, file)
		patterns = append(patterns, regexp.MustCompile(found[1]))
	}
	files := snapshot(t, d.Site)
	for name := range files {
		first, _, _ := strings.Cut(name, "/")
		want := first == "b" || strings.Contains(name, ".wasm") || name == "root/1.note"
		for _, p := range patterns {
			require.Equal(t, want, p.MatchString("/"+name), "%s: %s", name, p)
		}
		sent := headersFor(t, d.file("_headers"), name)
		require.Equal(t, want, sent["Cache-Control"] == forEver, name)
		require.Equal(t, "*", sent["Access-Control-Allow-Origin"], name)
		require.Equal(t, strings.HasSuffix(name, ".note"), sent["Content-Type"] != "", name)
	}
	d.rotate(RootRole)
	for _, name := range []string{".byway/byway.0123456789abcdef.wasm", "root/1.note", "root/2.note"} {
		require.Equal(t, forEver, headersFor(t, d.file("_headers"), name)["Cache-Control"], name)
	}
	require.Equal(t, askFirst, headersFor(t, d.file("_headers"), "feed.note")["Cache-Control"])
	require.Equal(t, askFirst, headersFor(t, d.file("_headers"), "a/posts/7.json")["Cache-Control"])
}

// headersFor are those that a host sends with a file by the rules of _headers. No name may be there twice.
func headersFor(t *testing.T, rules, file string) map[string]string {
	sent := map[string]string{}
	fits := false
	for line := range strings.Lines(rules) {
		line = strings.TrimSuffix(line, "\n")
		header, inRule := strings.CutPrefix(line, "  ")
		if !inRule {
			start, wild := strings.CutSuffix(line, "*")
			fits = "/"+file == path.Clean(line) || wild && strings.HasPrefix("/"+file, start)
			continue
		}
		if name, value, _ := strings.Cut(header, ": "); fits {
			require.NotContains(t, sent, name, file)
			sent[name] = value
		}
	}
	return sent
}
