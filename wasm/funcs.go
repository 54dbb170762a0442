//go:build js && wasm

package main

import (
	"sync"
	"sync/atomic"

	"github.com/hack-pad/safejs"
)

// live counts the functions that JavaScript can call. Each holds memory on both sides until it is released, so there
// are only a few, for the whole life of the page: nothing makes one for each element or request.
var live atomic.Int64

// function makes a function that JavaScript can call, and what releases it. fn runs inside a task of the page, so it
// must not block.
func function(fn func(args []safejs.Value) any) (safejs.Value, func(), error) {
	f, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any { return fn(args) })
	if err != nil {
		return safejs.Value{}, nil, err
	}
	live.Add(1)
	release := sync.OnceFunc(func() {
		f.Release()
		live.Add(-1)
	})
	return f.Value(), release, nil
}

// guard runs fn and hands a panic of it to broken. Every goroutine of this package starts with it: a panic that nobody
// recovers ends the one instance that serves the whole page.
func guard(broken func(fault any), fn func()) {
	defer func() {
		if fault := recover(); fault != nil {
			broken(fault)
		}
	}()
	fn()
}
