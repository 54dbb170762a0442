package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// write makes a file in a folder of its own and gives its path.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

// serving is a service that runs.
type serving struct {
	lines chan string // of its output
	stop  context.CancelFunc
	code  chan int
}

// start runs a service until stop or the end of the test.
func start(t *testing.T, s service) *serving {
	ctx, stop := context.WithCancel(t.Context())
	running := &serving{make(chan string, 100), stop, make(chan int, 1)}
	in, out := io.Pipe()
	go func() {
		defer close(running.lines)
		for lines := bufio.NewScanner(in); lines.Scan(); {
			running.lines <- lines.Text()
		}
	}()
	go func() {
		defer out.Close()
		running.code <- s.run(ctx, &call{stdout: out, stderr: out})
	}()
	return running
}

// line takes the next line of output, which matches a pattern, and gives what its group is.
func (s *serving) line(t *testing.T, pattern string) string {
	t.Helper()
	line := <-s.lines
	require.Regexp(t, "^"+pattern+"$", line)
	return regexp.MustCompile(pattern + "()").FindStringSubmatch(line)[1]
}

// get is the answer to a request on a connection of its own.
func get(t *testing.T, url string) (response *http.Response, body string) {
	t.Helper()
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := c.Get(url)
	require.NoError(t, err)
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response, string(b)
}

func TestServeStopsWhenItIsTold(t *testing.T) {
	dist := filepath.Dir(write(t, "byway.js", ""))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for _, s := range []service{
		{dist: dist},
		{dist: dist, script: write(t, "x.script", "addresses 3\n0s 2 slow")},
		{tree: dist, script: write(t, "x.script", "addresses 3\n0s 2 slow")},
		{tree: dist},
	} {
		var out, errs bytes.Buffer
		require.Equal(t, ok, s.run(ctx, &call{stdout: &out, stderr: &errs}), errs.String())
		require.Equal(t, s.tree == "", strings.Contains(out.String(), "The demo is at  http://localhost:"))
		require.Equal(t, s.tree != "", strings.Contains(out.String(), "The folder "+dist+" is at"))
		require.Equal(t, 3, strings.Count(out.String(), "    http://localhost:"))
		require.Equal(t, s.script != "", strings.Contains(out.String(), "       0s  address 2 answers a second late (slow)\n"))
		require.Equal(t, s.script+s.tree == "", strings.Contains(out.String(), "refuses at first"))
	}
}

func TestTheDemoFollowsAScript(t *testing.T) {
	s := start(t, service{dist: filepath.Dir(write(t, "byway.js", "")), script: write(t, "x.script", "addresses 3\n#2 1 block-451")})
	page := s.line(t, `The demo is at  (http.*)`)
	primary := s.line(t, `  address 1     (http.*)  \(the publisher's own\)`)
	s.line(t, `  address 2     http.*`)
	s.line(t, `  address 3     http.*`)
	s.line(t, `Ctrl-C stops it\.`)
	for _, status := range []int{http.StatusNotFound, http.StatusUnavailableForLegalReasons} {
		response, _ := get(t, primary+"/nothing")
		require.Equal(t, status, response.StatusCode)
	}
	s.line(t, ` *[0-9.µm]+s  address 1 sends a block page .* \(block-451\)`)
	_, panel := get(t, page+"/panel")
	require.Contains(t, panel, `"fault":"block-451"`)
}

func TestAScriptOfAnotherSizeThanTheDemo(t *testing.T) {
	dist, script := filepath.Dir(write(t, "byway.js", "")), write(t, "x.script", "addresses 4")
	var out, errs bytes.Buffer
	require.Equal(t, failed, service{dist: dist, script: script}.run(t.Context(), &call{stdout: &out, stderr: &errs}))
	require.Equal(t, "byway serve: "+script+": it is for 4 addresses, and the demo has 3: change that, or name a folder of yours with -tree\n", errs.String())
	require.Empty(t, out.String())
}

func TestAFolderIsServedByAScript(t *testing.T) {
	article := write(t, "river.json", `{"headline": "The river"}`)
	secret := write(t, "secret.txt", "secret")
	tree := filepath.Dir(article)
	require.NoError(t, os.Symlink(secret, filepath.Join(tree, "link.txt")))
	s := start(t, service{tree: tree, script: write(t, "x.script", "addresses 2\n#2 1 block-451 *.json\n10ms 2 cut")})

	s.line(t, "The folder "+tree+" is at")
	first := s.line(t, `  address 1     (http.*)  \(the publisher's own: .*\)`)
	second := s.line(t, `  address 2     (http.*)`)
	require.Equal(t, second+"/", s.line(t, `  mirrors="(.*)"`))
	s.line(t, `Ctrl-C stops it\.`)
	s.line(t, `     10ms  address 2 sends half, .* \(cut\)`)

	response, body := get(t, first+"/river.json")
	require.Equal(t, `{"headline": "The river"}`, body)
	require.Equal(t, "*", response.Header.Get("Access-Control-Allow-Origin"))
	require.Equal(t, "no-store", response.Header.Get("Cache-Control"))
	require.Equal(t, "application/json", response.Header.Get("Content-Type"))
	_, body = get(t, first+"/link.txt")
	require.NotContains(t, body, "secret")
	_, body = get(t, second+"/river.json")
	require.Equal(t, `{"headline":`, body)
	response, _ = get(t, first+"/river.json")
	require.Equal(t, http.StatusUnavailableForLegalReasons, response.StatusCode)
	s.line(t, ` *[0-9.µm]+s  address 1 sends a block page .*, for \*\.json \(block-451\)`)

	s.stop()
	require.Equal(t, ok, <-s.code)
	_, err := http.Get(first)
	require.Error(t, err, "the port must be free")
}

func TestATakenPortIsSaidWithWhatToDo(t *testing.T) {
	taken, err := net.Listen("tcp", "localhost:0")
	require.NoError(t, err)
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	s := service{port: port - 1, tree: t.TempDir(), script: write(t, "x.script", "addresses 2")}
	var errs bytes.Buffer
	require.Equal(t, failed, s.run(t.Context(), &call{stderr: &errs}))
	require.Contains(t, errs.String(), "2 free ports in a row are needed: choose them with -port")
}
