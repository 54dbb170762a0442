// Package blockade runs mirrors that refuse, hang, lie, cut and trickle, on loopback, by hand or by a script: for tests,
// for the demo, and for whoever tries a page of their own on them.
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
	earlier     http.Handler // nil: none
	course      *course
	begin       time.Time // of the course
	requests    []Request
	pending     int
	connections int
	line        *Line
	rtt         time.Duration // over the line
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
	s := &Server{tree: tree, url: "http://" + authority(addr, at), pace: p, stop: stop, course: new(course)}
	s.http.Handler = s
	s.http.BaseContext = func(net.Listener) context.Context { return ctx }
	s.http.ConnContext = onConnection
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
	s.SetFault(Healthy) // or a script would go on to tell its changes
	return err
}

// URL is the origin of the server, without a slash at its end.
func (s *Server) URL() string { return s.url }

// SetFault changes what becomes of every request from now on. An unknown fault is an error and changes nothing.
func (s *Server) SetFault(f Fault) error { return s.SetFaultFor("", f) }

// SetFaultFor is SetFault for the paths whose last element matches a pattern of package path, such as "*.json". All
// others are healthy. Refused and ResetBefore come to the same as ResetAfter then, for the path is in the request, and
// DropTenth to ResetAfter for every tenth request.
func (s *Server) SetFaultFor(pattern string, f Fault) error {
	r, err := parseRule(string(f), pattern)
	if err != nil {
		return err
	}
	script := Script{Addresses: 1, rules: []rule{r}}
	return Play([]*Server{s}, script, nil)
}

// SetEarlier gives the tree as it was on an earlier day, for Older to serve whole: what belongs together there stays
// together. Without one, Older makes an older revision of each document, which nobody signed.
func (s *Server) SetEarlier(tree http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.earlier = tree
}

func (s *Server) earlierTree() http.Handler {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.earlier
}

// Fault is what was set last, or what the newest line of a script says.
func (s *Server) Fault() Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.course.advance(time.Since(s.begin))
	return s.course.newest().fault
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

// Pending is how many requests are under way: neither answered nor given up by the other side.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pending
}

// Reset forgets the requests and connections so far.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests, s.connections = nil, 0
}

// ServeHTTP notes a request and does to it what the fault of its path does.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fault := s.note(r)
	defer s.settle()
	s.overLine(&exchange{s, w, r}, catalogue[fault.index()].serve)
}

// note gives the fault for a request.
func (s *Server) note(r *http.Request) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, Request{Path: r.URL.RequestURI(), Host: r.Host, Time: time.Now()})
	s.pending++
	return s.course.request(time.Since(s.begin), path.Base(r.URL.Path))
}

func (s *Server) settle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending--
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
		if !d.server.resets(made) {
			return &guarded{TCPConn: conn, server: d.server}, nil
		}
		reset(conn)
	}
}

// resets counts connections and reports whether one is reset at this moment.
func (s *Server) resets(at moment) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at == made {
		s.connections++
	}
	return s.course.resets(time.Since(s.begin), at)
}

// guarded is a connection that may be reset when something comes.
type guarded struct {
	*net.TCPConn
	server *Server
	spoken bool // something came before
}

func (g *guarded) Read(p []byte) (int, error) {
	n, err := g.TCPConn.Read(p)
	if n == 0 {
		return n, err
	}
	at := firstByte
	if g.spoken {
		at = laterByte
	}
	g.spoken = true
	if g.server.resets(at) {
		reset(g.TCPConn)
		return 0, net.ErrClosed
	}
	return n, err
}

// reset closes a connection with RST in place of FIN, as the devices of censors do.
func reset(conn interface {
	SetLinger(sec int) error
	Close() error
}) {
	conn.SetLinger(0)
	conn.Close()
}
