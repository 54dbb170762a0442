//go:build js && wasm

package main

import (
	"context"

	"byway/internal/reader"

	"github.com/hack-pad/safejs"
)

// storage keeps small records in a database of their own.
type storage struct{ name string }

var _ reader.Memory = storage{}

const (
	databaseName  = "byway:memory"
	databaseStore = "sites"
)

func (s storage) database() database { return database{s.name, databaseStore} }

func (s storage) Load(ctx context.Context, name string) (record []byte, err error) {
	if found := ahead(s.name, name); len(found) == 1 {
		return found[0], nil
	}
	err = s.database().transact(ctx, "readonly", func(tx safejs.Value, do *calls) {
		record = find(ctx, do, store(tx, do, databaseStore), name)
	})
	return record, err
}

// Update reads and writes in one transaction.
func (s storage) Update(ctx context.Context, name string, change func(record []byte) []byte) error {
	return s.database().transact(ctx, "readwrite", func(tx safejs.Value, do *calls) {
		records := store(tx, do, databaseStore)
		before := find(ctx, do, records, name)
		if do.err == nil {
			answer(ctx, do, put(records, do, name, change(before)))
		}
	})
}

func (s storage) Forget(ctx context.Context) error {
	return s.database().remove(ctx)
}

// find gives the record of a name, nil if there is none, or something else than bytes in its place.
func find(ctx context.Context, do *calls, records safejs.Value, name string) (record []byte) {
	return bytesIn(answer(ctx, do, do.call(records, "get", name)))
}
