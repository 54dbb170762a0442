package markup

import (
	"strconv"
	"strings"

	"byway/internal/tree"
)

// candidate is one picture of a srcset: its width in pixels, or its density, or neither.
type candidate struct {
	ref     string
	width   int
	density float64
}

const maxCandidates = 32

// parseSrcset follows HTML §4.8.4.2.2. A comma parts candidates only after a space or at the end of an address: CDNs
// write commas inside addresses (§4.3).
func parseSrcset(s string) []candidate {
	var list []candidate
	for len(list) < maxCandidates {
		s = strings.TrimLeft(s, htmlSpace+",")
		if s == "" {
			break
		}
		end := strings.IndexAny(s, htmlSpace)
		if end < 0 {
			end = len(s)
		}
		c := candidate{ref: s[:end]}
		s = s[end:]
		valid := true
		if strings.HasSuffix(c.ref, ",") {
			c.ref = strings.TrimRight(c.ref, ",")
		} else {
			var descriptors []string
			descriptors, s = srcsetDescriptors(s)
			valid = c.describe(descriptors)
		}
		if valid {
			list = append(list, c)
		}
	}
	return list
}

// htmlSpace is the white space of HTML (§2.4, Infra §4.6).
const htmlSpace = " \t\n\f\r"

// srcsetDescriptors reads up to the comma that ends a candidate; commas in parentheses do not.
func srcsetDescriptors(s string) (descriptors []string, rest string) {
	depth, end := 0, len(s)
	for i := 0; i < len(s) && end == len(s); i++ {
		switch {
		case s[i] == '(':
			depth++
		case s[i] == ')':
			depth = max(depth-1, 0)
		case s[i] == ',' && depth == 0:
			end = i
		}
	}
	return strings.Fields(s[:end]), s[end:]
}

func (c *candidate) describe(descriptors []string) bool {
	for _, d := range descriptors {
		value, unit := d[:len(d)-1], d[len(d)-1]
		switch unit {
		case 'w':
			n, err := strconv.Atoi(value)
			if err != nil || n < 1 {
				return false
			}
			c.width = n
		case 'x':
			x, ok := tree.Decimal(value)
			if !ok || !(x > 0 && x <= 10) {
				return false
			}
			c.density = x
		case 'h':
		default:
			return false
		}
	}
	return true
}
