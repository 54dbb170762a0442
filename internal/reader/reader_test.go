package reader_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/mirror"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

const (
	src     = "https://news.example/a/river.json"
	mirrors = "https://m1.example.net/ https://m2.example.org/p/"

	page    = `{"version":"byway-article/1","id":"urn:x:river","headline":"The river","url":"https://news.example/river","dateModified":"2031-04-17T06:30:00Z"}`
	newer   = `{"version":"byway-article/1","id":"urn:x:river","headline":"The river rises","url":"https://news.example/river","dateModified":"2031-04-18T06:30:00Z"}`
	another = `{"version":"byway-article/1","id":"urn:x:hill","headline":"The hill"}`
	block   = `<!doctype html><title>Not available</title>`
)

// network answers by host, or by host and path where there is such an entry. An entry is a body, "!" for no answer, "?"
// for silence, or a status such as "404".
type network struct {
	mu      sync.Mutex
	answers map[string]string
	delay   time.Duration // of each answer
	asked   []string      // hosts
	urls    []string
}

func (n *network) Fetch(ctx context.Context, address string) (*mirror.Response, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	n.asked, n.urls = append(n.asked, u.Host), append(n.urls, address)
	answer, found := n.answers[u.Host+u.Path]
	if !found {
		answer = n.answers[u.Host]
	}
	delay := n.delay
	n.mu.Unlock()
	time.Sleep(delay) // of the bubble's time
	var status int
	switch {
	case answer == "!":
		return nil, errors.New("no answer")
	case answer == "?":
		<-ctx.Done()
		return nil, ctx.Err()
	case len(answer) == 3:
		_, err := fmt.Sscan(answer, &status)
		return &mirror.Response{Status: status, Body: io.NopCloser(strings.NewReader(""))}, err
	}
	return &mirror.Response{Status: 200, Body: io.NopCloser(strings.NewReader(answer))}, nil
}

func (n *network) set(host, answer string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.answers[host] = answer
}

func (n *network) takeAsked() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	asked := n.asked
	n.asked = nil
	return asked
}

// memory is a reader.Memory that can fail.
type memory struct {
	mu     sync.Mutex
	record []byte // that of all publishers
	proofs map[string]string
	err    error
	delay  time.Duration // of the next update
}

func (m *memory) Load(_ context.Context, name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if name != "publishers" {
		return []byte(m.proofs[name]), m.err
	}
	return m.record, m.err
}

func (m *memory) Update(_ context.Context, name string, change func([]byte) []byte) error {
	m.mu.Lock()
	delay := m.delay
	m.delay = 0
	m.mu.Unlock()
	time.Sleep(delay) // of the bubble's time
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.err != nil:
	case name == "publishers":
		m.record = change(m.record)
	default:
		if m.proofs == nil {
			m.proofs = map[string]string{}
		}
		m.proofs[name] = string(change([]byte(m.proofs[name])))
	}
	return m.err
}

// stored is the record of all publishers.
func (m *memory) stored() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return string(m.record)
}

func (m *memory) Forget(context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.record, m.proofs = nil, nil
	return m.err
}

// desk is a reader at work, with all that it said.
type desk struct {
	*reader.Reader
	net    *network
	memory *memory

	mu     sync.Mutex
	states []reader.State
	online func() bool
}

// setOnline says what the device knows of its network from now on.
func (d *desk) setOnline(online func() bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.online = online
}

// takeStates gives what was said since it was last called.
func (d *desk) takeStates() []reader.State {
	d.mu.Lock()
	defer d.mu.Unlock()
	states := d.states
	d.states = nil
	return states
}

func (d *desk) isOnline() bool {
	d.mu.Lock()
	online := d.online
	d.mu.Unlock()
	return online()
}

// read starts a reader and waits until it rests. It must be called in a synctest bubble.
func read(t *testing.T, c reader.Config, n *network, m *memory) *desk {
	t.Helper()
	d := start(t, c, n, m)
	d.settle()
	return d
}

// start starts a reader, of the usual article where the configuration names none.
func start(t *testing.T, c reader.Config, n *network, m *memory) *desk {
	t.Helper()
	if c.Src == "" {
		c.Src, c.Mirrors = src, mirrors
	}
	if m == nil {
		m = &memory{}
	}
	d := &desk{net: n, memory: m, online: func() bool { return true }}
	d.begin(t, c, reader.Ports{Fetcher: n, Memory: m, Online: d.isOnline})
	return d
}

// begin has a desk read.
func (d *desk) begin(t *testing.T, c reader.Config, p reader.Ports) {
	t.Helper()
	d.Reader = reader.New(c, p, func(s reader.State) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.states = append(d.states, s)
	})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); d.Run(ctx) }()
	t.Cleanup(func() { stop(); <-done })
}

// settle waits until nothing is under way, silence and its time limits included.
func (d *desk) settle() {
	synctest.Wait()
	for range 600 {
		if s := d.State(); !s.Busy && (s.Article != nil || s.Problem != nil) {
			return
		}
		time.Sleep(100 * time.Millisecond) // of the bubble's time
		synctest.Wait()
	}
}

func answers(primary, m1, m2 string) *network {
	return &network{answers: map[string]string{"news.example": primary, "m1.example.net": m1, "m2.example.org": m2}}
}

func TestReading(t *testing.T) {
	sum := sha256.Sum256([]byte(page))
	pin := "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
	for _, c := range []struct {
		name    string
		config  reader.Config
		net     *network
		offline bool
		phase   reader.Phase
		source  string
		proof   reader.Proof
		kind    reader.ProblemKind
	}{
		{"the first address delivers", reader.Config{}, answers(page, page, page), false, reader.Ready, "news.example", reader.None, ""},
		{"the first refuses, the second delivers", reader.Config{}, answers("!", page, page), false, reader.Ready, "m1.example.net", reader.None, ""},
		{"the first is silent, the second delivers", reader.Config{}, answers("?", page, page), false, reader.Ready, "m1.example.net", reader.None, ""},
		{"a block page with status 200 is not the article", reader.Config{}, answers(block, page, page), false, reader.Ready, "m1.example.net", reader.None, ""},
		{"an empty answer is not the article", reader.Config{}, answers("", page, page), false, reader.Ready, "m1.example.net", reader.None, ""},
		{"an answer cut short is not the article", reader.Config{}, answers(page[:60], page, page), false, reader.Ready, "m1.example.net", reader.None, ""},
		{"bytes with the right hash are pinned", reader.Config{Integrity: pin}, answers(page, page, page), false, reader.Ready, "news.example", reader.Pinned, ""},
		{"bytes with another hash are passed over", reader.Config{Integrity: pin}, answers(newer, newer, page), false, reader.Ready, "m2.example.org", reader.Pinned, ""},
		{"a block page is no altered copy", reader.Config{Integrity: pin}, answers(block, page[:60], block), false, reader.Blocked, "", reader.None, reader.NoAddressAnswered},
		{"no address has the bytes with the hash", reader.Config{Integrity: pin}, answers(newer, newer, newer), false, reader.Refused, "", reader.None, reader.NotTheSame},
		{"no address answers", reader.Config{}, answers("!", "?", "503"), false, reader.Blocked, "", reader.None, reader.NoAddressAnswered},
		{"every address answers with a block page", reader.Config{}, answers(block, block, block), false, reader.Blocked, "", reader.None, reader.NoAddressAnswered},
		{"every address is without it", reader.Config{}, answers("404", "404", "410"), false, reader.Blocked, "", reader.None, reader.NotFound},
		{"the device is offline", reader.Config{}, answers("!", "!", "!"), true, reader.Offline, "", reader.None, reader.DeviceOffline},
		{"a WordPress error is no article", reader.Config{}, answers(`{"code":"rest_post_invalid_id","message":"Invalid post ID.","data":{"status":404}}`, "!", "!"), false, reader.Refused, "", reader.None, reader.NotAnArticle},
		{"a key is none", reader.Config{Src: src, Key: "news.example/root1+00000000+AAAA"}, answers(page, page, page), false, reader.Refused, "", reader.None, reader.BadConfiguration},
		{"src is no address", reader.Config{Src: "javascript:alert(1)"}, answers(page, page, page), false, reader.Refused, "", reader.None, reader.BadConfiguration},
		{"src is not encrypted", reader.Config{Src: "http://news.example/a.json"}, answers(page, page, page), false, reader.Refused, "", reader.None, reader.BadConfiguration},
		{"format is none that there is", reader.Config{Src: src, Mirrors: mirrors, Format: "newsml"}, answers(page, page, page), false, reader.Refused, "", reader.None, reader.BadConfiguration},
		{"integrity is of a kind that is not checked", reader.Config{Src: src, Integrity: "sha512-AAAA"}, answers(page, page, page), false, reader.Refused, "", reader.None, reader.BadConfiguration},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if c.config.Integrity == pin {
					c.config.Src, c.config.Mirrors = src, mirrors
				}
				d := start(t, c.config, c.net, nil)
				d.setOnline(func() bool { return !c.offline })
				d.settle()
				s := d.State()
				require.Equal(t, c.phase, s.Phase, "%+v", s.Problem)
				require.Equal(t, c.source, s.Source)
				require.Equal(t, c.proof, s.Proof)
				require.False(t, s.Busy)
				if c.kind == "" {
					require.Nil(t, s.Problem)
					require.Equal(t, "The river", s.Article.Headline)
				} else {
					require.Equal(t, c.kind, s.Problem.Kind, s.Problem.Detail)
					require.Nil(t, s.Article)
				}
			})
		})
	}
}
