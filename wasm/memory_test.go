//go:build js && wasm

package main

import (
	"context"
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

func TestMemoryKeepsOneRecordAPublisher(t *testing.T) {
	ctx, s := context.Background(), newStorage(t)
	record, err := s.Load(ctx, "https://news.example")
	require.NoError(t, err)
	require.Nil(t, record)

	require.NoError(t, s.Save(ctx, "https://news.example", []byte("one")))
	require.NoError(t, s.Save(ctx, "https://news.example", []byte{0, 1, 255}))
	require.NoError(t, s.Save(ctx, "https://other.example", []byte("other")))
	record, err = s.Load(ctx, "https://news.example")
	require.NoError(t, err)
	require.Equal(t, []byte{0, 1, 255}, record)

	require.NoError(t, s.Forget(ctx))
	for _, site := range []string{"https://news.example", "https://other.example"} {
		record, err = s.Load(ctx, site)
		require.NoError(t, err)
		require.Nil(t, record)
	}
}

func TestMemoryOutlivesTheOneWhoMadeIt(t *testing.T) {
	ctx, s := context.Background(), newStorage(t)
	require.NoError(t, s.Save(ctx, "https://news.example", []byte("kept")))
	record, err := storage{s.name}.Load(ctx, "https://news.example")
	require.NoError(t, err)
	require.Equal(t, "kept", string(record))
}

func TestMemoryHoldsNothingAfterUse(t *testing.T) {
	ctx, s := context.Background(), newStorage(t)
	require.NoError(t, s.Save(ctx, "https://news.example", nil)) // makes the lasting functions
	requireNothingHeld(t)
	for range 20 {
		require.NoError(t, s.Save(ctx, "https://news.example", []byte("x")))
		_, err := s.Load(ctx, "https://news.example")
		require.NoError(t, err)
	}
}

// stubStorage puts something else in the place of indexedDB until the test ends.
func stubStorage(t *testing.T, value string) {
	t.Helper()
	define := global("Object")
	descriptor := must[safejs.Value](t)(safejs.Global().Call("eval", `({ configurable: true, value: `+value+` })`))
	must[safejs.Value](t)(define.Call("defineProperty", safejs.Global(), "indexedDB", descriptor))
	t.Cleanup(func() { require.NoError(t, safejs.Global().Delete("indexedDB")) })
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
			record, err := s.Load(context.Background(), "https://news.example")
			require.Error(t, err)
			require.Nil(t, record)
			require.Error(t, s.Save(context.Background(), "https://news.example", []byte("x")))
			require.Error(t, s.Forget(context.Background()))
		})
	}
}

func TestMemoryGivesUpOnAStorageThatDoesNotAnswer(t *testing.T) {
	requireNothingHeld(t)
	stubStorage(t, `({ open() { return globalThis.opening = {} } })`)
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		ctx, stop := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, stop)
		_, err := storage{"byway:test"}.Load(ctx, "https://news.example")
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, time.Second, time.Since(start))
	})
	closed := evaluate(t, `(() => { let closed = false; opening.onsuccess({ target: { result: { close() { closed = true } } } }); return closed })()`)
	require.True(t, isTrue(closed), "a database that opens too late is closed")
}
