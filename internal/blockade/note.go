package blockade

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"slices"
)

// noteKind begins the signed lists of a publisher, with the number of their format behind it.
const noteKind = "byway/v"

// isNote reports whether something is, or was, a signed list: text, an empty line, and a line for each signature.
func isNote(body []byte) bool { return bytes.HasPrefix(body, []byte(noteKind)) }

// version is the one member that every signed list has, and hint the newest root that a feed says there is.
var (
	version = regexp.MustCompile(`"version":\d*(\d)`)
	hint    = regexp.MustCompile(`"root":\d+`)
)

// alterNote says another version. The signatures stay, and are wrong.
func alterNote(note []byte) []byte {
	at := version.FindSubmatchIndex(note)
	if at == nil {
		return append(slices.Clone(note), ' ')
	}
	note = slices.Clone(note)
	note[at[2]] = '0' + (note[at[2]]-'0'+1)%10
	return note
}

// strip leaves the text alone, as if it had never been signed.
func strip(note []byte) []byte {
	text, _ := splitNote(note)
	return text
}

// misleadingRoot is far above any that a publisher has.
const misleadingRoot = "99999"

// mislead makes of a feed one by a key that nobody knows: it may be that of a newer root, so a reader has to ask for the
// roots up to the one that it names. Root notes, which name none, stay as they are.
func mislead(note []byte) []byte {
	text, signed := splitNote(note)
	if !signed || !hint.Match(text) {
		return note
	}
	text = hint.ReplaceAll(text, []byte(`"root":`+misleadingRoot))
	signature := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{1}, 4+64)) // the hash of the key, and what it signed
	return append(text, "\n— blockade.example/feed1 "+signature+"\n"...)
}

// splitNote gives the text of a signed list, with the newline at its end. What is none is given whole.
func splitNote(body []byte) (text []byte, signed bool) {
	end := bytes.LastIndex(body, []byte("\n\n"))
	if !isNote(body) || end < 0 {
		return body, false
	}
	return slices.Clone(body[:end+1]), true
}
