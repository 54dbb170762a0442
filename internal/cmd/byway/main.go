// Command byway publishes articles, shows them on the command line, and serves the demo.
package main

import (
	"io"
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// Exit codes.
const (
	ok     = 0
	failed = 1 // the input cannot be shown, or the servers cannot start
	usage  = 2
)

// command is one of what byway does.
type command struct {
	name, arguments, words string
	run                    func(c *call) int
}

// call is one use of a command.
type call struct {
	args           []string
	stdin          io.Reader
	stdout, stderr io.Writer
}

var commands = []command{
	{"serve", "[-port N] [-dist FOLDER] [-script FILE [-tree FOLDER]]",
		"serve the demo, or a folder of yours, at addresses that fail by hand or by a script", serve},
	{"render", "[flags] FILE", "write the HTML that the element would show of an article's JSON", render},
	{"convert", "[flags] FILE", "write an article's JSON in the native format", convert},
	{"keygen", "-site HOST [-o FOLDER]", "make the keys that sign what HOST publishes", keygen},
	{"publish", "-o SITE -key KEYS [flags] FOLDER", "make a signed site of a folder of articles, for any static host", publishSite},
	{"embed", "[-script URL] [-fallback full|short] SITE ARTICLE", "write what a partner pastes to show an article, and the policy that it needs", embed},
	{"rotate", "-o SITE -key KEYS [flags] feed|root", "replace a key that was stolen, or might have been", rotate},
	{"withdraw", "-o SITE -key KEYS [flags] ARTICLE", "take an article back, and say so to those who have read it", withdraw},
	{"verify", "[-key PIN] FILE", "say whether an article that was saved as a file is what its publisher signed", verify},
	{"check", "[flags] BASE…", "look at every address of a published site and say what is wrong there", check},
}
