package article

import (
	"strconv"
	"strings"
)

// inISO brings "Thu, 7 Apr 2031 06:30:00 +0100", "Thu Apr 7 06:30:00 CEST 2031" and "2031/04/07 06:30:00 +01:00" to the
// form of ISO 8601.
func inISO(words []string) string {
	zone := ""
	if len(words) > 1 && monthNamed(words[1]) != "" && isDigit(words[0][0]) { // RFC 822 does not ask for the weekday
		words = append([]string{""}, words...)
	}
	switch {
	case len(words) == 6 && len(words[0]) == len("Thu"):
		words = []string{"", words[2], words[1], words[5], words[3]}
	case len(words) == 6:
		zone = zoneOf(words[5])
	case len(words) != 5:
		return joined(words)
	}
	return words[3] + "-" + monthNamed(words[2]) + "-" + twoDigits(words[1]) + "T" + words[4] + zone
}

// joined is a date whose parts are in the order of ISO 8601 already.
func joined(words []string) string {
	if last := len(words) - 1; last > 0 {
		words[last] = zoneOf(words[last])
		if !strings.ContainsAny(words[0], "Tt") {
			words[0] += "T"
		}
	}
	return strings.ReplaceAll(strings.Join(words, ""), "/", "-")
}

// zoneOf is a zone as ISO 8601 has it. Of the names of zones only that of UTC is sure, the others are left out.
func zoneOf(word string) string {
	switch {
	case strings.Contains(" GMT UTC UT Z ", " "+word+" "):
		return "Z"
	case strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "":
		return ""
	}
	return word
}

// monthNamed is the number of a month, "" where it is none.
func monthNamed(name string) string {
	i := strings.Index("jan feb mar apr may jun jul aug sep oct nov dec ", strings.ToLower(name)+" ")
	if i < 0 || i%4 != 0 {
		return ""
	}
	return twoDigits(strconv.Itoa(1 + i/4))
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// inASCII puts the digits of ASCII for those of Arabic and Persian.
func inASCII(r rune) rune {
	switch {
	case '٠' <= r && r <= '٩':
		return r - '٠' + '0'
	case '۰' <= r && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}
