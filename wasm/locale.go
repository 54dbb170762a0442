//go:build js && wasm

package main

import (
	"cmp"
	"strings"
	"time"

	"byway/internal/article"
	"byway/internal/page"

	"github.com/hack-pad/safejs"
)

// locale writes dates and numbers with the browser's Intl, in the reader's time zone. Where that cannot, they are
// written as machines do.
type locale struct {
	moment, day safejs.Value // Intl.DateTimeFormat
	ago         safejs.Value // Intl.RelativeTimeFormat
	seconds     safejs.Value // Intl.NumberFormat
}

var _ page.Locale = (*locale)(nil)

// newLocale makes the locale for an interface in this language.
func newLocale(language string) *locale {
	tag := localeTag(language)
	return &locale{
		moment:  formatter("DateTimeFormat", tag, "dateStyle", "long", "timeStyle", "short"),
		day:     formatter("DateTimeFormat", tag, "dateStyle", "long", "timeZone", "UTC"),
		ago:     formatter("RelativeTimeFormat", tag, "numeric", "auto"),
		seconds: formatter("NumberFormat", tag, "style", "unit", "unit", "second", "maximumFractionDigits", "1"),
	}
}

// formatter is undefined where Intl does not know what is asked for.
func formatter(class, tag string, options ...string) safejs.Value {
	v, _ := construct(global("Intl", class), tag, objectOf(options...))
	return v
}

// localeTag is the first of the reader's own locales that is of the interface's language, so that an interface in
// English writes dates as this reader's English does. Without one it is the language itself.
func localeTag(language string) string {
	languages := global("navigator", "languages")
	n, _ := languages.Length()
	for i := range n {
		v, err := languages.Index(i)
		if err == nil && primary(text(v)) == primary(language) {
			return text(v)
		}
	}
	return language
}

// primary is the first subtag of a language tag.
func primary(tag string) string {
	first, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(first)
}

func (l *locale) Date(d article.Date) string {
	formatter, plain := l.moment, d.String()
	if d.DateOnly {
		formatter, plain = l.day, d.Day()
	}
	return cmp.Or(format(formatter, float64(d.Time().UnixMilli())), plain)
}

func (l *locale) Ago(at time.Time) string {
	count, unit := roughly(time.Since(at))
	return cmp.Or(format(l.ago, -count, unit), l.Date(article.DateOf(at)))
}

func (l *locale) Seconds(d time.Duration) string {
	return cmp.Or(format(l.seconds, d.Seconds()), d.Round(100*time.Millisecond).String())
}

func format(formatter safejs.Value, args ...any) string {
	v, err := formatter.Call("format", args...)
	if err != nil {
		return ""
	}
	return text(v)
}

// roughly gives a duration in the largest unit of which it is at least one, rounded down. What is not past yet, by a
// clock that was set back, is now.
func roughly(d time.Duration) (int, string) {
	const day = 24 * time.Hour
	for _, u := range []struct {
		length time.Duration
		name   string
	}{{365 * day, "year"}, {30 * day, "month"}, {day, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if d >= u.length {
			return int(d / u.length), u.name
		}
	}
	return max(int(d/time.Second), 0), "second"
}
