package reader

import (
	"context"
	"time"

	"byway/internal/article"
	"byway/internal/shelf"
)

// shelfTimeout is how long anything waits for a shelf that does not answer.
const shelfTimeout = 2 * time.Second

// keep puts a copy that came onto the shelf. Of a saved article nothing goes before what takes its place is there.
func (r *Reader) keep(ctx context.Context, a arrival) {
	defer r.tellPlaced()
	if a.article == nil {
		r.takeOff(ctx)
		return
	}
	isSaved := r.State().Saved
	_ = r.onShelf(ctx, func(ctx context.Context, s *shelf.Shelf) error {
		record := r.record(a.found)
		if isSaved {
			before, _ := s.Open(ctx, record.Key)
			record.Parts = append(record.Parts, before.Parts...)
		}
		return s.Keep(ctx, now(), record)
	})
	r.listShelf(ctx)
	if isSaved {
		go r.keepWhole(ctx, a.found)
	}
}

// takeOff removes an article from the shelf that its publisher has withdrawn.
func (r *Reader) takeOff(ctx context.Context) {
	_ = r.onShelf(ctx, func(ctx context.Context, s *shelf.Shelf) error { return s.Remove(ctx, r.key()) })
	r.update(func(s *State) { s.Saved = false })
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
	ctx, stop := context.WithTimeout(ctx, shelfTimeout)
	defer stop()
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
	if whole && r.State().Saved {
		_ = r.onShelf(ctx, func(ctx context.Context, s *shelf.Shelf) error { return s.Keep(ctx, now(), r.record(doc)) })
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

// shelf is where articles are kept; nil where nothing may be, or nothing answered.
func (r *Reader) shelf() *shelf.Shelf {
	if r.isPrivate() || r.shelfHung.Load() {
		return nil
	}
	return r.ports.Shelf
}

// onShelf does something with the shelf, and waits for it as long as is worth it. One that did not answer is not waited for
// again, until somebody wants something kept.
func (r *Reader) onShelf(ctx context.Context, do func(context.Context, *shelf.Shelf) error) error {
	s := r.shelf()
	if s == nil {
		return errPrivate
	}
	ctx, stop := context.WithTimeout(ctx, shelfTimeout)
	defer stop()
	err := do(ctx, s)
	if err != nil && ctx.Err() == context.DeadlineExceeded {
		r.shelfHung.Store(true)
	}
	return err
}

// isPrivate reports whether nothing is to be kept: the page says so or, until somebody wants something kept, whoever reads
// has had everything forgotten.
func (r *Reader) isPrivate() bool { return r.config.Private || r.ports.Quiet.Load() }

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
