package markup

import (
	"strings"
	"unicode"

	"byway/internal/article"
)

// withoutHeadline leaves out a heading at the top that repeats the article's (§4.3). Pictures may stand before it.
func withoutHeadline(blocks []article.Block, headline string) []article.Block {
	for i, b := range blocks {
		switch b := b.(type) {
		case article.Figure, article.Gallery, article.Divider:
			continue
		case article.Heading:
			if same(b.Content.Text(), headline) {
				return append(blocks[:i:i], blocks[i+1:]...)
			}
		}
		return blocks
	}
	return blocks
}

// same compares two texts by their letters and digits.
func same(a, b string) bool {
	a, b = letters(a), letters(b)
	return a != "" && a == b
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// compressHeadings makes the widest heading of the body level 2 and closes the levels that nobody used (§4.3).
func compressHeadings(blocks []article.Block) {
	var used [7]bool
	eachHeading(blocks, func(h *article.Heading) { used[h.Level] = true })
	var rank [7]int
	next := 2
	for level := range used {
		if used[level] {
			rank[level] = min(next, 6)
			next++
		}
	}
	eachHeading(blocks, func(h *article.Heading) { h.Level = rank[h.Level] })
}

func eachHeading(blocks []article.Block, do func(*article.Heading)) {
	for i, b := range blocks {
		switch b := b.(type) {
		case article.Heading:
			do(&b)
			blocks[i] = b
		case article.Quote:
			eachHeading(b.Body, do)
		}
	}
}
