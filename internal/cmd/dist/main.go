// Command dist builds dist/: everything that a site copies to a static host.
//
//	byway.js                   the element and its loader
//	byway.<16 hex>.wasm        the reader; the name is the start of its SHA-256, so it may be cached for ever
//	byway.d.ts                 the types of the element
//	licenses.txt               of what is inside
//
// and beside the first two what a host sends to browsers that take it: .br and .gz.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run gives the exit code: 0, 1 for a failed build or too much weight, 2 for wrong usage.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("dist", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("o", "dist", "the folder to fill; other files named byway.* in it are removed")
	size := flags.Bool("size", false, "print what each file weighs, and fail above the budget")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	files, err := build(*out)
	if err == nil && *size {
		err = weigh(stdout, *out, files)
	}
	if err != nil {
		fmt.Fprintln(stderr, "dist:", err)
		return 1
	}
	return 0
}
