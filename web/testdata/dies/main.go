// Command dies stands in for a Byway that starts and then fails in its first command, while a timer is running.
package main

import (
	"syscall/js"
	"time"
)

func main() {
	js.Global().Get("byway").Call("ready", js.FuncOf(func(js.Value, []js.Value) any { panic("a fault") }))
	time.Sleep(time.Second)
}
