package blockade

import (
	"encoding/json"
	"regexp"
	"slices"
	"time"
)

// modified is a date of change as JSON has it: in the native format, and in the three places of a post of WordPress.
var modified = regexp.MustCompile(`"(?:dateModified|modified|modified_gmt|article_modified_time)"\s*:\s*"(\d{4}-\d\d-\d\d)`)

// older makes the revision that a document of JSON was before: changed a day earlier, where it says when, and without the
// last sentence of its longest text, or with a word more where that is of one sentence. Nothing else has revisions.
func older(body []byte) []byte {
	if !json.Valid(body) {
		return body
	}
	body = slices.Clone(body)
	for _, at := range modified.FindAllSubmatchIndex(body, -1) {
		date := body[at[2]:at[3]]
		if day, err := time.Parse(time.DateOnly, string(date)); err == nil {
			copy(date, day.AddDate(0, 0, -1).Format(time.DateOnly))
		}
	}
	if from, to := lastSentence(body); from < to {
		return slices.Delete(body, from, to)
	}
	return alter(body)
}

// lastSentence finds the blank before the last sentence of the longest text, and the end of that sentence: that of the
// text or of its HTML element. Sentences with elements in them are left alone. If there is none, from and to are the same.
func lastSentence(body []byte) (from, to int) {
	begin, end := longestString(body)
	start, inTag := 0, false
	for i := begin + 1; i < end-1; i++ {
		switch {
		case body[i] == '<':
			if closes := body[i+1] == '/' || body[i+1] == '\\'; closes && start > 0 {
				from, to = start, i
			}
			start, inTag = 0, true
		case body[i] == '>':
			inTag = false
		case body[i] == ' ' && body[i-1] == '.' && body[i+1] != '<' && !inTag:
			start = i
		}
	}
	if start > 0 {
		return start, end
	}
	return from, to
}
