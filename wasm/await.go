//go:build js && wasm

package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/hack-pad/safejs"
)

// promises are waited for through one JavaScript function, settle(token, kept, value), bound to a token for each wait.
// A bound function belongs to JavaScript's own collector, so a promise that never settles leaks nothing: its token is
// taken off the list when the waiting ends, and a late call finds none.
var promises waiting

type waiting struct {
	mu     sync.Mutex
	last   int
	open   map[int]chan settlement // nil before the first wait
	settle safejs.Value
}

type settlement struct {
	kept  bool
	value safejs.Value
}

// await waits until a promise settles or ctx ends. The error of a rejected promise is a problem.
func await(ctx context.Context, promise safejs.Value) (safejs.Value, error) {
	return promises.wait(ctx, func(kept, broken safejs.Value) error {
		_, err := promise.Call("then", kept, broken)
		return err
	})
}

// awaitRequest waits until an IDBRequest succeeds or ctx ends.
func awaitRequest(ctx context.Context, request safejs.Value) error {
	return awaitEvent(ctx, request, "onsuccess", "onerror")
}

// awaitTransaction waits until an IDBTransaction has written everything, or was undone, or ctx ends.
func awaitTransaction(ctx context.Context, tx safejs.Value) error {
	return awaitEvent(ctx, tx, "oncomplete", "onabort")
}

// awaitEvent waits for one of two events of what tells its problem in its property error.
func awaitEvent(ctx context.Context, target safejs.Value, done, failed string) error {
	_, err := promises.wait(ctx, func(kept, broken safejs.Value) error {
		var do calls
		do.set(target, done, kept)
		do.set(target, failed, broken)
		return do.err
	})
	if _, isEvent := err.(problem); isEvent {
		return problemOf(property(target, "error"))
	}
	return err
}

// wait gives two functions to listen and waits until one of them is called or ctx ends.
func (w *waiting) wait(ctx context.Context, listen func(kept, broken safejs.Value) error) (none safejs.Value, err error) {
	token, settled, err := w.begin()
	if err != nil {
		return none, fmt.Errorf("await: %w", err)
	}
	defer w.end(token)
	if err := listen(w.handler(token, true), w.handler(token, false)); err != nil {
		return none, fmt.Errorf("await: %w", err)
	}
	select {
	case s := <-settled:
		if !s.kept {
			return none, problemOf(s.value)
		}
		return s.value, nil
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

func (w *waiting) begin() (token int, settled chan settlement, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.open == nil {
		if w.settle, _, err = function(w.settled); err != nil { // never released: it serves as long as the page lives
			return 0, nil, err
		}
		w.open = map[int]chan settlement{}
	}
	w.last++
	settled = make(chan settlement, 1)
	w.open[w.last] = settled
	return w.last, settled, nil
}

// end takes a token off the list, and gives what waits under it.
func (w *waiting) end(token int) chan settlement {
	w.mu.Lock()
	defer w.mu.Unlock()
	settled := w.open[token]
	delete(w.open, token)
	return settled
}

// handler is a function to give to a promise.
func (w *waiting) handler(token int, kept bool) safejs.Value {
	f, _ := w.settle.Call("bind", safejs.Null(), token, kept)
	return f
}

func (w *waiting) settled(args []safejs.Value) any {
	s := settlement{kept: isTrue(args[1])}
	if len(args) > 2 {
		s.value = args[2]
	}
	if settled := w.end(integer(args[0])); settled != nil {
		settled <- s
	}
	return nil
}

// count is how many promises are waited for.
func (w *waiting) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.open)
}
