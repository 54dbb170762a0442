package trust

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// signer is a private key. Those of the same name and seed are the same.
type signer struct {
	name    string
	private ed25519.PrivateKey
}

func newSigner(name string, seed byte) signer {
	return signer{"publisher.example/" + name, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, 32))}
}

var (
	root1, root2, root3 = newSigner("root1", 1), newSigner("root2", 2), newSigner("root3", 5)
	feed1, feed2        = newSigner("feed1", 3), newSigner("feed2", 4)
	stranger            = newSigner("stranger", 9)
)

func (s signer) encoded() []byte {
	return append([]byte{algEd25519}, s.private.Public().(ed25519.PublicKey)...)
}

func (s signer) id() []byte {
	sum := sha256.Sum256(append([]byte(s.name+"\n"), s.encoded()...))
	return sum[:4]
}

func (s signer) String() string {
	return s.name + "+" + hex.EncodeToString(s.id()) + "+" + base64.StdEncoding.EncodeToString(s.encoded())
}

func (s signer) key() Key {
	k, err := ParseKey(s.String())
	if err != nil {
		panic(err)
	}
	return k
}

// line is one signature of a text.
func (s signer) line(text string) string {
	return "— " + s.name + " " + base64.StdEncoding.EncodeToString(append(s.id(), ed25519.Sign(s.private, []byte(text))...)) + "\n"
}

func sign(text string, by ...signer) []byte {
	out := text + "\n"
	for _, s := range by {
		out += s.line(text)
	}
	return []byte(out)
}

// members are those of a document. What a case changes replaces what is usual; nil takes a member out.
type members map[string]any

func (m members) with(change members) members {
	out := maps.Clone(m)
	maps.Copy(out, change)
	maps.DeleteFunc(out, func(_ string, v any) bool { return v == nil })
	return out
}

func (m members) text(kind string) string {
	data, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return kind + "\n" + string(data) + "\n"
}

var now = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// usualRoot is version 1; usualFeed is version 10 under it.
var usualRoot = members{
	"site": "publisher.example", "version": 1, "epoch": 1, "expires": "2027-08-22T00:00:00Z",
	"root_keys": []string{root1.String()}, "root_threshold": 1, "feed_keys": []string{feed1.String()},
	"mirrors": []members{{"base": "https://publisher.example/", "prio": 0}, {"base": "https://m1.example.net/p/", "prio": 1}},
}

var usualFeed = members{
	"site": "publisher.example", "epoch": 1, "version": 10, "root": 1,
	"issued": "2026-08-22T10:00:00Z", "expires": "2026-09-05T10:00:00Z",
	"items": []members{itemOf("2026/08/river", river), itemOf("2026/08/tide", tide)},
}

const (
	river = `{"id":"2026/08/river","headline":"The river"}`
	tide  = `{"id":"2026/08/tide","headline":"The tide"}`
)

func itemOf(path, body string) members {
	sum := sha256.Sum256([]byte(body))
	return members{"p": path, "h": hex.EncodeToString(sum[:]), "n": len(body)}
}

func rootNote(change members, by ...signer) []byte {
	return sign(usualRoot.with(change).text(rootKind), by...)
}

func feedNote(change members, by ...signer) []byte {
	return sign(usualFeed.with(change).text(feedKind), by...)
}

// rotated is root 2: the thief has feed1, so feed2 takes its place and a new epoch begins.
func rotated() []byte {
	return rootNote(members{"version": 2, "epoch": 2, "feed_keys": []string{feed2.String()}}, root1)
}

// begin is a reader on whose page the usual root is pinned.
func begin(t *testing.T) *State {
	t.Helper()
	return beginWith(t, Anchor{Root: rootNote(nil, root1)})
}

func beginWith(t *testing.T, a Anchor) *State {
	t.Helper()
	s, err := Start(a, nil)
	require.NoError(t, err)
	return s
}

// refusedFeed holds that a note is refused for a reason and that it leaves nothing behind.
func refusedFeed(t *testing.T, s *State, note []byte, reason error) {
	t.Helper()
	before := s.Bytes()
	f, err := s.AcceptFeed(note, now)
	require.ErrorIs(t, err, reason)
	require.True(t, strings.HasPrefix(err.Error(), "feed: "), err)
	require.Zero(t, f)
	require.Equal(t, before, s.Bytes())
}

func refusedRoot(t *testing.T, s *State, note []byte, reason error) {
	t.Helper()
	before := s.Bytes()
	err := s.AcceptRoot(note)
	require.ErrorIs(t, err, reason)
	require.True(t, strings.HasPrefix(err.Error(), "root: "), err)
	require.Equal(t, before, s.Bytes())
}

func acceptFeed(t *testing.T, s *State, note []byte) Feed {
	t.Helper()
	f, err := s.AcceptFeed(note, now)
	require.NoError(t, err)
	kept, ok := s.Feed()
	require.True(t, ok)
	require.Equal(t, f, kept)
	return f
}
