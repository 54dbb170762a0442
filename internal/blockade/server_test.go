package blockade

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// quick is a pace for tests.
var quick = pace{late: 20 * time.Millisecond, tick: time.Millisecond}

// document is what the tree of these tests holds under every path: JSON of 20 KB.
var document = []byte(`{"id":"1","body":"<p class=\"a b\">The bridge was ` + strings.Repeat("rebuilt. ", 2200) + `</p>"}`)

func tree(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	http.ServeContent(w, r, "", time.Unix(1e9, 0), bytes.NewReader(document))
}

func startQuick(t *testing.T) *Server {
	s, err := start("127.0.0.1:0", http.HandlerFunc(tree), quick)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// client is one that follows no redirect.
func client(t *testing.T) *http.Client {
	transport := new(http.Transport)
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// seen is what a client sees of an answer.
type seen struct {
	err     error // of the request
	status  int
	header  http.Header
	body    []byte
	bodyErr error
}

// most is where reading a body ends, in bytes: above all that has an end.
const most = 65 << 20

// get asks for a document and gives its body up when patience is over.
func get(t *testing.T, c *http.Client, url string, patience time.Duration) seen {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	require.NoError(t, err)
	response, err := c.Do(request)
	if err != nil {
		return seen{err: err}
	}
	defer response.Body.Close()
	defer time.AfterFunc(patience, stop).Stop()
	body, err := io.ReadAll(io.LimitReader(response.Body, most))
	return seen{nil, response.StatusCode, response.Header, body, err}
}

func TestFaults(t *testing.T) {
	readable := func(t *testing.T, s seen) { require.Equal(t, "*", s.header.Get("Access-Control-Allow-Origin")) }
	unreadable := func(t *testing.T, s seen) { require.NotContains(t, s.header, "Access-Control-Allow-Origin") }
	whole := func(t *testing.T, s seen, status int) {
		require.NoError(t, s.err)
		require.NoError(t, s.bodyErr)
		require.Equal(t, status, s.status)
	}
	isReset := func(t *testing.T, s seen) {
		reset := errors.Is(s.err, syscall.ECONNRESET) || errors.Is(s.err, syscall.EPIPE)
		require.True(t, reset, "%v", s.err)
	}
	stops := func(after int) func(*testing.T, seen) {
		return func(t *testing.T, s seen) {
			readable(t, s)
			require.Equal(t, 200, s.status)
			require.ErrorIs(t, s.bodyErr, context.Canceled, "the body must stay open")
			require.Equal(t, document[:after], s.body)
		}
	}
	isBlockPage := func(status int, cors func(*testing.T, seen)) func(*testing.T, seen) {
		return func(t *testing.T, s seen) {
			whole(t, s, status)
			cors(t, s)
			require.Equal(t, "text/html; charset=utf-8", s.header.Get("Content-Type"))
			require.Equal(t, blockPageHTML, string(s.body))
		}
	}
	isHealthy := func(t *testing.T, s seen) {
		whole(t, s, 200)
		readable(t, s)
		require.Equal(t, "*", s.header.Get("Timing-Allow-Origin"))
		require.Equal(t, "application/json", s.header.Get("Content-Type"))
		require.Equal(t, string(document), string(s.body))
	}
	checks := map[Fault]func(*testing.T, seen){
		Healthy:     isHealthy,
		Refused:     isReset,
		ResetBefore: isReset,
		ResetAfter:  isReset,
		Silent: func(t *testing.T, s seen) {
			require.ErrorContains(t, s.err, "timeout awaiting response headers")
		},
		HeadersThenSilence: stops(0),
		SilenceAfter8K:     stops(8 << 10),
		SilenceAfter16K:    stops(16 << 10),
		Trickle: func(t *testing.T, s seen) {
			require.ErrorIs(t, s.bodyErr, context.Canceled)
			require.NotEmpty(t, s.body)
			require.Less(t, len(s.body), 2000)
			require.True(t, bytes.HasPrefix(document, s.body))
		},
		Throttled:      isHealthy,
		Slow:           isHealthy,
		Block200:       isBlockPage(200, readable),
		Block200NoCORS: isBlockPage(200, unreadable),
		Block403:       isBlockPage(403, readable),
		Block403NoCORS: isBlockPage(403, unreadable),
		Block451:       isBlockPage(451, readable),
		Block451NoCORS: isBlockPage(451, unreadable),
		Redirect: func(t *testing.T, s seen) {
			whole(t, s, 302)
			readable(t, s)
			require.Equal(t, "/blocked.html", s.header.Get("Location"))
		},
		NotFound:    func(t *testing.T, s seen) { whole(t, s, 404); readable(t, s) },
		Unavailable: func(t *testing.T, s seen) { whole(t, s, 503); readable(t, s) },
		Cut: func(t *testing.T, s seen) {
			whole(t, s, 200)
			readable(t, s)
			require.NotContains(t, s.header, "Content-Length")
			require.Equal(t, document[:len(document)/2], s.body)
		},
		CutLength: func(t *testing.T, s seen) {
			whole(t, s, 200)
			readable(t, s)
			require.Equal(t, document[:len(document)/2], s.body)
		},
		Altered: func(t *testing.T, s seen) {
			whole(t, s, 200)
			readable(t, s)
			require.True(t, json.Valid(s.body))
			require.Equal(t, strings.Replace(string(document), "The bridge", "The not bridge", 1), string(s.body))
		},
		Older: func(t *testing.T, s seen) {
			whole(t, s, 200)
			readable(t, s)
			require.Equal(t, strings.Replace(string(document), " rebuilt. </p>", "</p>", 1), string(s.body))
		},
		Another: func(t *testing.T, s seen) {
			whole(t, s, 200)
			readable(t, s)
			require.JSONEq(t, anotherArticle, string(s.body))
		},
		Stripped:  isHealthy, // there are no signed lists in this tree
		FalseRoot: isHealthy,
		Endless: func(t *testing.T, s seen) {
			whole(t, s, 200)
			readable(t, s)
			require.Len(t, s.body, most)
			require.True(t, bytes.HasPrefix(s.body, document))
		},
		Empty: func(t *testing.T, s seen) { whole(t, s, 200); readable(t, s); require.Empty(t, s.body) },
		TooLarge: func(t *testing.T, s seen) {
			whole(t, s, 200)
			readable(t, s)
			require.Greater(t, len(s.body), 3<<20)
			require.JSONEq(t, string(document), string(s.body))
		},
		GzipBomb: func(t *testing.T, s seen) {
			whole(t, s, 200)
			readable(t, s)
			require.Len(t, s.body, 64<<20)
		},
		NoCORS: func(t *testing.T, s seen) {
			whole(t, s, 200)
			unreadable(t, s)
			require.Equal(t, string(document), string(s.body))
		},
		DropTenth: isHealthy,
	}
	require.Len(t, checks, len(Faults()))
	for _, fault := range Faults() {
		t.Run(string(fault), func(t *testing.T) {
			require.Contains(t, checks, fault)
			s := startQuick(t)
			require.NoError(t, s.SetFault(fault))
			require.Equal(t, fault, s.Fault())
			c := client(t)
			if fault == Silent {
				c.Transport.(*http.Transport).ResponseHeaderTimeout = 60 * time.Millisecond
			}
			begin := time.Now()
			checks[fault](t, get(t, c, s.URL()+"/a/river.json", patience(fault)))
			switch fault {
			case Slow:
				require.GreaterOrEqual(t, time.Since(begin), quick.late)
			case Throttled:
				require.GreaterOrEqual(t, time.Since(begin), time.Duration(len(document)/1600)*quick.tick)
			}
		})
	}
}

// patience is how long a test waits for a body after the headers: long for one that is to arrive.
func patience(f Fault) time.Duration {
	switch f {
	case HeadersThenSilence, SilenceAfter8K, SilenceAfter16K, Trickle:
		return 90 * time.Millisecond
	}
	return time.Minute
}

// The faults that an engine has to get round, in the words in which they are asked for.
func TestTheCatalogueIsComplete(t *testing.T) {
	for words, fault := range map[string]Fault{
		"refused":                          Refused,
		"reset before the request":         ResetBefore,
		"reset after the request":          ResetAfter,
		"accept and never answer":          Silent,
		"headers then silence":             HeadersThenSilence,
		"8 KB then silence":                SilenceAfter8K,
		"16 KB then silence":               SilenceAfter16K,
		"10 B/s":                           Trickle,
		"128 kbit/s":                       Throttled,
		"block page 200 with CORS":         Block200,
		"block page 200 without CORS":      Block200NoCORS,
		"block page 403 with CORS":         Block403,
		"block page 403 without CORS":      Block403NoCORS,
		"block page 451 with CORS":         Block451,
		"block page 451 without CORS":      Block451NoCORS,
		"redirect to a block page":         Redirect,
		"503":                              Unavailable,
		"cut by the end of the connection": Cut,
		"a Content-Length that lies":       CutLength,
		"altered":                          Altered,
		"another article":                  Another,
		"a signature that is gone":         Stripped,
		"a hint at roots that lies":        FalseRoot,
		"data without end":                 Endless,
		"an older revision":                Older,
		"gzip bomb":                        GzipBomb,
		"no CORS header":                   NoCORS,
		"1 s latency":                      Slow,
		"10 % of connections dropped":      DropTenth,
	} {
		require.Contains(t, Faults(), fault, words)
	}
	require.Equal(t, time.Second, realPace.late)
	require.Equal(t, 100*time.Millisecond, realPace.tick, "the pace of Trickle and Throttled is a piece each tick")
}

func TestEveryFaultIsDescribed(t *testing.T) {
	require.Equal(t, Healthy, Faults()[0])
	described := make(map[string]bool)
	for _, fault := range Faults() {
		text := fault.Description()
		require.NotEmpty(t, text, fault)
		require.NotContains(t, text, "\n")
		described[text] = true
		parsed, err := ParseFault(string(fault))
		require.NoError(t, err)
		require.Equal(t, fault, parsed)
	}
	require.Len(t, described, len(Faults()), "two faults have the same description")
}

func TestUnknownFaults(t *testing.T) {
	_, err := ParseFault("broken")
	require.ErrorContains(t, err, `fault: "broken" is unknown: use one of healthy refused`)
	require.Empty(t, Fault("broken").Description())
	s := startQuick(t)
	require.NoError(t, s.SetFault(Block451))
	require.Error(t, s.SetFault("broken"))
	require.ErrorContains(t, s.SetFaultFor("[", Silent), `pattern "["`)
	require.Equal(t, Block451, s.Fault(), "an error changes nothing")
}

func TestAFaultTakesEffectOnConnectionsThatAreOpen(t *testing.T) {
	s, c := startQuick(t), client(t)
	require.NoError(t, get(t, c, s.URL()+"/1", time.Minute).err)
	for _, fault := range []Fault{ResetAfter, ResetBefore, Refused} {
		require.NoError(t, s.SetFault(fault))
		require.Error(t, get(t, c, s.URL()+"/2", time.Minute).err, fault)
		require.NoError(t, s.SetFault(Healthy))
		require.NoError(t, get(t, c, s.URL()+"/3", time.Minute).err, fault)
	}
}

func TestAFaultForSomePathsLeavesTheOthersHealthy(t *testing.T) {
	for _, fault := range []Fault{Refused, ResetBefore, Block451} {
		s, c := startQuick(t), client(t)
		require.NoError(t, s.SetFaultFor("*.json", fault))
		require.Equal(t, 200, get(t, c, s.URL()+"/i/bridge.jpg", time.Minute).status)
		require.NotEqual(t, 200, get(t, c, s.URL()+"/a/river.json?x=1", time.Minute).status)
		require.NoError(t, s.SetFault(Block403))
		require.Equal(t, 403, get(t, c, s.URL()+"/i/bridge.jpg", time.Minute).status, "without a pattern it is for all")
	}
}

func TestEveryTenthConnectionIsDropped(t *testing.T) {
	s := startQuick(t)
	require.NoError(t, s.SetFault(DropTenth))
	for i := 1; i <= 20; i++ {
		spare, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
		require.NoError(t, err)
		defer spare.Close() // nothing comes on it, so that it is not counted
		c := client(t)
		first, second := get(t, c, s.URL()+"/", time.Minute).err, get(t, c, s.URL()+"/", time.Minute).err
		require.Equal(t, i%10 == 0, first != nil, "connection %d", i)
		require.NoError(t, second, "one that was spared stays, and the next one is")
		if i == 10 {
			require.ErrorIs(t, first, syscall.ECONNRESET)
			i++ // the second request was on a connection of its own
		}
	}
	require.NoError(t, s.SetFaultFor("*.json", DropTenth))
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for i := 1; i <= 20; i++ {
		require.NoError(t, get(t, c, s.URL()+"/i/bridge.jpg", time.Minute).err)
		dropped := get(t, c, s.URL()+"/a/river.json", time.Minute).err != nil
		require.Equal(t, i%10 == 0, dropped, "request %d", i)
	}
}

func TestARedirectLeadsToABlockPage(t *testing.T) {
	s := startQuick(t)
	require.NoError(t, s.SetFault(Redirect))
	c := client(t)
	c.CheckRedirect = nil
	require.Equal(t, blockPageHTML, string(get(t, c, s.URL()+"/a/river.json", time.Minute).body))
}

func TestTheBombIsSmallOnTheWire(t *testing.T) {
	require.Less(t, len(bomb()), 70<<10)
	unpacked, err := gzip.NewReader(bytes.NewReader(bomb()))
	require.NoError(t, err)
	n, err := io.Copy(io.Discard, unpacked)
	require.NoError(t, err)
	require.EqualValues(t, 64<<20, n)
}

func TestShortAnswersPassTheCurtain(t *testing.T) {
	short := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "short") })
	s, err := start("127.0.0.1:0", short, quick)
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, s.SetFault(SilenceAfter16K))
	answer := get(t, client(t), s.URL(), time.Minute)
	require.NoError(t, answer.bodyErr)
	require.Equal(t, "short", string(answer.body))
}

func TestRequestsAreCounted(t *testing.T) {
	s := startQuick(t)
	c := client(t)
	before := time.Now()
	get(t, c, s.URL()+"/a?b=c", time.Minute)
	require.NoError(t, s.SetFault(Refused))
	c.CloseIdleConnections()
	get(t, c, s.URL()+"/never-read", time.Minute)
	requests := s.Requests()
	require.Len(t, requests, 1)
	require.Equal(t, "/a?b=c", requests[0].Path)
	require.Equal(t, strings.TrimPrefix(s.URL(), "http://"), requests[0].Host)
	require.WithinRange(t, requests[0].Time, before, time.Now())
	require.GreaterOrEqual(t, s.Connections(), 2, "refused connections count")
	s.Reset()
	require.Empty(t, s.Requests())
	require.Zero(t, s.Connections())
}

func TestCloseReleasesWhatHangs(t *testing.T) {
	for _, fault := range []Fault{Silent, HeadersThenSilence, Trickle, Slow} {
		t.Run(string(fault), func(t *testing.T) {
			s, err := start("127.0.0.1:0", http.HandlerFunc(tree), pace{late: time.Hour, tick: time.Hour})
			require.NoError(t, err)
			require.NoError(t, s.SetFault(fault))
			ended := make(chan error)
			go func() {
				response, err := http.Get(s.URL())
				if err == nil {
					_, err = io.ReadAll(response.Body)
					response.Body.Close()
				}
				ended <- err
			}()
			require.Eventually(t, func() bool { return len(s.Requests()) == 1 }, 5*time.Second, time.Millisecond)
			require.NoError(t, s.Close())
			require.Error(t, <-ended)
			_, err = net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
			require.Error(t, err, "the port must be free")
			require.NoError(t, s.Close(), "closing twice does no harm")
		})
	}
}

func TestStart(t *testing.T) {
	tree := http.HandlerFunc(tree)
	_, err := Start("0.0.0.0:0", tree)
	require.ErrorContains(t, err, `"0.0.0.0:0" is not a loopback address: use localhost and a port`)
	_, err = Start(":0", tree)
	require.Error(t, err)
	s, err := Start("localhost:0", tree)
	require.NoError(t, err)
	defer s.Close()
	require.Regexp(t, `^http://localhost:[0-9]+$`, s.URL())
	require.Equal(t, Healthy, s.Fault())
	_, err = Start(strings.TrimPrefix(s.URL(), "http://"), tree)
	require.ErrorIs(t, err, syscall.EADDRINUSE)
}

func TestAlter(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"the longest text", `{"a":"one two","b":"three four five"}`, `{"a":"one two","b":"three not four five"}`},
		{"not within a tag", `{"a":"<p class=\"x y\">one two three</p>"}`, `{"a":"<p class=\"x y\">one not two three</p>"}`},
		{"after escapes", `{"a":"\"\u0645\u0627 \\ two"}`, `{"a":"\"\u0645\u0627 not \\ two"}`},
		{"not a hash", `{"hash":"0123456789abcdef0123456789abcdef","a":"one two"}`, `{"hash":"0123456789abcdef0123456789abcdef","a":"one not two"}`},
		{"no text at all", `{"a":1}`, `{"a":1} `},
		{"not JSON", `"open`, `"open `},
		{"a picture", "\xff\xd8\xff\xe0", "\xff\xd8\xfe\xe0"},
		{"a picture with a text in it", "\xff\xd8 \"one two\"", "\xff\xd8 \"ond two\""},
		{"nothing", "", " "},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := []byte(test.body)
			require.Equal(t, test.want, string(alter(body)))
			require.Equal(t, test.body, string(body), "the original stays as it is")
		})
	}
}

// An altered document is other bytes and still JSON.
func FuzzAlter(f *testing.F) {
	f.Add(document)
	f.Add([]byte(`["\\", "a \" b c"]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		changed := alter(body)
		require.NotEqual(t, string(body), string(changed))
		if json.Valid(body) {
			require.True(t, json.Valid(changed), "%q", changed)
		}
	})
}
