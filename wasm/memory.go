//go:build js && wasm

package main

import (
	"context"
	"errors"
	"fmt"

	"byway/internal/reader"

	"github.com/hack-pad/safejs"
)

// storage keeps records in IndexedDB: of what a browser can keep, the only thing that is there on http pages too and
// holds bytes.
type storage struct{ name string }

var _ reader.Memory = storage{}

const (
	databaseName   = "byway:memory"
	databaseStore  = "sites"
	databaseLayout = 1
)

// errNoStorage is met in frames without an origin of their own and where the browser was told to keep nothing.
var errNoStorage = errors.New("this page may not keep anything")

func (s storage) Load(ctx context.Context, name string) (record []byte, err error) {
	err = s.transact(ctx, "readonly", func(store safejs.Value, do *calls) {
		record = answer(ctx, do, do.call(store, "get", name))
	})
	return record, err
}

// Update reads and writes in one transaction. It stays open since Go goes on, within the very event that brought what
// was read, until there is nothing left to do but wait for what it has asked for next.
func (s storage) Update(ctx context.Context, name string, change func(record []byte) []byte) error {
	return s.transact(ctx, "readwrite", func(store safejs.Value, do *calls) {
		before := answer(ctx, do, do.call(store, "get", name))
		if do.err != nil {
			return
		}
		array, err := arrayOf(change(before))
		do.note(err)
		answer(ctx, do, do.call(store, "put", array, name))
	})
}

func (s storage) Forget(ctx context.Context) error {
	return s.transact(ctx, "readwrite", func(store safejs.Value, do *calls) {
		answer(ctx, do, do.call(store, "clear"))
	})
}

// transact does something with the store, in one transaction. It opens the database and closes it again, so that no tab
// ever holds up another.
func (s storage) transact(ctx context.Context, mode string, act func(store safejs.Value, do *calls)) error {
	var do calls
	db := s.open(ctx, &do)
	store := do.call(do.call(db, "transaction", databaseStore, mode), "objectStore", databaseStore)
	if do.err == nil {
		act(store, &do)
	}
	_, _ = db.Call("close")
	if do.err != nil {
		return fmt.Errorf("storage: %w", do.err)
	}
	return nil
}

// answer waits for an IDBRequest and gives the bytes that it found, nil for none.
func answer(ctx context.Context, do *calls, request safejs.Value) (found []byte) {
	if do.err != nil {
		return nil
	}
	do.note(awaitRequest(ctx, request))
	if do.err != nil { // to read the result of a request that is not finished throws
		return nil
	}
	if result := property(request, "result"); result.Type() == safejs.TypeObject {
		found, do.err = bytesOf(result)
	}
	return found
}

func (s storage) open(ctx context.Context, do *calls) safejs.Value {
	factory := global("indexedDB")
	if factory.Type() != safejs.TypeObject {
		do.err = errNoStorage
		return safejs.Value{}
	}
	listener := databaseListener(do)
	request := do.call(factory, "open", s.name, databaseLayout)
	do.set(request, "onupgradeneeded", listener)
	if do.err != nil {
		return safejs.Value{}
	}
	if do.err = awaitRequest(ctx, request); do.err != nil {
		_ = request.Set("onsuccess", listener)
		return safejs.Value{}
	}
	return property(request, "result")
}

var listensToDatabases safejs.Value // made at first use, and never released

// databaseListener makes the layout of a new database, while the event that asks for it lasts, and closes a database
// that opened after nobody waited for it any more: left open, it would hold up every other tab.
func databaseListener(do *calls) safejs.Value {
	if listensToDatabases.Type() == safejs.TypeUndefined {
		listensToDatabases, _, do.err = function(func(args []safejs.Value) any {
			db := property(args[0], "target", "result")
			if text(property(args[0], "type")) == "upgradeneeded" {
				_, _ = db.Call("createObjectStore", databaseStore)
			} else {
				_, _ = db.Call("close")
			}
			return nil
		})
	}
	return listensToDatabases
}
