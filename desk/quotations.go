package desk

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"wireroom/archive/quote"
	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/fault"
	"wireroom/story"
	"wireroom/web"
)

const quotationsURL = "/desk/quotations"

// quotationRoutes are the addresses of who said what.
func (d *Desk) quotationRoutes() []web.Route {
	const at = "/desk/stories/{id}/quotations"
	return []web.Route{
		{Method: "POST", Pattern: at, Handler: d.seated(d.ruleOnQuotation)},
		{Method: "POST", Pattern: at + "/{entry}/withdrawal", Handler: d.seated(d.withdrawQuotation)},
		{Method: "POST", Pattern: at + "/{entry}/stranger", Handler: d.seated(d.strangeQuotation)},
		{Method: "GET", Pattern: quotationsURL, Handler: d.seated(d.quotations)},
	}
}

// quoting is what a story quotes: what waits for an editor, and what is on the
// record.
type quoting struct {
	URL     string // where it is ruled on; "" when this person may not
	Record  string
	Waiting []utterance
	Kept    []utterance
	Refused []utterance
}

// utterance is one of them.
type utterance struct {
	ID, Words, In string
	Who           string // the name proposed, or confirmed
	Hint          string // how the text names the speaker
	Sure          bool
	By            string
	Age           when
	Gone          bool // the story has these words no longer
	Withdraw      string
	Person, Add   string // where who that is stands in the register, or is added
	Stranger      string // where it is said that it is somebody else
	URL, Headline string // of the story, on the page of the record
	Number        int64
	Day           string
}

// quoted fills in what the story quotes.
func (p *reading) quoted(v *visit, st story.Story) error {
	entries, err := v.desk.Record.Of(v.r.Context(), st.ID)
	if err != nil {
		return err
	}
	book, err := v.desk.Register.Book(v.r.Context())
	if err != nil {
		return err
	}
	q := &quoting{Record: quotationsURL}
	if record.May(v.person, st) == nil {
		q.URL = actURL(st.ID, "quotations")
	}
	stands := map[string]bool{}
	ruled := map[string]bool{}
	for _, e := range entries {
		ruled[e.ID] = true
	}
	for _, found := range record.Proposals(st) {
		id := record.EntryID(st.ID, found.Text)
		if !ruled[id] && !stands[id] && strings.TrimSpace(found.Text) != "" {
			q.Waiting = append(q.Waiting, utterance{ID: id, Words: found.Text, In: string(st.Lang), Who: found.Who, Hint: v.hint(found), Sure: found.Certain})
		}
		stands[id] = true
	}
	for _, e := range entries {
		one, err := v.entry(e)
		if err != nil {
			return err
		}
		one.Gone = !record.Stands(st, e.Words)
		if q.URL != "" {
			one.Withdraw = q.URL + "/" + e.ID + "/withdrawal"
			if known, ok := book.Get(e.Known); ok && e.Known != "" {
				one.Person, one.Stranger = knownURL(known), q.URL+"/"+e.ID+"/stranger"
			} else if e.Speaker != "" {
				one.Add = peopleURL + "/new?" + url.Values{"name": {e.Speaker}, "lang": {string(st.Lang)}}.Encode()
			}
		}
		if e.Speaker == "" {
			q.Refused = append(q.Refused, one)
		} else {
			q.Kept = append(q.Kept, one)
		}
	}
	if len(q.Waiting)+len(entries) > 0 {
		p.frame.style("quotations.css")
		p.Quotes = q
	}
	return nil
}

// hint says how sure a proposal is and what to look at.
func (v *visit) hint(q quote.Quotation) string {
	switch {
	case q.Words.Paragraph == quote.Headline:
		return v.T("quotation-headline")
	case q.Via != "":
		return v.T("quotation-via", "via", q.Via)
	case q.Certain:
		return v.T("quotation-sure")
	case q.Rule == quote.Nearby:
		return v.T("quotation-nearby", "mention", q.Mention)
	}
	return v.T("quotation-mention", "mention", q.Mention)
}

func (v *visit) entry(e record.Entry) (utterance, error) {
	by, err := v.name(e.By)
	return utterance{ID: e.ID, Words: e.Words, In: string(e.Lang), Who: e.Speaker, By: by, Age: v.age(e.At)}, err
}

// ruleOnQuotation takes an editor's word on a quotation.
func (d *Desk) ruleOnQuotation(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	form, id := v.r.PostForm, v.id()
	_, err := d.Stories.Get(v.r.Context(), id)
	if err != nil {
		return err
	}
	words := form.Get("words")
	switch form.Get("verdict") {
	case "refuse":
		err = d.Record.Refuse(v.r.Context(), v.person, id, words)
	case "confirm":
		err = d.confirmQuotation(v, words, form.Get("speaker"))
	default:
		err = fault.Invalid("verdict", "it is confirm or refuse")
	}
	if err != nil {
		return err
	}
	return v.see(w, storyURL(id)+"#quotations")
}

// confirmQuotation puts words on record as those of whom the register knows by
// the name, if that is one person.
func (d *Desk) confirmQuotation(v *visit, words, speaker string) error {
	book, err := d.Register.Book(v.r.Context())
	if err != nil {
		return err
	}
	known, _ := book.Is(register.Person, speaker)
	return d.Record.Confirm(v.r.Context(), v.person, v.id(), words, speaker, known.ID)
}

// strangeQuotation says that the speaker is another than the register's.
func (d *Desk) strangeQuotation(w http.ResponseWriter, v *visit) error {
	if err := d.Record.Link(v.r.Context(), v.person, v.id(), v.r.PathValue("entry"), ""); err != nil {
		return err
	}
	return v.see(w, storyURL(v.id())+"#quotations")
}

func (d *Desk) withdrawQuotation(w http.ResponseWriter, v *visit) error {
	if err := d.Record.Withdraw(v.r.Context(), v.person, v.id(), v.r.PathValue("entry")); err != nil {
		return err
	}
	return v.see(w, storyURL(v.id())+"#quotations")
}

// onRecord is the page that says what somebody has said about something.
type onRecord struct {
	frame
	Who, About, Since string
	Asked             bool
	Found             []utterance
}

func (d *Desk) quotations(w http.ResponseWriter, v *visit) error {
	q := v.r.URL.Query()
	p := &onRecord{frame: v.frame(v.T("quotations-page")), Who: q.Get("who"), About: q.Get("about"), Since: q.Get("since")}
	p.style("quotations.css")
	p.Asked = p.Who != "" || p.About != "" || p.Since != ""
	ask := record.Question{Speaker: p.Who, About: p.About}
	if day, err := story.ParseDate(p.Since); err == nil {
		ask.Since = time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC)
	} else {
		p.Since = ""
	}
	found, err := d.Record.Said(v.r.Context(), ask)
	if err != nil {
		return err
	}
	for _, e := range found {
		one, err := v.entry(e)
		if err != nil {
			return err
		}
		st, err := d.Stories.Get(v.r.Context(), e.Story)
		if err != nil {
			return err
		}
		one.URL, one.Number, one.Headline = storyURL(st.ID), int64(st.Number), st.Content.Headline
		if one.Headline == "" {
			one.Headline = v.T("no-headline")
		}
		one.Day = story.DateOf(e.Said).String()
		p.Found = append(p.Found, one)
	}
	return v.show(w, http.StatusOK, "quotations", p)
}
