package trust

import (
	"errors"
	"fmt"
	"time"
)

// maxAhead is how far the clock of a device may be behind the publisher's.
const maxAhead = 24 * time.Hour

// AcceptRoot takes a root note that a mirror delivered. It moves on only to the version after the known one, and only by
// signatures of the thresholds of both; without a root yet, to any version that the pinned key signed. The known root
// itself is no error. The error is a NeedRoots, an ErrRollback, an ErrEquivocation, an ErrBadSignature, or says what is
// malformed; the state is as before then.
func (s *State) AcceptRoot(note []byte) error {
	if err := s.acceptRoot(note); err != nil {
		return fmt.Errorf("root: %w", err)
	}
	return nil
}

func (s *State) acceptRoot(note []byte) error {
	if s.root.Version == 0 {
		return s.acceptFirst(note)
	}
	if len(note) > MaxRoot {
		return tooLong(MaxRoot)
	}
	text, by, err := s.open(note, s.root.RootKeys, func(text string) int64 { return hint(text, rootKind, "version") - 1 })
	if err != nil {
		return err
	}
	r, err := parseRoot(text)
	if err != nil {
		return err
	}
	if err := s.follows(r, by, text); err != nil || text == s.rootText {
		return err
	}
	if err := r.signs(note); err != nil {
		return err
	}
	s.keepRoot(note, text, r)
	return nil
}

// follows holds a root that at least one known key signed against the known root. The versions come first: a mirror
// that is late, or early, has done nothing wrong, and nothing is gained by claiming to be either.
func (s *State) follows(r Root, by []Key, text string) error {
	switch {
	case r.Version < s.root.Version:
		return ErrRollback
	case r.Version > s.root.Version+1:
		return s.needed(r.Version - 1)
	}
	if err := enough(by, s.root.Threshold); err != nil {
		return err
	}
	switch {
	case r.Version == s.root.Version && text != s.rootText:
		return ErrEquivocation
	case r.Epoch < s.root.Epoch:
		return ErrRollback
	case r.Site != s.root.Site:
		return otherSite(r.Site, s.root.Site)
	}
	return nil
}

// acceptFirst takes the first root from a mirror. Where the pinned key did not sign it, the key may have been replaced
// since, and an earlier root have its signature.
func (s *State) acceptFirst(note []byte) error {
	err := s.adopt(note)
	var unsigned *UnsignedError
	if errors.As(err, &unsigned) {
		if n := hint(unsigned.Text, rootKind, "version"); n > 1 {
			return NeedRoots{1, n - 1}
		}
	}
	return err
}

// adopt takes the root that everything after it is believed for.
func (s *State) adopt(note []byte) error {
	if len(note) > MaxRoot {
		return tooLong(MaxRoot)
	}
	text, _, err := Open(note, []Key{s.key})
	var unsigned *UnsignedError
	if s.key == (Key{}) && errors.As(err, &unsigned) {
		text, err = unsigned.Text, nil // the page vouches for it
	}
	if err != nil {
		return err
	}
	r, err := parseRoot(text)
	if err != nil {
		return err
	}
	if err := r.signs(note); err != nil {
		return err
	}
	s.keepRoot(note, text, r)
	return nil
}

// AcceptFeed takes a feed note that a mirror delivered, and gives what it says. The error is a NeedRoots, an ErrRollback,
// an ErrEquivocation, an ErrFuture, an ErrBadSignature, or says what is malformed; the state is as before then.
func (s *State) AcceptFeed(note []byte, now time.Time) (Feed, error) {
	f, text, err := s.readFeed(note)
	if err == nil && f.Issued.After(now.Add(maxAhead)) {
		err = ErrFuture
	}
	if err != nil {
		return Feed{}, fmt.Errorf("feed: %w", err)
	}
	s.keepFeed(note, text, f)
	return f, nil
}

func (s *State) readFeed(note []byte) (f Feed, text string, err error) {
	switch {
	case s.root.Version == 0:
		return Feed{}, "", NeedRoots{}
	case len(note) > MaxFeed:
		return Feed{}, "", tooLong(MaxFeed)
	}
	text, by, err := s.open(note, s.root.FeedKeys, func(text string) int64 { return hint(text, feedKind, "root") })
	if err != nil {
		return Feed{}, "", err
	}
	if f, err = parseFeed(text); err == nil {
		err = s.judge(f, text)
	}
	if err != nil {
		return Feed{}, "", err
	}
	f.By = by
	return f, text, nil
}

// judge holds a feed with a good signature against the root and against what was accepted before.
func (s *State) judge(f Feed, text string) error {
	switch {
	case f.Site != s.root.Site:
		return otherSite(f.Site, s.root.Site)
	case f.Root > s.root.Version:
		return s.needed(f.Root)
	case f.Epoch < s.root.Epoch, f.Version < max(s.minFeed, s.root.MinFeed, s.feed.Version):
		return ErrRollback
	case f.Epoch > s.root.Epoch:
		return fmt.Errorf("its epoch %d is after that of root %d", f.Epoch, s.root.Version)
	case f.Version == s.feed.Version && text != s.feedText:
		return ErrEquivocation
	}
	return nil
}

// open opens a note. Where no known key signed it, one that only a later root names may have: its own word is followed
// that it comes after a root, since no more than requests come of it.
func (s *State) open(note []byte, keys []Key, after func(text string) int64) (text string, by []Key, err error) {
	text, by, err = Open(note, keys)
	var unsigned *UnsignedError
	if !errors.As(err, &unsigned) {
		return text, by, err
	}
	n := after(unsigned.Text)
	if n > s.root.Version {
		return "", nil, s.needed(n)
	}
	if _, _, old := Open(note, s.retired); old == nil && n < s.root.Version {
		return "", nil, ErrRollback // from a mirror that was not brought up to date
	}
	return "", nil, err
}

// needed are the roots after the known one, up to a version.
func (s *State) needed(version int64) NeedRoots {
	return NeedRoots{s.root.Version + 1, min(version, s.root.Version+maxWalk)}
}

// hint is a number out of a text that nobody signed, 0 where it has none.
func hint(text, kind, member string) int64 {
	o, err := parseDocument(text, kind)
	if err != nil {
		return 0
	}
	if n := o.whole(member); *o.err == nil {
		return n
	}
	return 0
}

// signs reports in an error that a note has not the signatures that the root in it asks for.
func (r Root) signs(note []byte) error {
	_, by, err := Open(note, r.RootKeys)
	if err != nil {
		return err
	}
	return enough(by, r.Threshold)
}

func enough(by []Key, threshold int) error {
	if len(by) < threshold {
		return fmt.Errorf("%w: by %d of the %d keys that it takes", ErrBadSignature, len(by), threshold)
	}
	return nil
}

func tooLong(limit int) error { return fmt.Errorf("more than %d bytes", limit) }

func otherSite(got, want string) error { return fmt.Errorf("of %q, not of %q", got, want) }
