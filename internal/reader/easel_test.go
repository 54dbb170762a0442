package reader_test

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/article"
	"byway/internal/mirror"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

// easel is a page that shows pictures.
type easel struct {
	mu       sync.Mutex
	shown    map[string]string // type and bytes by address
	made     int
	refuses  bool
	released []string
}

func (e *easel) Make(body []byte, kind string) (string, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.refuses {
		return "", errors.New("no room")
	}
	e.made++
	url := fmt.Sprintf("blob:https://page.example/%d", e.made)
	e.shown[url] = kind + " " + string(body)
	return url, nil
}

func (e *easel) Release(url string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.shown, url)
	e.released = append(e.released, url)
}

// shows is how many pictures the page holds now.
func (e *easel) shows() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.shown)
}

// jpeg is the bytes of a picture.
func jpeg(name string) string { return "\xff\xd8\xff" + name + strings.Repeat(".", 500) }

func sri(body string) string {
	sum := sha256.Sum256([]byte(body))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// hashed is a picture that lies under its hash at the publisher's own address.
func hashed(body string) article.Rendition {
	return article.Rendition{URL: "https://news.example/" + blob(body), ContentSize: len(body), Integrity: sri(body)}
}

// illustrated is an article with pictures.
func illustrated(pictures ...article.Rendition) string {
	var figures []string
	for _, p := range pictures {
		figures = append(figures, fmt.Sprintf(`{"type":"figure","image":{"url":%q,"contentSize":%d,"integrity":%q}}`, p.URL, p.ContentSize, p.Integrity))
	}
	return fmt.Sprintf(`{"version":"byway-article/1","id":"urn:x:river","headline":"The river","dateModified":"2031-04-17T06:30:00Z","body":[%s]}`, strings.Join(figures, ","))
}

// studio is a reader with its easel.
type studio struct {
	*desk
	*easel
}

// pin reads an article whose exact bytes the page expects, at three addresses that have it, and these bodies too.
func pin(t *testing.T, body string, bodies ...string) *studio {
	t.Helper()
	n := answers("404", "404", "404")
	for _, base := range []string{"news.example/", "m1.example.net/", "m2.example.org/p/"} {
		n.answers[base+"a/river.json"] = body
		for _, b := range bodies {
			n.answers[base+blob(b)] = b
		}
	}
	return hang(t, reader.Config{Src: src, Mirrors: mirrors, Integrity: sri(body)}, n)
}

// hang starts a reader with an easel and waits until its article is there.
func hang(t *testing.T, c reader.Config, f mirror.Fetcher) *studio {
	t.Helper()
	s := &studio{&desk{memory: &memory{}, online: func() bool { return true }}, &easel{shown: map[string]string{}}}
	s.net, _ = f.(*network)
	s.begin(t, c, reader.Ports{Fetcher: f, Memory: s.memory, Blobs: s.easel, Online: s.isOnline})
	s.settle()
	require.NotNil(t, s.State().Article, "%+v", s.State().Problem)
	if s.net != nil {
		s.net.takeURLs()
	}
	return s
}

// come has somebody come near to pictures, and waits for what comes of that.
func (s *studio) come(pictures ...article.Rendition) {
	s.want(pictures...)
	time.Sleep(time.Second) // of the bubble's time: between two addresses lie 10 ms
	synctest.Wait()
}

func (s *studio) want(pictures ...article.Rendition) {
	for _, p := range pictures {
		s.PictureWanted(p.URL)
	}
}

func (s *studio) look(p article.Rendition) reader.Picture { return s.State().Picture(p) }

// requireShown requires that a picture is shown by exactly these bytes.
func (s *studio) requireShown(t *testing.T, p article.Rendition, kind, body string) {
	t.Helper()
	look := s.look(p)
	require.Equal(t, reader.PictureReady, look.Status)
	require.True(t, look.Checked)
	require.Equal(t, kind+" "+body, s.shown[look.URL])
}

// requireStatus requires that pictures that have to be checked are not shown, and why.
func (s *studio) requireStatus(t *testing.T, status reader.PictureStatus, pictures ...article.Rendition) {
	t.Helper()
	for _, p := range pictures {
		look := s.look(p)
		require.Equal(t, status, look.Status)
		require.True(t, look.Checked)
		require.NotContains(t, look.URL, "blob:")
	}
}

// change has one address answer with something else for a picture.
func (s *studio) change(base string, p article.Rendition, answer string) {
	s.net.set(base+strings.TrimPrefix(p.URL, "https://news.example/"), answer)
}

// requireAsked requires that exactly these addresses were asked for pictures since the last time, in any order.
func (s *studio) requireAsked(t *testing.T, urls ...string) {
	t.Helper()
	asked := s.net.takeURLs()
	slices.Sort(asked)
	slices.Sort(urls)
	require.Equal(t, urls, asked)
}
