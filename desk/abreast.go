package desk

import (
	"wireroom/story"
	"wireroom/story/compare"
)

// originalPart is a block of the original as it stands beside a translation.
type originalPart struct {
	Number int // that of the block it goes with in the translation; 0 is none
	Text   proof
}

// numbered reports whether a block of the body has a number of its own beside
// a translation. Pictures and embeds have none, so that one more or less in
// the translation does not part what belongs together.
func numbered(n story.Node) bool {
	return n.Type != story.PictureNode && n.Type != story.Embed
}

// parts are the lines of the original by block. Blocks that the newer text has
// are numbered as in it, for that is what the translation is to become.
func parts(text proof, now story.Body) []originalPart {
	numbers := make([]int, len(now.Blocks))
	n := 0
	for i, b := range now.Blocks {
		if numbered(b) {
			n++
			numbers[i] = n
		}
	}
	var all []originalPart
	last := -1
	for _, l := range text.Lines {
		if l.Block < 0 || l.Block != last {
			part := originalPart{Text: proof{Lang: text.Lang, Screen: text.Screen}}
			if l.Block >= 0 {
				part.Number = numbers[l.Block]
			}
			all = append(all, part)
			last = l.Block
		}
		into := &all[len(all)-1].Text.Lines
		*into = append(*into, l)
	}
	return all
}

// originalField is a field of the original beside the translation's own.
type originalField struct {
	Name, Lang string
	Spans      []compare.Span
}

// Field is a field of the original by its name.
func (o *original) Field(name string) originalField {
	if name == "teaser" {
		return originalField{name, o.Lang, o.teaser}
	}
	return originalField{name, o.Lang, o.headline}
}

// beside sets the original's headline, teaser and parts for the writing page.
func (o *original) beside(was, now story.Content) {
	o.headline, o.teaser = compare.Words(was.Headline, now.Headline), compare.Words(was.Teaser, now.Teaser)
	o.Parts = parts(o.Text, now.Body)
}
