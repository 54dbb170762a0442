//go:build js && wasm

// Command wasm is Byway in the browser: one instance serves every element on a page. It implements the ports of the
// inner packages with what the browser has; web/engine.js starts it and says what crosses between them.
package main

import (
	"runtime/debug"

	"github.com/hack-pad/safejs"
)

func main() {
	tuneCollector()
	run(global("byway"))
}

// tuneCollector collects garbage less often, since here it has no core of its own: with the settings of servers it took
// two fifths of the time from the JSON of an article to its elements. Above 48 MB it is as often as it needs be.
func tuneCollector() {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(48 << 20)
}

// run serves the loader for as long as the page lives.
func run(loader safejs.Value) {
	e := newEngine(func(id int, name, payload string) {
		_, _ = loader.Call("event", id, name, payload)
	})
	command, release, err := function(e.command)
	if err != nil {
		return
	}
	defer release()
	if _, err := loader.Call("ready", command); err != nil {
		return
	}
	select {}
}
