package page

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The style sheet belongs to what this package renders, so what the design asks of it is checked here.
const stylePath = "../../web/byway.css"

var (
	commentPattern = regexp.MustCompile(`(?s)/\*.*?\*/`)
	colourPattern  = regexp.MustCompile(`--(text|quiet|faint|rule|field|background|accent): (?:var\(--byway-[a-z]+, )?#([0-9a-f]{6})`)
)

func styleSheet(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(stylePath)
	require.NoError(t, err)
	return commentPattern.ReplaceAllString(string(data), "")
}

// palettes are the colours of each theme, in the order of the sheet: light, dark by the system, dark, sepia.
func palettes(t *testing.T) []map[string]string {
	var all []map[string]string
	for _, block := range strings.Split(styleSheet(t), "}") {
		colours := map[string]string{}
		for _, m := range colourPattern.FindAllStringSubmatch(block, -1) {
			colours[m[1]] = m[2]
		}
		if len(colours) == 7 {
			all = append(all, colours)
		}
	}
	require.Len(t, all, 4)
	return all
}

func TestContrast(t *testing.T) {
	for i, c := range palettes(t) {
		for _, pair := range []struct {
			front, back string
			least       float64
		}{
			{"text", "background", 7}, {"quiet", "background", 7}, {"accent", "background", 7},
			{"faint", "background", 4.5}, {"quiet", "field", 4.5}, {"text", "field", 4.5}, {"accent", "field", 4.5},
		} {
			got := contrast(t, c[pair.front], c[pair.back])
			require.GreaterOrEqual(t, got, pair.least, "theme %d: %s on %s is %.2f", i, pair.front, pair.back, got)
		}
		require.Greater(t, contrast(t, c["text"], c["background"]), contrast(t, c["quiet"], c["background"]))
		require.Greater(t, contrast(t, c["quiet"], c["background"]), contrast(t, c["faint"], c["background"]))
	}
}

func TestBothWaysToTheDarkThemeAreTheSame(t *testing.T) {
	all := palettes(t)
	require.Equal(t, all[1], all[2])
}

// contrast is the ratio of WCAG 2.2.
func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[2*i:2*i+2], 16, 8)
		require.NoError(t, err)
		c := float64(n) / 255
		if c <= 0.04045 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return sum
}

func TestTheContrastOfBlackOnWhiteIs21(t *testing.T) {
	require.Equal(t, "21.00", fmt.Sprintf("%.2f", contrast(t, "000000", "ffffff")))
}

func TestTheStyleSheetNeitherLeaksNorTakesSides(t *testing.T) {
	sheet := styleSheet(t)
	for _, rule := range []struct{ name, pattern string }{
		{"a size that hangs on the host page's root", `[0-9]rem\b`},
		{"something loaded from elsewhere", `url\(|@import|@font-face`},
		{"a margin of one side", `(?:margin|border)-(?:left|right)\b`},
		{"a place of one side", `[;{\s](?:left|right)\s*:`},
		{"a float to one side", `float:\s*(?:left|right)`},
	} {
		require.Empty(t, regexp.MustCompile(rule.pattern).FindAllString(sheet, -1), rule.name)
	}
}

// Every class that is styled is one that something writes, and the other way round for the parts of the layout.
func TestEveryStyledClassIsWritten(t *testing.T) {
	written := map[string]bool{"mount": true, "open": true, "loading": true, "unsupported": true} // by the element's script
	for _, n := range pages() {
		for _, e := range parse(t, htmlOf(t, n)).all("*") {
			class, _ := attrOf(e, "class")
			for _, c := range strings.Fields(class) {
				written[c] = true
			}
		}
	}
	for _, c := range []string{"start", "end", "full", "pull", "tall"} {
		written[c] = true // layouts that pages() has no example of
	}
	styled := regexp.MustCompile(`\.([a-z]+)\b`).FindAllStringSubmatch(selectors(styleSheet(t)), -1)
	require.Greater(t, len(styled), 50)
	for _, m := range styled {
		require.True(t, written[m[1]], "nothing has the class %q", m[1])
	}
}

// selectors is the sheet without the declarations.
func selectors(sheet string) string {
	return regexp.MustCompile(`\{[^{}]*\}`).ReplaceAllString(sheet, "\n")
}
