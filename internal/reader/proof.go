package reader

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"byway/internal/mirror"
	"byway/internal/trust"
)

// proof is what one reader believes of a publisher that signs. It belongs to the goroutine of Run.
type proof struct {
	path   string // of the article, as the feed names it
	anchor trust.Anchor
	state  *trust.State
	list   []byte     // the newest list of older articles in which the article was looked for
	last   trust.Item // what was found last of the article
	stored string     // what the memory holds of it
	unread bool       // nobody knows what that is: it did not answer
	// confirmed says that more than one address was asked for its feed, now or before.
	confirmed bool
}

// pinned makes the proof that a page asks for; nil where it asks for none.
func (c *Config) pinned(set mirror.Set) (*proof, error) {
	if c.Key == "" && c.Root == "" {
		if c.MinFeed != "" {
			return nil, errors.New("min-feed: counts the publisher's feeds, and no key is given: add key, or leave min-feed out")
		}
		return nil, nil
	}
	anchor, err := c.anchor()
	if err != nil {
		return nil, err
	}
	path, found := strings.CutPrefix(set.Document(), "a/")
	path, json := strings.CutSuffix(path, ".json")
	if !found || !json {
		return nil, fmt.Errorf(`src: %q: what is signed lies in the folder a/ under the base and ends with ".json": copy src from the page that "byway embed" wrote, or make base the folder that holds feed.note`, c.Src)
	}
	state, err := trust.Start(anchor, nil)
	return &proof{path: path, anchor: anchor, state: state}, err
}

// anchor reads what the page pins.
func (c *Config) anchor() (a trust.Anchor, err error) {
	if c.Key != "" {
		if a.Key, err = trust.ParseKey(strings.TrimSpace(c.Key)); err != nil {
			return a, err
		}
	}
	if root := strings.TrimSpace(c.Root); root != "" {
		a.Root = []byte(root + "\n") // how a page is indented is no part of a note
	}
	if c.MinFeed != "" {
		if a.MinFeed, err = strconv.ParseInt(c.MinFeed, 10, 64); err != nil || a.MinFeed < 0 {
			return a, fmt.Errorf("min-feed: %q is no whole number: leave it out, or write the version of a feed", c.MinFeed)
		}
	}
	return a, nil
}

// beside are the files that prove the article. A page that pins a key only has one more to ask for the first time.
func (p *proof) beside() []mirror.Part {
	if p == nil {
		return nil
	}
	parts := []mirror.Part{{Path: trust.FeedPath, Limit: trust.MaxFeed}}
	if _, known := p.state.Root(); !known {
		parts = append(parts, mirror.Part{Path: trust.CurrentRoot, Limit: trust.MaxRoot})
	}
	return parts
}

// pin names what the page pins.
func (p *proof) pin() string {
	if p.anchor.Key != (trust.Key{}) {
		return p.anchor.Key.String()
	}
	all := ""
	first, _ := trust.Start(p.anchor, nil)
	root, _ := first.Root()
	for _, k := range root.RootKeys {
		all += " " + k.String()
	}
	return all
}

// mark is what the newest feed says of the article: itself, or by the list in which it would be.
func (p *proof) mark() (item trust.Item, list trust.Blob) {
	feed, _ := p.state.Feed()
	item, found := feed.Items.Find(p.path)
	if shard, listed := feed.Shard(p.path); !found && listed {
		list = shard.Blob
	}
	return item, list
}

// signature says what the newest feed says of the article.
func (p *proof) signature(item trust.Item) *Signature {
	feed, _ := p.state.Feed()
	root, _ := p.state.Root()
	s := &Signature{
		Site: root.Site, Key: feed.By[0].Name(), Feed: feed.Version, Root: root.Version,
		Issued: feed.Issued, Expired: feed.Expired(time.Now()), Notice: item.Notice,
	}
	if item.Blob != (trust.Blob{}) {
		s.Hash = fmt.Sprintf("%x", item.Hash)
	}
	return s
}

// mirrors are the addresses that the publisher signed, behind those that the page lists.
func (p *proof) mirrors() string {
	root, _ := p.state.Root()
	all := ""
	for _, m := range root.Mirrors {
		all += " " + m.Base
	}
	return all
}

// open gives the article's bytes among what one address delivered, and what the newest feed says of them. The bytes are
// nil where the publisher has withdrawn the article.
//
// An address whose feed is older than one that was seen before is not believed, but an article there may still be the
// one that the newest feed names.
func (p *proof) open(files mirror.Files, now time.Time) ([]byte, trust.Item, error) {
	behind := p.takeFeed(files, now)
	if behind != nil && !errors.Is(behind, trust.ErrRollback) {
		return nil, trust.Item{}, behind
	}
	item, err := p.find(files)
	if err != nil || item.Blob == (trust.Blob{}) {
		return nil, item, err
	}
	alias, err := files.Document()
	switch {
	case err == nil && item.Check(alias) == nil:
		return alias, item, nil
	case behind != nil:
		return nil, item, fmt.Errorf("%w: %w", mirror.ErrOlder, behind)
	}
	body, err := want(files, trust.BlobPath(item.Blob, ".json"), item.Size)
	if err != nil {
		return nil, item, err
	}
	if err := item.Check(body); err != nil {
		return nil, item, fmt.Errorf("%w: %w", mirror.ErrAltered, err)
	}
	return body, item, nil
}

// find gives what the newest feed says of the article, itself or in the list of older ones that it names.
func (p *proof) find(files mirror.Files) (trust.Item, error) {
	feed, known := p.state.Feed()
	if !known { // an older one than the page demands was all there is
		return trust.Item{}, fmt.Errorf("%w: the feed is older than min-feed", mirror.ErrOlder)
	}
	item, found := feed.Items.Find(p.path)
	shard, listed := feed.Shard(p.path)
	if !found && listed {
		list, err := want(files, trust.BlobPath(shard.Blob, ""), shard.Size)
		if err != nil {
			return item, err
		}
		items, err := shard.Open(list)
		if err != nil {
			return item, fmt.Errorf("%w: %w", mirror.ErrAltered, err)
		}
		p.list = list
		item, found = items.Find(p.path)
	}
	p.last = item
	if !found {
		return item, fmt.Errorf("the publisher's feed has no %q: %w", p.path, mirror.ErrMissing)
	}
	return item, nil
}

// takeFeed takes the feed of one address, and the roots that lead to it.
func (p *proof) takeFeed(files mirror.Files, now time.Time) error {
	f, _ := files.Find(trust.FeedPath)
	note, err := f.Body()
	if err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	return p.take(files, note, func() error {
		_, err := p.state.AcceptFeed(note, now)
		return err
	})
}

// take tries to take a note until that works, or until the roots at this address lead no further.
func (p *proof) take(files mirror.Files, note []byte, try func() error) error {
	for {
		before, _ := p.state.Root()
		err := try()
		var need trust.NeedRoots
		if !errors.As(err, &need) {
			return refused(note, err)
		}
		lacks, stop := p.walk(files, need)
		if stop != nil {
			return stop
		}
		if after, _ := p.state.Root(); after.Version == before.Version {
			if lacks {
				return fmt.Errorf("%w: %w", mirror.ErrMissing, err)
			}
			return fmt.Errorf("%w: %w, and what is there in their place is not signed", mirror.ErrAltered, err)
		}
	}
}

// walk takes the roots that a note needs. It asks for those that were not asked for, and reports whether some are not
// there.
func (p *proof) walk(files mirror.Files, need trust.NeedRoots) (lacks bool, stop error) {
	var parts []mirror.Part
	for _, path := range need.Paths() {
		if _, asked := files.Find(path); !asked {
			parts = append(parts, mirror.Part{Path: path, Limit: trust.MaxRoot})
		}
	}
	if parts != nil {
		return false, &mirror.More{Parts: parts}
	}
	for _, path := range need.Paths() {
		f, _ := files.Find(path)
		note, err := f.Body()
		if err != nil {
			lacks = true
			continue
		}
		err = p.takeRoot(files, path, note)
		if more := (*mirror.More)(nil); errors.As(err, &more) {
			return lacks, err
		}
	}
	return lacks, nil
}

// takeRoot takes one root. Only the current one may lead further back.
func (p *proof) takeRoot(files mirror.Files, path string, note []byte) error {
	if path != trust.CurrentRoot {
		return p.state.AcceptRoot(note)
	}
	return p.take(files, note, func() error { return p.state.AcceptRoot(note) })
}

// want gives a file, or asks for it.
func want(files mirror.Files, path string, limit int64) ([]byte, error) {
	f, asked := files.Find(path)
	if !asked {
		return nil, &mirror.More{Parts: []mirror.Part{{Path: path, Limit: min(limit, mirror.DefaultPolicy().MaxBytes)}}}
	}
	return f.Body()
}

// refused says of a note that was refused what that makes of the address. A note that has lost its signature was
// altered; what never was a note, such as a block page, is something else.
func refused(note []byte, err error) error {
	isNote := strings.HasPrefix(string(note), "byway/v1/")
	switch {
	case err == nil, errors.Is(err, trust.ErrFuture), errors.Is(err, trust.ErrRollback):
		return err
	case isNote || errors.Is(err, trust.ErrBadSignature):
		return fmt.Errorf("%w: %w", mirror.ErrAltered, err)
	}
	return err
}
