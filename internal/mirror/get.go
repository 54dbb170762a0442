package mirror

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
)

// Result says which attempt delivered.
type Result struct {
	Index   int // of the address in the set
	Attempt Attempt
}

// AllFailed is the error of Get when no address delivered. Attempts are in the order in which they started.
type AllFailed struct{ Attempts []Attempt }

func (e *AllFailed) Error() string {
	causes := []string{"no address delivered the document"}
	for _, a := range e.Attempts {
		causes = append(causes, a.Host+": "+a.Err.Error())
	}
	return strings.Join(causes, "\n")
}

// Get asks the addresses of a set for its document, by a Plan with the default policy. See Follow.
func Get(ctx context.Context, f Fetcher, set Set, accept func(i int, body []byte) error, trace func(Attempt)) (Result, error) {
	return Follow(ctx, f, NewPlan(set, DefaultPolicy()), accept, trace)
}

// Follow does what a plan says until a body came whole and accept took it, by returning nil: a block page with status
// 200 is what censors send most, so that headers prove nothing. Then it ends every other request.
//
// Accept and trace are called one at a time, in the goroutine of the caller; accept owns the body. Trace is told every
// attempt when it starts, when its headers are in and when it ends. No goroutine and no request is left when Follow
// returns. If every address failed the error is an *AllFailed; if ctx ended it is that of ctx. A panic of the Fetcher
// goes on in the goroutine of the caller, who can recover from it.
func Follow(ctx context.Context, f Fetcher, plan *Plan, accept func(i int, body []byte) error, trace func(Attempt)) (Result, error) {
	ctx, stop := context.WithCancel(ctx)
	r := &race{
		fetcher: f, plan: plan, accept: accept, trace: trace,
		events: make(chan event),
	}
	defer r.group.Wait()
	defer stop()
	for ctx.Err() == nil {
		switch step := plan.Next(time.Now()); step.Do {
		case Try:
			r.start(ctx, step.Address)
		case Abort:
			r.abort(step)
		case Wait:
			r.wait(ctx, step.Wait)
		case Done:
			return Result{step.Address, *r.winner}, nil
		case GiveUp:
			return Result{}, r.allFailed()
		}
	}
	return Result{}, r.cancel(ctx.Err())
}

// race is the requests of one Follow. All but fetch belongs to the goroutine of the caller.
type race struct {
	fetcher  Fetcher
	plan     *Plan
	accept   func(i int, body []byte) error
	trace    func(Attempt)
	events   chan event
	group    sync.WaitGroup
	running  []*request // the oldest first
	attempts []*Attempt // all, the oldest first
	winner   *Attempt
}

// request is one attempt while it runs.
type request struct {
	*Attempt
	address int
	stop    context.CancelFunc
}

// event is what a request has to tell.
type event struct {
	*request
	status  int     // headers came
	bytes   int     // so many bytes came since the event before
	outcome Outcome // the request ended; Accepted: with a whole body
	body    []byte  // of a request that ended well
	err     error   // of one that ended otherwise
	fault   any     // the Fetcher panicked
}

func (r *race) start(ctx context.Context, address int) {
	ctx, stop := context.WithCancel(ctx)
	a := &Attempt{
		Host:    r.plan.set.Address(address).Host,
		URL:     r.plan.set.URL(address),
		Start:   time.Now(),
		Outcome: Running,
	}
	q := &request{a, address, stop}
	r.running = append(r.running, q)
	r.attempts = append(r.attempts, a)
	r.trace(*a)
	r.group.Go(func() { r.fetch(ctx, q) })
}

// finish ends a request: what it still has to tell is not heard.
func (r *race) finish(q *request, outcome Outcome, err error) {
	q.stop()
	r.running = slices.DeleteFunc(r.running, func(other *request) bool { return other == q })
	q.End, q.Outcome, q.Err = time.Now(), outcome, err
	r.trace(*q.Attempt)
}

func (r *race) abort(s Step) {
	q := r.running[slices.IndexFunc(r.running, func(q *request) bool { return q.address == s.Address })]
	if s.Reason == "" {
		r.finish(q, Aborted, errors.New("another address was faster"))
		return
	}
	r.finish(q, Unanswered, errors.New(s.Reason))
}

// cancel finishes everything.
func (r *race) cancel(err error) error {
	for len(r.running) > 0 {
		r.finish(r.running[0], Aborted, err)
	}
	return err
}

func (r *race) allFailed() error {
	e := new(AllFailed)
	for _, a := range r.attempts {
		e.Attempts = append(e.Attempts, *a)
	}
	return e
}

// wait takes one event, if one comes before d is over.
func (r *race) wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case e := <-r.events:
		if slices.Contains(r.running, e.request) {
			r.hear(e)
		}
	case <-timer.C:
	case <-ctx.Done():
	}
}

func (r *race) hear(e event) {
	switch {
	case e.fault != nil:
		panic(e.fault)
	case e.outcome != "":
		r.settle(e)
	case e.status != 0:
		e.Status = e.status
		if e.status == statusOK {
			r.plan.Headers(e.address, time.Now())
			r.trace(*e.Attempt)
		}
	default:
		e.Bytes += int64(e.bytes)
		r.plan.Bytes(e.address, int64(e.bytes), time.Now())
	}
}

// settle decides on a request that ended by itself.
func (r *race) settle(e event) {
	if e.outcome == Accepted {
		if err := r.accept(e.address, e.body); err != nil {
			e.outcome, e.err = refusal(err), err
		}
	}
	r.finish(e.request, e.outcome, e.err)
	if e.outcome != Accepted {
		r.plan.Failed(e.address)
		return
	}
	r.winner = e.Attempt
	r.plan.Delivered(e.address)
}

// refusal classes an error of accept.
func refusal(err error) Outcome {
	switch {
	case errors.Is(err, ErrAltered):
		return Altered
	case errors.Is(err, ErrOlder):
		return Older
	}
	return Wrong
}
