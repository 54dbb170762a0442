//go:build js && wasm

package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

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
	databaseWait   = 2 * time.Second // a storage that is slower than this is treated as missing
	databaseLayout = 1
)

// errNoStorage is met in frames without an origin of their own and where the browser was told to keep nothing.
var errNoStorage = errors.New("this page may not keep anything")

func (s storage) Load(ctx context.Context, site string) (record []byte, err error) {
	err = s.use(ctx, "readonly", func(ctx context.Context, store safejs.Value) error {
		found, err := request(ctx, store, "get", site)
		if err != nil || found.Type() != safejs.TypeObject {
			return err
		}
		record, err = bytesOf(found)
		return err
	})
	return record, err
}

func (s storage) Save(ctx context.Context, site string, record []byte) error {
	return s.use(ctx, "readwrite", func(ctx context.Context, store safejs.Value) error {
		array, err := arrayOf(record)
		if err != nil {
			return err
		}
		_, err = request(ctx, store, "put", array, site)
		return err
	})
}

func (s storage) Forget(ctx context.Context) error {
	return s.use(ctx, "readwrite", func(ctx context.Context, store safejs.Value) error {
		_, err := request(ctx, store, "clear")
		return err
	})
}

// use opens the database for one transaction and closes it again, so that no tab ever holds up another.
func (s storage) use(ctx context.Context, mode string, do func(context.Context, safejs.Value) error) error {
	ctx, stop := context.WithTimeout(ctx, databaseWait)
	defer stop()
	db, err := s.open(ctx)
	if err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	defer func() { _, _ = db.Call("close") }()
	transaction, err := db.Call("transaction", databaseStore, mode)
	if err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	store, err := transaction.Call("objectStore", databaseStore)
	if err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	if err := do(ctx, store); err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	return nil
}

func (s storage) open(ctx context.Context) (safejs.Value, error) {
	factory := global("indexedDB")
	if factory.Type() != safejs.TypeObject {
		return safejs.Value{}, errNoStorage
	}
	upgrade, err := upgrader()
	if err != nil {
		return safejs.Value{}, err
	}
	late, err := closer()
	if err != nil {
		return safejs.Value{}, err
	}
	open, err := factory.Call("open", s.name, databaseLayout)
	if err != nil {
		return safejs.Value{}, err
	}
	if err := open.Set("onupgradeneeded", upgrade); err != nil {
		return safejs.Value{}, err
	}
	if err := awaitEvent(ctx, open, "success", "error"); err != nil {
		_ = open.Set("onsuccess", late)
		return safejs.Value{}, err
	}
	return property(open, "result"), nil
}

// request asks the store for one thing.
func request(ctx context.Context, store safejs.Value, method string, args ...any) (safejs.Value, error) {
	asked, err := store.Call(method, args...)
	if err != nil {
		return safejs.Value{}, err
	}
	if err := awaitEvent(ctx, asked, "success", "error"); err != nil {
		return safejs.Value{}, err
	}
	return property(asked, "result"), nil
}

// upgrader makes the layout of a new database, while the event that asks for it lasts.
var upgrader = sync.OnceValues(func() (safejs.Value, error) {
	return lasting(func(event safejs.Value) {
		_, _ = property(event, "target", "result").Call("createObjectStore", databaseStore)
	})
})

// closer closes a database that opened after nobody waited for it any more. Left open, it would hold up every other tab.
var closer = sync.OnceValues(func() (safejs.Value, error) {
	return lasting(func(event safejs.Value) {
		_, _ = property(event, "target", "result").Call("close")
	})
})

// lasting makes a listener that serves as long as the page lives.
func lasting(fn func(event safejs.Value)) (safejs.Value, error) {
	f, _, err := function(func(args []safejs.Value) any {
		fn(args[0])
		return nil
	})
	return f, err
}
