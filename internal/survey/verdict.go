package survey

import (
	"context"
	"errors"
	"fmt"
	"time"

	"byway/internal/trust"
)

// An address may take grace to get what was published, if it had what was published before: if its feed is no older than
// recent. Of a publisher who publishes more often than grace it would else be right for ever.
const (
	grace  = time.Hour
	recent = 48 * time.Hour
)

const (
	adviceCopy   = "Copy the site there again: everything else first, feed.note last."
	adviceForged = "Copy it there again. If it is altered again, somebody at that host or on the way to it does that: take the address out of the root."
	adviceRoots  = "Copy the folder root/ of the site there: always before feed.note."
	adviceClock  = "Set the clock of the machine that publishes, then publish again."
	advicePlace  = "Look what the host sends in its place, then copy the file there again."
	adviceTwice  = "Two different ones were signed under one number: from two copies of the site, or by a thief of the key. Publish once more from one place and copy that everywhere."
	adviceRenew  = "Run byway publish with the root key, and copy the site to every address."
	adviceExtend = "Run byway publish, on a timer best, and copy the site to every address."
)

// judgeRoot says what there is to say of root/current.note and of the roots before it.
func (v *visit) judgeRoot(ctx context.Context) {
	if v.root.err != nil {
		v.fault(Root, trust.CurrentRoot, v.root.err)
		return
	}
	if v.doubt(Root, trust.CurrentRoot, v.root, v.lead()); v.root.fault != nil {
		return
	}
	v.chain(ctx)
	root, _ := v.own.Root()
	v.expiry(Root, root.Expires, 30*24*time.Hour, adviceRenew)
	v.conclude(ctx, Root, fmt.Sprintf("version %d, until %s", root.Version, day(root.Expires)))
}

// lead says how far the root is behind the newest, as far as that can be known.
func (v *visit) lead() string {
	if v.newest == nil {
		return ""
	}
	newest, _ := v.newest.Root()
	words := fmt.Sprintf("the newest is %d", newest.Version)
	if root, _ := v.own.Root(); v.root.fault == nil {
		words += fmt.Sprintf(", and this is %d", root.Version)
	}
	return words
}

// judgeFeed says what there is to say of feed.note.
func (v *visit) judgeFeed(ctx context.Context) {
	if v.feed.err != nil {
		v.fault(Feed, trust.FeedPath, v.feed.err)
		return
	}
	doubtful := v.doubt(Feed, trust.FeedPath, v.feed, v.lag())
	feed, counts := v.current()
	if !doubtful {
		feed, counts = v.newest.Feed() // it is this one
	}
	if counts { // one that is behind ends, too
		v.expiry(Feed, feed.Expires, feed.Expires.Sub(feed.Issued)/4, adviceExtend)
	}
	if doubtful {
		return
	}
	v.pass(ctx, Feed, fmt.Sprintf("version %d, %s old, until %s", feed.Version, span(v.Now.Sub(feed.Issued)), day(feed.Expires)))
}

// current is the feed of the address, where a reader would take it who asks only there.
func (v *visit) current() (trust.Feed, bool) {
	if v.own == nil || v.feed.err != nil || v.feed.fault != nil {
		return trust.Feed{}, false
	}
	return v.own.Feed()
}

// lag says how far the feed is behind the newest, as far as that can be known.
func (v *visit) lag() string {
	if v.newest == nil || v.own == nil {
		return ""
	}
	newest, counts := v.newest.Feed()
	feed, known := v.own.Feed()
	words := fmt.Sprintf("the newest is %d", newest.Version)
	switch {
	case !counts:
		return "a newer root does not let it count"
	case !known || v.feed.fault != nil:
		return words
	}
	return fmt.Sprintf("%s, and this is %d, %s behind", words, feed.Version, span(newest.Issued.Sub(feed.Issued)))
}

// doubt tells why a note is not believed, and reports whether it is not. newest is what there is to say of one that was
// right once.
func (v *visit) doubt(check, path string, n *note, newest string) bool {
	err := n.why()
	if err == nil {
		return false
	}
	f := finding{check, Broken, err.Error(), advicePlace}
	var need trust.NeedRoots
	switch {
	case errors.Is(err, trust.ErrRollback):
		v.behind(check, path, newest)
		return true
	case errors.As(err, &need):
		f.what, f.advice = "it needs roots that are not there or do not lead to it", adviceRoots
	case errors.Is(err, trust.ErrEquivocation):
		f.what, f.advice = "not the same as at another address under the same version", adviceTwice
	case errors.Is(err, trust.ErrBadSignature):
		f.what, f.advice = v.unsigned(), adviceForged
	case errors.Is(err, trust.ErrFuture):
		f.what, f.advice = "dated in the future: no reader takes it", adviceClock
	}
	v.find(f, path)
	return true
}

func (v *visit) unsigned() string {
	if v.Pin == "" {
		return "not signed by whom the first root names that was seen (give -key, the pin of your pages, to be sure which one is yours)"
	}
	return "not signed by the publisher: altered, somebody else's, or older than the pinned key"
}

// behind tells of a note that is not the newest. For a while that is no fault.
func (v *visit) behind(check, path, words string) {
	f := finding{check, Broken, "behind: " + words, adviceCopy}
	newest, known := v.newest.Feed()
	own, counts := v.current()
	if known && counts && v.Now.Sub(newest.Issued) < grace && v.Now.Sub(own.Issued) <= recent {
		f.state, f.advice = Warn, "That was published within the last hour: look again when everything is copied."
	}
	v.find(f, path)
}

// expiry tells of a note that readers call old, or soon will.
func (v *visit) expiry(check string, end time.Time, soon time.Duration, advice string) {
	switch left := end.Sub(v.Now); {
	case left <= 0:
		v.find(finding{check, Broken, fmt.Sprintf(`expired on %s: readers say "not confirmed since"`, day(end)), advice}, "")
	case left < soon:
		v.find(finding{check, Warn, "expires in " + span(left), advice}, "")
	}
}

// fault tells of a file that did not come, unless another check does.
func (v *visit) fault(check, path string, err error) {
	var status statusError
	switch {
	case errors.Is(err, errTold):
		v.miss(check)
	case errors.As(err, &status) && status.missing():
		v.find(finding{check, Broken, "not there", adviceCopy}, path)
	case errors.As(err, &status):
		v.find(finding{check, Broken, err.Error(), "Look into the settings of the host, and whether somebody on the way answers in its place: ask from another network, too."}, path)
	case errors.Is(err, errTooLong):
		v.find(finding{check, Broken, err.Error(), advicePlace}, path)
	default:
		v.find(finding{check, Broken, err.Error(), "Let the host compress with br or gzip, or not at all."}, path)
	}
}

// miss counts a file that another check has told of.
func (v *visit) miss(check string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.absent[check]++
}
