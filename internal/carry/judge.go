package carry

import (
	"errors"
	"fmt"
	"time"

	"byway/internal/reader"
	"byway/internal/trust"
)

// judge says whether the publisher that a witness believes signed the article, and what the file's own feed says of it.
func (o *Opened) judge(w Witness) (*statement, error) {
	o.Claimed = w.Anchor.Key == trust.Key{} && w.Anchor.Root == nil
	switch {
	case o.Evidence == nil && o.Claimed:
		return &statement{}, nil
	case o.Evidence == nil:
		return nil, fmt.Errorf("%w: nobody signed this file", trust.ErrBadSignature)
	}
	n, err := parseNotes(o.Evidence)
	if err == nil && o.Claimed {
		w = Witness{Now: w.Now}
		w.Anchor, err = o.anchor(n)
	}
	if err != nil {
		return nil, err
	}
	newest, err := trust.Start(w.Anchor, w.Seen)
	if err != nil {
		return nil, err
	}
	newest.Restore(o.Evidence)
	is, err := o.genuine(n, w)
	if errors.Is(err, trust.ErrRollback) {
		is, err = o.vouched(newest)
	}
	if err != nil {
		return nil, err
	}
	root, _ := newest.Root()
	o.Signature = o.update(is, newest).signature(&root, w.Now)
	return is, nil
}

// genuine is what the file's own feed says, under the newest roots that the witness knows. That it is older than others
// is no fault of a file.
func (o *Opened) genuine(n *notes, w Witness) (*statement, error) {
	s, err := trust.Start(trust.Anchor{Key: w.Anchor.Key, Root: w.Anchor.Root}, nil)
	if err != nil {
		return nil, err
	}
	if seen, err := parseNotes(w.Seen); err == nil {
		seen.lead(s)
	}
	n.lead(s)
	feed, err := s.AcceptFeed(n.feed, w.Now)
	if need := (trust.NeedRoots{}); errors.As(err, &need) {
		err = fmt.Errorf("%w that is pinned: if its keys were replaced, read something of it online first, then open this file again", trust.ErrBadSignature)
	}
	if err != nil {
		return nil, err
	}
	return o.find(&feed)
}

// vouched is what the newest feed says of the article, where the file's own is by a key that was replaced: whoever stole
// that can sign anything of any date.
func (o *Opened) vouched(newest *trust.State) (*statement, error) {
	if feed, known := newest.Feed(); known {
		if is, err := o.find(&feed); err == nil {
			o.Page = PageReplacedKey
			return is, nil
		}
	}
	return nil, fmt.Errorf("by a key that was replaced since, so it may be forged: read the article online: %w", trust.ErrRollback)
}

// update takes in what the newest feed says of the article.
func (o *Opened) update(is *statement, newest *trust.State) *statement {
	feed, known := newest.Feed()
	item, listed := feed.Items.Find(o.Path)
	switch {
	case !known, !listed && feed.Version != is.feed.Version:
		o.Older = true
	case listed && item.Blob != is.item.Blob:
		o.Older = true
		return &statement{is.feed, trust.Item{Blob: is.item.Blob, Notice: item.Notice}}
	case listed:
		return &statement{&feed, item}
	}
	return is
}

func (is *statement) signature(root *trust.Root, now time.Time) *reader.Signature {
	return &reader.Signature{
		Site: root.Site, Key: is.feed.By[0].Name(), Feed: is.feed.Version, Root: root.Version,
		Hash: fmt.Sprintf("%x", is.item.Hash), Issued: is.feed.Issued, Expired: is.feed.Expired(now), Notice: is.item.Notice,
	}
}
