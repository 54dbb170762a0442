//go:build js && wasm

package main

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"time"

	"byway/internal/reader"

	"github.com/hack-pad/safejs"
)

// engine takes the commands of the page and hands each to its element.
type engine struct {
	emit func(id int, name, payload string)
	tidy *time.Timer

	mu     sync.Mutex
	mounts map[int]*mount
	hidden bool // nobody looks at the page

	cleared time.Time // when everything was last forgotten from here
}

// hearing is how long other tabs may take to hear of an end. A tab that slept through it must not take away what was kept
// since.
const hearing = 10 * time.Second

// tidyAfter is how long after an element went away Go's memory is collected. Nodes that Go has known stay alive in
// JavaScript until then, and left alone Go collects only when its own memory grows.
const tidyAfter = 100 * time.Millisecond

func newEngine(emit func(id int, name, payload string)) *engine {
	e := &engine{emit: emit, mounts: map[int]*mount{}, tidy: time.AfterFunc(time.Hour, runtime.GC)}
	e.tidy.Stop()
	return e
}

// command is the one function that JavaScript calls: command(id, name, payload, node). It does not block, and what it
// starts goes on after it has returned.
func (e *engine) command(args []safejs.Value) any {
	id, name, payload := integer(args[0]), text(args[1]), text(args[2])
	answer := ""
	guard(e.broken(id), func() {
		switch name {
		case "mount":
			e.mount(id, args[3]).configure(payload)
		case "unmount":
			e.unmount(id)
		case "file":
			if m := e.find(id); m != nil {
				data, _ := bytesOf(args[3])
				m.post(func() { m.openFile(data) })
			}
		case "forgotten": // by another tab, or before Go had come
			e.forget(0)
		case "heard": // by another tab
			e.forgetAgain()
		case "forget": // the memory is one for all elements
			e.forget(id)
		case "signal":
			e.signal(reader.Signal(payload))
		case "stats":
			answer = e.stats()
		default:
			if m := e.find(id); m != nil {
				answer = m.command(name, payload)
			}
		}
	})
	return answer
}

// mount finds the element of this id, or starts it in node.
func (e *engine) mount(id int, node safejs.Value) *mount {
	if m := e.find(id); m != nil {
		return m
	}
	ctx, cancel := context.WithCancel(context.Background())
	m := newMount(ctx, cancel, newDOM(node), func(name, payload string) { e.emit(id, name, payload) })
	e.mu.Lock()
	m.hidden = e.hidden
	e.mounts[id] = m
	e.mu.Unlock()
	go guard(e.broken(id), m.run)
	return m
}

// forget has one element clear the memory, and the others forget what they took from it. Nothing is written any more as
// soon as it has returned.
func (e *engine) forget(id int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	quiet.Store(true)
	if id != 0 {
		e.cleared = time.Now()
	}
	for other, m := range e.mounts {
		if other == id {
			m.command("forget", "")
		} else if r := m.reading(); r != nil {
			m.post(func() { r.Forgotten() })
		}
	}
}

// forgetAgain removes what another tab has written before it heard of the end, unless something is kept again since.
func (e *engine) forgetAgain() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if quiet.Load() && time.Since(e.cleared) < hearing {
		for _, clear := range []func(context.Context) error{storage{databaseName}.Forget, library(0).Clear} {
			go guard(e.broken(0), func() {
				ctx, stop := context.WithTimeout(context.Background(), storageTimeout)
				defer stop()
				_ = clear(ctx)
			})
		}
	}
}

// signal tells every element what happens to the device or to the page.
func (e *engine) signal(s reader.Signal) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.hidden = s == reader.BecameHidden || e.hidden && s != reader.BecameVisible
	for _, m := range e.mounts {
		m.signal(s, e.hidden)
	}
}

func (e *engine) find(id int) *mount {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.mounts[id]
}

// unmount ends everything that goes on for an element. What it shows stays, for the page to remove.
func (e *engine) unmount(id int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if m := e.mounts[id]; m != nil {
		m.cancel()
		delete(e.mounts, id)
		e.tidy.Reset(tidyAfter)
	}
}

// broken gives what to do about a panic in the service of one element: that element ends with words, the others go on.
func (e *engine) broken(id int) func(fault any) {
	return func(fault any) {
		e.unmount(id)
		e.emit(id, "broken", errorJSON("broken", fmt.Sprint(fault)))
	}
}

// stats counts what must not grow: functions and waits that JavaScript holds, and elements.
func (e *engine) stats() string {
	e.mu.Lock()
	mounts := len(e.mounts)
	e.mu.Unlock()
	return object("callbacks", strconv.Itoa(int(live.Load())+promises.count()), "mounts", strconv.Itoa(mounts),
		"goroutines", strconv.Itoa(runtime.NumGoroutine()))
}
