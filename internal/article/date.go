package article

import (
	"strconv"
	"strings"
	"time"
)

// Layouts of dates as publishers write them, after tidyDate. The first list gives a moment. The second has no time zone
// or no time, and gives a day.
var (
	momentLayouts = []string{
		"2006-01-02T15:04:05Z07:00",
		"2006-01-02T15:04:05Z0700",
		"2006-01-02T15:04:05Z07",
		"2006-01-02T15:04Z07:00",
		"2006-01-02T15:04Z0700",
		"20060102T150405Z0700",
		"Mon, 2 Jan 2006 15:04:05 -0700",
		"Mon, 2 Jan 2006 15:04:05 GMT",
	}
	dayLayouts = []string{
		"2006-01-02T15:04:05",
		"2006-01-02T15:04",
		"2006-01-02",
		"20060102T150405",
		"20060102",
		"Mon, 2 Jan 2006 15:04:05",
		// Go reads a zone's name but takes unknown ones, such as CEST, for UTC. Only the day is used.
		"Mon, 2 Jan 2006 15:04:05 MST",
		"Mon Jan 2 15:04:05 MST 2006",
	}
)

// offsetUnknown is how the native format writes a day: RFC 3339's mark for "local offset unknown" (§4.3), at midnight.
const offsetUnknown = "T00:00:00-00:00"

// ParseDate reads a date in any of the forms that publishers use, among them seconds and milliseconds since 1970. It
// reports false for what is none, such as PHP's 0000-00-00.
func ParseDate(s string) (Date, bool) {
	s = tidyDate(s)
	if day, ok := strings.CutSuffix(s, offsetUnknown); ok {
		s = day
	}
	for _, layout := range momentLayouts {
		if t, err := time.ParseInLocation(layout, s, time.UTC); err == nil {
			return checkedDate(Date{Time: t})
		}
	}
	for _, layout := range dayLayouts {
		if t, err := time.ParseInLocation(layout, s, time.UTC); err == nil {
			return checkedDate(dayOf(t))
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > 1e8 { // less could be a year or a number of anything
		return checkedDate(sinceEpoch(n))
	}
	return Date{}, false
}

// String gives the date as the native format writes it.
func (d Date) String() string {
	if d.DateOnly {
		return d.Time.UTC().Format(time.DateOnly) + offsetUnknown
	}
	return d.Time.Format(time.RFC3339Nano)
}

// tidyDate brings "2024-04-30 16:17:29 +02:00" to the form of ISO 8601.
func tidyDate(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > len(time.DateOnly) && s[4] == '-' && s[len(time.DateOnly)] == ' ' {
		s = s[:len(time.DateOnly)] + "T" + strings.ReplaceAll(s[len(time.DateOnly):], " ", "")
	}
	return s
}

func dayOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{Time: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), DateOnly: true}
}

// sinceEpoch takes large numbers for milliseconds: as seconds they would lie after the year 5000.
func sinceEpoch(n int64) Date {
	if n > 1e11 {
		return Date{Time: time.UnixMilli(n).UTC()}
	}
	return Date{Time: time.Unix(n, 0).UTC()}
}

// checkedDate refuses years that no article has, and that RFC 3339 could not write.
func checkedDate(d Date) (Date, bool) {
	if year := d.Time.UTC().Year(); year < 1500 || year > 9998 {
		return Date{}, false
	}
	return d, true
}
