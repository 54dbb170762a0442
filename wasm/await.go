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
	open   map[int]chan settlement
	settle safejs.Value
	err    error
	once   sync.Once
}

type settlement struct {
	kept  bool
	value safejs.Value
}

// await waits until a promise settles or ctx ends. The error of a rejected promise is a problem.
func await(ctx context.Context, promise safejs.Value) (safejs.Value, error) {
	token, settled, err := promises.begin()
	if err != nil {
		return safejs.Value{}, err
	}
	defer promises.end(token)
	kept, broken := promises.handlers(token)
	if _, err := promise.Call("then", kept, broken); err != nil {
		return safejs.Value{}, fmt.Errorf("await: %w", err)
	}
	return wait(ctx, settled)
}

// awaitEvent waits until an IDBRequest, or an object like it, fires one of two kinds of event, or ctx ends.
func awaitEvent(ctx context.Context, target safejs.Value, kept, broken string) error {
	token, settled, err := promises.begin()
	if err != nil {
		return err
	}
	defer promises.end(token)
	onKept, onBroken := promises.handlers(token)
	if err := target.Set("on"+kept, onKept); err != nil {
		return fmt.Errorf("await %s: %w", kept, err)
	}
	if err := target.Set("on"+broken, onBroken); err != nil {
		return fmt.Errorf("await %s: %w", broken, err)
	}
	_, err = wait(ctx, settled)
	if _, isEvent := err.(problem); isEvent {
		return problemOf(property(target, "error"))
	}
	return err
}

func wait(ctx context.Context, settled <-chan settlement) (safejs.Value, error) {
	select {
	case s := <-settled:
		if !s.kept {
			return safejs.Value{}, problemOf(s.value)
		}
		return s.value, nil
	case <-ctx.Done():
		return safejs.Value{}, ctx.Err()
	}
}

func (w *waiting) begin() (int, <-chan settlement, error) {
	w.once.Do(func() {
		w.open = map[int]chan settlement{}
		w.settle, _, w.err = function(w.settled) // never released: it serves as long as the page lives
	})
	if w.err != nil {
		return 0, nil, w.err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last++
	settled := make(chan settlement, 1)
	w.open[w.last] = settled
	return w.last, settled, nil
}

func (w *waiting) end(token int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.open, token)
}

// handlers are the functions to give to a promise.
func (w *waiting) handlers(token int) (kept, broken safejs.Value) {
	kept, _ = w.settle.Call("bind", safejs.Null(), token, true)
	broken, _ = w.settle.Call("bind", safejs.Null(), token, false)
	return kept, broken
}

func (w *waiting) settled(args []safejs.Value) any {
	w.mu.Lock()
	defer w.mu.Unlock()
	token := integer(args[0])
	settled, open := w.open[token]
	if !open {
		return nil
	}
	value := safejs.Undefined()
	if len(args) > 2 {
		value = args[2]
	}
	delete(w.open, token)
	settled <- settlement{isTrue(args[1]), value}
	return nil
}

// count is how many promises are waited for.
func (w *waiting) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.open)
}
