package publish

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"byway/internal/tree"
	"byway/internal/trust"
)

const (
	// maxItems is how many articles, the newest, stand in the feed itself, which everybody loads: about 17 kB.
	maxItems = 100
	// maxShard is how many of the others share a list.
	maxShard = 256
)

// item is what the feed says of an article.
type item struct {
	path string
	*entry
}

// newestFirst are all articles; those without a date come last.
func (l *ledger) newestFirst() []item {
	var all []item
	for path, e := range l.Articles {
		all = append(all, item{path, e})
	}
	slices.SortFunc(all, func(a, b item) int {
		return cmp.Or(b.Modified.Compare(a.Modified), strings.Compare(a.path, b.path))
	})
	return all
}

// signFeed writes a new feed, unless the one that is there says the same and is good for a while.
func (p *publisher) signFeed(context.Context) error {
	all := p.new.newestFirst()
	var shards []trust.Shard
	if len(all) > maxItems {
		older := slices.Clone(all[maxItems:])
		slices.SortFunc(older, func(a, b item) int { return strings.Compare(a.path, b.path) })
		if err := p.shard(&shards, older, ""); err != nil {
			return err
		}
		all = all[:maxItems]
	}
	old, exists := p.state.Feed()
	p.report.Feed = old.Version
	if exists && old.Expires.Sub(p.Now) > p.Life/2 && feedText(old, p.root, all, shards) == p.feedText {
		return nil
	}
	return p.nextFeed(old, all, shards)
}

// nextFeed counts its versions by the seconds since 1970, so that a site that was published from another computer, or
// after its folder was lost, is not taken for an older one.
func (p *publisher) nextFeed(old trust.Feed, all []item, shards []trust.Shard) error {
	f := trust.Feed{Version: max(old.Version+1, p.root.MinFeed, p.Now.Unix()), Issued: p.Now, Expires: p.Now.Add(p.Life)}
	note := Sign(feedText(f, p.root, all, shards), p.signers...)
	if len(note) > trust.MaxFeed {
		return fmt.Errorf("the feed has %d bytes, and readers stop at %d: put articles whose names begin alike into folders", len(note), trust.MaxFeed)
	}
	if _, err := p.state.AcceptFeed(note, p.Now); err != nil {
		return err
	}
	p.report.Feed = f.Version
	return p.to.put(feeds, trust.FeedPath, note)
}

// shard puts older articles, in the order of their paths, into lists by how their paths begin. Where too many begin
// alike, the next letter parts them, so that a change of one article changes one short list.
func (p *publisher) shard(all *[]trust.Shard, items []item, prefix string) error {
	if len(items) <= maxShard && prefix != "" {
		return p.writeShard(all, items, prefix)
	}
	if items[0].path == prefix { // behind the others: readers take the first list whose prefix fits
		return errors.Join(p.part(all, items[1:], prefix), p.writeShard(all, items[:1], prefix))
	}
	return p.part(all, items, prefix)
}

// part parts articles by the letter behind the prefix, which all of them have.
func (p *publisher) part(all *[]trust.Shard, items []item, prefix string) error {
	for len(items) > 0 {
		longer := items[0].path[:len(prefix)+1] // paths are ASCII
		end := 0
		for end < len(items) && strings.HasPrefix(items[end].path, longer) {
			end++
		}
		if err := p.shard(all, items[:end], longer); err != nil {
			return err
		}
		items = items[end:]
	}
	return nil
}

func (p *publisher) writeShard(all *[]trust.Shard, items []item, prefix string) error {
	w := &tree.Writer{}
	w.Object(func() { writeItems(w, items) })
	s := trust.Shard{Prefix: prefix, Blob: blobOf(w.Bytes())}
	*all = append(*all, s)
	return p.to.put(blobs, trust.BlobPath(s.Blob, ""), w.Bytes())
}

// feedText takes from f when it was issued, and its version.
func feedText(f trust.Feed, r trust.Root, items []item, shards []trust.Shard) string {
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

func writeItems(w *tree.Writer, items []item) {
	w.Key("items")
	w.List(func() {
		for _, i := range items {
			w.Object(func() { i.write(w) })
		}
	})
}

func (i item) write(w *tree.Writer) {
	text(w, "p", i.path)
	text(w, "h", i.Hash)
	number(w, "n", i.Size)
	if !i.Modified.IsZero() {
		text(w, "m", moment(i.Modified))
	}
	if i.CorrectedAt.IsZero() {
		return
	}
	w.Key("x")
	w.Object(func() {
		text(w, "kind", string(trust.Correction))
		if i.Correction != "" {
			text(w, "text", i.Correction)
		}
		text(w, "at", moment(i.CorrectedAt))
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
