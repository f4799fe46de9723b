package desk

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wireroom/masthead"
	"wireroom/story"
)

const perPage = 50

// listing is the list of a stage's stories.
type listing struct {
	frame
	Stage    string
	Mixed    bool // several states: each row says its own
	Rows     []row
	Editions []choice
	Older    string
	Newer    string
}

// choice is a way to look at the list.
type choice struct {
	Text, URL string
	Current   bool
}

// row is a story as a list shows it.
type row struct {
	URL      string
	Urgency  int
	Slug     string
	Headline string // "" when there is none yet
	State    string
	StateID  string
	Unsent   bool   // out, and saved since: readers have an older text
	Plan     string // the lock: name of the plan, "" open to all
	Embargo  string // until when, while it lasts
	Pin      int
	Age      when
	Lang     string
	By       string
	Current  bool
}

func (d *Desk) list(w http.ResponseWriter, v *visit) error {
	query := v.r.URL.Query()
	at := stages[0]
	for _, s := range stages {
		if s.id == query.Get("stage") {
			at = s
		}
	}
	offset, _ := strconv.Atoi(query.Get("from"))
	offset = min(max(offset, 0), 1<<30)
	lang := masthead.Lang(query.Get("lang"))
	if !v.house.Has(lang) {
		lang = ""
	}
	f, err := v.staged(v.T("stage-"+at.id), at.id)
	if err != nil {
		return err
	}
	l := &listing{frame: f, Stage: at.id, Mixed: len(at.states) > 1}
	found, err := d.Stories.List(v.r.Context(), story.Filter{States: at.states, Lang: lang, Offset: offset, Limit: perPage + 1})
	if err != nil {
		return err
	}
	address := func(lang masthead.Lang, from int) string {
		url := stageURL(at.id)
		if lang != "" {
			url += "&lang=" + string(lang)
		}
		if from > 0 {
			url += "&from=" + strconv.Itoa(from)
		}
		return url
	}
	if len(found) > perPage {
		found, l.Older = found[:perPage], address(lang, offset+perPage)
	}
	if offset > 0 {
		l.Newer = address(lang, max(offset-perPage, 0))
	}
	l.Editions = append(l.Editions, choice{v.T("every-edition"), address("", 0), lang == ""})
	for _, e := range v.house.Languages {
		l.Editions = append(l.Editions, choice{v.T("lang-" + string(e)), address(e, 0), lang == e})
	}
	if l.Rows, err = v.rows(found); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "list", l)
}

func (v *visit) rows(found []story.Story) ([]row, error) {
	var all []row
	for _, st := range found {
		r, err := v.row(st)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

func (v *visit) row(st story.Story) (row, error) {
	by, err := v.name(st.By)
	c := st.Content
	r := row{
		URL: storyURL(st.ID), Urgency: c.Rank(), Slug: c.Slug, Headline: strings.TrimSpace(c.Headline), Pin: st.Pin,
		State: v.T("state-" + string(st.State)), StateID: string(st.State), Unsent: st.SentRevision > 0 && st.Revision > st.SentRevision,
		Age: v.age(st.Changed), Lang: string(st.Lang), By: by, Plan: v.plan(c),
	}
	if c.Embargo.After(v.now) {
		r.Embargo = v.near(c.Embargo)
	}
	return r, err
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
