package web_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"byway/internal/carry"
)

const carried = `{"version":"byway-article/1","id":"goat","headline":"عنزة على العبّارة","inLanguage":"ar","image":[{"url":"https://news.example/goat.png","alt":"عنزة","caption":"في الصباح"}],
"body":[{"type":"paragraph","content":"أبحرت في التاسعة."},{"type":"figure","image":{"url":"https://news.example/lost.png","alt":"صورة ضائعة"}},
{"type":"paragraph","content":"<script>document.title=1</script>"}]}`

// A file that was saved is whole without a network and without scripts, and its own policy lets all of it through.
func TestASavedFileOpensAnywhere(t *testing.T) {
	var goat bytes.Buffer
	require.NoError(t, png.Encode(&goat, image.NewGray(image.Rect(0, 0, 90, 60))))
	f := &carry.File{Article: []byte(carried), Address: "https://news.example/goat.json",
		Pictures: []carry.Picture{{URL: "https://news.example/goat.png", Type: "image/png", Bytes: goat.Bytes()}}}
	data, err := f.Write()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "goat.html")
	require.NoError(t, os.WriteFile(path, data, 0o644))

	for name, scripts := range map[string]bool{"with scripts": true, "without scripts": false} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t)
			complaints, asked := p.overhear()
			p.cut(true)
			p.do(emulation.SetScriptExecutionDisabled(!scripts))
			p.open("file://" + path)
			text := eval[string](p, `document.body.innerText`)
			for _, words := range []string{"عنزة على العبّارة", "أبحرت في التاسعة.", "في الصباح", "صورة ضائعة", "<script>document.title=1</script>", "حُفظت من news.example · غير موقّعة"} {
				require.Contains(t, text, words)
			}
			require.NotContains(t, text, "byway-file")
			require.Equal(t, 90, eval[int](p, `document.querySelector("img").naturalWidth`))
			require.Equal(t, "rtl", eval[string](p, `getComputedStyle(document.querySelector("h1")).direction`))
			require.Equal(t, "16px", eval[string](p, `getComputedStyle(document.body).paddingTop`), "the style sheet is refused")
			require.Equal(t, "عنزة على العبّارة", eval[string](p, `document.title`))
			require.False(t, eval[bool](p, `document.documentElement.scrollWidth > innerWidth`))
			require.Empty(t, complaints())
			require.Len(t, asked(), 2, "the file and the picture in it: %v", asked())
		})
	}
}

// overhear gives what the browser complains of, and what is asked for.
func (p *tab) overhear() (complaints, asked func() []string) {
	p.t.Helper()
	var mu sync.Mutex
	var said, urls []string
	chromedp.ListenTarget(p.ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *log.EventEntryAdded:
			said = append(said, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			urls = append(urls, e.Request.URL[:min(len(e.Request.URL), 60)])
		}
	})
	p.do(log.Enable(), network.Enable())
	of := func(list *[]string) func() []string {
		return func() []string {
			mu.Lock()
			defer mu.Unlock()
			return *list
		}
	}
	return of(&said), of(&urls)
}
