package tree

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// unwrap takes off what stands around the JSON text.
func unwrap(data []byte) string {
	s := strings.TrimSpace(strings.TrimPrefix(decodeUTF16(data), "\uFEFF"))
	// The line that keeps a page from loading the document as a script.
	for _, guard := range []string{")]}',", ")]}'"} {
		s = strings.TrimPrefix(s, guard)
	}
	s = strings.TrimSpace(s)
	if text, ok := cutCDATA(s); ok {
		return text
	}
	return cutCall(s)
}

// cutCall takes a document out of the call of a function that JSONP puts around it.
func cutCall(s string) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$."
	call := strings.TrimSpace(strings.TrimPrefix(s, "/**/")) // the guard against documents that are also Flash
	document, opened := strings.CutPrefix(strings.TrimLeft(call, letters), "(")
	document, closed := strings.CutSuffix(strings.TrimRight(document, "; \t\r\n"), ")")
	if !opened || !closed {
		return s
	}
	return strings.TrimSpace(document)
}

// cutCDATA takes a document out of a section of XML, with or without the comment signs that hide it from a script.
func cutCDATA(s string) (string, bool) {
	s, ok := strings.CutPrefix(strings.TrimSpace(strings.TrimPrefix(s, "//")), "<![CDATA[")
	if !ok {
		return "", false
	}
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "]]>"))
	return strings.TrimSpace(strings.TrimSuffix(s, "//")), true
}

// decodeUTF16 is for documents that start with the byte order mark of UTF-16; any other passes unchanged.
func decodeUTF16(data []byte) string {
	s := string(data)
	high := 0 // which byte of two is the higher
	switch {
	case strings.HasPrefix(s, "\xFE\xFF"):
	case strings.HasPrefix(s, "\xFF\xFE"):
		high = 1
	default:
		return s
	}
	var b strings.Builder
	for i := 2; i+1 < len(s); i += 2 {
		r := rune(s[i+high])<<8 | rune(s[i+1-high])
		if i+3 < len(s) && utf16.IsSurrogate(r) {
			if pair := utf16.DecodeRune(r, rune(s[i+2+high])<<8|rune(s[i+3-high])); pair != utf8.RuneError {
				r = pair
				i += 2
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}
