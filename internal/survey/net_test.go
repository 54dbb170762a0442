package survey

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/publish"
)

var quiet = log.New(io.Discard, "", 0)

// press is a publisher with two addresses, the first of which is its own. The second has a copy of the site.
type press struct {
	t             *testing.T
	ca            authority
	first, second *host
	keys          []publish.Signer
	source        string
	now           time.Time // of what is published
	more          []string  // further addresses
}

func newPress(t *testing.T) *press {
	p := &press{t: t, ca: newAuthority(t), source: t.TempDir(), now: noon.Add(-3 * time.Hour)}
	p.first = startHost(t, filepath.Join(t.TempDir(), "site"), p.ca.certificate(noon.AddDate(0, 2, 0)))
	p.second = startHost(t, filepath.Join(t.TempDir(), "site"), p.ca.certificate(noon.AddDate(0, 2, 0)))
	root, feed, err := publish.GenerateKeys(filepath.Join(t.TempDir(), "keys"), "news.example")
	require.NoError(t, err)
	p.keys = []publish.Signer{root, feed}
	for i := range 12 {
		p.write(fmt.Sprintf("2026/story%d.json", i), story(fmt.Sprintf("Story %d", i), fmt.Sprintf(`"datePublished":"2026-08-%02dT10:00:00Z",`, i+1)))
	}
	p.write("2026/river.json", story("The river", `"datePublished":"2026-08-20T10:00:00Z","url":"https://news.example/2026/river","image":[{"url":"river.jpg","alt":""}],`))
	p.write("2026/river.jpg", photo())
	p.publish()
	p.copy()
	return p
}

// story is long enough for compression to matter.
func story(headline, members string) string {
	return `{"version":"byway-article/1","id":"` + headline + `","headline":"` + headline + `","inLanguage":"en",` + members +
		`"body":[{"type":"paragraph","content":"` + strings.Repeat("It rose in the night and fell in the morning. ", 60) + `"}]}`
}

func photo() string {
	im := image.NewRGBA(image.Rect(0, 0, 600, 40))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range im.Pix {
		im.Pix[i] = byte(r.IntN(256)) | 1
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, im, nil); err != nil {
		panic(err)
	}
	return b.String()
}

func (p *press) write(name, text string) { writeFile(p.t, filepath.Join(p.source, name), text) }

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
}

// element is what "make build" would write, in small.
func element(t *testing.T) string {
	wasm := "\x00asm" + strings.Repeat("as it was built ", 500)
	sum := sha256.Sum256([]byte(wasm))
	folder := t.TempDir()
	name := fmt.Sprintf("byway.%x.wasm", sum[:8])
	writeFile(t, filepath.Join(folder, "byway.js"), fmt.Sprintf("load(%q,%q)%s", name, base64.StdEncoding.EncodeToString(sum[:]), strings.Repeat("/* a script */", 200)))
	writeFile(t, filepath.Join(folder, name), wasm)
	writeFile(t, filepath.Join(folder, name+".gz"), string(gzipped([]byte(wasm))))
	return folder
}

// publish publishes at the first address.
func (p *press) publish() publish.Report {
	_, err := os.Stat(p.first.folder)
	r, err := publish.Run(context.Background(), publish.Options{
		Source: p.source, Site: p.first.folder, New: os.IsNotExist(err), Base: p.first.URL + "/", Mirrors: append([]string{p.second.URL + "/"}, p.more...),
		Keys: p.keys, Element: element(p.t), Life: 14 * 24 * time.Hour, Now: p.now,
	})
	require.NoError(p.t, err)
	return r
}

// copy brings the second address up to date.
func (p *press) copy() {
	require.NoError(p.t, os.RemoveAll(p.second.folder))
	require.NoError(p.t, os.CopyFS(p.second.folder, os.DirFS(p.first.folder)))
}

func (p *press) options() Options {
	return Options{Bases: []string{p.first.URL}, Pin: p.keys[0].Public(), Timeout: 10 * time.Second, Parallel: 4, Now: noon, Client: p.ca.client()}
}

// look runs a survey, and gives the table, too.
func look(t *testing.T, o Options) (Report, string) {
	t.Helper()
	r, err := Run(t.Context(), o)
	require.NoError(t, err)
	var table strings.Builder
	require.NoError(t, r.Write(&table))
	return r, table.String()
}

// faults are all checks of an address that are neither ok nor skipped, as "name state: detail".
func faults(a Address) (all []string) {
	for _, c := range a.Checks {
		if c.State == Warn || c.State == Broken {
			all = append(all, fmt.Sprintf("%s %s: %s", c.Name, c.State, c.Detail))
		}
	}
	return all
}
