//go:build js && wasm

package main

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/shelf"
	"byway/internal/shelf/shelftest"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

// newBooks is a store of its own, which goes with the test.
func newBooks(t testing.TB) books {
	b := books{"byway:test:" + t.Name()}
	t.Cleanup(func() { _, _ = global("indexedDB").Call("deleteDatabase", b.name) })
	return b
}

func TestShelfIsAStore(t *testing.T) {
	shelftest.Run(t, func(t *testing.T) shelftest.Open {
		requireNothingHeldAfter(t, newBooks(t))
		name := newBooks(t).name
		return func() shelf.Store { return books{name} }
	})
}

// requireNothingHeldAfter checks it of a test, which may make the functions that last.
func requireNothingHeldAfter(t *testing.T, b books) {
	_, err := b.Heads(t.Context())
	require.NoError(t, err)
	requireNothingHeld(t)
}

func kept(key string) shelf.Record {
	return shelf.Record{Entry: shelf.Entry{Key: key}, Body: []byte("text of " + key)}
}

// requireKept checks that these are on the shelf, whole, and nothing else.
func requireKept(t *testing.T, b books, keys ...string) {
	t.Helper()
	s := shelf.New(b, shelf.Limit)
	list, _, err := s.List(t.Context())
	require.NoError(t, err)
	require.Len(t, list, len(keys))
	for _, key := range keys {
		r, err := s.Open(t.Context(), key)
		require.NoError(t, err)
		require.Equal(t, "text of "+key, string(r.Body))
	}
}

func TestShelfLeavesNoDatabaseBehindWhenItIsCleared(t *testing.T) {
	b := newBooks(t)
	require.NoError(t, shelf.New(b, shelf.Limit).Keep(t.Context(), time.Now(), kept("a")))
	names := func() string {
		v, err := await(t.Context(), evaluate(t, `indexedDB.databases().then(all => all.map(d => d.name).join())`))
		require.NoError(t, err)
		return text(v)
	}
	require.Contains(t, names(), b.name)
	require.NoError(t, b.Clear(t.Context()))
	require.NotContains(t, names(), b.name)
}

func TestShelfLeavesNoBodyBehindWithoutItsHead(t *testing.T) {
	b := newBooks(t)
	s := shelf.New(b, shelf.Limit)
	require.NoError(t, s.Keep(t.Context(), time.Now(), kept("a"), kept("b")))
	require.NoError(t, s.Remove(t.Context(), "a"))
	require.NoError(t, b.database().transact(t.Context(), "readonly", func(tx safejs.Value, do *calls) {
		keys := answer(t.Context(), do, do.call(store(tx, do, bodyStore), "getAllKeys"))
		require.Equal(t, "b", text(do.call(keys, "join")))
	}))
}

func TestShelfWithoutStorageIsAnErrorAndNothingMore(t *testing.T) {
	for name, value := range map[string]string{
		"missing":  `undefined`,
		"null":     `null`,
		"throwing": `({ open() { throw new DOMException("not here", "SecurityError") }, deleteDatabase() { this.open() } })`,
		"refusing": `({ open() { const r = { error: new DOMException("not here", "InvalidStateError") }; setTimeout(() => r.onerror({}), 1); return r }, deleteDatabase() { return this.open() } })`,
	} {
		t.Run(name, func(t *testing.T) {
			requireNothingHeld(t)
			stubStorage(t, value)
			s := shelf.New(books{"byway:test"}, shelf.Limit)
			_, err := s.Open(t.Context(), "a")
			require.Error(t, err)
			require.NotErrorIs(t, err, shelf.ErrNone)
			require.Error(t, s.Keep(t.Context(), time.Now(), kept("a")))
			_, _, err = s.List(t.Context())
			require.Error(t, err)
			require.Error(t, s.Clear(t.Context()))
		})
	}
}

func TestShelfGivesUpOnAStorageThatDoesNotAnswer(t *testing.T) {
	requireNothingHeld(t)
	stubStorage(t, `({ open() { return {} }, deleteDatabase() { return {} } })`)
	for name, use := range map[string]func(context.Context, *shelf.Shelf) error{
		"open":  func(ctx context.Context, s *shelf.Shelf) error { _, err := s.Open(ctx, "a"); return err },
		"keep":  func(ctx context.Context, s *shelf.Shelf) error { return s.Keep(ctx, time.Now(), kept("a")) },
		"list":  func(ctx context.Context, s *shelf.Shelf) error { _, _, err := s.List(ctx); return err },
		"clear": func(ctx context.Context, s *shelf.Shelf) error { return s.Clear(ctx) },
	} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
			defer stop()
			require.ErrorIs(t, use(ctx, shelf.New(books{"byway:test"}, shelf.Limit)), context.DeadlineExceeded, name)
			require.Equal(t, 2*time.Second, time.Since(start), name)
		})
	}
}

// stubPut lets every store of IndexedDB put things in another way until the test ends. In the script, put is the right way.
func stubPut(t *testing.T, script string) {
	t.Helper()
	undo := evaluate(t, `(() => {
		const stores = IDBObjectStore.prototype, put = stores.put, error = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, "error");
		stores.put = `+script+`;
		return () => { stores.put = put; Object.defineProperty(IDBTransaction.prototype, "error", error) };
	})()`)
	t.Cleanup(func() { must[safejs.Value](t)(undo.Invoke()) })
}

const full = `new DOMException("no more", "QuotaExceededError")`

func TestShelfLosesNothingWhereTheBrowserHasNoRoom(t *testing.T) {
	for name, script := range map[string]string{
		"and says so at once":      `function () { throw ` + full + ` }`,
		"and says so after a part": `function (value, key) { if (key === "c") throw ` + full + `; return put.call(this, value, key) }`,
		"and says so when all is asked for": `function (value, key) {
			const tx = this.transaction, request = put.call(this, value, key);
			Object.defineProperty(IDBTransaction.prototype, "error", { configurable: true, value: ` + full + ` });
			if (key === "c") queueMicrotask(() => { try { tx.abort() } catch {} });
			return request;
		}`,
		"and says nothing of why it took none": `function (value, key) { const r = put.call(this, value, key); if (key === "c") this.transaction.abort(); return r }`,
	} {
		t.Run(name, func(t *testing.T) {
			b := newBooks(t)
			require.NoError(t, shelf.New(b, shelf.Limit).Keep(t.Context(), time.Now(), kept("a"), kept("b")))
			t.Run("", func(t *testing.T) {
				stubPut(t, script)
				err := b.Update(t.Context(), func([]shelf.Item) shelf.Change {
					return shelf.Change{Put: []shelf.Item{{Key: "a"}, {Key: "c"}}, Delete: []string{"b"}}
				})
				require.Error(t, err)
				require.Equal(t, name != "and says nothing of why it took none", errors.Is(err, shelf.ErrFull), err)
			})
			requireKept(t, b, "a", "b")
		})
	}
}

func TestShelfMakesRoomOnceWhereTheBrowserHasNone(t *testing.T) {
	b := newBooks(t)
	s := shelf.New(b, shelf.Limit)
	for i := range 8 {
		require.NoError(t, s.Keep(t.Context(), time.Now().Add(time.Duration(i)*time.Second), kept(fmt.Sprint(i))))
	}
	stubPut(t, `function () { throw `+full+` }`)
	for range 3 {
		require.ErrorIs(t, s.Keep(t.Context(), time.Now(), kept("c")), shelf.ErrFull)
	}
	requireKept(t, b, "2", "3", "4", "5", "6", "7")
}

// A frame that goes takes with it what it has under way, as a tab does that is closed or crashes.
func TestShelfKeepsWhatWasThereWhenThePageGoesHalfWay(t *testing.T) {
	b := newBooks(t)
	require.NoError(t, shelf.New(b, shelf.Limit).Keep(t.Context(), time.Now(), kept("a"), kept("b")))
	t.Run("", func(t *testing.T) {
		frame := makeElement(t, "iframe")
		require.NoError(t, safejs.Global().Set("lastFrame", frame))
		stubStorage(t, `lastFrame.contentWindow.indexedDB`)
		ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer stop()
		asked := false
		err := b.Update(ctx, func(heads []shelf.Item) shelf.Change {
			require.Len(t, heads, 2)
			asked = true
			large := make([]byte, 1<<20)
			go func() { _, _ = frame.Call("remove") }() // when all is asked for, and before the browser is back in its loop
			return shelf.Change{Put: []shelf.Item{{Key: "a", Body: large}, {Key: "c", Body: large}}, Delete: []string{"b"}}
		})
		require.Error(t, err)
		require.True(t, asked)
	})
	requireKept(t, b, "a", "b")
}

// Another tab that writes for a long time holds up this one no longer than it likes, and what it asked for does not come
// afterwards.
func TestShelfGivesUpOnATabThatHoldsItUp(t *testing.T) {
	b := newBooks(t)
	require.NoError(t, shelf.New(b, shelf.Limit).Keep(t.Context(), time.Now(), kept("a")))
	require.NoError(t, safejs.Global().Set("heldName", b.name))
	release, err := await(t.Context(), evaluate(t, `new Promise(held => {
		let go = false;
		indexedDB.open(heldName).onsuccess = ({ target: { result: db } }) => {
			const tx = db.transaction(["heads", "bodies"], "readwrite");
			const hold = () => { go || (tx.objectStore("heads").get("a").onsuccess = hold) };
			hold();
			held({ now: () => new Promise(done => { tx.oncomplete = () => { db.close(); done() }; go = true }) });
		};
	})`))
	require.NoError(t, err)
	ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	s := shelf.New(b, shelf.Limit)
	require.ErrorIs(t, s.Keep(ctx, time.Now(), kept("late")), context.DeadlineExceeded)
	_, err = s.Open(ctx, "a")
	require.ErrorIs(t, err, context.DeadlineExceeded)

	_, err = await(t.Context(), must[safejs.Value](t)(release.Call("now")))
	require.NoError(t, err)
	requireKept(t, b, "a")
}

func TestShelfTakesWhatIsNoBytesForSpoilt(t *testing.T) {
	b := newBooks(t)
	require.NoError(t, shelf.New(b, shelf.Limit).Keep(t.Context(), time.Now(), kept("a"), kept("b")))
	require.NoError(t, b.database().transact(t.Context(), "readwrite", func(tx safejs.Value, do *calls) {
		do.call(store(tx, do, headStore), "put", "a text", "a")
		do.call(store(tx, do, headStore), "put", 7, "c")
	}))
	s := shelf.New(b, shelf.Limit)
	_, err := s.Open(t.Context(), "a")
	require.ErrorIs(t, err, shelf.ErrNone)
	require.NoError(t, s.Keep(t.Context(), time.Now(), kept("d")))
	requireKept(t, b, "b", "d")
}

func TestPersistIsAskedForAndNeverFails(t *testing.T) {
	for manager, want := range map[string]bool{
		`{ persist: async () => true }`:                                true,
		`{ persist: async () => false }`:                               false,
		`{ persist: async () => { throw new TypeError("not here") } }`: false,
		`{ persist() { throw new TypeError("not here") } }`:            false,
		`{}`:        false,
		`undefined`: false,
	} {
		t.Run(manager, func(t *testing.T) {
			evaluate(t, `Object.defineProperty(navigator, "storage", { configurable: true, value: `+manager+` })`)
			t.Cleanup(func() { evaluate(t, `delete navigator.storage`) })
			require.Equal(t, want, persist(t.Context()))
		})
	}
}

// BenchmarkShelf opens an article of 60 KB on a shelf of a thousand entries, and notes that it was read.
func BenchmarkShelf(b *testing.B) {
	store := newBooks(b)
	s := shelf.New(store, shelf.Limit)
	var all []shelf.Record
	for i := range 1000 {
		all = append(all, kept(fmt.Sprintf("https://news.example/a/2026/%d.json", i)))
	}
	all[0].Body = make([]byte, 60_000)
	require.NoError(b, s.Keep(b.Context(), time.Now(), all...))
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Open(b.Context(), all[0].Key); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("touch", func(b *testing.B) {
		for b.Loop() {
			if err := s.Touch(b.Context(), all[0].Key, time.Now()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
