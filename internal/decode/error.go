package decode

import (
	"strconv"

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
	NoItem       Kind = "no-item"        // a list of articles without the one that was asked for
	NoSuchFormat Kind = "no-such-format" // Options.Format is no name of a format
)

// Error says why a document cannot be shown as an article, and what to do.
type Error struct {
	Kind   Kind
	Format string // name of the format, where one was asked for or found
	Detail string // what the document is instead, or the item that it lacks
	Hint   string // an item that it has
	Err    error  // of package tree, where it is no JSON
}

func (e *Error) Unwrap() error { return e.Err }

// IsDocument reports whether a JSON document came that is no article: the address works but is not an article's.
func (e *Error) IsDocument() bool {
	return e.Kind == NotArticle || e.Kind == NoHeadline || e.Kind == NoItem
}

func (e *Error) Error() string {
	switch e.Kind {
	case Empty:
		return "article: the document is empty: try another address"
	case HTML:
		return "article: not JSON but HTML, probably a block page or the article's web page: try another address, or give that of its JSON"
	case NotJSON:
		return "article: " + e.Err.Error() + ": load it again or try another address"
	case NoHeadline:
		return "article: this " + e.Format + " document has no headline: give it one, there is nothing to show without"
	case NoItem:
		return "article: this " + e.Format + " document has " + e.lacks()
	case NoSuchFormat:
		return "article: there is no format " + strconv.Quote(e.Format) + ": leave the format out, and it is detected"
	}
	if e.Format != "" {
		return "article: not in the format " + strconv.Quote(e.Format) + ", but " + e.Detail + ": leave the format out, or give the address of such an article"
	}
	return "article: this is " + e.Detail + ": give the address of one article, in a format that is read here"
}

func (e *Error) lacks() string {
	if e.Hint == "" {
		return "no article that is published: load it again later, or try another address"
	}
	return "no article " + quoted(e.Detail, 80) + ": name one by its id or its address, such as " + quoted(e.Hint, 80) + ", or nothing for the first"
}

func parseError(err error) *Error {
	switch err {
	case tree.ErrEmpty:
		return &Error{Kind: Empty, Err: err}
	case tree.ErrHTML:
		return &Error{Kind: HTML, Err: err}
	}
	return &Error{Kind: NotJSON, Err: err}
}
