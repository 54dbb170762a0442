package tree

import (
	"bytes"
	"strings"
	"unicode/utf16"
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
	return s
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
	high := 0 // which byte of two is the higher
	switch {
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		high = 1
	default:
		return string(data)
	}
	var units []uint16
	for i := 2; i+1 < len(data); i += 2 {
		units = append(units, uint16(data[i+high])<<8|uint16(data[i+1-high]))
	}
	return string(utf16.Decode(units))
}
