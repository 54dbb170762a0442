package picture

import "math"

// hex is a colour as in CSS: 0xf2c57c.
func hex(v uint32) rgb {
	return rgb{float64(v>>16&255) / 255, float64(v>>8&255) / 255, float64(v&255) / 255}
}

// flat is one colour.
func flat(v uint32) paint { return glaze(v, 1) }

// glaze is one colour, let through by its opacity.
func glaze(v uint32, alpha float64) paint {
	c := hex(v)
	return func(_, _ float64) (rgb, float64) { return c, alpha }
}

// stop is a colour at a height.
type stop struct {
	y float64
	v uint32
}

// fall runs from colour to colour downwards.
func fall(stops ...stop) paint {
	return func(_, y float64) (rgb, float64) {
		for i, s := range stops[1:] {
			if y <= s.y {
				from := stops[i]
				return mix(hex(from.v), hex(s.v), min(max((y-from.y)/(s.y-from.y), 0), 1)), 1
			}
		}
		return hex(stops[len(stops)-1].v), 1
	}
}

// glow is a colour that fades away from a centre.
func glow(x, y, radius float64, v uint32, alpha float64) paint {
	c := hex(v)
	return func(px, py float64) (rgb, float64) {
		far := min(math.Hypot(px-x, py-y)/radius, 1)
		return c, alpha * (1 - far) * (1 - far)
	}
}

// mist is a colour that thickens from one height to another.
func mist(v uint32, from, to, alpha float64) paint {
	c := hex(v)
	return func(_, y float64) (rgb, float64) { return c, alpha * min(max((y-from)/(to-from), 0), 1) }
}
