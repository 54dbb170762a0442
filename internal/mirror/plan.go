package mirror

import (
	"slices"
	"time"
)

// Plan decides which address is asked when, and which attempt is given up. It is told what happens and asked what to do
// next, and neither acts nor looks at a clock. The timelines in testdata say each of its rules by example.
//
// Addresses are asked in the order of their priority. The next one is asked as soon as one fails; when the patience is
// over and nothing is flowing; and, once for each attempt, when it stops flowing.
type Plan struct {
	set     Set
	policy  Policy
	waiting []int  // addresses that were not asked yet, in the order of asking
	live    []*try // oldest first
	starts  int
	last    time.Time // when the newest attempt started
	owed    int       // starts that need not wait for the patience: one for each failure
	winner  int       // -1: none
}

// try is an attempt that is under way.
type try struct {
	address int
	start   time.Time
	headers bool
	heard   time.Time // when the headers or the newest byte came
	flowed  time.Time // when FlowBytes were last complete; at first, when the headers came
	count   int64     // bytes since
	spent   bool      // that it stopped flowing has made one start due
}

// Step is what to do next.
type Step struct {
	Do      Do
	Address int           // of Try, Abort and Done
	Wait    time.Duration // of Wait: ask again then, or after the next event if that comes earlier
	Reason  string        // of Abort: what the attempt failed by; "" if it did not fail but lost
}

// Do is a kind of step.
type Do int

const (
	Try    Do = iota // ask Address
	Abort            // end the attempt at Address; the plan needs no further word of it
	Wait             // nothing, for a while
	Done             // Address delivered, and nothing else is under way
	GiveUp           // every address failed
)

// NewPlan makes the plan for one document.
func NewPlan(set Set, policy Policy) *Plan {
	p := &Plan{set: set, policy: policy, winner: -1}
	for i := range set.Len() { // a stable sort of at most MaxAddresses; that of package slices weighs 2 kB
		at := i
		for at > 0 && set.Address(p.waiting[at-1]).Priority > set.Address(i).Priority {
			at--
		}
		p.waiting = slices.Insert(p.waiting, at, i)
	}
	return p
}

// Headers tells that an address answered with the status that is wanted.
func (p *Plan) Headers(address int, now time.Time) {
	if t := p.find(address); t != nil {
		t.headers, t.heard, t.flowed = true, now, now
	}
}

// Bytes tells that n more bytes of a body came.
func (p *Plan) Bytes(address int, n int64, now time.Time) {
	t := p.find(address)
	if t == nil || n == 0 {
		return
	}
	t.heard = now
	if t.count += n; t.count >= p.policy.FlowBytes {
		t.flowed, t.count = now, 0
	}
}

// Failed tells that an attempt came to nothing.
func (p *Plan) Failed(address int) {
	if t := p.find(address); t != nil {
		p.remove(t)
		p.owed++
	}
}

// Delivered tells that a body came whole and was accepted.
func (p *Plan) Delivered(address int) {
	if t := p.find(address); t != nil {
		p.remove(t)
		p.winner = address
	}
}

// Next says what to do now. It is asked again, after its step was done, until it says Wait, Done or GiveUp.
func (p *Plan) Next(now time.Time) Step {
	if p.winner >= 0 {
		return p.finish()
	}
	for _, t := range p.live {
		if limit, reason := t.limit(p.policy); !now.Before(limit) {
			p.owed++
			return p.abort(t, reason)
		}
	}
	if len(p.waiting) > 0 && !now.Before(p.startAt()) {
		if p.full() {
			p.owed = max(p.owed, 1) // the room is for the next, whatever the rest does
			return p.abort(p.spare(now), "gave way to the next address: no answer yet, or too slow a one")
		}
		return p.start(now)
	}
	if len(p.live) == 0 && len(p.waiting) == 0 {
		return Step{Do: GiveUp}
	}
	return Step{Do: Wait, Wait: p.wake().Sub(now)}
}

func (p *Plan) finish() Step {
	if len(p.live) > 0 {
		return p.abort(p.live[0], "")
	}
	return Step{Do: Done, Address: p.winner}
}

func (p *Plan) start(now time.Time) Step {
	t := &try{address: p.waiting[0], start: now}
	for _, other := range p.live {
		other.spent = other.spent || other.headers && !other.flows(p.policy, now)
	}
	p.waiting = p.waiting[1:]
	p.live = append(p.live, t)
	p.last = now
	p.starts++
	p.owed = max(p.owed-1, 0)
	return Step{Do: Try, Address: t.address}
}

func (p *Plan) abort(t *try, reason string) Step {
	p.remove(t)
	return Step{Do: Abort, Address: t.address, Reason: reason}
}

// startAt is when the next address is to be asked, if nothing happens before.
func (p *Plan) startAt() time.Time {
	at := p.dueAt()
	if !p.full() {
		return at
	}
	room := p.live[0].spareAt(p.policy)
	for _, t := range p.live {
		room = earlier(room, t.spareAt(p.policy))
	}
	return later(at, room)
}

// dueAt is the same if there were no limit of attempts in flight.
func (p *Plan) dueAt() time.Time {
	soonest := p.last.Add(p.policy.Gap)
	switch {
	case p.starts == 0:
		return time.Time{}
	case p.owed > 0:
		return soonest
	}
	at := p.last.Add(p.patience())
	for _, t := range p.live {
		at = later(at, t.flowsUntil(p.policy))
	}
	for _, t := range p.live {
		if t.headers && !t.spent {
			at = earlier(at, later(soonest, t.flowsUntil(p.policy)))
		}
	}
	return at
}

// patience is how long after the newest start the next is due.
func (p *Plan) patience() time.Duration {
	d := float64(p.policy.Patience)
	for range p.starts - 1 {
		d *= p.policy.Decay
	}
	return max(time.Duration(d).Round(time.Millisecond), p.policy.MinPatience)
}

// spare is the attempt that makes room: the oldest without headers if its time is over, else the oldest that does not
// flow. One of them is there at the time of startAt.
func (p *Plan) spare(now time.Time) *try {
	over := func(t *try) bool { return !now.Before(t.spareAt(p.policy)) }
	i := slices.IndexFunc(p.live, func(t *try) bool { return !t.headers && over(t) })
	if i < 0 {
		i = slices.IndexFunc(p.live, over)
	}
	return p.live[i]
}

// wake is when the next decision falls due by time alone.
func (p *Plan) wake() time.Time {
	var at time.Time
	if len(p.waiting) > 0 {
		at = p.startAt()
	}
	for _, t := range p.live {
		if limit, _ := t.limit(p.policy); at.IsZero() || limit.Before(at) {
			at = limit
		}
	}
	return at
}

func (p *Plan) full() bool { return len(p.live) >= p.policy.InFlight }

func (p *Plan) find(address int) *try {
	i := slices.IndexFunc(p.live, func(t *try) bool { return t.address == address })
	if i < 0 {
		return nil
	}
	return p.live[i]
}

func (p *Plan) remove(t *try) {
	p.live = slices.DeleteFunc(p.live, func(other *try) bool { return other == t })
}

// limit is when an attempt fails by time, and by what.
func (t *try) limit(policy Policy) (at time.Time, reason string) {
	at, reason = t.start.Add(policy.Headers), "no headers within "+policy.Headers.String()
	if t.headers {
		at, reason = t.heard.Add(policy.Silence), "no byte for "+policy.Silence.String()
	}
	if total := t.start.Add(policy.Total); total.Before(at) {
		at, reason = total, "not complete within "+policy.Total.String()
	}
	return at, reason
}

// flowsUntil is when an attempt stops flowing if nothing more comes. Before the headers it does not flow.
func (t *try) flowsUntil(policy Policy) time.Time {
	if !t.headers {
		return time.Time{}
	}
	return t.flowed.Add(policy.FlowTime)
}

func (t *try) flows(policy Policy, now time.Time) bool { return now.Before(t.flowsUntil(policy)) }

// spareAt is when an attempt may be given up to make room for another.
func (t *try) spareAt(policy Policy) time.Time {
	if !t.headers {
		return t.start.Add(policy.GiveWay)
	}
	return t.flowsUntil(policy)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
