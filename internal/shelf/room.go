package shelf

import (
	"errors"
	"fmt"
)

// ErrLarge is that of what finds no place under the limit of a shelf, since it is too large or the saved articles fill it.
var ErrLarge = errors.New("there is no room left for this")

// place says how records come onto a shelf that holds all, and what goes for them. Of a record that is there with the
// same hash only the head is written. What was saved stays so.
func place(all []*Entry, records []*Record, limit int64) (c Change, err error) {
	r := newRoom(all)
	for _, record := range records {
		r.replace(&record.Entry)
	}
	r.count()
	r.shrink(limit)
	if r.left > limit {
		return c, fmt.Errorf("%w: it makes %d bytes of at most %d with what is saved", ErrLarge, r.left, limit)
	}
	c.Delete = r.gone
	for _, record := range records {
		switch spot := r.index[record.Key]; {
		case spot.gone: // a part that no article names any more
		case spot.Entry != &record.Entry: // one of two with the same key
		case spot.before == record.Hash:
			c.Describe = append(c.Describe, Item{Key: record.Key, Head: record.head()})
		default:
			c.Put = append(c.Put, record.item())
		}
	}
	return c, nil
}

// room is what there is on a shelf, and what goes.
type room struct {
	spots []*spot
	index map[string]*spot // by key
	left  int64            // in bytes
	gone  []string
}

// spot is the place of one entry.
type spot struct {
	*Entry
	before [32]byte // the hash of what was there before a fresh one
	named  int      // by how many articles, of a part
	fresh  bool
	gone   bool
}

func newRoom(all []*Entry) *room {
	r := &room{index: map[string]*spot{}}
	for _, e := range all {
		r.put(e)
	}
	return r
}

func (r *room) put(e *Entry) *spot {
	s := &spot{Entry: e}
	r.spots, r.index[e.Key] = append(r.spots, s), s
	return s
}

// replace puts a fresh entry in the place of an older one.
func (r *room) replace(e *Entry) {
	s := r.index[e.Key]
	switch {
	case s == nil:
		s = r.put(e)
	case !s.fresh:
		s.before, e.Saved = s.Hash, e.Saved || s.Saved
	}
	s.Entry, s.fresh = e, true
}

// count adds up the bytes, and lets go of what is spoilt and of parts that no article names.
func (r *room) count() {
	for _, s := range r.spots {
		r.left += s.Size
		for _, key := range s.Parts {
			if part := r.index[key]; part != nil {
				part.named++
			}
		}
	}
	for _, s := range r.spots {
		if !s.whole() || s.Part && s.named == 0 {
			r.drop(s)
		}
	}
}

// shrink lets go of the articles that were read longest ago, with their parts, while there are more bytes than limit. A
// saved article never goes, nor one that is fresh or has a fresh part.
func (r *room) shrink(limit int64) {
	var may []*Entry
	for _, s := range r.spots {
		if !s.Part && !s.Saved && !s.gone && !r.isFresh(s) {
			may = append(may, s.Entry)
		}
	}
	for r.left > limit && len(may) > 0 {
		var oldest *Entry
		oldest, may = takeOldest(may)
		r.drop(r.index[oldest.Key])
	}
}

func (r *room) isFresh(s *spot) bool {
	for _, key := range s.Parts {
		if part := r.index[key]; part != nil && part.fresh {
			return true
		}
	}
	return s.fresh
}

func (r *room) drop(s *spot) {
	s.gone = true
	r.gone, r.left = append(r.gone, s.Key), r.left-s.Size
	for _, key := range s.Parts {
		if part := r.index[key]; part != nil {
			if part.named--; part.named == 0 && part.Part && !part.gone {
				r.drop(part)
			}
		}
	}
}

// relief says what goes so that a quarter of the bytes that may go is free.
func relief(all []*Entry) []string {
	r := newRoom(all)
	r.count()
	size, quarter := r.left, newRoom(all)
	r.shrink(0)
	quarter.count()
	quarter.shrink(size - (size-r.left+3)/4)
	return quarter.gone
}

// takeOldest takes out of a list what was read longest ago. To sort the list would weigh 3 kB.
func takeOldest(all []*Entry) (oldest *Entry, rest []*Entry) {
	at, last := 0, len(all)-1
	for i, e := range all {
		if e.Read.Before(all[at].Read) || e.Read.Equal(all[at].Read) && e.Key < all[at].Key {
			at = i
		}
	}
	oldest, all[at] = all[at], all[last]
	return oldest, all[:last]
}
