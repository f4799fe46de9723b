package feed

import (
	"cmp"
	"html"
	"strings"
	"time"

	"wireroom/format"
	"wireroom/format/print"
	"wireroom/story"
)

// Of is a feed of a client's items, newest first as they came.
func Of(items []format.Item, o format.Options) Feed {
	f := Feed{Title: cmp.Or(o.Title, o.Agency), Lang: o.Lang, Home: o.Home, Self: o.Self, Agency: o.Agency, Changed: o.At}
	for _, i := range items {
		f.Items = append(f.Items, entry(i.As(o)))
		if f.Lang == "" {
			f.Lang = i.Lang
		}
		if i.Changed.After(f.Changed) {
			f.Changed = i.Changed
		}
	}
	return f
}

func entry(i format.Item) Item {
	var text strings.Builder
	_ = print.HTML(&text, i.Content.Body.Blocks, print.Options{Wire: true, Dateline: i.Dateline, Picture: i.Image})
	e := Item{
		ID: i.URI, URL: i.Page, Title: i.Content.Headline, Summary: cmp.Or(i.Content.Teaser, i.Correction), HTML: text.String(),
		Author: i.Content.Byline, Sent: i.Created, Changed: later(i.Created, i.Changed),
	}
	e.says(i)
	for _, s := range i.Subjects {
		e.Sections = append(e.Sections, s.Label())
	}
	if len(i.Pictures) > 0 {
		if image := i.Image(i.Pictures[0].ID); image.Src != "" {
			e.Picture = &Picture{URL: image.Src}
			for _, s := range i.Pictures[0].Sizes {
				if s.Href == image.Src {
					e.Picture.Type, e.Picture.Size = s.Type, s.Bytes
				}
			}
		}
	}
	return e
}

// withdrawn are the wire's words for what has no text any more.
var withdrawn = map[story.Status]string{story.Canceled: "KILL", story.Withheld: "HOLD"}

// says has an entry tell what is taken back or mended: a reader of feeds shows
// it in the place of what it had.
func (e *Item) says(i format.Item) {
	word, gone := withdrawn[i.Status]
	if !gone && i.Signal == story.SignalCorrection && i.Correction != "" {
		word = "CORRECTION"
	}
	if word == "" {
		return
	}
	if i.Correction != "" {
		word += ": " + i.Correction
	}
	if gone {
		e.Title, e.HTML = word, ""
	}
	e.HTML = "<p><strong>" + html.EscapeString(word) + "</strong></p>\n" + e.HTML
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
