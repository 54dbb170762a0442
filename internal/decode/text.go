package decode

import (
	"strings"
	"unicode"

	"byway/internal/article"
)

// Characters that are layout or leftovers, never letters. U+200C and U+200D are not among them: Persian words need them.
const (
	byteOrderMark = '\uFEFF'
	softHyphen    = '\u00AD'
)

// oneLine is text for a place of one line: without control characters, white space collapsed.
func oneLine(s string) string { return strings.Join(strings.Fields(tidy(s)), " ") }

// tidy takes out what would be seen as rubbish or turn the text around it: control characters but white space, byte
// order marks, soft hyphens, and direction marks that open or close nothing.
func tidy(s string) string {
	stray := strayMarks(s)
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == byteOrderMark, r == softHyphen, stray[i]:
		case unicode.IsControl(r) && !unicode.IsSpace(r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// strayMarks finds the embeddings, overrides and isolates of Unicode that are never closed, and the closing marks that
// close none. Left in, they would turn what stands after them on the page.
func strayMarks(s string) map[int]bool {
	if !strings.ContainsAny(s, "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069") {
		return nil
	}
	type mark struct {
		at      int
		isolate bool
	}
	var open []mark
	stray := map[int]bool{}
	for i, r := range s {
		switch r {
		case '\u202A', '\u202B', '\u202D', '\u202E':
			open = append(open, mark{i, false})
		case '\u2066', '\u2067', '\u2068':
			open = append(open, mark{i, true})
		case '\u202C', '\u2069':
			if n := len(open) - 1; n >= 0 && open[n].isolate == (r == '\u2069') {
				open = open[:n]
			} else {
				stray[i] = true
			}
		}
	}
	for _, m := range open {
		stray[m.at] = true
	}
	return stray
}

// isBlank reports whether there is nothing to read.
func isBlank(in article.Inline) bool { return strings.TrimSpace(in.Text()) == "" }

// rightToLeft are the scripts written that way.
var rightToLeft = []*unicode.RangeTable{
	unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam, unicode.Hanifi_Rohingya,
	unicode.Mandaic, unicode.Samaritan,
}

// directionOf is the direction of most letters, "" where there are none. The first letter alone would be misled by the
// foreign name with which many headlines begin.
func directionOf(text string) article.Dir {
	rtl, all := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		all++
		if unicode.In(r, rightToLeft...) {
			rtl++
		}
	}
	switch {
	case all == 0:
		return ""
	case 2*rtl > all:
		return article.RTL
	}
	return article.LTR
}
