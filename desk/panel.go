package desk

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

// panel asks before an act and says in words what it will do. One stands in
// each file named after an act.
type panel struct {
	noun   string // of its address and its sentences
	act    story.Act
	note   string // the field of its text: "note", "advisory"; "" has none
	needed bool   // the text must not be empty
	twice  bool   // asks again before it is done
	sends  bool   // the newest revision goes out
	texts  bool   // asks for a short text and a note for the desk as well
	plans  timed  // of an act that is done at an instant; do is nil then
	later  timed  // of an act that may be planned as well as done at once
	says   func(*foresight)
	do     func(ctx context.Context, by staff.Person, id story.ID, base int64, t story.Texts) (story.Story, error)
}

// panels in the order in which a story's page offers them.
func (d *Desk) panels() []panel {
	return []panel{
		d.release(), d.alert(), d.update(), d.correction(), d.releaseHold(), d.hold(), d.schedule(), d.sendBack(), d.flag(), d.unflag(), d.spike(), d.kill(),
	}
}

// fits reports whether the act makes sense for the story's text: what is out
// already is not sent again.
func (p panel) fits(st story.Story) bool { return !p.sends || st.Unsent(p.act) }

// may says why the person may not do the panel's act to the story; nil if they
// may.
func (p panel) may(v *visit, st story.Story) error {
	return story.May(v.person, p.act, st)
}

// asking is the page of a panel.
type asking struct {
	frame
	Noun     string
	Story    row
	Number   int64
	Edition  string
	Action   string
	Cancel   string
	Base     int64
	Note     string // as it was typed
	NoteName string
	Needed   bool
	Wrong    string // what is wrong with the note
	Notice   string // what happened meanwhile
	Sure     bool   // asked the first time, now asks the second
	Twice    bool
	Sends    bool
	Stops    []stop // why it is not possible
	Says     []said
	Preview  preview
	Texts    *saying // nil asks for no texts beside the note
	At       string  // when it is to be done, as it was typed
	AtWrong  string
	AtZone   string // the zone of At; "" is the agency's
	plans    bool
	later    bool
}

// ask shows the panel.
func (d *Desk) ask(p panel) page {
	return func(w http.ResponseWriter, v *visit) error {
		st, err := d.Stories.Get(v.r.Context(), v.id())
		if err != nil {
			return err
		}
		if err := p.may(v, st); err != nil {
			return err
		}
		a := &asking{}
		if p.plans != nil {
			a.At = v.proposed(st)
		}
		if p.act == story.ActUpdate {
			if a.Note, err = v.advises(st); err != nil {
				return err
			}
		}
		return v.panel(w, http.StatusOK, p, a, st)
	}
}

// carryOut does the act, or shows the panel again with what was typed.
func (d *Desk) carryOut(p panel) page {
	return func(w http.ResponseWriter, v *visit) error {
		if err := v.r.ParseForm(); err != nil {
			return badForm(err)
		}
		st, err := d.Stories.Get(v.r.Context(), v.id())
		if err != nil {
			return err
		}
		form := v.r.PostForm
		a := &asking{Note: lines(form.Get("note")), At: form.Get(p.when()), AtZone: form.Get("send_zone")}
		if p.texts {
			a.Texts = heard(form)
		}
		if err := p.may(v, st); err != nil {
			return v.late(w, p, a, st, err)
		}
		base, _ := strconv.ParseInt(form.Get("base"), 10, 64)
		if p.twice && form.Get("sure") != "yes" {
			a.Sure = true
			return v.panel(w, http.StatusOK, p, a, st)
		}
		saved, err := p.does(v, st, base, a)
		var stale *story.Stale
		switch {
		case errors.As(err, &stale):
			if st, err = d.Stories.Get(v.r.Context(), st.ID); err != nil {
				return err
			}
			a.Notice = v.T("panel-stale", "revision", st.Revision)
			return v.panel(w, http.StatusConflict, p, a, st)
		case fault.Is(err, fault.KindConflict):
			return v.late(w, p, a, st, err)
		case fault.Is(err, fault.KindInvalid) && fieldOf(err) == p.note:
			a.Wrong = v.rule(p.note, err)
			return v.panel(w, http.StatusUnprocessableEntity, p, a, st)
		case fault.Is(err, fault.KindInvalid) && a.Texts.blames(v, err):
			return v.panel(w, http.StatusUnprocessableEntity, p, a, st)
		case fault.Is(err, fault.KindInvalid) && fieldOf(err) == "send_at":
			a.AtWrong = v.rule("send_at", err)
			return v.panel(w, http.StatusUnprocessableEntity, p, a, st)
		case fault.Is(err, fault.KindInvalid):
			return v.panel(w, http.StatusUnprocessableEntity, p, a, st)
		}
		if err == nil {
			d.letPass(v.r.Context())
		}
		if err == nil && p.later != nil && saved.Planned() {
			return v.done(w, saved, "schedule", nil)
		}
		return v.done(w, saved, p.noun, err)
	}
}

// late shows a note that came when the act was not possible any more, so that
// it can be copied. Who typed none is told as by any other page.
func (v *visit) late(w http.ResponseWriter, p panel, a *asking, st story.Story, err error) error {
	if a.Note == "" || !fault.Is(err, fault.KindConflict) {
		return err
	}
	a.Stops = []stop{{Words: v.reason(err)}}
	return v.panel(w, http.StatusConflict, p, a, st)
}

func (v *visit) panel(w http.ResponseWriter, status int, p panel, a *asking, st story.Story) error {
	var err error
	if a.frame, err = v.staged(v.T("panel-"+p.noun, "number", int64(st.Number)), stageOf(st.State)); err != nil {
		return err
	}
	if a.Story, err = v.row(st); err != nil {
		return err
	}
	family, err := v.desk.Stories.Family(v.r.Context(), st.Group)
	if err != nil {
		return err
	}
	a.later = p.later != nil && st.State.Out()
	if a.plans = p.plans != nil; p.note != "" || a.plans {
		a.frame.types()
	}
	a.Noun, a.Number, a.Edition, a.Base = p.noun, int64(st.Number), v.T("lang-"+string(st.Lang)), st.Revision
	a.Action, a.Cancel = actURL(st.ID, p.noun), storyURL(st.ID)
	a.NoteName, a.Needed, a.Twice, a.Sends = p.note, p.needed, p.twice, p.sends
	if p.texts && a.Texts == nil {
		a.Texts = &saying{}
	}
	if a.Stops == nil {
		f := &foresight{visit: v, story: st, family: family}
		p.says(f)
		a.Says = f.said
		if a.Stops, err = v.halts(p, st); err != nil {
			return err
		}
	}
	if a.Preview, err = v.preview(st, p.text(st)); err != nil {
		return err
	}
	return v.show(w, status, "panel", a)
}

// halts says why the panel's act may not be done to the story, although the
// person may do such acts.
func (v *visit) halts(p panel, st story.Story) ([]stop, error) {
	switch {
	case p.sends:
		return v.stops(p, st)
	case p.act == story.ActReleaseHold && st.Legal != "":
		return v.lacking([]story.Lack{{Need: story.NeedLawyer, Words: st.Legal}}, st), nil
	}
	return nil, nil
}

// letPass has what an act put on the wire be sent before the person's next page
// is made.
func (d *Desk) letPass(ctx context.Context) {
	if d.LetPass == nil {
		return
	}
	if head, err := d.Wire.Head(ctx); err == nil {
		d.LetPass(ctx, head)
	}
}
