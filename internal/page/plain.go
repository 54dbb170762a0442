package page

import (
	"strconv"
	"strings"
	"time"

	"byway/internal/article"
)

// Plain is a Locale that depends on nothing but the language: dates in full, in the offset that the article gives, and
// no time that passes. It is for pages that are written once and read later.
func Plain(language string) Locale { return plain{wordsFor(language)} }

type plain struct{ words *Words }

var _ Locale = plain{}

func (p plain) Date(d article.Date) string {
	t := d.Time()
	if d.DateOnly {
		t = t.UTC()
	}
	day := p.digits(strconv.Itoa(t.Day())) + " " + p.words.Months[t.Month()-1] + " " + p.digits(strconv.Itoa(t.Year()))
	if d.DateOnly {
		return day
	}
	return day + p.words.ListSeparator + p.digits(t.Format("15:04")) + " " + p.offset(t)
}

// Ago gives the moment itself: how long ago it was is not known when the page is read.
func (p plain) Ago(at time.Time) string { return p.Date(article.DateOf(at.UTC())) }

func (p plain) Seconds(d time.Duration) string {
	return strings.Replace(p.words.Seconds, "{}", p.digits(strconv.FormatFloat(d.Seconds(), 'f', 1, 64)), 1)
}

// offset writes "UTC", "UTC+3" or "UTC+5:30".
func (p plain) offset(t time.Time) string {
	s := strings.TrimSuffix(t.Format("-07:00"), ":00")
	sign, hours := s[:1], strings.TrimPrefix(s[1:], "0")
	if hours == "0" {
		return "UTC"
	}
	return "UTC" + sign + p.digits(hours)
}

// count writes a number of things.
func (p plain) count(n int) string { return p.digits(strconv.Itoa(n)) }

// megabytes writes a size, which is never nothing.
func (p plain) megabytes(size int64) string {
	return p.digits(strconv.FormatFloat(max(float64(size)/1e6, 0.1), 'f', 1, 64))
}

func (p plain) digits(s string) string {
	digits := []rune(p.words.Digits)
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return r
		}
		return digits[r-'0']
	}, s)
}
