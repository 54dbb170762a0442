package decode

import (
	"strconv"
	"strings"
	"unicode"

	"byway/internal/article"
)

// Characters that are layout or leftovers, never letters. U+200C and U+200D are not among them: Persian words need them.
const (
	byteOrderMark = '\uFEFF'
	softHyphen    = '\u00AD'
)

// oneLine is text for a place of one line: without control characters, white space collapsed. Other spaces than those of
// ASCII mean something: U+3000 parts the lines of a headline in Japanese (§4.2).
func oneLine(s string) string {
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(tidy(s), isBreak), " "))
}

func isBreak(r rune) bool { return r <= ' ' || r == '\u0085' || r == '\u2028' || r == '\u2029' }

// toLines puts each text on one line.
func toLines(texts ...*string) {
	for _, s := range texts {
		*s = oneLine(*s)
	}
}

// tidy takes out what would be seen as rubbish or turn the text around it: control characters but white space, byte
// order marks, soft hyphens, and direction marks that open or close nothing.
func tidy(s string) string {
	letters := []rune(s)
	dropStrayMarks(letters)
	kept := letters[:0]
	for _, r := range letters {
		if r == byteOrderMark || r == softHyphen || unicode.IsControl(r) && !unicode.IsSpace(r) {
			continue
		}
		kept = append(kept, r)
	}
	return string(kept)
}

// dropStrayMarks puts 0 for the embeddings, overrides and isolates of Unicode that are never closed, and for the closing
// marks that close none. Left in, they would turn what stands after them on the page.
func dropStrayMarks(letters []rune) {
	var open []int
	for i, r := range letters {
		switch r {
		case '\u202A', '\u202B', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068':
			open = append(open, i)
		case '\u202C', '\u2069':
			if n := len(open) - 1; n >= 0 && (letters[open[n]] >= '\u2066') == (r == '\u2069') {
				open = open[:n]
			} else {
				letters[i] = 0
			}
		}
	}
	for _, i := range open {
		letters[i] = 0
	}
}

// quoted is a text from outside for a message, without what goes beyond a number of letters.
func quoted(s string, most int) string {
	for i := range s {
		if most--; most < 0 {
			s = s[:i]
			break
		}
	}
	return strconv.Quote(s)
}

// isOneOf reports whether a word is one of those in a list with a space between each two.
func isOneOf(word, list string) bool {
	return word != "" && !strings.Contains(word, " ") && strings.Contains(" "+list+" ", " "+word+" ")
}

// isBlank reports whether there is nothing to read.
func isBlank(in article.Inline) bool { return strings.TrimSpace(in.Text()) == "" }

// isRightToLeft goes by the blocks that Unicode keeps for scripts of that direction (DerivedBidiClass.txt, R and AL).
func isRightToLeft(r rune) bool {
	return 0x0590 <= r && r <= 0x08FF || 0xFB1D <= r && r <= 0xFDFF || 0xFE70 <= r && r <= 0xFEFF ||
		0x10800 <= r && r <= 0x10FFF || 0x1E800 <= r && r <= 0x1EFFF
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
		if isRightToLeft(r) {
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
