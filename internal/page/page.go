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

// Keeping is what the buttons that keep an article do, or have done.
type Keeping int

const (
	KeepByClick Keeping = iota // a click saves the article, or writes a file
	KeepBusy                   // that is under way
	KeepFailed                 // it did not work
)

// FileProblem is why a file that somebody opened is not shown.
type FileProblem string

const (
	FileNone      FileProblem = "no-file"      // it is none that Byway saved
	FileAltered   FileProblem = "file-altered" // it is not as it was signed and saved
	FileForeign   FileProblem = "file-foreign" // it is not signed by the page's publisher, nor is it another's
	FileUndatable FileProblem = "file-future"  // it is from the future of this device
)

// File is what came of a file that somebody opened. Where it is shown, the state is that of the article in it.
type File struct {
	Problem  FileProblem // "": it is shown, in the place of the page's own article
	Claimed  bool        // as Options.Claimed, of the file
	Older    bool        // the publisher has published something newer since
	Unsigned int         // how many of its pictures anybody may have replaced
}

// Clearing is what came of removing everything that is kept.
type Clearing int

const (
	ClearByClick Clearing = iota
	Cleared               // nothing is there any more
	ClearFailed           // something may be there still
)

// Options is how a page is to be written.
type Options struct {
	Language     string // of the interface, BCP 47; the nearest table is used, English failing that
	Locale       Locale
	HeadingLevel int             // of the headline, 1 to 6; 0: 2
	Controls     map[string]bool // which parts to show, by their name in the controls attribute; nil: all
	Images       Images
	Tapped       map[string]bool // values of the picture buttons that were tapped, with ImagesTap
	Sharing      Sharing
	Private      bool    // nothing is kept here, so there is nothing to save and to list
	Saving       Keeping // in this browser
	Filing       Keeping // as a file
	Search       string  // what to find among what is kept
	Clearing     Clearing
	Away         bool  // what is shown is not the page's own article: it was opened from what is kept, or from a file
	Claimed      bool  // it was signed by a key that it names itself, and that the page does not know
	File         *File // nil: none was opened
}

// The names of Controls.
const (
	controlAddresses   = "addresses"
	controlShare       = "share"
	controlChannels    = "channels"
	controlAlternates  = "alternates"
	controlRelated     = "related"
	controlBreadcrumbs = "breadcrumbs"
	controlKeep        = "keep"
)

// Render gives the view of a state. An article takes all of it; without one it is a notice with what can be done.
//
// The root and the first levels keep their order from state to state, so that a sink that compares trees position by
// position finds the article, its pictures and the open switch where they were.
func Render(s reader.State, o Options) view.Node {
	r := newRenderer(s, o)
	var content view.Node
	if s.Article != nil {
		content = view.Group(r.above(), r.article(s.Article), r.foot(s.Article))
	} else {
		content = view.Group(r.above(), r.notice())
	}
	return view.El("div class=byway",
		view.Lang(r.words.Language),
		view.Dir(r.words.Dir),
		view.DataState(string(s.Phase)),
		view.AriaBusy(busy(&s)),
		content,
	)
}

func busy(s *reader.State) string {
	if s.Busy || s.Phase == reader.Loading {
		return "true"
	}
	return ""
}

// renderer is what all parts of one page share.
type renderer struct {
	state    reader.State
	options  Options
	words    *Words
	textLang string // of the text around: the article's, or that of the interface outside of it
	textDir  string
	captions int // written so far, to name them apart
}

func newRenderer(s reader.State, o Options) *renderer {
	w := wordsFor(o.Language)
	if o.HeadingLevel == 0 {
		o.HeadingLevel = 2
	}
	r := &renderer{state: s, options: o, words: w, textLang: w.Language, textDir: w.Dir}
	if s.Article != nil {
		r.textLang, r.textDir = s.Article.InLanguage, string(dirOrAuto(s.Article.Dir))
	}
	return r
}

func dirOrAuto(d article.Dir) article.Dir {
	if d == "" {
		return article.AutoDir
	}
	return d
}

func (r *renderer) shows(control string) bool {
	return r.options.Controls == nil || r.options.Controls[control]
}

// heading is the element of a heading so many levels under the headline.
func (r *renderer) heading(under int) view.Tag { return view.Heading(r.options.HeadingLevel + under) }

// own marks words of the interface inside the article, which may be in another language and direction.
func (r *renderer) own(n view.Node) view.Node {
	var lang, dir view.Node
	if r.textLang != r.words.Language {
		lang = view.Lang(r.words.Language)
	}
	if r.textDir != r.words.Dir {
		dir = view.Dir(r.words.Dir)
	}
	return view.With(n, view.Group(lang, dir))
}

// article is the text with its head and what belongs to it.
func (r *renderer) article(a *article.Article) view.Node {
	return view.El("article class=article",
		view.Lang(r.textLang),
		view.Dir(r.textDir),
		r.head(a),
		r.lead(a),
		r.body(a),
		r.legal(a),
	)
}
