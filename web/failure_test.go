package web_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// requireSaid checks that the element ended in words, with the fallback to be seen and no stack trace.
func requireSaid(t *testing.T, p *tab) {
	t.Helper()
	require.True(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`), "the fallback is to be seen")
	words := eval[string](p, inside("[part~=notice]")+`.innerText`)
	require.Greater(t, len(words), 20)
	require.NotContains(t, words, "goroutine")
	require.NotContains(t, words, "undefined")
	require.NotContains(t, p.said(), "uncaught")
}

func TestBadInputEndsInAStateWithWords(t *testing.T) {
	t.Parallel()
	pad := strings.Repeat("x", 3<<20)
	for _, c := range []struct {
		name, body string
		status     int
		state      string
	}{
		{"not JSON", "just words", 200, "blocked"},
		{"an HTML block page with status 200", "<!doctype html><h1>Not available</h1>", 200, "blocked"},
		{"status 404", "", 404, "blocked"},
		{"status 403", "", 403, "blocked"},
		{"status 451", "", 451, "blocked"},
		{"status 503", "", 503, "blocked"},
		{"empty", "", 200, "blocked"},
		{"cut short", story[:200], 200, "blocked"},
		{"larger than the limit", `{"version":"byway-article/1","id":"x","headline":"` + pad + `"}`, 200, "blocked"},
		{"nested 10,000 deep", strings.Repeat("[", 10000) + strings.Repeat("]", 10000), 200, "blocked"},
		{"no headline", `{"version":"byway-article/1","id":"x"}`, 200, "refused"},
		{"wrong types everywhere and no headline", `{"version":1,"id":[],"headline":{},"body":7}`, 200, "refused"},
		{"a WordPress error", `{"code":"rest_post_invalid_id","message":"Invalid post ID.","data":{"status":404}}`, 200, "refused"},
		{"a list of WordPress media", `[{"id":1,"type":"attachment","media_type":"image","source_url":"https://x.example/a.jpg","title":{"rendered":"a"}}]`, 200, "refused"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := openTab(t)
			address := serveRaw(t, c.status, c.body)
			p.open(serveSite(t, strictCSP(address), embedRaw(address)).URL)
			p.waitState(c.state)
			requireSaid(t, p)
			require.True(t, eval[bool](p, inside(`button[data-action=reload]`)+` !== null`), "trying again is offered")
		})
	}
}

func TestOddInputIsStillRead(t *testing.T) {
	for _, c := range []struct{ name, body, headline string }{
		{"a byte order mark", "\ufeff" + `{"version":"byway-article/1","id":"x","headline":"Marked"}`, "Marked"},
		{"wrong types everywhere but the headline", `{"version":"byway-article/1","id":7,"headline":"Typed","sections":"News","author":{},"image":"x","body":[1,null,"Text",{"type":"paragraph","content":9},{"type":"figure"}],"datePublished":12,"channels":{},"publisher":[]}`, "Typed"},
		{"a newer major version", `{"version":"byway-article/9","id":"x","headline":"Newer","url":"https://news.example/newer","body":[{"type":"hologram","fallback":"Seen flat."}]}`, "Newer"},
		{"addresses that run code", `{"version":"byway-article/1","id":"x","headline":"Safe","url":"javascript:alert(1)","sections":[{"name":"A","url":"javascript:alert(2)"}],"image":[{"url":"data:text/html,x"}],"body":[{"type":"paragraph","content":[{"text":"click","url":"java\nscript:alert(3)"}]}]}`, "Safe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := openTab(t)
			address := serveRaw(t, 200, c.body)
			p.open(serveSite(t, strictCSP(address), embedRaw(address)).URL)
			p.waitState("ready")
			require.Equal(t, c.headline, eval[string](p, inside("h2")+`.textContent`))
			require.Zero(t, eval[int](p, `[...`+element+`.shadowRoot.querySelectorAll("[href],[src]")].filter(e => !/^https?:/.test(e.href || e.src)).length`))
		})
	}
}

func TestTheMadeForANewerReaderLineIsShown(t *testing.T) {
	p := openTab(t)
	address := serveRaw(t, 200, `{"version":"byway-article/9","id":"x","headline":"Newer","url":"https://news.example/newer"}`)
	p.open(serveSite(t, "", embedRaw(address)).URL)
	p.waitState("ready")
	require.Contains(t, eval[string](p, inside("[part~=notice]")+`.textContent`), "newer")
}

func TestMalformedAttributes(t *testing.T) {
	t.Parallel()
	m := startMirrors(t, 2)
	t.Run("addresses that cannot be used are left out and reported", func(t *testing.T) {
		p := openTab(t)
		p.open(serveSite(t, "", fmt.Sprintf(`<script>window.errors = []; addEventListener("byway-error", e => errors.push(JSON.stringify(e.detail)))</script>
			<byway-article src="%s/a/ferry.json" mirrors="nonsense javascript:alert(1) http://plain.example/ %s/"><a href="/x">The ferry</a></byway-article>`, m.base(0), m.base(1))).URL)
		p.waitState("ready")
		require.Contains(t, strings.Join(eval[[]string](p, `errors`), "\n"), "plain.example")
	})
	for name, attributes := range map[string]string{
		"src is missing":         ``,
		"src is no address":      `src="http://"`,
		"src runs code":          `src="javascript:alert(1)"`,
		"integrity is malformed": `src="` + m.base(0) + `/a/ferry.json" integrity="md5-x"`,
		"key cannot be checked":  `src="` + m.base(0) + `/a/ferry.json" key="news.example/root1+00+AA"`,
		"src lies outside base":  `src="` + m.base(0) + `/a/ferry.json" base="` + m.base(1) + `/"`,
	} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t)
			p.open(serveSite(t, "", `<byway-article `+attributes+`><a href="/x">The ferry</a></byway-article>`).URL)
			p.waitState("refused")
			requireSaid(t, p)
		})
	}
}

func TestIntegrityRefusesAlteredBytes(t *testing.T) {
	m := startMirrors(t, 2)
	pin := integrity(m.story())
	require.NoError(t, m[0].SetFault(blockade.Altered))
	p := openTab(t)
	p.open(serveSite(t, "", m.embed(`integrity="`+pin+`"`)).URL)
	p.waitState("ready")
	require.Equal(t, m.host(1), eval[string](p, element+`.dataset.source`))
	require.Equal(t, "pinned", eval[string](p, element+`.dataset.proof`))
	require.Equal(t, "altered", eval[string](p, element+`.trace[0].outcome`))

	require.NoError(t, m[1].SetFault(blockade.Altered))
	p.clearShelf()
	p.open(eval[string](p, `location.href`))
	p.waitState("refused")
	requireSaid(t, p)
}

func TestTryAgainAfterEverythingFailed(t *testing.T) {
	m := startMirrors(t, 2)
	require.NoError(t, m[0].SetFault(blockade.Refused))
	require.NoError(t, m[1].SetFault(blockade.Block403))
	p := openTab(t)
	p.open(serveSite(t, "", m.embed("")).URL)
	p.waitState("blocked")
	requireSaid(t, p)
	require.NoError(t, m[1].SetFault(blockade.Healthy))
	p.do(clickInside(`button[data-action=reload]`))
	p.waitState("ready")
	require.False(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`))
}

func TestWithoutWebAssemblyAndAnAddressThatAnswersThatIsSaid(t *testing.T) {
	m := startMirrors(t, 2)
	for _, s := range m {
		require.NoError(t, s.SetFault(blockade.NotFound))
	}
	policy := strings.ReplaceAll(strictCSP(m.all()), " 'wasm-unsafe-eval'", "")
	for name, open := range map[string]func(*tab){
		"refused by the page's policy": func(p *tab) { p.open(serveSite(t, policy, m.embed("")).URL) },
		"missing from the browser": func(p *tab) {
			p.open(serveSite(t, "", `<script>delete window.WebAssembly</script>`+m.embed("")).URL)
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t)
			open(p)
			p.waitState("unsupported")
			require.True(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`))
			links := eval[[]string](p, `[...`+element+`.shadowRoot.querySelectorAll("a")].map(a => a.href)`)
			require.Equal(t, []string{m.base(0) + "/a/ferry.json", m.base(1) + "/a/ferry.json"}, links)
			require.Greater(t, eval[int](p, element+`.shadowRoot.textContent.trim().length`), 20)
		})
	}
}

// A program that fails at its first command stands in for Byway, so that what the loader does about it can be seen.
func TestWhenGoDiesThePageSurvivesAndTheElementSaysSo(t *testing.T) {
	dying := buildWasm(t, "./testdata/dies")
	p := openTab(t)
	s := serveSite(t, "", `<p id="theirs">theirs</p><byway-article src="https://news.example/a.json"><a href="/x">The ferry</a></byway-article>`)
	inner := s.Config.Handler
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, ".wasm"):
			http.ServeFile(w, r, dying)
		case strings.Contains(r.URL.Path, ".wasm."): // packed, it is another program
			http.NotFound(w, r)
		case strings.HasSuffix(r.URL.Path, "/byway.js"):
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, loaderOf(t, dying))
		default:
			inner.ServeHTTP(w, r)
		}
	})
	p.open(s.URL)
	p.waitState("refused")
	require.True(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`))
	require.Greater(t, eval[int](p, element+`.shadowRoot.textContent.trim().length`), 20)
	require.Equal(t, "theirs", eval[string](p, `document.getElementById("theirs").textContent`))
	p.wait(`new Promise(done => setTimeout(() => done(true), 1200))`) // past the time of the program's timer
	require.NotContains(t, p.said(), "missed timeout")
}

// loaderOf is byway.js with the hash and the size of another program in the place of ours.
func loaderOf(t *testing.T, program string) string {
	t.Helper()
	ours, err := filepath.Glob(dist + "/byway.*.wasm")
	require.NoError(t, err)
	require.Len(t, ours, 1)
	script := read(t, dist+"/byway.js")
	for _, of := range []func(file string) string{
		func(file string) string { return strings.TrimPrefix(integrity(file), "sha256-") },
		func(file string) string { return strconv.Itoa(len(file)) },
	} {
		require.Contains(t, script, of(read(t, ours[0])))
		script = strings.ReplaceAll(script, of(read(t, ours[0])), of(read(t, program)))
	}
	return script
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(data)
}

// buildWasm compiles a program for the browser and gives the file's path.
func buildWasm(t *testing.T, folder string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "program.wasm")
	cmd := exec.Command("go", "build", "-o", file, folder)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return file
}

// integrity is the attribute's value for a text.
func integrity(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// serveRaw serves one answer to everything, with the CORS header, and gives its address.
func serveRaw(t *testing.T, status int, body string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func embedRaw(address string) string {
	return fmt.Sprintf(`<byway-article src="%s/article.json"><a href="%[1]s/article">The article</a></byway-article>`, address)
}
