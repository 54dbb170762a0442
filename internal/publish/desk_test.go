package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/trust"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// desk is a publisher's: a folder of articles and one of the site.
type desk struct {
	Options
	t testing.TB
}

func newDesk(t testing.TB, files map[string]string) *desk {
	folder := t.TempDir()
	d := &desk{Options{
		Source: filepath.Join(folder, "articles"), Site: filepath.Join(folder, "site"), New: true, Life: 14 * 24 * time.Hour, Now: noon,
		Keys: []Signer{signerOf("news.example/root1", 1), signerOf("news.example/feed1", 2)},
	}, t}
	for name, text := range files {
		d.write(name, text)
	}
	return d
}

// write makes a file of the source.
func (d *desk) write(name, text string) {
	path := filepath.Join(d.Source, name)
	require.NoError(d.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(d.t, os.WriteFile(path, []byte(text), 0o644))
}

func (d *desk) run() Report {
	r, err := Run(context.Background(), d.Options)
	require.NoError(d.t, err)
	d.New = d.New && d.DryRun
	return r
}

// refused gives the words of a run that must fail.
func (d *desk) refused() string {
	_, err := Run(context.Background(), d.Options)
	require.Error(d.t, err)
	return err.Error()
}

// file reads one of the site.
func (d *desk) file(name string) string {
	data, err := os.ReadFile(filepath.Join(d.Site, name))
	require.NoError(d.t, err)
	return string(data)
}

// story is an article of the native format with further members.
func story(headline, members string) string {
	return `{"version":"byway-article/1","id":"` + headline + `","headline":"` + headline + `","inLanguage":"en",` + members +
		`"body":[{"type":"paragraph","content":"It rose in the night."}]}`
}

// photo is a JPEG in which no pixel is as its neighbour.
func photo(width, height int) string {
	im := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range im.Pix {
		im.Pix[i] = byte(i*i>>9) | 1
	}
	for y := range height {
		for x := range width {
			im.Set(x, y, color.RGBA{byte(255 * x / width), byte(255 * y / height), byte(x ^ y), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, im, nil); err != nil {
		panic(err)
	}
	return b.String()
}

// usual are three articles, one of them of WordPress, and a picture that two share.
func usual() map[string]string {
	return map[string]string{
		"2026/08/river.json": story("The river", `"datePublished":"2026-08-20T10:00:00Z","image":[{"url":"../../pictures/river.jpg","alt":""}],
			"sections":[{"name":"Coast & harbour","url":"https://news.example/coast/"}],`),
		"2026/08/tide.json":  story("The tide", `"datePublished":"2026-08-21T10:00:00Z","image":[{"url":"/pictures/river.jpg"}],`),
		"posts/7.json":       `{"id":7,"type":"post","link":"https://news.example/2025/goat","date_gmt":"2025-01-02T03:04:05","title":{"rendered":"A goat"},"content":{"rendered":"<p>It sails at nine.</p>"},"_links":{}}`,
		"pictures/river.jpg": photo(1200, 80),
	}
}

// readerOf reads files of a site.
func readerOf(t testing.TB, site string) func(name string) []byte {
	return func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(site, name))
		require.NoError(t, err)
		return data
	}
}

// stranger is a reader who pins a key and goes from root to root as the site leads.
func stranger(t testing.TB, site, pin string) (*trust.State, error) {
	t.Helper()
	key, err := trust.ParseKey(pin)
	require.NoError(t, err)
	s, err := trust.Start(trust.Anchor{Key: key}, nil)
	require.NoError(t, err)
	read := readerOf(t, site)
	led := func(accept func() error) error {
		err := accept()
		if need := (trust.NeedRoots{}); errors.As(err, &need) {
			for _, path := range need.Paths() {
				_ = s.AcceptRoot(read(path))
			}
			err = accept()
		}
		return err
	}
	if err := led(func() error { return s.AcceptRoot(read(trust.CurrentRoot)) }); err != nil {
		return nil, err
	}
	return s, led(func() error {
		_, err := s.AcceptFeed(read(trust.FeedPath), noon.Add(300*24*time.Hour))
		return err
	})
}

// verify reads a site as a stranger would who pins the first root key, and gives its articles by path.
func verify(t testing.TB, site string) map[string]article.Article {
	t.Helper()
	read := readerOf(t, site)
	s, err := stranger(t, site, signerOf("news.example/root1", 1).Public())
	require.NoError(t, err)
	feed, _ := s.Feed()
	items := feed.Items
	for _, shard := range feed.Shards {
		more, err := shard.Open(read(trust.BlobPath(shard.Blob, "")))
		require.NoError(t, err)
		for _, i := range more {
			found, _ := feed.Shard(i.Path)
			require.Equal(t, shard, found, i.Path)
		}
		items = append(items, more...)
	}
	all := map[string]article.Article{}
	for _, i := range items {
		if isWithdrawal(i) {
			require.Zero(t, i.Blob)
			continue
		}
		body := read(trust.BlobPath(i.Blob, ".json"))
		require.NoError(t, i.Check(body))
		a, warnings, err := decode.Decode(body, decode.Options{Format: "native"})
		require.NoError(t, err)
		require.Empty(t, warnings)
		eachImage(&a, func(im *article.Image) { verifyImage(t, read, im) })
		all[i.Path] = a
	}
	return all
}

func verifyImage(t testing.TB, read func(string) []byte, im *article.Image) {
	t.Helper()
	sizes := append([]article.Rendition{{URL: im.URL, Width: im.Width, Height: im.Height, EncodingFormat: im.EncodingFormat,
		ContentSize: im.ContentSize, Integrity: im.Integrity}}, im.Renditions...)
	for _, r := range sizes {
		name, ours := strings.CutPrefix(r.URL, "https://news.example/b/")
		if !ours {
			continue
		}
		data := read("b/" + name)
		require.Equal(t, name, hashOf(data))
		require.Equal(t, variant{Hash: name}.integrity(), r.Integrity)
		require.Len(t, data, r.ContentSize)
		config, format, err := image.DecodeConfig(bytes.NewReader(data))
		require.NoError(t, err)
		require.Equal(t, fmt.Sprint(r.Width, r.Height, r.EncodingFormat), fmt.Sprint(config.Width, config.Height, "image/"+format))
	}
}

// snapshot gives all files below a folder with their bytes.
func snapshot(t testing.TB, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		all[name] = string(data)
		return err
	}))
	require.NotEmpty(t, all)
	return all
}
