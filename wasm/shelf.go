//go:build js && wasm

package main

import (
	"context"
	"errors"
	"fmt"
	"syscall/js"

	"byway/internal/shelf"

	"github.com/hack-pad/safejs"
)

// books keeps what was read in a database of its own: heads apart from bodies, so that to list them reads no bodies.
type books struct{ name string }

var _ shelf.Store = books{}

const (
	booksName  = "byway:shelf"
	headStore  = "heads"
	bodyStore  = "bodies"
	bookStores = headStore + " " + bodyStore
)

func (b books) database() database { return database{b.name, bookStores} }

func (b books) Get(ctx context.Context, key string) (i shelf.Item, err error) {
	if found := ahead(b.name, key); len(found) == 2 {
		return shelf.Item{Key: key, Head: found[0], Body: found[1]}, nil
	}
	err = b.database().transact(ctx, "readonly", func(tx safejs.Value, do *calls) {
		head := answer(ctx, do, do.call(store(tx, do, headStore), "get", key))
		body := answer(ctx, do, do.call(store(tx, do, bodyStore), "get", key))
		if head.Type() == safejs.TypeUndefined {
			do.note(shelf.ErrNone)
		}
		i = shelf.Item{Key: key, Head: bytesIn(head), Body: bytesIn(body)}
	})
	return i, err
}

func (b books) Heads(ctx context.Context) (heads []shelf.Item, err error) {
	err = b.database().transact(ctx, "readonly", func(tx safejs.Value, do *calls) {
		heads = listHeads(ctx, do, store(tx, do, headStore))
	})
	return heads, err
}

func (b books) Update(ctx context.Context, change func(heads []shelf.Item) shelf.Change) error {
	return fullOr(b.database().transact(ctx, "readwrite", func(tx safejs.Value, do *calls) {
		heads, bodies := store(tx, do, headStore), store(tx, do, bodyStore)
		found := listHeads(ctx, do, heads)
		if do.err != nil {
			return
		}
		c := change(found)
		for _, i := range c.Put {
			put(heads, do, i.Key, i.Head)
			put(bodies, do, i.Key, i.Body)
		}
		for _, i := range c.Describe {
			put(heads, do, i.Key, i.Head)
		}
		for _, key := range c.Delete {
			do.call(heads, "delete", key)
			do.call(bodies, "delete", key)
		}
	}))
}

func (b books) Clear(ctx context.Context) error { return b.database().remove(ctx) }

// listHeads reads all heads at once. Both lists are in the order of the keys.
func listHeads(ctx context.Context, do *calls, store safejs.Value) (heads []shelf.Item) {
	keys := answer(ctx, do, do.call(store, "getAllKeys"))
	found := answer(ctx, do, do.call(store, "getAll"))
	for i := range integer(property(keys, "length")) {
		key, _ := keys.Index(i)
		head, _ := found.Index(i)
		heads = append(heads, shelf.Item{Key: text(key), Head: bytesIn(head)})
	}
	return heads
}

// bytesIn is empty where something else than bytes was found: the shelf then takes the record for spoilt.
func bytesIn(found safejs.Value) []byte {
	p, _ := bytesOf(found)
	return p
}

// fullOr makes the error of a browser that gives no more room known to the shelf. It comes at the end of a transaction,
// but might as well be thrown.
func fullOr(err error) error {
	var p problem
	if thrown := (js.Error{}); errors.As(err, &thrown) {
		p = problemOf(safejs.Safe(thrown.Value))
	} else {
		errors.As(err, &p)
	}
	if p.name == "QuotaExceededError" {
		return fmt.Errorf("%w: %w", shelf.ErrFull, err)
	}
	return err
}

// persist asks the browser to keep what this site stores when it makes room, and reports whether it will. Some browsers
// ask whoever reads, so it is asked only after a click that wants something kept.
func persist(ctx context.Context) bool {
	manager := global("navigator", "storage")
	if manager.Type() != safejs.TypeObject { // as on http pages
		return false
	}
	promise, err := manager.Call("persist")
	if err != nil {
		return false
	}
	kept, err := await(ctx, promise)
	return err == nil && isTrue(kept)
}
