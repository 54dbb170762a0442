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
	switch s {
	case WentOffline:
		r.stop(mirror.ErrOffline)
	case BecameHidden, BecameVisible:
		r.hidden = s == BecameHidden
	}
	r.mu.Unlock()
	put(r.hint)
}

// rest waits until the article is wanted again: when the reader says so or, after a read that came to nothing, when its
// time has come. A signal that the network is back, or that somebody looks, makes that sooner. While nobody looks, and
// without a network, there is no such time.
func (r *Reader) rest(ctx context.Context) {
	ended, prompted := time.Now(), false
	for {
		due, stop := r.retry(ended, prompted)
		select {
		case <-r.hint:
			prompted = true
		case <-r.again:
			stop()
			return
		case <-due:
			return
		case <-ctx.Done():
			stop()
			return
		}
		stop()
	}
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
