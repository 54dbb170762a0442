package survey

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/blockade"
)

func TestCertificates(t *testing.T) {
	p := newPress(t)
	stranger := newAuthority(t)
	late := p.options()
	for _, c := range []struct {
		name   string
		start  func() string // gives an address
		broken bool
		want   string
		advice string
	}{
		{"it ends soon", func() string {
			return startHost(t, p.first.folder, p.ca.certificate(noon.Add(5*24*time.Hour))).URL
		}, false, "tls warn: the certificate expires in 5 days", "Renew it"},
		{"it has ended", func() string {
			return startHost(t, p.first.folder, p.ca.certificate(noon.Add(-24*time.Hour))).URL
		}, true, "tls broken: the certificate expired on 2026-08-21", "Renew it"},
		{"it is for another host", func() string {
			return startHost(t, p.first.folder, p.ca.certificate(noon.AddDate(1, 0, 0), "www.news.example")).URL
		}, true, `tls broken: the certificate is for another host: "www.news.example"`, "Order one for this host"},
		{"nobody knows who issued it", func() string {
			return startHost(t, p.first.folder, stranger.certificate(noon.AddDate(1, 0, 0))).URL
		}, true, "tls broken: the certificate is from an authority that browsers do not know", "Send the whole chain"},
		{"there is none", func() string {
			s := httptest.NewServer(p.first)
			t.Cleanup(s.Close)
			return strings.Replace(s.URL, "http:", "https:", 1)
		}, true, "tls broken: what answers there does not speak TLS", "Set up TLS"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := late
			o.Bases, o.Only = []string{c.start()}, true
			r, table := look(t, o)
			require.Equal(t, []string{c.want}, faults(r.Addresses[0]))
			require.Contains(t, unwrapped(table), c.advice)
			require.Equal(t, !c.broken, r.OK)
			if c.broken {
				require.Contains(t, table, "feed         skipped")
				require.Contains(t, table, "CORS         skipped  no answer to look at")
			}
		})
	}
}

func TestConnections(t *testing.T) {
	dial := func(err error) error {
		return fmt.Errorf("Get: %w", &net.OpError{Op: "dial", Net: "tcp", Err: err})
	}
	for _, c := range []struct {
		name string
		err  error
		want string
		all  bool
	}{
		{"no such name", dial(&net.DNSError{Name: "m1.example.net", IsNotFound: true}), `the name "m1.example.net" is not known (DNS)`, true},
		{"no name server", dial(&net.DNSError{Name: "m1.example.net", IsTimeout: true}), `no answer to the question for the name "m1.example.net" (DNS)`, true},
		{"nobody listens", dial(syscall.ECONNREFUSED), "the connection is refused: nothing listens there", true},
		{"no way", dial(syscall.EHOSTUNREACH), "no connection: no route to host", true},
		{"it takes too long", fmt.Errorf("Get: %w", context.DeadlineExceeded), "no whole answer within 20s", false},
		{"it is reset", &net.OpError{Op: "read", Err: syscall.ECONNRESET}, "the connection was reset", false},
		{"no HTTP", errors.New("malformed HTTP response"), "no answer that can be read as HTTP", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			what, advice, all := connectionFault(c.err, 20*time.Second)
			require.Equal(t, c.want, what)
			require.NotEmpty(t, advice)
			require.Equal(t, c.all, all)
		})
	}
}

// Nothing that a blockade does passes for an address in order, but what only takes its time.
func TestEveryFaultOfABlockadeIsSeen(t *testing.T) {
	p := newPress(t)
	passing := map[blockade.Fault]bool{blockade.Healthy: true}
	long := map[blockade.Fault]bool{blockade.Slow: true, blockade.Trickle: true, blockade.Throttled: true, blockade.DropTenth: true}
	words := map[blockade.Fault]string{
		blockade.Refused: "reachable broken: ", blockade.Silent: "reachable broken: feed.note and root/current.note: no whole answer within 100ms",
		blockade.Redirect: "redirects broken", blockade.NoCORS: "cors broken", blockade.Altered: "root broken: root/current.note: not signed by the publisher",
		blockade.NotFound: "feed broken: feed.note: not there", blockade.Block451: "status 451 (Unavailable For Legal Reasons)",
		blockade.TooLarge: "longer than it may be", blockade.GzipBomb: "longer than it may be", blockade.Older: "articles broken",
		blockade.Cut: "feed broken", blockade.Block200: "root broken: root/current.note: root: not a signed note",
	}
	for _, fault := range blockade.Faults() {
		if long[fault] {
			continue
		}
		t.Run(string(fault), func(t *testing.T) {
			s, err := blockade.Start("127.0.0.1:0", http.HandlerFunc(p.first.serve))
			require.NoError(t, err)
			defer s.Close()
			require.NoError(t, s.SetFault(fault))
			o := p.options()
			o.Bases, o.Only, o.Client = []string{s.URL()}, true, nil
			if strings.Contains(string(fault), "ilen") {
				o.Timeout = 100 * time.Millisecond
			}
			r, table := look(t, o)
			require.Equal(t, passing[fault], r.OK, table)
			require.Contains(t, strings.Join(faults(r.Addresses[0]), "\n"), words[fault])
			require.Contains(t, table, "TLS          skipped  ")
		})
	}
}

// An address that stops answering is left alone after a while, and what was not seen there is not called right.
func TestAnAddressThatFallsSilent(t *testing.T) {
	p := newPress(t)
	p.second.spoil = answer("/[ab]/", func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) })
	o := p.options()
	o.Client.Transport.(*http.Transport).DisableKeepAlives = true // net/http asks twice where an old connection breaks
	r, table := look(t, o)
	require.False(t, r.OK)
	require.Contains(t, unwrapped(table), "reachable BROKEN: given up after 8 requests without a whole answer")
	require.Regexp(t, `\n  articles     skipped  \d+ did not arrive\n`, table)
	require.LessOrEqual(t, p.second.asked.Load(), int64(5+8+3), "what is signed first, and three are under way beside the last")
}
