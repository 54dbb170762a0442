package survey

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// spoiler is what a host does wrong.
type spoiler func(w http.ResponseWriter, r *http.Request, next http.Handler)

// changed sends other headers with the files whose names fit.
func changed(files string, change func(http.Header)) spoiler {
	fits := regexp.MustCompile(files)
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if fits.MatchString(r.URL.Path) {
			w = &changing{ResponseWriter: w, change: change}
		}
		next.ServeHTTP(w, r)
	}
}

// changing changes headers at the last moment.
type changing struct {
	http.ResponseWriter
	change func(http.Header)
	done   bool
}

func (c *changing) WriteHeader(status int) {
	if !c.done {
		c.done = true
		c.change(c.Header())
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *changing) Write(p []byte) (int, error) {
	if !c.done {
		c.WriteHeader(http.StatusOK)
	}
	return c.ResponseWriter.Write(p)
}

func header(files, name, value string) spoiler {
	return changed(files, func(h http.Header) {
		if h.Del(name); value != "" {
			h.Set(name, value)
		}
	})
}

// answer sends something else for the files whose names fit.
func answer(files string, serve http.HandlerFunc) spoiler {
	fits := regexp.MustCompile(files)
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if !fits.MatchString(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Access-Control-Allow-Origin", "*")
		serve(w, r)
	}
}

func uncompressed(w http.ResponseWriter, r *http.Request, next http.Handler) {
	r.Header.Del("Accept-Encoding")
	next.ServeHTTP(w, r)
}

func TestWhatAHostDoesWrong(t *testing.T) {
	const all = ".*"
	p := newPress(t)
	for _, c := range []struct {
		name   string
		spoil  spoiler
		broken bool
		want   []string // each fault of the address, as a pattern
		advice string   // in the table
	}{
		{"it redirects to another host", answer(all, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://www.news.example"+r.URL.Path, http.StatusMovedPermanently)
		}), true, []string{`redirects broken: .* and \d+ more files: redirected, and readers follow nowhere: to "https://www\.news\.example"`}, "Serve the files at this very address"},
		{"it redirects one file to another place", answer("/feed.note", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login", http.StatusFound) }),
			true, []string{`redirects broken: feed\.note: redirected.* to another place of the same host`}, ""},
		{"it lets no page read", header(all, "Access-Control-Allow-Origin", ""), true,
			[]string{`cors broken: \.byway/byway\.[0-9a-f]+\.wasm and 3\d more files: no Access-Control-Allow-Origin, so`}, `Send "Access-Control-Allow-Origin: *" with every file`},
		{"it lets no page read pictures", header(`/b/[0-9a-f]+$`, "Access-Control-Allow-Origin", ""), true,
			[]string{`cors broken: b/[0-9a-f]+ and b/[0-9a-f]+: no Access-Control-Allow-Origin`}, ""},
		{"it repeats the site that asks", header("/feed.note", "Access-Control-Allow-Origin", origin), false, []string{`cors warn: feed\.note: .* repeats the site that asks`}, `Send "*" in its place`},
		{"it lets one other site read", header("/feed.note", "Access-Control-Allow-Origin", "https://news.example"), true, []string{`cors broken: feed\.note: .* is "https://news\.example"`}, ""},
		{"it permits twice", changed("/feed.note", func(h http.Header) { h.Add("Access-Control-Allow-Origin", "*") }), true, []string{`cors broken: feed\.note: .* is "\*, \*"`}, "once"},
		{"it lets nobody measure", header("/feed.note", "Timing-Allow-Origin", ""), false, []string{`cors warn: feed\.note: no Timing-Allow-Origin`}, `Send "Timing-Allow-Origin: *"`},
		{"a script has another type", header(`\.js$`, "Content-Type", "text/plain"), true, []string{`types broken: \.byway/byway\.js: its type is "text/plain", not text/javascript`}, `Send "Content-Type: text/javascript"`},
		{"the WebAssembly has another type", header(`\.wasm$`, "Content-Type", "application/octet-stream"), false, []string{`types warn: .*wasm: its type is "application/octet-stream", not application/wasm, so`}, ""},
		{"the WebAssembly is said to be a page", header(`\.wasm$`, "Content-Type", "text/html"), true, []string{`types broken: .*wasm: its type is "text/html", not application/wasm`}, ""},
		{"a note is of no type", header("/feed.note", "Content-Type", "application/octet-stream"), false, []string{`types warn: feed\.note: its type is "application/octet-stream", not text/plain; charset=utf-8`}, ""},
		{"a note has no charset", header("/feed.note", "Content-Type", "text/plain"), false, []string{`types warn: feed\.note: its type is "text/plain", not text/plain; charset=utf-8`}, ""},
		{"an article has another type", header("/a/2026/river.json", "Content-Type", "text/plain"), false, []string{`types warn: a/2026/river\.json: its type is "text/plain", not application/json`}, ""},
		{"pictures have another type", header(`/b/[0-9a-f]+$`, "Content-Type", "text/plain"), false, []string{`types warn: b/.* and b/.*: its type is "text/plain", not image/`}, ""},
		{"it does not compress", uncompressed, false, []string{`compression warn: \.byway/byway\.js and 26 more files: came uncompressed, \d+ kB in all`}, "Switch on br or gzip"},
		{"an article may be kept", header("/a/2026/river.json", "Cache-Control", "max-age=600"), false, []string{`caching warn: a/2026/river\.json: Cache-Control is "max-age=600", so readers may be kept from what is new`}, `"Cache-Control: no-cache"`},
		{"the feed may be kept", header("/feed.note", "Cache-Control", ""), false, []string{`caching warn: feed\.note: no Cache-Control, so readers may be kept`}, ""},
		{"what never changes is asked for again", header("/b/.*|/root/1.note", "Cache-Control", "no-cache"), false, []string{`caching warn: b/.* and 15 more files: Cache-Control is "no-cache", so readers get again`}, "immutable"},
		{"the WebAssembly may be kept for a day", header(`\.wasm`, "Cache-Control", "public, max-age=86400"), false, []string{`caching warn: .*\.wasm: Cache-Control is "public, max-age=86400"`}, "immutable"},
		{"it sends a page in place of the feed", answer("/feed.note", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "<html>Welcome to your new site") }),
			true, []string{"cors warn", "types warn", "caching warn", "feed broken: feed.note: feed: not a signed note"}, "Look what the host sends in its place"},
		{"it is overloaded", answer("/feed.note", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }),
			true, []string{`feed broken: feed\.note: status 503 \(Service Unavailable\)`}, "Look into the settings"},
		{"it compresses as nobody asked", changed("/feed.note", func(h http.Header) { h.Set("Content-Encoding", "zstd") }), true, []string{`feed broken: feed\.note: compressed as "zstd"`}, ""},
		{"it says that it compresses", changed("/feed.note", func(h http.Header) { h.Set("Content-Encoding", "gzip") }), true, []string{`feed broken: feed\.note: does not unpack as the gzip`}, ""},
		{"it never ends", answer("/feed.note", func(w http.ResponseWriter, r *http.Request) {
			for _, err := w.Write(make([]byte, 1<<16)); err == nil; _, err = w.Write(make([]byte, 1<<16)) {
			}
		}), true, []string{`feed broken: feed\.note: longer than it may be`}, ""},
		{"it hangs up", answer("/feed.note", func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }), true, []string{`reachable broken: feed\.note: the answer is cut off`}, "Copy the file there again"},
		{"it hangs up in the middle", answer("/feed.note", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "byway/v1/feed")
		}), true, []string{`reachable broken: feed\.note: the answer is cut off`}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p.second.spoil = c.spoil
			requireFaults(t, p, c.broken, c.want, c.advice)
		})
	}
}

// requireFaults holds that the second address has these faults and no others, that the first has none, and that the
// table says so.
func requireFaults(t *testing.T, p *press, broken bool, want []string, advice string) {
	t.Helper()
	r, table := look(t, p.options())
	require.Len(t, r.Addresses, 2)
	require.Empty(t, faults(r.Addresses[0]))
	found := faults(r.Addresses[1])
	require.Len(t, found, len(want), "%q", found)
	for i, pattern := range want {
		require.Regexp(t, "^"+pattern, found[i])
	}
	require.Equal(t, !broken, r.OK)
	require.Contains(t, unwrapped(table), advice)
	require.Equal(t, broken, strings.Contains(table, "BROKEN"), table)
	for line := range strings.Lines(table) {
		require.Less(t, len(line), 100, "only what has no blanks may be wider than the table: %q", line)
	}
}

// unwrapped joins the lines of sentences.
func unwrapped(table string) string { return strings.Join(strings.Fields(table), " ") }

func TestWhatIsWrongWithTheCopy(t *testing.T) {
	p := newPress(t)
	for _, c := range []struct {
		name   string
		spoil  func(t *testing.T, site string)
		broken bool
		want   []string
		advice string
	}{
		{"the feed is missing", remove("feed.note"), true, []string{`feed broken: feed\.note: not there`}, "feed.note last"},
		{"the feed is altered", replace("feed.note", `"epoch":1`, `"epoch":2`), true, []string{`feed broken: feed\.note: not signed by the publisher`}, "take the address out of the root"},
		{"the root is missing", remove("root/current.note"), true, []string{`root broken: root/current\.note: not there`}, ""},
		{"the root is altered", replace("root/current.note", `"epoch":1`, `"epoch":2`), true, []string{`root broken: root/current\.note: not signed by the publisher`}, "take the address out"},
		{"the first root is missing", remove("root/1.note"), true, []string{`root broken: root/1\.note: not there, so pages that pinned an earlier key cannot follow`}, "feed.note last"},
		{"the first root is altered", replace("root/1.note", `"epoch":1`, `"epoch":2`), true, []string{`root broken: root/1\.note: it does not lead to the next root`}, ""},
		{"an article is missing", remove("b/*.json"), true, []string{`articles broken: b/.*\.json and 12 more files: not there`}, ""},
		{"the path of an article leads nowhere", remove("a/2026/river.json"), true, []string{`articles broken: a/2026/river\.json: not there`}, ""},
		{"the path of an article leads to other words", replace("a/2026/river.json", "It rose", "It sank"), true, []string{`articles broken: a/2026/river\.json: altered, cut or something else`}, "take the address out"},
		{"an article is altered", replace("b/*.json", "It rose", "It sank"), true, []string{`articles broken: b/.*\.json and 12 more files: altered: not the bytes that are signed for`}, "take the address out"},
		{"an article is cut", replace("b/*.json", " It rose in the night", ""), true, []string{`articles broken: b/.*\.json and 12 more files: cut, or something else: shorter than what is signed for`}, ""},
		{"an article is too long", replace("b/*.json", "It rose", "It rose and rose"), true, []string{`articles broken: b/.*\.json and 12 more files: longer than it may be`}, ""},
		{"pictures are missing", remove("b/*[0-9a-f]"), true, []string{`pictures broken: b/.* and b/.*: not there`}, ""},
		{"pictures are altered", replace("b/*[0-9a-f]", "\xff\xd8\xff\xdb", "\xff\xd8\xff\xdc"), true, []string{`pictures broken: b/.* and b/.*: altered: not the bytes that are signed for`}, ""},
		{"the element is missing", remove(".byway/byway.js"), false, []string{`element warn: \.byway/byway\.js: not there, so readers depend`}, "make build"},
		{"the element is another script", replace(".byway/byway.js", ".wasm", ".mp3"), true, []string{`element broken: \.byway/byway\.js: not the byway\.js of any build`}, ""},
		{"the WebAssembly is missing", remove(".byway/*.wasm"), true, []string{`element broken: \.byway/byway\.[0-9a-f]+\.wasm: not there`}, ""},
		{"the WebAssembly is altered", replace(".byway/*.wasm", "built", "bilt"), true, []string{`element broken: .*wasm: altered or cut: not the one that byway\.js takes`}, ".nojekyll"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p.copy()
			c.spoil(t, p.second.folder)
			requireFaults(t, p, c.broken, c.want, c.advice)
		})
	}
}

func remove(pattern string) func(*testing.T, string) {
	return func(t *testing.T, site string) {
		for _, name := range matches(t, site, pattern) {
			require.NoError(t, os.Remove(name))
		}
	}
}

func replace(pattern, old, new string) func(*testing.T, string) {
	return func(t *testing.T, site string) {
		for _, name := range matches(t, site, pattern) {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			require.Contains(t, string(data), old)
			writeFile(t, name, strings.ReplaceAll(string(data), old, new))
		}
	}
}

// matches are files of a site, at least one; pictures and other blobs have no suffix.
func matches(t *testing.T, site, pattern string) (all []string) {
	found, err := filepath.Glob(filepath.Join(site, filepath.FromSlash(pattern)))
	require.NoError(t, err)
	for _, name := range found {
		if filepath.Ext(name) == filepath.Ext(pattern) {
			all = append(all, name)
		}
	}
	require.NotEmpty(t, all)
	return all
}
