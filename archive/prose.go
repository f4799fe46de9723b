package archive

import (
	"strings"

	"wireroom/reveal"
	"wireroom/story"
)

// prose is what a rendition says below its headline, in paragraphs. What the
// index holds and what is shown of it are both made of this.
func prose(r reveal.Rendition) string {
	text, _ := parted(r)
	return text
}

// parted is prose with how many of its bytes are the body.
func parted(r reveal.Rendition) (text string, bodied int) {
	b := body(r)
	return b + r.Byline() + "\n" + strings.Join(r.Keywords(), "\n"), len(b)
}

// body is prose without the names and the words that stand at its end.
func body(r reveal.Rendition) string {
	var b strings.Builder
	for _, n := range r.Blocks() {
		writeNode(&b, n)
		b.WriteByte('\n')
	}
	for _, p := range r.Points() {
		b.WriteString(p + "\n")
	}
	if teaser := r.Teaser(); r.Full() && !strings.Contains(b.String(), teaser) {
		b.WriteString(teaser + "\n")
	}
	return b.String()
}

func writeNode(b *strings.Builder, n story.Node) {
	b.WriteString(n.Text)
	switch n.Type {
	case story.HardBreak, story.ListItem, story.TableCell, story.Paragraph:
		defer b.WriteByte('\n')
	}
	if n.Type == story.PictureNode && n.Attrs != nil {
		b.WriteString(n.Attrs.Caption + "\n" + n.Attrs.Alt)
	}
	for _, child := range n.Content {
		writeNode(b, child)
	}
}
