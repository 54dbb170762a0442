package carry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/publish"
	"byway/internal/trust"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// press is a publisher: a folder of articles, one of the site, and one of keys.
type press struct {
	t testing.TB
	publish.Options
	keys, pin string
}

// newPress has published the two articles of testdata.
func newPress(t testing.TB) *press {
	folder := t.TempDir()
	p := &press{t: t, keys: filepath.Join(folder, "keys"), Options: publish.Options{
		Source: filepath.Join(folder, "articles"), Site: filepath.Join(folder, "site"), New: true, Life: 14 * 24 * time.Hour, Now: noon,
	}}
	root, feed, err := publish.GenerateKeys(p.keys, "news.example")
	require.NoError(t, err)
	p.Keys, p.pin = []publish.Signer{root, feed}, root.Public()
	for _, name := range []string{"weir.json", "bridge.json"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		require.NoError(t, err)
		p.write(name, data)
	}
	p.write("pictures/weir.jpg", picture("jpeg", 600, 400))
	p.write("pictures/ramp.png", picture("png", 300, 200))
	p.run()
	return p
}

func (p *press) write(name string, data []byte) {
	path := filepath.Join(p.Source, name)
	require.NoError(p.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(p.t, os.WriteFile(path, data, 0o644))
}

// run publishes, an hour later.
func (p *press) run() {
	p.Now = p.Now.Add(time.Hour)
	_, err := publish.Run(context.Background(), p.Options)
	require.NoError(p.t, err)
	p.New = false
}

// revise publishes an article with another headline.
func (p *press) revise(name, headline string) {
	data := fmt.Sprintf(`{"version":"byway-article/1","id":"x","headline":%q,"inLanguage":"en","body":[{"type":"paragraph","content":"It rose."}]}`, headline)
	p.write(name+".json", []byte(data))
	p.run()
}

func (p *press) withdraw(path, reason string) {
	p.Now = p.Now.Add(time.Hour)
	_, err := publish.Withdraw(context.Background(), publish.Withdrawal{Site: p.Site, Keys: p.Keys, Article: path, Reason: reason, Now: p.Now})
	require.NoError(p.t, err)
}

// rotate replaces a key, and signs a feed with what counts then.
func (p *press) rotate(role publish.Role) {
	p.Now = p.Now.Add(time.Hour)
	_, err := publish.Rotate(publish.Rotation{Site: p.Site, Role: role, Keys: p.Keys, Folder: p.keys, Now: p.Now})
	require.NoError(p.t, err)
	p.Keys, err = publish.ReadKeys(p.keys)
	require.NoError(p.t, err)
	p.run()
}

func (p *press) file(name string) []byte {
	data, err := os.ReadFile(filepath.Join(p.Site, name))
	require.NoError(p.t, err)
	return data
}

// anchor is a page that pins the first root key.
func (p *press) anchor() trust.Anchor {
	key, err := trust.ParseKey(p.pin)
	require.NoError(p.t, err)
	return trust.Anchor{Key: key}
}

// seen is what a reader who pins that believes after a look at the site.
func (p *press) seen(before []byte) []byte {
	s, err := trust.Start(p.anchor(), before)
	require.NoError(p.t, err)
	for _, name := range []string{trust.CurrentRoot, trust.FeedPath} {
		accept := func() error {
			if name == trust.CurrentRoot {
				return s.AcceptRoot(p.file(name))
			}
			_, err := s.AcceptFeed(p.file(name), p.Now)
			return err
		}
		err := accept()
		if need := (trust.NeedRoots{}); errors.As(err, &need) {
			for _, path := range need.Paths() {
				_ = s.AcceptRoot(p.file(path))
			}
			err = accept()
		}
		require.NoError(p.t, err)
	}
	return s.Bytes()
}

// witness is who pins the first key and has seen something.
func (p *press) witness(seen []byte) Witness {
	return Witness{Anchor: p.anchor(), Seen: seen, Now: p.Now}
}

var blob = regexp.MustCompile(`https://news\.example/(b/[0-9a-f]{64})`)

// take is an article as a page has it that shows all its pictures.
func (p *press) take(path string) *File {
	f := &File{Path: path, Pin: p.pin, Evidence: p.seen(nil), Article: p.file(trust.AliasPath(path))}
	for _, found := range blob.FindAllSubmatch(f.Article, -1) {
		body := p.file(string(found[1]))
		f.Pictures = append(f.Pictures, Picture{string(found[0]), http.DetectContentType(body), body})
	}
	if path == "weir" {
		f.Pictures = append(f.Pictures, Picture{"https://pictures.example/eels.gif", "image/gif", picture("gif", 60, 40)})
	}
	return f
}

// save is the file of an article.
func (p *press) save(path string) []byte { return written(p.t, p.take(path)) }

func written(t testing.TB, f *File) []byte {
	t.Helper()
	data, err := f.Write()
	require.NoError(t, err)
	return data
}

// picture is one in which no pixel is as its neighbour.
func picture(kind string, width, height int) []byte {
	im := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			im.Set(x, y, color.RGBA{byte(255 * x / width), byte(255 * y / height), byte(x ^ y), 255})
		}
	}
	var b bytes.Buffer
	var err error
	switch kind {
	case "jpeg":
		err = jpeg.Encode(&b, im, nil)
	case "png":
		err = png.Encode(&b, im)
	case "gif":
		err = gif.Encode(&b, im, nil)
	}
	if err != nil {
		panic(err)
	}
	return b.Bytes()
}
