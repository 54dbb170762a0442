package article

import "strings"

// LastWords is where the text ends: the words of the last block of a body that has any, "" where none has. Pictures,
// recordings, tables and what the editors say of an article are no text.
func LastWords(body []Block) (words string) {
	for i := len(body); i > 0 && words == ""; i-- {
		words = strings.TrimSpace(wordsOf(body[i-1]))
	}
	return words
}

func wordsOf(b Block) string {
	switch b := b.(type) {
	case Paragraph:
		return b.Content.Text()
	case Heading:
		return b.Content.Text()
	case Note:
		if b.Role == "" { // a report of a live blog
			return b.Content.Text()
		}
	case Quote:
		return LastWords(b.Body)
	case List:
		if n := len(b.Items); n > 0 {
			return b.Items[n-1].Content.Text()
		}
	}
	return ""
}
