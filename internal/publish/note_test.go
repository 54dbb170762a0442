package publish

import (
	"bytes"
	"crypto/ed25519"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"byway/internal/trust"
)

// signerOf is a key that is the same every time.
func signerOf(name string, seed byte) Signer {
	return Signer{name, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, 32))}
}

// The notes that the format's description gives are reproduced to the byte.
func TestNotesAreThoseOfTheDescription(t *testing.T) {
	for _, c := range []struct {
		file string
		by   []Signer
	}{
		{"root.note", []Signer{signerOf("publisher.example/root1", 1), signerOf("publisher.example/root2", 2)}},
		{"feed.note", []Signer{signerOf("publisher.example/feed1", 3)}},
	} {
		data, err := os.ReadFile("../trust/testdata/" + c.file)
		require.NoError(t, err)
		text, _, found := strings.Cut(string(data), "\n\n")
		require.True(t, found)
		require.Equal(t, string(data), string(Sign(text+"\n", c.by...)))
	}
}

func TestKeysAndNotesAreThoseOfSumdb(t *testing.T) {
	ours, err := NewSigner("news.example/root1")
	require.NoError(t, err)
	theirs, err := note.NewSigner(ours.Private())
	require.NoError(t, err)
	verifier, err := note.NewVerifier(ours.Public())
	require.NoError(t, err)

	signed, err := note.Sign(&note.Note{Text: "a line\n"}, theirs)
	require.NoError(t, err)
	require.Equal(t, string(signed), string(Sign("a line\n", ours)))
	opened, err := note.Open(Sign("a line\n", ours), note.VerifierList(verifier))
	require.NoError(t, err)
	require.Equal(t, "a line\n", opened.Text)

	private, public, err := note.GenerateKey(nil, "news.example/feed1")
	require.NoError(t, err)
	read, err := ParseSigner(private)
	require.NoError(t, err)
	require.Equal(t, []string{public, private, "news.example/feed1"}, []string{read.Public(), read.Private(), read.Name()})
	key, err := trust.ParseKey(read.Public())
	require.NoError(t, err)
	_, _, err = trust.Open(Sign("a line\n", read), []trust.Key{key})
	require.NoError(t, err)
}

func TestWhatIsNoPrivateKeyIsRefusedWithoutBeingShown(t *testing.T) {
	good := signerOf("news.example/root1", 7).Private()
	for name, s := range map[string]string{
		"nothing":             "",
		"a public key":        signerOf("news.example/root1", 7).Public(),
		"cut short":           good[:len(good)-4],
		"another name":        strings.Replace(good, "root1", "root2", 1),
		"another algorithm":   strings.Replace(good, "+AQ", "+Ag", 1),
		"a line end after it": good + "\n",
		"a name with a space": signerOf("news example", 7).Private(),
	} {
		_, err := ParseSigner(s)
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), "BwcHBw", name)
	}
}
