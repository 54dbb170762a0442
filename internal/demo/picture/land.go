package picture

import "math/rand/v2"

// houses are a handful of gables on a shore.
func houses(c *canvas, x, y float64, roof uint32) {
	for i := range 6 {
		w, h := 2.2+0.8*frac(float64(i)*0.71), 1.8+1.2*frac(float64(i)*0.43)
		at := x + 3.4*float64(i)
		foot := y + 0.55*float64(i)
		c.fill(rect(at, foot-h, w, h), flat(0xf1e4cb))
		c.fill(poly(at-0.3, foot-h, at+w/2, foot-h-1.5, at+w+0.3, foot-h), flat(roof))
		c.fill(rect(at+w*0.4, foot-h*0.6, 0.6, 0.7), flat(0x56686e))
	}
}

func poplar(c *canvas, x, y, k float64, colour uint32) {
	c.fill(oval(x, y-9*k, 1.7*k, 9*k), flat(colour))
	c.fill(rect(x-0.3*k, y-3*k, 0.6*k, 4*k), flat(colour))
}

func fir(c *canvas, x, y, k float64, colour uint32) {
	for i := range 3 {
		f := float64(i)
		c.fill(poly(x-(3-0.7*f)*k, y-(1+2.6*f)*k, x, y-(6+2.6*f)*k, x+(3-0.7*f)*k, y-(1+2.6*f)*k), flat(colour))
	}
	c.fill(rect(x-0.35*k, y-1*k, 0.7*k, 1.6*k), flat(colour))
}

// hills is the island's road in the mist of a morning.
func hills(c *canvas) {
	c.fill(rect(0, 0, 150, 100), fall(stop{0, 0xf0c9a0}, stop{30, 0xf7e2c0}, stop{50, 0xf6ecd8}))
	c.fill(disc(46, 30, 46), glow(46, 30, 46, 0xfff8e2, 0.9))
	c.fill(disc(46, 30, 6.5), flat(0xfffaea))
	for i, v := range []uint32{0xcfd3c4, 0xafc0b4, 0x89a79c, 0x628a80} {
		f := float64(i)
		c.fill(land(relief{uint64(50 + i), 46 + 8.5*f, 8 - f, 1.3 + 0.25*f, 0.6 - 0.1*f}, 150, 100), flat(v))
		c.fill(rect(0, 46+8.5*f, 150, 14), mist(0xf6ecd8, 46+8.5*f, 60+8.5*f, 0.55-0.1*f))
	}
	random := rand.New(rand.NewPCG(88, 1))
	ridge := relief{53, 71.5, 5, 2.05, 0.3}
	for range 26 {
		x := 150 * random.Float64()
		fir(c, x, ridge.at(x)+1.5, 0.45+0.3*random.Float64(), 0x45706a)
	}
	c.fill(land(relief{61, 83, 5, 1.1, 0.2}, 150, 100), flat(0x3f6b5c))
	c.fill(poly(78, 101, 92, 101, 84, 95, 76, 90, 82, 86.5, 95, 83.6, 102, 81.4, 104, 79.6, 103, 79.6, 99, 81, 90, 83, 76, 86, 69, 90, 73, 95), flat(0xe9d9b4))
	houses(c, 108, 80, 0xb5563c)
	c.fill(land(relief{62, 95, 4, 0.9, 0.2}, 66, 100), flat(0x274c42))
	for _, x := range []float64{6, 13, 19, 28, 37} {
		fir(c, x, 97-frac(x*0.7)*4, 1.6+frac(x*0.37), 0x1d3c35)
	}
	for _, x := range []float64{124, 131, 143} {
		fir(c, x, 96-frac(x*0.7)*4, 1.1+frac(x*0.37), 0x274c42)
	}
}

// market is the quay on a Saturday.
func market(c *canvas) {
	c.fill(rect(0, 0, 120, 90), fall(stop{0, 0x9fc9cf}, stop{40, 0xe3ecdf}))
	for i, v := range []uint32{0xe7b98d, 0xc97f5f, 0xeeddbd, 0x8fa8a0, 0xd9a05b, 0xe9cfb0, 0xa86a5a} {
		gable(c, -4+18.4*float64(i), 18.4, 10+7*frac(float64(i)*0.61), v)
	}
	c.fill(rect(0, 66, 120, 24), fall(stop{66, 0xcbb79a}, stop{90, 0xa58f74}))
	bunting(c)
	for i, v := range []uint32{0xc4533a, 0x2f6f78, 0xd99a35} {
		stall(c, 6+38*float64(i), v, uint64(i))
	}
	for _, p := range [][2]float64{{41, 1.1}, {45, 0.7}, {80.5, 1.05}, {117, 1.15}} {
		person(c, p[0], 84, p[1]*1.6)
	}
}

func gable(c *canvas, x, w, y float64, v uint32) {
	c.fill(rect(x, y+9, w, 60), flat(v))
	c.fill(poly(x-0.6, y+9.4, x+w/2, y, x+w+0.6, y+9.4), flat(0x6f4a41))
	c.fill(rect(x+w-1.6, y+9, 1.6, 60), glaze(0x3a2c2c, 0.18))
	for row := range 3 {
		for col := range 3 {
			wx, wy := x+2.4+5*float64(col), y+13+9*float64(row)
			c.fill(rect(wx-0.4, wy-0.4, 3.8, 5.8), flat(0xf6efe0))
			c.fill(rect(wx, wy, 3, 5), flat([]uint32{0x4d6770, 0x5c7882, 0xf0cf8a}[(row*2+col+int(x+w))%3]))
		}
	}
}

func bunting(c *canvas) {
	for i := range 30 {
		x := 4.2 * float64(i)
		sag := func(x float64) float64 { t := frac(x / 60); return 40 + 14*t*(1-t)*2 }
		c.fill(band(0.3, x, sag(x), x+4.2, sag(x+4.199)), flat(0x5b4b45))
		c.fill(poly(x+0.6, sag(x+0.6), x+3.4, sag(x+3.4), x+2, sag(x+2)+4), flat([]uint32{0xc4533a, 0xf0c75e, 0x2f6f78, 0xf6efe0}[i%4]))
	}
}

// stall is a table of fruit under a striped awning.
func stall(c *canvas, x float64, v uint32, seed uint64) {
	c.fill(rect(x+1, 56, 1, 28), flat(0x5b4b45))
	c.fill(rect(x+29, 56, 1, 28), flat(0x5b4b45))
	c.fill(rect(x+1, 60, 29, 14), glaze(0x2c2522, 0.45))
	random := rand.New(rand.NewPCG(seed, 9))
	for i := range 4 {
		fruit := []uint32{0xd9542f, 0xe8b23a, 0x7d9a3f, 0xb23a4a, 0xe98b3a}[(i+int(seed)*2)%5]
		for range 16 {
			c.fill(disc(x+3.4+7*float64(i)+5*random.Float64(), 72.4-2.6*random.Float64(), 0.95), flat(fruit))
		}
	}
	c.fill(rect(x, 73, 31, 3.4), flat(0xb98a57))
	c.fill(rect(x+1, 76.4, 29, 9), flat(0x8f6640))
	for i := range 9 {
		c.fill(rect(x+1+3.3*float64(i), 76.4, 0.5, 9), glaze(0x3a2a1e, 0.35))
	}
	for i := range 9 {
		f, colour := float64(i), v
		if i%2 == 1 {
			colour = 0xf6efe0
		}
		c.fill(poly(x+2.4+2.94*f, 46, x+2.4+2.94*(f+1), 46, x-1.5+3.8*(f+1), 57, x-1.5+3.8*f, 57), flat(colour))
		c.fill(oval(x+0.4+3.8*f, 57, 1.9, 1.7), flat(colour))
	}
	c.fill(rect(x-1.5, 55.6, 34.2, 1.4), glaze(0x2c2522, 0.12))
}

// blossom is an orchard of almonds below a snowy range.
func blossom(c *canvas) {
	c.fill(rect(0, 0, 120, 90), fall(stop{0, 0x7fb4cf}, stop{46, 0xdfeae4}))
	clouds(c, 15, 0xffffff, 0.6)
	peaks := relief{93, 38, 13, 1.9, 0.95}
	c.fill(land(peaks, 120, 90), flat(0xf4f4f0))
	c.fill(land(relief{93, 46, 12, 1.9, 0.95}, 120, 90), flat(0x8fa6b5))
	c.fill(land(relief{94, 52, 5, 2.2, 0.6}, 120, 90), flat(0x8ca98f))
	c.fill(land(relief{95, 58, 3, 1.6, 0.3}, 120, 90), flat(0x9dbb7a))
	c.fill(rect(0, 60, 120, 30), fall(stop{60, 0x9dbb7a}, stop{90, 0x5f8a4c}))
	c.fill(poly(58, 59, 60, 59, 84, 91, 50, 91), flat(0xd9c79c))
	random := rand.New(rand.NewPCG(40, 2))
	for row := range 4 {
		f := float64(row)
		for x := 6 - 4*f; x < 122; x += 15 + 3.6*f {
			if y := 63 + 7*f; x < 52-4*f || x > 68+4*f {
				almond(c, random, x, y, 0.5+0.28*f)
			}
		}
	}
	person(c, 62, 72, 0.8)
	person(c, 64.6, 72.4, 0.5)
}

func almond(c *canvas, random *rand.Rand, x, y, k float64) {
	c.fill(oval(x, y+0.3, 6*k, 1*k), glaze(0x35552f, 0.35))
	c.fill(band(1.1*k, x, y, x+0.4*k, y-6*k, x-2.5*k, y-11*k), flat(0x5a4038))
	c.fill(band(0.8*k, x+0.4*k, y-6*k, x+3*k, y-10.5*k), flat(0x5a4038))
	for i := range 46 {
		px, py := 3.4*random.NormFloat64(), 2.5*random.NormFloat64()
		v := []uint32{0xe9a9b8, 0xf3c6cf, 0xfbe4e6}[i/16]
		c.fill(disc(x+px*k, y-11*k+py*k, (0.8+0.9*random.Float64())*k), flat(v))
	}
}
