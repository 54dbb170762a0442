package shelf

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// Record is an article or a part of one, a picture, with what proves it.
type Record struct {
	Entry
	Body     []byte
	Evidence []byte // notes that prove the body; what they say is not looked at here
}

// Entry tells of a record without holding it.
type Entry struct {
	Key             string   // the address of an article, the hash of a picture
	Title, Language string   // for a list of what there is
	Parts           []string // keys of what belongs to an article
	Part            bool     // it is kept as long as an article names it
	Saved           bool     // it is kept until somebody says otherwise
	// Hash is SHA-256 over those of body and evidence, and the key. Keep makes it and Open checks it: this finds what a disk or a crash
	// has spoilt. It proves nothing to anybody else, for a script of the same page can write what it likes.
	Hash [sha256.Size]byte
	// Stored is when it was kept and Read when it was last read, to the millisecond.
	Stored, Read time.Time
	// Size is how many bytes it takes, with all that tells of it.
	Size int64

	body, evidence int // their sizes
}

// whole reports whether the head of this entry could be read.
func (e *Entry) whole() bool { return e.Hash != [sha256.Size]byte{} }

// seal notes what is told of the body.
func (r *Record) seal() {
	r.body, r.evidence = len(r.Body), len(r.Evidence)
	r.Hash = r.sum()
	r.Size = int64(len(r.Key)+len(r.head())) + int64(r.body+r.evidence)
}

// sum binds the body to its key too: an article that is found under the address of another is not shown.
func (r *Record) sum() [sha256.Size]byte {
	body, evidence := sha256.Sum256(r.Body), sha256.Sum256(r.Evidence)
	return sha256.Sum256(append(append(body[:], evidence[:]...), r.Key...))
}

func (r *Record) item() Item {
	body := r.Body
	if len(r.Evidence) > 0 {
		body = append(body[:len(body):len(body)], r.Evidence...)
	}
	return Item{Key: r.Key, Head: r.head(), Body: body}
}

// recordOf is the record that an item holds, if it is what was put there.
func recordOf(i Item) (r Record, whole bool) {
	r.Entry = *entryOf(i)
	if !r.whole() || r.body+r.evidence != len(i.Body) {
		return Record{}, false
	}
	r.Body, r.Evidence = i.Body[:r.body:r.body], i.Body[r.body:]
	return r, r.sum() == r.Hash
}

const (
	flagSaved = 1 << iota
	flagPart
)

// head is the entry but for its key, as it is kept. To write it otherwise asks for another layout of the store: a tab
// that has the page of yesterday still open takes for spoilt what it cannot read.
func (e *Entry) head() []byte {
	flags := uint64(0)
	if e.Saved {
		flags |= flagSaved
	}
	if e.Part {
		flags |= flagPart
	}
	head := binary.AppendUvarint(e.Hash[:len(e.Hash):len(e.Hash)], flags)
	head = binary.AppendVarint(head, e.Stored.UnixMilli())
	head = binary.AppendVarint(head, e.Read.UnixMilli())
	head = binary.AppendUvarint(head, uint64(e.body))
	head = binary.AppendUvarint(head, uint64(e.evidence))
	head = appendText(head, e.Title)
	head = appendText(head, e.Language)
	for _, part := range e.Parts {
		head = appendText(head, part)
	}
	return head
}

// entryOf reads the head of an item. Of one that is spoilt the entry has nothing but the key.
func entryOf(i Item) *Entry {
	c, e := cursor{rest: i.Head}, &Entry{Key: i.Key}
	copy(e.Hash[:], c.take(sha256.Size))
	flags := c.length()
	e.Saved, e.Part = flags&flagSaved != 0, flags&flagPart != 0
	e.Stored, e.Read = c.time(), c.time()
	e.body, e.evidence = c.length(), c.length()
	e.Title, e.Language = c.text(), c.text()
	for len(c.rest) > 0 && !c.spoilt {
		e.Parts = append(e.Parts, c.text())
	}
	if c.spoilt || !e.whole() {
		return &Entry{Key: i.Key}
	}
	e.Size = int64(len(i.Key) + len(i.Head) + e.body + e.evidence)
	return e
}

func appendText(p []byte, s string) []byte {
	return append(binary.AppendUvarint(p, uint64(len(s))), s...)
}

// cursor reads a head from its begin.
type cursor struct {
	rest   []byte
	spoilt bool
}

// time is in milliseconds since 1970.
func (c *cursor) time() time.Time {
	n, width := binary.Varint(c.rest)
	c.skip(width)
	return time.UnixMilli(n).UTC()
}

// maxBytes bounds sizes that are read, so that sums of them are right.
const maxBytes = 1 << 29

func (c *cursor) length() int {
	n, width := binary.Uvarint(c.rest)
	c.skip(width)
	if n > maxBytes {
		c.spoilt = true
		return 0
	}
	return int(n)
}

// skip goes past a number. Its width is not over 0 where there is none.
func (c *cursor) skip(width int) {
	if width <= 0 {
		c.spoilt = true
		return
	}
	c.take(width)
}

func (c *cursor) text() string { return string(c.take(c.length())) }

// take gives the next n bytes.
func (c *cursor) take(n int) (taken []byte) {
	if c.spoilt || n > len(c.rest) {
		c.spoilt = true
		return nil
	}
	taken, c.rest = c.rest[:n], c.rest[n:]
	return taken
}
