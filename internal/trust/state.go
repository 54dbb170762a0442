package trust

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"byway/internal/tree"
)

// Anchor is what the page pins, and so what everything else is believed for. It has a key, a root, or both.
type Anchor struct {
	// Key is a root key. A root that it signed, of any version, is believed by that alone: who steals it can fool those
	// who start with it, whatever the threshold.
	Key Key
	// Root is a root note that needs no other proof than Key, if there is one.
	Root []byte
	// MinFeed is the lowest version of a feed that counts. It covers a reader whose store was cleared.
	MinFeed int64
}

// State is what one reader believes of one publisher. It is not safe for concurrent use.
type State struct {
	key     Key // zero when the anchor's root did without
	minFeed int64

	root     Root // Version 0: none yet
	rootText string
	feed     Feed // Root 0: none yet in this epoch
	feedText string
	retired  []Key    // of roots before this one
	notes    []string // from the anchor to what is believed now
}

// Start makes a state of what the page pins and of what Bytes gave earlier, if anything. What was stored is verified
// again, so nothing is gained by altering it, and what cannot be verified from this anchor is as good as not stored.
// The error is about the anchor.
func Start(anchor Anchor, stored []byte) (*State, error) {
	s := &State{key: anchor.Key, minFeed: anchor.MinFeed}
	switch {
	case anchor.Root != nil:
		if err := s.adopt(anchor.Root); err != nil {
			return nil, fmt.Errorf("the root note in the page: %w", err)
		}
	case anchor.Key == Key{}:
		return nil, errors.New("neither a key nor a root note is pinned")
	}
	s.Restore(stored)
	return s, nil
}

// Restore takes what Bytes gave, here or in another tab, in the order in which it was accepted there. What does not lead
// on from what is believed already is left.
func (s *State) Restore(stored []byte) {
	n, err := tree.Parse(stored)
	if err != nil {
		return
	}
	signatures := 0
	for _, item := range n.Get("notes").Items() {
		note := []byte(item.Raw())
		if signatures += Signatures(item.Raw()); signatures > MaxStored {
			return
		}
		if !isFeed(item.Raw()) {
			_ = s.AcceptRoot(note)
		} else if f, text, err := s.readFeed(note); err == nil {
			s.keepFeed(note, text, f)
		}
	}
}

// MaxStored bounds the signatures of all notes that Restore takes, so that what somebody else has stored costs a slow
// device a second at most. A publisher with three keys may replace them forty times.
const MaxStored = 256

// Signatures counts those of a note, whether they are right or not.
func Signatures(note string) int { return strings.Count(note, "\n— ") }

// Bytes is what Start takes: the notes that lead from the anchor to what is believed now. It is text.
func (s *State) Bytes() []byte {
	w := &tree.Writer{}
	w.Object(func() {
		w.Key("notes")
		w.List(func() {
			for _, note := range s.notes {
				w.String(note)
			}
		})
	})
	return w.Bytes()
}

// Root is the newest root that was accepted, if any.
func (s *State) Root() (Root, bool) { return s.root, s.root.Version > 0 }

// Feed is the newest feed that was accepted in the epoch of the root, if any.
func (s *State) Feed() (Feed, bool) { return s.feed, s.feed.Root > 0 }

// keepRoot moves on to a root. A feed that no longer counts is forgotten. With a new epoch its version is, too: if a
// thief signed it, it could be one that shuts out all others.
func (s *State) keepRoot(note []byte, text string, r Root) {
	if r.Epoch > s.root.Epoch || r.MinFeed > s.feed.Version {
		s.feed, s.feedText = Feed{}, ""
		s.notes = slices.DeleteFunc(s.notes, isFeed)
	}
	s.retired = append(append(s.retired, s.root.RootKeys...), s.root.FeedKeys...)
	s.root, s.rootText = r, text
	s.notes = append(s.notes, string(note))
}

// keepFeed puts the feed behind the root it was accepted under, where a later root that no longer names its key cannot
// hide it from Restore.
func (s *State) keepFeed(note []byte, text string, f Feed) {
	s.feed, s.feedText = f, text
	s.notes = append(slices.DeleteFunc(s.notes, isFeed), string(note))
}

func isFeed(note string) bool { return strings.HasPrefix(note, feedKind+"\n") }
