package blockade

import (
	"bytes"
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// alter does to a document what a forger would: one more word, so that JSON stays valid and the hash does not. The word
// goes into the longest text of the document. A text without sentences gets a blank at its end. What is no text, such as a
// picture, keeps its length, so that only its hash tells.
func alter(body []byte) []byte {
	switch at := sentence(body); {
	case isNote(body):
		return alterNote(body)
	case !utf8.Valid(body) && !json.Valid(body):
		body = slices.Clone(body)
		body[len(body)/2] ^= 1
		return body
	case at > 0:
		return slices.Insert(slices.Clone(body), at, []byte(" not")...)
	}
	return append(slices.Clone(body), ' ')
}

// sentence finds the first blank between two words in the longest string of a JSON document, outside of HTML tags, or
// gives 0. A blank is never part of an escape, so that a word can stand before it.
func sentence(body []byte) int {
	from, to := longestString(body)
	inTag := false
	for i, c := range body[from:to] {
		switch {
		case c == '<':
			inTag = true
		case c == '>':
			inTag = false
		case c == ' ' && !inTag && i > 0:
			return from + i
		}
	}
	return 0
}

// longestString finds the longest string that holds a blank: hashes and addresses hold none.
func longestString(body []byte) (from, to int) {
	for at := 0; at < len(body); at++ {
		if body[at] != '"' {
			continue
		}
		start := at + 1
		for at = start; at < len(body) && body[at] != '"'; at++ {
			if body[at] == '\\' {
				at++
			}
		}
		end := min(at, len(body))
		if end-start > to-from && bytes.ContainsRune(body[start:end], ' ') {
			from, to = start, end
		}
	}
	return from, to
}
