package article

import "strings"

// The scripts and the languages that are written from right to left, and those languages that are written in both ways.
// A script named in a tag counts more than the language.
const (
	rtlScripts   = " arab hebr thaa syrc nkoo adlm rohg mand samr "
	rtlLanguages = " ar arc arz ary azb bal bqi ckb dv fa glk he khw ks lrc mzn nqo pnb prs ps sd skr syr ug ur yi "
	twoScripts   = " az ha kk ks ku ky ms pa sd tg tk tt ug uz "
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
	switch language, script := scriptOf(language); {
	case language == "":
		return ""
	case script != "":
		return directionIn(rtlScripts, script)
	default:
		return directionIn(rtlLanguages, language)
	}
}

// IsInTwoScripts reports whether a language is written from left to right by some and from right to left by others, and
// its tag does not say by which script.
func IsInTwoScripts(language string) bool {
	language, script := scriptOf(language)
	return script == "" && strings.Contains(twoScripts, " "+language+" ")
}

// scriptOf is the language of a tag and its script, if that is named, in lower case.
func scriptOf(tag string) (language, script string) {
	parts := strings.Split(strings.ToLower(NormalLanguage(tag)), "-")
	for _, part := range parts[1:] {
		if len(part) == 4 && part[0] > '9' {
			return parts[0], part
		}
	}
	return parts[0], ""
}

func directionIn(rtl, name string) Dir {
	if strings.Contains(rtl, " "+name+" ") {
		return RTL
	}
	return LTR
}
