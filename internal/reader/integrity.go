package reader

import (
	"crypto/sha256"
	"errors"
	"strings"
)

// parseIntegrity reads the attribute of the same name: one SHA-256 hash as Subresource Integrity writes it, nothing
// where there is none. A hash of another kind is an error: to ignore it would be to show unchecked what was meant to be
// checked.
func parseIntegrity(s string) (string, error) {
	s = strings.TrimSpace(s)
	hash, ok := strings.CutPrefix(s, "sha256-")
	if s == "" || ok && len(hash) == hashLength && strings.Trim(hash[:hashLength-1], alphabet) == "" && hash[hashLength-1] == '=' {
		return s, nil
	}
	return "", errors.New(`integrity: "` + s + `" is not "sha256-" and a hash in base64: write the one that "openssl dgst -sha256 -binary FILE | base64" prints`)
}

// integrityOf is what the attribute has to say of these bytes.
func integrityOf(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha256-" + base64(sum[:])
}

// alphabet is that of base64, RFC 4648 §4.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// hashLength is that of a SHA-256 in base64.
const hashLength = 44

// base64 writes 32 bytes, or any number that leaves two after the threes. Package encoding/base64 weighs 3 kB more.
func base64(b []byte) string {
	var out strings.Builder
	for len(b) >= 3 {
		out.WriteString(sextets(b[0], b[1], b[2]))
		b = b[3:]
	}
	return out.String() + sextets(b[0], b[1], 0)[:3] + "="
}

func sextets(a, b, c byte) string {
	n := int(a)<<16 | int(b)<<8 | int(c)
	return string([]byte{alphabet[n>>18], alphabet[n>>12&63], alphabet[n>>6&63], alphabet[n&63]})
}
