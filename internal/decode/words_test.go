package decode_test

import (
	"strings"
	"unicode"
)

// wordsOf parts a text into words: letters, digits and what belongs to them.
func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\u200c' && r != '\u200d'
	})
}
