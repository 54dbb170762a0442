// Package shelf keeps what was read, to be read again without a network.
package shelf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// Limit is how many bytes a shelf holds unless somebody says otherwise: storage is shared with the site around.
const Limit = 50 << 20

// Shelf keeps records in a store, up to a limit of bytes. For what is over it goes what was read longest ago, but never
// what is saved. An error only means that something is not kept or not found: what was there is still there, but for a quarter
// of what may go once the browser gives no more room. Everything may be called from many goroutines. A page needs one
// Shelf, and other tabs may have theirs over the same store.
type Shelf struct {
	store    Store
	limit    int64
	relieved atomic.Bool // for a browser without room, and it took nothing more for that
}

// New is a shelf over a store. Nothing is asked of the store before somebody wants something.
func New(store Store, limit int64) *Shelf { return &Shelf{store: store, limit: limit} }

// Keep puts articles and parts on the shelf, all or none. They were stored and read now, and a saved article stays saved
// in another revision. A part that no article here names is not kept: whoever reads may have cleared the shelf while it
// was on its way. The error is ErrLarge where there is no place under the limit and ErrFull where the browser gives none.
func (s *Shelf) Keep(ctx context.Context, now time.Time, records ...Record) error {
	var sealed []*Record
	for _, r := range records {
		r.Stored, r.Read = now, now
		r.seal()
		sealed = append(sealed, &r)
	}
	err := s.place(ctx, sealed)
	if errors.Is(err, ErrFull) && s.relieve(ctx) {
		err = s.place(ctx, sealed)
		s.relieved.Store(err != nil)
	}
	return wrapped("keep", err)
}

func (s *Shelf) place(ctx context.Context, records []*Record) error {
	var refused error
	err := s.update(ctx, func(all []*Entry) (c Change) {
		c, refused = place(all, records, s.limit)
		return c
	})
	if err == nil {
		err = refused
	}
	return err
}

// relieve makes room where the browser gives no more, and reports whether it could. It does not try again where that was of
// no use: if it is another who fills the disk, to go on would empty the shelf for nothing.
func (s *Shelf) relieve(ctx context.Context) (done bool) {
	if s.relieved.Swap(true) {
		return false
	}
	err := s.update(ctx, func(all []*Entry) Change {
		gone := relief(all)
		done = len(gone) > 0
		return Change{Delete: gone}
	})
	return done && err == nil
}

// Open gives a record that is as it was kept. One that is not is taken off the shelf, and ErrNone is given as if it had
// never been there. It does not note that the record was read: that can wait until it is shown.
func (s *Shelf) Open(ctx context.Context, key string) (Record, error) {
	item, err := s.store.Get(ctx, key)
	if err != nil {
		return Record{}, wrapped("open", err)
	}
	r, whole := recordOf(item)
	if !whole {
		_ = s.takeOff(ctx, key, func(head []byte) bool { return bytes.Equal(head, item.Head) })
		return Record{}, wrapped("open: spoilt", ErrNone)
	}
	return r, nil
}

// Touch notes that an article was read now.
func (s *Shelf) Touch(ctx context.Context, key string, now time.Time) error {
	return s.amend(ctx, "touch", key, func(e *Entry) { e.Read = now })
}

// Save keeps an article until Unsave or Remove, whatever the limit.
func (s *Shelf) Save(ctx context.Context, key string) error {
	return s.amend(ctx, "save", key, func(e *Entry) { e.Saved = true })
}

// Unsave lets an article go when its time comes.
func (s *Shelf) Unsave(ctx context.Context, key string) error {
	return s.amend(ctx, "unsave", key, func(e *Entry) { e.Saved = false })
}

// amend writes another head of an entry.
func (s *Shelf) amend(ctx context.Context, doing, key string, change func(*Entry)) error {
	missing := ErrNone
	err := s.update(ctx, func(all []*Entry) (c Change) {
		for _, e := range all {
			if e.Key == key && e.whole() {
				missing = nil
				change(e)
				c.Describe = []Item{{Key: key, Head: e.head()}}
			}
		}
		return c
	})
	if err == nil {
		err = missing
	}
	return wrapped(doing, err)
}

// Remove takes an article off the shelf, saved or not, with the parts that no other names.
func (s *Shelf) Remove(ctx context.Context, key string) error {
	return wrapped("remove", s.takeOff(ctx, key, func([]byte) bool { return true }))
}

// takeOff removes what has this key, if its head is one that is meant.
func (s *Shelf) takeOff(ctx context.Context, key string, meant func(head []byte) bool) error {
	return s.store.Update(ctx, func(heads []Item) (c Change) {
		var others []*Entry
		for _, i := range heads {
			if i.Key != key || !meant(i.Head) {
				others = append(others, entryOf(i))
			}
		}
		if len(others) < len(heads) {
			r := newRoom(others)
			r.count()
			c.Delete = append(r.gone, key)
		}
		return c
	})
}

// List gives the articles, the one that was read last first, and how many bytes everything takes.
func (s *Shelf) List(ctx context.Context) (list []*Entry, size int64, err error) {
	heads, err := s.store.Heads(ctx)
	var articles []*Entry
	for _, e := range entriesOf(heads) {
		size += e.Size
		if e.whole() && !e.Part {
			articles = append(articles, e)
		}
	}
	list = make([]*Entry, len(articles))
	for i := len(list) - 1; i >= 0; i-- {
		list[i], articles = takeOldest(articles)
	}
	return list, size, wrapped("list", err)
}

// Clear takes everything off the shelf, saved or not, and leaves no trace of it.
func (s *Shelf) Clear(ctx context.Context) error { return wrapped("clear", s.store.Clear(ctx)) }

func (s *Shelf) update(ctx context.Context, change func(all []*Entry) Change) error {
	return s.store.Update(ctx, func(heads []Item) Change { return change(entriesOf(heads)) })
}

func entriesOf(heads []Item) (all []*Entry) {
	for _, head := range heads {
		all = append(all, entryOf(head))
	}
	return all
}

func wrapped(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("shelf: %s: %w", doing, err)
}
