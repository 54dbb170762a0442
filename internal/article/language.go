package article

import "strings"

// The scripts and the languages that are written from right to left. A script named in a tag counts more than the
// language.
const (
	rtlScripts   = " arab hebr thaa syrc nkoo adlm rohg mand samr "
	rtlLanguages = " ar arc arz ary azb bal bqi ckb dv fa glk he khw ks lrc mzn nqo pnb prs ps sd skr syr ug ur yi "
)

// NormalLanguage gives a language tag the form of BCP 47: "he_IL" and "iw-IL" are "he-IL". What names no language, such
// as "und", gives "".
func NormalLanguage(tag string) string {
	tag, _, _ = strings.Cut(strings.TrimSpace(tag), ".") // "fa_IR.UTF-8"
	parts := strings.Split(strings.ReplaceAll(tag, "_", "-"), "-")
	if !isSubtag(parts[0], 2, false) {
		return ""
	}
	out := renamed(strings.ToLower(parts[0]))
	for _, part := range parts[1:] {
		if out == "" || !isSubtag(part, 1, true) {
			break
		}
		out += "-" + casedSubtag(part)
	}
	return out
}

// renamed is the language in its present name, "" where it is none.
func renamed(language string) string {
	switch language {
	case "iw":
		return "he"
	case "ji":
		return "yi"
	case "in":
		return "id"
	case "und", "zxx", "mul", "mis":
		return ""
	}
	return language
}

func isSubtag(s string, atLeast int, digits bool) bool {
	for _, r := range s {
		letter := 'a' <= r|0x20 && r|0x20 <= 'z'
		if !letter && (!digits || r < '0' || r > '9') {
			return false
		}
	}
	return atLeast <= len(s) && len(s) <= 8
}

// casedSubtag writes a script as "Arab", a region as "IR" and the rest in lower case.
func casedSubtag(s string) string {
	switch s = strings.ToLower(s); len(s) {
	case 2:
		return strings.ToUpper(s)
	case 4:
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}

// DirOf is the direction in which a language is written, "" where no language is named.
func DirOf(language string) Dir {
	parts := strings.Split(strings.ToLower(NormalLanguage(language)), "-")
	if parts[0] == "" {
		return ""
	}
	for _, part := range parts[1:] {
		if len(part) == 4 && part[0] > '9' {
			return directionIn(rtlScripts, part)
		}
	}
	return directionIn(rtlLanguages, parts[0])
}

func directionIn(rtl, name string) Dir {
	if strings.Contains(rtl, " "+name+" ") {
		return RTL
	}
	return LTR
}
