package tree

import (
	"math"
	"strconv"
	"strings"
)

// Decimal reads a number such as "-12.5e3"; hexadecimal, Inf and NaN are none. It is exact up to 15 digits and 22 places,
// and beyond that good to a few parts in 10¹⁵. Sizes, and places in pictures, need no more, and strconv.ParseFloat
// weighs too much.
func Decimal(s string) (float64, bool) {
	number, exponent, hasExponent := strings.Cut(strings.ToLower(s), "e")
	negative := strings.HasPrefix(number, "-")
	if negative || strings.HasPrefix(number, "+") {
		number = number[1:]
	}
	whole, part, _ := strings.Cut(number, ".")
	digits, power := whole+part, 0
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	if hasExponent {
		n, err := strconv.Atoi(exponent)
		if err != nil {
			return 0, false
		}
		power = n
	}
	f := scaled(digits, power-len(part))
	if negative {
		f = -f
	}
	return f, math.Abs(f) <= math.MaxFloat64 // not where it is too large
}

// scaled is a whole number times a power of ten.
func scaled(digits string, power int) float64 {
	f, scale := 0.0, 1.0
	for _, digit := range []byte(digits) {
		f = f*10 + float64(digit-'0')
	}
	for range min(max(power, -power), 400) {
		scale *= 10
	}
	switch {
	case power < 0:
		return f / scale
	case f > 0:
		return f * scale
	}
	return f
}
