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

func (s storage) Load(ctx context.Context, site string) ([]byte, error) {
	found, err := s.request(ctx, "readonly", "get", site)
	if err != nil || found.Type() != safejs.TypeObject {
		return nil, err
	}
	return bytesOf(found)
}

func (s storage) Save(ctx context.Context, site string, record []byte) error {
	array, err := arrayOf(record)
	if err == nil {
		_, err = s.request(ctx, "readwrite", "put", array, site)
	}
	return err
}

func (s storage) Forget(ctx context.Context) error {
	_, err := s.request(ctx, "readwrite", "clear")
	return err
}

// request asks for one thing in a transaction of its own. It opens the database and closes it again, so that no tab
// ever holds up another.
func (s storage) request(ctx context.Context, mode, method string, args ...any) (safejs.Value, error) {
	var do calls
	db := s.open(ctx, &do)
	store := do.call(do.call(db, "transaction", databaseStore, mode), "objectStore", databaseStore)
	request := do.call(store, method, args...)
	if do.err == nil {
		do.err = awaitRequest(ctx, request)
	}
	_, _ = db.Call("close")
	if do.err != nil {
		return safejs.Value{}, fmt.Errorf("storage: %w", do.err)
	}
	return property(request, "result"), nil
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
