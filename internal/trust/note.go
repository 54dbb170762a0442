package trust

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxSignatures is how many signatures a note may have, of known keys and others.
const maxSignatures = 100

var errMalformed = errors.New("not a signed note")

// UnsignedError says that none of the known keys signed a note that is well formed otherwise. It is an ErrBadSignature.
type UnsignedError struct {
	Text string // of the note; anybody can have written it
}

func (e *UnsignedError) Error() string {
	return ErrBadSignature.Error() + ": by none of the keys that count"
}

func (e *UnsignedError) Unwrap() error { return ErrBadSignature }

// Open gives the text of a signed note and which of the keys signed it: at least one, each once. Signatures by other
// keys are ignored. One wrong signature by a known key is an ErrBadSignature, whatever else the note has; no signature
// by a known key is an *UnsignedError.
func Open(note []byte, keys []Key) (text string, by []Key, err error) {
	text, signatures, err := split(string(note))
	if err != nil {
		return "", nil, err
	}
	for _, s := range signatures {
		i := slices.IndexFunc(keys, s.isOf)
		if i < 0 || slices.Contains(by, keys[i]) {
			continue
		}
		if !ed25519.Verify(keys[i].public[:], []byte(text), s.value) {
			return "", nil, fmt.Errorf("%w: the signature by %s is wrong", ErrBadSignature, keys[i].name)
		}
		by = append(by, keys[i])
	}
	if by == nil {
		return "", nil, &UnsignedError{text}
	}
	return text, by, nil
}

// signature is one line under a note. It proves nothing before it was checked.
type signature struct {
	name  string
	id    [4]byte
	value []byte
}

func (s signature) isOf(k Key) bool { return s.name == k.name && s.id == k.id }

// split parts a note at its last empty line. Its text ends with the newline that is signed with it.
func split(note string) (text string, all []signature, err error) {
	if !utf8.ValidString(note) || strings.ContainsFunc(note, isControl) {
		return "", nil, fmt.Errorf("%w: control characters or no UTF-8", errMalformed)
	}
	end := strings.LastIndex(note, "\n\n")
	if end < 0 || !strings.HasSuffix(note, "\n") {
		return "", nil, fmt.Errorf("%w: no signature under an empty line", errMalformed)
	}
	for rest := note[end+2:]; rest != ""; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		s, ok := parseSignature(line)
		if !ok || len(all) == maxSignatures {
			return "", nil, fmt.Errorf("%w: what should be a signature is none, or there are more than %d", errMalformed, maxSignatures)
		}
		all = append(all, s)
	}
	if all == nil {
		return "", nil, fmt.Errorf("%w: no signature under the empty line", errMalformed)
	}
	return note[:end+1], all, nil
}

func isControl(r rune) bool { return r < ' ' && r != '\n' }

// parseSignature reads "— name base64", where four bytes of the key's hash come before the signature.
func parseSignature(line string) (s signature, ok bool) {
	line, dash := strings.CutPrefix(line, "— ")
	name, encoded, _ := strings.Cut(line, " ")
	data, ok := decodeBase64(encoded)
	if !ok || !dash || !isName(name) || len(data) < 5 {
		return signature{}, false
	}
	s = signature{name: name, value: data[4:]}
	copy(s.id[:], data)
	return s, true
}
