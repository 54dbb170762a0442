//go:build js && wasm

package main

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"byway/internal/carry"
	"byway/internal/page"
	"byway/internal/publish"
	"byway/internal/trust"

	"github.com/stretchr/testify/require"
)

// press is a publisher who signs one article.
type press struct {
	t          *testing.T
	site       string
	root, feed publish.Signer
}

func newPress(t *testing.T, site string) *press {
	t.Helper()
	p := &press{t: t, site: site}
	var err error
	p.root, err = publish.NewSigner(site + "/root1")
	require.NoError(t, err)
	p.feed, err = publish.NewSigner(site + "/feed1")
	require.NoError(t, err)
	return p
}

const signedArticle = `{"version":"byway-article/1","id":"x","headline":"The ferry sails","inLanguage":"en","body":[{"type":"paragraph","content":"At nine."}]}`

// save is the file of the article, in a feed of this version.
func (p *press) save(version int) []byte {
	p.t.Helper()
	f := &carry.File{Article: []byte(signedArticle), Path: "ferry", Pin: p.root.Public(), Evidence: p.notes(version, signedArticle)}
	return p.write(f)
}

func (p *press) write(f *carry.File) []byte {
	p.t.Helper()
	data, err := f.Write()
	require.NoError(p.t, err)
	return data
}

// notes are what a reader has seen of a feed that names an article.
func (p *press) notes(version int, body string) []byte {
	p.t.Helper()
	at := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(time.RFC3339) }
	s, err := trust.Start(p.witness().Anchor, nil)
	require.NoError(p.t, err)
	require.NoError(p.t, s.AcceptRoot(publish.Sign(fmt.Sprintf("byway/v1/root\n"+
		`{"site":%q,"version":1,"epoch":1,"expires":%q,"root_keys":[%q],"root_threshold":1,"feed_keys":[%q],"min_feed":0,"mirrors":[]}`+"\n",
		p.site, at(time.Hour), p.root.Public(), p.feed.Public()), p.root)))
	_, err = s.AcceptFeed(publish.Sign(fmt.Sprintf("byway/v1/feed\n"+
		`{"site":%q,"epoch":1,"version":%d,"root":1,"issued":%q,"expires":%q,"items":[{"p":"ferry","h":"%x","n":%d}]}`+"\n",
		p.site, version, at(-time.Minute), at(time.Hour), sha256.Sum256([]byte(body)), len(body)), p.feed), time.Now())
	require.NoError(p.t, err)
	return s.Bytes()
}

// witness is a page that pins the publisher's key.
func (p *press) witness() carry.Witness {
	key, err := trust.ParseKey(p.root.Public())
	require.NoError(p.t, err)
	return carry.Witness{Anchor: trust.Anchor{Key: key}, Now: time.Now()}
}

func TestWhatAFileIsTakenFor(t *testing.T) {
	own, impostor, other, lookalike := newPress(t, "news.example"), newPress(t, "news.example"), newPress(t, "other.example"), newPress(t, "news.example.net")
	knowing := own.witness()
	knowing.Seen = own.notes(8, signedArticle)
	nothing := carry.Witness{Now: time.Now()}
	unsigned := own.write(&carry.File{Article: []byte(signedArticle), Address: "https://other.example/a/ferry.json"})
	altered := func(data []byte) []byte { return []byte(strings.Replace(string(data), "At nine.", "At five.", 1)) }
	for _, c := range []struct {
		name    string
		data    []byte
		witness carry.Witness
		problem page.FileProblem // "": it is shown
		claimed bool
	}{
		{"the publisher's own", own.save(7), own.witness(), "", false},
		{"the publisher's own, and its keys are known", own.save(7), knowing, "", false},
		{"another publisher's", other.save(7), knowing, "", true},
		{"another publisher's, and of the page's own only the key is known", other.save(7), own.witness(), "", true},
		{"a lookalike's", lookalike.save(7), knowing, "", true},
		{"signed by another key in the publisher's name", impostor.save(9), knowing, page.FileForeign, false},
		{"signed by another key, and of the page's own only the key is known", impostor.save(9), own.witness(), page.FileForeign, false},
		{"signed by nobody", unsigned, knowing, page.FileForeign, false},
		{"altered", altered(own.save(7)), knowing, page.FileAltered, false},
		{"another publisher's, and altered", altered(other.save(7)), knowing, page.FileAltered, false},
		{"no file of ours", []byte("<!doctype html>"), knowing, page.FileNone, false},
		{"anything, on a page that pins nothing", impostor.save(9), nothing, "", true},
		{"signed by nobody, on a page that pins nothing", unsigned, nothing, "", true},
		{"altered, on a page that pins nothing", altered(own.save(7)), nothing, page.FileAltered, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, err := openFile(c.data, c.witness, "news.example")
			if c.problem != "" {
				require.Nil(t, o)
				require.Error(t, err)
				require.Equal(t, c.problem, fileProblem(err), "%v", err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.claimed, o.Claimed)
			require.Equal(t, "The ferry sails", o.Decoded.Headline)
		})
	}
}

func TestAFileOfTomorrowIsAQuestionOfTheClock(t *testing.T) {
	own := newPress(t, "news.example")
	w := own.witness()
	w.Now = w.Now.Add(-48 * time.Hour)
	_, err := openFile(own.save(7), w, "news.example")
	require.Equal(t, page.FileUndatable, fileProblem(err), "%v", err)
}

func TestTheNameOfAFileIsThatOfItsArticle(t *testing.T) {
	for path, name := range map[string]string{
		"2026/river":                        "river.html",
		"https://news.example/a/river.json": "river.html",
		"https://news.example/wp-json/wp/v2/posts/12?_embed": "12.html",
		"https://news.example/":                              "article.html",
		"https://news.example/?p=12":                         "article.html",
	} {
		require.Equal(t, name, fileName(path), path)
	}
}
