// Package publish turns a folder of articles into a signed tree that any static host can serve.
//
// The tree is content-addressed: what an article or a picture is lies under its hash and never changes, and one signed
// document, the feed, says which hashes count. What a run writes it writes so that a copy taken at any moment, or a run
// that was killed, shows the old state or the new one and never half of each.
package publish

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Options of one run.
type Options struct {
	Source string // folder of articles and pictures
	Site   string // folder of the tree; its ledger lies beside it, with ".ledger" behind the name
	// New says that the site was never published, and makes its first root of one root key and one feed key. Without it a
	// site that has no root is refused: one whose folder was lost would lose its readers, who know the old root, and take
	// back keys that were replaced. With it a site that has one is, so that nobody makes a habit of it.
	New bool
	// Base is the publisher's own address of the tree, with "/" at its end. "": that of the root, or the site of the
	// keys. Mirrors are further addresses; nil: those of the root.
	Base    string
	Mirrors []string
	// Keys hold one of the root's feed keys, and where the root is to change as many root keys as it asks for.
	Keys    []Signer
	Element string        // folder that "make build" wrote, for pages to show the element; "": they do without
	Life    time.Duration // of a feed; it is renewed after half of it
	DryRun  bool          // find out what would be written, and write nothing
	Now     time.Time
	// Progress is called after each article, by one goroutine at a time. Nil: nobody looks.
	Progress func(done, all int)

	step func() // before each step that changes the site, for tests
}

// Report is what a run did, or would do.
type Report struct {
	Articles int      // in all
	Written  []string // files of the site, in the order in which they were put there
	Removed  []string // files of the site that belong to nothing any more
	Warnings []string // for people; each says what to do
	Pin      string   // what pages that show these articles pin
	Root     int64    // version
	Feed     int64    // version
}

// Run publishes. An error leaves the site as it was or, if it came while files were put in place, as a killed run does:
// the old state, which the next run brings up to date.
func Run(ctx context.Context, o Options) (Report, error) {
	p, err := begin(o)
	if err != nil {
		return Report{}, fmt.Errorf("publish: %w", err)
	}
	for _, step := range []func(context.Context) error{
		p.element, p.articles, p.collections, p.signFeed, p.finish,
	} {
		if err == nil {
			err = step(ctx)
		}
	}
	if err = errors.Join(err, p.close()); err != nil {
		return Report{}, fmt.Errorf("publish: %w", err)
	}
	return p.report, nil
}
