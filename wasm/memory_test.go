//go:build js && wasm

package main

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

// newStorage is a storage of its own, which goes with the test.
func newStorage(t *testing.T) storage {
	t.Helper()
	s := storage{"byway:test:" + t.Name()}
	t.Cleanup(func() {
		_, err := global("indexedDB").Call("deleteDatabase", s.name)
		require.NoError(t, err)
	})
	return s
}

// write is a change that puts something else in the place of whatever was there.
func write(record ...byte) func([]byte) []byte { return func([]byte) []byte { return record } }

func TestMemoryKeepsOneRecord(t *testing.T) {
	ctx, s := context.Background(), newStorage(t)
	record, err := s.Load(ctx, "one")
	require.NoError(t, err)
	require.Nil(t, record)

	require.NoError(t, s.Update(ctx, "one", func(before []byte) []byte {
		require.Nil(t, before)
		return []byte("one")
	}))
	require.NoError(t, s.Update(ctx, "one", func(before []byte) []byte {
		require.Equal(t, "one", string(before))
		return []byte{0, 1, 255}
	}))
	record, err = s.Load(ctx, "one")
	require.NoError(t, err)
	require.Equal(t, []byte{0, 1, 255}, record)

	require.NoError(t, s.Forget(ctx))
	record, err = s.Load(ctx, "one")
	require.NoError(t, err)
	require.Nil(t, record)
}

// Each tab adds to what the others wrote, however their updates meet.
func TestMemoryLosesNoUpdateOfManyAtOnce(t *testing.T) {
	ctx, s := context.Background(), newStorage(t)
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			require.NoError(t, storage{s.name}.Update(ctx, "one", func(before []byte) []byte { return append(before, byte(i)) }))
		})
	}
	group.Wait()
	record, err := s.Load(ctx, "one")
	require.NoError(t, err)
	require.Len(t, record, 20)
}

func TestMemoryOutlivesTheOneWhoMadeIt(t *testing.T) {
	ctx, s := context.Background(), newStorage(t)
	require.NoError(t, s.Update(ctx, "one", write([]byte("kept")...)))
	record, err := storage{s.name}.Load(ctx, "one")
	require.NoError(t, err)
	require.Equal(t, "kept", string(record))
}

func TestMemoryHoldsNothingAfterUse(t *testing.T) {
	ctx, s := context.Background(), newStorage(t)
	require.NoError(t, s.Update(ctx, "one", write())) // makes the lasting functions
	requireNothingHeld(t)
	for range 20 {
		require.NoError(t, s.Update(ctx, "one", write(1)))
		_, err := s.Load(ctx, "one")
		require.NoError(t, err)
	}
}

// stubStorage puts something else in the place of indexedDB until the test ends.
func stubStorage(t *testing.T, value string) {
	t.Helper()
	undo := evaluate(t, `(() => {
		const before = Object.getOwnPropertyDescriptor(globalThis, "indexedDB");
		Object.defineProperty(globalThis, "indexedDB", { configurable: true, value: `+value+` });
		return () => Object.defineProperty(globalThis, "indexedDB", before);
	})()`)
	t.Cleanup(func() { must[safejs.Value](t)(undo.Invoke()) })
}

func TestMemoryWithoutStorageIsAnErrorAndNothingMore(t *testing.T) {
	for name, value := range map[string]string{
		"missing":  `undefined`,
		"null":     `null`,
		"throwing": `({ open() { throw new DOMException("not here", "SecurityError") } })`,
		"refusing": `({ open() { const r = { error: new DOMException("not here", "InvalidStateError") }; setTimeout(() => r.onerror({}), 1); return r } })`,
	} {
		t.Run(name, func(t *testing.T) {
			requireNothingHeld(t)
			stubStorage(t, value)
			s := storage{"byway:test"}
			record, err := s.Load(context.Background(), "one")
			require.Error(t, err)
			require.Nil(t, record)
			require.Error(t, s.Update(context.Background(), "one", write(1)))
			require.Error(t, s.Forget(context.Background()))
		})
	}
}

// A request that is not finished throws when its result is read, and nothing of Go survives that.
func TestMemoryGivesUpOnARequestThatDoesNotEnd(t *testing.T) {
	stubStorage(t, `(() => {
		const unfinished = () => ({ get result() { throw new DOMException("not finished", "InvalidStateError") } });
		const store = { get: unfinished, put: unfinished, clear: unfinished };
		const db = { transaction: () => ({ objectStore: () => store }), close() {} };
		return { open() { const r = { result: db }; setTimeout(() => r.onsuccess({ target: r })); return r } };
	})()`)
	ctx, stop := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer stop()
	s := storage{"byway:test"}
	_, err := s.Load(ctx, "one")
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.ErrorIs(t, s.Update(ctx, "one", write(1)), context.DeadlineExceeded)
	require.ErrorIs(t, s.Forget(ctx), context.DeadlineExceeded)
}

func TestMemoryGivesUpOnAStorageThatDoesNotAnswer(t *testing.T) {
	requireNothingHeld(t)
	stubStorage(t, `({ open() { return globalThis.opening = {} } })`)
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		ctx, stop := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, stop)
		_, err := storage{"byway:test"}.Load(ctx, "one")
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, time.Second, time.Since(start))
	})
	closed := evaluate(t, `(() => { let closed = false; opening.onsuccess({ target: { result: { close() { closed = true } } } }); return closed })()`)
	require.True(t, isTrue(closed), "a database that opens too late is closed")
}
