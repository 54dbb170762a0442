package article

import "strings"

// Inline is text with marks and links: runs one after another.
type Inline []Run

// Run is a piece of text with one set of marks.
type Run struct {
	Text       string
	Marks      Mark
	URL        string // makes the run a link
	InLanguage string
	Dir        Dir
	Break      bool // a line break follows the run
}

// Mark is a set of marks.
type Mark uint8

const (
	Strong Mark = 1 << iota
	Em
	Code
	Sub
	Sup
	Strike    // "s"
	Underline // "u"
	Highlight // "mark"
)

// Marks lists every mark with its name in the native format, which is the HTML element's, in the order of writing.
var Marks = [...]struct {
	Mark Mark
	Name string
}{{Strong, "strong"}, {Em, "em"}, {Code, "code"}, {Sub, "sub"}, {Sup, "sup"}, {Strike, "s"}, {Underline, "u"}, {Highlight, "mark"}}

// Plain is unmarked text.
func Plain(text string) Inline {
	if text == "" {
		return nil
	}
	return Inline{{Text: text}}
}

// Text is the text alone, with "\n" for each line break.
func (in Inline) Text() string {
	var b strings.Builder
	for _, r := range in {
		b.WriteString(r.Text)
		if r.Break {
			b.WriteByte('\n')
		}
	}
	return b.String()
}
