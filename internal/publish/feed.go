package publish

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"byway/internal/tree"
	"byway/internal/trust"
)

const (
	// maxItems is how many articles, the newest, stand in the feed itself, which everybody loads: about 17 kB.
	maxItems = 100
	// maxShard is how many of the others share a list.
	maxShard = 256
)

// signFeed writes a feed of what was published and withdrawn.
func (p *publisher) signFeed(context.Context) error {
	items := slices.Clone(p.withdrawn)
	for path, e := range p.new.Articles {
		items = append(items, e.item(path))
	}
	return p.writeFeed(items, p.Life)
}

// item is what the feed says of an article.
func (e *entry) item(path string) trust.Item {
	i := trust.Item{Path: path, Blob: trust.Blob{Size: e.Size}, Modified: e.Modified}
	hash, _ := hex.DecodeString(e.Hash)
	copy(i.Hash[:], hash)
	if !e.CorrectedAt.IsZero() {
		i.Notice = &trust.Notice{Kind: trust.Correction, Text: e.Correction, At: e.CorrectedAt}
	}
	return i
}

// changed is when something happened to an article, zero where that is not known.
func changed(i trust.Item) time.Time {
	if isWithdrawal(i) {
		return i.Notice.At
	}
	return i.Modified
}

// writeFeed signs a new feed, unless the one that is there says the same and is good for a while.
func (s *standing) writeFeed(items trust.Items, life time.Duration) error {
	slices.SortFunc(items, func(a, b trust.Item) int {
		return cmp.Or(changed(b).Compare(changed(a)), strings.Compare(a.Path, b.Path))
	})
	var shards []trust.Shard
	if len(items) > maxItems {
		older := slices.Clone(items[maxItems:])
		slices.SortFunc(older, func(a, b trust.Item) int { return strings.Compare(a.Path, b.Path) })
		if err := s.shard(&shards, older, ""); err != nil {
			return err
		}
		items = items[:maxItems]
	}
	if s.feed.Expires.Sub(s.now) > life/2 && feedText(s.feed, s.root, items, shards) == s.feedText {
		return nil
	}
	return s.nextFeed(items, shards, life)
}

// nextFeed counts its versions by the seconds since 1970, so that a site that was published from another computer, or
// after its folder was lost, is not taken for an older one.
func (s *standing) nextFeed(items trust.Items, shards []trust.Shard, life time.Duration) error {
	by, err := s.signer()
	if err != nil {
		return err
	}
	f := trust.Feed{Version: max(s.feed.Version+1, s.root.MinFeed, s.now.Unix()), Issued: s.now, Expires: s.now.Add(life)}
	note := Sign(feedText(f, s.root, items, shards), by)
	if len(note) > trust.MaxFeed {
		return fmt.Errorf("the feed has %d bytes, and readers stop at %d: put articles whose names begin alike into folders", len(note), trust.MaxFeed)
	}
	if s.feed, err = s.state.AcceptFeed(note, s.now); err != nil {
		return err
	}
	return s.to.put(feeds, trust.FeedPath, note)
}

// shard puts older articles, in the order of their paths, into lists by how their paths begin. Where too many begin
// alike, the next letter parts them, so that a change of one article changes one short list.
func (s *standing) shard(all *[]trust.Shard, items trust.Items, prefix string) error {
	if len(items) <= maxShard && prefix != "" {
		return s.writeShard(all, items, prefix)
	}
	if items[0].Path == prefix { // behind the others: readers take the first list whose prefix fits
		return errors.Join(s.part(all, items[1:], prefix), s.writeShard(all, items[:1], prefix))
	}
	return s.part(all, items, prefix)
}

// part parts articles by the letter behind the prefix, which all of them have.
func (s *standing) part(all *[]trust.Shard, items trust.Items, prefix string) error {
	for len(items) > 0 {
		longer := items[0].Path[:len(prefix)+1] // paths are ASCII
		end := 0
		for end < len(items) && strings.HasPrefix(items[end].Path, longer) {
			end++
		}
		if err := s.shard(all, items[:end], longer); err != nil {
			return err
		}
		items = items[end:]
	}
	return nil
}

func (s *standing) writeShard(all *[]trust.Shard, items trust.Items, prefix string) error {
	w := &tree.Writer{}
	w.Object(func() { writeItems(w, items) })
	shard := trust.Shard{Prefix: prefix, Blob: blobOf(w.Bytes())}
	*all = append(*all, shard)
	return s.to.put(blobs, trust.BlobPath(shard.Blob, ""), w.Bytes())
}

// feedText takes from f when it was issued, and its version.
func feedText(f trust.Feed, r trust.Root, items trust.Items, shards []trust.Shard) string {
	w := &tree.Writer{}
	w.Object(func() {
		text(w, "site", r.Site)
		number(w, "epoch", r.Epoch)
		number(w, "version", f.Version)
		number(w, "root", r.Version)
		text(w, "issued", moment(f.Issued))
		text(w, "expires", moment(f.Expires))
		writeItems(w, items)
		if len(shards) > 0 {
			writeShards(w, shards)
		}
	})
	return "byway/v1/feed\n" + string(w.Bytes()) + "\n"
}

func writeItems(w *tree.Writer, items trust.Items) {
	w.Key("items")
	w.List(func() {
		for _, i := range items {
			w.Object(func() { writeItem(w, i) })
		}
	})
}

func writeItem(w *tree.Writer, i trust.Item) {
	text(w, "p", i.Path)
	if i.Blob != (trust.Blob{}) {
		text(w, "h", fmt.Sprintf("%x", i.Hash))
		number(w, "n", i.Size)
	}
	if !i.Modified.IsZero() {
		text(w, "m", moment(i.Modified))
	}
	if i.Notice == nil {
		return
	}
	w.Key("x")
	w.Object(func() {
		text(w, "kind", string(i.Notice.Kind))
		if i.Notice.Text != "" {
			text(w, "text", i.Notice.Text)
		}
		text(w, "at", moment(i.Notice.At))
	})
}

func writeShards(w *tree.Writer, shards []trust.Shard) {
	w.Key("shards")
	w.List(func() {
		for _, s := range shards {
			w.Object(func() {
				text(w, "prefix", s.Prefix)
				text(w, "h", fmt.Sprintf("%x", s.Hash))
				number(w, "n", s.Size)
			})
		}
	})
}

func blobOf(data []byte) trust.Blob {
	return trust.Blob{Hash: sha256.Sum256(data), Size: int64(len(data))}
}
