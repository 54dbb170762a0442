package tree

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// unwrap takes off what stands around the JSON text.
func unwrap(data []byte) string {
	s := strings.TrimSpace(strings.TrimPrefix(decodeUnits(data), "\uFEFF"))
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

// decodeUnits is for documents that start with the byte order mark of UTF-16 or UTF-32; any other passes unchanged.
func decodeUnits(data []byte) string {
	s := string(data)
	for _, form := range [...]struct {
		mark      string
		highFirst bool
	}{{"\x00\x00\xFE\xFF", true}, {"\xFF\xFE\x00\x00", false}, {"\xFE\xFF", true}, {"\xFF\xFE", false}} {
		if rest, found := strings.CutPrefix(s, form.mark); found {
			return string(joinSurrogates(units(rest, len(form.mark), form.highFirst)))
		}
	}
	return s
}

// units are numbers of so many bytes each.
func units(s string, size int, highFirst bool) []rune {
	var out []rune
	for ; len(s) >= size; s = s[size:] {
		var r rune
		for i := range size {
			if !highFirst {
				i = size - 1 - i
			}
			r = r<<8 | rune(s[i])
		}
		out = append(out, r)
	}
	return out
}

func joinSurrogates(units []rune) []rune {
	var out []rune
	for i := 0; i < len(units); i++ {
		r := units[i]
		if i+1 < len(units) && utf16.IsSurrogate(r) {
			if pair := utf16.DecodeRune(r, units[i+1]); pair != utf8.RuneError {
				r = pair
				i++
			}
		}
		out = append(out, r)
	}
	return out
}
