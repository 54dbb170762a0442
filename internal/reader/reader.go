package reader

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"byway/internal/mirror"
	"byway/internal/shelf"
)

// Config is what the element's attributes say. Every field is as the page wrote it.
type Config struct {
	Src       string // address of the article's JSON at the primary address; behind "#" the article of a feed that is meant
	Base      string // address under which the publisher's tree lies; default: the origin of Src
	Mirrors   string // further addresses of that tree, separated by white space
	Key       string // a root key of the publisher
	Root      string // a root note of the publisher
	MinFeed   string // the lowest version of a feed that counts
	Private   bool   // nothing is kept in this browser, and nothing looked for
	Integrity string // "sha256-" and the hash of the article's exact bytes, in base64
	Format    string // of the JSON; default: detect
	Language  string // of the page around, BCP 47
	Shown     bool   // the page shows a copy already: none is wanted of those that are kept
}

// item is what Src says of which article is meant, of a document that holds several.
func (c *Config) item() string {
	_, item, _ := strings.Cut(c.Src, "#")
	return item
}

// Ports is the world outside.
type Ports struct {
	Fetcher mirror.Fetcher
	Memory  Memory
	Shelf   *shelf.Shelf // nil: nothing that was read is kept
	// Quiet says that nothing is kept until somebody wants that again. All readers of a page share one. Nil: none does.
	Quiet *atomic.Bool
	Blobs Blobs // nil: pictures that have to be checked are not shown
	// Online is false only where the device certainly has no network.
	Online func() bool
	// Line is what is known of the network before anything is asked.
	Line mirror.Network
	// Seed is a number that differs from browser to browser, for mirror.Health.
	Seed uint32
	// Doubt is asked after each signed article whether another address is to be asked for its feed, too: one time in ten,
	// so that nobody can keep news from a reader by holding one address still and not be found out. Nil: never.
	Doubt func() bool
}

// Reader reads one article. Its methods may be called from any goroutine.
type Reader struct {
	config  Config
	ports   Ports
	changed func(State)
	set     mirror.Set
	again   chan struct{} // holds one token when another read is wanted
	hint    chan struct{} // holds one token when it may be worth trying again

	integrity string // what the bytes must have; "": anything

	// Of the goroutine of Run.
	proof     *proof // nil: nothing is asked of what comes but to be this article
	fruitless int    // reads in a row that came to nothing
	forgetful bool   // the storage does not answer

	telling sync.Mutex // held while changed is told, so that states come in their order

	mu    sync.Mutex
	state State
	known mirror.Known
	// choices counts those that were made here. While unsaved is not 0, the newest is not in the memory yet, which counts
	// from then on.
	choices, unsaved int
	forgotten        time.Time // when Forget was last called
	hidden           bool      // nobody looks at the page
	started          bool      // somebody has begun to read what is shown
	shown            found
	placed           chan struct{} // closed when what is shown is on the shelf, or will not be; nil: it is
	trace            []mirror.Attempt
	newer            *arrival // a newer revision that offers itself
	pictures         pictures
	gallery          gallery
	stop             context.CancelCauseFunc // ends the read that is under way
	shelfHung        atomic.Bool             // it did not answer: not waited for again until somebody wants something kept
}

// maxTrace is how many attempts Trace remembers.
const maxTrace = 200

// New makes a reader that tells changed about every change of its state, one at a time and in order. Changed must not call
// the reader.
func New(c Config, p Ports, changed func(State)) *Reader {
	if p.Quiet == nil {
		p.Quiet = new(atomic.Bool)
	}
	return &Reader{
		config:  c,
		ports:   p,
		changed: changed,
		again:   make(chan struct{}, 1),
		hint:    make(chan struct{}, 1),
		stop:    func(error) {},
		state:   State{Phase: Loading, Proof: None},
		known:   mirror.Known{Line: p.Line, Health: mirror.Health{Seed: p.Seed}},
	}
}

// Run reads the article at once, again whenever that is asked for, and again by itself while there is none to be had,
// until ctx ends. A fault of Byway itself ends it in a state that says so.
func (r *Reader) Run(ctx context.Context) {
	defer r.endPictures()
	defer r.recoverFault()
	r.beginPictures(ctx)
	if err := r.configure(); err != nil {
		r.fail(Refused, Problem{Kind: BadConfiguration, Detail: err.Error()})
		return
	}
	for asked := true; ctx.Err() == nil; {
		takeDown := r.fetchDown(ctx)
		r.recall(ctx)
		takeDown()
		again := r.read(r.beginRead(ctx), asked)
		if asked = asked && !again; !again {
			asked = r.rest(ctx, asked)
		}
	}
}

// UseMirror reads through one host only from now on, or through whichever answers, for "". The choice is remembered
// for this publisher.
func (r *Reader) UseMirror(host string) error {
	if host != "" && !slices.ContainsFunc(r.State().Addresses, func(a Address) bool { return a.Host == host }) {
		return fmt.Errorf("use mirror: %q is not one of the addresses of this article", host)
	}
	r.mu.Lock()
	r.state.Choice = host
	r.ports.Quiet.Store(false)
	r.chose()
	if r.state.Article == nil {
		r.state.Phase, r.state.Problem = Loading, nil // what was said was said of the choice before
	}
	r.mu.Unlock()
	r.Reload()
	r.remember(nil)
	return nil
}

// Reload reads the article again. A copy that is shown stays until there is a newer one.
func (r *Reader) Reload() {
	r.mu.Lock()
	r.pictures.clear()
	r.keepPictures(func(c *checked) bool { return !c.done || c.url != "" })
	r.followPictures()
	r.stop(nil)
	r.mu.Unlock()
	put(r.again) // last: the read that this asks for must not be the one that is stopped
}

// put leaves a token, unless there is one already.
func put(tokens chan struct{}) {
	select {
	case tokens <- struct{}{}:
	default:
	}
}

// Forget removes everything that Byway keeps in this browser, and goes back to automatic. Nothing is kept from then on,
// until somebody chooses or saves something. Other readers, of other tabs too, are to be told by Forgotten.
//
// All of it is asked for at once: who clicks may close the page at once, too, and one that hangs holds up no other.
func (r *Reader) Forget(ctx context.Context) error {
	mine := r.Forgotten()
	ctx, stop := context.WithTimeout(ctx, memoryTimeout)
	defer stop()
	cleared := make(chan error, 1)
	go func() {
		if r.ports.Shelf == nil {
			cleared <- nil
			return
		}
		cleared <- r.ports.Shelf.Clear(ctx)
	}()
	err := r.ports.Memory.Forget(ctx)
	r.saved(mine, err)
	return errors.Join(err, <-cleared)
}

// Forgotten has a reader forget what it knows, also of a read that is under way, and gives a number for this choice of
// automatic.
func (r *Reader) Forgotten() (choice int) {
	r.update(func(s *State) {
		s.Choice, s.Saved, s.Shelf, s.ShelfSize = "", false, nil, 0
		r.ports.Quiet.Store(true)
		choice = r.chose()
		r.known, r.forgotten = mirror.Known{Line: r.ports.Line, Health: mirror.Health{Seed: r.ports.Seed}}, time.Now()
	})
	return choice
}

// chose counts a choice, which holds here until it is in the memory and longer. The caller holds the lock.
func (r *Reader) chose() int {
	r.choices++
	r.unsaved = r.choices
	return r.choices
}

// saved says what came of writing down a choice.
func (r *Reader) saved(choice int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil && r.unsaved == choice {
		r.unsaved = 0
	}
}

// State is what a page has to show now.
func (r *Reader) State() State {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.snapshot()
}

// Trace is every attempt so far, the oldest first; of very many, the newest.
func (r *Reader) Trace() []mirror.Attempt {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.trace)
}

// configure checks what the page asks for.
func (r *Reader) configure() error {
	integrity, err := parseIntegrity(r.config.Integrity)
	if err != nil {
		return err
	}
	set, ignored, err := mirror.NewSet(r.config.Src, r.config.Base, r.config.Mirrors)
	if err != nil {
		return err
	}
	if r.proof, err = r.config.pinned(set); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.integrity = integrity
	r.useSet(set)
	for _, err := range ignored {
		r.state.Ignored = append(r.state.Ignored, err.Error())
	}
	return nil
}

// useSet takes addresses, and keeps what is known of those that were there before. The caller holds the lock.
func (r *Reader) useSet(set mirror.Set) {
	before := r.state.Addresses
	r.set, r.state.Addresses = set, nil
	for i := range set.Len() {
		row := Address{Host: set.Address(i).Host, URL: set.URL(i)}
		if j := slices.IndexFunc(before, func(a Address) bool { return a.URL == row.URL }); j >= 0 {
			host := row.Host // it is longer where another address is on the same host now
			if row = before[j]; row.Host == r.state.Choice {
				r.state.Choice = host
			}
			row.Host = host
		}
		r.state.Addresses = append(r.state.Addresses, row)
	}
}

// takeAddresses takes those that the publisher's root names, and reports whether there are any that were not known: so a
// page that was written years ago learns where the publisher is today.
func (r *Reader) takeAddresses() (more bool) {
	if r.proof == nil {
		return false
	}
	set, _, err := mirror.NewSet(r.config.Src, r.config.Base, r.config.Mirrors+r.proof.mirrors())
	if err != nil || set.Equal(r.set) {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.useSet(set)
	return true
}

// beginRead gives a context that Reload can end.
func (r *Reader) beginRead(ctx context.Context) context.Context {
	ctx, stop := context.WithCancelCause(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stop(nil)
	r.stop = stop
	return ctx
}

// update changes the state and tells of it.
func (r *Reader) update(change func(*State)) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.mu.Lock()
	change(&r.state)
	r.followPictures()
	s := r.snapshot()
	r.mu.Unlock()
	r.changed(s)
}

func (r *Reader) snapshot() State {
	s := r.state
	s.Addresses = slices.Clone(s.Addresses)
	s.Picture = r.pictureOf(&s)
	return s
}

// fail ends a read without a copy. What was shown before stays.
func (r *Reader) fail(p Phase, why Problem) {
	r.update(func(s *State) {
		s.Busy = false
		s.miss(p, why)
	})
}

// miss says why there is no article, or no newer one than the one that is shown.
func (s *State) miss(p Phase, why Problem) {
	s.Problem, s.Phase = &why, p
	if s.Article != nil {
		s.Phase = Stale
	}
}

// recoverFault turns a panic into a state: the page around must survive a fault of ours.
func (r *Reader) recoverFault() {
	if fault := recover(); fault != nil {
		r.fail(Refused, Problem{Kind: Broken, Detail: fmt.Sprint(fault)})
	}
}

// noteAttempt keeps what is known of one request, in the trace and in the row of its address.
func (r *Reader) noteAttempt(a mirror.Attempt) {
	r.update(func(s *State) {
		r.keepTrace(a)
		i := slices.IndexFunc(s.Addresses, func(row Address) bool { return row.Host == a.Host })
		if i < 0 {
			return
		}
		row := &s.Addresses[i]
		row.Outcome, row.Status, row.At, row.LastTime = a.Outcome, a.Status, a.End, false
		row.Took = 0
		if !a.End.IsZero() {
			row.Took = a.End.Sub(a.Start)
		}
	})
}

func (r *Reader) keepTrace(a mirror.Attempt) {
	same := func(b mirror.Attempt) bool { return b.Host == a.Host && b.Start.Equal(a.Start) }
	if i := slices.IndexFunc(r.trace, same); i >= 0 {
		r.trace[i] = a
		return
	}
	r.trace = append(r.trace, a)
	if extra := len(r.trace) - maxTrace; extra > 0 {
		r.trace = slices.Delete(r.trace, 0, extra)
	}
}

// now is when something happened, without the monotonic reading, which would not survive storage.
func now() time.Time { return time.Now().Round(0) }
