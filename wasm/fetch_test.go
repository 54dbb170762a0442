//go:build js && wasm

package main

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

// stubFetch puts a JavaScript function in the place of fetch until the test ends.
func stubFetch(t *testing.T, fetch string) {
	t.Helper()
	real := global("fetch")
	require.NoError(t, safejs.Global().Set("fetch", evaluate(t, fetch)))
	t.Cleanup(func() { require.NoError(t, safejs.Global().Set("fetch", real)) })
}

// asked is what fetch was called with, as JSON.
func asked(t *testing.T, names ...string) string {
	t.Helper()
	s := must[safejs.Value](t)(global("JSON").Call("stringify", global(append([]string{"asked"}, names...)...)))
	return text(s)
}

func TestFetchReadsTheRealThing(t *testing.T) {
	requireNothingHeld(t)
	long := strings.Repeat("ابجد ", 100_000)
	require.NoError(t, safejs.Global().Set("long", long))
	for _, c := range []struct{ name, url, want string }{
		{"a data address", "data:application/json,%7B%22a%22:1%7D", `{"a":1}`},
		{"a blob", text(evaluate(t, `URL.createObjectURL(new Blob(["blobbed"]))`)), "blobbed"},
		{"nothing at all", "data:,", ""},
		{"much", text(evaluate(t, `URL.createObjectURL(new Blob([long]))`)), long},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := fetcher{}.Fetch(context.Background(), c.url)
			require.NoError(t, err)
			require.Equal(t, 200, r.Status)
			body, err := io.ReadAll(r.Body)
			require.NoError(t, err)
			require.True(t, c.want == string(body), "%d bytes, want %d", len(body), len(c.want))
			require.NoError(t, r.Body.Close())
		})
	}
}

func TestFetchAsksWithoutSayingWhoAsks(t *testing.T) {
	stubFetch(t, `(url, init) => { globalThis.asked = { url, ...init, signal: init.signal instanceof AbortSignal }; return Promise.resolve(new Response("x")) }`)
	r, err := fetcher{}.Fetch(context.Background(), "https://news.example/a.json")
	require.NoError(t, err)
	require.NoError(t, r.Body.Close())
	require.JSONEq(t, `{"url":"https://news.example/a.json","mode":"cors","credentials":"omit","redirect":"error",
		"referrerPolicy":"no-referrer","cache":"no-cache","signal":true}`, asked(t))
}

func TestFetchGivesAnyStatus(t *testing.T) {
	stubFetch(t, `() => Promise.resolve(new Response(null, { status: 451 }))`)
	r, err := fetcher{}.Fetch(context.Background(), "https://news.example/")
	require.NoError(t, err)
	require.Equal(t, 451, r.Status)
	body, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	require.Empty(t, body)
}

func TestFetchFailsWhereTheBrowserDoes(t *testing.T) {
	requireNothingHeld(t)
	for _, c := range []struct{ name, fetch, want string }{
		{"rejected", `() => Promise.reject(new TypeError("Failed to fetch"))`, `fetch "https://news.example/": TypeError: Failed to fetch`},
		{"thrown", `() => { throw new RangeError("odd") }`, `fetch "https://news.example/": JavaScript error: odd`},
	} {
		t.Run(c.name, func(t *testing.T) {
			stubFetch(t, c.fetch)
			_, err := fetcher{}.Fetch(context.Background(), "https://news.example/")
			require.EqualError(t, err, c.want)
		})
	}
}

func TestEndingTheContextEndsAnUnansweredRequest(t *testing.T) {
	requireNothingHeld(t)
	stubFetch(t, `(url, init) => { globalThis.asked = init; return new Promise(() => {}) }`)
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer stop()
	_, err := fetcher{}.Fetch(ctx, "https://news.example/")
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.True(t, isTrue(global("asked", "signal", "aborted")))
}

// drip is a fetch whose body gives one chunk and then nothing.
const drip = `(url, init) => { globalThis.asked = init; return Promise.resolve(new Response(new ReadableStream({
	start(c) { c.enqueue(new TextEncoder().encode("first")); init.signal.addEventListener("abort", () => c.error(init.signal.reason)) } }))) }`

func TestEndingTheContextEndsARead(t *testing.T) {
	requireNothingHeld(t)
	stubFetch(t, drip)
	ctx, stop := context.WithCancel(context.Background())
	r, err := fetcher{}.Fetch(ctx, "https://news.example/")
	require.NoError(t, err)
	first := make([]byte, 5)
	_, err = io.ReadFull(r.Body, first)
	require.NoError(t, err)
	require.Equal(t, "first", string(first))
	time.AfterFunc(5*time.Millisecond, stop)
	_, err = r.Body.Read(first)
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, r.Body.Close())
}

func TestClosingTheBodyEndsTheRequest(t *testing.T) {
	requireNothingHeld(t)
	stubFetch(t, drip)
	r, err := fetcher{}.Fetch(context.Background(), "https://news.example/")
	require.NoError(t, err)
	require.NoError(t, r.Body.Close())
	require.True(t, isTrue(global("asked", "signal", "aborted")))
	_, err = r.Body.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF)
}

func TestABodyThatBreaksIsAnError(t *testing.T) {
	requireNothingHeld(t)
	stubFetch(t, `() => Promise.resolve(new Response(new ReadableStream({ start(c) { c.error(new TypeError("network error")) } })))`)
	r, err := fetcher{}.Fetch(context.Background(), "https://news.example/")
	require.NoError(t, err)
	_, err = io.ReadAll(r.Body)
	require.EqualError(t, err, "read: TypeError: network error")
	require.NoError(t, r.Body.Close())
}
