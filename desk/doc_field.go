package desk

import (
	"encoding/json"
	"strings"

	"wireroom/fault"
	"wireroom/story"
	"wireroom/story/markup"
)

// drawn is a body that the page's script sent as a document, where the plain
// field sends markup.
type drawn struct {
	body story.Body
	err  error // Invalid: why it is none
}

// draw reads a document, and writes it for the plain field. A document that
// breaks the grammar keeps its texts there.
func draw(doc string) (*drawn, string) {
	d := &drawn{}
	if err := json.Unmarshal([]byte(doc), &d.body); err != nil {
		d.err = fault.Invalid("body", "the document can't be read")
		return d, doc
	}
	if d.err = d.body.Check(); d.err != nil {
		return d, markup.Print(salvage(d.body))
	}
	return d, markup.Print(d.body)
}

// salvage makes a paragraph of the texts of each block.
func salvage(b story.Body) story.Body {
	var blocks []story.Node
	for _, n := range b.Blocks {
		var words []string
		gather(n, &words)
		if len(words) > 0 {
			blocks = append(blocks, story.Para(story.Plain(strings.Join(words, " "))))
		}
	}
	return story.Body{Blocks: blocks}
}

func gather(n story.Node, words *[]string) {
	if n.Text != "" {
		*words = append(*words, n.Text)
	}
	for _, c := range n.Content {
		gather(c, words)
	}
}

// document is the body that the page's script begins with; nil if the typed
// text is none, so that only the plain field can mend it.
func (f form) document() *story.Body {
	if f.drawn != nil && f.drawn.err == nil {
		return &f.drawn.body
	}
	body, err := markup.Parse(f.Body)
	if err != nil || body.Check() != nil {
		return nil
	}
	return &body
}
