package article

import (
	"slices"
	"strings"
)

// rtlScripts and rtlLanguages are written from right to left. A script named in a tag counts more than the language.
var (
	rtlScripts   = []string{"arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg", "mand", "samr"}
	rtlLanguages = []string{
		"ar", "arc", "arz", "ary", "azb", "bal", "bqi", "ckb", "dv", "fa", "glk", "he", "khw", "ks", "lrc", "mzn", "nqo",
		"pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi",
	}
	renamed = map[string]string{"iw": "he", "ji": "yi", "in": "id"}
)

// NormalLanguage gives a language tag the form of BCP 47: "he_IL" and "iw-IL" are "he-IL". What names no language, such
// as "und", gives "".
func NormalLanguage(tag string) string {
	tag, _, _ = strings.Cut(strings.TrimSpace(tag), ".") // "fa_IR.UTF-8"
	parts := strings.FieldsFunc(tag, func(r rune) bool { return r == '_' || r == '-' })
	if len(parts) == 0 || !isSubtag(parts[0], 2, false) {
		return ""
	}
	out := []string{strings.ToLower(parts[0])}
	if now, ok := renamed[out[0]]; ok {
		out[0] = now
	}
	if slices.Contains([]string{"und", "zxx", "mul", "mis"}, out[0]) {
		return ""
	}
	for _, part := range parts[1:] {
		if !isSubtag(part, 1, true) {
			return out[0]
		}
		out = append(out, casedSubtag(part))
	}
	return strings.Join(out, "-")
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
			return rtlIf(slices.Contains(rtlScripts, part))
		}
	}
	return rtlIf(slices.Contains(rtlLanguages, parts[0]))
}

func rtlIf(rtl bool) Dir {
	if rtl {
		return RTL
	}
	return LTR
}
