package publish

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"byway/internal/trust"
)

// standing is where a site stands: its root and its feed, verified, and what is signed after them.
type standing struct {
	to       *site
	keys     []Signer
	now      time.Time
	state    *trust.State // nil: there is no root yet
	root     trust.Root
	rootNote []byte
	current  int64      // version of the current root; another one where a run was killed before it was put in place
	feed     trust.Feed // Version 0: none yet; of an earlier root, where a run was killed between root and feed
	feedText string
}

// readState reads the root and the feed of the site.
func (s *standing) readState() error {
	if err := s.readRoot(); err != nil {
		return err
	}
	note, err := s.to.read(trust.FeedPath)
	if note == nil || err != nil {
		return err
	}
	if s.state == nil {
		return fmt.Errorf("%s: gone: put back the one that was published last", trust.CurrentRoot)
	}
	if s.feed, err = s.openFeed(note); err != nil {
		return fmt.Errorf("%s: %w: put back the one that was published last", trust.FeedPath, err)
	}
	text, _, _ := strings.Cut(string(note), "\n\n")
	s.feedText = text + "\n"
	return s.checkClock()
}

// maxAhead is how far in the future readers take a feed: package trust.
const maxAhead = 24 * time.Hour

// checkClock refuses to go on after a feed of the future: what is signed next would be dated before it.
func (s *standing) checkClock() error {
	ahead := s.feed.Issued.Sub(s.now)
	if ahead <= 0 {
		return nil
	}
	then := "readers have taken that feed, and take none before it: publish again after that time"
	if ahead > maxAhead {
		then = "readers have not taken that feed: copy the one before back from an address that has it, and publish again; where none has, " +
			"take it out of the site, and out of your articles what was withdrawn"
	}
	return fmt.Errorf("%s: the last feed is dated %s, which is in the future: was the clock of the computer wrong? If it is now, set it; if it was then, %s",
		trust.FeedPath, moment(s.feed.Issued), then)
}

// always is after every date that a feed can have: of its own one the publisher itself is the judge.
var always = time.Unix(1<<40, 0)

// readRoot reads the current root and those after it, if a run was killed between the two.
func (s *standing) readRoot() error {
	note, err := s.to.read(trust.CurrentRoot)
	if note == nil && err == nil {
		note, err = s.to.read(trust.RootPath(1))
	}
	if note == nil || err != nil {
		return err
	}
	if s.state, err = trust.Start(trust.Anchor{Root: note}, nil); err != nil {
		return fmt.Errorf("%s: %w: put back the one that was published last", trust.CurrentRoot, err)
	}
	first, _ := s.state.Root()
	s.current = first.Version
	for {
		s.root, _ = s.state.Root()
		next, err := s.to.read(trust.RootPath(s.root.Version + 1))
		if err != nil {
			return err
		}
		if next == nil || s.state.AcceptRoot(next) != nil {
			s.rootNote = note
			return nil
		}
		note = next
	}
}

// openFeed opens the feed that is there. A run that was killed may have put a root in place under which it does not
// count any more; then an earlier root tells what it says.
func (s *standing) openFeed(note []byte) (trust.Feed, error) {
	feed, err := s.state.AcceptFeed(note, always)
	for version := s.root.Version - 1; err != nil && version > 0; version-- {
		earlier, startErr := s.stateAt(version)
		if startErr != nil {
			break
		}
		if f, feedErr := earlier.AcceptFeed(note, always); feedErr == nil {
			return f, nil
		}
	}
	return feed, err
}

// stateAt believes a root of the site for itself.
func (s *standing) stateAt(version int64) (*trust.State, error) {
	note, err := s.to.read(trust.RootPath(version))
	if err == nil && note == nil {
		err = errors.New("gone: copy it back from one of your addresses")
	}
	var state *trust.State
	if err == nil {
		state, err = trust.Start(trust.Anchor{Root: note}, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", trust.RootPath(version), err)
	}
	return state, nil
}

var errNoRootKey = errors.New("the root has to change, and the key for that is not here: give the root key, too")

// nextRoot signs a root by the keys of the one before and by its own, and puts it in place.
func (s *standing) nextRoot(r trust.Root) error {
	r.Version = s.root.Version + 1
	r.Expires = s.now.Add(rootLife)
	if len(holders(s.keys, s.root.RootKeys)) < s.root.Threshold || len(holders(s.keys, r.RootKeys)) < r.Threshold {
		return errNoRootKey
	}
	note := Sign(rootText(r), holders(s.keys, slices.Concat(s.root.RootKeys, r.RootKeys))...)
	var err error
	if s.state == nil {
		s.state, err = trust.Start(trust.Anchor{Root: note}, nil)
	} else {
		err = s.state.AcceptRoot(note)
	}
	if err != nil {
		return err
	}
	s.root, _ = s.state.Root()
	s.rootNote = note
	return s.to.put(roots, trust.RootPath(r.Version), note)
}

// holders are the private keys of some public ones.
func holders(private []Signer, of []trust.Key) (all []Signer) {
	for _, k := range private {
		if slices.ContainsFunc(of, func(key trust.Key) bool { return key.String() == k.Public() }) {
			all = append(all, k)
		}
	}
	return all
}

// signer is one feed key: a second signature would say no more.
func (s *standing) signer() (Signer, error) {
	all := holders(s.keys, s.root.FeedKeys)
	if len(all) == 0 {
		return Signer{}, fmt.Errorf("none of these keys signs what %s publishes: give the key named %s", s.root.Site, s.root.FeedKeys[0].Name())
	}
	return all[0], nil
}
