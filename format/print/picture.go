package print

import (
	"strconv"

	"wireroom/story"
)

// Image is a picture as a page shows it: its address, and as the srcset
// attribute has them the addresses of its widths, in the format that each
// browser knows and in WebP. W and H are its own size in pixels.
type Image struct {
	Src, Set, Light string
	W, H            int
}

func (p *page) picture(a story.Attrs) {
	var i Image
	if p.Picture != nil {
		i = p.Picture(a.Picture)
	}
	if i.Src == "" && a.Caption == "" && a.Credit == "" {
		return
	}
	p.b.WriteString("<figure>")
	switch {
	case i.Src == "":
	case i.Light == "":
		p.img(i, a.Alt)
	default:
		p.b.WriteString(`<picture><source type="image/webp"`)
		p.set(i.Light)
		p.b.WriteString(">")
		p.img(i, a.Alt)
		p.b.WriteString("</picture>")
	}
	p.caption(a)
	p.b.WriteString("</figure>\n")
}

func (p *page) img(i Image, alt string) {
	p.b.WriteString("<img")
	p.attr("src", i.Src)
	p.set(i.Set)
	if i.W > 0 && i.H > 0 {
		p.attr("width", strconv.Itoa(i.W))
		p.attr("height", strconv.Itoa(i.H))
	}
	p.attr("alt", alt)
	if p.Wire {
		p.b.WriteString("/>")
		return
	}
	p.b.WriteString(` loading="lazy" decoding="async">`)
}

func (p *page) set(srcset string) {
	if srcset == "" {
		return
	}
	p.attr("srcset", srcset)
	if p.Sizes != "" {
		p.attr("sizes", p.Sizes)
	}
}
