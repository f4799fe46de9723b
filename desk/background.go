package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"

	"wireroom/archive"
	"wireroom/archive/register"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/story"
	"wireroom/story/markup"
	"wireroom/web"
)

const backgroundURL = "/desk/background"

func (d *Desk) backgroundRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: backgroundURL, Handler: d.seated(d.background)}}
}

// past is what the stories of some topics tell of them, offered to whoever writes
// the next.
type past struct {
	Lines []pastLine
	Lang  string // of the texts
	More  int    // lines that are not shown
}

// pastLine is one paragraph of it.
type pastLine struct {
	Key           string
	ISO, When     string
	Text          string
	Loose         bool // the date must be written out
	Told          string
	URL, Headline string
	Locked        bool
	Doc           string // the paragraph as the writing page's script takes it
}

// mostPast is how many lines are offered.
const mostPast = 80

// past gathers it; nil where there is nothing to offer. but is a story whose own
// text is no background to it.
func (v *visit) past(topics []register.Entry, lang masthead.Lang, but story.ID) (*past, error) {
	all, err := v.tellsOf(topics, lang, but)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	p := &past{Lang: string(lang), More: max(len(all)-mostPast, 0)}
	for _, t := range all[p.More:] {
		doc, err := json.Marshal(story.Body{Blocks: []story.Node{t.Node}})
		if err != nil {
			return nil, fault.Internal("offer a paragraph", err)
		}
		l := pastLine{Key: pastKey(t), ISO: t.Date, Text: t.Text, Loose: t.Loose, Locked: !t.By.Free(), Doc: string(doc),
			When: v.dated(register.Moment(t.Date)), URL: storyURL(t.By.ID()), Headline: t.By.Headline()}
		if t.Date == "" {
			day := t.By.Day()
			l.ISO, l.When = day.String(), v.T("past-before", "day", v.dated(register.Moment(day.String())))
		}
		if t.Times > 1 {
			l.Told = v.T("past-told", "n", t.Times)
		}
		p.Lines = append(p.Lines, l)
	}
	return p, nil
}

// tellsOf asks the archive, which may not be open yet.
func (v *visit) tellsOf(topics []register.Entry, lang masthead.Lang, but story.ID) ([]archive.Told, error) {
	if v.desk.Archive == nil || len(topics) == 0 {
		return nil, nil
	}
	all, err := v.desk.Archive.BackgroundInHouse(v.r.Context(), topics, lang, but)
	if errors.Is(err, archive.ErrBusy) {
		return nil, nil
	}
	return all, err
}

// pastKey names a paragraph by its text.
func pastKey(t archive.Told) string {
	sum := sha256.Sum256([]byte(t.Text))
	return hex.EncodeToString(sum[:8])
}

// dated is a time as fine as it is known, in words.
func (v *visit) dated(m register.Moment) string { return v.desk.words.Date(v.lang, string(m)) }

// pastIn puts a paragraph of background behind what is typed.
func (v *visit) pastIn(f *form, key string, but story.ID) error {
	t, err := v.themes(f.lang())
	if err != nil {
		return err
	}
	ids, err := t.read(f.Topics[:], nil)
	if err != nil {
		return err
	}
	all, err := v.tellsOf(t.entries(ids), f.lang(), but)
	if err != nil {
		return err
	}
	for _, one := range all {
		if pastKey(one) == key {
			body, err := f.body()
			if err != nil {
				return err
			}
			body.Blocks = append(body.Blocks, one.Node)
			f.Body, f.drawn = markup.Print(body), &drawn{body: body}
			return nil
		}
	}
	return fault.Conflict("background", "no story tells this any more")
}

// telling is the page of what is told of some topics.
type telling struct {
	frame
	Past *past
}

// background shows what is told of the topics that the address names, for the
// writing page's script while topics are typed.
func (d *Desk) background(w http.ResponseWriter, v *visit) error {
	q := v.r.URL.Query()
	lang := masthead.Lang(q.Get("lang"))
	if !v.house.Has(lang) {
		return fault.NotFound("the edition")
	}
	t, err := v.themes(lang)
	if err != nil {
		return err
	}
	var ids []string
	for _, name := range q["topic"] {
		if id, err := t.find(name, nil); err == nil {
			ids = append(ids, id)
		}
	}
	p := &telling{frame: v.frame(v.T("past"))}
	p.style("copy.css")
	if p.Past, err = v.past(t.entries(ids), lang, story.ID(q.Get("story"))); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "background", p)
}
