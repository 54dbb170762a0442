// Package page turns an article, or the state of a reader without one, into a view.
package page

import (
	"time"

	"byway/internal/article"
	"byway/internal/reader"
	"byway/internal/view"
)

// Locale writes dates as a reader reads them. The browser implements it with Intl; Plain is the one for prerendering.
type Locale interface {
	// Date writes a date in full, with the time of day unless it is DateOnly.
	Date(d article.Date) string
	// Ago writes how long before now a moment was: "3 minutes ago".
	Ago(at time.Time) string
	// Seconds writes a duration in seconds: "1.2 s".
	Seconds(d time.Duration) string
}

// Images says when pictures are loaded.
type Images string

const (
	ImagesAuto Images = "auto"
	ImagesTap  Images = "tap" // each after a tap
	ImagesNone Images = "none"
)

// Sharing is what the share button does or has just done.
type Sharing int

const (
	ShareByCopy   Sharing = iota // a click copies the address
	ShareBySystem                // a click opens the system's share sheet
	ShareCopied                  // the address was copied
	ShareSelect                  // neither works: the address stands there to be selected
)

// Options is how a page is to be written.
type Options struct {
	Language     string // of the interface, BCP 47; the nearest table is used, English failing that
	Locale       Locale
	HeadingLevel int             // of the headline, 1 to 6; 0: 2
	Controls     map[string]bool // which parts to show, by their name in the controls attribute; nil: all
	Images       Images
	Tapped       map[string]bool // addresses of pictures that were tapped, with ImagesTap
	Sharing      Sharing
}

// Render gives the view of a state. An article takes all of it; without one it is a notice with what can be done.
func Render(s reader.State, o Options) view.Node {
	panic("to be written")
}
