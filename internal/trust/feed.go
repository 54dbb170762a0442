package trust

import (
	"fmt"
	"strings"
	"time"

	"byway/internal/tree"
)

const feedKind = "byway/v1/feed"

// Feed says which articles there are and what their bytes are. It is signed by one of the feed keys of the root, each
// time something is published.
type Feed struct {
	Site            string
	Epoch           int64 // that of the root
	Version         int64 // never counted down, in a new epoch neither
	Root            int64 // version of the root at that time
	Issued, Expires time.Time
	Items           Items
	Shards          []Shard // of articles that are not in Items
	By              []Key   // that signed it
}

// Expired reports whether there should be a newer feed by now. What the feed says is shown still, with "not confirmed
// since": to refuse it would help those who hold back the new one.
func (f Feed) Expired(now time.Time) bool { return !now.Before(f.Expires) }

// Shard finds the list in which an article would be that is not in Items: the first one whose prefix fits.
func (f Feed) Shard(path string) (Shard, bool) {
	for _, s := range f.Shards {
		if strings.HasPrefix(path, s.Prefix) {
			return s, true
		}
	}
	return Shard{}, false
}

// Items are articles in the order of the publisher, each path once.
type Items []Item

// Find finds an article by its path.
func (all Items) Find(path string) (Item, bool) {
	for _, i := range all {
		if i.Path == path {
			return i, true
		}
	}
	return Item{}, false
}

// Item is an article of a feed.
type Item struct {
	Path     string
	Blob               // zero where an article was withdrawn and its bytes with it
	Modified time.Time // zero where the publisher does not say
	Notice   *Notice   // nil: none
}

// Notice is what the publisher has to say of an article to those who read it, or have read it.
type Notice struct {
	Kind NoticeKind
	Text string // "" where the publisher says no more
	At   time.Time
}

// NoticeKind is what happened to an article. Kinds that are not known here give no notice.
type NoticeKind string

const (
	Correction NoticeKind = "correction"
	Withdrawn  NoticeKind = "withdrawn"
)

// Shard is a list of older articles in a blob of its own, so that the feed stays small. It has no signature of its own:
// the feed names its hash.
type Shard struct {
	Prefix string // of the paths of all its articles
	Blob
}

// Open reads the blob: an object with the member items, as in a feed.
func (s Shard) Open(body []byte) (Items, error) {
	if err := s.Check(body); err != nil {
		return nil, fmt.Errorf("shard %q: %w", s.Prefix, err)
	}
	o, err := parseObject(body)
	if err != nil {
		return nil, fmt.Errorf("shard %q: %w", s.Prefix, err)
	}
	items := o.items()
	for _, i := range items {
		if !strings.HasPrefix(i.Path, s.Prefix) {
			o.fail("items", "a path does not begin with the prefix")
		}
	}
	if *o.err != nil {
		return nil, fmt.Errorf("shard %q: %w", s.Prefix, *o.err)
	}
	return items, nil
}

func parseFeed(text string) (Feed, error) {
	o, err := parseDocument(text, feedKind)
	if err != nil {
		return Feed{}, err
	}
	f := Feed{
		Site:    o.text("site"),
		Epoch:   o.whole("epoch"),
		Version: o.whole("version"),
		Root:    o.whole("root"),
		Issued:  o.moment("issued"),
		Expires: o.moment("expires"),
		Items:   o.items(),
		Shards:  o.shards(),
	}
	if f.Version == 0 || f.Root == 0 {
		o.fail("version", "feeds and roots are counted from 1")
	}
	if !f.Issued.Before(f.Expires) {
		o.fail("expires", "not after it was issued")
	}
	if *o.err != nil {
		return Feed{}, *o.err
	}
	return f, nil
}

// items reads a list in which no path is there twice: it would be for the mirror to choose between two articles.
func (o object) items() Items {
	var all Items
	seen := map[string]bool{}
	for _, item := range o.objects("items", false) {
		i := Item{Path: item.text("p"), Notice: item.notice()}
		if i.Notice == nil || i.Notice.Kind != Withdrawn || item.has("h") {
			i.Blob = item.blob()
		}
		if item.has("m") {
			i.Modified = item.moment("m")
		}
		if seen[i.Path] {
			item.fail("p", "the path is there twice")
		}
		seen[i.Path] = true
		all = append(all, i)
	}
	return all
}

func (o object) notice() *Notice {
	if !o.has("x") {
		return nil
	}
	x := object{o.node.Get("x"), o.place + `"x": `, o.err}
	if x.node.Kind() != tree.Object {
		o.fail("x", "no object")
	}
	n := &Notice{Kind: NoticeKind(x.text("kind")), At: x.moment("at")}
	if x.has("text") {
		n.Text = x.text("text")
	}
	if n.Kind != Correction && n.Kind != Withdrawn {
		return nil
	}
	return n
}

func (o object) shards() []Shard {
	var all []Shard
	for _, s := range o.objects("shards", true) {
		all = append(all, Shard{s.text("prefix"), s.blob()})
	}
	return all
}
