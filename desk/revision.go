package desk

import (
	"net/http"
	"slices"
	"strconv"

	"wireroom/fault"
	"wireroom/story"
)

// older is the page of one revision.
type older struct {
	frame
	Number  int64
	Back    string
	By      string
	Age     when
	Newest  bool
	Sent    bool
	Fields  []field
	Preview preview
	Compare string // with the newest; "" is the newest itself
	Latest  int64
	Restore *restoring // nil when it cannot be gone back to
}

// revision shows an older text of a story.
func (d *Desk) revision(w http.ResponseWriter, v *visit) error {
	st, r, err := v.oneRevision()
	if err != nil {
		return err
	}
	by, err := v.name(r.By)
	if err != nil {
		return err
	}
	p := &older{
		Number: r.Number, Back: storyURL(st.ID), By: by, Age: v.age(r.At),
		Newest: r.Number == st.Revision, Sent: r.Number == st.SentRevision, Fields: v.fields(r.Content),
	}
	p.Fields = slices.DeleteFunc(p.Fields, func(f field) bool { return f.Value == "" })
	if p.frame, err = v.staged(v.T("revision-title", "revision", r.Number, "number", int64(st.Number)), stageOf(st.State)); err != nil {
		return err
	}
	p.frame.style("copy.css")
	if !p.Newest {
		p.Compare, p.Latest = compareURL(st.ID, r.Number, st.Revision), st.Revision
		if v.may(story.ActRestore, st) {
			p.Restore = &restoring{actURL(st.ID, "restoration"), st.Revision, r.Number}
		}
	}
	if p.Preview, err = v.preview(st, r.Content); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "revision", p)
}

// oneRevision finds the revision that the address names.
func (v *visit) oneRevision() (st story.Story, r story.Revision, err error) {
	ctx := v.r.Context()
	if st, err = v.desk.Stories.Get(ctx, v.id()); err != nil {
		return st, r, err
	}
	n, err := strconv.ParseInt(v.r.PathValue("revision"), 10, 64)
	if err != nil {
		return st, r, fault.NotFound("revision")
	}
	r, err = v.desk.Stories.Revision(ctx, st.ID, n)
	return st, r, err
}
