// Package trust says what may be believed of what a mirror delivers. A mirror is a stranger's host: all it is asked for
// is signed by the publisher or has a hash that a signed document names.
//
// The documents are two C2SP signed notes (https://c2sp.org/signed-note): the root, which says which keys count and
// where the publisher's tree lies, and the feed, which binds the path of each article to its hash. A State is what one
// reader believes of one publisher. It only ever moves on: from root N to root N+1, and to newer feeds.
//
// Nothing here asks the network. What is out of reach of all this: whoever controls the host page controls what the
// page pins.
package trust

import (
	"errors"
	"fmt"
	"strconv"
)

// Limits of the documents, in bytes. Nobody needs to read more than one byte further.
const (
	MaxRoot = 16 << 10
	MaxFeed = 256 << 10
)

// Why a note is refused, where the reader has to tell one reason from another. Other errors are of a note that is not
// as the format demands.
var (
	ErrBadSignature = errors.New("not signed by the publisher") // altered, or somebody else's
	ErrRollback     = errors.New("older than what was accepted before")
	ErrEquivocation = errors.New("not what was accepted before under the same version")
	ErrFuture       = errors.New("dated in the future, or the clock of this device is wrong")
)

// maxWalk is how many roots are fetched on an unproven word that they are there.
const maxWalk = 16

// NeedRoots says that a note may be right, but only by roots that are not known yet. To go on, fetch Paths in turn and
// give each to State.AcceptRoot, whatever that says of each, then the note again; if no root was accepted, that is the
// end. Whoever lies gains at most 16 small requests.
type NeedRoots struct {
	From, To int64 // versions; 0: whichever is the current one
}

func (e NeedRoots) Error() string {
	if e.To == 0 {
		return "no root is known yet"
	}
	return fmt.Sprintf("roots %d to %d are not known yet", e.From, e.To)
}

// Paths are where the roots lie under the base of any mirror.
func (e NeedRoots) Paths() []string {
	if e.To == 0 {
		return []string{CurrentRoot}
	}
	var all []string
	for n := e.From; n <= e.To; n++ {
		if n == e.From+maxWalk/2 { // of too many, the first and the last ones: a key is pinned when it is new or for long
			n = max(n, e.To-maxWalk/2+1)
		}
		all = append(all, RootPath(n))
	}
	return all
}

// Where things lie under the base of a mirror.
const (
	FeedPath    = "feed.note"
	CurrentRoot = "root/current.note"
)

// RootPath is where the root of a version lies.
func RootPath(version int64) string { return "root/" + strconv.FormatInt(version, 10) + ".note" }

// AliasPath is where the newest revision of an article lies under its own path, not under its hash. It can be asked for
// before the feed is there.
func AliasPath(path string) string { return "a/" + path + ".json" }

// BlobPath is where bytes lie for ever: those of an article with the suffix ".json", others with "".
func BlobPath(b Blob, suffix string) string { return fmt.Sprintf("b/%x%s", b.Hash, suffix) }
