package picture

import (
	"math"
	"math/rand/v2"
)

// stars strews stars over the upper part of the canvas, thinner towards the foot.
func stars(c *canvas, seed uint64, count int, width, foot float64) {
	random := rand.New(rand.NewPCG(seed, 1))
	for range count {
		x, y := width*random.Float64(), foot*math.Pow(random.Float64(), 1.4)
		size := 0.1 + 0.28*math.Pow(random.Float64(), 5)
		c.fill(disc(x, y, size), glaze(0xf3f0e2, 0.35+0.65*random.Float64()))
	}
}

// clouds are flat-footed heaps.
func clouds(c *canvas, seed uint64, colour uint32, alpha float64) {
	random := rand.New(rand.NewPCG(seed, 2))
	for range 4 {
		x, y, w := 150*random.Float64(), 6+22*random.Float64(), 14+18*random.Float64()
		for i := range 3 {
			k := 1 - 0.28*float64(i)
			c.fill(oval(x+w*0.3*float64(i)*(1-2*float64(i%2)), y-1.1*float64(i), w*k, 1.5*k), glaze(colour, alpha*0.55))
		}
	}
}

// glitter is light on water, a column that widens towards the beholder.
func glitter(c *canvas, x, top, foot, width float64, colour uint32) {
	random := rand.New(rand.NewPCG(99, uint64(x)))
	for y := top + 0.6; y < foot; y += 0.9 + (y-top)*0.045 {
		t := (y - top) / (foot - top)
		w := width * (0.35 + 0.9*t) * (0.5 + 0.7*random.Float64())
		c.fill(oval(x+(random.Float64()-0.5)*width*0.7*t, y, w, 0.22+0.5*t), glaze(colour, 0.75-0.5*t))
	}
}

// ripples are short strokes on water, longer towards the beholder.
func ripples(c *canvas, seed uint64, width, top, foot float64, colour uint32, alpha float64) {
	random := rand.New(rand.NewPCG(seed, 3))
	for range 150 {
		t := math.Pow(random.Float64(), 1.3)
		c.fill(oval(width*random.Float64(), top+(foot-top)*t, 1+7*t*(0.4+random.Float64()), 0.08+0.28*t), glaze(colour, alpha*(0.4+0.6*random.Float64())))
	}
}

// gulls are pairs of strokes at the points given.
func gulls(c *canvas, colour uint32, xy ...float64) {
	for i := 0; i+1 < len(xy); i += 2 {
		x, y, k := xy[i], xy[i+1], 1+0.5*frac(float64(i)*0.37)
		c.fill(band(0.45, x-2.4*k, y-0.9*k, x-1*k, y-1.3*k, x, y), flat(colour))
		c.fill(band(0.45, x, y, x+1*k, y-1.3*k, x+2.4*k, y-0.9*k), flat(colour))
	}
}

// village is a mountain village with its lamps turned down, under the Milky Way.
func village(c *canvas) {
	c.fill(rect(0, 0, 150, 100), fall(stop{0, 0x0b1230}, stop{38, 0x1f2f5c}, stop{64, 0x5a5f86}, stop{72, 0x8a7a92}))
	milkyWay(c)
	stars(c, 21, 520, 150, 68)
	c.fill(land(relief{71, 66, 15, 1.3, 0.9}, 150, 100), flat(0x3a4470))
	c.fill(land(relief{72, 73, 11, 1.8, 0.8}, 150, 100), flat(0x28325a))
	c.fill(land(relief{73, 80, 6, 1.4, 0.5}, 150, 100), flat(0x1a2344))
	terraces(c)
	c.fill(land(relief{75, 97, 3, 1.2, 0.4}, 150, 100), flat(0x080d1f))
	for _, x := range []float64{9, 16, 22, 131, 138, 145} {
		poplar(c, x, 99, 0.8+0.5*frac(x*0.61), 0x080d1f)
	}
}

// milkyWay is a slanted band of fine stars in a haze.
func milkyWay(c *canvas) {
	random := rand.New(rand.NewPCG(17, 4))
	at := func(t, off float64) (float64, float64) { return 18 + 118*t + off*0.45, 72 - 78*t + off }
	for range 130 {
		x, y := at(random.Float64(), 7*random.NormFloat64())
		r := 6 + 8*random.Float64()
		c.fill(disc(x, y, r), glow(x, y, r, 0xb7b5dd, 0.085))
	}
	for range 1300 {
		x, y := at(random.Float64(), 6.5*random.NormFloat64())
		c.fill(disc(x, y, 0.08+0.12*random.Float64()), glaze(0xf3eede, 0.25+0.6*random.Float64()))
	}
	for range 40 {
		x, y := at(random.Float64(), 2*random.NormFloat64())
		r := 3 + 4*random.Float64()
		c.fill(disc(x, y, r), glow(x, y, r, 0x141c40, 0.22))
	}
}

// terraces are rows of flat-roofed houses, one above the other.
func terraces(c *canvas) {
	random := rand.New(rand.NewPCG(30, 6))
	for row := range 4 {
		y := 79 + 4.6*float64(row)
		for x := 52 - 6*float64(row); x < 100+5*float64(row); {
			w, h := 4.5+4*random.Float64(), 4.4+2.2*random.Float64()
			c.fill(rect(x, y-h, w, h+5), flat([]uint32{0x37344f, 0x413c55, 0x2e2d49}[random.IntN(3)]))
			c.fill(rect(x-0.3, y-h-0.5, w+0.6, 0.8), flat(0x55506a))
			if random.Float64() < 0.62 {
				wx := x + w*(0.25+0.35*random.Float64())
				c.fill(disc(wx+0.6, y-h*0.5, 3.4), glow(wx+0.6, y-h*0.5, 3.4, 0xff9d42, 0.4))
				c.fill(arch(wx, y-h*0.3, 1.2, 1.9), flat(0xffc46b))
			}
			x += w + 0.25
		}
	}
}

// dome is an observatory under the turning sky.
func dome(c *canvas) {
	c.fill(rect(0, 0, 150, 100), fall(stop{0, 0x07162b}, stop{45, 0x14385a}, stop{76, 0x3f7f8c}, stop{84, 0xa3b79a}))
	trails(c, 96, 34)
	c.fill(land(relief{81, 80, 7, 1.7, 0.8}, 150, 100), flat(0x1c4256))
	c.fill(land(relief{82, 87, 6, 1.1, 0.5}, 150, 100), flat(0x0f2a3c))
	c.fill(poly(8, 101, 24, 88, 40, 83.5, 62, 83, 78, 88, 98, 94, 130, 101), flat(0x071722))
	c.fill(rect(36, 70, 28, 15), flat(0xd9d6c8))
	c.fill(rect(50, 70, 14, 15), flat(0xb3b5ad))
	c.fill(arch(35, 70.6, 30, 16.2), flat(0xece8d8))
	c.fill(poly(50, 54.4, 56, 55.7, 61, 60, 64.4, 66, 65, 70.6, 50, 70.6), flat(0xc6c7bd))
	c.fill(poly(52, 54.5, 56, 55.7, 60, 66, 55, 66), flat(0x0b2233))
	c.fill(band(1.7, 56.6, 63, 61.5, 55), flat(0x35576a))
	c.fill(rect(34.4, 69.6, 31.2, 1.6), flat(0x8d9690))
	c.fill(arch(40, 85, 3.6, 7), flat(0xc4533a))
	c.fill(disc(58, 78, 7), glow(58, 78, 7, 0xff5b3a, 0.5))
	c.fill(rect(56.8, 76.6, 2.4, 2.6), flat(0xff8a5c))
	for _, p := range []float64{84, 87.2, 92} {
		person(c, p, 92.5+0.25*(p-84), 0.75)
	}
	c.fill(band(0.5, 90, 94, 89, 88.5), flat(0x0d1c23))
	c.fill(band(1.1, 87.8, 89.6, 91.4, 86.6), flat(0x0d1c23))
}

// trails are the paths of stars around the pole of the sky.
func trails(c *canvas, x, y float64) {
	random := rand.New(rand.NewPCG(12, 8))
	for range 250 {
		r, from := 3+110*math.Sqrt(random.Float64()), 2*math.Pi*random.Float64()
		var xy []float64
		for i := range 14 {
			sin, cos := math.Sincos(from + 0.55*float64(i)/13)
			xy = append(xy, x+r*cos, y+r*sin)
		}
		colour := []uint32{0xf6efd9, 0xcfe0e8, 0xf3d3a2}[random.IntN(3)]
		c.fill(band(0.14+0.16*random.Float64(), xy...), glaze(colour, 0.25+0.5*random.Float64()))
	}
	c.fill(disc(x, y, 0.5), flat(0xffffff))
}
