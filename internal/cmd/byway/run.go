package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
)

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		writeHelp(stdout)
		return ok
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.run(&call{args[1:], stdin, stdout, stderr})
		}
	}
	fmt.Fprintf(stderr, "byway: there is no command %q: \"byway help\" lists them\n", args[0])
	return usage
}

func writeHelp(w io.Writer) {
	fmt.Fprintln(w, "byway: an article through whichever address answers")
	for _, c := range commands {
		fmt.Fprintf(w, "\n  byway %s %s\n      %s\n", c.name, c.arguments, c.words)
	}
	fmt.Fprintln(w, "\nFILE may be - for standard input. \"byway COMMAND -h\" lists the flags.")
	fmt.Fprintln(w, "Exit codes: 0 done, 1 the input cannot be used or a server cannot start, 2 the command line is wrong.")
}

// flags makes the flags of a command. Their errors go to the caller's stderr.
func (c *call) flags(name string) *flag.FlagSet {
	f := flag.NewFlagSet("byway "+name, flag.ContinueOnError)
	f.SetOutput(c.stderr)
	return f
}

// parse reads the flags and says with which exit code to stop, if any.
func (c *call) parse(f *flag.FlagSet, arguments int) (code int, stop bool) {
	switch err := f.Parse(c.args); {
	case err == flag.ErrHelp:
		return ok, true
	case err != nil:
		return usage, true
	case f.NArg() > arguments && strings.HasPrefix(f.Arg(arguments), "-"):
		fmt.Fprintf(c.stderr, "%s: %s comes too late: put what begins with \"-\" before the rest\n", f.Name(), f.Arg(arguments))
		return usage, true
	case f.NArg() != arguments:
		fmt.Fprintf(c.stderr, "%s: %d arguments, %d wanted: \"byway help\" shows them\n", f.Name(), f.NArg(), arguments)
		return usage, true
	}
	return ok, false
}
