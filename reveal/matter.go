package reveal

import (
	"context"
	"strconv"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/story"
)

// Matter is a story as the archive's index takes it: what everyone may have of
// it, the whole, and the rule by which the door tells who may have which. The
// whole is for the index alone; whoever finds it there still asks the door.
type Matter struct {
	Teaser Rendition
	Whole  Rendition
	Rule   Rule
}

// Rule is what the door has to know of a story to say who may have it.
type Rule struct {
	Plan     string   `json:"plan,omitempty"`
	Sections []string `json:"sections,omitempty"`
	Sent     int64    `json:"sent"` // all times in milliseconds; 0 is none
	Opens    int64    `json:"opens,omitempty"`
	Embargo  int64    `json:"embargo,omitempty"`
}

// Matters gives those of the stories that are out, under embargo or not. What
// is held, killed or was never sent is not among them.
func (d *Door) Matters(ctx context.Context, ids []story.ID) (map[story.ID]Matter, error) {
	all, err := d.named(ctx, ids)
	if err != nil {
		return nil, err
	}
	usable := make([]record, 0, len(all))
	for _, p := range all {
		if p.status == story.Usable {
			usable = append(usable, p)
		}
	}
	texts, err := d.texts(ctx, usable)
	if err != nil {
		return nil, err
	}
	m := d.masthead()
	matters := map[story.ID]Matter{}
	for _, p := range usable {
		t, ok := texts[p.id]
		if !ok {
			continue // changed since, so the wire tells of it again
		}
		r := Matter{Teaser: teaser(m, p), Whole: teaser(m, p), Rule: p.rule()}
		r.Whole.full, r.Whole.content, r.Whole.notes = true, t.content, t.notes
		matters[p.id] = r
	}
	return matters, nil
}

func (p record) rule() Rule {
	return Rule{Plan: p.plan, Sections: p.head.Sections, Sent: db.Millis(p.sent), Opens: db.Millis(p.opensAt), Embargo: db.Millis(p.embargo)}
}

// Judge says of many stories what one viewer may have, at one instant.
type Judge struct {
	masthead masthead.Masthead
	viewer   Viewer
	now      time.Time
}

// Judge begins to judge for a reader. A client's products look at more than a
// rule holds, so for a client nothing may be had.
func (d *Door) Judge(v Viewer) Judge { return Judge{d.masthead(), v, d.now()} }

// May says whether the viewer may know of a story and may have the whole.
func (j Judge) May(id story.ID, r Rule) (known, whole bool) {
	if j.viewer.client != nil || db.Millis(j.now) < r.Embargo {
		return false, false
	}
	if r.Plan == "" {
		return true, true
	}
	p := record{id: id, plan: r.Plan, sent: db.Time(r.Sent), opensAt: db.Time(r.Opens), embargo: db.Time(r.Embargo), head: story.Head{Sections: r.Sections}}
	return true, p.open(j.masthead, j.viewer, j.now).full
}

// Holds reports whether there is anything that this viewer may have and not
// everyone may.
func (v Viewer) Holds() bool { return len(v.plans) > 0 || v.given != "" }

// These gives the stories named, in that order, as the viewer may have them;
// those of which they may not know are left out.
func (d *Door) These(ctx context.Context, ids []story.ID, v Viewer) ([]Rendition, error) {
	found, err := d.named(ctx, ids)
	if err != nil {
		return nil, err
	}
	all, err := d.renderAll(ctx, found, v, d.now(), false)
	if err != nil {
		return nil, err
	}
	by := make(map[story.ID]Rendition, len(all))
	for _, r := range all {
		by[r.id] = r
	}
	ordered := make([]Rendition, 0, len(all))
	for _, id := range ids {
		if r, ok := by[id]; ok {
			ordered = append(ordered, r)
		}
	}
	return ordered, nil
}

// named reads the records of stories by id, in no order.
func (d *Door) named(ctx context.Context, ids []story.ID) ([]record, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var query strings.Builder
	query.WriteString(columns + ` WHERE p.story IN (`)
	args := make([]any, len(ids))
	for i, id := range ids {
		if i > 0 {
			query.WriteString(", ")
		}
		query.WriteString("?" + strconv.Itoa(i+1))
		args[i] = string(id)
	}
	found, err := d.records(ctx, query.String()+")", args...)
	if err != nil {
		return nil, fault.Internal("read what is published", err)
	}
	return found, nil
}
