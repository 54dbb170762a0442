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
		case *article.Figure, *article.Gallery, *article.Divider:
			continue
		case *article.Heading:
			if same(b.Content.Text(), headline) {
				return append(blocks[:i:i], blocks[i+1:]...)
			}
		}
		return blocks
	}
	return blocks
}

// maxSame is how long texts may be that are compared, in bytes. A headline is compared with every piece of HTML.
const maxSame = 2000

// same compares two texts by their letters and digits.
func same(a, b string) bool {
	if len(a) > maxSame || len(b) > maxSame {
		return false
	}
	a, b = letters(a), letters(b)
	return a != "" && a == b
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// compressHeadings makes the widest heading of the body level 2 and closes the levels that nobody used (§4.3).
func compressHeadings(blocks []article.Block) {
	var rank [7]int
	for _, h := range headings(blocks) {
		rank[h.Level] = 1
	}
	next := 2
	for level := range rank {
		if rank[level] != 0 {
			rank[level] = min(next, 6)
			next++
		}
	}
	for _, h := range headings(blocks) {
		h.Level = rank[h.Level]
	}
}

// headings are those of blocks and of the quotes among them.
func headings(blocks []article.Block) []*article.Heading {
	var all []*article.Heading
	for _, b := range blocks {
		switch b := b.(type) {
		case *article.Heading:
			all = append(all, b)
		case *article.Quote:
			all = append(all, headings(b.Body)...)
		}
	}
	return all
}
