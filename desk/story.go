package desk

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"wireroom/masthead"
	"wireroom/story"
)

// reading is the page of one story: its text in the middle, its facts and its
// history beside it, and the acts that the person may do.
type reading struct {
	frame
	Story     row
	Number    int64
	Revision  int64
	Done      string // the sentence for the act just done
	Out       bool
	Edition   string
	SiteURL   string // where readers find it
	Preview   preview
	Talk      *talking
	Layer     *layer // nil when readers have what the desk has
	Note      string
	Others    []string // who has words for it that are not saved
	Acts      []act
	Edit      string
	Pin       *pinning
	Translate []option
	TransURL  string
	Family    []row
	Original  *original // of a translation
	Beside    string    // the page of its languages
	Occasion  *occasion // nil when it was not planned
	Facts     []field
	Revisions []revised
	Releases  []sending
	Log       []done
	Near      near
	Lacks     []stop   // before it can be sent
	Quotes    *quoting // nil when it quotes nobody
	Names     *naming  // nil when it names nobody known
	Flow      *flow
	Shots     []pictured
}

// act is a way to go on with the story: a panel to ask at, or a button.
type act struct {
	Noun, Text, URL string
	Panel, Strong   bool
	Danger          bool
	Barred          bool // it can be asked for, but not done while a legal flag stands
}

type pinning struct {
	URL     string
	Choices []option
}

// revised is a revision in a list.
type revised struct {
	Number  int64
	URL, By string
	Age     when
	Sent    bool
	Compare string // with the one before; "" is the first
}

// sending is a release in a list.
type sending struct {
	Number, Revision, Wire        int64
	Signal, Note, Short, Desk, By string
	Age                           when
	At                            time.Time
	Grave                         bool   // what is taken back
	Arrived                       []cell // where it has
}

// done is a line of the log.
type done struct {
	Act, By, Note string
	Age           when
}

func (d *Desk) story(w http.ResponseWriter, v *visit) error {
	st, err := d.Stories.Get(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	title := st.Content.Headline
	if title == "" {
		title = v.T("no-headline")
	}
	p := &reading{Number: int64(st.Number), Revision: st.Revision, Edition: v.T("lang-" + string(st.Lang)), Note: st.Content.Note, Out: st.State.Out()}
	if p.frame, err = v.staged(title, stageOf(st.State)); err != nil {
		return err
	}
	if id := v.r.URL.Query().Get("done"); slices.Contains(doneNouns, id) {
		p.Done = v.T("done-"+id, "revision", st.Revision)
	}
	p.Shots = v.pictures(st.ID, st.Content.Body)
	if st.State.Out() {
		p.SiteURL = "/" + string(st.Lang) + "/news/" + strconv.FormatInt(int64(st.Number), 10)
	}
	now, err := d.Stories.Now(v.r.Context())
	if err != nil {
		return err
	}
	p.frame.live(st.ID, now.Last)
	p.frame.script("story.js")
	p.frame.style("list.css")
	p.frame.style("picture.css")
	p.frame.keyed()
	p.TransURL = actURL(st.ID, "translation")
	if p.Others, err = v.others(st); err != nil {
		return err
	}
	p.Facts = v.facts(st)
	p.frame.style("copy.css")
	p.frame.script("comments.js")
	p.frame.style("workflow.css")
	p.frame.script("until.js")
	for _, fill := range []func(*visit, story.Story) error{p.acts, p.text, p.family, p.history, p.arrived, p.planned, p.beside, p.checklist, p.flow, p.named, p.quoted} {
		if err := fill(v, st); err != nil {
			return err
		}
	}
	return v.show(w, http.StatusOK, "story", p)
}

func (p *reading) text(v *visit, st story.Story) (err error) {
	now, err := v.desk.Stories.Now(v.r.Context())
	if err != nil {
		return err
	}
	rows, err := v.rows([]story.Story{st}, now)
	if err != nil {
		return err
	}
	p.Story = rows[0]
	var shown story.Content
	if p.Layer, shown, err = v.layers(st); err != nil {
		return err
	}
	if p.Talk, err = v.talk(st); err != nil {
		return err
	}
	if p.Layer == nil || !p.Layer.Sent {
		v.talks = p.Talk
	} else if len(p.Talk.Passages) > 1 {
		p.Talk.Passages = p.Talk.Passages[:1] // the others are of the draft
	}
	p.Preview, err = v.preview(st, shown)
	return err
}

// family finds the story in other languages, and those it may be put into.
func (p *reading) family(v *visit, st story.Story) error {
	all, err := v.desk.Stories.Family(v.r.Context(), st.Group)
	if err != nil {
		return err
	}
	taken := []masthead.Lang{st.Lang}
	for _, other := range all {
		if other.ID == st.ID {
			continue
		}
		taken = append(taken, other.Lang)
		r, err := v.row(other)
		if err != nil {
			return err
		}
		p.Family = append(p.Family, r)
	}
	p.Beside = actURL(st.ID, "languages")
	if p.Original, err = v.original(st); err != nil {
		return err
	}
	for _, lang := range v.house.Languages {
		if !slices.Contains(taken, lang) && v.may(story.ActTranslate, st) {
			p.Translate = append(p.Translate, option{Value: string(lang), Text: v.T("lang-" + string(lang))})
		}
	}
	return nil
}

func (p *reading) history(v *visit, st story.Story) error {
	revisions, err := v.desk.Stories.Past(v.r.Context(), st.ID)
	if err != nil {
		return err
	}
	for _, r := range revisions {
		by, err := v.name(r.By)
		if err != nil {
			return err
		}
		one := revised{Number: r.Number, URL: revisionURL(st.ID, r.Number), By: by, Age: v.age(r.At), Sent: r.Number == st.SentRevision}
		if r.Number > 1 {
			one.Compare = compareURL(st.ID, r.Number-1, r.Number)
		}
		p.Revisions = append(p.Revisions, one)
	}
	releases, err := v.desk.Stories.Releases(v.r.Context(), st.ID)
	if err != nil {
		return err
	}
	for _, r := range releases {
		by, err := v.name(r.By)
		if err != nil {
			return err
		}
		p.Releases = append(p.Releases, sending{
			Number: r.Number, Revision: r.Revision, Wire: r.Wire, Signal: v.T("signal-" + string(r.Signal)),
			Note: r.Note, Short: r.Short, Desk: r.Desk, By: by, Age: v.age(r.At),
			At: r.At, Grave: r.Signal == story.SignalKill || r.Signal == story.SignalHold,
		})
	}
	return p.log(v, st)
}

func (p *reading) log(v *visit, st story.Story) error {
	log, err := v.desk.Stories.Log(v.r.Context(), st.ID)
	if err != nil {
		return err
	}
	for _, l := range log {
		by, err := v.name(l.By)
		if err != nil {
			return err
		}
		p.Log = append(p.Log, done{v.T("log-" + l.Act), by, l.Note, v.age(l.At)})
	}
	return nil
}

// facts are what stands around the text, where there is any.
func (v *visit) facts(st story.Story) []field {
	c := st.Content
	plan := v.T("open-to-all")
	if name := v.plan(c); name != "" {
		plan = name
	} else if v.unchosen(c) {
		plan = v.T("plan-not-chosen")
	}
	all := []field{
		{v.T("field-slug"), c.Slug},
		{v.T("field-urgency"), v.T("urgency-" + strconv.Itoa(c.Rank()))},
		{v.T("field-sections"), v.sections(c.Sections)},
		{v.T("field-topics"), v.topicsOf(c)},
		{v.T("field-plan"), plan},
		{v.T("field-opens_at"), v.moment(c.OpensAt)},
		{v.T("field-embargo"), v.embargo(c)},
		{v.T("fact-first-sent"), v.moment(st.FirstSent)},
		{v.T("field-byline"), c.Byline},
		{v.T("fact-source"), st.Source},
	}
	for i, p := range c.Points {
		all = append(all, field{v.T("field-points"), strconv.Itoa(i+1) + ". " + p})
	}
	for i, k := range c.Keywords {
		if i == 0 {
			all = append(all, field{v.T("field-keywords"), k})
			continue
		}
		all[len(all)-1].Value += ", " + k
	}
	return slices.DeleteFunc(all, func(f field) bool { return f.Value == "" })
}
