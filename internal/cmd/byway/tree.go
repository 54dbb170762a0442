package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"

	"byway/internal/blockade"
)

// serveTree serves a folder at each address of a script, for pages of others to be tried on.
func (s service) serveTree(ctx context.Context, out io.Writer, script blockade.Script) error {
	root, err := os.OpenRoot(s.tree) // links that lead out of the folder are not followed
	if err != nil {
		return fmt.Errorf("%w: name a folder with -tree", err)
	}
	defer root.Close()
	servers, err := startServers(s.port, script.Addresses, plainHost(root))
	defer closeServers(servers)
	if err != nil {
		return err
	}
	var addresses []string
	for _, server := range servers {
		addresses = append(addresses, server.URL())
	}
	fmt.Fprintf(out, "The folder %s is at\n", s.tree)
	writeAddresses(out, addresses, "the publisher's own: the src of your element lies here")
	if len(addresses) > 1 {
		fmt.Fprintf(out, "  mirrors=\"%s/\"\n", strings.Join(addresses[1:], "/ "))
	}
	fmt.Fprintln(out, stops)
	if err := blockade.Play(servers, script, announce(out)); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// startServers starts servers of a tree on the ports behind one, or on any that are free for 0. Those that could be
// started are given with the error, too.
func startServers(port, n int, tree http.Handler) (servers []*blockade.Server, err error) {
	for range n {
		if port != 0 {
			port++
		}
		server, err := blockade.Start(net.JoinHostPort("localhost", strconv.Itoa(port)), tree)
		if errors.Is(err, syscall.EADDRINUSE) {
			err = fmt.Errorf("%w: %d free ports in a row are needed: choose them with -port", err, n)
		}
		if err != nil {
			return servers, err
		}
		servers = append(servers, server)
	}
	return servers, nil
}

func closeServers(servers []*blockade.Server) {
	for _, s := range servers {
		_ = s.Close() // the program ends
	}
}

// plainHost serves a folder as a static host does, but for caching: a page would go on to show what a fault had made of
// a document.
func plainHost(root *os.Root) http.Handler {
	files := http.FileServerFS(root.FS())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		files.ServeHTTP(w, r)
	})
}
