package reader

import (
	"encoding/base64"
	"fmt"
	"strings"

	"byway/internal/sha256"
)

// parseIntegrity reads the attribute of the same name: one SHA-256 hash as Subresource Integrity writes it, nothing
// where there is none. A hash of another kind is an error: to ignore it would be to show unchecked what was meant to be
// checked.
func parseIntegrity(s string) ([]byte, error) {
	if s = strings.TrimSpace(s); s == "" {
		return nil, nil
	}
	encoded, ok := strings.CutPrefix(s, "sha256-")
	hash, err := base64.StdEncoding.DecodeString(encoded)
	if !ok || err != nil || len(hash) != sha256.Size {
		return nil, fmt.Errorf(`integrity: %q is not "sha256-" and a hash in base64: write the one that "openssl dgst -sha256 -binary FILE | base64" prints`, s)
	}
	return hash, nil
}
