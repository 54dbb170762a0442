package web_test

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"byway/internal/blockade"
	"byway/internal/publish"

	"github.com/stretchr/testify/require"
)

// printed is what an address holds, by path.
type printed map[string]string

var _ http.Handler = printed(nil)

func (t printed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, found := t[strings.TrimPrefix(r.URL.Path, "/")]
	if !found {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write([]byte(body))
}

// with is the same tree but for some files, by path and body in turn. "" takes one away.
func (t printed) with(files ...string) printed {
	all := maps.Clone(t)
	for i := 0; i < len(files); i += 2 {
		if all[files[i]] = files[i+1]; files[i+1] == "" {
			delete(all, files[i])
		}
	}
	return all
}

// newsroom is a publisher who signs, with keys and addresses of its own.
type newsroom struct {
	mirrors
	trees                         []atomic.Pointer[printed] // what each address holds
	root1, feed1, feed2, stranger publish.Signer            // the stranger has a key of the same name as feed1
	now                           time.Time                 // when everything is signed
}

// openNewsroom starts n addresses. Each must hold something before it is asked.
func openNewsroom(t testing.TB, n int) *newsroom {
	t.Helper()
	r := &newsroom{now: time.Now()}
	for key, role := range map[*publish.Signer]string{&r.root1: "root1", &r.feed1: "feed1", &r.feed2: "feed2", &r.stranger: "feed1"} {
		var err error
		*key, err = publish.NewSigner("news.example/" + role)
		require.NoError(t, err)
	}
	r.trees = make([]atomic.Pointer[printed], n)
	for i := range n {
		s, err := blockade.Start("127.0.0.1:0", http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) { r.trees[i].Load().ServeHTTP(w, q) }))
		require.NoError(t, err)
		t.Cleanup(func() { _ = s.Close() })
		r.mirrors = append(r.mirrors, s)
	}
	return r
}

// hold has each address hold a tree: the last of them is for all that are left over.
func (r *newsroom) hold(trees ...printed) {
	for i := range r.trees {
		r.trees[i].Store(&trees[min(i, len(trees)-1)])
	}
}

// rootOf is a root note. Zero stands for what the first one has.
type rootOf struct {
	version, epoch, minFeed int
	feedKey                 publish.Signer
	mirrors                 []string
	by                      publish.Signer
}

func (r *newsroom) root(o rootOf) string {
	if o.version == 0 {
		o.version = 1
	}
	if o.epoch == 0 {
		o.epoch = 1
	}
	if o.feedKey.Name() == "" {
		o.feedKey = r.feed1
	}
	if o.by.Name() == "" {
		o.by = r.root1
	}
	var mirrors []string
	for i, m := range o.mirrors {
		mirrors = append(mirrors, fmt.Sprintf(`{"base":%q,"prio":%d}`, m, min(i, 1)))
	}
	return string(publish.Sign(fmt.Sprintf("byway/v1/root\n"+
		`{"site":"news.example","version":%d,"epoch":%d,"expires":%q,"root_keys":[%q],"root_threshold":1,"feed_keys":[%q],"min_feed":%d,"mirrors":[%s]}`+"\n",
		o.version, o.epoch, moment(r.now.Add(time.Hour)), r.root1.Public(), o.feedKey.Public(), o.minFeed, strings.Join(mirrors, ",")), o.by))
}

// feedOf is a feed note. Zero stands for what the first ones have.
type feedOf struct {
	version, epoch, root int
	issued               time.Time
	items                []string
	by                   publish.Signer
}

// life is how long a feed counts.
const life = 14 * 24 * time.Hour

func (r *newsroom) feed(o feedOf) string {
	if o.epoch == 0 {
		o.epoch = 1
	}
	if o.root == 0 {
		o.root = 1
	}
	if o.issued.IsZero() {
		o.issued = r.now
	}
	if o.by.Name() == "" {
		o.by = r.feed1
	}
	return string(publish.Sign(fmt.Sprintf("byway/v1/feed\n"+
		`{"site":"news.example","epoch":%d,"version":%d,"root":%d,"issued":%q,"expires":%q,"items":[%s]}`+"\n",
		o.epoch, o.version, o.root, moment(o.issued), moment(o.issued.Add(life)), strings.Join(o.items, ",")), o.by))
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// listed binds a path to an article. More are members.
func listed(path, body string, more ...string) string {
	return fmt.Sprintf(`{"p":%q,"h":"%x","n":%d%s}`, path, sha256.Sum256([]byte(body)), len(body), strings.Join(more, ""))
}

func blobPath(body string) string { return fmt.Sprintf("b/%x.json", sha256.Sum256([]byte(body))) }

// tale is an article.
func tale(headline string) string {
	return fmt.Sprintf(`{"version":"byway-article/1","id":"urn:example:%x","inLanguage":"en","headline":%q,"datePublished":"2026-07-12T14:03:00Z",
"body":[{"type":"paragraph","content":"The boats were out before it was light."}]}`, len(headline), headline)
}

// edition is the tree of one feed, with the tale at a/ferry.json and another article.
func (r *newsroom) edition(version int, body string) printed {
	other := tale("The lake is frozen")
	return printed{
		"root/current.note": r.root(rootOf{}),
		"root/1.note":       r.root(rootOf{}),
		"feed.note":         r.feed(feedOf{version: version, items: []string{listed("ferry", body), listed("lake", other)}}),
		"a/ferry.json":      body,
		blobPath(body):      body,
		"a/lake.json":       other,
		blobPath(other):     other,
	}
}

// pinned is the element for the article, with the root inside it, its addresses, more attributes, and a fallback.
func (r *newsroom) pinned(attributes string) string {
	rest := strings.TrimSpace(strings.TrimPrefix(r.all(), r.base(0)))
	return fmt.Sprintf(`<byway-article src="%s/a/ferry.json" mirrors="%s" key="%s" load="eager" images="none" %s>
<script type="text/byway-root">
%s</script><a href="https://news.example/ferry">The ferry, on news.example</a></byway-article>
`, r.base(0), rest, r.root1.Public(), attributes, r.root(rootOf{}))
}
