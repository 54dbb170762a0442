package trust

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
)

func TestParseKey(t *testing.T) {
	k, err := ParseKey("publisher.example/root2+f704438b+AYE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU")
	require.NoError(t, err)
	require.Equal(t, "publisher.example/root2", k.Name())
	require.Equal(t, root2.String(), k.String())
	require.Equal(t, root2.key(), k)
	require.NotEqual(t, root1.key(), k)
}

func TestParseKeyRefuses(t *testing.T) {
	good := root1.String()
	name, rest, _ := strings.Cut(good, "+")
	hash, key, _ := strings.Cut(rest, "+")
	other := newSigner("root1", 2).String()
	for _, c := range []struct{ name, in, says string }{
		{"nothing", "", "not a key"},
		{"a name alone", name, "not a key"},
		{"no key", name + "+" + hash, "not a key"},
		{"no name", "+" + hash + "+" + key, "not a key"},
		{"a space in the name", "a b+" + hash + "+" + key, "not a key"},
		{"a space of another script", "a\u2003b+" + hash + "+" + key, "not a key"},
		{"space around it", " " + good, "not a key"},
		{"a newline behind it", good + "\n", "not a key"},
		{"a newline in it", name + "+" + hash + "+" + key[:20] + "\n" + key[20:], "not a key"},
		{"cut short", good[:len(good)-1], "not a key"},
		{"cut short by whole bytes", good[:len(good)-4], "not a key"},
		{"more behind it", good + "AAAA", "not a key"},
		{"the alphabet of addresses", name + "+" + hash + "+" + key[:20] + "_" + key[21:], "not a key"},
		{"another kind of key", name + "+" + hash + "+" + base64.StdEncoding.EncodeToString(append([]byte{4}, root1.encoded()[1:]...)), "not a key"},
		{"a private key", "PRIVATE+KEY+" + good, "not a key"},
		{"the hash of another key", name + "+" + strings.Split(other, "+")[1] + "+" + key, "its hash is not"},
		{"another name", "publisher.example/root7+" + hash + "+" + key, "its hash is not"},
		{"a hash in capitals", name + "+" + strings.ToUpper(hash) + "+" + key, "its hash is not"},
		{"a longer hash", name + "+0" + hash + "+" + key, "its hash is not"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.NotEqual(t, good, c.in, "the case changes nothing")
			k, err := ParseKey(c.in)
			require.ErrorContains(t, err, c.says)
			require.Zero(t, k)
		})
	}
}

// What is a key here is one to sumdb/note, and the other way round but for spellings that are not the one it writes.
func FuzzKeyIsOneToSumdb(f *testing.F) {
	for _, s := range []signer{root1, root2, feed1, newSigner("ф", 7)} {
		f.Add(s.String())
	}
	f.Add("PRIVATE+KEY+" + root1.String())
	f.Fuzz(func(t *testing.T, s string) {
		k, err := ParseKey(s)
		theirs, theirErr := note.NewVerifier(s)
		if err != nil {
			require.Zero(t, k)
			require.True(t, theirErr != nil || strings.ContainsAny(s, "\r\n") || hasCapitals(strings.Split(s, "+")[1]), s)
			return
		}
		require.NoError(t, theirErr)
		require.Equal(t, theirs.Name(), k.Name())
		require.Equal(t, s, k.String())
	})
}

func hasCapitals(s string) bool { return strings.ToLower(s) != s }

func FuzzBase64IsTheStandardLibrarys(f *testing.F) {
	for _, s := range []string{"", "=", "====", "AA==", "AB==", "AAA=", "AAAA", "A===", "AA=A", "AAAA====", "A-_A", "AAAA=AAA"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := base64.StdEncoding.DecodeString(s)
		got, ok := decodeBase64(s)
		require.Equal(t, err == nil && !strings.ContainsAny(s, "\r\n"), ok)
		if ok {
			require.Equal(t, string(want), string(got))
		}
	})
}
