package picture

import "math/rand/v2"

// ferry is the evening boat off the island.
func ferry(c *canvas) {
	c.fill(rect(0, 0, 150, 66), fall(stop{0, 0x2b5568}, stop{26, 0x7f9a97}, stop{46, 0xe8bd8c}, stop{63, 0xf7dca6}))
	c.fill(disc(108, 54, 60), glow(108, 54, 60, 0xffe9b8, 0.75))
	c.fill(disc(108, 53, 8.5), flat(0xfff3d2))
	clouds(c, 4, 0xf3d3ae, 0.5)
	c.fill(land(relief{11, 59, 7, 2.2, 0.5}, 150, 66), flat(0x9aa79f))
	c.fill(land(relief{23, 63, 7.5, 1.6, 0.4}, 150, 66), flat(0x64808a))
	c.fill(poly(-1, 66, -1, 42, 6, 40, 13, 44, 20, 47, 31, 55, 44, 60, 60, 64, 66, 66), flat(0x35596a))
	houses(c, 14, 58, 0xe9c99a)
	c.fill(rect(0, 65, 150, 35), fall(stop{65, 0xe6b98a}, stop{72, 0xa99a8a}, stop{84, 0x4d7180}, stop{100, 0x21414f}))
	glitter(c, 108, 65, 100, 9, 0xfff0c8)
	ripples(c, 31, 150, 68, 99, 0x17323e, 0.28)
	c.boat(40, 74, 1)
	quay(c)
	gulls(c, 0x2a4653, 60, 24, 68, 19, 76, 27, 120, 30, 128, 26)
}

// boat draws a car ferry; x and y are its bow at the water.
func (c *canvas) boat(x, y, k float64) {
	at := func(s shape) shape { return s.scaled(0, 0, k, k).moved(x, y) }
	c.fill(at(oval(26, 3.2, 33, 2.2)), glaze(0x122d3a, 0.5))
	for _, puff := range [][3]float64{{37, -27, 3}, {41, -29.5, 4}, {47, -32.5, 5}, {56, -35, 6}, {67, -36.5, 6.5}} {
		c.fill(at(oval(puff[0], puff[1], puff[2], puff[2]*0.55)), glaze(0xf4e3cd, 0.34))
	}
	c.fill(at(poly(-5, -8, 58, -8, 56, 3, 3, 3)), flat(0x17303d))
	c.fill(at(poly(1.3, 1, 56.5, 1, 56, 3, 3, 3)), flat(0xa3402e))
	c.fill(at(poly(-4.4, -7, 57.8, -7, 57.5, -5.6, -3.7, -5.6)), flat(0xf2e3c6))
	c.fill(at(rect(6, -14, 45, 6)), flat(0xf4ead6))
	c.fill(at(rect(12, -19, 28, 5)), flat(0xe4d6bd))
	c.fill(at(poly(13, -23.5, 22, -23.5, 23, -19, 12, -19)), flat(0xf4ead6))
	c.fill(at(rect(32, -26, 5, 7)), flat(0xa3402e))
	c.fill(at(rect(32, -26, 5, 1.6)), flat(0x17303d))
	c.fill(at(band(0.5, 18, -23, 18, -31)), flat(0x17303d))
	for i := range 12 {
		c.fill(at(rect(8+3.5*float64(i), -12.3, 2.2, 2)), flat(0xffcf73))
	}
	for i := range 8 {
		c.fill(at(rect(14+3.2*float64(i), -17.6, 1.9, 1.7)), flat(0xffdf96))
	}
	c.fill(at(rect(14, -22.4, 7, 1.5)), flat(0x3c5a66))
	for i := range 9 {
		c.fill(at(rect(3+5.6*float64(i), 3.4+0.5*float64(i%3), 3.6, 0.45)), glaze(0xffdf96, 0.5))
	}
}

// quay is the stone edge that people wait on.
func quay(c *canvas) {
	c.fill(poly(92, 101, 98, 89, 151, 87, 151, 101), flat(0x13262f))
	c.fill(poly(98, 89, 151, 87, 151, 88.2, 97.3, 90.3), flat(0x3d5560))
	c.fill(band(0.9, 138, 88, 138, 62), flat(0x13262f))
	c.fill(band(0.7, 138, 62.4, 133, 62.4), flat(0x13262f))
	c.fill(disc(132.6, 64.2, 9), glow(132.6, 64.2, 9, 0xffd98a, 0.6))
	c.fill(oval(132.6, 63.4, 1.7, 1.2), flat(0xffe7b0))
	for _, p := range [][2]float64{{110, 1}, {114.5, 0.86}, {117.6, 0.55}, {126, 0.95}} {
		person(c, p[0], 89.4, p[1])
	}
	c.fill(rect(101.4, 86.4, 2.6, 3.2), flat(0x0d1c23))
	c.fill(rect(100.8, 85.8, 3.8, 1), flat(0x0d1c23))
}

func person(c *canvas, x, y, k float64) {
	c.fill(poly(-1.7, 0, -1.3, -6.5, 1.3, -6.5, 1.7, 0).scaled(0, 0, k, k).moved(x, y), flat(0x0d1c23))
	c.fill(disc(0, -7.9, 1.15).scaled(0, 0, k, k).moved(x, y), flat(0x0d1c23))
}

// lighthouse is the night crossing.
func lighthouse(c *canvas) {
	c.fill(rect(0, 0, 160, 64), fall(stop{0, 0x0a142b}, stop{36, 0x1b3355}, stop{63, 0x51718a}))
	stars(c, 3, 260, 160, 52)
	c.fill(disc(34, 20, 34), glow(34, 20, 34, 0xbfd2df, 0.3))
	c.fill(crescent(34, 20, 6.4), flat(0xf4efdc))
	c.fill(poly(117.5, 27, -5, 33, -5, 51), glaze(0xfff0bd, 0.16))
	c.fill(poly(117.5, 27, 165, 12, 165, 20), glaze(0xfff0bd, 0.2))
	c.fill(land(relief{5, 61, 4, 1.5, 0.6}, 160, 66), flat(0x203a56))
	c.fill(rect(0, 63, 160, 27), fall(stop{63, 0x3e5f7a}, stop{70, 0x213f5c}, stop{90, 0x0b1a30}))
	glitter(c, 34, 63, 90, 6, 0xcfdde2)
	ripples(c, 8, 160, 65, 89, 0x081427, 0.35)
	c.boat(46, 71, 0.42)
	for i := range 6 {
		c.fill(rect(50+3*float64(i), 73.4, 0.6, 5+2*float64(i%2)), glaze(0xffcf73, 0.32))
	}
	tower(c)
}

func tower(c *canvas) {
	c.fill(poly(88, 91, 95, 80, 101, 74, 108, 71, 128, 70, 138, 74, 146, 82, 161, 86, 161, 91), flat(0x0b1626))
	c.fill(poly(101, 74, 108, 71, 128, 70, 132, 71.8, 110, 74.5), flat(0x1d2e44))
	c.fill(poly(112.5, 72, 114.4, 33, 120.6, 33, 122.5, 72), flat(0xe9e2d2))
	for i := range 3 {
		y := 40 + 11*float64(i)
		l := func(y float64) float64 { return 1.9 * (72 - y) / 39 }
		c.fill(poly(112.5+l(y), y, 122.5-l(y), y, 122.5-l(y+5.5), y+5.5, 112.5+l(y+5.5), y+5.5), flat(0xb4493a))
	}
	c.fill(poly(117.5, 33, 120.6, 33, 122.5, 72, 117.5, 72), glaze(0x0b1626, 0.3))
	c.fill(rect(112.6, 31.4, 9.8, 1.6), flat(0x0b1626))
	c.fill(rect(114.6, 24.4, 5.8, 7), flat(0xffefb5))
	c.fill(poly(113.6, 24.6, 117.5, 20, 121.4, 24.6), flat(0xb4493a))
	c.fill(disc(117.5, 27.6, 15), glow(117.5, 27.6, 15, 0xffeeb0, 0.85))
	c.fill(rect(126, 64.5, 12, 7.5), flat(0xd8d0bf))
	c.fill(poly(125, 64.8, 132, 59.5, 139, 64.8), flat(0x8e3b31))
	c.fill(rect(128, 67, 2, 2.4), flat(0xffcf73))
	c.fill(rect(133.4, 67, 2, 2.4), flat(0xffcf73))
}

// boats are the small ones, in the morning.
func boats(c *canvas) {
	c.fill(rect(0, 0, 100, 56), fall(stop{0, 0x8fc0c9}, stop{50, 0xe7ecd9}))
	clouds(c, 9, 0xffffff, 0.55)
	c.fill(land(relief{41, 46, 5, 2, 0.3}, 100, 56), flat(0xa8c0ae))
	c.fill(land(relief{42, 50, 4, 2.6, 0.3}, 100, 56), flat(0x7ba396))
	houses(c, 60, 52, 0xd88a5f)
	c.fill(rect(0, 54, 100, 46), fall(stop{54, 0xbcd8d3}, stop{100, 0x3f8792}))
	ripples(c, 77, 100, 57, 99, 0xffffff, 0.3)
	for _, b := range []struct {
		x, y, k      float64
		hull, stripe uint32
	}{{86, 62, 0.55, 0xe2b14b, 0x3b4a52}, {22, 71, 0.8, 0xc9573d, 0xf3ead8}, {60, 84, 1.15, 0x2f5d74, 0xf3ead8}} {
		skiff(c, b.x, b.y, b.k, b.hull, b.stripe)
	}
	gulls(c, 0x55707a, 20, 20, 28, 15, 74, 24)
}

func skiff(c *canvas, x, y, k float64, hull, stripe uint32) {
	at := func(s shape) shape { return s.scaled(0, 0, k, k).moved(x, y) }
	c.fill(at(poly(-12, 1, 16, 1, 11, 8, -8, 8)), glaze(hull, 0.35))
	c.fill(at(rect(3.3, 8, 1, 12)), glaze(0x33474f, 0.2))
	c.fill(at(band(0.9, 4, -6, 4, -34)), flat(0x4b3b30))
	c.fill(at(poly(4.6, -33, 4.6, -9, 16, -9)), flat(0xf7f0e0))
	c.fill(at(poly(3.2, -30, 3.2, -9, -7, -9)), flat(0xe6dcc6))
	c.fill(at(poly(-15, -6, 18, -7, 14, 1, -10, 1)), flat(hull))
	c.fill(at(poly(-15, -6, 18, -7, 17.3, -5.4, -14, -4.4)), flat(stripe))
	c.fill(at(rect(-8, -10, 7, 4.2)), flat(stripe))
	c.fill(at(rect(-6.6, -9, 1.9, 1.9)), flat(0x3b5a66))
	c.fill(at(rect(-3.8, -9, 1.9, 1.9)), flat(0x3b5a66))
}

// pier is the landing stage in snow.
func pier(c *canvas) {
	c.fill(rect(0, 0, 80, 52), fall(stop{0, 0x8b9fb3}, stop{30, 0xb9c4cd}, stop{50, 0xe6dfd8}))
	c.fill(disc(40, 44, 40), glow(40, 44, 40, 0xfff1dc, 0.6))
	c.fill(land(relief{64, 45, 6, 2.4, 0.7}, 80, 52), flat(0xa7b4bf))
	c.fill(land(relief{65, 49, 3, 3, 0.5}, 80, 52), flat(0x8496a5))
	c.fill(rect(0, 50, 80, 50), fall(stop{50, 0xa9b9c3}, stop{100, 0x3d5769}))
	ripples(c, 14, 80, 52, 99, 0xdfe8ec, 0.3)
	c.fill(poly(36.6, 51.5, 43.4, 51.5, 74, 101, 6, 101), flat(0xf5f4f1))
	c.fill(poly(6, 101, 36.6, 51.5, 37, 51.5, 9, 101), flat(0x7a8894))
	c.fill(poly(71, 101, 43, 51.5, 43.4, 51.5, 74, 101), flat(0x9aa6af))
	for _, t := range []float64{0.04, 0.09, 0.16, 0.26, 0.4, 0.6} {
		lamp(c, 36.4-31*t, 52+50*t, 0.22+1.35*t, -1)
		lamp(c, 43.6+31*t, 52+50*t, 0.22+1.35*t, 1)
	}
	for i := range 13 {
		t := float64(i) / 13
		c.fill(oval(40+2.2*t*(1-2*float64(i%2)), 54+46*t*t, 0.3+1.1*t, 0.12+0.5*t), glaze(0x8d99a6, 0.75))
	}
	person(c, 40.6, 57.5, 0.55)
	snow(c)
}

func lamp(c *canvas, x, y, k, side float64) {
	c.fill(band(0.7*k, x, y, x, y-20*k), flat(0x34444f))
	c.fill(band(0.6*k, x, y-20*k, x-3*k*side, y-21*k), flat(0x34444f))
	c.fill(disc(x-3.4*k*side, y-20.6*k, 7*k), glow(x-3.4*k*side, y-20.6*k, 7*k, 0xffdf9a, 0.8))
	c.fill(disc(x-3.4*k*side, y-20.6*k, 1.1*k), flat(0xfff2cf))
}

func snow(c *canvas) {
	random := rand.New(rand.NewPCG(5, 5))
	for range 260 {
		r := 0.12 + 0.42*random.Float64()*random.Float64()
		c.fill(disc(80*random.Float64(), 100*random.Float64(), r), glaze(0xffffff, 0.75))
	}
}
