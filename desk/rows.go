package desk

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/masthead"
	"wireroom/story"
)

// row is a story as a list shows it.
type row struct {
	ID       story.ID
	URL      string
	Edit     string // where to write it; "" is not the person's to do
	Urgency  int
	Slug     string
	Headline string // "" when there is none yet
	State    string // in words, or the desk's stage
	StateID  string
	Unsent   bool   // out, and saved since: readers have an older text
	Alert    bool   // readers have the headline alone
	Legal    bool   // lawyers must look first
	Plan     string // the lock: name of the plan, "" open to all
	Embargo  string // until when, while it lasts
	Planned  string // when it is to be sent
	Pin      int
	Age      when
	Lang     string
	Flags    []flag // the languages of its group
	By       string
	Assigned string
	Writes   string // who writes it now
	Mine     bool   // that is the reader themselves
	Looks    string // who has it open, beside them
	Current  bool
	Gone     bool // it is no longer in this list
}

// flag is a language of a story's group: what stands there.
type flag struct {
	Lang, URL, Sign, Words string
	StateID                string
}

// rows are stories as a list shows them, with who is at them.
func (v *visit) rows(found []story.Story, live story.Live) ([]row, error) {
	var groups []story.Group
	for _, st := range found {
		groups = append(groups, st.Group)
	}
	siblings, err := v.desk.Stories.Siblings(v.r.Context(), groups)
	if err != nil {
		return nil, err
	}
	var all []row
	for _, st := range found {
		r, err := v.row(st)
		if err != nil {
			return nil, err
		}
		r.Flags = v.flags(st, siblings[st.Group])
		if err := v.present(&r, live); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

func (v *visit) row(st story.Story) (row, error) {
	by, err := v.name(st.By)
	if err != nil {
		return row{}, err
	}
	c := st.Content
	r := row{
		ID: st.ID, URL: storyURL(st.ID), Urgency: c.Rank(), Slug: c.Slug, Headline: strings.TrimSpace(c.Headline), Pin: st.Pin,
		State: v.T("state-" + string(st.State)), StateID: string(st.State), Unsent: st.SentRevision > 0 && st.Revision > st.SentRevision,
		Age: v.age(st.Changed), Lang: string(st.Lang), By: by, Plan: v.plan(c), Alert: st.Alert, Legal: st.Legal != "",
	}
	if v.may(story.ActRevise, st) {
		r.Edit = actURL(st.ID, "edit")
	}
	if c.Embargo.After(v.now) {
		r.Embargo = v.near(c.Embargo)
	}
	if !st.SendAt.IsZero() {
		r.Planned = v.near(st.SendAt)
	}
	if st.Assigned != "" {
		r.Assigned, err = v.name(st.Assigned)
	}
	if name := v.house.Desk(st.Desk).Stage(st.Stage, string(st.State)).Name(v.edition()); name != "" {
		r.State = name
	}
	return r, err
}

// signs are how a flag says how far a story is, beside its colour.
var signs = map[story.State]string{
	story.Draft: "…", story.InEdit: "…", story.Ready: "…", story.Sent: "✓", story.Updated: "✓", story.Corrected: "✓",
	story.Held: "!", story.Killed: "×", story.Spiked: "×",
}

// flags tell for each of the agency's languages what stands in the story's
// group. A group of one language, in an agency of one, has none.
func (v *visit) flags(st story.Story, siblings []story.Sibling) (all []flag) {
	for _, lang := range v.house.Languages {
		f := flag{Lang: string(lang), Sign: "–", Words: v.T("flag-none", "lang", v.T("lang-"+string(lang)))}
		i := slices.IndexFunc(siblings, func(s story.Sibling) bool { return s.Lang == lang })
		if i >= 0 {
			s := siblings[i]
			f.Sign, f.StateID = signs[s.State], string(s.State)
			f.Words = v.T("flag", "lang", v.T("lang-"+string(lang)), "state", v.T("state-"+string(s.State)))
			if s.ID != st.ID {
				f.URL = storyURL(s.ID)
			}
			if s.ID == st.ID && st.Behind() {
				f.Sign, f.Words = "≠", v.T("flag-behind", "lang", v.T("lang-"+string(lang)))
			}
		}
		all = append(all, f)
	}
	return all
}

// present says who writes the story and who has it open.
func (v *visit) present(r *row, live story.Live) error {
	var looks []string
	for _, l := range live.Locks {
		if l.Story != r.ID {
			continue
		}
		name, err := v.name(l.Person)
		if err != nil {
			return err
		}
		r.Writes, r.Mine = name, l.Person == v.person.ID
	}
	for _, person := range live.Readers(r.ID) {
		name, err := v.name(person)
		if err != nil {
			return err
		}
		if person != v.person.ID && name != r.Writes {
			looks = append(looks, name)
		}
	}
	slices.Sort(looks)
	r.Looks = strings.Join(looks, ", ")
	return nil
}

// plan names the plan that locks a content now; "" is open to all.
func (v *visit) plan(c story.Content) string {
	if c.Plan == "" || (!c.OpensAt.IsZero() && !v.now.Before(c.OpensAt)) {
		return ""
	}
	p, _ := v.house.Plan(c.Plan)
	return cmp.Or(p.Name(v.edition()), c.Plan)
}

// near is a time to come as a list shows it: its clock, with its day unless
// that is today.
func (v *visit) near(t time.Time) string {
	t = t.In(v.house.Zone)
	if story.DateOf(t) == story.DateOf(v.now) {
		return t.Format("15:04")
	}
	return story.Day(story.DateOf(t), v.edition()) + ", " + t.Format("15:04")
}

// fragment is rows alone, for a page that shows the list already.
type fragment struct {
	frame
	Rows []row
}

// mostAsked is how many rows a page asks for at once.
const mostAsked = 200

// someRows gives the rows of stories as they are now, and says of each whether
// it still belongs to the list of the address.
func (d *Desk) someRows(w http.ResponseWriter, v *visit) error {
	var ids []story.ID
	for id := range strings.SplitSeq(v.r.URL.Query().Get("ids"), ",") {
		if db.IsID(id) && len(ids) < mostAsked {
			ids = append(ids, story.ID(id))
		}
	}
	f := &fragment{frame: v.frame("")}
	if len(ids) > 0 {
		if err := f.fill(v, ids); err != nil {
			return err
		}
	}
	return v.show(w, http.StatusOK, "rows", f)
}

func (f *fragment) fill(v *visit, ids []story.ID) error {
	ctx := v.r.Context()
	live, err := v.desk.Stories.Now(ctx)
	if err != nil {
		return err
	}
	found, err := v.desk.Stories.List(ctx, story.Filter{IDs: ids, Limit: mostAsked})
	if err != nil {
		return err
	}
	here, err := v.asks(v.sieve(v.r.URL.Query()))
	if err != nil {
		return err
	}
	here.IDs, here.Offset, here.Limit = ids, 0, mostAsked
	fit, err := v.desk.Stories.List(ctx, here)
	if err != nil {
		return err
	}
	if f.Rows, err = v.rows(found, live); err != nil {
		return err
	}
	for i, r := range f.Rows {
		f.Rows[i].Gone = !slices.ContainsFunc(fit, func(st story.Story) bool { return st.ID == r.ID })
	}
	return nil
}

// langs are the languages that a list can be narrowed to.
func (v *visit) langs(s sieve) (all []choice) {
	at := func(lang masthead.Lang) string {
		narrowed := s
		narrowed.lang = lang
		return narrowed.at(0)
	}
	all = append(all, choice{v.T("every-edition"), at(""), s.lang == ""})
	for _, l := range v.house.Languages {
		all = append(all, choice{v.T("lang-" + string(l)), at(l), s.lang == l})
	}
	return all
}
