package reader_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"byway/internal/publish"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

// The keys of a publisher, and that of somebody else.
var root1, root2, feed1, feed2, stranger = signer("root1"), signer("root2"), signer("feed1"), signer("feed2"), signer("feed1")

func signer(role string) publish.Signer {
	k, err := publish.NewSigner("news.example/" + role)
	if err != nil {
		panic(err)
	}
	return k
}

// rootOf is a root note. Its words come in place of those with the same names.
type rootOf struct {
	version, epoch int
	rootKeys       []publish.Signer
	feedKey        publish.Signer
	minFeed        int
	mirrors        []string
	by             []publish.Signer
}

func (r rootOf) note() string {
	if r.version == 0 {
		r.version = 1
	}
	if r.epoch == 0 {
		r.epoch = 1
	}
	if r.rootKeys == nil {
		r.rootKeys = []publish.Signer{root1}
	}
	if r.feedKey.Name() == "" {
		r.feedKey = feed1
	}
	if r.by == nil {
		r.by = r.rootKeys
	}
	var keys, mirrors []string
	for _, k := range r.rootKeys {
		keys = append(keys, fmt.Sprintf("%q", k.Public()))
	}
	for i, m := range r.mirrors {
		mirrors = append(mirrors, fmt.Sprintf(`{"base":%q,"prio":%d}`, m, min(i, 1)))
	}
	return string(publish.Sign(fmt.Sprintf("byway/v1/root\n"+
		`{"site":"news.example","version":%d,"epoch":%d,"expires":"2010-01-01T00:00:00Z","root_keys":[%s],"root_threshold":1,"feed_keys":[%q],"min_feed":%d,"mirrors":[%s]}`+"\n",
		r.version, r.epoch, strings.Join(keys, ","), r.feedKey.Public(), r.minFeed, strings.Join(mirrors, ",")), r.by...))
}

// feedOf is a feed note.
type feedOf struct {
	version, epoch, root int
	issued               time.Time
	life                 time.Duration
	items, shards        string
	by                   publish.Signer
}

func (f feedOf) note() string {
	if f.epoch == 0 {
		f.epoch = 1
	}
	if f.root == 0 {
		f.root = 1
	}
	if f.issued.IsZero() {
		f.issued = bubble
	}
	if f.life == 0 {
		f.life = 14 * 24 * time.Hour
	}
	if f.by.Name() == "" {
		f.by = feed1
	}
	return string(publish.Sign(fmt.Sprintf("byway/v1/feed\n"+
		`{"site":"news.example","epoch":%d,"version":%d,"root":%d,"issued":%q,"expires":%q,"items":[%s],"shards":[%s]}`+"\n",
		f.epoch, f.version, f.root, stamp(f.issued), stamp(f.issued.Add(f.life)), f.items, f.shards), f.by))
}

// bubble is when every synctest bubble begins.
var bubble = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// item binds a path to a body. More are members.
func item(path, body string, more ...string) string {
	return fmt.Sprintf(`{"p":%q,"h":"%x","n":%d%s}`, path, sha256.Sum256([]byte(body)), len(body), strings.Join(more, ""))
}

func blob(body string) string { return fmt.Sprintf("b/%x", sha256.Sum256([]byte(body))) }

// tree is what an address of the publisher holds, by path.
type tree map[string]string

// edition is the tree of one feed that has one article.
func edition(version int, body string) tree {
	return tree{
		"root/current.note":  rootOf{}.note(),
		"root/1.note":        rootOf{}.note(),
		"feed.note":          feedOf{version: version, items: item("river", body)}.note(),
		"a/river.json":       body,
		blob(body) + ".json": body,
	}
}

// with is the same tree but for some files, by name and body in turn. "" takes one away.
func (t tree) with(files ...string) tree {
	all := tree{}
	for name, body := range t {
		all[name] = body
	}
	for i := 0; i < len(files); i += 2 {
		if all[files[i]] = files[i+1]; files[i+1] == "" {
			delete(all, files[i])
		}
	}
	return all
}

// hold has an address hold a tree, and nothing else.
func (n *network) hold(base string, t tree) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.answers == nil {
		n.answers = map[string]string{}
	}
	for at := range n.answers {
		if strings.HasPrefix(at, base) {
			delete(n.answers, at)
		}
	}
	n.answers[strings.TrimSuffix(strings.SplitAfter(base, "/")[0], "/")] = "404"
	for path, body := range t {
		n.answers[base+path] = body
	}
}

func (n *network) takeURLs() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	urls := n.urls
	n.urls = nil
	return urls
}

// trees has the three addresses of the usual article hold these.
func trees(primary, m1, m2 tree) *network {
	n := &network{}
	n.hold("news.example/", primary)
	n.hold("m1.example.net/", m1)
	n.hold("m2.example.org/p/", m2)
	return n
}

// signed pins the root key, and inline the root too.
func signed() reader.Config {
	return reader.Config{Src: src, Mirrors: mirrors, Key: root1.Public(), Root: "\n  " + rootOf{}.note() + "\n"}
}

func requireShown(t *testing.T, d *desk, source, body string) reader.State {
	t.Helper()
	s := d.State()
	require.Nil(t, s.Problem)
	require.Equal(t, reader.Ready, s.Phase)
	require.Equal(t, source, s.Source)
	require.Equal(t, reader.Signed, s.Proof)
	require.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte(body))), s.Signature.Hash)
	return s
}
