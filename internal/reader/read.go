package reader

import (
	"context"
	"errors"
	"fmt"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/mirror"
)

// errBroken says that Byway itself failed over a document.
var errBroken = errors.New("a fault of Byway")

// found is an article that may be shown.
type found struct {
	article  article.Article
	warnings []article.Warning
}

// read gets the article once, through the chosen address or through whichever answers.
func (r *Reader) read(ctx context.Context) {
	r.update(func(s *State) {
		s.Busy = true
		if s.Article == nil {
			s.Phase, s.Problem = Loading, nil
		}
	})
	set, choice := r.addresses()
	var doc found
	result, err := mirror.Get(ctx, r.ports.Fetcher, set, func(i int, body []byte) (err error) {
		doc, err = r.accept(set.URL(i), body)
		return err
	}, r.noteAttempt)
	var failed *mirror.AllFailed
	switch {
	case err == nil:
		r.show(set, result.Index, doc)
	case errors.As(err, &failed):
		phase, problem := r.diagnose(failed.Attempts, choice)
		r.fail(phase, problem)
	}
}

// addresses are those that may be asked: all, or only the chosen one.
func (r *Reader) addresses() (mirror.Set, string) {
	choice := r.State().Choice
	if i, ok := r.set.ByHost(choice); ok {
		return r.set.Only(i), choice
	}
	return r.set, ""
}

// accept decides whether bytes that came may be shown: the hash that was vouched for, an article, and the same article
// in a revision no older than the one at hand.
func (r *Reader) accept(url string, body []byte) (doc found, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v", errBroken, fault)
		}
	}()
	if r.integrity != "" && integrityOf(body) != r.integrity {
		return found{}, fmt.Errorf("integrity: %w", mirror.ErrAltered)
	}
	a, warnings, err := decode.Decode(body, decode.Options{Format: r.config.Format, Base: r.set.URL(0), Language: r.config.Language})
	if err != nil {
		return found{}, err
	}
	if err := r.compare(a); err != nil {
		return found{}, err
	}
	return found{a, warnings}, nil
}

func (r *Reader) compare(a article.Article) error {
	have := r.State().Article
	switch {
	case have == nil:
		return nil
	case have.ID != a.ID:
		return fmt.Errorf("another article: %q in place of %q", a.ID, have.ID)
	case !a.DateModified.IsZero() && a.DateModified.Time().Before(have.DateModified.Time()):
		return mirror.ErrOlder
	}
	return nil
}

func (r *Reader) show(set mirror.Set, i int, doc found) {
	r.update(func(s *State) {
		s.Phase, s.Busy, s.Problem = Ready, false, nil
		s.Article, s.Warnings = &doc.article, doc.warnings
		s.Source, s.Fetched = set.Address(i).Host, now()
		if r.integrity != "" {
			s.Proof = Pinned
		}
		for j := range s.Addresses {
			s.Addresses[j].Page = r.set.Rebase(doc.article.URL, j)
		}
	})
}

// pictures says where the pictures of a copy from source are loaded: from the same host, or from the one that was
// chosen by hand. After a choice no request goes to any other host, so a picture that the publisher keeps elsewhere has
// no address then.
func (r *Reader) pictures(source, choice string) func(url string) string {
	if choice != "" {
		source = choice
	}
	i, known := r.set.ByHost(source)
	return func(url string) string {
		if choice != "" && !r.set.Holds(url) || !known {
			return ""
		}
		return r.set.Rebase(url, i)
	}
}
