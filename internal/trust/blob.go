package trust

import (
	"crypto/sha256"
	"errors"
	"fmt"
)

// Blob says which bytes are meant, an article's or a picture's. Nothing is believed of bytes but by their Blob. No
// bytes match the zero Blob.
type Blob struct {
	Hash [sha256.Size]byte
	Size int64 // in bytes
}

// Check reports in an error that these are other bytes: cut short, altered, or another revision.
func (b Blob) Check(body []byte) error {
	switch {
	case int64(len(body)) != b.Size:
		return fmt.Errorf("%d bytes, not the %d that are signed for", len(body), b.Size)
	case sha256.Sum256(body) != b.Hash:
		return errors.New("not the bytes that are signed for")
	}
	return nil
}

// blob reads the members h and n.
func (o object) blob() Blob { return Blob{o.hash("h"), o.whole("n")} }
