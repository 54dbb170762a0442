package carry

import (
	"fmt"
	"strings"

	"byway/internal/tree"
	"byway/internal/trust"
)

// statement is what a feed says of an article.
type statement struct {
	feed *trust.Feed
	item trust.Item
}

// notes are those of evidence.
type notes struct {
	roots [][]byte
	feed  []byte
}

// errEvidence is of evidence that no State.Bytes gave.
var errEvidence = fmt.Errorf("its notes are not one feed and the roots before it: %w", ErrAltered)

// parseNotes reads what trust.State.Bytes gave. There is one feed: of two, one could be what is checked and the other
// what the page is written from.
func parseNotes(evidence []byte) (*notes, error) {
	root, err := tree.Parse(evidence)
	if err != nil || len(evidence) > maxEvidence {
		return nil, errEvidence
	}
	n, signatures := &notes{}, 0
	for _, item := range root.Get("notes").Items() {
		signatures += trust.Signatures(item.Raw())
		switch note := item.Raw(); {
		case signatures > trust.MaxStored:
			return nil, errEvidence
		case !strings.HasPrefix(note, "byway/v1/feed\n"):
			n.roots = append(n.roots, []byte(note))
		case n.feed != nil:
			return nil, errEvidence
		default:
			n.feed = []byte(note)
		}
	}
	return n, nil
}

// lead takes a state on by all roots that do, as State.Restore does.
func (n *notes) lead(s *trust.State) {
	for _, note := range n.roots {
		_ = s.AcceptRoot(note)
	}
}

// anchor is what the file itself says to believe.
func (f *File) anchor(n *notes) (a trust.Anchor, err error) {
	if f.Pin != "" {
		a.Key, err = trust.ParseKey(f.Pin)
	} else if len(n.roots) > 0 {
		a.Root = n.roots[0]
	}
	return a, err
}

// claim is what the file says of its article, by its own anchor. It is zero where nobody signed that.
func (f *File) claim() (*statement, error) {
	if f.Evidence == nil {
		return &statement{}, nil
	}
	n, err := parseNotes(f.Evidence)
	if err != nil {
		return nil, err
	}
	a, err := f.anchor(n)
	if err != nil {
		return nil, err
	}
	s, err := trust.Start(a, f.Evidence)
	if err != nil {
		return nil, err
	}
	feed, known := s.Feed()
	if !known {
		return nil, fmt.Errorf("its notes lead to no feed: %w", ErrAltered)
	}
	return f.find(&feed)
}

// find gives what a feed says of the article, if it is these bytes.
func (f *File) find(feed *trust.Feed) (*statement, error) {
	item, found := feed.Items.Find(f.Path)
	if list, listed := feed.Shard(f.Path); !found && listed {
		items, err := list.Open(f.List)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrAltered, err)
		}
		item, found = items.Find(f.Path)
	}
	if !found {
		return nil, fmt.Errorf("the feed has no %q: %w", f.Path, ErrAltered)
	}
	if err := item.Check(f.Article); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAltered, err)
	}
	return &statement{feed, item}, nil
}
