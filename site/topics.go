package site

import (
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"wireroom/archive"
	"wireroom/archive/background"
	"wireroom/archive/register"
	"wireroom/reveal"
)

// past fills in what the stories of a topic tell of it. The page can do without:
// an archive that is too slow is no reason to keep it back.
func (p *known) past(ctx context.Context, v *visit, e register.Entry) error {
	if v.site.Archive == nil {
		return nil
	}
	all, err := v.site.Archive.Background(ctx, []register.Entry{e}, v.edition(), v.Viewer)
	if errors.Is(err, archive.ErrBusy) || errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil
	}
	if err != nil {
		return err
	}
	for _, t := range slices.Backward(all) {
		text := t.Text
		if utf8.RuneCountInString(text) > longestEvent {
			_, end := background.Sentence(text, 0)
			text = text[:end]
		}
		if t.Date == "" || t.Seen || utf8.RuneCountInString(text) > longestEvent || len(p.Timeline) == mostEvents {
			continue
		}
		p.Timeline = append(p.Timeline, event{ISO: t.Date, When: v.dated(register.Moment(t.Date)), Text: text, URL: v.item(t.By).URL})
	}
	return nil
}

// topics are those of a story that have pages.
func (v *visit) topics(r reveal.Rendition, book *register.Book) (all []label) {
	for _, e := range book.Public(r.Topics()) {
		all = append(all, v.leads(e))
	}
	return all
}

// leads is a link to the page of an entry.
func (v *visit) leads(e register.Entry) label {
	return label{URL: knownURL(v.lang, e), Text: e.Name(v.edition())}
}
