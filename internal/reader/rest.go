package reader

import (
	"context"
	"time"

	"byway/internal/mirror"
)

// Signal is what happens to the device or to the page.
type Signal string

const (
	WentOffline   Signal = "offline"
	CameOnline    Signal = "online"
	BecameHidden  Signal = "hidden"
	BecameVisible Signal = "visible"
)

// Signal tells the reader of it. Requests that are under way when the network goes would hang for ever in some browsers,
// so they end.
func (r *Reader) Signal(s Signal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch s {
	case WentOffline:
		r.stop(mirror.ErrOffline)
		r.interruptPictures()
	case BecameHidden, BecameVisible:
		r.hidden = s == BecameHidden
	}
	r.askPictures()
	put(r.hint)
}

// rest waits until the article is wanted again: when the reader says so or, after a read that came to nothing, when its
// time has come. A signal that the network is back, or that somebody looks, makes that sooner. While nobody looks, and
// without a network, there is no such time. It reports whether somebody asked for the article, now or the last time: to
// whoever comes back to a signed article after a while, a newer revision only offers itself.
func (r *Reader) rest(ctx context.Context, asked bool) bool {
	ended, prompted := time.Now(), false
	for {
		due, stop := r.retry(ended, prompted)
		select {
		case <-r.hint:
			prompted = true
		case <-r.again:
			stop()
			return true
		case <-due:
			return asked
		case <-ctx.Done():
			stop()
			return asked
		}
		stop()
		if r.isOld() {
			return false
		}
	}
}

// refreshAfter is how old a signed copy must be for a look at whether it is still the newest.
const refreshAfter = 10 * time.Minute

// isOld reports whether a signed copy is worth such a look now. Without signatures any mirror could interrupt whoever
// reads.
func (r *Reader) isOld() bool {
	s := r.State()
	r.mu.Lock()
	hidden := r.hidden
	r.mu.Unlock()
	return s.Proof == Signed && s.Phase == Ready && !hidden && r.ports.Online() && time.Since(s.Fetched) >= refreshAfter
}

// retry gives a channel that tells when to read again by itself, nil for never, and what to call when that is not waited
// for any more.
func (r *Reader) retry(ended time.Time, prompted bool) (<-chan time.Time, func()) {
	r.mu.Lock()
	hidden := r.hidden
	r.mu.Unlock()
	if r.fruitless == 0 || hidden || !r.ports.Online() {
		return nil, func() {}
	}
	timer := time.NewTimer(time.Until(ended.Add(mirror.Retry(r.fruitless, prompted))))
	return timer.C, func() { timer.Stop() }
}
