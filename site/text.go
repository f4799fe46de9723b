package site

import (
	"html/template"
	"slices"
	"strings"

	"wireroom/format/print"
	"wireroom/reveal"
	"wireroom/story"
)

const (
	inText = "(min-width: 42rem) 38rem, calc(100vw - 2.5rem)"
	lazily = ` loading="lazy"`
	// firstSight is how many blocks of a story stand on the first screen.
	firstSight = 3
)

// text prints what the rendition holds of the story, the dateline run in.
// print escapes every character that came from a story, which is why its
// result may be taken for HTML.
func (v *visit) text(r reveal.Rendition) template.HTML {
	var b strings.Builder
	_ = print.HTML(&b, r.Blocks(), print.Options{Picture: v.sources(r), Sizes: inText, Dateline: r.Dateline()})
	out := b.String()
	lead := r.Blocks()[:min(len(r.Blocks()), firstSight)]
	if slices.ContainsFunc(lead, func(n story.Node) bool { return n.Type == story.PictureNode }) {
		// It is in sight at once; a browser that waits for it only loses time.
		out = strings.Replace(out, lazily, ` fetchpriority="high"`, 1)
	}
	return template.HTML(out)
}
