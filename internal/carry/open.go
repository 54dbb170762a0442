package carry

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"byway/internal/article"
	"byway/internal/reader"
	"byway/internal/trust"
)

// Witness is who opens a file.
type Witness struct {
	// Anchor is what the page pins. The zero Anchor: nothing, so that the file's own word has to do.
	Anchor trust.Anchor
	Seen   []byte // what trust.State.Bytes gave before, for this anchor
	Now    time.Time
}

// Opened is an article out of a file, after all was checked that can be.
type Opened struct {
	File     // with those pictures that the article shows
	Decoded  article.Article
	Warnings []article.Warning
	// Signature is what the publisher signed. Nil: nobody signed the article, and nothing could be checked.
	Signature *reader.Signature
	// Claimed says that the file itself names the key, or the root note, that everything is believed for. Whoever made
	// the file chose it.
	Claimed bool
	// Older says that the witness knows of a newer feed than the file's, or demands one, and that this one does not name
	// these bytes. They were the publisher's then.
	Older bool
	Page  Page
	// Unsigned is how many of the pictures have no hash in the article: anybody may have replaced them.
	Unsigned int
}

// Page is what is known of what a browser shows of a file. Where that was not compared, the article is as signed still.
type Page int

const (
	PageCompared     Page = iota // it is what was signed, to the byte
	PageOtherVersion             // another version of Byway wrote it
	PageReplacedKey              // the date in it, and word of a correction, are of a key that the publisher has replaced
)

// Open reads a file and checks it. The error is an ErrNone or an ErrAltered, one of package trust, or a *decode.Error.
// Of a witness who pins something, a file that nobody signed is a trust.ErrBadSignature: nothing is ever taken for less
// than it should be. Whatever the bytes are, all of it is bounded by MaxBytes.
func Open(data []byte, w Witness) (*Opened, error) {
	o, err := open(data, w)
	if err != nil {
		return nil, fmt.Errorf("saved article: %w", err)
	}
	return o, nil
}

func open(data []byte, w Witness) (*Opened, error) {
	f, by, err := read(data)
	if err != nil {
		return nil, err
	}
	o := &Opened{File: *f}
	is, err := o.judge(w)
	if err != nil {
		return nil, err
	}
	if _, err := o.claim(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAltered, err)
	}
	if by != version {
		o.Page = PageOtherVersion
	}
	p, err := o.compare(is, data)
	if err != nil {
		return nil, err
	}
	o.Decoded, o.Warnings, o.Pictures = p.article, p.warnings, nil
	for _, h := range p.shown {
		if pictureAt(o.Pictures, h.URL) != nil {
			continue
		}
		if o.Pictures = append(o.Pictures, h.Picture); !h.checked {
			o.Unsigned++
		}
	}
	return o, nil
}

// compare writes the file once more.
func (o *Opened) compare(is *statement, data []byte) (*paper, error) {
	if o.Page != PageCompared {
		return o.write(is, io.Discard)
	}
	c := &comparison{data}
	p, err := o.write(is, c)
	if err == nil && len(c.rest) > 0 {
		err = ErrAltered
	}
	return p, err
}

// comparison is a writer that takes nothing but what was written before.
type comparison struct{ rest []byte }

func (c *comparison) Write(p []byte) (int, error) {
	rest, same := bytes.CutPrefix(c.rest, p)
	if !same {
		return 0, ErrAltered
	}
	c.rest = rest
	return len(p), nil
}
