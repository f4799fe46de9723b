package nitf

import (
	"strings"

	"wireroom/format"
	"wireroom/format/print"
	"wireroom/format/tree"
	"wireroom/story"
)

// printer writes blocks with NITF's own elements.
type printer struct {
	x    *tree.Writer
	item format.Item
}

func (p printer) blocks(all []story.Node) {
	for _, n := range all {
		p.block(n)
	}
}

func (p printer) block(n story.Node) {
	switch n.Type {
	case story.Heading:
		p.line("hl2", n.Content)
	case story.BulletList:
		p.list("ul", n)
	case story.OrderedList:
		p.list("ol", n)
	case story.BlockQuote:
		p.x.Open("bq")
		p.x.Open("block")
		p.blocks(n.Content)
		p.x.Close()
		p.x.Close()
	case story.Table:
		p.table(n)
	case story.PictureNode:
		p.picture(n)
	case story.Embed:
		p.embed(n)
	default:
		p.line("p", n.Content)
	}
}

// line writes inline content. NITF knows no strong text but an emphasis of
// that class.
func (p printer) line(tag string, inline []story.Node) {
	style := ""
	if !print.Collapsible(inline) {
		style = "white-space: pre-wrap"
	}
	p.x.Open(tag, "style", style)
	p.x.Raw(strings.NewReplacer("<strong>", `<em class="bold">`, "</strong>", "</em>").Replace(print.Inline(inline)))
	p.x.Close()
}

func (p printer) list(tag string, n story.Node) {
	p.x.Open(tag)
	for _, item := range n.Content {
		if len(item.Content) == 1 && item.Content[0].Type == story.Paragraph {
			p.line("li", item.Content[0].Content)
			continue
		}
		p.x.Open("li")
		p.blocks(item.Content)
		p.x.Close()
	}
	p.x.Close()
}

func (p printer) table(n story.Node) {
	p.x.Open("table")
	for _, row := range n.Content {
		p.x.Open("tr")
		for _, c := range row.Content {
			tag := "td"
			if c.Attrs != nil && c.Attrs.Header {
				tag = "th"
			}
			p.line(tag, c.Content)
		}
		p.x.Close()
	}
	p.x.Close()
}

func (p printer) picture(n story.Node) {
	if n.Attrs == nil {
		return
	}
	image := p.item.Image(n.Attrs.Picture)
	if image.Src == "" && n.Attrs.Caption == "" && n.Attrs.Credit == "" {
		return
	}
	p.x.Open("media", "media-type", "image")
	p.x.Leaf("media-reference", "", "source", image.Src, "mime-type", p.mime(image.Src), "alternate-text", n.Attrs.Alt)
	if image.Src == "" && n.Attrs.Alt == "" {
		p.x.Raw("<media-reference/>")
	}
	p.x.Leaf("media-caption", n.Attrs.Caption)
	if n.Attrs.Caption != "" && n.Attrs.Credit != "" {
		p.x.Raw(" ")
	}
	p.x.Leaf("media-producer", n.Attrs.Credit)
	p.x.Close()
}

func (p printer) mime(src string) string {
	for _, picture := range p.item.Pictures {
		for _, s := range picture.Sizes {
			if s.Href == src {
				return s.Type
			}
		}
	}
	return ""
}

func (p printer) embed(n story.Node) {
	if n.Attrs == nil {
		return
	}
	p.x.Leaf("p", print.Text([]story.Node{n}))
}
