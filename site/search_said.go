package site

import (
	"cmp"
	"context"
	"errors"
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/archive"
	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/fault"
	"wireroom/format/feed"
	"wireroom/reveal"
	"wireroom/story"
)

const (
	// saidAtOnce is how many quotations a page of answers shows.
	saidAtOnce = 10
	// revealedAtOnce is how many stories are asked for at one time to find them.
	revealedAtOnce = 40
	// longestHearing is how long an answer may take.
	longestHearing = 3 * time.Second
)

// utterance is a quotation that was looked for.
type utterance struct {
	said
	Marks   []archive.Mark
	Lang    string // "" in the page's own language
	Speaker string
	Person  string // the address of their page; "" is none
}

// heard is a confirmed quotation with the story that the viewer has it from.
type heard struct {
	record.Entry
	story reveal.Rendition
}

// heard gives what is on record of somebody, or archive.ErrBroad where that would
// take too long.
func (v *visit) heard(ctx context.Context, s archive.Speech, from, many int) ([]heard, error) {
	short, cancel := context.WithTimeout(ctx, longestHearing)
	defer cancel()
	all, err := v.hears(short, s, from, many)
	if err != nil && errors.Is(short.Err(), context.DeadlineExceeded) {
		return nil, archive.ErrBroad
	}
	return all, err
}

// hears gives what is on record of somebody, the latest first, from the nth and no
// more than many: only what stands in what the viewer may have of its story. It goes
// on until there is enough, so what they may not have makes no gap.
func (v *visit) hears(ctx context.Context, s archive.Speech, from, many int) ([]heard, error) {
	ask := record.Question{Speaker: s.Speaker}
	if !s.Since.IsZero() {
		ask.Since = s.Since.AddDate(0, 0, -1) // days are kept as UTC's, which begin at other times
	}
	if who, err := v.meant(ctx, s.Speaker); err != nil {
		return nil, err
	} else if who.ID != "" {
		ask.Or = who.Same()
	}
	var entries []record.Entry
	err := v.site.Record.Each(ctx, ask, func(e record.Entry) bool {
		if s.Finds(e.Words, e.Lang, e.Said) {
			entries = append(entries, e)
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(entries, v.order)
	h := hearing{speech: s, words: map[string]bool{}, tongues: map[story.Group]story.Lang{}}
	for some := range slices.Chunk(entries, revealedAtOnce) {
		stories, err := v.tellers(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, e := range some {
			if r, ok := stories[e.Story]; ok && h.takes(e, r) && len(h.all) == from+many {
				return h.all[from:], nil
			}
		}
	}
	return h.all[min(from, len(h.all)):], nil
}

// order is by the day, the latest first; of one day the page's own language comes
// before what is translated.
func (v *visit) order(a, b record.Entry) int {
	day := func(e record.Entry) int64 { return e.Said.Unix() / (24 * 60 * 60) }
	if c := cmp.Compare(day(b), day(a)); c != 0 {
		return c
	}
	switch own := string(a.Lang) == v.lang; {
	case own == (string(b.Lang) == v.lang):
		return 0
	case own:
		return -1
	}
	return 1
}

// hearing gathers quotations, each once: neither again when a later story repeats it,
// nor from the same story in another language.
type hearing struct {
	speech  archive.Speech
	all     []heard
	words   map[string]bool
	tongues map[story.Group]story.Lang
}

func (h *hearing) takes(e record.Entry, r reveal.Rendition) bool {
	tongue, told := h.tongues[r.Group()]
	if h.words[e.Words] || told && tongue != e.Lang || !h.speech.In(r) || !tells(r, e) {
		return false
	}
	h.words[e.Words], h.tongues[r.Group()] = true, e.Lang
	h.all = append(h.all, heard{e, r})
	return true
}

// tellers are the stories that have the quotations.
func (v *visit) tellers(ctx context.Context, of []record.Entry) (map[story.ID]reveal.Rendition, error) {
	var ids []story.ID
	for _, e := range of {
		if !slices.Contains(ids, e.Story) {
			ids = append(ids, e.Story)
		}
	}
	return v.site.Door.Several(ctx, ids, v.Viewer, false)
}

// meant is who of the register's public people a whole name means; the zero Entry
// is nobody.
func (v *visit) meant(ctx context.Context, name string) (register.Entry, error) {
	if v.site.Register == nil {
		return register.Entry{}, nil
	}
	book, err := v.site.Register.Book(ctx)
	if err != nil {
		return register.Entry{}, err
	}
	if e, ok := book.Is(register.Person, name); ok && e.Public {
		return e, nil
	}
	return register.Entry{}, nil
}

// says fills in what somebody has said, where that is asked for.
func (p *search) says(ctx context.Context, v *visit, ask archive.Ask, page int) error {
	speech, ok := v.site.speech(ask.Query)
	if !ok || ask.Page > 1 {
		return nil
	}
	p.Spoken = true
	found, err := v.heard(ctx, speech, (page-1)*saidAtOnce, saidAtOnce+1)
	if errors.Is(err, archive.ErrBroad) {
		p.Sorry = v.T("search-broad")
		return nil
	}
	if err != nil {
		return err
	}
	if page > 1 && len(found) == 0 {
		return fault.NotFound("page of the list")
	}
	if len(found) > saidAtOnce {
		found, p.Older = found[:saidAtOnce], saidURL(v.lang, ask, page+1)
	}
	if page > 1 {
		p.Newer = saidURL(v.lang, ask, page-1)
	}
	for _, h := range found {
		u, err := v.utterance(ctx, h)
		if err != nil {
			return err
		}
		u.Marks = speech.Marks(u.Words, h.Lang)
		p.Quotes = append(p.Quotes, u)
	}
	return nil
}

// saidURL is the address of a search with a page of its quotations.
func saidURL(lang string, ask archive.Ask, page int) string {
	address := searchURL(lang, ask)
	if page > 1 {
		address += "&quotes=" + strconv.Itoa(page)
	}
	return address + "#quotes"
}

// speech is what a query asks of the record; ok is false where there is none.
func (s *Site) speech(query string) (archive.Speech, bool) {
	if s.Archive == nil || s.Record == nil {
		return archive.Speech{}, false
	}
	return s.Archive.Speech(query)
}

func (v *visit) utterance(ctx context.Context, h heard) (utterance, error) {
	u := utterance{Speaker: h.Speaker, said: said{Words: strings.TrimRight(h.Words, ",; "), URL: v.item(h.story).URL, Headline: h.story.Headline(), Day: v.exact(h.Said, true)}}
	if lang := string(h.Lang); lang != v.lang {
		u.Lang = lang
	}
	if h.Known == "" || v.site.Register == nil {
		return u, nil
	}
	book, err := v.site.Register.Book(ctx)
	if err != nil {
		return u, err
	}
	if e, ok := book.Get(h.Known); ok && e.Public {
		u.Person = knownURL(v.lang, e)
	}
	return u, nil
}

// quotations are what was said as items of a feed.
func (b *broadcast) quotations(found []heard) []feed.Item {
	var all []feed.Item
	for _, h := range found {
		words := strings.TrimRight(h.Words, ",; ")
		i := b.feedItem(h.story)
		i.ID = "urn:wireroom:quotation:" + h.ID
		i.Title = b.T("search-said-title", "speaker", h.Speaker, "words", words)
		i.Summary = words
		i.HTML = "<blockquote><p>" + html.EscapeString(words) + "</p></blockquote>\n<p>" + html.EscapeString(h.Speaker) + ". <a href=\"" +
			html.EscapeString(b.storyURL(h.story)) + "\">" + html.EscapeString(h.story.Headline()) + "</a></p>\n"
		all = append(all, i)
	}
	return all
}
