package reader

import (
	"context"
	"errors"
	"slices"
	"time"

	"byway/internal/mirror"
)

// Memory keeps one small record in this browser, for all publishers and all tabs.
//
// Load gives nil, without an error, where there is none. Update puts in its place what change makes of it, so that no
// other tab comes between. Any error only means that nothing is remembered: reading goes on. Forget removes the record.
type Memory interface {
	Load(ctx context.Context) ([]byte, error)
	Update(ctx context.Context, change func(record []byte) []byte) error
	Forget(ctx context.Context) error
}

// memoryTimeout is how long reading waits for a storage that does not answer. It has to wait, for a choice that was made
// by hand must hold; but a storage that did not answer once is not waited for again.
const memoryTimeout = 2 * time.Second

// recall takes up what is remembered of this publisher: the choice, if the address is still there, and how the
// addresses did.
func (r *Reader) recall(ctx context.Context) {
	if r.forgetful {
		return
	}
	ctx, stop := context.WithTimeout(ctx, memoryTimeout)
	defer stop()
	record, err := r.ports.Memory.Load(ctx)
	r.forgetful = ctx.Err() == context.DeadlineExceeded
	if err != nil {
		return
	}
	all := parseRecord(record, now())
	p := all.publisher(r.set.Site())
	r.mu.Lock()
	defer r.mu.Unlock()
	seed := r.known.Health.Seed
	r.known.Health = p.health
	if p.health.Seed == 0 {
		r.known.Health.Seed = seed
	}
	r.recallRows()
	known := slices.ContainsFunc(r.state.Addresses, func(a Address) bool { return a.Host == p.choice })
	if r.unsaved == 0 && (known || p.choice == "") {
		r.state.Choice = p.choice
	}
}

// recallRows says of the addresses that were not asked for this article how they did the last time.
func (r *Reader) recallRows() {
	for i := range r.state.Addresses {
		row := &r.state.Addresses[i]
		if known := r.known.Health.Host(row.Host); known != nil && (row.Outcome == "" || row.LastTime) {
			row.Outcome, row.At, row.Took, row.LastTime = known.Outcome, known.At, known.Took, true
		}
	}
}

// learn takes in how the addresses did, here and for the next article.
func (r *Reader) learn(attempts []mirror.Attempt) {
	r.mu.Lock()
	forgotten := len(attempts) == 0 || attempts[0].Start.Before(r.forgotten)
	if !forgotten {
		r.known.Learn(attempts)
	}
	seed, unsaved, choice := r.known.Health.Seed, r.unsaved, r.state.Choice
	r.mu.Unlock()
	if forgotten || r.forgetful {
		return
	}
	err := r.remember(func(p *publisher) {
		if p.health.Seed == 0 {
			p.health.Seed = seed
		}
		if unsaved != 0 { // it was made before the publisher was known, or could not be written then
			p.choice = choice
		}
		p.health.Learn(attempts)
	})
	r.saved(unsaved, err)
}

// remember changes what is remembered of this publisher. A storage that fails costs the memory, nothing else.
func (r *Reader) remember(change func(*publisher)) error {
	r.mu.Lock()
	site := r.set.Site()
	r.mu.Unlock()
	if site == "" {
		return errors.New("the publisher is not known yet")
	}
	ctx, stop := context.WithTimeout(context.Background(), memoryTimeout)
	defer stop()
	return r.ports.Memory.Update(ctx, func(before []byte) []byte {
		all := parseRecord(before, now())
		p := all.publisher(site)
		p.at = now()
		change(p)
		return all.bytes()
	})
}
