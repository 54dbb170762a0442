package reader

import (
	"context"
	"strings"
	"time"

	"byway/internal/mirror"
	"byway/internal/trust"
)

// Memory keeps small records by name in this browser, for all tabs.
//
// Load gives nil, without an error, where there is none. Update puts in its place what change makes of it, so that no
// other tab comes between. Any error only means that nothing is remembered: reading goes on. Forget removes all records.
type Memory interface {
	Load(ctx context.Context, name string) ([]byte, error)
	Update(ctx context.Context, name string, change func(record []byte) []byte) error
	Forget(ctx context.Context) error
}

// publishersRecord is the one record that is for all publishers.
const publishersRecord = "publishers"

// memoryTimeout is how long reading waits for a storage that does not answer. It has to wait, for a choice that was made
// by hand must hold; but a storage that did not answer once is not waited for again.
const memoryTimeout = 2 * time.Second

// recall takes up what is remembered of this publisher: the choice, if the address is still there, and how the
// addresses did.
func (r *Reader) recall(ctx context.Context) {
	if r.forgetful || r.isPrivate() {
		return
	}
	ctx, stop := context.WithTimeout(ctx, memoryTimeout)
	defer stop()
	r.recallProof(ctx)
	record, err := r.ports.Memory.Load(ctx, publishersRecord)
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
	if host, known := r.set.HostAt(p.choice); r.unsaved == 0 && (known || p.choice == "") {
		r.state.Choice = host
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
	r.mu.Unlock()
	if !forgotten && !r.forgetful && !r.isPrivate() {
		r.remember(attempts)
	}
}

// recallProof takes up what was believed of the publisher here or in another tab, and the addresses that this names.
// What was stored is verified again.
func (r *Reader) recallProof(ctx context.Context) {
	p := r.proof
	if p == nil {
		return
	}
	stored, err := r.ports.Memory.Load(ctx, proofRecord(r.set, p))
	if p.unread = err != nil; !p.unread && string(stored) != p.stored {
		p.stored, p.confirmed = string(stored), true
		p.state.Restore(stored)
	}
	r.takeAddresses()
}

// Witness gives what the page pins, and what is known of that by now, as trust.State.Bytes has it: for copies that come
// from elsewhere than its addresses. It is zero where the page pins nothing, or is not set up as it should be. Site is the host in
// whose name nobody else may speak here.
func (r *Reader) Witness(ctx context.Context) (a trust.Anchor, seen []byte, site string) {
	set, _, err := mirror.NewSet(r.config.Src, r.config.Base, "")
	if err != nil {
		return a, nil, ""
	}
	p, err := r.config.pinned(set)
	if err != nil || p == nil {
		return a, nil, set.Address(0).Host
	}
	if !r.isPrivate() {
		ctx, stop := context.WithTimeout(ctx, memoryTimeout)
		defer stop()
		stored, _ := r.ports.Memory.Load(ctx, proofRecord(set, p))
		p.state.Restore(stored)
	}
	r.mu.Lock()
	shown := evidenceOf(r.shown.evidence)
	r.mu.Unlock()
	p.state.Restore(shown.notes) // where nothing is remembered, or not yet
	if root, known := p.state.Root(); known {
		return p.anchor, p.state.Bytes(), root.Site
	}
	site, _, _ = strings.Cut(p.anchor.Key.Name(), "/")
	return p.anchor, p.state.Bytes(), site
}

// rememberProof writes down what a read that began then has led to. What is stored already comes first: it was verified
// before anything that this read met, and nothing that a thief of an old key has signed takes its place.
func (r *Reader) rememberProof(began time.Time) {
	p := r.proof
	if p == nil || p.unread || r.forgetful || r.isPrivate() || p.stored == string(p.state.Bytes()) || r.wasForgotten(began) {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), memoryTimeout)
	defer stop()
	_ = r.ports.Memory.Update(ctx, proofRecord(r.set, p), func(before []byte) []byte {
		if state, err := trust.Start(p.anchor, before); err == nil && !r.wasForgotten(began) {
			state.Restore(p.state.Bytes())
			p.state, before = state, state.Bytes()
			p.stored = string(before)
		}
		return before
	})
}

// wasForgotten reports whether Forget was called since.
func (r *Reader) wasForgotten(since time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return since.Before(r.forgotten)
}

// proofRecord is under the publisher's own address, for there may be several publishers at one origin, and under what the
// page pins: another page of this site, which pins something else, has nothing to say of this.
func proofRecord(set mirror.Set, p *proof) string { return "proof " + set.Primary() + " " + p.pin() }

// remember writes down what attempts teach, and a choice that is not in the memory yet: the newest, however writings
// overtake each other. A storage that fails costs the memory, nothing else.
func (r *Reader) remember(attempts []mirror.Attempt) {
	r.mu.Lock()
	site, seed := r.set.Site(), r.known.Health.Seed
	r.mu.Unlock()
	if site == "" || r.isPrivate() { // the publisher is not known yet; what the first read teaches will be written with the choice
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), memoryTimeout)
	defer stop()
	written := 0
	err := r.ports.Memory.Update(ctx, publishersRecord, func(before []byte) []byte {
		all := parseRecord(before, now())
		p := all.publisher(site)
		p.at = now()
		if p.health.Seed == 0 {
			p.health.Seed = seed
		}
		p.health.Learn(attempts)
		written = r.writeChoice(p)
		return all.bytes()
	})
	r.saved(written, err)
}

// writeChoice puts a choice that is not in the memory yet there, and gives its number.
func (r *Reader) writeChoice(p *publisher) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.unsaved != 0 {
		p.choice = ""
		if i, found := r.set.ByHost(r.state.Choice); found {
			p.choice = r.set.Address(i).Base
		}
	}
	return r.unsaved
}
