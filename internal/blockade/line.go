package blockade

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// Line is a reader's own line. Several servers can lie at the end of one; what they send shares it, so that two downloads
// at once take twice as long. It has no start-up (TCP slow start), loses nothing and carries requests in no time.
type Line struct {
	RTT            time.Duration // a round trip to a server at distance 1
	BytesPerSecond int           // at least 1

	mu      sync.Mutex
	free    time.Time // when all that was sent so far is through
	traffic Traffic
}

// Traffic is what a line has carried so far.
type Traffic struct {
	Bytes   int64 // headers included, those that nobody waited for any more too
	Pending int   // requests that are under way
}

// Traffic is what the line has carried so far.
func (l *Line) Traffic() Traffic {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.traffic
}

// SetLine puts the server at the end of a line: every answer is late by its round trips and comes at the line's pace.
// What the fault does, it does on top of that. Connections that Refused and ResetBefore end, end at once. A round trip
// takes distance times that of the line.
func (s *Server) SetLine(line *Line, distance float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line, s.rtt = line, time.Duration(distance*float64(line.RTT))
}

// own is the server's line, nil if it has none, and the time of a round trip.
func (s *Server) own() (line *Line, rtt time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.line, s.rtt
}

// overLine serves an exchange after the time that its round trips take.
func (s *Server) overLine(e *exchange, serve func(*exchange)) {
	line, rtt := s.own()
	if line == nil {
		serve(e)
		return
	}
	line.pending(1)
	defer line.pending(-1)
	if e.sleep(roundTrips(e.r) * rtt) {
		serve(e)
	}
}

type connectionKey struct{}

// onConnection gives the context of a connection a place to note that it is in use.
func onConnection(ctx context.Context, _ net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, new(bool))
}

// roundTrips is how many there are until an answer begins: one for the request, and for the first on a connection three
// before it, of DNS, TCP and TLS 1.3. Loopback servers know neither names nor keys, so these are waited for here.
func roundTrips(r *http.Request) time.Duration {
	used := r.Context().Value(connectionKey{}).(*bool)
	if *used {
		return 1
	}
	*used = true
	return 4
}

// tick is the time that the line needs for one piece; slack is how much of the time is made up for that a busy machine
// sleeps too long.
const (
	tick  = 10 * time.Millisecond
	slack = 2 * time.Millisecond
)

// send writes p in pieces, each when it is through the line. Downloads at once take turns.
func (l *Line) send(w io.Writer, p []byte) (sent int, err error) {
	piece := max(int(time.Duration(l.BytesPerSecond)*tick/time.Second), 1)
	for sent < len(p) && err == nil {
		next := p[sent:min(sent+piece, len(p))]
		time.Sleep(time.Until(l.reserve(len(next))))
		var n int
		n, err = w.Write(next)
		sent += n
	}
	return sent, err
}

// reserve gives the time when n more bytes are through, after all that was sent before.
func (l *Line) reserve(n int) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := time.Now().Add(-slack); l.free.Before(now) {
		l.free = now
	}
	l.free = l.free.Add(time.Duration(n) * time.Second / time.Duration(l.BytesPerSecond))
	l.traffic.Bytes += int64(n)
	return l.free
}

func (l *Line) pending(more int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.traffic.Pending += more
}

func (g *guarded) Write(p []byte) (int, error) {
	if line, _ := g.server.own(); line != nil {
		return line.send(g.TCPConn, p)
	}
	return g.TCPConn.Write(p)
}

// ReadFrom takes the place of the connection's own, by which files would go round Write.
func (g *guarded) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{g}, r)
}
