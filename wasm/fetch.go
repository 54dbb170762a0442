//go:build js && wasm

package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"byway/internal/mirror"

	"github.com/hack-pad/safejs"
)

// fetcher asks through the browser's fetch.
type fetcher struct {
	private bool // the browser's own cache keeps nothing, either
}

var _ mirror.Fetcher = fetcher{}

// Fetch asks without credentials and without saying which page asks. A redirect is refused before it is followed, so
// the page of a censor is never contacted. There are no headers of our own: they would cost a question beforehand
// (CORS preflight) at every address.
func (f fetcher) Fetch(ctx context.Context, url string) (*mirror.Response, error) {
	controller, err := construct(global("AbortController"))
	if err != nil {
		return nil, fmt.Errorf("fetch %q: %w", url, err)
	}
	abort := func() { _, _ = controller.Call("abort") }
	stop := context.AfterFunc(ctx, abort)
	b := &body{ctx: ctx, end: func() { stop(); abort() }}
	response, err := f.ask(ctx, url, property(controller, "signal"))
	if err == nil {
		err = b.open(response)
	}
	if err != nil {
		b.end()
		return nil, fmt.Errorf("fetch %q: %w", url, err)
	}
	return &mirror.Response{Status: integer(property(response, "status")), Body: b}, nil
}

func (f fetcher) ask(ctx context.Context, url string, signal safejs.Value) (safejs.Value, error) {
	cache := "no-cache"
	if f.private {
		cache = "no-store"
	}
	how := objectOf("mode", "cors", "credentials", "omit", "redirect", "error", "referrerPolicy", "no-referrer", "cache", cache)
	var do calls
	do.set(how, "signal", signal)
	promise := do.call(safejs.Global(), "fetch", url, how)
	if do.err != nil {
		return safejs.Value{}, do.err
	}
	return await(ctx, promise)
}

// body reads a ReadableStream of bytes.
type body struct {
	ctx    context.Context
	stream safejs.Value // its reader
	empty  bool         // it has ended, or the answer has none
	chunk  []byte       // what has arrived and was not read yet
	end    func()
}

func (b *body) open(response safejs.Value) (err error) {
	stream := property(response, "body")
	if b.empty = stream.Type() != safejs.TypeObject; !b.empty {
		b.stream, err = stream.Call("getReader")
	}
	return err
}

func (b *body) Read(p []byte) (int, error) {
	for len(b.chunk) == 0 {
		if err := b.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, b.chunk)
	b.chunk = b.chunk[n:]
	return n, nil
}

// next waits for the next chunk.
func (b *body) next() error {
	if b.empty {
		return io.EOF
	}
	promise, err := b.stream.Call("read")
	var result safejs.Value
	if err == nil {
		result, err = await(b.ctx, promise)
	}
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	if isTrue(property(result, "done")) {
		b.empty = true
		return io.EOF
	}
	b.chunk, err = bytesOf(property(result, "value"))
	return err
}

// Close ends the request, wherever it is.
func (b *body) Close() error {
	b.empty, b.chunk = true, nil
	b.end()
	return nil
}

// maxBytes is more than anything has that is read, kept or opened here.
const maxBytes = 64 << 20

var errNotBytes = errors.New("no bytes, or too many")

// bytesOf copies an Uint8Array. In a storage there may be something else: any script of the page can write there.
func bytesOf(array safejs.Value) ([]byte, error) {
	n := integer(property(array, "length"))
	if is, err := array.InstanceOf(global("Uint8Array")); err != nil || !is || n < 0 || n > maxBytes {
		return nil, errNotBytes
	}
	p := make([]byte, n)
	if _, err := safejs.CopyBytesToGo(p, array); err != nil {
		return nil, err
	}
	return p, nil
}

// arrayOf copies bytes into a new Uint8Array.
func arrayOf(p []byte) (safejs.Value, error) {
	array, err := construct(global("Uint8Array"), len(p))
	if err != nil {
		return safejs.Value{}, err
	}
	_, err = safejs.CopyBytesToJS(array, p)
	return array, err
}
