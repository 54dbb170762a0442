package reader

import (
	"bytes"
	"errors"

	"byway/internal/mirror"
	"byway/internal/shelf"
	"byway/internal/tree"
)

// evidence is what is kept beside an article: what the page said of it, and what proves it.
type evidence struct {
	config Config
	notes  []byte // of trust.State.Bytes; nil: nobody signed it
	list   []byte // of older articles, in which it was found
}

// evidence is that of the article which came last.
func (r *Reader) evidence() evidence {
	e := evidence{config: r.config}
	if p := r.proof; p != nil {
		e.notes, e.list = p.state.Bytes(), p.list
	}
	return e
}

// fields are what has to be known of an article to read it again on another page.
func (c *Config) fields() [8]*string {
	return [...]*string{&c.Src, &c.Base, &c.Mirrors, &c.Key, &c.Root, &c.MinFeed, &c.Integrity, &c.Format}
}

// bytes are JSON, the notes, which are JSON too, and the list. No JSON has a zero byte.
func (e evidence) bytes() []byte {
	var w tree.Writer
	w.List(func() {
		for _, field := range e.config.fields() {
			w.String(*field)
		}
	})
	all := append(w.Bytes(), 0)
	all = append(append(all, e.notes...), 0)
	return append(all, e.list...)
}

// evidenceOf reads those bytes. Of what is spoilt nothing is there.
func evidenceOf(data []byte) (e evidence) {
	config, rest, _ := bytes.Cut(data, []byte{0})
	e.notes, e.list, _ = bytes.Cut(rest, []byte{0})
	root, err := tree.Parse(config)
	if items := root.Items(); err == nil {
		for i, field := range e.config.fields() {
			if i < len(items) {
				*field = items[i].Raw()
			}
		}
	}
	return e
}

// On is how an article that is kept is read on a page that is set up otherwise than its own. Where the article is of that
// page's publisher, or of who has the key that it pins, what the page pins counts, whatever was kept. Known is false where
// that says nothing of it, so that the article speaks for itself: any script of the page could have put it there.
func (c Config) On(page Config) (read Config, known bool) {
	read = c
	if c.publisher() == page.publisher() || c.Key != "" && c.Key == page.Key {
		read.Key, read.Root, read.MinFeed = page.Key, page.Root, page.MinFeed
		return read, true
	}
	return read, c.Key == "" && c.Root == ""
}

// publisher is the base of the publisher's own address.
func (c *Config) publisher() string {
	set, _, _ := mirror.NewSet(c.Src, c.Base, "")
	return set.Primary()
}

// ConfigOf is how an article that was kept can be read on another page than its own: by what that page said of it.
func ConfigOf(r shelf.Record) (Config, error) {
	c := evidenceOf(r.Evidence).config
	if c.Src == "" {
		return c, errors.New("what is kept does not say where it comes from")
	}
	return c, nil
}
