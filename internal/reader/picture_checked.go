package reader

import (
	"context"
	"fmt"
	"sync"
	"time"

	"byway/internal/article"
	"byway/internal/mirror"
)

// Blobs gives bytes that were checked an address that the page around can show them at. The package that owns the page
// implements it.
//
// Make takes a picture of a type that pictureType knows. An error means that it cannot be shown. Release ends an address;
// a picture that was loaded from it stays.
type Blobs interface {
	Make(body []byte, kind string) (url string, err error)
	Release(url string)
}

const (
	// maxPicture is how many bytes a picture may have that is checked, since it is held as a whole.
	maxPicture = 10 << 20
	// maxAsked is how many pictures are asked for at a time.
	maxAsked = 3
)

// gallery is what goes on for the pictures of one article whose bytes are checked.
type gallery struct {
	running  context.Context // of Run; nil while it does not run
	requests sync.WaitGroup
	article  *article.Article
	choice   string     // by which they are asked for
	all      []*checked // in the order in which they were wanted
}

// checked is a picture that somebody has come near to, and that is shown only if its bytes have the hash that the article
// gives. That hash is its name: what stands in two places is asked for once.
type checked struct {
	name   string
	file   article.Rendition
	ctx    context.Context // of the request that is under way; nil: none is
	stop   context.CancelFunc
	looked bool   // it is not on the shelf
	done   bool   // nothing more is asked for
	url    string // of the blob; "" once it is done: it came from no address
}

// PictureWanted says that somebody has come near to a picture that waits, by its address.
func (r *Reader) PictureWanted(url string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	file := pictureAt(r.state.Article, url)
	if name := nameOf(file); name != "" && r.state.checks() && r.ports.Blobs != nil && r.checkedPicture(name) == nil {
		r.gallery.all = append(r.gallery.all, &checked{name: name, file: file})
		r.askPictures()
	}
}

// checks reports whether pictures that have a hash are held to it: those of an article that is proven itself.
func (s *State) checks() bool { return s.Proof == Pinned || s.Proof == Signed }

// checkedPicture is a picture that was wanted; nil if it was not. The caller holds the lock.
func (r *Reader) checkedPicture(name string) *checked {
	for _, c := range r.gallery.all {
		if c.name == name {
			return c
		}
	}
	return nil
}

// followPictures fits what goes on for pictures to the state. Another revision keeps those that it still has. After
// another choice everything is asked for anew, but for what is not at the chosen address: that waits for a tap. The caller
// holds the lock.
func (r *Reader) followPictures() {
	s := &r.state
	if s.Article != r.gallery.article {
		r.gallery.article = s.Article
		r.keepPictures(func(c *checked) bool { return nameOf(pictureAt(s.Article, c.file.URL)) == c.name })
	}
	if s.Choice != r.gallery.choice {
		r.gallery.choice = s.Choice
		r.interruptPictures()
		r.keepPictures(func(c *checked) bool { return c.done || s.Choice == "" || r.set.Holds(c.file.URL) })
	}
	r.askPictures()
}

// interruptPictures ends all requests, to be made anew.
func (r *Reader) interruptPictures() {
	for _, c := range r.gallery.all {
		c.interrupt()
	}
}

func (c *checked) interrupt() {
	if c.ctx != nil {
		c.stop()
		c.ctx = nil
	}
}

// keepPictures forgets all others.
func (r *Reader) keepPictures(keep func(*checked) bool) {
	var kept []*checked
	for _, c := range r.gallery.all {
		if keep(c) {
			kept = append(kept, c)
			continue
		}
		c.interrupt()
		r.release(c.url)
	}
	r.gallery.all = kept
}

func (r *Reader) release(url string) {
	if url != "" {
		r.ports.Blobs.Release(url)
	}
}

// askPictures asks for the next ones, in the order in which they were wanted. The caller holds the lock.
func (r *Reader) askPictures() {
	free := maxAsked
	for _, c := range r.gallery.all {
		if c.done || free == 0 {
			continue
		}
		free--
		if c.ctx == nil && r.gallery.running != nil && (r.ports.Online() || r.shelf() != nil && !c.looked) {
			c.ctx, c.stop = context.WithCancel(r.gallery.running)
			ctx, plan := c.ctx, r.picturePlan(c.file)
			r.gallery.requests.Go(func() { r.getPicture(ctx, c, plan) })
		}
	}
}

// picturePlan is how a picture is asked for: at each address that has it, or at the chosen one only. As long as it flows
// it may take its time.
func (r *Reader) picturePlan(file article.Rendition) *mirror.Plan {
	set := r.set.At(file.URL)
	if i, found := set.ByHost(r.state.Choice); found {
		set = set.Only(i)
	}
	policy := mirror.DefaultPolicy()
	policy.MaxBytes = int64(file.ContentSize)
	policy.Typical, policy.Sluggish = policy.MaxBytes, 0
	policy.Total += time.Duration(policy.MaxBytes/policy.FlowBytes) * policy.FlowTime
	return mirror.NewPlan(set, policy, r.known, time.Now())
}

// getPicture asks for one picture until it came, or failed everywhere, or is not wanted any more. What that teaches of
// the addresses holds until the article is read again.
func (r *Reader) getPicture(ctx context.Context, c *checked, plan *mirror.Plan) {
	defer r.recoverFault()
	var fresh []byte
	var attempts []mirror.Attempt
	body, _ := r.pictureOnShelf(ctx, []article.Rendition{c.file})
	if body == nil && r.ports.Online() {
		body, attempts = r.fetchPicture(ctx, c.file, plan)
		fresh = body
	}
	if body == nil && ctx.Err() == nil {
		body, _ = r.pictureOnShelf(ctx, r.otherSizes(c.name))
	}
	url, online := r.blobOf(body), r.ports.Online()
	r.update(func(*State) {
		if c.ctx != ctx || ctx.Err() != nil {
			r.release(url)
			return
		}
		c.interrupt()
		c.looked = true
		c.url, c.done = url, url != "" || online // without a network, when it is back
		r.known.Learn(attempts)
	})
	r.keepPicture(ctx, c.file, fresh)
}

// checkPicture holds bytes to the hash that the article gives.
func checkPicture(body []byte, file article.Rendition) error {
	if len(body) != file.ContentSize || integrityOf(body) != nameOf(file) {
		return fmt.Errorf("picture: %w", mirror.ErrAltered)
	}
	return nil
}

// blobOf gives an address to bytes that were checked. It gives none where they are no picture: the other addresses have
// the same.
func (r *Reader) blobOf(body []byte) (url string) {
	if kind := pictureType(body); kind != "" {
		url, _ = r.ports.Blobs.Make(body, kind)
	}
	return url
}

// beginPictures lets pictures be asked for until ctx ends.
func (r *Reader) beginPictures(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.gallery.running = ctx
}

// endPictures ends all requests and releases all pictures. What a page shows already it goes on showing, until another
// reader has something in its place.
func (r *Reader) endPictures() {
	r.mu.Lock()
	r.gallery.running = nil
	for _, c := range r.gallery.all {
		c.interrupt()
		r.release(c.url)
	}
	r.mu.Unlock()
	r.gallery.requests.Wait()
}
