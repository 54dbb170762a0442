package trust

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// algEd25519 stands before the bytes of every Ed25519 key.
const algEd25519 = 1

// Key is a public key of Ed25519 with a name, as C2SP signed notes use it. Keys are equal by ==. The zero Key is none.
type Key struct {
	name   string
	id     [4]byte // tells the signatures of this key from others; anybody can make a key with the same
	public [32]byte
	text   string
}

var errKey = errors.New("not a key: copy all of it, a name, eight digits and 44 more signs with + between them")

// ParseKey reads "name+hash+key": the hash in lower-case hexadecimal digits, the key in base64.
func ParseKey(s string) (Key, error) {
	k := Key{text: s}
	name, rest, _ := strings.Cut(s, "+")
	hash, encoded, _ := strings.Cut(rest, "+")
	data, ok := decodeBase64(encoded)
	if !ok || !isName(name) || len(data) != 33 || data[0] != algEd25519 {
		return Key{}, fmt.Errorf("key: %q: %w", s, errKey)
	}
	k.name = name
	copy(k.public[:], data[1:])
	sum := sha256.Sum256(append([]byte(name+"\n"), data...))
	copy(k.id[:], sum[:])
	if hash != fmt.Sprintf("%x", k.id) {
		return Key{}, fmt.Errorf("key: %q: its hash is not %s: copy it again", s, hash)
	}
	return k, nil
}

// Name is who the key says it is of.
func (k Key) Name() string { return k.name }

// String is what ParseKey reads.
func (k Key) String() string { return k.text }

// isName reports whether these can be the name of a key.
func isName(s string) bool {
	return s != "" && utf8.ValidString(s) && !strings.Contains(s, "+") && !strings.ContainsFunc(s, unicode.IsSpace)
}

// decodeBase64 reads RFC 4648 §4 with its padding. Package encoding/base64 weighs 3 kB more.
func decodeBase64(s string) ([]byte, bool) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	digits := strings.TrimRight(s, "=")
	if len(s)%4 != 0 || len(s)-len(digits) > 2 {
		return nil, false
	}
	var out []byte
	var have, bits uint
	for i := range len(digits) {
		sextet := strings.IndexByte(alphabet, digits[i])
		if sextet < 0 {
			return nil, false
		}
		have = have<<6 | uint(sextet)
		if bits += 6; bits >= 8 {
			bits -= 8
			out = append(out, byte(have>>bits))
		}
	}
	return out, true
}
