package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"byway/internal/blockade"
	"byway/internal/demo"
)

// service is what one call of serve is to do.
type service struct {
	port         int
	dist         string
	script, tree string // "": none
}

func serve(c *call) int {
	var s service
	f := c.flags("serve")
	f.IntVar(&s.port, "port", demo.Port, "port of the partner's page; the addresses are on those behind it; 0: any that are free")
	f.StringVar(&s.dist, "dist", "dist", "folder that \"make build\" wrote")
	f.StringVar(&s.script, "script", "", "file that says which address fails when, and how; the README has an example")
	f.StringVar(&s.tree, "tree", "", "folder to serve at every address, in place of the demo; without -script there are three, and none fails")
	if code, stop := c.parse(f, 0); stop {
		return code
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return s.run(ctx, c)
}

// run serves until ctx ends.
func (s service) run(ctx context.Context, c *call) int {
	script, err := s.readScript(c)
	switch {
	case err != nil:
	case s.tree != "":
		err = s.serveTree(ctx, c.stdout, *script)
	default:
		err = s.serveDemo(ctx, c.stdout, script)
	}
	if err != nil {
		fmt.Fprintln(c.stderr, "byway serve:", err)
		return failed
	}
	return ok
}

// readScript gives nil if none was asked for: that is the demo's own matter.
func (s service) readScript(c *call) (*blockade.Script, error) {
	switch {
	case s.script == "" && s.tree == "":
		return nil, nil
	case s.script == "":
		return &blockade.Script{Addresses: demo.Addresses}, nil
	}
	text, err := c.bytes(s.script)
	if err != nil {
		return nil, fmt.Errorf("%w: give the path of a script, or - for standard input", err)
	}
	script, err := blockade.ParseScript(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.script, err)
	}
	return &script, nil
}

// serveDemo serves the demo. Without a script its first address refuses until the panel is used.
func (s service) serveDemo(ctx context.Context, out io.Writer, script *blockade.Script) error {
	if _, err := os.Stat(filepath.Join(s.dist, "byway.js")); err != nil {
		return fmt.Errorf("%s holds no byway.js: run \"make build\", or name the folder with -dist", s.dist)
	}
	if script != nil && script.Addresses != demo.Addresses {
		return fmt.Errorf("%s: it is for %d addresses, and the demo has %d: change that, or name a folder of yours with -tree",
			s.script, script.Addresses, demo.Addresses)
	}
	d, err := demo.Start(s.port, s.dist)
	if err != nil {
		return err
	}
	defer d.Close()
	fmt.Fprintf(out, "The demo is at  %s\n", d.URL)
	if script == nil {
		writeAddresses(out, d.Mirrors, "the publisher's own; it refuses at first")
		fmt.Fprintln(out, stops)
		return d.Wait(ctx)
	}
	writeAddresses(out, d.Mirrors, "the publisher's own")
	if err := d.Play(*script, announce(out)); err != nil {
		return err
	}
	fmt.Fprintln(out, stops)
	return d.Wait(ctx)
}

const stops = "Ctrl-C stops it."

func writeAddresses(out io.Writer, addresses []string, remark string) {
	for i, address := range addresses {
		fmt.Fprintf(out, "  address %-2d    %s", i+1, address)
		if i == 0 {
			fmt.Fprintf(out, "  (%s)", remark)
		}
		fmt.Fprintln(out)
	}
}

// announce writes each change of a script as a line: when, where, what.
func announce(out io.Writer) func(blockade.Change) {
	var mu sync.Mutex
	return func(c blockade.Change) {
		mu.Lock()
		defer mu.Unlock()
		paths := ""
		if c.Pattern != "" {
			paths = ", for " + c.Pattern
		}
		fmt.Fprintf(out, "%9s  address %d %s%s (%s)\n", c.Elapsed.Round(time.Millisecond), c.Address, c.Fault.Description(), paths, c.Fault)
	}
}
