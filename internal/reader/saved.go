package reader

import (
	"context"
	"errors"
	"fmt"

	"byway/internal/article"
	"byway/internal/shelf"
	"byway/internal/weburl"
)

// Kept is an article on the shelf.
type Kept struct {
	shelf.Entry
	Host string // of the publisher's own address
}

// errPrivate is of a page on which nothing is kept.
var errPrivate = errors.New("this page keeps nothing")

// Save keeps the article, with those of its pictures that can be checked, until Unsave. It fetches the pictures that are
// not kept yet, as far as that goes. The error says that the article is not kept.
func (r *Reader) Save(ctx context.Context) error {
	r.ports.Quiet.Store(false)
	r.shelfHung.Store(false)
	r.mu.Lock()
	doc := r.shown
	r.mu.Unlock()
	if doc.article == nil {
		return fmt.Errorf("save: %w", errPrivate)
	}
	if err := r.save(ctx, doc); err != nil {
		return fmt.Errorf("save: %w", err)
	}
	r.update(func(s *State) { s.Saved = true })
	eachPicture(doc.article, func(im *article.Image) { _, _ = r.pictureBytes(ctx, im) })
	r.listShelf(ctx)
	return nil
}

func (r *Reader) save(ctx context.Context, doc found) error {
	return r.onShelf(ctx, func(ctx context.Context, s *shelf.Shelf) error {
		err := s.Save(ctx, r.key())
		if errors.Is(err, shelf.ErrNone) { // it was cleared, or there was no room before
			record := r.record(doc)
			record.Saved = true
			err = s.Keep(ctx, now(), record)
		}
		return err
	})
}

// Unsave lets the article go when its time comes.
func (r *Reader) Unsave(ctx context.Context) error {
	return r.change(ctx, func(ctx context.Context, s *shelf.Shelf) error {
		err := s.Unsave(ctx, r.key())
		if err != nil && !errors.Is(err, shelf.ErrNone) {
			return err
		}
		r.update(func(s *State) { s.Saved = false })
		return nil
	})
}

// Remove takes an article off the shelf.
func (r *Reader) Remove(ctx context.Context, key string) error {
	return r.change(ctx, func(ctx context.Context, s *shelf.Shelf) error {
		err := s.Remove(ctx, key)
		if err == nil && key == r.key() {
			r.update(func(s *State) { s.Saved = false })
		}
		return err
	})
}

// change does something to the shelf and lists what is there then.
func (r *Reader) change(ctx context.Context, do func(context.Context, *shelf.Shelf) error) error {
	r.shelfHung.Store(false)
	err := r.onShelf(ctx, do)
	r.listShelf(ctx)
	return err
}

// listShelf has State.Shelf say what is kept.
func (r *Reader) listShelf(ctx context.Context) {
	var list []*shelf.Entry
	var size int64
	err := r.onShelf(ctx, func(ctx context.Context, s *shelf.Shelf) (err error) {
		list, size, err = s.List(ctx)
		return err
	})
	if err != nil {
		return
	}
	all := make([]Kept, 0, len(list))
	for _, e := range list {
		u, _ := weburl.Parse(e.Key)
		all = append(all, Kept{*e, u.Host})
	}
	r.update(func(s *State) { s.Shelf, s.ShelfSize = all, size })
}
