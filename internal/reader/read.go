package reader

import (
	"context"
	"errors"
	"fmt"
	"time"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/mirror"
	"byway/internal/tree"
)

// errBroken says that Byway itself failed over a document.
var errBroken = errors.New("a fault of Byway")

// found is an article that may be shown.
type found struct {
	body      []byte           // of the document
	evidence  []byte           // to be kept beside it
	article   *article.Article // nil: the publisher has withdrawn it
	warnings  []article.Warning
	signature *Signature // nil: none was asked for
}

// arrival is an article that came.
type arrival struct {
	found
	source string
	at     time.Time
}

// read gets the article once, through the chosen address or through whichever answers. It reports whether to do so again
// at once. What nobody asked for does not take the place of what is being read.
func (r *Reader) read(ctx context.Context, asked bool) (again bool) {
	r.update(func(s *State) {
		s.Busy = true
		if s.Article == nil && r.fruitless == 0 {
			s.Phase, s.Problem = Loading, nil
		}
	})
	set, choice := r.addresses()
	began := time.Now()
	var doc found
	result, err := mirror.Get(ctx, r.ports.Fetcher, r.plan(set), mirror.Listener{
		Beside: r.proof.beside(),
		Accept: func(i int, files mirror.Files) (err error) {
			doc, err = r.accept(set.Address(i).Host, files)
			return err
		},
		Trace: r.noteAttempt,
		Tell:  func() { r.tell(choice) },
	})
	if err == nil {
		r.fruitless = 0
		a := arrival{doc, set.Address(result.Index).Host, now()}
		shown := r.arrive(a, asked)
		r.learn(result.Attempts)
		if shown || a.article == nil {
			r.keep(ctx, a)
		}
		return r.lookRound(ctx, result.Index, choice, began)
	}
	return r.missed(ctx, err, choice, began)
}

// lookRound looks whether there is news at another address, and for other addresses. It reports whether to read again.
func (r *Reader) lookRound(ctx context.Context, delivered int, choice string, began time.Time) (again bool) {
	again = choice == "" && r.doubt(ctx, delivered)
	if ctx.Err() == nil { // whoever left before anybody else was asked begins anew the next time
		r.rememberProof(began)
	}
	r.takeAddresses()
	return again
}

// missed says why nothing came. It reports whether to read again, at addresses that were learnt of.
func (r *Reader) missed(ctx context.Context, err error, choice string, began time.Time) (again bool) {
	var failed *mirror.AllFailed
	switch {
	case errors.As(err, &failed):
		r.learn(failed.Attempts)
		r.rememberProof(began)
		if r.takeAddresses() && choice == "" {
			return true
		}
		phase, problem := r.diagnose(failed.Attempts, choice)
		r.miss(phase, problem)
		r.listShelf(ctx)
	case errors.Is(err, mirror.ErrOffline):
		r.miss(Offline, Problem{Kind: DeviceOffline})
		r.listShelf(ctx)
	}
	return false
}

// plan is that of one read. Without a network a second round would only say the same later.
func (r *Reader) plan(set mirror.Set) *mirror.Plan {
	policy := mirror.DefaultPolicy()
	if !r.ports.Online() {
		policy.Rounds = 1
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return mirror.NewPlan(set, policy, r.known, time.Now())
}

// tell says that nothing has come so far. The read goes on.
func (r *Reader) tell(choice string) {
	kind := NoAddressAnswered
	if choice != "" {
		kind = ChosenFailed
	}
	r.update(func(s *State) { s.miss(Blocked, Problem{Kind: kind}) })
}

// miss ends a read that came to nothing. What cannot be shown is not asked for again by itself: the same would come. That
// the publisher took the article back is said without a network, too.
func (r *Reader) miss(p Phase, why Problem) {
	if r.fruitless++; p == Refused {
		r.fruitless = 0
	}
	if s := r.proof.knownWithdrawal(); s != nil && r.State().Article == nil {
		r.withdraw(arrival{found{signature: s}, FromShelf, now()})
		return
	}
	r.fail(p, why)
}

// addresses are those that may be asked: all, or only the chosen one. Where that is not there any more, it is none, until
// somebody chooses again.
func (r *Reader) addresses() (mirror.Set, string) {
	choice := r.State().Choice
	if choice == "" {
		return r.set, ""
	}
	i, found := r.set.ByHost(choice)
	if !found {
		return mirror.Set{}, choice
	}
	return r.set.Only(i), choice
}

// accept decides whether bytes that came may be shown: the hash that was vouched for, an article, and the same article
// in a revision no older than the one at hand.
func (r *Reader) accept(host string, files mirror.Files) (doc found, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v", errBroken, fault)
		}
	}()
	body, signature, err := r.bytes(files)
	if withdrawn := signature != nil && signature.Hash == ""; err != nil || withdrawn {
		return found{signature: signature}, err
	}
	if doc, err = r.decode(body, signature); err == nil {
		doc.evidence = r.evidence().bytes()
	}
	if err == nil && signature == nil {
		err = r.compare(host, *doc.article)
	}
	return doc, err
}

// decode reads a document that may be shown.
func (r *Reader) decode(body []byte, signature *Signature) (found, error) {
	if r.integrity != "" && integrityOf(body) != r.integrity {
		return found{}, mismatch(body)
	}
	a, warnings, err := decode.Decode(body, decode.Options{Format: r.config.Format, Item: r.config.item(), Base: r.set.URL(0), Language: r.config.Language})
	return found{body: body, article: &a, warnings: warnings, signature: signature}, err
}

// bytes are those of the document: those that the publisher signed, where the page pins a key.
func (r *Reader) bytes(files mirror.Files) (body []byte, signature *Signature, err error) {
	if r.proof == nil {
		body, err = files.Document()
		return body, nil, err
	}
	body, item, err := r.proof.open(files, time.Now())
	if err != nil {
		return nil, nil, err
	}
	return body, r.proof.signature(item), nil
}

// mismatch says of bytes with another hash what can be said: a block page, or an answer cut short, is no altered copy.
func mismatch(body []byte) error {
	if _, err := tree.Parse(body); err != nil {
		return fmt.Errorf("integrity: neither the right bytes nor a document: %w", err)
	}
	return fmt.Errorf("integrity: %w", mirror.ErrAltered)
}

// compare holds an article against the one that is shown. That one may itself be wrong: what the reader chose, and what
// the publisher's own address says of a copy from elsewhere, takes its place; and of a copy that was kept, anything, unless
// somebody has saved it or reads it.
func (r *Reader) compare(host string, a article.Article) error {
	s := r.State()
	have, own := s.Article, r.set.Address(0).Host
	switch {
	case s.Source == FromShelf && !s.Saved && !r.hasStarted(): // nobody vouched for that one, either
		return nil
	case have == nil || s.Choice != "" || host == own && s.Source != own:
		return nil
	case have.ID != a.ID:
		return fmt.Errorf("another article: %q in place of %q", a.ID, have.ID)
	case !a.DateModified.IsZero() && a.DateModified.Time().Before(have.DateModified.Time()):
		return mirror.ErrOlder
	}
	return nil
}
