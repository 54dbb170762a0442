package decode

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"byway/internal/article"
	"byway/internal/tree"
)

// windows1252 are the characters 0x80 to 0x9F of the encoding of that name, as the WHATWG Encoding Standard has them.
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

// ofWindows1252 is the character that a byte is there, and inWindows1252 the byte of a character, if it has one.
func ofWindows1252(b byte) rune {
	if b < 0x80 || b >= 0xA0 {
		return rune(b)
	}
	for _, r := range windows1252 {
		if b--; b < 0x80 {
			return r
		}
	}
	return 0
}

func inWindows1252(r rune) (b byte, found bool) {
	if r < 0x80 || r >= 0xA0 && r <= 0xFF {
		return byte(r), true
	}
	b = 0x80
	for _, high := range windows1252 {
		if r == high {
			return b, true
		}
		b++
	}
	return 0, false
}

// asUTF8 reads what is no UTF-8 as windows-1252, the last resort of browsers. Where most of the rest is UTF-8, the
// other bytes are only damaged: package tree puts U+FFFD for them. A mark of UTF-16 or UTF-32 is left to it, too.
func asUTF8(data []byte) (text []byte, legacy bool) {
	if len(data) > 1 && (data[0] >= 0xFE || data[0] == 0) {
		return data, false
	}
	long, bad := 0, 0
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		if r == utf8.RuneError && size == 1 {
			bad++
		} else if size > 1 {
			long++
		}
	}
	if long >= bad {
		return data, false
	}
	for _, b := range data {
		text = utf8.AppendRune(text, ofWindows1252(b))
	}
	return text, true
}

// mender puts right what happened to texts before they got into the document (formats.md §4.1, §4.2). Our own format
// is left as it is: what stands there was meant.
type mender struct {
	language       string
	lost, repaired int
}

func mend(root tree.Node, f *format, o *Options) []article.Warning {
	m := &mender{language: primary(article.NormalLanguage(o.Language))}
	root.Rewrite(func(s string) string {
		if f.name != "native" {
			s = m.unscramble(inOneLanguage(s, m.language))
		}
		m.lost += strings.Count(s, "\uFFFD")
		return s
	})
	return m.warnings()
}

func (m *mender) warnings() (list []article.Warning) {
	if m.repaired > 0 {
		list = append(list, article.Warning{What: "text was saved in a wrong encoding: mended"})
	}
	what := strconv.Itoa(m.lost) + " characters"
	switch m.lost {
	case 0:
		return list
	case 1:
		what = "1 character"
	}
	return append(list, article.Warning{What: what + " could not be read: shown as \uFFFD"})
}

// unscramble undoes that UTF-8 was taken for windows-1252 and saved. That is sure only where the whole text can be
// written in windows-1252, is UTF-8 then, and is mostly in one script other than Latin.
func (m *mender) unscramble(s string) string {
	var b strings.Builder
	for _, r := range s {
		c, found := inWindows1252(r)
		if !found {
			return s
		}
		b.WriteByte(c)
	}
	if b.Len() == len(s) || !isOfOneScript(b.String()) {
		return s
	}
	m.repaired++
	return b.String()
}

// isOfOneScript reports whether a text is UTF-8, and most of its letters beyond ASCII are of one script other than Latin.
func isOfOneScript(s string) bool {
	var count [256]int
	all, most := 0, 0
	for _, r := range s {
		if r == utf8.RuneError {
			return false
		}
		if r < utf8.RuneSelf || !unicode.IsLetter(r) {
			continue
		}
		all++
		if script := scriptOf(r); script > 0 {
			count[script]++
			most = max(most, count[script])
		}
	}
	return 2*most > all
}

// scriptOf tells scripts apart by the blocks in which Unicode keeps them; it is 0 for Latin.
func scriptOf(r rune) int {
	switch {
	case r < 0x370:
		return 0
	case r >= 0x2E80:
		return 0xFF // Chinese, Japanese and Korean use several
	case r >= 0x600 && r < 0x900:
		return 0x06 // Arabic has four
	}
	return int(r >> 8 & 0xFF)
}

// inOneLanguage takes a text out of those in several languages that plug-ins for WordPress keep in one field,
// "[:en]…[:ar]…[:]" and "<!--:en-->…<!--:-->". Without one in the wanted language it is the first. What is in no
// language is for all.
func inOneLanguage(s, wanted string) string {
	if !strings.Contains(s, "[:") && !strings.Contains(s, "<!--:") {
		return s
	}
	texts := byLanguage(s)
	if len(texts) < 3 { // one mark may stand in prose: a plug-in closes what it opens
		return s
	}
	chosen := ""
	for _, t := range texts {
		full := t.language != "" && strings.TrimSpace(t.text) != ""
		if full && (chosen == "" || t.language == wanted) {
			chosen = t.language
		}
	}
	if chosen == "" {
		return s
	}
	var b strings.Builder
	for _, t := range texts {
		if t.language == "" || t.language == chosen {
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// spokenText is a part of a text, with its language where it has one.
type spokenText struct{ language, text string }

func byLanguage(s string) []spokenText {
	var out []spokenText
	language, from := "", 0
	for i := 0; i < len(s); i++ {
		next, size := languageMark(s[i:])
		if size == 0 {
			continue
		}
		out = append(out, spokenText{language, s[from:i]})
		language, from = next, i+size
		i = from - 1
	}
	return append(out, spokenText{language, s[from:]})
}

// languageMark reads the mark that a text begins with. Its size is 0 where there is none.
func languageMark(s string) (language string, size int) {
	for _, form := range [...]struct{ open, end string }{{"[:", "]"}, {"<!--:", "-->"}} {
		rest, found := strings.CutPrefix(s, form.open)
		if !found {
			continue
		}
		language, _, found = strings.Cut(rest[:min(len(rest), 2+len(form.end))], form.end)
		isCode := len(language) == 2 && strings.Trim(language, "abcdefghijklmnopqrstuvwxyz") == ""
		if found && (isCode || language == "") {
			return language, len(form.open) + len(language) + len(form.end)
		}
	}
	return "", 0
}

// withoutTemplates leaves out of a headline what a template should have filled in, "{{title}}" or Ghost's
// "{first_name, "there"}" (§4.2).
func withoutTemplates(headline string) string {
	const most = 200 // bytes of one
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(headline, "{")
		b.WriteString(before)
		if !found {
			return oneLine(b.String())
		}
		inner, _, closed := strings.Cut(rest[:min(len(rest), most)], "}")
		if closed && (strings.HasPrefix(inner, "{") || strings.HasSuffix(inner, `"`)) {
			headline = strings.TrimPrefix(rest[len(inner)+1:], "}")
			continue
		}
		b.WriteByte('{')
		headline = rest
	}
}
