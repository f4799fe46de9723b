package desk

import (
	"net/http"
	"strconv"

	"wireroom/fault"
	"wireroom/story"
	"wireroom/web"
)

// comparing is the page of two revisions set into each other.
type comparing struct {
	frame
	Number   int64
	Headline string
	In       string // the story's language
	Back     string
	Action   string // of the form that chooses
	From, To edge
	Froms    []option
	Tos      []option
	Proof    proof
	Restore  *restoring // nil when there is nothing to go back to
}

// edge is one of the two revisions.
type edge struct {
	Number        int64
	Name, URL, By string
	Age           when
	Marks         []string // what it is to readers and the desk
}

// restoring is the form that goes back to a revision.
type restoring struct {
	URL            string
	Base, Revision int64
}

func compareURL(id story.ID, from, to int64) string {
	return actURL(id, "compare") + "?from=" + strconv.FormatInt(from, 10) + "&to=" + strconv.FormatInt(to, 10)
}

// historyRoutes are the addresses of a story's past.
func (d *Desk) historyRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/desk/stories/{id}/compare", Handler: d.seated(d.compare)},
		{Method: "POST", Pattern: "/desk/stories/{id}/restoration", Handler: d.seated(d.restore)},
	}
}

// compare shows what one revision says that another does not. Without a choice
// it is what readers have, or else the first, and the newest.
func (d *Desk) compare(w http.ResponseWriter, v *visit) error {
	st, err := d.Stories.Get(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	from, to := st.SentRevision, st.Revision
	if from == 0 || from == to {
		from = max(1, to-1)
	}
	for name, n := range map[string]*int64{"from": &from, "to": &to} {
		if typed := v.r.URL.Query().Get(name); typed != "" {
			if *n, err = strconv.ParseInt(typed, 10, 64); err != nil {
				return fault.NotFound("the revision")
			}
		}
	}
	p := &comparing{Number: int64(st.Number), Headline: st.Content.Headline, In: string(st.Lang), Back: storyURL(st.ID), Action: actURL(st.ID, "compare")}
	was, err := v.edge(st, from, &p.From)
	if err != nil {
		return err
	}
	now, err := v.edge(st, to, &p.To)
	if err != nil {
		return err
	}
	p.Proof = v.proof(string(st.Lang), was.Content, now.Content)
	if err := p.choices(v, st); err != nil {
		return err
	}
	if v.may(story.ActRestore, st) && from != st.Revision {
		p.Restore = &restoring{actURL(st.ID, "restoration"), st.Revision, from}
	}
	if p.frame, err = v.staged(v.T("compare-title", "from", from, "to", to, "number", int64(st.Number)), stageOf(st.State)); err != nil {
		return err
	}
	p.frame.style("copy.css")
	return v.show(w, http.StatusOK, "compare", p)
}

func (v *visit) edge(st story.Story, n int64, e *edge) (story.Revision, error) {
	r, err := v.desk.Stories.Revision(v.r.Context(), st.ID, n)
	if err != nil {
		return r, err
	}
	by, err := v.name(r.By)
	*e = edge{Number: n, Name: v.T("revision-n", "revision", n), URL: revisionURL(st.ID, n), By: by, Age: v.age(r.At)}
	if n == st.SentRevision {
		e.Marks = append(e.Marks, v.T("readers-have"))
	}
	if n == st.Revision {
		e.Marks = append(e.Marks, v.T("newest"))
	}
	return r, err
}

// choices are all revisions for each side.
func (p *comparing) choices(v *visit, st story.Story) error {
	past, err := v.desk.Stories.Past(v.r.Context(), st.ID)
	if err != nil {
		return err
	}
	for _, r := range past {
		by, err := v.name(r.By)
		if err != nil {
			return err
		}
		n := strconv.FormatInt(r.Number, 10)
		text := v.T("compare-choice", "revision", r.Number, "by", by, "when", v.age(r.At).Words)
		p.Froms = append(p.Froms, option{n, text, r.Number == p.From.Number})
		p.Tos = append(p.Tos, option{n, text, r.Number == p.To.Number})
	}
	return nil
}

// restore makes an older revision the newest.
func (d *Desk) restore(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	if _, err := d.Stories.Get(v.r.Context(), v.id()); err != nil {
		return err
	}
	var n [2]int64
	for i, name := range []string{"base", "revision"} {
		var err error
		if n[i], err = strconv.ParseInt(v.r.PostForm.Get(name), 10, 64); err != nil {
			return fault.Invalid(name, "choose a revision")
		}
	}
	st, err := d.Stories.Restore(v.r.Context(), v.person, v.id(), n[0], n[1])
	return v.done(w, st, "restoration", err)
}
