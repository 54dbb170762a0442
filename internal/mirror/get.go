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
	// Beside are asked for at the same time as the document, at each address.
	Beside []Part
	// Accept takes what one address delivered, by returning nil, and owns the bytes. The document comes first, then what
	// is Beside, then what Accept asked that address for with More, to be called again with all of it. The error of any
	// other may wrap ErrAltered, ErrOlder or ErrMissing.
	Accept func(address int, files Files) error
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
	base    string
	files   Files // asked for
	open    int   // of them, those that have not come yet
	ask     func(i int)
	stop    context.CancelFunc
}

// event is what a request has to tell of one of its files.
type event struct {
	*request
	file   int  // in its list
	status int  // headers came
	bytes  int  // so many bytes came since the event before
	ended  bool // the file came whole, or with a status that says that it will not
	body   []byte
	err    error // no answer, or none to the end
	fault  any   // the Fetcher panicked
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
	q := &request{Attempt: a, address: address, base: r.plan.set.Address(address).Base, stop: stop}
	q.ask = func(i int) {
		part := q.files[i].Part // what is read of the list in another goroutine could be moved meanwhile
		r.group.Go(func() { r.fetch(ctx, q, i, part) })
	}
	r.running = append(r.running, q)
	r.attempts = append(r.attempts, a)
	r.Trace(*a)
	r.ask(q, append([]Part{{Path: r.plan.set.document, Limit: r.plan.policy.MaxBytes}}, r.Beside...))
}

func (r *race) ask(q *request, parts []Part) {
	for _, p := range parts {
		q.files = append(q.files, File{Part: p})
		q.open++
		q.ask(len(q.files) - 1)
	}
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
	case e.ended:
		r.take(e)
	case e.status != 0:
		r.answered(e)
	default:
		e.Bytes += int64(e.bytes)
		r.plan.Bytes(e.address, int64(e.bytes), time.Now())
	}
}

// answered takes note of headers. The first good ones are those of the attempt.
func (r *race) answered(e event) {
	first := e.Headers.IsZero() || e.Status != statusOK
	e.files[e.file].status = e.status
	if !first {
		return
	}
	e.Status, e.Headers = e.status, time.Now()
	if e.status == statusOK {
		r.plan.Headers(e.address, e.Headers)
		r.Trace(*e.Attempt)
	}
}

// take takes what came of one file. Without an answer there is nothing to wait for from that address.
func (r *race) take(e event) {
	if e.err != nil {
		r.fail(e.request, Unanswered, e.err)
		return
	}
	e.files[e.file].body = e.body
	if e.open--; e.open == 0 {
		r.settle(e.request)
	}
}

// settle decides on a request of which everything has come.
func (r *race) settle(q *request) {
	err := r.Accept(q.address, q.files)
	var more *More
	switch {
	case err == nil:
		r.finish(q, Accepted, nil)
		r.winner = q.Attempt
		r.plan.Delivered(q.address)
	case errors.As(err, &more):
		r.ask(q, more.Parts)
	default:
		r.fail(q, refusal(err), err)
	}
}

func (r *race) fail(q *request, how Outcome, err error) {
	r.finish(q, how, err)
	r.plan.Failed(q.address, how)
}

// refusal classes an error of Accept.
func refusal(err error) Outcome {
	switch {
	case errors.Is(err, ErrAltered):
		return Altered
	case errors.Is(err, ErrOlder):
		return Older
	case errors.Is(err, ErrMissing):
		return Missing
	}
	return Wrong
}
