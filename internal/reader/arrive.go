package reader

import (
	"bytes"
	"context"
	"time"

	"byway/internal/mirror"
	"byway/internal/trust"
)

// arrive shows an article that came, or offers it to whoever reads an earlier revision and did not ask. What is only
// offered is not kept: it would take the place of what is read, on the shelf too.
func (r *Reader) arrive(a arrival, asked bool) (shown bool) {
	if reading := r.State().Source == FromShelf && r.hasStarted(); (reading || !asked) && r.isOther(a) {
		r.offer(a)
		return false
	}
	r.put(a)
	return true
}

// isOther reports whether a copy says something else than the one that is shown. Of what nobody signed, some servers never
// write the same bytes twice.
func (r *Reader) isOther(a arrival) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	have := r.shown
	switch {
	case have.article == nil:
		return false
	case a.signature != nil && have.signature != nil:
		return a.signature.Hash != have.signature.Hash
	}
	modified := a.article.DateModified
	return !bytes.Equal(a.body, have.body) && (modified.IsZero() || modified != have.article.DateModified)
}

func (r *Reader) put(a arrival) {
	if a.article == nil {
		r.withdraw(a)
	} else {
		r.show(a)
	}
}

// offer says that there is a newer revision, or that the publisher withdrew what is shown.
func (r *Reader) offer(a arrival) {
	r.update(func(s *State) {
		r.newer, s.Newer = nil, a.article != nil
		if s.Newer {
			r.newer = &a
		}
		s.Busy, s.Problem, s.Phase = false, nil, Ready
		if s.Source != FromShelf {
			s.Fetched = a.at
		}
		if a.signature != nil {
			notice := *s.Signature // states hold the one before
			notice.Notice = a.signature.Notice
			s.Signature = &notice
		}
	})
}

// ShowNewer shows the revision that State.Newer tells of.
func (r *Reader) ShowNewer() {
	r.mu.Lock()
	a, ctx := r.newer, r.gallery.running
	r.mu.Unlock()
	if a == nil {
		return
	}
	if r.put(*a); ctx != nil {
		go r.keep(ctx, *a)
	}
}

func (r *Reader) show(a arrival) {
	r.update(func(s *State) {
		s.Phase, s.Busy, s.Problem = Ready, false, nil
		s.Article, s.Warnings = a.article, a.warnings
		s.Source, s.Fetched = a.source, a.at
		s.Signature = a.signature
		r.newer, s.Newer, r.started, r.shown = nil, false, false, a.found
		if r.endPlacing(); a.source != FromShelf {
			r.placed = make(chan struct{})
		}
		switch {
		case a.signature != nil:
			s.Proof = Signed
		case r.integrity != "":
			s.Proof = Pinned
		}
		for i := range s.Addresses {
			s.Addresses[i].Page = r.set.Rebase(a.article.URL, i)
		}
	})
}

// withdraw shows that the publisher took the article back. That is no failure: nothing is tried again.
func (r *Reader) withdraw(a arrival) {
	r.update(func(s *State) {
		s.Article, s.Warnings, s.Busy = nil, nil, false
		s.Source, s.Fetched, s.Proof, s.Signature = a.source, a.at, Signed, a.signature
		r.newer, s.Newer, r.shown = nil, false, found{}
		s.Phase, s.Problem = Refused, &Problem{Kind: WithdrawnArticle}
	})
}

// knownWithdrawal says that the publisher took the article back, where that is known already.
func (p *proof) knownWithdrawal() *Signature {
	if p == nil {
		return nil
	}
	item, found, _ := p.listed()
	if !found || item.Blob != (trust.Blob{}) {
		return nil
	}
	return p.signature(item)
}

// doubt asks one more address for its feed after the first article of a publisher, and now and then: to hold back news,
// two addresses have to be held still. It reports whether there is news of this article, to be fetched.
func (r *Reader) doubt(ctx context.Context, delivered int) (news bool) {
	p := r.proof
	if p == nil || r.set.Len() < 2 || p.confirmed && (r.ports.Doubt == nil || !r.ports.Doubt()) {
		return false
	}
	p.confirmed = true
	item, list := p.mark()
	shown, began := r.State().Signature, time.Now()
	others := r.set.Without(delivered).Of(trust.FeedPath)
	policy := mirror.DefaultPolicy()
	policy.Rounds, policy.InFlight, policy.MaxBytes = 1, 1, trust.MaxFeed
	r.mu.Lock()
	plan := mirror.NewPlan(others, policy, r.known, time.Now())
	r.mu.Unlock()
	_, err := mirror.Get(ctx, r.ports.Fetcher, plan, mirror.Listener{
		Accept: func(_ int, files mirror.Files) error { return p.takeFeed(files, time.Now()) },
		Trace: func(a mirror.Attempt) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.keepTrace(a)
		},
		Tell: func() {},
	})
	if err != nil || r.wasForgotten(began) {
		return false
	}
	if nowItem, nowList := p.mark(); !same(nowItem, item) || nowList != list {
		return true
	}
	if is := p.signature(p.last); shown != nil && shown.Hash == is.Hash { // not that of a revision that is only offered
		r.update(func(s *State) { s.Signature = is }) // what is shown is confirmed by the newer feed
	}
	return false
}

// same reports whether a feed says the same of an article as another.
func same(a, b trust.Item) bool {
	if a.Notice == nil || b.Notice == nil {
		return a.Blob == b.Blob && a.Notice == b.Notice
	}
	return a.Blob == b.Blob && *a.Notice == *b.Notice
}
