package survey

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"byway/internal/article"
	"byway/internal/tree"
	"byway/internal/trust"
)

// The sample: articles that most readers ask for, some of the others, and some of the pictures in all of these.
const (
	newestArticles = 10
	otherArticles  = 5
	otherLists     = 5 // of older articles
	somePictures   = 15
)

// Limits in bytes.
const (
	maxPicture = 10 << 20 // readers stop there
	maxList    = 4 << 20
)

// lot is a number that is drawn for a name.
func lot(draw, name string) string {
	sum := sha256.Sum256([]byte(draw + " " + name))
	return string(sum[:])
}

// lookAtArticles holds articles and pictures against the feed: that of the address, or the newest where it has none that
// counts.
func (v *visit) lookAtArticles(ctx context.Context) {
	feed, ok := v.ownFeed()
	if !ok {
		v.skip(Articles, "no feed says which bytes are right")
		v.skip(Pictures, "no feed says which bytes are right")
		return
	}
	pictures := &album{all: map[trust.Blob]picture{}}
	items, words := v.choose(ctx, feed)
	beside(ctx, v.Parallel, len(items), func(i int) { v.lookAtArticle(ctx, items[i], pictures) })
	v.conclude(ctx, Articles, fmt.Sprintf("%s%d", words, len(items)))
	v.lookAtPictures(ctx, v.draw(feed), pictures)
}

func (v *visit) ownFeed() (trust.Feed, bool) {
	if v.newest == nil {
		return trust.Feed{}, false
	}
	if feed, ok := v.current(); ok {
		return feed, true
	}
	return v.newest.Feed()
}

// choose gives the articles to look at, and words to go before their number.
func (v *visit) choose(ctx context.Context, feed trust.Feed) (items []trust.Item, words string) {
	lists := feed.Shards
	if !v.All {
		lists = drawn(v.draw(feed), lists, otherLists, func(s trust.Shard) string { return s.Prefix })
	}
	older := make([]trust.Items, len(lists))
	beside(ctx, v.Parallel, len(lists), func(i int) { older[i] = v.open(ctx, lists[i]) })
	newest := feed.Items[:min(newestArticles, len(feed.Items))]
	rest := append(slices.Clone(feed.Items[len(newest):]), slices.Concat(older...)...)
	if v.All || len(feed.Shards) == len(lists) && len(rest) <= otherArticles {
		return slices.Concat(newest, rest), "all "
	}
	rest = drawn(v.draw(feed), rest, otherArticles, func(i trust.Item) string { return i.Path })
	return slices.Concat(newest, rest), "a sample of "
}

// open reads a list of older articles.
func (v *visit) open(ctx context.Context, s trust.Shard) trust.Items {
	path := trust.BlobPath(s.Blob, "")
	body, err := v.get(ctx, file{path, listKind, min(s.Size, maxList)})
	if err != nil {
		v.fault(Articles, path, err)
		return nil
	}
	items, err := s.Open(body)
	if err != nil {
		v.find(finding{Articles, Broken, "a list of older articles is altered or cut", adviceForged}, path)
	}
	return items
}

// lookAtArticle holds an article and what lies under its path against its hash.
func (v *visit) lookAtArticle(ctx context.Context, item trust.Item, pictures *album) {
	if item.Blob == (trust.Blob{}) {
		v.lookAtWithdrawn(ctx, item)
		return
	}
	path := trust.BlobPath(item.Blob, ".json")
	body, err := v.get(ctx, file{path, blobKind, min(item.Size, article.MaxBytes)})
	if err != nil {
		v.fault(Articles, path, err)
	} else if v.holds(Articles, path, item.Blob, body) {
		pictures.add(body)
	}
	v.lookAtAlias(ctx, item)
}

// lookAtAlias holds what lies under the path of an article against the feed. An earlier revision does no harm to readers
// who check signatures, and is told from an altered one by lying under its own hash, too.
func (v *visit) lookAtAlias(ctx context.Context, item trust.Item) {
	path := trust.AliasPath(item.Path)
	body, err := v.get(ctx, file{path, aliasKind, article.MaxBytes})
	if err != nil {
		v.fault(Articles, path, err)
		return
	}
	if item.Check(body) == nil {
		return
	}
	revision := trust.BlobPath(trust.Blob{Hash: sha256.Sum256(body)}, ".json")
	if same, err := v.get(ctx, file{revision, blobKind, article.MaxBytes}); err == nil && string(same) == string(body) {
		v.find(finding{Articles, Warn, "another revision than the feed names: not synced yet", adviceCopy}, path)
		return
	}
	v.find(finding{Articles, Broken, "altered, cut or something else: not the bytes that the feed names", adviceForged}, path)
}

func (v *visit) lookAtWithdrawn(ctx context.Context, item trust.Item) {
	path := trust.AliasPath(item.Path)
	if _, err := v.get(ctx, file{path, aliasKind, article.MaxBytes}); err == nil {
		v.find(finding{Articles, Warn, "withdrawn, and still there", "Copy the site there again so that files go that are gone here: rclone sync, or rsync --delete."}, path)
	}
}

// picture is what an article says of one.
type picture struct {
	trust.Blob
	path string
}

// album is the pictures of several articles, each once.
type album struct {
	mu  sync.Mutex
	all map[trust.Blob]picture
}

func (v *visit) lookAtPictures(ctx context.Context, draw string, from *album) {
	all := slices.Collect(maps.Values(from.all))
	n := somePictures
	if v.All {
		n = len(all)
	}
	some := drawn(draw, all, n, func(p picture) string { return p.path })
	beside(ctx, v.Parallel, len(some), func(i int) { v.lookAtPicture(ctx, some[i]) })
	words := "a sample of "
	if len(some) == len(all) {
		words = "all "
	}
	v.conclude(ctx, Pictures, fmt.Sprintf("%s%d of these articles", words, len(some)))
}

func (v *visit) lookAtPicture(ctx context.Context, p picture) {
	body, err := v.get(ctx, file{p.path, pictureKind, min(p.Size, maxPicture)})
	if err != nil {
		v.fault(Pictures, p.path, err)
		return
	}
	v.holds(Pictures, p.path, p.Blob, body)
}

// holds reports whether a file holds the bytes that it should, and tells if not. The words are without numbers, so that
// they are the same for all files.
func (v *visit) holds(check, path string, b trust.Blob, body []byte) bool {
	if b.Check(body) == nil {
		return true
	}
	what := "altered: not the bytes that are signed for"
	if int64(len(body)) < b.Size {
		what = "cut, or something else: shorter than what is signed for"
	}
	v.find(finding{check, Broken, what, adviceForged}, path)
	return false
}

// add takes the pictures out of an article whose bytes were verified.
func (a *album) add(body []byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if n, err := tree.Parse(body); err == nil {
		a.within(n)
	}
}

// within goes through a document of JSON. What has a hash, a size and an address that ends with that hash is a picture
// of the tree.
func (a *album) within(n tree.Node) {
	if p, ok := pictureOf(n); ok {
		a.all[p.Blob] = p
	}
	switch n.Kind() {
	case tree.Array:
		for _, item := range n.Items() {
			a.within(item)
		}
	case tree.Object:
		for _, m := range n.Members() {
			a.within(m.Node)
		}
	}
}

func pictureOf(n tree.Node) (p picture, ok bool) {
	encoded, sha := strings.CutPrefix(n.Get("integrity").Raw(), "sha256-")
	hash, err := base64.StdEncoding.DecodeString(encoded)
	if !sha || err != nil || len(hash) != sha256.Size {
		return picture{}, false
	}
	p.path = "b/" + hex.EncodeToString(hash)
	p.Hash = [sha256.Size]byte(hash)
	p.Size, ok = n.Get("contentSize").Int()
	return p, ok && strings.HasSuffix(n.Get("url").Raw(), "/"+p.path)
}
