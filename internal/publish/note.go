package publish

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"byway/internal/trust"
)

// algEd25519 stands before the bytes of every Ed25519 key: https://c2sp.org/signed-note, "Signatures".
const algEd25519 = 1

// privatePrefix begins every private key as golang.org/x/mod/sumdb/note writes it.
const privatePrefix = "PRIVATE+KEY+"

var errSigner = errors.New(`not a private key: give a file that "byway keygen" wrote`)

// Signer is a private key with a name, as C2SP signed notes use it.
type Signer struct {
	name    string
	private ed25519.PrivateKey
}

// NewSigner makes a key that nobody has had.
func NewSigner(name string) (Signer, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	return Signer{name, private}, err
}

// ParseSigner reads "PRIVATE+KEY+name+hash+key". Its errors never hold any of the text, which is a secret.
func ParseSigner(s string) (Signer, error) {
	rest, private := strings.CutPrefix(s, privatePrefix)
	parts := strings.Split(rest, "+")
	if !private || len(parts) < 3 {
		return Signer{}, errSigner
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(parts[2:], "+")) // base64 has plus signs of its own
	if err != nil || len(data) != 1+ed25519.SeedSize || data[0] != algEd25519 {
		return Signer{}, errSigner
	}
	k := Signer{parts[0], ed25519.NewKeyFromSeed(data[1:])}
	if k.text(privatePrefix, data) != s {
		return Signer{}, errSigner
	}
	_, err = trust.ParseKey(k.Public())
	return k, err
}

// Name is who the key says it is of: "news.example/root1".
func (k Signer) Name() string { return k.name }

func (k Signer) is(other Signer) bool { return k.Public() == other.Public() }

// Public is the key that verifies, as pages pin it. Everybody may have it.
func (k Signer) Public() string { return k.text("", k.encoded()) }

// Private is what ParseSigner reads. Nobody else may have it.
func (k Signer) Private() string {
	return k.text(privatePrefix, append([]byte{algEd25519}, k.private.Seed()...))
}

func (k Signer) text(prefix string, data []byte) string {
	return fmt.Sprintf("%s%s+%x+%s", prefix, k.name, k.id(), base64.StdEncoding.EncodeToString(data))
}

func (k Signer) encoded() []byte {
	return append([]byte{algEd25519}, k.private.Public().(ed25519.PublicKey)...)
}

func (k Signer) id() []byte {
	sum := sha256.Sum256(append([]byte(k.name+"\n"), k.encoded()...))
	return sum[:4]
}

// Sign writes a signed note. The text ends with a newline.
func Sign(text string, by ...Signer) []byte {
	out := text + "\n"
	for _, k := range by {
		signature := append(k.id(), ed25519.Sign(k.private, []byte(text))...)
		out += "— " + k.name + " " + base64.StdEncoding.EncodeToString(signature) + "\n"
	}
	return []byte(out)
}
