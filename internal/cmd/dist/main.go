// Command dist builds dist/: everything that a site copies to a static host.
//
//	byway.js                   the element and its loader
//	byway.<16 hex>.wasm        the reader; the name is the start of its SHA-256, so it may be cached for ever
//	byway.plain.<16 hex>.js    what shows an article where WebAssembly does not run; asked for only there
//	byway.plain_words.<16 hex>.js  its words
//	byway-sw.js                the worker, for sites that want it: it goes to their root
//	byway.d.ts                 the types of the element
//	licenses.txt               of what is inside
//
// and beside all scripts and the wasm what a host sends to browsers that take it: .br and .gz. Where it sends the wasm as it is,
// byway.js asks for these itself.
//
// byway.js expects the wasm in its own folder. Where that fails, it asks for it in the folder .byway/ under each address of
// the publisher, in the order in which the element names them. The wasm has to be the one that was built with it: byway.js
// holds its SHA-256 and runs no other. So the files of dist/ go together, to the site and to .byway/ of the mirrors, and
// those of an earlier build stay there for as long as a page may use the byway.js of that build.
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
