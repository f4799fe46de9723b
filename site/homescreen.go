package site

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"
	"strconv"
	"sync"

	"wireroom/web"
)

// iconSizes are the widths in pixels that telephones ask for; the first is that
// of an iPhone.
var iconSizes = []int{180, 192, 512}

func (s *Site) homeScreenRoutes() []web.Route {
	table := []web.Route{{Method: "GET", Pattern: "/{lang}/site.webmanifest", Handler: s.manifest}}
	for _, size := range iconSizes {
		table = append(table, web.Route{Method: "GET", Pattern: iconURL(size), Handler: func(w http.ResponseWriter, _ *http.Request) error { return icon(w, size) }})
	}
	return table
}

func iconURL(size int) string { return "/icon-" + strconv.Itoa(size) + ".png" }

// manifest is what a telephone has to know of an edition that somebody puts on
// the home screen. It is the same for everybody: from its address nobody learns
// who came by it.
type manifest struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Short      string         `json:"short_name"`
	Lang       string         `json:"lang"`
	Start      string         `json:"start_url"`
	Scope      string         `json:"scope"`
	Display    string         `json:"display"`
	Background string         `json:"background_color"`
	Theme      string         `json:"theme_color"`
	Icons      []manifestIcon `json:"icons"`
}

type manifestIcon struct {
	Src     string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
}

// The colours of the paper and of the mark, as the style sheet has them by day.
var (
	paper = color.RGBA{0xfd, 0xfc, 0xf9, 0xff}
	ink   = color.RGBA{0x1b, 0x1a, 0x17, 0xff}
)

const paperHex = "#fdfcf9"

// manifest serves an edition's. An iPhone takes push messages only for what
// stands on its home screen and opens by itself.
func (s *Site) manifest(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	name := v.house.Credit(v.edition())
	m := manifest{ID: frontURL(v.lang), Name: name, Short: name, Lang: v.lang, Start: frontURL(v.lang), Scope: "/", Display: "standalone",
		Background: paperHex, Theme: paperHex}
	for _, size := range iconSizes {
		n := strconv.Itoa(size)
		m.Icons = append(m.Icons, manifestIcon{iconURL(size), n + "x" + n, "image/png", "any maskable"})
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/manifest+json; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=3600")
	_, err = w.Write(text)
	return err
}

func icon(w http.ResponseWriter, size int) error {
	h := w.Header()
	h.Set("Content-Type", "image/png")
	h.Set("Cache-Control", "public, max-age=86400")
	_, err := w.Write(icons()[size])
	return err
}

// icons are the mark in each size, as PNG.
var icons = sync.OnceValue(func() map[int][]byte {
	all := map[int][]byte{}
	for _, size := range iconSizes {
		var b bytes.Buffer
		if err := png.Encode(&b, mark(size)); err != nil {
			panic(err) // a buffer takes everything
		}
		all[size] = b.Bytes()
	}
	return all
})

// mark draws what icon.svg draws, over the whole square: telephones cut its
// corners off, or all that is outside a circle.
func mark(size int) image.Image {
	img := image.NewPaletted(image.Rect(0, 0, size, size), color.Palette{ink, paper})
	at := func(n float64) int { return int(n*float64(size)/32 + 0.5) }
	for _, line := range []struct{ top, right float64 }{{7.5, 25}, {13.5, 25}, {19.5, 18}} {
		draw.Draw(img, image.Rect(at(7), at(line.top), at(line.right), at(line.top+3)), image.NewUniform(paper), image.Point{}, draw.Src)
	}
	return img
}
