package reader

import (
	standard "crypto/sha256"
	encoding "encoding/base64"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestIntegrityIsWrittenAsTheStandardLibraryWritesIt(t *testing.T) {
	for n := range 300 {
		body := make([]byte, n)
		for i := range body {
			body[i] = byte(i * n)
		}
		sum := standard.Sum256(body)
		require.Equal(t, "sha256-"+encoding.StdEncoding.EncodeToString(sum[:]), integrityOf(body))
	}
}

func TestIntegrityIsReadStrictly(t *testing.T) {
	good := integrityOf(nil)
	for s, want := range map[string]bool{
		"": true, " ": true, good: true, " " + good + "\n": true,
		good[:50]: false, good + "=": false, good + " " + good: false, "sha512-" + good[7:]: false, good[7:]: false,
		"sha256-" + good[8:] + "A": false, "sha256-!" + good[8:]: false, "md5-x": false,
	} {
		_, err := parseIntegrity(s)
		require.Equal(t, want, err == nil, "%q: %v", s, err)
	}
}
