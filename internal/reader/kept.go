package reader

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"byway/internal/shelf"
	"byway/internal/trust"
)

// FromShelf is State.Source of a copy that was kept in this browser.
const FromShelf = "shelf"

// fetchDown begins to look for what was kept of the article, and gives what waits for that: it shows the copy before
// anything is asked of the network.
func (r *Reader) fetchDown(ctx context.Context) (takeDown func()) {
	if r.shelf() == nil || r.config.Shown || r.State().Article != nil {
		return func() {}
	}
	type opened struct {
		record shelf.Record
		err    error
	}
	found := make(chan opened, 1)
	go func() {
		o := opened{err: errBroken}
		defer func() { // also where the store panics
			_ = recover()
			found <- o
		}()
		o.err = r.onShelf(ctx, func(ctx context.Context, s *shelf.Shelf) (err error) {
			o.record, err = s.Open(ctx, r.key())
			return err
		})
	}()
	return func() {
		if o := <-found; o.err == nil {
			r.takeDown(ctx, o.record)
		}
	}
}

// takeDown shows a copy that was kept. It is verified as if it had come just now, by what the page pins; what does not
// stand that is not shown, and stays for a page that pins something else.
func (r *Reader) takeDown(ctx context.Context, record shelf.Record) {
	doc, err := r.judge(record)
	if err == nil && doc.article == nil { // it was withdrawn since
		r.takeOff(ctx)
	}
	if err != nil || doc.article == nil {
		return
	}
	r.show(arrival{doc, FromShelf, record.Stored})
	r.update(func(s *State) { s.Saved = record.Saved })
	_ = r.onShelf(ctx, func(ctx context.Context, s *shelf.Shelf) error { return s.Touch(ctx, record.Key, now()) })
}

// judge verifies what was kept.
func (r *Reader) judge(record shelf.Record) (doc found, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v", errBroken, fault)
		}
	}()
	var signature *Signature
	if r.proof != nil {
		if signature, err = r.proof.kept(record.Body, evidenceOf(record.Evidence)); err != nil || signature.Hash == "" {
			return found{signature: signature}, err
		}
	}
	doc, err = r.decode(record.Body, signature)
	doc.evidence = record.Evidence
	return doc, err
}

// kept is what a copy that was kept was signed as, by its own evidence. What is known by now counts too: of a copy that
// the newest feed still names, the newest signature, and of a withdrawn one nothing but that.
func (p *proof) kept(body []byte, e evidence) (*Signature, error) {
	then := &proof{path: p.path, list: e.list}
	var err error
	if then.state, err = trust.Start(p.anchor, e.notes); err != nil {
		return nil, err
	}
	item, found, err := then.listed()
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, errors.New("the feed beside it does not name it")
	}
	if err := item.Check(body); err != nil {
		return nil, err
	}
	newest, _, _ := p.listed()
	if newest.Path != "" && (newest.Blob == item.Blob || newest.Blob == (trust.Blob{})) {
		return p.signature(newest), nil
	}
	feed, _ := then.state.Feed()
	if root, _ := p.state.Root(); feed.Epoch < root.Epoch {
		return nil, errors.New("by a key that was replaced since: whoever stole that can sign anything of any date")
	}
	s := then.signature(item)
	if known, _ := p.state.Feed(); known.Epoch > feed.Epoch || known.Version > feed.Version {
		s.Notice = cmp.Or(newest.Notice, s.Notice) // of a revision that is not here
	}
	return s, nil
}

// listed finds the article in the newest feed, or in the list of older ones that is at hand.
func (p *proof) listed() (item trust.Item, found bool, err error) {
	feed, _ := p.state.Feed()
	if item, found = feed.Items.Find(p.path); found {
		return item, true, nil
	}
	if shard, listed := feed.Shard(p.path); listed {
		items, err := shard.Open(p.list)
		if err != nil {
			return item, false, err
		}
		item, found = items.Find(p.path)
	}
	return item, found, nil
}

// Started says that somebody has begun to read what is shown: from then on a newer revision only offers itself.
func (r *Reader) Started() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.started = true
}

func (r *Reader) hasStarted() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.started
}
