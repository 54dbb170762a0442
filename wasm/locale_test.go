//go:build js && wasm

package main

import (
	"testing"
	"time"

	"byway/internal/article"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

// setLanguages gives the reader other languages until the test ends.
func setLanguages(t *testing.T, languages string) {
	t.Helper()
	must[safejs.Value](t)(global("Object").Call("defineProperty", global("navigator"), "languages",
		evaluate(t, `{ configurable: true, value: `+languages+` }`)))
	t.Cleanup(func() { require.NoError(t, global("navigator").Delete("languages")) })
}

func TestTheLocaleIsTheReadersOwnOfTheInterfacesLanguage(t *testing.T) {
	for _, c := range []struct{ languages, language, want string }{
		{`["fr-CA", "en-AU", "en-GB"]`, "en", "en-AU"},
		{`["fr-CA"]`, "en", "en"},
		{`["EN-au"]`, "en-US", "EN-au"},
		{`[]`, "fa", "fa"},
		{`undefined`, "ar", "ar"},
		{`[7, "ar-EG"]`, "ar", "ar-EG"},
	} {
		setLanguages(t, c.languages)
		require.Equal(t, c.want, localeTag(c.language), c.languages)
	}
}

func TestDatesAreThoseOfTheReader(t *testing.T) {
	setLanguages(t, `["en-GB"]`)
	l := newLocale("en")
	at := time.Date(2031, 4, 17, 12, 30, 0, 0, time.UTC)
	want := text(evaluate(t, `new Date("2031-04-17T12:30:00Z").toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })`))
	require.Equal(t, want, l.Date(article.DateOf(at)))
	require.Equal(t, "17 April 2031", l.Date(article.DayOf(at.Truncate(24*time.Hour))))
	setLanguages(t, `["fa-IR"]`)
	require.Equal(t, "۲۸ فروردین ۱۴۱۰", newLocale("fa").Date(article.DayOf(at.Truncate(24*time.Hour))))
}

func TestHowLongAgo(t *testing.T) {
	setLanguages(t, `["en-GB"]`)
	l := newLocale("en")
	for _, c := range []struct {
		before time.Duration
		want   string
	}{
		{-time.Hour, "now"}, {0, "now"}, {59 * time.Second, "59 seconds ago"}, {61 * time.Second, "1 minute ago"}, {2*time.Hour - 1, "1 hour ago"},
		{26 * time.Hour, "yesterday"}, {10 * 24 * time.Hour, "10 days ago"}, {70 * 24 * time.Hour, "2 months ago"}, {800 * 24 * time.Hour, "2 years ago"},
	} {
		require.Equal(t, c.want, l.Ago(time.Now().Add(-c.before)))
	}
	setLanguages(t, `["en-US"]`)
	require.Equal(t, "1.2 sec", newLocale("en").Seconds(1234*time.Millisecond))
}

func TestWithoutIntlDatesAreStillWritten(t *testing.T) {
	l := newLocale("not a language tag")
	require.Equal(t, "1970-01-01T00:00:00Z", l.Date(article.DateOf(time.Unix(0, 0).UTC())))
	require.Equal(t, "1970-01-01", l.Date(article.DayOf(time.Unix(0, 0))))
	require.Equal(t, "1970-01-01T00:00:00Z", l.Ago(time.Unix(0, 0).UTC()))
	require.Equal(t, "1.2s", l.Seconds(1234*time.Millisecond))
}
