package feed

import (
	"cmp"
	"strings"
	"time"

	"wireroom/format"
	"wireroom/format/print"
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

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
