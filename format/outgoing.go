package format

import (
	"slices"
	"strings"

	"wireroom/format/print"
	"wireroom/story"
)

// As is the item as the options want it printed.
func (i Item) As(o Options) Item {
	if o.Round {
		i.Content.Body.Blocks = print.Rounded(i.Content.Body.Blocks)
	}
	return i
}

// Standing is the item's status, said in full.
func (i Item) Standing() story.Status {
	if i.Status == "" {
		return story.Usable
	}
	return i.Status
}

// Editorial is what the editors tell the client's editors: the correction or
// the advisory of this release, and the note.
func (i Item) Editorial() string {
	var all []string
	for _, s := range []string{i.Correction, i.Advisory, i.Content.Note} {
		if s != "" && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return strings.Join(all, "\n")
}

// shown is how wide a picture in a text need not be surpassed.
const shown = 1280

// Image is the picture with the id as a text shows it.
func (i Item) Image(id string) print.Image {
	for _, p := range i.Pictures {
		if p.ID == id && len(p.Sizes) > 0 {
			best := p.Sizes[0]
			for _, s := range p.Sizes {
				if s.Width <= shown && s.Width > best.Width {
					best = s
				}
			}
			return print.Image{Src: best.Href, W: best.Width, H: best.Height}
		}
	}
	return print.Image{}
}
