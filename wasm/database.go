//go:build js && wasm

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hack-pad/safejs"
)

// database is one of IndexedDB: of what a browser can keep, the only thing that is there on http pages too and holds
// bytes.
type database struct {
	name   string
	stores string // their names, with spaces between
}

// databaseLayout rises when what is in a database is written otherwise.
const databaseLayout = 1

// errNoStorage is met in frames without an origin of their own and where the browser was told to keep nothing.
var errNoStorage = errors.New("this page may not keep anything")

// transact does something in one transaction: what it wrote is all there after it, or nothing of it and an error. Only
// where ctx ended, all of it may be there too. It opens the database and closes it again, so that no tab ever holds up
// another.
//
// A transaction stays open as long as act waits for nothing but what it asked of it: Go goes on within the very event
// that brings an answer.
func (d database) transact(ctx context.Context, mode string, act func(tx safejs.Value, do *calls)) error {
	var do calls
	db := d.open(ctx, &do)
	tx := do.call(db, "transaction", property(db, "objectStoreNames"), mode)
	if do.err == nil {
		act(tx, &do)
		if mode == "readwrite" && do.err == nil {
			do.err = awaitTransaction(ctx, tx)
		}
		if do.err != nil {
			_, _ = tx.Call("abort")
		}
	}
	_, _ = db.Call("close")
	return stored(do.err)
}

// remove takes the database away with all that is in it.
func (d database) remove(ctx context.Context) error {
	do := calls{ctx.Err()}
	request := do.call(d.factory(&do), "deleteDatabase", d.name)
	if do.err == nil {
		do.err = awaitRequest(ctx, request)
	}
	return stored(do.err)
}

func stored(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("storage: %w", err)
}

// store is one of the stores that a transaction is over.
func store(tx safejs.Value, do *calls, name string) safejs.Value {
	return do.call(tx, "objectStore", name)
}

// put keeps bytes, which are written by the end of the transaction.
func put(store safejs.Value, do *calls, key string, p []byte) (request safejs.Value) {
	array, err := arrayOf(p)
	do.note(err)
	return do.call(store, "put", array, key)
}

// answer waits for an IDBRequest and gives what it found.
func answer(ctx context.Context, do *calls, request safejs.Value) safejs.Value {
	if do.err == nil {
		do.err = awaitRequest(ctx, request)
	}
	if do.err != nil { // to read the result of a request that is not finished throws
		return safejs.Undefined()
	}
	return property(request, "result")
}

func (d database) open(ctx context.Context, do *calls) safejs.Value {
	factory, listener := d.factory(do), d.listener(do)
	request := do.call(factory, "open", d.name, databaseLayout)
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

func (database) factory(do *calls) safejs.Value {
	factory := global("indexedDB")
	if factory.Type() != safejs.TypeObject {
		do.note(errNoStorage)
	}
	return factory
}

var listensToDatabases safejs.Value // made at first use, and never released

// listener makes the stores of a new database, while the event that asks for it lasts, and closes a database that opened
// after nobody waited for it any more: left open, it would hold up every other tab.
func (d database) listener(do *calls) safejs.Value {
	if listensToDatabases.Type() == safejs.TypeUndefined {
		var err error
		listensToDatabases, _, err = function(databaseEvent)
		do.note(err)
	}
	return do.call(listensToDatabases, "bind", safejs.Null(), d.stores)
}

func databaseEvent(args []safejs.Value) any {
	stores, event := text(args[0]), args[1]
	db := property(event, "target", "result")
	if text(property(event, "type")) != "upgradeneeded" {
		_, _ = db.Call("close")
		return nil
	}
	for _, name := range strings.Fields(stores) {
		_, _ = db.Call("createObjectStore", name)
	}
	return nil
}
