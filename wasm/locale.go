//go:build js && wasm

package main

import (
	"strings"
	"time"

	"byway/internal/article"
	"byway/internal/page"

	"github.com/hack-pad/safejs"
)

// locale writes dates and numbers with the browser's Intl, in the reader's time zone.
type locale struct {
	page.Locale // what is used where Intl fails
	tag         string
	moment, day safejs.Value // Intl.DateTimeFormat
	ago         safejs.Value // Intl.RelativeTimeFormat
	seconds     safejs.Value // Intl.NumberFormat
}

// newLocale makes the locale for an interface in this language. fallback serves where Intl does not know it.
func newLocale(language string, fallback page.Locale) page.Locale {
	l := &locale{Locale: fallback, tag: localeTag(language)}
	for _, f := range []struct {
		to      *safejs.Value
		class   string
		options map[string]any
	}{
		{&l.moment, "DateTimeFormat", map[string]any{"dateStyle": "long", "timeStyle": "short"}},
		{&l.day, "DateTimeFormat", map[string]any{"dateStyle": "long", "timeZone": "UTC"}},
		{&l.ago, "RelativeTimeFormat", map[string]any{"numeric": "auto"}},
		{&l.seconds, "NumberFormat", map[string]any{"style": "unit", "unit": "second", "maximumFractionDigits": 1}},
	} {
		formatter, err := construct(global("Intl", f.class), l.tag, f.options)
		if err != nil {
			return fallback
		}
		*f.to = formatter
	}
	return l
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
	formatter := l.moment
	if d.DateOnly {
		formatter = l.day
	}
	date, err := construct(global("Date"), float64(d.Time.UnixMilli()))
	if err != nil {
		return l.Locale.Date(d)
	}
	if s := l.format(formatter, date); s != "" {
		return s
	}
	return l.Locale.Date(d)
}

func (l *locale) Ago(at time.Time) string {
	count, unit := roughly(time.Since(at))
	if s := l.format(l.ago, -count, unit); s != "" {
		return s
	}
	return l.Locale.Ago(at)
}

func (l *locale) Seconds(d time.Duration) string {
	if s := l.format(l.seconds, d.Seconds()); s != "" {
		return s
	}
	return l.Locale.Seconds(d)
}

func (l *locale) format(formatter safejs.Value, args ...any) string {
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
