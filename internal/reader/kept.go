package reader

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"byway/internal/article"
	"byway/internal/shelf"
	"byway/internal/trust"
)

// FromShelf is State.Source of a copy that was kept in this browser.
const FromShelf = "shelf"

// shelfTimeout is how long anything waits for a shelf that does not answer.
const shelfTimeout = 2 * time.Second

// fetchDown begins to look for what was kept of the article, and gives what waits for that: it shows the copy before
// anything is asked of the network.
func (r *Reader) fetchDown(ctx context.Context) (takeDown func()) {
	s := r.shelf()
	if s == nil || r.config.Shown || r.State().Article != nil {
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
		ctx, stop := context.WithTimeout(ctx, shelfTimeout)
		defer stop()
		o.record, o.err = s.Open(ctx, r.key())
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
		r.keep(ctx, arrival{found: doc})
	}
	if err != nil || doc.article == nil {
		return
	}
	r.show(arrival{doc, FromShelf, record.Stored})
	r.update(func(s *State) { s.Saved = record.Saved })
	if s := r.shelf(); s != nil { // else all was cleared meanwhile
		ctx, stop := context.WithTimeout(ctx, shelfTimeout)
		defer stop()
		_ = s.Touch(ctx, record.Key, now())
	}
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

// keep puts a copy that came onto the shelf. Of a saved article nothing goes before what takes its place is there.
func (r *Reader) keep(ctx context.Context, a arrival) {
	defer r.tellPlaced()
	s := r.shelf()
	if s == nil {
		return
	}
	brief, stop := context.WithTimeout(ctx, shelfTimeout)
	defer stop()
	if a.article == nil {
		_ = s.Remove(brief, r.key())
		r.update(func(s *State) { s.Saved = false })
		return
	}
	record, isSaved := r.record(a.found), r.State().Saved
	if isSaved {
		before, _ := s.Open(brief, record.Key)
		record.Parts = append(record.Parts, before.Parts...)
	}
	_ = s.Keep(brief, now(), record)
	r.listShelf(brief)
	if isSaved {
		go r.keepWhole(ctx, a.found)
	}
}

// tellPlaced lets those pictures be kept that came before their article was.
func (r *Reader) tellPlaced() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.endPlacing()
}

// endPlacing needs the lock.
func (r *Reader) endPlacing() {
	if r.placed != nil {
		close(r.placed)
		r.placed = nil
	}
}

// awaitPlace waits until the article that is shown is kept, or nothing comes of that.
func (r *Reader) awaitPlace(ctx context.Context) {
	r.mu.Lock()
	placed := r.placed
	r.mu.Unlock()
	if placed != nil {
		select {
		case <-placed:
		case <-ctx.Done():
		}
	}
}

// keepWhole fetches the pictures of a revision of a saved article, and lets go of those of the one before.
func (r *Reader) keepWhole(ctx context.Context, doc found) {
	defer r.recoverFault()
	whole := true
	eachPicture(doc.article, func(im *article.Image) {
		body, _ := r.pictureBytes(ctx, im)
		whole = whole && (body != nil || nameOf(im.Whole()) == "")
	})
	if s := r.shelf(); s != nil && whole && r.State().Saved {
		ctx, stop := context.WithTimeout(ctx, shelfTimeout)
		defer stop()
		_ = s.Keep(ctx, now(), r.record(doc))
	}
}

func (r *Reader) record(doc found) shelf.Record {
	record := shelf.Record{Body: doc.body, Evidence: doc.evidence}
	record.Key, record.Title, record.Language = r.key(), doc.article.Headline, doc.article.InLanguage
	record.Parts = pictureNames(doc.article)
	return record
}

// key is the name of the article on the shelf: of one of several of a document, with what names it there.
func (r *Reader) key() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if item := r.config.item(); item != "" {
		return r.set.URL(0) + "#" + item
	}
	return r.set.URL(0)
}

// shelf is where articles are kept; nil where nothing may be.
func (r *Reader) shelf() *shelf.Shelf {
	if r.isPrivate() {
		return nil
	}
	return r.ports.Shelf
}

// isPrivate reports whether nothing is to be kept: the page says so or, until somebody wants something kept, whoever reads
// has had everything forgotten.
func (r *Reader) isPrivate() bool { return r.config.Private || r.ports.Quiet.Load() }

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

// pictureNames are the names of all pictures of an article that can be checked.
func pictureNames(a *article.Article) (names []string) {
	eachPicture(a, func(im *article.Image) {
		for _, file := range sizesOf(im) {
			if name := nameOf(file); name != "" {
				names = append(names, name)
			}
		}
	})
	return names
}
