// Package blockade runs mirrors that refuse, hang, lie, cut and trickle, on loopback, for tests and for the demo.
package blockade

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"path"
	"slices"
	"sync"
	"time"
)

// Server is one address that serves a tree, as well as its fault allows.
type Server struct {
	tree http.Handler
	url  string
	pace pace
	http http.Server
	stop context.CancelFunc // ends every request
	work sync.WaitGroup

	mu          sync.Mutex
	fault       Fault
	pattern     string // of the paths that the fault is for; "": all
	requests    []Request
	connections int
	served      int // since the fault was set
}

// Request is one request that came in. One whose connection was reset before it was read is none.
type Request struct {
	Path string // with the query
	Host string
	Time time.Time
}

// pace is how long what takes time takes.
type pace struct {
	late time.Duration // what Slow waits
	tick time.Duration // from one piece to the next of Trickle and Throttled
}

var realPace = pace{late: time.Second, tick: 100 * time.Millisecond}

// Start serves tree, healthy, on a loopback address such as "localhost:8421"; port 0 takes any that is free.
func Start(addr string, tree http.Handler) (*Server, error) {
	return start(addr, tree, realPace)
}

func start(addr string, tree http.Handler, p pace) (*Server, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("blockade: %w", err)
	}
	at := listener.Addr().(*net.TCPAddr).AddrPort()
	if !at.Addr().IsLoopback() {
		listener.Close()
		return nil, fmt.Errorf("blockade: %q is not a loopback address: use localhost and a port", addr)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &Server{tree: tree, url: "http://" + authority(addr, at), pace: p, stop: stop, fault: Healthy}
	s.http.Handler = s
	s.http.BaseContext = func(net.Listener) context.Context { return ctx }
	s.work.Go(func() { s.http.Serve(doorkeeper{listener.(*net.TCPListener), s}) })
	return s, nil
}

// authority is the host as it was given with the port that was taken.
func authority(addr string, at netip.AddrPort) string {
	host, _, err := net.SplitHostPort(addr)
	if err != nil || host == "" {
		return at.String()
	}
	return net.JoinHostPort(host, fmt.Sprint(at.Port()))
}

// Close ends the server and every connection, at once.
func (s *Server) Close() error {
	err := s.http.Close() // first, so that what hangs has nowhere to answer to
	s.stop()
	s.work.Wait()
	return err
}

// URL is the origin of the server, without a slash at its end.
func (s *Server) URL() string { return s.url }

// SetFault changes what becomes of every request from now on. An unknown fault is an error and changes nothing.
func (s *Server) SetFault(f Fault) error { return s.SetFaultFor("", f) }

// SetFaultFor is SetFault for the paths whose last element matches a pattern of package path, such as "*.json". All
// others are healthy. Refused and ResetBefore come to the same as ResetAfter then, for the path is in the request.
func (s *Server) SetFaultFor(pattern string, f Fault) error {
	if _, err := ParseFault(string(f)); err != nil {
		return err
	}
	if _, err := path.Match(pattern, ""); err != nil {
		return fmt.Errorf("fault: pattern %q: %w", pattern, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault, s.pattern, s.served = f, pattern, 0
	return nil
}

// Fault is what was set last.
func (s *Server) Fault() Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fault
}

// Requests are those that came in since the start or the last Reset, the oldest first.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Connections is how many connections were made since then, those that were reset among them. A browser also makes
// some that it does not use.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connections
}

// Reset forgets the requests and connections so far.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests, s.connections = nil, 0
}

// ServeHTTP notes a request and does to it what the fault of its path does.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fault, nth := s.note(r)
	catalogue[fault.index()].serve(&exchange{s, w, r, nth})
}

// note gives the fault for a request, and how many came since it was set, this one included.
func (s *Server) note(r *http.Request) (fault Fault, nth int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, Request{Path: r.URL.RequestURI(), Host: r.Host, Time: time.Now()})
	if matches, _ := path.Match(s.pattern, path.Base(r.URL.Path)); s.pattern != "" && !matches {
		return Healthy, 0
	}
	s.served++
	return s.fault, s.served
}

// doorkeeper is a listener that turns connections away. Not to listen at all would give the port to somebody else.
type doorkeeper struct {
	*net.TCPListener
	server *Server
}

func (d doorkeeper) Accept() (net.Conn, error) {
	for {
		conn, err := d.AcceptTCP()
		if err != nil {
			return nil, err
		}
		if d.server.admit() {
			return &guarded{conn, d.server}, nil
		}
		reset(conn)
	}
}

// admit counts a connection and reports whether it may stay.
func (s *Server) admit() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.connections++
	return s.fault != Refused || s.pattern != ""
}

// guarded is a connection that may be reset when something comes.
type guarded struct {
	*net.TCPConn
	server *Server
}

func (g *guarded) Read(p []byte) (int, error) {
	n, err := g.TCPConn.Read(p)
	if n > 0 && g.server.resetsBefore() {
		reset(g.TCPConn)
		return 0, net.ErrClosed
	}
	return n, err
}

func (s *Server) resetsBefore() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fault == ResetBefore && s.pattern == ""
}

// reset closes a connection with RST in place of FIN, as the devices of censors do.
func reset(conn interface {
	SetLinger(sec int) error
	Close() error
}) {
	conn.SetLinger(0)
	conn.Close()
}
