// Package carry puts one article in one file that opens anywhere: a page of HTML with its pictures in it, which needs no
// network and no script, and beside it what the publisher signed, so that the file can be checked again.
//
// What a browser shows of such a file is the page, and whoever passes a file on can write any page. So there is one page
// for what is signed: Open writes it once more, and not a byte of the file may differ.
package carry

import (
	"errors"
	"fmt"

	"byway/internal/article"
)

// Limits of one file. Base64 takes four bytes for three.
const (
	MaxBytes    = 32 << 20
	MaxPictures = article.MaxImages
	maxEvidence = 1 << 20
	maxList     = 2 << 20
)

// version is that of what Write writes, the look of the page included: a file with another one can be genuine, but
// what a browser shows of it cannot be compared. A test says when to count it up.
const version = "byway-file/2"

// Why a file is refused, where the page has to tell one reason from another. Others are those of package trust.
var (
	// ErrNone is of a file that is something else.
	ErrNone = errors.New("no article that Byway saved: give the file itself, not what a browser saved of it")
	// ErrAltered is of a file that is not as it was saved, by accident or not.
	ErrAltered = errors.New("not as it was signed and saved: do not believe it, and ask for the file again")
)

// File is an article to be carried.
type File struct {
	Article []byte // its JSON, exactly as it was signed, or as it came where nobody signed it
	// Address is where an article that nobody signed came from, for the references in it. Signed ones have none: what
	// is not signed must not lead anywhere.
	Address string
	Path    string // of a signed article, in the feed
	Item    string // id or address of the one that is meant, of a document that holds several; "": the first
	// Evidence is what trust.State.Bytes gave: the notes from the root to the feed. Nil: nobody signed the article.
	Evidence []byte
	List     []byte // of older articles, where the feed names the list and the list the article
	// Pin is the root key that the page pinned. "": it pinned a root note, and the first of Evidence is that.
	Pin string
	// Language is that of the words around the article, BCP 47. "": the article's.
	Language string
	Pictures []Picture // one size of each; what the article does not show is left out
}

// Picture is one whose bytes are in the file.
type Picture struct {
	URL   string // as the article has it
	Type  string // image/jpeg, png, gif, webp or avif
	Bytes []byte
}

// Write gives the file. The same article gives the same bytes. What could not be checked again is an error: evidence
// that does not prove the article, a picture with another hash than the article says, more than MaxBytes.
func (f *File) Write() ([]byte, error) {
	var b buffer
	is, err := f.claim()
	if err == nil {
		_, err = f.write(is, &b)
	}
	if err != nil {
		return nil, fmt.Errorf("save as a file: %w", err)
	}
	return b, nil
}

// buffer is a writer that keeps everything. That of package bytes brings more with it.
type buffer []byte

func (b *buffer) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}
