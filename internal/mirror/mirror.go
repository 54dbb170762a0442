// Package mirror gets one document, with what proves it, from whichever of several addresses is the first to deliver the right one.
//
// Plan decides and Get acts: Plan is a value that is told what happened and when, and says what to do next; Get runs
// the requests that it asks for through a Fetcher. Health is what one document teaches about the addresses of the next.
package mirror

import (
	"context"
	"errors"
	"io"
	"time"
)

// Fetcher asks one address for one document. The package that owns the network implements it.
//
// Fetch returns as soon as the headers are in. An error means that no usable answer came, without saying why: a
// browser cannot tell a refused connection from a certificate error or a block page that lacks CORS headers. An answer
// of any status is a Response, not an error. A redirect is an error. Ending ctx ends the request and makes a read of
// Body that is under way return at once. Body yields the bytes after transfer decoding as they arrive; its reader
// closes it.
type Fetcher interface {
	Fetch(ctx context.Context, url string) (*Response, error)
}

// FetcherFunc is a function that is a Fetcher.
type FetcherFunc func(ctx context.Context, url string) (*Response, error)

func (f FetcherFunc) Fetch(ctx context.Context, url string) (*Response, error) { return f(ctx, url) }

// Response is an answer whose body is still on its way.
type Response struct {
	Status int
	Body   io.ReadCloser
}

// Outcome says what came of asking one address, in the only classes that a browser can honestly tell apart.
type Outcome string

const (
	Running    Outcome = "running"    // asked, not finished
	Accepted   Outcome = "accepted"   // delivered the document
	Aborted    Outcome = "aborted"    // given up by us, because another was faster or the reader left
	Unanswered Outcome = "unanswered" // no connection, no headers, silence, or cut before the end
	Wrong      Outcome = "wrong"      // answered with something else
	Altered    Outcome = "altered"    // not the bytes that were vouched for
	Older      Outcome = "older"      // an older revision than the one at hand
	Missing    Outcome = "missing"    // not there (yet): 404 or 410
	Offline    Outcome = "offline"    // the device itself has no network
)

// What Accept returns, wrapped, to have its refusal classed. Any other error is Wrong.
var (
	ErrAltered = errors.New("not the bytes that were vouched for")
	ErrOlder   = errors.New("older than the copy at hand")
	ErrMissing = errors.New("not there")
)

// ErrOffline is the cause to end a context of Get with when the device has lost its network.
var ErrOffline = errors.New("the device is offline")

// Attempt is one request to one address.
type Attempt struct {
	Host    string
	URL     string
	Round   int // from 1: what did not answer is asked again when all have failed
	Start   time.Time
	Headers time.Time // zero before they came
	End     time.Time // zero while running
	Outcome Outcome
	Status  int   // of the HTTP answer; 0 if there was none
	Bytes   int64 // of the body, after transfer decoding
	Err     error // why it was not accepted
}
