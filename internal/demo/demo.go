// Package demo serves Byway's demo on loopback: a partner's site with two articles embedded, the tree of the publisher
// who signed them at three addresses, and a panel that makes each of these fail or lie.
package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"syscall"

	"byway/internal/blockade"
)

// Port is that of the partner's page unless another is chosen. The addresses of the publisher are on the ports behind.
const Port = 8420

// Addresses is how many the publisher has.
const Addresses = 3

// Demo is a demo that runs.
type Demo struct {
	URL     string   // of the partner's page, without a slash at its end
	Mirrors []string // origins of the publisher's addresses, the primary first

	folder  string // of what was published; it goes with the demo
	servers []*blockade.Server
	http    http.Server
	done    chan error // gets what ended the partner's site; nil when it does not run
}

// Start serves a demo on a port and the three behind it, or on any four that are free for 0, with the element from the
// folder dist. The first address refuses, so that the way round it is seen at once.
func Start(port int, dist string) (*Demo, error) {
	d := &Demo{}
	if err := d.start(port, dist); err != nil {
		return nil, fmt.Errorf("demo: %w", errors.Join(advise(err), d.Close()))
	}
	return d, nil
}

func (d *Demo) start(port int, dist string) error {
	listener, err := net.Listen("tcp", address(port, 0))
	if err != nil {
		return err
	}
	defer func() {
		if d.done == nil {
			listener.Close()
		}
	}()
	if d.folder, err = os.MkdirTemp("", "byway-demo-"); err != nil {
		return err
	}
	p := &publisher{folder: d.folder, dist: dist}
	today, yesterday := newHost(p.path("today"), distribution(dist)), newHost(p.path("yesterday"), distribution(dist))
	for i := range Addresses {
		m, err := blockade.Start(address(port, i+1), today)
		if err != nil {
			return err
		}
		m.SetEarlier(yesterday)
		d.servers = append(d.servers, m)
		d.Mirrors = append(d.Mirrors, m.URL())
	}
	p.mirrors = d.Mirrors
	if err := p.publish(); err != nil {
		return err
	}
	close(today.ready)
	close(yesterday.ready)
	if err := d.servers[0].SetFault(blockade.Refused); err != nil {
		return err
	}
	if d.http.Handler, err = d.partner(dist, p); err != nil {
		return err
	}
	d.URL = "http://" + address(listener.Addr().(*net.TCPAddr).Port, 0)
	d.done = make(chan error, 1)
	go func() { d.done <- d.http.Serve(listener) }()
	return nil
}

// address is the i-th of the addresses from a port on.
func address(port, i int) string {
	if port != 0 {
		port += i
	}
	return net.JoinHostPort("localhost", strconv.Itoa(port))
}

func advise(err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%w: four free ports in a row are needed: choose them with PORT=9420 make run, or with -port", err)
	}
	return err
}

// Play lets the addresses follow a script from now on, in place of what was set before. The panel ends it for the address
// that it is used for. See blockade.Play.
func (d *Demo) Play(script blockade.Script, tell func(blockade.Change)) error {
	if err := blockade.Play(d.servers, script, tell); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return nil
}

// Wait returns when ctx ends, nil then, or when the partner's site cannot be served any more.
func (d *Demo) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-d.done:
		d.done <- err // Close waits for it
		return fmt.Errorf("demo: %w", err)
	}
}

// Close ends everything at once, requests that hang included, and takes away what was published.
func (d *Demo) Close() error {
	err := d.http.Close()
	for _, s := range d.servers {
		err = errors.Join(err, s.Close())
	}
	if d.done != nil {
		<-d.done
		d.done = nil
	}
	if d.folder != "" {
		err = errors.Join(err, os.RemoveAll(d.folder))
	}
	return err
}
