// Package article is the model of an article.
//
// The names are those of the native format, byway-article/1 (article.schema.json), which takes them from schema.org.
// Text is plain text, never HTML. Addresses are absolute once package decode has returned the article.
package article

// Version is the native format that this package writes.
const Version = "byway-article/1"

// Limits of one article. What goes beyond them is cut, with a warning.
const (
	MaxBytes      = 2 << 20 // of JSON, decoded from its transfer encoding
	MaxDepth      = 64
	MaxBlocks     = 4000
	MaxImages     = 512
	MaxAlternates = 64
)

// Article is one article, whatever format it came in.
type Article struct {
	Version             string // as read: "byway-article/MAJOR[.MINOR]"
	ID                  string // stable across addresses and edits
	Type                string // a schema.org Article subtype
	InLanguage          string // BCP 47
	Dir                 Dir
	URL                 string      // the canonical address, and the base of relative references
	Sections            []NamedLink // the breadcrumb, widest first, without the home page and the article itself
	Kicker              string
	Headline            string
	AlternativeHeadline string
	Description         Inline // the standfirst
	Author              []Agent
	Byline              string // as printed; wins over Author for display
	Dateline            string
	DatePublished       Date
	DateModified        Date
	Image               []Image // the first is the lead
	Body                []Block
	Publisher           *Publisher
	CopyrightNotice     string
	License             string
	IsBasedOn           *NamedLink
	IsAccessibleForFree *bool // nil: not said
	IsPartial           bool  // the text is not all here, or not at all: the whole of it is at URL
	Keywords            []string
	About               []NamedLink
	Alternates          []Alternate
	WorkTranslation     []Related
	Channels            []Channel
	Share               *Share
	Related             []Related
}

// Dir is a direction of text: "ltr", "rtl", "auto" or "" where none was given.
type Dir string

const (
	LTR     Dir = "ltr"
	RTL     Dir = "rtl"
	AutoDir Dir = "auto"
)

// NamedLink is a name with an address, where one is known.
type NamedLink struct{ Name, URL string }

// Agent is a person or an organisation.
type Agent struct {
	Type     string // "Person" (also when empty) or "Organization"
	Name     string
	URL      string
	JobTitle string
	Image    *Image
	SameAs   []string
}

// Publisher is the organisation that publishes the article.
type Publisher struct {
	Agent
	Logo *Image
}

// Image is a picture with what belongs to it.
type Image struct {
	URL             string
	Width, Height   int // pixels; 0: unknown
	EncodingFormat  string
	ContentSize     int // bytes; 0: unknown
	Integrity       string
	Alt             *string // nil: nobody wrote one; "": decorative
	Caption         Inline
	CreditText      string // printed as given
	CopyrightNotice string
	Creator         []Agent
	License         string
	Renditions      []Rendition
	FocalPoint      *Point
	ThumbHash       string
}

// Rendition is the same picture or recording in another size.
type Rendition struct {
	URL            string
	Width, Height  int
	EncodingFormat string
	ContentSize    int // bytes
	Integrity      string
}

// Whole is the picture itself as one of its sizes.
func (im *Image) Whole() Rendition {
	return Rendition{im.URL, im.Width, im.Height, im.EncodingFormat, im.ContentSize, im.Integrity}
}

// Point is a place in a picture, each coordinate between 0 and 1 from the top left.
type Point struct{ X, Y float64 }

// Alternate is another address of the same article.
type Alternate struct{ URL, Name, Type, InLanguage string }

// Channel is another place where the publisher publishes.
type Channel struct{ Name, URL, Type, Description string }

// Related is another article. InLanguage is set for translations.
type Related struct {
	Headline, URL, InLanguage string
	Image                     *Image
	DatePublished             Date
}

// Share says what the publisher wants shared.
type Share struct {
	URL, Text string
	Targets   []string
}

// Warning tells what was wrong with one place of a document that was read all the same.
type Warning struct {
	At   string // a path such as "body[3].image.width"
	What string // what was wrong and what was done
}

func (w Warning) String() string {
	if w.At == "" {
		return w.What
	}
	return w.At + ": " + w.What
}
