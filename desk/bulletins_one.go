package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/bulletin"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/reveal"
)

// letterForm is the page of one bulletin: its rules, a look at the next issue,
// and the last ones.
type letterForm struct {
	frame
	Action, Back string
	New          bool
	Done, Wrong  string
	Typed        typedLetter
	Editions     []option
	Plans        []option
	Urgencies    []option
	Days         []tick
	Sections     []tick
	Most         int
	Due          string
	Preview      *letterView
	Issues       []issueRow
}

// tick is a box to tick.
type tick struct {
	Value, Text string
	Chosen      bool
}

// typedLetter is the form as it was typed.
type typedLetter struct {
	ID, Name, Lang, At, Plan, Most, Urgency, Subject string
	Days, Sections                                   []string
	AtOnce, Whole, Neutral, Live                     bool
}

// letterView is the issue that a bulletin would be now.
type letterView struct {
	Subject, Text, URL string
	Views              []choice // as whom it is looked at
	Stories            int
}

func typedOf(b bulletin.Bulletin) typedLetter {
	r := b.Rules
	t := typedLetter{ID: string(b.ID), Name: b.Name, Lang: string(b.Lang), At: r.At, Plan: r.Plan, Most: strconv.Itoa(r.Most), Urgency: strconv.Itoa(r.Urgency),
		Subject: r.Subject, Sections: r.Sections, AtOnce: r.AtOnce, Whole: r.Whole, Neutral: r.Neutral, Live: b.Live}
	for _, d := range r.Days {
		t.Days = append(t.Days, strconv.Itoa(int(d)))
	}
	return t
}

func typedLetterIn(f url.Values) typedLetter {
	text := func(name string) string { return strings.TrimSpace(f.Get(name)) }
	return typedLetter{
		ID: text("id"), Name: text("name"), Lang: text("lang"), At: text("at"), Plan: text("plan"), Most: text("most"), Urgency: text("urgency"), Subject: text("subject"),
		Days: f["day"], Sections: f["section"], AtOnce: f.Get("at_once") != "", Whole: f.Get("whole") != "", Neutral: f.Get("neutral") != "", Live: f.Get("live") != "",
	}
}

// bulletin is what was typed; Invalid where a number is none.
func (t typedLetter) bulletin() (b bulletin.Bulletin, err error) {
	b = bulletin.Bulletin{ID: bulletin.ID(t.ID), Lang: masthead.Lang(t.Lang), Name: t.Name, Live: t.Live, Rules: bulletin.Rules{
		AtOnce: t.AtOnce, At: t.At, Sections: t.Sections, Plan: t.Plan, Whole: t.Whole, Subject: t.Subject, Neutral: t.Neutral}}
	if b.Rules.Most, err = strconv.Atoi(t.Most); err != nil {
		return b, fault.Invalid("most", "%.20q is no number", t.Most)
	}
	if b.Rules.Urgency, err = strconv.Atoi(t.Urgency); err != nil {
		return b, fault.Invalid("urgency", "%.20q is no number", t.Urgency)
	}
	for _, d := range t.Days {
		n, err := strconv.Atoi(d)
		if err != nil || n < 0 || n > 6 {
			return b, fault.Invalid("days", "%.20q is no day", d)
		}
		b.Rules.Days = append(b.Rules.Days, time.Weekday(n))
	}
	return b, nil
}

func (d *Desk) newBulletin(w http.ResponseWriter, v *visit) error {
	t := typedLetter{Lang: string(v.house.Languages[0]), At: "07:30", Most: "20", Urgency: "0", Live: true}
	if v.house.Has(v.edition()) {
		t.Lang = v.lang
	}
	return v.letterForm(w, http.StatusOK, &letterForm{Typed: t, New: true}, nil)
}

func (d *Desk) bulletin(w http.ResponseWriter, v *visit) error {
	b, err := d.Letters.Get(v.r.Context(), bulletin.ID(v.r.PathValue("bulletin")))
	if err != nil {
		return err
	}
	p := &letterForm{Typed: typedOf(b)}
	if v.r.URL.Query().Get("done") == "saved" {
		p.Done = v.T("letters-saved")
	}
	return v.letterForm(w, http.StatusOK, p, &b)
}

func (d *Desk) addBulletin(w http.ResponseWriter, v *visit) error { return v.saveLetter(w, nil) }

func (d *Desk) saveBulletin(w http.ResponseWriter, v *visit) error {
	b, err := d.Letters.Get(v.r.Context(), bulletin.ID(v.r.PathValue("bulletin")))
	if err != nil {
		return err
	}
	return v.saveLetter(w, &b)
}

// saveLetter keeps what was typed, or shows it again with what stands against
// it. was is nil for a new bulletin.
func (v *visit) saveLetter(w http.ResponseWriter, was *bulletin.Bulletin) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	p := &letterForm{Typed: typedLetterIn(v.r.PostForm), New: was == nil}
	if was != nil {
		p.Typed.ID, p.Typed.Lang = string(was.ID), string(was.Lang)
	}
	b, err := p.Typed.bulletin()
	if err == nil {
		if was == nil {
			b, err = v.desk.Letters.Add(v.r.Context(), v.person, b)
		} else {
			b, err = v.desk.Letters.Save(v.r.Context(), v.person, b)
		}
	}
	switch {
	case fault.Is(err, fault.KindConflict):
		p.Wrong = v.T("letters-taken")
		return v.letterForm(w, http.StatusConflict, p, was)
	case fault.Is(err, fault.KindInvalid):
		p.Wrong = v.T("letters-wrong-" + fieldOf(err))
		return v.letterForm(w, http.StatusUnprocessableEntity, p, was)
	case err != nil:
		return err
	}
	return v.see(w, bulletinURL(b.ID)+"?done=saved")
}

// letterForm shows the form; b is nil for a new bulletin.
func (v *visit) letterForm(w http.ResponseWriter, status int, p *letterForm, b *bulletin.Bulletin) error {
	title := v.T("letters-new")
	p.Action, p.Back, p.Most = bulletinsURL, bulletinsURL, bulletin.MostStories
	if b != nil {
		title, p.Action = b.Name, bulletinURL(b.ID)
	}
	p.frame = v.frame(title)
	p.style("readers.css")
	p.style("bulletins.css")
	p.choices(v)
	if b == nil {
		return v.show(w, status, "bulletin", p)
	}
	if b.Live {
		p.Due = v.moment(b.Due)
	}
	var err error
	if p.Issues, err = v.issues(b.ID, 20); err != nil {
		return err
	}
	if p.Preview, err = v.letterView(*b); err != nil {
		return err
	}
	return v.show(w, status, "bulletin", p)
}

func (p *letterForm) choices(v *visit) {
	for _, l := range v.house.Languages {
		p.Editions = append(p.Editions, option{string(l), v.T("lang-" + string(l)), string(l) == p.Typed.Lang})
	}
	p.Plans = append([]option{{"", v.T("letters-everybody"), p.Typed.Plan == ""}}, v.planOptions(p.Typed.Plan)...)
	p.Urgencies = v.urgencies(p.Typed.Urgency)
	for n := range 7 {
		day := strconv.Itoa((n + 1) % 7)
		p.Days = append(p.Days, tick{day, v.T("letters-day-" + day), slices.Contains(p.Typed.Days, day)})
	}
	for _, s := range v.house.Sections {
		p.Sections = append(p.Sections, tick{s.ID, s.Label(v.edition()), slices.Contains(p.Typed.Sections, s.ID)})
	}
}

// viewer is as whom a letter is looked at: somebody without a plan, or a holder
// of the one that the address names.
func (v *visit) viewer() (plan string, viewer reveal.Viewer) {
	plan = v.r.URL.Query().Get("plan")
	if _, ok := v.house.Plan(plan); !ok {
		return "", reveal.Viewer{}
	}
	return plan, reveal.Holder(map[string]time.Time{plan: v.now.Add(time.Minute)}, v.now)
}

// sheet prints the issue that a bulletin would be now.
func (v *visit) sheet(b bulletin.Bulletin, viewer reveal.Viewer) (bulletin.Sheet, int, error) {
	draft, err := v.desk.Letters.Draft(v.r.Context(), b)
	if err != nil {
		return bulletin.Sheet{}, 0, err
	}
	sheet, err := v.desk.Digest(v.r.Context(), b, draft, viewer)
	return sheet, len(draft.Items), err
}

// letterView is a look at the next issue; nil where no letter can be printed.
func (v *visit) letterView(b bulletin.Bulletin) (*letterView, error) {
	if v.house.PublicURL == "" {
		return nil, nil
	}
	plan, viewer := v.viewer()
	sheet, stories, err := v.sheet(b, viewer)
	if err != nil {
		return nil, err
	}
	at := func(plan, rest string) string {
		if plan == "" {
			return bulletinURL(b.ID) + rest
		}
		return bulletinURL(b.ID) + rest + "?plan=" + url.QueryEscape(plan)
	}
	view := &letterView{Subject: sheet.Subject, Text: sheet.Text, Stories: stories, URL: at(plan, "/letter")}
	view.Views = append(view.Views, choice{v.T("letters-view-free"), at("", "") + "#preview", plan == ""})
	for _, p := range v.house.Plans {
		view.Views = append(view.Views, choice{p.Name(v.edition()), at(p.ID, "") + "#preview", plan == p.ID})
	}
	return view, nil
}

// letterPolicy lets a letter look as it does in a mail program, which knows
// styles in the text alone. It fetches nothing and runs nothing.
const letterPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-popups"

// letterPage shows the next issue as a mail program would.
func (d *Desk) letterPage(w http.ResponseWriter, v *visit) error {
	b, err := d.Letters.Get(v.r.Context(), bulletin.ID(v.r.PathValue("bulletin")))
	if err != nil {
		return err
	}
	_, viewer := v.viewer()
	sheet, _, err := v.sheet(b, viewer)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", letterPolicy)
	_, _ = w.Write([]byte(sheet.HTML))
	return nil
}
