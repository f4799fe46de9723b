package prose

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"

	"wireroom/format/print"
	"wireroom/story"
)

// Page is a text of a website with its pictures and embeds in their places.
type Page struct {
	Reading
	// Mark is how many blocks stand before the mark behind which the text is
	// paid for or folded away; 0 is no mark.
	Mark int
}

// Illustrated reads the HTML of a page. A picture's node has the picture's
// address where a story has its id: whoever takes the page in puts that there,
// or takes the node out. Embeds of known providers become nodes, unknown ones
// are left.
func Illustrated(markup string) Page {
	b := &builder{room: story.MaxBody, plates: &plates{}}
	b.read(markup)
	b.plates.frame(b)
	p := Page{Mark: b.plates.mark}
	p.Reading = Reading{Left: b.left, Size: story.MaxBody - int(b.room)}
	for n, block := range b.top {
		if e, ok := lone(block); ok {
			b.top[n] = e
		}
	}
	p.Blocks = b.top
	return p
}

// plates sets a page's pictures.
type plates struct {
	figures int // open ones
	held    []story.Node
	caption *builder // of the open figure; nil is none
	mark    int
}

// marks are the comments behind which systems hide text.
func isMark(comment string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(comment), " ")
	return word == "more" || word == "members-only"
}

func (p *plates) comment(b *builder, text string) {
	if p.mark > 0 || b.skip != "" || !isMark(text) {
		return
	}
	if len(b.frames) == 0 {
		b.flush()
	}
	p.mark = len(b.top)
	if p.mark == 0 {
		p.mark = -1
	}
}

// start reports whether it has dealt with a tag.
func (p *plates) start(b *builder, t html.Token) bool {
	if p.caption != nil {
		p.caption.start(t)
		return true
	}
	switch t.Data {
	case "figure":
		b.flush()
		p.frame(b)
		p.figures++
		return true
	case "figcaption":
		if len(p.held) == 0 {
			return false
		}
		p.caption = &builder{room: b.room}
		return true
	case "img":
		return p.picture(b, t)
	case "iframe":
		src := attr(t, "src")
		if provider, ref, ok := embedded(src); ok {
			b.room.take(leastNode + len(ref))
			p.set(b, story.Node{Type: story.Embed, Attrs: &story.Attrs{Provider: provider, Ref: ref}})
			return true
		}
	}
	return false
}

func (p *plates) end(b *builder, tag string) bool {
	switch {
	case tag == "figcaption" && p.caption != nil:
		p.caption.closeAll()
		words := Printable(print.Text(p.caption.top))
		b.room.take(len(words))
		b.left = append(b.left, p.caption.left...)
		p.caption = nil
		if last := &p.held[len(p.held)-1]; last.Type == story.PictureNode {
			last.Attrs.Caption = cut(words)
		} else {
			b.room.take(leastNode)
			p.held = append(p.held, story.Para(story.Plain(words)))
		}
		return true
	case p.caption != nil:
		p.caption.end(tag)
		return true
	case tag == "figure":
		b.flush()
		p.figures = max(p.figures-1, 0)
		p.frame(b)
		return true
	}
	return false
}

// picture holds the picture until its caption has come.
func (p *plates) picture(b *builder, t html.Token) bool {
	src := strings.TrimSpace(cmp.Or(lazy(t), attr(t, "src")))
	if src == "" || strings.HasPrefix(src, "data:") || len(src) > story.MaxLine*8 {
		return false
	}
	if pixel(t) {
		return true
	}
	b.room.take(leastNode + len(src))
	p.set(b, story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: src, Alt: cut(Printable(attr(t, "alt")))}})
	return true
}

// lazy is the address of a picture that a script was to put in.
func lazy(t html.Token) string {
	for _, name := range []string{"data-src", "data-lazy-src", "data-original"} {
		if src := attr(t, name); strings.Contains(src, "/") {
			return src
		}
	}
	return ""
}

// pixel reports a picture that only counts who looks.
func pixel(t html.Token) bool { return attr(t, "width") == "1" && attr(t, "height") == "1" }

func cut(s string) string {
	n := 0
	for i := range s {
		if n == story.MaxText {
			return s[:i]
		}
		n++
	}
	return s
}

// set puts a node where blocks may stand: a picture in a list, a quotation or a
// table comes before it, one in a paragraph parts it.
func (p *plates) set(b *builder, n story.Node) {
	p.held = append(p.held, n)
	if p.figures == 0 {
		if len(b.frames) == 0 {
			b.flush()
		}
		p.frame(b)
	}
}

// frame puts down what is held.
func (p *plates) frame(b *builder) {
	if p.caption != nil {
		p.end(b, "figcaption")
	}
	b.top = append(b.top, p.held...)
	p.held = nil
}

// lone turns a paragraph with nothing but an embed's address into the embed:
// so systems write embeds.
func lone(n story.Node) (story.Node, bool) {
	if n.Type != story.Paragraph || len(n.Content) != 1 || n.Content[0].Type != story.Text {
		return n, false
	}
	address := strings.TrimSpace(n.Content[0].Text)
	if strings.ContainsAny(address, " \t") {
		return n, false
	}
	provider, ref, ok := embedded(address)
	if !ok {
		return n, false
	}
	return story.Node{Type: story.Embed, Attrs: &story.Attrs{Provider: provider, Ref: ref}}, true
}
