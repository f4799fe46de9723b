package portal

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/web/words"
	"wireroom/wire"
)

// row is a story in the list.
type row struct {
	ID, URL, Preview   string
	Number             int64 // on the wire
	Urgency            int
	Slug, Headline     string
	In, Sections       string
	Time, Day, Instant string
	Signal, Mark       string // what happened to it, in words, and its class; "" is nothing to tell
	Embargo            string // until when; "" is none
	Cut                bool   // only what every reader may see
	Text               bool   // there is a text to have
	words              *words.Words
	tongue             string
}

// T is a sentence in the list's language.
func (r row) T(id string, args ...any) string { return r.words.T(r.tongue, id, args...) }

// marks are the classes of what the list tells of a record.
var marks = map[story.Signal]string{
	story.SignalUpdate: "update", story.SignalCorrection: "correction", story.SignalHold: "hold",
	story.SignalKill: "kill", story.SignalReleaseHold: "update",
}

func (v *visit) row(d reveal.Dispatch) row {
	at := v.local(sentAt(d))
	r := row{ID: string(d.Story), URL: strings.Replace(storyURL, "{id}", string(d.Story), 1), Number: int64(d.Number), Urgency: d.Urgency,
		In: string(d.Lang), Time: words.Clock(at), Day: words.LongDay(v.lang, at), Instant: at.Format("2006-01-02T15:04:05Z07:00"),
		Mark: marks[d.Signal], words: v.words, tongue: v.lang}
	r.Preview = strings.Replace(previewURL, "{id}", r.ID, 1)
	if r.Mark != "" {
		r.Signal = v.T("signal-" + string(d.Signal))
	}
	rend, has := d.Rendition()
	if !has {
		r.Headline = v.T("withheld", "number", int64(d.Of))
		if d.Status == story.Canceled {
			r.Headline = v.T("killed", "number", int64(d.Of))
		}
		if d.Short != "" {
			r.Headline = d.Short
		}
		return r
	}
	r.Text, r.Slug, r.Headline, r.Cut = true, rend.Slug(), rend.Headline(), !rend.Full()
	var sections []string
	for _, s := range rend.Sections() {
		sections = append(sections, s.Label(story.Lang(v.lang)))
	}
	r.Sections = strings.Join(sections, ", ")
	if until := rend.Embargo(); until.After(v.now) {
		r.Embargo = words.Moment(v.lang, v.local(until))
	}
	if rend.Alert() && r.Signal == "" {
		r.Signal, r.Mark = v.T("alert"), "alert"
	}
	return r
}

// rows are those of dispatches, each first one of a day with the day above it.
func (v *visit) rows(all []reveal.Dispatch) (rows []row) {
	day := ""
	for _, d := range all {
		r := v.row(d)
		r.Day, day = differs(r.Day, day), r.Day
		rows = append(rows, r)
	}
	return rows
}

func differs(s, before string) string {
	if s == before {
		return ""
	}
	return s
}

// option is one of a list to choose from.
type option struct {
	Value, Text string
	Chosen      bool
}

// asked is the search as its form shows it.
type asked struct {
	Words                          string
	Languages, Sections, Urgencies []option
	Narrow                         bool   // something is asked for
	Query                          string // as an address has it
}

// listPage is the list.
type listPage struct {
	frame
	asked
	Owed    []owed
	Rows    []row
	Head    int64  // as far as the list has come
	Older   string // "" is none
	First   bool   // nothing is older than what is asked for
	Short   bool
	Formats []option
	Follows follows
}

func (p *Portal) list(w http.ResponseWriter, v *visit) error {
	q := v.r.URL.Query()
	s, err := clients.ReadSearch(q)
	if err != nil {
		return err
	}
	before, err := readNumber(q.Get("before"))
	if err != nil {
		return err
	}
	ctx := v.r.Context()
	page := listPage{frame: v.frame(v.T("latest")), asked: v.asked(s), First: before == 0}
	head, err := p.Wire.Head(ctx)
	if err != nil {
		return err
	}
	page.Head = int64(head)
	found, err := v.latest(ctx, s, before)
	if err != nil {
		return err
	}
	if page.Owed, err = v.owed(ctx); err != nil {
		return err
	}
	if page.Follows, err = v.meant(ctx, s); err != nil {
		return err
	}
	page.Rows, page.Short, page.Formats = v.rows(found.found), found.short, v.formats()
	if found.next > 0 {
		older := s.Query()
		older.Set("before", strconv.FormatInt(int64(found.next), 10))
		page.Older = homeURL + "?" + older.Encode()
	}
	return p.show(w, http.StatusOK, "list", "page", page)
}

// readNumber reads a number of the wire; 0 for "".
func readNumber(s string) (wire.Number, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0, fault.Invalid("number", "%.40q is no number on the wire", s)
	}
	return wire.Number(n), nil
}

func (v *visit) asked(s clients.Search) asked {
	q := s.Query()
	a := asked{Words: strings.Join(s.Words, " "), Query: q.Encode(), Narrow: len(q) > 0}
	chosen := func(name, value string) bool { return q.Get(name) == value }
	a.Languages = append(a.Languages, option{"", v.T("all-languages"), chosen("language", "")})
	for _, l := range v.house.Languages {
		name := tongues[string(l)]
		if name == "" {
			name = string(l)
		}
		a.Languages = append(a.Languages, option{string(l), name, chosen("language", string(l))})
	}
	a.Sections = append(a.Sections, option{"", v.T("all-sections"), chosen("section", "")})
	for _, s := range v.house.Sections {
		a.Sections = append(a.Sections, option{s.ID, s.Label(story.Lang(v.lang)), chosen("section", s.ID)})
	}
	a.Urgencies = append(a.Urgencies, option{"", v.T("any-urgency"), chosen("urgency", "")})
	for n := 1; n <= 8; n++ {
		value := strconv.Itoa(n)
		a.Urgencies = append(a.Urgencies, option{value, v.T("urgent-to", "urgency", value), chosen("urgency", value)})
	}
	a.Languages, a.Sections = several(a.Languages, q, "language"), several(a.Sections, q, "section")
	return a
}

// several adds what an address asks for and the list does not offer, such as
// two sections at once, so that sending the form again asks for the same.
func several(list []option, q url.Values, name string) []option {
	for _, o := range list {
		if o.Chosen {
			return list
		}
	}
	return append(list, option{q.Get(name), q.Get(name), true})
}

// formats are those in which the client takes stories along.
func (v *visit) formats() (all []option) {
	for i, f := range v.client.Offered() {
		title := f.Title
		if f.Name == "text" { // the one that is no proper name
			title = v.T("format-text")
		}
		all = append(all, option{f.Name, title, i == 0})
	}
	return all
}
