// Package survey looks at every address of a published tree as a page of somebody else's would, and says what is wrong
// there and what to do about it.
//
// What an address delivers is held against what the publisher signed (package trust), so an address cannot make itself
// look better than it is to whoever pins the key. It can make itself look worse, and deliver other things to others.
package survey

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"byway/internal/trust"
	"byway/internal/weburl"
)

// Options of one run.
type Options struct {
	Bases []string // addresses of the tree, as https://news.example/; the slash at the end may be missing
	// Pin is the root key that pages pin. Without it the first root that is seen is believed, and all the others are
	// held against that.
	Pin string
	// Only leaves out the addresses that the signed root names and Bases does not.
	Only bool
	// All looks at every article and every picture, not at a sample.
	All      bool
	Timeout  time.Duration // of one request with its answer
	Parallel int           // requests under way at one host
	Now      time.Time
	Client   *http.Client // nil: one with the settings of this machine
}

// survey is one run.
type survey struct {
	Options
	client *http.Client
	hosts  map[string]chan struct{} // by the host of an address; as many places as requests may be under way there
	visits []*visit                 // in the order in which the addresses became known
	anchor trust.Anchor             // zero until there is one
	newest *trust.State             // what all addresses together prove; nil without an anchor
}

// rounds is how often a root that was found at a new address may name further ones.
const rounds = 3

// Run looks at all addresses, beside each other. It ends early with ctx, and the report says so and holds what was seen
// until then. The error is about the options.
func Run(ctx context.Context, o Options) (Report, error) {
	s, err := begin(o)
	if err != nil {
		return Report{}, fmt.Errorf("check: %w", err)
	}
	next := s.Bases
	for range rounds {
		s.meet(ctx, next)
		if next = s.unseen(); len(next) == 0 || s.Only {
			break
		}
	}
	for _, v := range s.visits {
		v.compare()
	}
	s.each(s.visits, func(v *visit) { v.look(ctx) })
	return s.report(ctx), nil
}

func begin(o Options) (*survey, error) {
	s := &survey{Options: o, client: clientOf(o.Client), hosts: map[string]chan struct{}{}}
	s.Bases = nil
	for _, given := range o.Bases {
		base, err := baseOf(given)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(s.Bases, base) {
			s.Bases = append(s.Bases, base)
		}
	}
	if o.Pin != "" {
		var err error
		if s.anchor.Key, err = trust.ParseKey(o.Pin); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// baseOf takes what a root can name, too.
func baseOf(given string) (string, error) {
	u, err := weburl.Parse(given)
	switch {
	case err != nil:
		return "", fmt.Errorf("%q: %w: write it as https://news.example/, behind the flags", given, err)
	case u.Scheme != "https" && !(u.Scheme == "http" && u.IsLoopback()):
		return "", fmt.Errorf("%q is not https, and readers take nothing else: give the address with https", given)
	case u.User != "" || u.Query != "" || u.Fragment != "":
		return "", fmt.Errorf("%q has a user name, a query or a fragment: leave it out", given)
	}
	return strings.TrimSuffix(u.String(), "/") + "/", nil
}

// meet asks new addresses for what is signed and holds it together with what is known.
func (s *survey) meet(ctx context.Context, bases []string) {
	var fresh []*visit
	for _, base := range bases {
		v := newVisit(s, base)
		fresh = append(fresh, v)
		if s.hosts[v.host] == nil {
			s.hosts[v.host] = make(chan struct{}, s.Parallel)
		}
	}
	s.visits = append(s.visits, fresh...)
	s.each(fresh, func(v *visit) { v.knock(ctx) })
	if s.newest == nil {
		s.begin(ctx)
	}
	s.each(fresh, func(v *visit) { v.verify(ctx) })
	for _, v := range fresh {
		v.tell(ctx)
	}
}

// unseen are the addresses of the newest root that were not asked yet.
func (s *survey) unseen() (bases []string) {
	if s.newest == nil {
		return nil
	}
	root, _ := s.newest.Root()
	for _, m := range root.Mirrors {
		if !slices.ContainsFunc(s.visits, func(v *visit) bool { return v.base == m.Base }) && !slices.Contains(bases, m.Base) {
			bases = append(bases, m.Base)
		}
	}
	return bases
}

// each does the same at several addresses at once.
func (s *survey) each(visits []*visit, do func(*visit)) {
	var all sync.WaitGroup
	for _, v := range visits {
		all.Go(func() { do(v) })
	}
	all.Wait()
}
