package mirror

import (
	"slices"
	"time"
)

// Plan decides which address is asked when, and which attempt is given up. It is told what happens and asked what to do
// next, and neither acts nor looks at a clock. The timelines in testdata say each of its rules by example.
//
// Addresses are asked in the order that Known gives. The next one is asked as soon as one fails; when the patience is
// over and nothing is flowing; and, once for each attempt, when it stops flowing. One that failed lately is asked only
// when nothing else works. What did not answer is asked once more, with twice the time, when all have failed.
type Plan struct {
	set     Set
	policy  Policy
	best    float64       // pace to measure by, in bytes a second; 0: none is known
	waiting []*rank       // addresses that were not asked yet in this round, in the order of asking
	again   []*rank       // those that are worth another round
	live    []*try        // oldest first
	round   int           // from 1
	pause   time.Time     // until when nothing is asked
	tell    time.Time     // when to say that nothing has come so far, if nothing flows; zero: it was said
	starts  int           // in this round
	last    time.Time     // when the newest attempt started
	owed    int           // starts that need not wait for the patience: one for each failure
	winner  int           // -1: none
	head    time.Duration // how long the winner's headers took
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
	Tell             // say that nothing has come so far, once, and go on
	Wait             // nothing, for a while
	Done             // Address delivered, and nothing else is under way
	GiveUp           // every address failed
)

// NewPlan makes the plan for one document.
func NewPlan(set Set, policy Policy, known Known, now time.Time) *Plan {
	p := &Plan{set: set, policy: policy.For(known.Health.Heads, known.Line), winner: -1, round: 1, tell: now.Add(policy.Tell)}
	p.waiting = known.order(set, p.policy, now)
	p.best = known.Health.best(p.policy.Recent, now)
	if p.compares(&known.Health, now) {
		p.owed = 2 // the winner and, beside it, the next
	}
	return p
}

// compares reports whether the address that delivered last is worth a comparison: were it never made, a reader would
// stay for ever with an address that is throttled.
func (p *Plan) compares(known *Health, now time.Time) bool {
	if len(p.waiting) < 2 || p.waiting[0].class != winning || p.waiting[1].class == cold {
		return false
	}
	rate := known.Host(known.Winner).Rate
	return rate > 0 && rate < p.policy.Sluggish && now.Sub(known.Compared) >= p.policy.Compare
}

// Headers tells that an address answered with the status that is wanted.
func (p *Plan) Headers(address int, now time.Time) {
	if t := p.find(address); t != nil {
		t.headers, t.head = true, now.Sub(t.start)
		t.heard, t.floor.since, t.pace.since = now, now, now
	}
}

// Bytes tells that n more bytes of a body came.
func (p *Plan) Bytes(address int, n int64, now time.Time) {
	t := p.find(address)
	if t == nil || n == 0 {
		return
	}
	t.heard = now
	t.bytes += n
	t.floor.add(n, p.policy.FlowBytes, now)
	t.pace.add(n, p.enough(t), now)
}

// enough is how many bytes must come in a FlowTime for an attempt not to be slow.
func (p *Plan) enough(t *try) int64 {
	if p.best == 0 {
		return p.policy.FlowBytes
	}
	rest := max(p.policy.Typical-t.bytes, p.policy.Typical/4)
	pace := min(p.best/3, float64(rest)/p.policy.Soon.Seconds())
	return max(int64(pace*p.policy.FlowTime.Seconds()), 1)
}

// Failed tells that an attempt came to nothing, and how.
func (p *Plan) Failed(address int, how Outcome) {
	if t := p.find(address); t != nil {
		if how == Unanswered {
			p.again = append(p.again, t.rank)
		}
		p.remove(t)
		p.owed++
	}
}

// Delivered tells that a body came whole and was accepted.
func (p *Plan) Delivered(address int) {
	if t := p.find(address); t != nil {
		p.remove(t)
		p.winner, p.head = address, t.head
	}
}

// Next says what to do now. It is asked again, after its step was done, until it says Wait, Done or GiveUp.
func (p *Plan) Next(now time.Time) Step {
	if p.winner >= 0 {
		return p.finish(now)
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
	if len(p.live) == 0 && len(p.waiting) == 0 && !p.nextRound(now) {
		return Step{Do: GiveUp}
	}
	if !p.tell.IsZero() && !now.Before(p.tellAt()) {
		p.tell = time.Time{}
		return Step{Do: Tell}
	}
	return Step{Do: Wait, Wait: p.wake().Sub(now)}
}

// finish ends what is still under way. To have had more time than the patience, and half as much again as the winner
// needed, without an answer, or to have stopped in the middle, is to have failed.
func (p *Plan) finish(now time.Time) Step {
	if len(p.live) == 0 {
		return Step{Do: Done, Address: p.winner}
	}
	t := p.live[0]
	switch {
	case !t.headers && now.Sub(t.start) >= max(t.patience, p.head*3/2):
		return p.abort(t, "no answer before another address had delivered")
	case t.headers && !t.flows(p.policy, now):
		return p.abort(t, "too slow, or stopped, before another address had delivered")
	}
	return p.abort(t, "")
}

func (p *Plan) start(now time.Time) Step {
	t := &try{rank: p.waiting[0], start: now, patience: p.policy.Patience}
	if t.class == winning && p.policy.Warm > 0 {
		t.patience = p.policy.Warm
	}
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

// nextRound begins another round with those that did not answer, if there is one and are any.
func (p *Plan) nextRound(now time.Time) bool {
	if p.round >= p.policy.Rounds || len(p.again) == 0 {
		return false
	}
	p.round++
	p.policy = p.policy.doubled()
	p.waiting, p.again = p.again, nil
	for _, r := range p.waiting {
		r.class = fit // none is worse than any other now
	}
	p.starts, p.owed, p.pause = 0, 0, now.Add(p.policy.Pause)
	p.tell = earlier(p.tell, now)
	return true
}

// tellAt is when a reader is told that nothing has come so far: not while something flows.
func (p *Plan) tellAt() time.Time {
	at := p.tell
	for _, t := range p.live {
		at = later(at, t.flowsUntil(p.policy))
	}
	return at
}

func (p *Plan) abort(t *try, reason string) Step {
	if reason != "" {
		p.again = append(p.again, t.rank)
	}
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
		return p.pause
	case p.waiting[0].class == cold:
		return later(soonest, p.lastHope())
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

// lastHope is when an address that failed lately is to be asked: when all others have failed, are silent for longer than
// any answer is worth waiting for, or have stopped.
func (p *Plan) lastHope() time.Time {
	at := p.last
	if p.owed == 0 {
		at = at.Add(p.patience())
	}
	for _, t := range p.live {
		if t.class != cold && !t.headers {
			at = later(at, t.start.Add(p.policy.MaxPatience))
		}
		at = later(at, t.flowsUntil(p.policy))
	}
	return at
}

// patience is how long after the newest start the next is due.
func (p *Plan) patience() time.Duration {
	newest := p.policy.Patience
	if n := len(p.live); n > 0 {
		newest = p.live[n-1].patience
	}
	d := float64(newest)
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
	if !p.tell.IsZero() {
		at = earlier(at, p.tellAt())
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
