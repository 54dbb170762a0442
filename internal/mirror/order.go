package mirror

import (
	"slices"
	"time"
)

// Known is what a plan starts from.
type Known struct {
	Health Health
	Line   Network
	// Absent are the hosts that lately did not have this very document, or had it in an old revision only, and until
	// when they come last for it.
	Absent map[string]time.Time
}

// absent is how long an address that does not have a document yet comes last for it.
const absent = time.Minute

// Learn takes in what became of the attempts at the document: for the next one, and for this one if it is read again.
func (k *Known) Learn(attempts []Attempt) {
	k.Health.Learn(attempts)
	for i := range attempts {
		a := &attempts[i]
		if k.Absent == nil {
			k.Absent = map[string]time.Time{}
		}
		switch {
		case a.ofDocument():
			k.Absent[a.Host] = a.End.Add(absent)
		case a.Outcome == Accepted:
			delete(k.Absent, a.Host)
		}
	}
}

// rank is the place of one address in the order of asking. A lower one is asked earlier.
type rank struct {
	address int
	class   class
	order   [2]float64 // within the class: compared one after the other
}

// class is the first thing that decides.
type class int

const (
	winning class = iota // delivered last
	fit
	cold // failed lately: asked only when nothing else works
)

// order ranks the addresses of a set: the one that delivered last; then the others by priority, those of which
// something is known by how soon they would deliver, those of which nothing is known behind them; then those that
// failed lately, the one first that has been left alone longest.
func (k *Known) order(set Set, policy Policy, now time.Time) []*rank {
	var all []*rank
	for i := range set.Len() {
		r := k.rank(set.Address(i), policy, now)
		r.address = i
		at := len(all)
		for at > 0 && r.before(all[at-1]) { // a stable sort of at most MaxAddresses; that of package slices weighs 2 kB
			at--
		}
		all = slices.Insert(all, at, r)
	}
	return all
}

func (r *rank) before(other *rank) bool {
	switch {
	case r.class != other.class:
		return r.class < other.class
	case r.order[0] != other.order[0]:
		return r.order[0] < other.order[0]
	}
	return r.order[1] < other.order[1]
}

func (k *Known) rank(a Address, policy Policy, now time.Time) *rank {
	cool := k.Absent[a.Host]
	known := k.Health.Host(a.Host)
	if known != nil {
		cool = later(cool, known.Cool)
	}
	priority := float64(a.Priority)
	switch {
	case cool.After(now):
		return &rank{class: cold, order: [2]float64{cool.Sub(now).Seconds()}}
	case known != nil && a.Host == k.Health.Winner && now.Sub(known.Delivered) < policy.Winner:
		return &rank{class: winning}
	case known != nil && !known.Delivered.IsZero():
		return &rank{class: fit, order: [2]float64{priority, known.expected(policy.Typical)}}
	}
	const last = 1e6 // seconds: later than anything known
	return &rank{class: fit, order: [2]float64{priority, last + float64(k.Health.shuffle(a.Host))}}
}

// expected is how many seconds a document of so many bytes would take.
func (h *HostHealth) expected(bytes int64) float64 {
	if h.Rate == 0 {
		return h.Headers.Seconds()
	}
	return h.Headers.Seconds() + float64(bytes)/h.Rate
}

// shuffle gives a host its place among those of which nothing is known: FNV-1a of the seed and the name.
func (h *Health) shuffle(host string) uint32 {
	if h.Seed == 0 {
		return 0
	}
	hash := h.Seed ^ 2166136261
	for i := range len(host) {
		hash = (hash ^ uint32(host[i])) * 16777619
	}
	return hash
}
