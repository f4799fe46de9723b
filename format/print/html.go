package print

import (
	"html"
	"io"
	"strconv"
	"strings"

	"wireroom/story"
)

// Options say what the blocks themselves do not know. The zero Options print
// captions without pictures.
type Options struct {
	// Picture finds a picture; without a Src there is none to show.
	Picture func(id string) Image
	Sizes   string // of pictures, as the sizes attribute has it
	// Dateline opens the first paragraph; "" is none.
	Dateline string
	// Wire writes XHTML for others' systems: well formed, without what only a
	// page of ours needs, and with each blank of the text kept.
	Wire bool
}

// HTML writes the blocks as HTML. The only errors are those of w.
func HTML(w io.Writer, blocks []story.Node, o Options) error {
	p := &page{Options: o}
	if o.Dateline != "" && (len(blocks) == 0 || blocks[0].Type != story.Paragraph) {
		p.b.WriteString("<p>")
		p.dateline()
		p.b.WriteString("</p>\n")
	}
	for _, n := range blocks {
		p.block(n)
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

// page is the HTML as it grows.
type page struct {
	Options
	b strings.Builder
}

// text writes s so that a browser reads exactly s: it would turn a bare
// carriage return into a line end.
func (p *page) text(s string) {
	if p.Wire {
		s = strings.Map(carried, s)
	}
	p.b.WriteString(strings.ReplaceAll(html.EscapeString(s), "\r", "&#13;"))
}

func (p *page) attr(name, value string) {
	p.b.WriteString(" " + name + `="`)
	p.text(value)
	p.b.WriteByte('"')
}

// dateline writes it once.
func (p *page) dateline() {
	p.b.WriteString(`<span class="dateline">`)
	p.text(p.Dateline)
	p.b.WriteString("</span>")
	p.Dateline = ""
}

func (p *page) element(tag string, inline []story.Node) {
	p.b.WriteString("<" + tag)
	if p.Wire && !Collapsible(inline) {
		p.attr("style", "white-space: pre-wrap")
	}
	p.b.WriteByte('>')
	if p.Dateline != "" && tag == "p" {
		p.dateline()
		if len(inline) > 0 {
			p.b.WriteByte(' ')
		}
	}
	p.inline(inline)
	p.b.WriteString("</" + tag + ">\n")
}

func (p *page) within(tag string, blocks []story.Node) {
	p.b.WriteString("<" + tag + ">\n")
	for _, n := range blocks {
		p.block(n)
	}
	p.b.WriteString("</" + tag + ">\n")
}

func (p *page) block(n story.Node) {
	switch n.Type {
	case story.Heading:
		p.element("h"+strconv.Itoa(headingLevel(n)), n.Content)
	case story.BulletList:
		p.within("ul", n.Content)
	case story.OrderedList:
		p.within("ol", n.Content)
	case story.ListItem:
		p.item(n)
	case story.BlockQuote:
		p.within("blockquote", n.Content)
	case story.Table:
		p.table(n)
	case story.PictureNode:
		p.picture(attrs(n))
	case story.Embed:
		p.embed(attrs(n))
	default:
		p.element("p", n.Content)
	}
}

// item prints a lone paragraph without its tags, as lists are written.
func (p *page) item(n story.Node) {
	if len(n.Content) == 1 && n.Content[0].Type == story.Paragraph {
		p.element("li", n.Content[0].Content)
		return
	}
	p.within("li", n.Content)
}

func (p *page) caption(a story.Attrs) {
	if a.Caption == "" && a.Credit == "" {
		return
	}
	p.b.WriteString("<figcaption>")
	p.text(a.Caption)
	if a.Credit != "" {
		if a.Caption != "" {
			p.b.WriteByte(' ')
		}
		p.b.WriteString(`<span class="credit">`)
		p.text(a.Credit)
		p.b.WriteString("</span>")
	}
	p.b.WriteString("</figcaption>")
}

func (p *page) embed(a story.Attrs) {
	name, address := Embed(a.Provider, a.Ref)
	p.b.WriteString(`<p class="embed">`)
	if p.Wire && address != "" {
		p.text(name + " ")
		p.b.WriteString("<a")
		p.attr("href", address)
		p.b.WriteByte('>')
		p.text(address)
		p.b.WriteString("</a>")
	} else if address == "" {
		p.text(name + " " + a.Ref)
	} else {
		p.b.WriteString("<a")
		p.attr("href", address)
		p.b.WriteString(` rel="noopener noreferrer">`)
		p.text(name + " " + a.Ref)
		p.b.WriteString("</a>")
	}
	p.b.WriteString("</p>\n")
}

func attrs(n story.Node) story.Attrs {
	if n.Attrs == nil {
		return story.Attrs{}
	}
	return *n.Attrs
}

// headingLevel keeps h1 for the headline.
func headingLevel(n story.Node) int { return min(max(attrs(n).Level, 2), 4) }
