package survey

import (
	"context"
	"errors"
	"sync"

	"byway/internal/trust"
)

// note is a signed note of one address.
type note struct {
	body  []byte
	err   error // of get
	fault error // why a reader would not believe it who asks only this address
	late  error // why one would not who has asked all
}

// why says why a note is not believed, nil if it is. Where an address has no root of its own that counts, its feed is
// held against the root of the others.
func (n *note) why() error {
	if n.fault == nil || errors.Is(n.fault, trust.NeedRoots{}) {
		return n.late
	}
	return n.fault
}

// steps is how often a note may ask for more roots.
const steps = 8

// knock asks for the two notes that everything begins with.
func (v *visit) knock(ctx context.Context) {
	var both sync.WaitGroup
	both.Go(func() { v.feed.body, v.feed.err = v.get(ctx, file{trust.FeedPath, noteKind, trust.MaxFeed}) })
	both.Go(func() { v.root.body, v.root.err = v.get(ctx, file{trust.CurrentRoot, noteKind, trust.MaxRoot}) })
	both.Wait()
}

// at is a root note, asked for once.
func (v *visit) at(ctx context.Context, path string) *note {
	if path == trust.CurrentRoot {
		return v.root
	}
	if v.roots[path] == nil {
		n := &note{}
		n.body, n.err = v.get(ctx, file{path, rootKind, trust.MaxRoot})
		v.roots[path] = n
	}
	return v.roots[path]
}

// begin starts from the pinned key, or from the first root of the first address that has one: from the oldest that can
// be had, since those before the anchor could not be told from forged ones.
func (s *survey) begin(ctx context.Context) {
	if s.Pin != "" {
		s.newest, _ = trust.Start(s.anchor, nil) // there is a key
		return
	}
	for _, v := range s.visits {
		for _, path := range []string{trust.RootPath(1), trust.CurrentRoot} {
			anchor := trust.Anchor{Root: v.at(ctx, path).body}
			if state, err := trust.Start(anchor, nil); err == nil {
				s.anchor, s.newest = anchor, state
				return
			}
		}
	}
}

// verify reads the notes as a reader does who asks only here.
func (v *visit) verify(ctx context.Context) {
	if v.newest == nil {
		_, v.root.fault = trust.Start(trust.Anchor{Root: v.root.body}, nil)
		v.feed.late = trust.NeedRoots{}
		return
	}
	v.own, _ = trust.Start(v.anchor, nil) // begin did the same
	v.root.fault = v.accept(ctx, v.own, v.acceptRoot)
	v.feed.fault = v.accept(ctx, v.own, v.acceptFeed)
}

// tell adds what is here to what all addresses prove.
func (v *visit) tell(ctx context.Context) {
	if v.newest != nil {
		_ = v.accept(ctx, v.newest, v.acceptRoot) // compare says what came of it
		_ = v.accept(ctx, v.newest, v.acceptFeed)
	}
}

// compare holds the notes against the newest of all addresses.
func (v *visit) compare() {
	if v.newest != nil {
		v.root.late = v.acceptRoot(v.newest)
		v.feed.late = v.acceptFeed(v.newest)
	}
}

func (v *visit) acceptRoot(s *trust.State) error { return s.AcceptRoot(v.root.body) }

func (v *visit) acceptFeed(s *trust.State) error {
	_, err := s.AcceptFeed(v.feed.body, v.Now)
	return err
}

// accept gives a state a note, and the roots that it asks for.
func (v *visit) accept(ctx context.Context, s *trust.State, give func(*trust.State) error) (err error) {
	for range steps {
		var need trust.NeedRoots
		if err = give(s); !errors.As(err, &need) || !v.walk(ctx, s, need) {
			return err
		}
	}
	return err
}

// walk reports whether one of the roots was accepted.
func (v *visit) walk(ctx context.Context, s *trust.State, need trust.NeedRoots) (moved bool) {
	for _, path := range need.Paths() {
		if n := v.at(ctx, path); n.body != nil && s.AcceptRoot(n.body) == nil {
			moved = true
		}
	}
	return moved
}

// maxChain is how many roots are looked at, the newest.
const maxChain = 100

// chain holds that a page that pinned the key of an earlier root finds its way from there to the newest. That they lead
// there proves the earlier ones, too: nobody else's root can be followed by the publisher's.
func (v *visit) chain(ctx context.Context) {
	root, _ := v.own.Root()
	var state *trust.State
	for n := max(1, root.Version-maxChain+1); n <= root.Version; n++ {
		path := trust.RootPath(n)
		found := v.at(ctx, path)
		err := found.err
		if err == nil && state == nil {
			state, err = trust.Start(trust.Anchor{Root: found.body}, nil)
		} else if err == nil {
			err = state.AcceptRoot(found.body)
		}
		if err != nil {
			v.brokenChain(path, err)
			return
		}
	}
	path := trust.RootPath(root.Version)
	if v.own.AcceptRoot(v.at(ctx, path).body) != nil {
		v.find(finding{Root, Broken, "not the same as " + trust.CurrentRoot, adviceTwice}, path)
	}
}

func (v *visit) brokenChain(path string, err error) {
	if errors.Is(err, errTold) {
		v.miss(Root)
		return
	}
	var status statusError
	words := err.Error()
	if !errors.As(err, &status) {
		words = "it does not lead to the next root"
	}
	v.find(finding{Root, Broken, words + ", so pages that pinned an earlier key cannot follow", adviceCopy}, path)
}
