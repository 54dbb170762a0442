package demo

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// started is a demo on free ports, with a built element of one line.
func started(t *testing.T) *Demo {
	t.Helper()
	dist := t.TempDir()
	for name, text := range map[string]string{"byway.js": "// the element", "byway.js.br": "packed", "byway.0123.wasm": "\x00asm"} {
		require.NoError(t, os.WriteFile(filepath.Join(dist, name), []byte(text), 0o644))
	}
	d, err := Start(0, dist)
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// get reads an address without the automatic unpacking of net/http.
func get(t *testing.T, url, accept string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	request.Header.Set("Accept-Encoding", accept)
	response, err := http.DefaultTransport.RoundTrip(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response, string(body)
}

func setPanel(t *testing.T, d *Demo, body string) (int, panel) {
	t.Helper()
	response, err := http.Post(d.URL+"/panel", "application/json", strings.NewReader(body))
	require.NoError(t, err)
	defer response.Body.Close()
	var p panel
	if response.StatusCode == http.StatusOK {
		require.NoError(t, json.NewDecoder(response.Body).Decode(&p))
	}
	return response.StatusCode, p
}

func TestThePartnersPage(t *testing.T) {
	d := started(t)
	response, html := get(t, d.URL+"/", "")
	require.NotContains(t, html, "{{", "a placeholder is left")
	policy := response.Header.Get("Content-Security-Policy")
	for _, m := range d.Mirrors {
		require.Contains(t, html, m)
		require.Contains(t, policy, m)
	}
	require.Contains(t, policy, "img-src blob:;")
	require.Contains(t, policy, "require-trusted-types-for 'script'; trusted-types byway-sw")
	require.Equal(t, 2, strings.Count(html, "<byway-article"))
	for _, file := range []string{"/demo.css", "/panel.js"} {
		response, _ := get(t, d.URL+file, "")
		require.Equal(t, http.StatusOK, response.StatusCode, file)
	}
}

func TestTheBuiltFilesAreServedPackedAndKept(t *testing.T) {
	d := started(t)
	response, body := get(t, d.URL+"/byway/byway.js", "gzip, br")
	require.Equal(t, "br", response.Header.Get("Content-Encoding"))
	require.Equal(t, "packed", body)
	require.Equal(t, "no-cache", response.Header.Get("Cache-Control"))
	response, body = get(t, d.URL+"/byway/byway.js", "identity")
	require.Empty(t, response.Header.Get("Content-Encoding"))
	require.Equal(t, "// the element", body)
	response, _ = get(t, d.URL+"/byway/byway.0123.wasm", "br")
	require.Equal(t, "application/wasm", response.Header.Get("Content-Type"))
	require.Contains(t, response.Header.Get("Cache-Control"), "immutable")
}

func TestTheFirstAddressRefusesAndTheOthersServeTheTree(t *testing.T) {
	d := started(t)
	_, err := http.Get(d.Mirrors[0] + "/")
	require.Error(t, err)

	_, html := get(t, d.URL+"/", "")
	sources := regexp.MustCompile(`src="(http[^"]*)"`).FindAllStringSubmatch(html, -1)
	require.Len(t, sources, 2)
	for _, source := range sources {
		require.True(t, strings.HasPrefix(source[1], d.Mirrors[0]+"/"))
		for _, m := range d.Mirrors[1:] {
			response, document := get(t, m+strings.TrimPrefix(source[1], d.Mirrors[0]), "")
			require.Equal(t, http.StatusOK, response.StatusCode)
			require.Equal(t, "*", response.Header.Get("Access-Control-Allow-Origin"))
			require.Contains(t, document, d.Mirrors[0])
			require.NotContains(t, document, "{{")
		}
	}
}

func TestThePanelChangesOneAddress(t *testing.T) {
	d := started(t)
	code, p := setPanel(t, d, `{"mirror":0,"fault":"healthy"}`)
	require.Equal(t, http.StatusOK, code)
	require.Len(t, p.Faults, 8)
	require.Equal(t, blockade.Healthy, p.Mirrors[0].Fault)
	get(t, d.Mirrors[0]+"/feed.note", "")
	_, p = setPanel(t, d, `{"mirror":1,"fault":"block-200"}`)
	require.Equal(t, 1, p.Mirrors[0].Requests)
	_, body := get(t, d.Mirrors[1]+"/anything", "")
	require.Contains(t, body, "<")
	_, p = setPanel(t, d, `{"reset":true}`)
	require.Zero(t, p.Mirrors[0].Requests)
}

func TestThePanelRefusesWhatItDoesNotKnow(t *testing.T) {
	d := started(t)
	for _, body := range []string{`{"mirror":0,"fault":"sulky"}`, `{"mirror":7,"fault":"healthy"}`, `{"mirror":-1,"fault":"healthy"}`, `nonsense`} {
		code, _ := setPanel(t, d, body)
		require.Equal(t, http.StatusBadRequest, code, body)
	}
}

func TestClosingEndsRequestsThatHang(t *testing.T) {
	d := started(t)
	setPanel(t, d, `{"mirror":1,"fault":"silent"}`)
	ended := make(chan error, 1)
	go func() {
		_, err := http.Get(d.Mirrors[1] + "/anything")
		ended <- err
	}()
	require.Eventually(t, func() bool { return len(d.servers[1].Requests()) == 1 }, 5*time.Second, time.Millisecond)
	require.NoError(t, d.Close())
	require.Error(t, <-ended)
}

func TestClosingTakesAwayWhatWasPublished(t *testing.T) {
	d := started(t)
	require.DirExists(t, d.folder)
	require.NoError(t, d.Close())
	require.NoDirExists(t, d.folder)
}

func TestATakenPortIsSaidWithWhatToDo(t *testing.T) {
	d := started(t)
	port, err := strconv.Atoi(d.URL[strings.LastIndexByte(d.URL, ':')+1:])
	require.NoError(t, err)
	t.Setenv("TMPDIR", t.TempDir())
	_, err = Start(port, t.TempDir())
	require.ErrorContains(t, err, "PORT=")
	_, err = Start(0, t.TempDir())
	require.ErrorContains(t, err, "holds no byway.js")
	left, err := os.ReadDir(os.TempDir())
	require.NoError(t, err)
	require.Empty(t, left)
}
