package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"slices"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

const width, height = 1600, 1000

// Picture draws the named picture as a PNG of 1600 by 1000.
func Picture(name string) ([]byte, error) {
	paint, ok := paintings[name]
	if !ok {
		return nil, fmt.Errorf("no picture is called %q", name)
	}
	c, err := newCanvas()
	if err != nil {
		return nil, err
	}
	paint(c)
	var out bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	err = enc.Encode(&out, c.Paletted())
	return out.Bytes(), err
}

// PictureNames is the names that Picture knows, sorted.
func PictureNames() []string {
	names := make([]string, 0, len(paintings))
	for name := range paintings {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// canvas is a picture being painted, in full colour until Paletted packs it:
// a paletted PNG is a third of the work of a full one.
type canvas struct {
	img     *image.RGBA
	face    font.Face
	shape   *vector.Rasterizer
	palette color.Palette
}

func newCanvas() (*canvas, error) {
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 30, DPI: 72})
	if err != nil {
		return nil, err
	}
	return &canvas{
		img:   image.NewRGBA(image.Rect(0, 0, width, height)),
		face:  face,
		shape: vector.NewRasterizer(width, height),
	}, nil
}

type point struct{ x, y float64 }

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

// sky fills the picture from the top shade to the bottom one.
func (c *canvas) sky(top, bottom uint32) {
	a, b := rgb(top), rgb(bottom)
	for y := range height {
		t := float64(y) / (height - 1)
		row := image.Rect(0, y, width, y+1)
		draw.Draw(c.img, row, image.NewUniform(mix(a, b, t)), image.Point{}, draw.Src)
	}
}

func mix(a, b color.RGBA, t float64) color.RGBA {
	part := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + t*(float64(y)-float64(x)))) }
	return color.RGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 255}
}

func (c *canvas) fill(hex uint32, points ...point) {
	c.paint(hex, points)
}

// paint fills the outlines together. It works only on the part of the picture
// that they touch, since to visit every pixel for every stroke would be slow.
func (c *canvas) paint(hex uint32, outlines ...[]point) {
	part := touched(outlines).Intersect(c.img.Bounds())
	if part.Empty() {
		return
	}
	c.shape.Reset(part.Dx(), part.Dy())
	for _, outline := range outlines {
		for i, p := range outline {
			x, y := float32(p.x)-float32(part.Min.X), float32(p.y)-float32(part.Min.Y)
			if i == 0 {
				c.shape.MoveTo(x, y)
			} else {
				c.shape.LineTo(x, y)
			}
		}
		c.shape.ClosePath()
	}
	c.shape.Draw(c.img, part, image.NewUniform(rgb(hex)), image.Point{})
}

func touched(outlines [][]point) image.Rectangle {
	var all image.Rectangle
	for _, outline := range outlines {
		for _, p := range outline {
			x, y := int(math.Floor(p.x)), int(math.Floor(p.y))
			all = all.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	return all
}

func (c *canvas) box(hex uint32, x0, y0, x1, y1 int) {
	draw.Draw(c.img, image.Rect(x0, y0, x1, y1), image.NewUniform(rgb(hex)), image.Point{}, draw.Src)
}

func (c *canvas) disc(hex uint32, x, y, r float64) {
	ring := make([]point, 72)
	for i := range ring {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(len(ring)))
		ring[i] = point{x + r*cos, y + r*sin}
	}
	c.fill(hex, ring...)
}

// line draws a band of even width along the points.
func (c *canvas) line(hex uint32, thick float64, points ...point) {
	var bands [][]point
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		long := math.Hypot(b.x-a.x, b.y-a.y)
		dx, dy := thick/2*(a.y-b.y)/long, thick/2*(b.x-a.x)/long
		bands = append(bands, []point{{a.x + dx, a.y + dy}, {b.x + dx, b.y + dy}, {b.x - dx, b.y - dy}, {a.x - dx, a.y - dy}})
	}
	c.paint(hex, bands...)
}

// text writes s with its middle at x and its baseline at y.
func (c *canvas) text(hex uint32, s string, x, y int) {
	d := font.Drawer{Dst: c.img, Src: image.NewUniform(rgb(hex)), Face: c.face}
	d.Dot = fixed.P(x, y)
	d.Dot.X -= d.MeasureString(s) / 2
	d.DrawString(s)
}

// Paletted turns what was painted into at most 256 shades: exact while they
// last, after that the nearest.
func (c *canvas) Paletted() *image.Paletted {
	out := image.NewPaletted(c.img.Bounds(), nil)
	known := map[[3]uint8]uint8{}
	var last [3]uint8
	var index uint8
	for i := range out.Pix {
		shade := [3]uint8(c.img.Pix[4*i : 4*i+3])
		if i == 0 || shade != last {
			last, index = shade, c.indexOf(known, shade)
		}
		out.Pix[i] = index
	}
	out.Palette = c.palette
	return out
}

func (c *canvas) indexOf(known map[[3]uint8]uint8, shade [3]uint8) uint8 {
	if i, ok := known[shade]; ok {
		return i
	}
	full := color.RGBA{shade[0], shade[1], shade[2], 255}
	if len(c.palette) == 256 {
		known[shade] = uint8(c.palette.Index(full))
		return known[shade]
	}
	c.palette = append(c.palette, full)
	known[shade] = uint8(len(c.palette) - 1)
	return known[shade]
}
