package picture

import (
	"math"
	"math/rand/v2"
)

// poly is a polygon of x, y, x, y ….
func poly(xy ...float64) shape {
	var outline []point
	for i := 0; i+1 < len(xy); i += 2 {
		outline = append(outline, point{xy[i], xy[i+1]})
	}
	return shape{outline}
}

func rect(x, y, w, h float64) shape { return poly(x, y, x+w, y, x+w, y+h, x, y+h) }

func disc(x, y, r float64) shape { return oval(x, y, r, r) }

func oval(x, y, rx, ry float64) shape {
	const corners = 48
	outline := make([]point, corners)
	for i := range outline {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		outline[i] = point{x + rx*cos, y + ry*sin}
	}
	return shape{outline}
}

// crescent is a waning moon.
func crescent(x, y, r float64) shape {
	var outline []point
	for i := range 33 {
		sin, cos := math.Sincos(math.Pi * (0.5 + float64(i)/32))
		outline = append(outline, point{x + r*cos, y + r*sin})
	}
	for i := range 33 {
		sin, cos := math.Sincos(math.Pi * (1.5 - float64(i)/32))
		outline = append(outline, point{x + 0.45*r*cos, y + r*sin})
	}
	return shape{outline}
}

// arch is a rectangle with a round top; y is the height of its foot.
func arch(x, y, w, h float64) shape {
	outline := []point{{x + w, y}, {x, y}}
	for i := range 17 {
		sin, cos := math.Sincos(math.Pi * float64(i) / 16)
		outline = append(outline, point{x + w/2 - w/2*cos, y - h + w/2 - w/2*sin})
	}
	return shape{outline}
}

// band is a line with a width, along points.
func band(width float64, xy ...float64) shape {
	var s shape
	for i := 0; i+3 < len(xy); i += 2 {
		dx, dy := xy[i+2]-xy[i], xy[i+3]-xy[i+1]
		k := width / 2 / math.Hypot(dx, dy)
		nx, ny := -dy*k, dx*k
		s = append(s, poly(xy[i]+nx, xy[i+1]+ny, xy[i+2]+nx, xy[i+3]+ny, xy[i+2]-nx, xy[i+3]-ny, xy[i]-nx, xy[i+1]-ny)...)
	}
	return s
}

// relief is the outline of land.
type relief struct {
	seed  uint64
	y     float64 // of its middle
	rise  float64 // greatest height over the middle
	waves float64 // hills across 100 units
	rough float64 // 0: rolling, 1: craggy
}

// at is the height of the land at x.
func (r relief) at(x float64) float64 {
	random := rand.New(rand.NewPCG(r.seed, 7))
	sum, weight, amount := 0.0, 0.0, 1.0
	waves := r.waves / 100 * 2 * math.Pi
	for range 7 {
		sum += amount * math.Sin(x*waves+random.Float64()*2*math.Pi)
		weight += amount
		amount *= 0.35 + 0.3*r.rough
		waves *= 1.9 + 0.3*random.Float64()
	}
	return r.y - r.rise*sum/weight*1.4
}

// land is a relief down to the foot of the canvas, as a shape.
func land(r relief, width, foot float64) shape {
	outline := []point{{width + 1, foot + 1}, {-1, foot + 1}}
	for x := -1.0; x <= width+1; x += 0.25 {
		outline = append(outline, point{x, r.at(x)})
	}
	return shape{outline}
}

// moved is the shape shifted; scaled is it blown up around a point.
func (s shape) moved(dx, dy float64) shape {
	return s.each(func(p point) point { return point{p.x + dx, p.y + dy} })
}

func (s shape) scaled(x, y, kx, ky float64) shape {
	return s.each(func(p point) point { return point{x + (p.x-x)*kx, y + (p.y-y)*ky} })
}

func (s shape) each(f func(point) point) shape {
	out := make(shape, len(s))
	for i, outline := range s {
		for _, p := range outline {
			out[i] = append(out[i], f(p))
		}
	}
	return out
}
