package desk

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"wireroom/story"
	"wireroom/story/compare"
	"wireroom/web"
)

// original is what a translation's pages tell of the story that it translates.
type original struct {
	URL, Lang, Edition string
	Headline           string
	Says               string
	Behind             bool
	Compare            string // what changed there since they agreed; "" is nothing
	Agree              string // address that says they agree now; "" when there is nothing to say
	Target             int64  // the revision to agree with
	Text               proof  // as it was when they agreed, with what changed since

	headline, teaser []compare.Span
	Parts            []originalPart
}

// translationRoutes are the addresses of a story in its languages.
func (d *Desk) translationRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/desk/stories/{id}/languages", Handler: d.seated(d.languages)},
		{Method: "POST", Pattern: "/desk/stories/{id}/agreement", Handler: d.seated(d.agree)},
	}
}

// original tells of the story that st translates; nil for one that stands for
// itself.
func (v *visit) original(st story.Story) (*original, error) {
	if st.Origin == "" {
		return nil, nil
	}
	from, err := v.desk.Stories.Get(v.r.Context(), st.Origin)
	if err != nil {
		return nil, err
	}
	o := &original{
		URL: storyURL(from.ID), Lang: string(from.Lang), Edition: v.T("lang-" + string(from.Lang)),
		Headline: from.Content.Headline, Behind: st.Behind(), Target: st.OriginTarget(),
	}
	was, err := v.desk.Stories.Revision(v.r.Context(), from.ID, st.OriginRevision)
	if err != nil {
		return nil, err
	}
	now := was
	if o.Target > st.OriginRevision {
		o.Compare = compareURL(from.ID, st.OriginRevision, o.Target)
		if v.may(story.ActAgree, st) {
			o.Agree = actURL(st.ID, "agreement")
		}
		if now, err = v.desk.Stories.Revision(v.r.Context(), from.ID, o.Target); err != nil {
			return nil, err
		}
	}
	o.Text = v.proof(string(from.Lang), was.Content, now.Content)
	o.beside(was.Content, now.Content)
	o.Says = v.agreement(st, from.State, o.Target)
	return o, nil
}

// agreement says how a translation stands to its original.
func (v *visit) agreement(st story.Story, there story.State, target int64) string {
	switch {
	case there == story.Killed:
		return v.T("original-killed")
	case there == story.Held:
		return v.T("original-held")
	case target > st.OriginRevision:
		return v.T("original-went-on", "agrees", st.OriginRevision, "target", target)
	}
	return v.T("original-agrees", "agrees", st.OriginRevision)
}

// agree says that somebody compared the translation with the original.
func (d *Desk) agree(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	revision, _ := strconv.ParseInt(v.r.PostForm.Get("revision"), 10, 64)
	st, err := d.Stories.Agree(v.r.Context(), v.person, v.id(), revision)
	return v.done(w, st, "agreement", err)
}

// sideBySide is the page of a story in all its languages, side by side.
type sideBySide struct {
	frame
	Back  string
	Heads []languageHead
	Rows  [][]passage
}

// languageHead is the top of a column.
type languageHead struct {
	URL, Lang, Edition, Headline, State, StateID string
	Own                                          bool // it is the story that was asked for
	Behind                                       bool
}

// passage is one block in one language, empty where that text is shorter.
type passage struct {
	Lang, Edition string
	HTML          template.HTML
}

// languages shows the texts of a language group paragraph by paragraph.
func (d *Desk) languages(w http.ResponseWriter, v *visit) error {
	st, err := d.Stories.Get(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	family, err := d.Stories.Family(v.r.Context(), st.Group)
	if err != nil {
		return err
	}
	slices.SortStableFunc(family, func(a, b story.Story) int {
		return slices.Index(v.house.Languages, a.Lang) - slices.Index(v.house.Languages, b.Lang)
	})
	p := &sideBySide{Back: storyURL(st.ID)}
	if p.frame, err = v.staged(v.T("languages-title", "number", int64(st.Number)), stageOf(st.State)); err != nil {
		return err
	}
	p.frame.style("translation.css")
	most := 0
	for _, one := range family {
		p.Heads = append(p.Heads, languageHead{
			URL: storyURL(one.ID), Lang: string(one.Lang), Edition: v.T("lang-" + string(one.Lang)), Headline: one.Content.Headline,
			State: v.T("state-" + string(one.State)), StateID: string(one.State), Own: one.ID == st.ID, Behind: one.Behind(),
		})
		most = max(most, len(one.Content.Body.Blocks))
	}
	for i := range most {
		row, err := v.abreast(family, i)
		if err != nil {
			return err
		}
		p.Rows = append(p.Rows, row)
	}
	return v.show(w, http.StatusOK, "languages", p)
}

// abreast is the block at place i of each text.
func (v *visit) abreast(family []story.Story, i int) ([]passage, error) {
	var row []passage
	for _, one := range family {
		cell := passage{Lang: string(one.Lang), Edition: v.T("lang-" + string(one.Lang))}
		if blocks := one.Content.Body.Blocks; i < len(blocks) {
			dateline := ""
			if i == 0 {
				dateline = story.Dateline(one.Content, one.Lang, v.house.Credit(one.Lang))
			}
			var err error
			if cell.HTML, err = v.html(blocks[i:i+1], dateline); err != nil {
				return nil, err
			}
		}
		row = append(row, cell)
	}
	return row, nil
}
