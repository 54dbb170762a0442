package mirror

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
)

// Result says which attempt delivered, and what became of all.
type Result struct {
	Index    int // of the address in the set
	Attempt  Attempt
	Attempts []Attempt // in the order in which they started
}

// Listener is what a caller of Get has to say and wants to hear. Its functions are called one at a time, in the
// goroutine of the caller.
type Listener struct {
	// Accept takes a document, by returning nil, and owns its bytes. The error of any other may wrap ErrAltered or ErrOlder.
	Accept func(address int, body []byte) error
	// Trace is told every attempt when it starts, when its headers are in and when it ends.
	Trace func(Attempt)
	// Tell is called once, when nothing has come for so long that the reader should know it. Get goes on.
	Tell func()
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

// Get does what a plan says until a body came whole and was accepted: a block page with status 200 is what censors send
// most, so that headers prove nothing. Then it ends every other request.
//
// No goroutine and no request is left when Get returns. If every address failed the error is an *AllFailed; if ctx ended
// it is the cause of that, and ErrOffline has its attempts classed as Offline. A panic of the Fetcher goes on in the
// goroutine of the caller, who can recover from it.
func Get(ctx context.Context, f Fetcher, plan *Plan, l Listener) (Result, error) {
	ctx, stop := context.WithCancel(ctx)
	r := &race{
		Listener: l, fetcher: f, plan: plan,
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
		case Tell:
			r.Tell()
		case Wait:
			r.wait(ctx, step.Wait)
		case Done:
			return Result{step.Address, *r.winner, r.all()}, nil
		case GiveUp:
			return Result{}, &AllFailed{r.all()}
		}
	}
	return Result{}, r.cancel(context.Cause(ctx))
}

// race is the requests of one Get. All but fetch belongs to the goroutine of the caller.
type race struct {
	Listener
	fetcher  Fetcher
	plan     *Plan
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
		Round:   r.plan.round,
		Start:   time.Now(),
		Outcome: Running,
	}
	q := &request{a, address, stop}
	r.running = append(r.running, q)
	r.attempts = append(r.attempts, a)
	r.Trace(*a)
	r.group.Go(func() { r.fetch(ctx, q) })
}

// finish ends a request: what it still has to tell is not heard.
func (r *race) finish(q *request, outcome Outcome, err error) {
	q.stop()
	r.running = slices.DeleteFunc(r.running, func(other *request) bool { return other == q })
	q.End, q.Outcome, q.Err = time.Now(), outcome, err
	r.Trace(*q.Attempt)
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
func (r *race) cancel(cause error) error {
	outcome := Aborted
	if errors.Is(cause, ErrOffline) {
		outcome = Offline
	}
	for len(r.running) > 0 {
		r.finish(r.running[0], outcome, cause)
	}
	return cause
}

// all is what became of every attempt.
func (r *race) all() []Attempt {
	all := make([]Attempt, len(r.attempts))
	for i, a := range r.attempts {
		all[i] = *a
	}
	return all
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
		e.Status, e.Headers = e.status, time.Now()
		if e.status == statusOK {
			r.plan.Headers(e.address, e.Headers)
			r.Trace(*e.Attempt)
		}
	default:
		e.Bytes += int64(e.bytes)
		r.plan.Bytes(e.address, int64(e.bytes), time.Now())
	}
}

// settle decides on a request that ended by itself.
func (r *race) settle(e event) {
	if e.outcome == Accepted {
		if err := r.Accept(e.address, e.body); err != nil {
			e.outcome, e.err = refusal(err), err
		}
	}
	r.finish(e.request, e.outcome, e.err)
	if e.outcome != Accepted {
		r.plan.Failed(e.address, e.outcome)
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
