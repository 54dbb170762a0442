//go:build js && wasm

package main

import (
	"context"
	"testing"
	"time"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

// evaluate gives the value of a JavaScript expression.
func evaluate(t *testing.T, expression string) safejs.Value {
	t.Helper()
	return must[safejs.Value](t)(safejs.Global().Call("eval", "("+expression+")"))
}

// requireNothingHeld checks that no promise is waited for and no function was made since.
func requireNothingHeld(t *testing.T) {
	t.Helper()
	_, _, err := promises.begin() // makes the one function for all
	require.NoError(t, err)
	promises.end(promises.last)
	functions := live.Load()
	t.Cleanup(func() {
		require.Zero(t, promises.count(), "promises that are still waited for")
		require.Equal(t, functions, live.Load(), "functions that were not released")
	})
}

func TestAwaitGivesWhatAPromiseIsKeptWith(t *testing.T) {
	requireNothingHeld(t)
	for expression, want := range map[string]string{
		`Promise.resolve("now")`:                            "now",
		`new Promise(r => setTimeout(() => r("later"), 5))`: "later",
	} {
		v, err := await(context.Background(), evaluate(t, expression))
		require.NoError(t, err)
		require.Equal(t, want, text(v))
	}
}

func TestAwaitSaysWhyAPromiseIsBroken(t *testing.T) {
	requireNothingHeld(t)
	for expression, want := range map[string]string{
		`Promise.reject(new TypeError("no way"))`: "TypeError: no way",
		`Promise.reject("a word")`:                "a word",
		`Promise.reject()`:                        "no reason given",
		`Promise.reject({})`:                      "no reason given",
	} {
		_, err := await(context.Background(), evaluate(t, expression))
		require.EqualError(t, err, want)
	}
}

func TestAwaitEndsWithItsContext(t *testing.T) {
	requireNothingHeld(t)
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer stop()
	pending := evaluate(t, `(() => { let settle; const p = new Promise(r => settle = r); p.settle = () => settle("late"); return p })()`)
	_, err := await(ctx, pending)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	must[safejs.Value](t)(pending.Call("settle")) // nobody listens, and nothing happens
	_, err = await(context.Background(), evaluate(t, `Promise.resolve()`))
	require.NoError(t, err)
}

func TestAwaitOfWhatIsNoPromiseIsAnError(t *testing.T) {
	requireNothingHeld(t)
	_, err := await(context.Background(), evaluate(t, `({})`))
	require.Error(t, err)
}

func TestTextIsOnlyOfStrings(t *testing.T) {
	for expression, want := range map[string]string{`"word"`: "word", `""`: "", `undefined`: "", `null`: "", `7`: "", `({})`: ""} {
		require.Equal(t, want, text(evaluate(t, expression)), expression)
	}
}

func TestAReleasedFunctionIsNotCounted(t *testing.T) {
	before := live.Load()
	f, release, err := function(func([]safejs.Value) any { return "called" })
	require.NoError(t, err)
	require.Equal(t, before+1, live.Load())
	require.Equal(t, "called", text(must[safejs.Value](t)(f.Invoke())))
	release()
	release()
	require.Equal(t, before, live.Load())
}
