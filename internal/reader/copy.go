package reader

import (
	"context"

	"byway/internal/article"
)

// Copy is the article that is shown, to be carried elsewhere: the exact bytes, and what proves them.
type Copy struct {
	Body     []byte
	Address  string // where an article that nobody signed is at the publisher; "" of a signed one
	Path     string // of a signed article, in the feed
	Item     string // which one is meant, of a document that holds several; "": the first
	Notes    []byte // of trust.State.Bytes; nil: nobody signed it
	List     []byte // of older articles, where the feed names the list and the list the article
	Pin      string // the root key that the page pins; "": a root note, the first of Notes
	Pictures []CopiedPicture
}

// CopiedPicture is one of an article, in one size.
type CopiedPicture struct {
	URL   string // as the article has it
	Type  string // as its bytes say: one that every reader may be shown
	Bytes []byte
}

// Copy gives the article that is shown with those of its pictures that can be checked and can be had. It is false where
// there is none.
func (r *Reader) Copy(ctx context.Context) (c Copy, found bool) {
	r.mu.Lock()
	doc, address := r.shown, r.set.URL(0)
	r.mu.Unlock()
	if doc.article == nil {
		return c, false
	}
	e := evidenceOf(doc.evidence)
	c = Copy{Body: doc.body, Address: address, Item: r.config.item()}
	if doc.signature != nil {
		c.Address, c.Path, c.Notes, c.List, c.Pin = "", r.proof.path, e.notes, e.list, e.config.Key
	}
	eachPicture(doc.article, func(im *article.Image) {
		body, file := r.pictureBytes(ctx, im)
		if kind := pictureType(body); kind != "" {
			c.Pictures = append(c.Pictures, CopiedPicture{file.URL, kind, body})
		}
	})
	return c, true
}
