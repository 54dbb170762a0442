package weburl

import "strings"

// What is escaped besides controls, the space and all that is not ASCII (§1.3). "%" is not: it may be an escape already.
const (
	inUser     = "\"#<>?^`{}/;=@[\\]|"
	inPath     = "\"#<>?^`{}"
	inQuery    = "\"<>'"
	inFragment = "\"<>`"
	inOpaque   = "\"<>"
)

// Escape makes any text a segment of a path, or a value in a query.
func Escape(s string) string { return escape(s, inUser+"%:&+,$'") }

func escape(s, set string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c > '~' || strings.IndexByte(set, c) >= 0 {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// Unescape undoes escapes, and leaves a "%" that begins none as it is.
func Unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if high, low := digit(s[i+1]), digit(s[i+2]); high < 16 && low < 16 {
				c = high<<4 | low
				i += 2
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// digit is the value of a hexadecimal digit, and 16 or more for what is none.
func digit(c byte) byte {
	switch {
	case isDigit(c):
		return c - '0'
	case isLetter(c):
		return c&^0x20 - 'A' + 10
	}
	return 16
}

// strip takes out what the standard takes out first: C0 controls and spaces at the ends, tabs and newlines anywhere.
// Without it "java\nscript:" would be another scheme here than in a browser.
func strip(s string) string {
	for len(s) > 0 && s[0] <= ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	for _, c := range [...]string{"\t", "\n", "\r"} {
		s = strings.ReplaceAll(s, c, "")
	}
	return s
}

// cutScheme parts a scheme, in lower case, from what follows its colon. It is empty where there is none.
func cutScheme(s string) (scheme, rest string) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isLetter(c) || i > 0 && (isDigit(c) || strings.IndexByte("+-.", c) >= 0):
		case c == ':' && i > 0:
			return lower(s[:i]), s[i+1:]
		default:
			return "", s
		}
	}
	return "", s
}

// cutBefore cuts before the first of these characters; the tail is empty where there is none, or nothing follows it.
func cutBefore(s string, c byte) (head, tail string) {
	if i := strings.IndexByte(s, c); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// clean resolves the segments "." and ".." of a path, however they are escaped.
func clean(path string) string {
	var kept []string
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, s := range segments {
		dots := strings.ReplaceAll(lower(s), "%2e", ".")
		switch {
		case dots != "." && dots != "..":
			kept = append(kept, s)
			continue
		case dots == ".." && len(kept) > 0:
			kept = kept[:len(kept)-1]
		}
		if i == len(segments)-1 {
			kept = append(kept, "")
		}
	}
	return "/" + strings.Join(kept, "/")
}

// lower turns the letters of ASCII alone: "K" (the Kelvin sign) must not become a letter of a scheme or a host.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 0x20
		}
	}
	return string(b)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
