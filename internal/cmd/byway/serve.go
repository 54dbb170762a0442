package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"byway/internal/demo"
)

func serve(c *call) int {
	f := c.flags("serve")
	port := f.Int("port", demo.Port, "port of the partner's page; the addresses are on the three behind it; 0: any that are free")
	dist := f.String("dist", "dist", "folder that \"make build\" wrote")
	if code, stop := c.parse(f, 0); stop {
		return code
	}
	if _, err := os.Stat(filepath.Join(*dist, "byway.js")); err != nil {
		fmt.Fprintf(c.stderr, "byway serve: %s holds no byway.js: run \"make build\", or name the folder with -dist\n", *dist)
		return failed
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return serveUntil(ctx, c, *port, *dist)
}

// serveUntil serves until ctx ends.
func serveUntil(ctx context.Context, c *call, port int, dist string) int {
	d, err := demo.Start(port, dist)
	if err != nil {
		fmt.Fprintln(c.stderr, "byway serve:", err)
		return failed
	}
	defer d.Close()
	fmt.Fprintf(c.stdout, "The demo is at  %s\n", d.URL)
	for i, m := range d.Mirrors {
		fmt.Fprintf(c.stdout, "  address %d     %s%s\n", i+1, m, []string{"  (the publisher's own; it refuses at first)", "", ""}[i])
	}
	fmt.Fprintln(c.stdout, "Ctrl-C stops it.")
	if err := d.Wait(ctx); err != nil {
		fmt.Fprintln(c.stderr, "byway serve:", err)
		return failed
	}
	return ok
}
