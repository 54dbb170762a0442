package decode

import (
	"errors"
	"fmt"

	"byway/internal/tree"
)

// Kind is why a document cannot be shown as an article.
type Kind string

const (
	Empty        Kind = "empty"          // there are no bytes
	HTML         Kind = "html"           // a web page, such as a block page
	NotJSON      Kind = "not-json"       // damaged, cut short, or something else
	NotArticle   Kind = "not-article"    // JSON, but of no format that is read here
	NoHeadline   Kind = "no-headline"    // an article in a known format, without the one thing it must have
	NoSuchFormat Kind = "no-such-format" // Options.Format is no name of a format
)

// Error says why a document cannot be shown as an article, and what to do.
type Error struct {
	Kind   Kind
	Format string // name of the format, where one was asked for or found
	Detail string // what the document is instead
	Err    error  // of package tree, where it is no JSON
}

func (e *Error) Unwrap() error { return e.Err }

// IsDocument reports whether a JSON document came that is no article: the address works but is not an article's.
func (e *Error) IsDocument() bool { return e.Kind == NotArticle || e.Kind == NoHeadline }

func (e *Error) Error() string {
	switch e.Kind {
	case Empty:
		return "article: the document is empty: try another address"
	case HTML:
		return "article: not JSON but HTML, probably a block page or the article's web page: try another address, or give that of its JSON"
	case NotJSON:
		return fmt.Sprintf("article: %v: load it again or try another address", e.Err)
	case NoHeadline:
		return fmt.Sprintf("article: this %s document has no headline: give it one, there is nothing to show without", e.Format)
	case NoSuchFormat:
		return fmt.Sprintf("article: there is no format %q: leave the format out, and it is detected", e.Format)
	}
	if e.Format != "" {
		return fmt.Sprintf("article: not in the format %q, but %s: leave the format out, or give the address of such an article", e.Format, e.Detail)
	}
	return fmt.Sprintf("article: this is %s: give the address of one article, as byway-article/1 or as a WordPress post", e.Detail)
}

func parseError(err error) *Error {
	switch {
	case errors.Is(err, tree.ErrEmpty):
		return &Error{Kind: Empty, Err: err}
	case errors.Is(err, tree.ErrHTML):
		return &Error{Kind: HTML, Err: err}
	}
	return &Error{Kind: NotJSON, Err: err}
}
