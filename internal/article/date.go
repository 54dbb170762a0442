package article

import (
	"strconv"
	"strings"
	"time"
)

// Date is a moment or, where the source gave no time zone or no time, a day. The zero Date is none.
type Date struct {
	time time.Time
	// DateOnly says that only year, month and day, in UTC, are known.
	DateOnly bool
}

// DateOf is a moment.
func DateOf(t time.Time) Date { return Date{time: t} }

// DayOf is the day, in UTC, of a moment.
func DayOf(t time.Time) Date { return Date{t, true} }

// Time is the moment, or one on the day.
func (d Date) Time() time.Time { return d.time }

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.time.IsZero() }

// offsetUnknown is how the native format writes a day: RFC 3339's mark for "local offset unknown" (§4.3), at midnight.
const offsetUnknown = "T00:00:00-00:00"

// ParseDate reads a date in any of the forms that publishers use: those of ISO 8601, e-mail and Unix, and seconds or
// milliseconds since 1970. Without a time, without a zone, and with a zone of which only the name is given, it is a
// day. It reports false for what is none, such as PHP's 0000-00-00.
func ParseDate(s string) (Date, bool) {
	words := strings.Fields(strings.TrimSuffix(strings.TrimSpace(strings.Map(inASCII, s)), offsetUnknown))
	c := clock{rest: inISO(words)}
	d := c.date()
	if c.bad || c.rest != "" {
		n, err := strconv.ParseInt(strings.Join(words, " "), 10, 64)
		if err != nil || n <= 1e8 { // less could be a year or a number of anything
			return Date{}, false
		}
		d = sinceEpoch(n)
	}
	// Years before are of the Persian or the Islamic calendar, which is not said, so the day cannot be known. RFC 3339
	// could not write those behind.
	if year := d.time.UTC().Year(); year < 1700 || year > 9998 {
		return Date{}, false
	}
	return d, true
}

// String gives the date as the native format writes it.
func (d Date) String() string {
	if d.DateOnly {
		return d.Day() + offsetUnknown
	}
	return d.time.Format(time.RFC3339Nano)
}

// Day gives the day in UTC: "2031-04-17".
func (d Date) Day() string { return d.time.UTC().Format(time.DateOnly) }

// clock reads a date of ISO 8601 from the front, with and without the marks between its numbers.
type clock struct {
	rest string
	bad  bool
}

func (c *clock) date() Date {
	year := c.number(4, 4)
	dash := c.skip("-")
	month := c.number(2, 2)
	c.require(dash == c.skip("-"))
	day := c.number(2, 2)
	midnight := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	c.require(midnight.Day() == day && midnight.Month() == time.Month(month))
	if c.rest == "" {
		return DayOf(midnight)
	}
	c.require(c.skip("Tt"))
	passed := c.time()
	if c.rest == "" {
		return DayOf(midnight)
	}
	zone := c.zone()
	return DateOf(midnight.Add(passed - time.Duration(zone)*time.Second).In(location(zone)))
}

// time is what has passed since midnight.
func (c *clock) time() time.Duration {
	hour := c.number(1, 2)
	c.skip(":")
	minute := c.number(2, 2)
	second, nano := 0, 0
	if c.skip(":") || c.rest != "" && isDigit(c.rest[0]) {
		second = c.number(2, 2)
		if c.skip(".,") {
			nano = c.fraction()
		}
	}
	// A leap second ends a day of UTC, which is a quarter of an hour everywhere.
	c.require(hour < 24 && minute < 60 && (second < 60 || second == 60 && minute%15 == 14))
	return time.Duration(hour*3600+minute*60+min(second, 59))*time.Second + time.Duration(nano)
}

// fraction is one of a second, in nanoseconds. What is smaller is cut.
func (c *clock) fraction() int {
	before := len(c.rest)
	n := c.number(1, 9)
	for digits := before - len(c.rest); digits < 9; digits++ {
		n *= 10
	}
	c.number(0, len(c.rest))
	return n
}

// zone is in seconds east of UTC.
func (c *clock) zone() int {
	if c.skip("Zz") {
		return 0
	}
	west := c.skip("-")
	c.require(west || c.skip("+"))
	hours := c.number(2, 2)
	minutes := 0
	if c.skip(":") || c.rest != "" {
		minutes = c.number(2, 2)
	}
	c.require(hours <= 24 && minutes < 60)
	seconds := hours*3600 + minutes*60
	if west {
		return -seconds
	}
	return seconds
}

func location(seconds int) *time.Location {
	if seconds == 0 {
		return time.UTC
	}
	return time.FixedZone("", seconds)
}

// number reads as many digits as there are, up to most.
func (c *clock) number(least, most int) int {
	n, i := 0, 0
	for ; i < most && i < len(c.rest) && isDigit(c.rest[i]); i++ {
		n = n*10 + int(c.rest[i]-'0')
	}
	c.rest = c.rest[i:]
	c.require(i >= least)
	return n
}

func (c *clock) skip(any string) bool {
	if c.rest == "" || strings.IndexByte(any, c.rest[0]) < 0 {
		return false
	}
	c.rest = c.rest[1:]
	return true
}

func (c *clock) require(ok bool) { c.bad = c.bad || !ok }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// sinceEpoch takes large numbers for milliseconds: as seconds they would lie after the year 5000.
func sinceEpoch(n int64) Date {
	if n > 1e11 {
		return DateOf(time.UnixMilli(n).UTC())
	}
	return DateOf(time.Unix(n, 0).UTC())
}
