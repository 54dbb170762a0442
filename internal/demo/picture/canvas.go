package picture

import (
	"image"
	"image/color"
	"math"
)

// point is a place on the canvas, in the units of the scene: x to the right, y down.
type point struct{ x, y float64 }

// shape is an area inside closed outlines. An outline inside another that runs the same way adds nothing.
type shape [][]point

// rgb is a colour, each part between 0 and 1.
type rgb struct{ r, g, b float64 }

// paint gives the colour and the opacity at a point.
type paint func(x, y float64) (rgb, float64)

// canvas is a picture in the making.
type canvas struct {
	w, h  int     // pixels
	scale float64 // pixels a unit
	pix   []rgb
	cover []float64 // change of coverage from one pixel to the next, w+2 a row; all zero between two fills
}

// newCanvas makes a canvas of w pixels across; one unit across is w/units pixels.
func newCanvas(w, h int, units float64) *canvas {
	return &canvas{w: w, h: h, scale: float64(w) / units, pix: make([]rgb, w*h), cover: make([]float64, (w+2)*h)}
}

// subrows is how many lines of each row of pixels are sampled for coverage.
const subrows = 8

// fill paints a shape, its edges smoothed.
func (c *canvas) fill(s shape, p paint) {
	top, bottom := c.h, 0
	for _, outline := range s {
		for i, from := range outline {
			to := outline[(i+1)%len(outline)]
			first, last := c.edge(from, to)
			top, bottom = min(top, first), max(bottom, last)
		}
	}
	for y := top; y < bottom; y++ {
		c.blend(y, p)
	}
}

// edge notes where one edge changes the coverage, and gives the rows that it touches, the last excluded.
func (c *canvas) edge(from, to point) (first, last int) {
	dir := 1.0 / subrows
	if from.y > to.y {
		from, to, dir = to, from, -dir
	}
	step := c.scale * subrows
	begin := max(0, int(math.Ceil(from.y*step-0.5)))
	end := min(c.h*subrows, int(math.Ceil(to.y*step-0.5)))
	for line := begin; line < end; line++ {
		y := (float64(line) + 0.5) / step
		x := (from.x + (to.x-from.x)*(y-from.y)/(to.y-from.y)) * c.scale
		x = min(max(x, 0), float64(c.w))
		i, part := line/subrows*(c.w+2)+int(x), x-math.Floor(x)
		c.cover[i] += dir * (1 - part)
		c.cover[i+1] += dir * part
	}
	if begin >= end {
		return c.h, 0
	}
	return begin / subrows, (end-1)/subrows + 1
}

// blend puts the paint on one row, by its coverage, and clears the coverage.
func (c *canvas) blend(y int, p paint) {
	row, sum := c.cover[y*(c.w+2):(y+1)*(c.w+2)], 0.0
	for x := range c.w {
		sum += row[x]
		covered := min(math.Abs(sum), 1)
		if covered < 1.0/512 {
			continue
		}
		colour, alpha := p((float64(x)+0.5)/c.scale, (float64(y)+0.5)/c.scale)
		at := &c.pix[y*c.w+x]
		*at = mix(*at, colour, alpha*covered)
	}
	clear(row)
}

// image gives the picture in eight bits a colour. A fixed pattern of a fraction of a step keeps skies free of bands.
func (c *canvas) image() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, c.w, c.h))
	for y := range c.h {
		for x := range c.w {
			p, d := c.pix[y*c.w+x], grain(x, y)
			img.SetRGBA(x, y, color.RGBA{eight(p.r, d), eight(p.g, d), eight(p.b, d), 255})
		}
	}
	return img
}

func eight(v, dither float64) uint8 { return uint8(min(max(v*255+dither, 0), 255)) }

// grain is interleaved gradient noise (Jimenez 2014), between 0 and 1.
func grain(x, y int) float64 {
	_, f := math.Modf(52.9829189 * frac(0.06711056*float64(x)+0.00583715*float64(y)))
	return f
}

func frac(v float64) float64 { return v - math.Floor(v) }

func mix(a, b rgb, t float64) rgb {
	return rgb{a.r + (b.r-a.r)*t, a.g + (b.g-a.g)*t, a.b + (b.b-a.b)*t}
}
