package web_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"byway/internal/blockade"
	"byway/internal/carry"

	downloads "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// An article that somebody carries away by hand: what the browser saves, and how it opens where there is nothing else.

// saveFile clicks on "Save as a file" and gives what the browser has put on the disk.
func (p *tab) saveFile() (name string, data []byte) {
	p.t.Helper()
	folder := p.t.(*testing.T).TempDir()
	allow := downloads.SetDownloadBehavior(downloads.SetDownloadBehaviorBehaviorAllow).WithDownloadPath(folder).WithEventsEnabled(true)
	if p.profile != "" {
		allow = allow.WithBrowserContextID(p.profile)
	}
	ctx, whole := context.WithCancel(p.ctx) // until the file is whole
	defer whole()
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *downloads.EventDownloadWillBegin:
			name = e.SuggestedFilename
		case *downloads.EventDownloadProgress:
			if e.State == downloads.DownloadProgressStateCompleted {
				whole()
			}
		}
	})
	p.do(allow, clickInside("button[data-action=carry]"))
	select {
	case <-ctx.Done():
	case <-time.After(20 * time.Second):
		require.Fail(p.t, "nothing was saved", "the page:\n%s\n%s", p.html(), p.said())
	}
	data, err := os.ReadFile(filepath.Join(folder, name))
	require.NoError(p.t, err)
	return name, data
}

// showsPictures waits until the first element shows so many pictures.
func (p *tab) showsPictures(n int) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`(all => all.length === %d && all.every(im => im.naturalWidth > 0))([...%s.shadowRoot.querySelectorAll("img")])`, n, element))
}

// savedCase is an article that is saved.
type savedCase struct {
	name     string
	edit     func(d *desk) // before it is read
	unsigned bool          // the page pins nothing
	extra    string        // attributes
	dead     bool          // all addresses are, once it was read
	words    []string      // in the file
	pictures int
}

var english = []string{"The night ferry sails again", "with forty people and a goat", "The pier, an hour before sailing.", "Chairs on the upper deck.", "Saved from news.example"}

var savedCases = []savedCase{
	{name: "signed", words: english, pictures: 2},
	{name: "with every address dead since", dead: true, words: english, pictures: 2},
	{name: "where nothing is kept", extra: "private", words: english, pictures: 2},
	{name: "with no picture shown", extra: `images="none"`, words: english, pictures: 2},
	{name: "of a list of older articles", words: english, pictures: 2, edit: func(d *desk) {
		for i := range 101 {
			d.write(fmt.Sprintf("n/%d.json", i), strings.Replace(tale(fmt.Sprintf("News %d", i)), "2026-07-12", "2026-07-13", 1))
		}
		d.run()
	}},
	{name: "Persian", extra: `lang="fa"`, pictures: 2, edit: func(d *desk) { d.write("ferry.json", persianVoyage); d.run() },
		words: []string{"کشتی شبانه دوباره راه افتاد", "چهل مسافر و یک بز", "اسکله، یک ساعت پیش از حرکت.", "ذخیره‌شده از"}},
	{name: "unsigned", unsigned: true, words: []string{english[0], english[1], "A pier at dusk", "Empty deck chairs", "not signed"}},
}

func TestAnArticleIsSavedAsAFile(t *testing.T) {
	t.Parallel()
	byway := filepath.Join(t.TempDir(), "byway")
	out, err := exec.Command("go", "build", "-o", byway, "../internal/cmd/byway").CombinedOutput()
	require.NoError(t, err, "%s", out)
	for _, c := range savedCases {
		t.Run(c.name, func(t *testing.T) {
			d := openDesk(t, "news.example", 2)
			if c.edit != nil {
				c.edit(d)
			}
			name, data := c.save(t, d)
			require.Equal(t, "ferry.html", name)
			c.requireGenuine(t, d, data)
			if !c.unsigned {
				path := filepath.Join(t.TempDir(), name)
				require.NoError(t, os.WriteFile(path, data, 0o644))
				out, err := exec.Command(byway, "verify", "-key", d.pin, path).CombinedOutput()
				require.NoError(t, err, "%s", out)
				require.Contains(t, string(out), "news.example")
			}
			c.requireReadable(t, data)
		})
	}
}

// save reads the article in a page and saves it there.
func (c savedCase) save(t *testing.T, d *desk) (string, []byte) {
	p := openTab(t)
	element := d.pinned(c.extra)
	policy := d.policy()
	if c.unsigned {
		element, policy = d.embed(`load="eager"`), strictCSP(d.all())
	}
	p.open(serveSite(t, policy, element).URL)
	p.waitState("ready")
	if c.extra != `images="none"` {
		p.showsPictures(2)
	}
	if c.dead {
		p.waitOnShelf(`kept.length === 3`)
		for _, m := range d.mirrors {
			require.NoError(t, m.SetFault(blockade.Refused))
		}
	}
	before := texts(p, ".body")
	name, data := p.saveFile()
	p.wait(inside(".keep [role=status]") + `.textContent === ""`)
	require.Equal(t, before, texts(p, ".body"))
	require.Empty(t, p.said())
	return name, data
}

// waitOnShelf waits until an expression is true of kept, the names of what is kept of articles.
func (p *tab) waitOnShelf(expression string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`new Promise((done) => {
		const opening = indexedDB.open("byway:shelf");
		opening.onupgradeneeded = () => opening.transaction.abort();
		opening.onerror = () => done([]);
		opening.onsuccess = () => {
			const get = opening.result.transaction("heads").objectStore("heads").getAllKeys();
			get.onsuccess = () => { opening.result.close(); done(get.result) };
		};
	}).then((kept) => %s)`, expression))
}

// requireGenuine opens a file as somebody does who has the publisher's key.
func (c savedCase) requireGenuine(t *testing.T, d *desk, data []byte) {
	t.Helper()
	w := carry.Witness{Anchor: d.anchor(), Now: time.Now()}
	if c.unsigned {
		_, err := carry.Open(data, w)
		require.ErrorContains(t, err, "nobody signed this file")
		w.Anchor = carry.Witness{}.Anchor
	}
	o, err := carry.Open(data, w)
	require.NoError(t, err)
	require.Equal(t, c.words[0], o.Decoded.Headline)
	require.Len(t, o.Pictures, c.pictures)
	require.Zero(t, o.Unsigned)
	require.Equal(t, carry.PageCompared, o.Page)
	require.Equal(t, c.unsigned, o.Signature == nil)
	require.Equal(t, string(d.files["/a/ferry.json"]), string(o.Article))
}

// requireReadable opens a file where there is no network and no script runs.
func (c savedCase) requireReadable(t *testing.T, data []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "carried.html")
	require.NoError(t, os.WriteFile(path, data, 0o644))
	p := openTab(t)
	complaints, asked := p.overhear()
	p.cut(true)
	p.do(emulation.SetScriptExecutionDisabled(true), chromedp.Navigate("file://"+path))
	text := eval[string](p, `document.body.innerText`)
	for _, words := range c.words {
		require.Contains(t, text, words)
	}
	require.True(t, eval[bool](p, fmt.Sprintf(`(all => all.length === %d && all.every(im => im.complete && im.naturalWidth > 0))([...document.images])`, c.pictures)))
	require.Empty(t, complaints())
	require.Len(t, asked(), 1+c.pictures, "the file and the pictures in it: %v", asked())
}
