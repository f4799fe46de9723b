package clients

import (
	"strconv"
	"time"

	"wireroom/format"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
)

// URI names a story for ever, in every format.
func URI(id story.ID) string { return "urn:uuid:" + string(id) }

// Sizes gives the widths in which a picture of a story can be had.
type Sizes func(of story.ID, picture string) []format.Size

// Item is a dispatch as formats have it: with the text, or with the status
// alone where there is none to have. sizes may be nil: no pictures then.
func Item(m masthead.Masthead, d reveal.Dispatch, sizes Sizes) format.Item {
	i := format.Item{
		URI: URI(d.Story), Number: int64(d.Number), Version: d.Release, Type: "text", Status: d.Status, Signal: d.Signal,
		Lang: string(d.Lang), Created: d.At, Changed: d.At, Holder: m.Name,
	}
	i.Content.Urgency = d.Urgency
	if d.Status == story.Canceled {
		i.Correction = d.Notice
		return i
	}
	r, ok := d.Rendition()
	if !ok {
		return i
	}
	i.Created, i.Changed, i.Version, i.Dateline = r.Sent(), latest(r.Changed(), d.At), r.Release(), r.Dateline()
	i.Content = story.Content{
		Slug: r.Slug(), Headline: r.Headline(), Teaser: r.Teaser(), Byline: r.Byline(), Keywords: r.Keywords(), Urgency: r.Urgency(),
		Credit: r.Credit(m), Place: r.Place(), Date: r.Date(), Points: r.Points(), Embargo: r.Embargo(),
		Body: story.Body{Blocks: r.Blocks()},
	}
	i.Advisory, i.Correction = r.Advisory(), r.Correction()
	i.Subjects = subjects(m, r)
	if m.PublicURL != "" {
		i.Page = m.PublicURL + "/" + string(r.Lang()) + "/news/" + strconv.FormatInt(int64(r.Number()), 10)
	}
	if sizes != nil {
		i.Pictures = pictures(r, sizes)
	}
	return i
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func subjects(m masthead.Masthead, r reveal.Rendition) []format.Subject {
	var all []format.Subject
	for _, s := range r.Sections() {
		subject := format.Subject{ID: s.ID, Name: s.Label(r.Lang()), Code: s.Topic, Names: map[string]string{}}
		for _, lang := range m.Languages {
			subject.Names[string(lang)] = s.Label(lang)
		}
		all = append(all, subject)
	}
	return all
}

func pictures(r reveal.Rendition, sizes Sizes) []format.Picture {
	var all []format.Picture
	for _, n := range r.Blocks() {
		if n.Type != story.PictureNode || n.Attrs == nil {
			continue
		}
		if has := sizes(r.ID(), n.Attrs.Picture); len(has) > 0 {
			all = append(all, format.Picture{ID: n.Attrs.Picture, Caption: n.Attrs.Caption, Credit: n.Attrs.Credit, Alt: n.Attrs.Alt, Sizes: has})
		}
	}
	return all
}
