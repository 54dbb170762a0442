// Package internal_test checks who may import whom. The table in this file is the picture of the house.
package internal_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// rooms lists, for each package, which others of this module it may import. Packages that are not listed here fail the
// test: a new room is a decision.
var rooms = map[string][]string{
	"byway/internal/article":  {"tree"},
	"byway/internal/tree":     {},
	"byway/internal/markup":   {"article", "tree", "weburl"},
	"byway/internal/decode":   {"article", "markup", "tree", "weburl"},
	"byway/internal/view":     {"weburl"},
	"byway/internal/mirror":   {"weburl"},
	"byway/internal/reader":   {"article", "decode", "mirror", "shelf", "tree", "trust", "weburl"},
	"byway/internal/trust":    {"tree", "weburl"},
	"byway/internal/shelf":    {},
	"byway/internal/page":     {"article", "mirror", "reader", "view", "weburl"},
	"byway/internal/carry":    {"article", "decode", "page", "reader", "tree", "trust", "view", "weburl"},
	"byway/internal/publish":  {"article", "decode", "page", "reader", "tree", "trust", "view", "weburl", "web"},
	"byway/internal/survey":   {"article", "tree", "trust", "weburl"},
	"byway/internal/weburl":   {},
	"byway/internal/blockade": {},
	"byway/internal/demo":     {"article", "blockade", "decode", "demo/picture", "publish", "web"},

	"byway/internal/demo/picture": {},
	"byway/internal/cmd/byway":    {"article", "blockade", "carry", "decode", "demo", "page", "publish", "reader", "survey", "trust", "view", "web"},
	"byway/internal/cmd/dist":     {"web"},
	"byway/web":                   {},
	"byway/internal":              {}, // this test
	"byway/wasm":                  {"article", "carry", "mirror", "page", "reader", "shelf", "tree", "trust", "view"},

	"byway/internal/shelf/shelftest":   {"shelf"},
	"byway/internal/decode/decodetest": {"tree"},
}

// forbidden must not be reachable from wasm/, for what they weigh or for what they could do there.
var forbidden = []string{
	"net/http", "html/template", "text/template", "encoding/json", "regexp", "log/slog", "crypto/x509", "os/exec",
	"net/url", "net/netip",
}

// Nothing of ours but these may be imported from outside the standard library, on the way to the browser.
var allowedModules = []string{"golang.org/x/net/html", "github.com/hack-pad/safejs"}

func TestEachRoomImportsOnlyWhatItMay(t *testing.T) {
	for _, target := range []string{"linux/amd64", "js/wasm"} {
		imports := list(t, target, "./...")
		seen := 0
		for from, to := range imports {
			if !strings.HasPrefix(from, "byway/") {
				continue
			}
			seen++
			allowed, known := rooms[from]
			require.True(t, known, "%s has no row in the table of rooms: add it with what it may import", from)
			for _, p := range to {
				room := strings.TrimPrefix(strings.TrimPrefix(p, "byway/"), "internal/")
				require.True(t, !strings.HasPrefix(p, "byway/") || slices.Contains(allowed, room),
					"%s (%s) imports %s, which its row in the table of rooms does not allow", from, target, p)
			}
		}
		require.Greater(t, seen, 8, "go list found too few packages of this module for %s", target)
	}
}

func TestNothingHeavyIsReachableFromWasm(t *testing.T) {
	imports := list(t, "js/wasm", "./wasm")
	require.Contains(t, imports, "byway/wasm")
	for _, target := range forbidden {
		require.Empty(t, chain(imports, "byway/wasm", target), "wasm reaches %s", target)
	}
	require.NotEmpty(t, chain(imports, "byway/wasm", "fmt"), "chain() finds nothing at all")
}

func TestOnlyWasmTouchesTheBrowser(t *testing.T) {
	for from, to := range list(t, "js/wasm", "./...") {
		if from == "byway/wasm" || !strings.HasPrefix(from, "byway/") {
			continue
		}
		require.NotContains(t, to, "github.com/hack-pad/safejs", from)
		require.NotContains(t, to, "syscall/js", from)
	}
}

func TestOnlyKnownModulesReachTheBrowser(t *testing.T) {
	for from := range list(t, "js/wasm", "./wasm") {
		first, _, _ := strings.Cut(from, "/")
		if !strings.Contains(first, ".") {
			continue // the standard library and this module
		}
		require.True(t, slices.ContainsFunc(allowedModules, func(m string) bool {
			return from == m || strings.HasPrefix(from, m+"/")
		}), "%s reaches the browser: weigh it, then add it to the list with its reason in the commit", from)
	}
}

// list gives the imports of every package that the pattern needs, for a target "os/arch".
func list(t *testing.T, target, pattern string) map[string][]string {
	t.Helper()
	system, arch, _ := strings.Cut(target, "/")
	cmd := exec.Command("go", "list", "-deps", "-e", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", pattern)
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+arch)
	out, err := cmd.Output()
	require.NoError(t, err)
	imports := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		imports[fields[0]] = fields[1:]
	}
	return imports
}

// chain is the shortest way from one package to another, or nothing.
func chain(imports map[string][]string, from, to string) string {
	before := map[string]string{from: ""}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, next := range imports[queue[0]] {
			if _, been := before[next]; been {
				continue
			}
			before[next] = queue[0]
			queue = append(queue, next)
		}
	}
	if _, reached := before[to]; !reached {
		return ""
	}
	way := to
	for at := before[to]; at != ""; at = before[at] {
		way = at + " → " + way
	}
	return way
}
