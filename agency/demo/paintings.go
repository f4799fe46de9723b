package demo

import (
	"math"
	"strconv"
)

var paintings = map[string]func(*canvas){
	"prices-bars":    priceBars,
	"rate-line":      rateLine,
	"border-map":     borderMap,
	"river-dusk":     riverDusk,
	"fields-morning": fieldsMorning,
	"city-night":     cityNight,
	"bus-evening":    busEvening,
}

const (
	paper = 0xf6f3ec
	rule  = 0xdcd7cb
	ink   = 0x5b5a55
	blue  = 0x3c6e8f
	rust  = 0xc0694a
)

func chartGround(c *canvas, labels ...string) {
	c.box(paper, 0, 0, width, height)
	for i, label := range labels {
		y := 840 - i*160
		c.box(rule, 170, y, 1500, y+2)
		c.text(ink, label, 115, y+10)
	}
}

func priceBars(c *canvas) {
	chartGround(c, "0", "1", "2", "3", "4")
	for i, v := range []float64{0.8, 1.1, 2.2, 1.7, 1.3, 1.4, 2.9} {
		x := 210 + i*186
		shade := uint32(blue)
		if i == 6 {
			shade = rust
		}
		c.box(shade, x, 840-int(v*160), x+120, 840)
		c.text(ink, strconv.FormatFloat(v, 'f', 1, 64), x+60, 824-int(v*160))
	}
}

func rateLine(c *canvas) {
	chartGround(c, "2.8", "2.9", "3.0", "3.1", "3.2")
	var path []point
	for i, v := range []float64{2.97, 2.96, 2.98, 2.99, 2.97, 3.01, 3.02, 3.19, 3.25, 3.21, 3.16, 3.12} {
		path = append(path, point{220 + float64(i)*112, 840 - (v-2.8)*1600})
		c.text(ink, strconv.Itoa(i+1), 220+i*112, 900)
	}
	area := append([]point{{path[0].x, 840}}, path...)
	c.fill(0xdfe8ea, append(area, point{path[11].x, 840})...)
	c.line(blue, 8, path...)
	for _, p := range path {
		c.disc(blue, p.x, p.y, 9)
	}
	c.disc(rust, path[11].x, path[11].y, 16)
}

// wave is the points of a gentle curve from left to right around y.
func wave(y, swing, length, phase float64) []point {
	var out []point
	for x := -20.0; x <= width+20; x += 20 {
		h := math.Sin(x/length+phase) + 0.45*math.Sin(x/length*2.3+phase*1.7) + 0.2*math.Sin(x/length*5.1+phase)
		out = append(out, point{x, y + swing*h})
	}
	return out
}

// hill paints the ground below a wave.
func (c *canvas) hill(hex uint32, y, swing, length, phase float64) {
	foot := y + 2*math.Abs(swing)
	c.fill(hex, append(wave(y, swing, length, phase), point{width + 20, foot}, point{-20, foot})...)
	c.box(hex, 0, int(foot), width, height)
}

func borderMap(c *canvas) {
	c.box(0xe9e6d8, 0, 0, width, height)
	land := []point{{0, 0}}
	var border []point
	for y := 0.0; y <= height; y += 20 {
		p := point{760 + 130*math.Sin(y/170) + 40*math.Sin(y/61), y}
		land, border = append(land, p), append(border, p)
	}
	c.fill(0xd9e0cf, append(land, point{0, height})...)
	c.fill(0xe1ddca, point{1100, 180}, point{1480, 120}, point{1600, 420}, point{1380, 560}, point{1140, 470})
	c.line(0xa9c6d3, 22, wave(610, 70, 260, 0.7)...)
	c.line(0xa9c6d3, 12, point{1270, -10}, point{1190, 170}, point{1240, 330}, point{1130, 480}, point{1120, 640})
	c.disc(0xa9c6d3, 330, 300, 70)
	c.disc(0xa9c6d3, 395, 330, 55)
	for i := 0; i+2 < len(border); i += 3 {
		c.line(0x8a6d5c, 7, border[i], border[i+1], border[i+2])
	}
	for _, i := range []int{8, 24, 42} {
		c.disc(paper, border[i].x, border[i].y, 24)
		shade := uint32(blue)
		if i == 42 {
			shade = rust
		}
		c.disc(shade, border[i].x, border[i].y, 17)
	}
	c.disc(ink, 1290, 520, 9)
	c.disc(ink, 420, 690, 9)
}

func riverDusk(c *canvas) {
	c.sky(0x2f4a6d, 0xf3b88a)
	c.disc(0xf8dcae, 1130, 470, 78)
	c.hill(0x6d6f86, 520, 46, 300, 0.4)
	c.hill(0x565c74, 590, 38, 210, 2.1)
	c.hill(0x424a61, 650, 24, 160, 4)
	c.hill(0xd9a989, 720, 8, 260, 1)
	for i := range 14 {
		y := 745 + i*19
		half := 60 + 17*i
		x := 1130 + int(30*math.Sin(float64(i)*1.9))
		c.box(0xecc9a0, x-half, y, x+half, y+4)
	}
	c.fill(0x2b3247, point{-20, 790}, point{260, 830}, point{520, 905}, point{690, 1010}, point{-20, 1010})
	for i := range 26 {
		x, y := float64(18*i), 800+float64(i*i)*0.17
		c.line(0x2b3247, 5, point{x, y + 40}, point{x + 10, y - 60 - 25*math.Sin(float64(i)*2.4)})
	}
}

func fieldsMorning(c *canvas) {
	c.sky(0x9fc4d8, 0xf7ecd2)
	c.disc(0xfdf3cf, 420, 330, 64)
	c.hill(0xa9bfa6, 520, 30, 330, 1.2)
	c.hill(0xb9c48a, 600, 34, 280, 3.4)
	c.hill(0xd8bf6c, 690, 26, 360, 0.2)
	for i := range 23 {
		x := float64(i)*150 - 850
		c.line(0xc9ac58, 6, point{700 + x*0.28, 735}, point{700 + x*1.25, 1010})
	}
	for i := range 9 {
		x := 980 + float64(i)*66
		y := 610 + 14*math.Sin(float64(i)*1.7)
		c.line(0x6f6a4c, 7, point{x, y + 60}, point{x, y})
		c.disc(0x6d8a5c, x, y-16, 34+6*math.Sin(float64(i)*2.9))
	}
}

func cityNight(c *canvas) {
	c.sky(0x10182b, 0x46506f)
	c.disc(0xe8e3cf, 300, 210, 46)
	c.disc(0x17203a, 322, 200, 42)
	skyline(c, 0x2c3654, 560, 130, 3)
	skyline(c, 0x1b2440, 690, 170, 11)
	for i := range 150 {
		x, y := (i*389)%1560+20, 720+(i*157)%250
		if (i*7)%5 < 3 {
			c.box(0xe9c46f, x, y, x+11, y+16)
		}
	}
}

func skyline(c *canvas, hex uint32, top, rise, seed int) {
	for x, i := -10, 0; x < width; i++ {
		wide := 70 + (i*seed*37)%90
		y := top - (i*seed*53)%rise
		c.box(hex, x, y, x+wide, height)
		if (i+seed)%4 == 0 {
			mid := float64(x) + float64(wide)/2
			c.fill(hex, point{mid - 22, float64(y)}, point{mid, float64(y - 90)}, point{mid + 22, float64(y)})
		}
		x += wide
	}
}

func busEvening(c *canvas) {
	c.sky(0x1d2b45, 0xe0a27c)
	c.disc(0xf4d9b0, 420, 560, 60)
	c.hill(0x4a5470, 560, 40, 280, 1.2)
	c.hill(0x38425c, 640, 30, 190, 3)
	c.box(0x2a3146, 0, 740, width, height)
	c.box(0x20263a, 0, 800, width, 930)
	for x := 40; x < width; x += 200 {
		c.box(0x8c8a83, x, 860, x+90, 868)
	}
	c.fill(0xf0d79a, point{1262, 770}, point{1600, 700}, point{1600, 900}, point{1262, 810})
	c.box(0xe9e4d6, 560, 560, 1270, 800)
	c.box(rust, 560, 720, 1270, 752)
	for x := 600; x < 1130; x += 108 {
		c.box(0xf3c978, x, 592, x+84, 682)
	}
	c.box(0x2a3550, 1160, 592, 1254, 790)
	for _, x := range []float64{700, 1110} {
		c.disc(0x14182a, x, 800, 52)
		c.disc(0x8c8a83, x, 800, 22)
	}
}
