// Command dies stands in for a Byway that fails at once.
package main

import "time"

// The timer is still running when the program has ended, as those of a real one would be.
func main() {
	time.AfterFunc(50*time.Millisecond, func() {})
	panic("a fault")
}
