package desk

import (
	"wireroom/story"
)

// stop is why a story may not go out now, with the way to where it is mended.
type stop struct {
	Words string
	URL   string // "" where there is nothing to go to
	Link  string // what the way is called
}

// stops says what a story lacks before the person may send it by the panel.
func (v *visit) stops(p panel, st story.Story) ([]stop, error) {
	lacks, err := v.desk.Stories.Checklist(v.r.Context(), v.person, p.act, st)
	if err != nil {
		return nil, err
	}
	all := v.lacking(lacks, st)
	if !st.Unsent(p.act) {
		same := stop{Words: v.T("stop-same")}
		if v.may(story.ActRevise, st) {
			same.URL, same.Link = actURL(st.ID, "edit"), v.T("edit")
		}
		all = append(all, same)
	}
	return all, nil
}

// lacking puts a checklist in words.
func (v *visit) lacking(lacks []story.Lack, st story.Story) []stop {
	var all []stop
	for _, l := range lacks {
		s := stop{Words: v.lack(l)}
		switch field := l.Field(); {
		case field != "" && v.may(story.ActRevise, st):
			s.URL, s.Link = actURL(st.ID, "edit")+"#f-"+field, v.T("stop-mend")
		case l.Need == story.NeedFresh:
			s.URL, s.Link = storyURL(st.Origin), v.T("stop-original")
		}
		all = append(all, s)
	}
	return all
}

func (v *visit) lack(l story.Lack) string {
	switch l.Need {
	case story.NeedHeadline:
		return v.T("stop-headline")
	case story.NeedSection:
		return v.T("stop-sections")
	case story.NeedPlan:
		return v.T("stop-plan")
	case story.NeedSlug:
		return v.T("stop-slug")
	case story.NeedCredit:
		return v.T("stop-credit", "number", l.Number)
	case story.NeedAlt:
		return v.T("stop-alt", "number", l.Number)
	case story.NeedShort:
		return v.T("stop-alert-long", "most", story.MaxAlert, "now", l.Number)
	case story.NeedUrgent:
		return v.T("stop-alert-urgency")
	case story.NeedEyes:
		return v.T("stop-eyes")
	case story.NeedLawyer:
		return v.T("stop-legal", "why", l.Words)
	}
	return v.T("stop-stale")
}

// checklist shows on a story's page what it lacks before it can be sent. Who
// may not send is not told that another must see it: they are not the last.
func (p *reading) checklist(v *visit, st story.Story) error {
	switch st.State {
	case story.Killed, story.Spiked:
		return nil
	}
	act := story.ActRelease
	if st.SentRevision > 0 {
		act = story.ActUpdate
	}
	if !st.Unsent(act) {
		return nil
	}
	lacks, err := v.desk.Stories.Checklist(v.r.Context(), v.person, act, st)
	if err != nil {
		return err
	}
	if !v.may(act, st) {
		var rest []story.Lack
		for _, l := range lacks {
			if l.Need != story.NeedEyes {
				rest = append(rest, l)
			}
		}
		lacks = rest
	}
	p.Lacks = v.lacking(lacks, st)
	return nil
}
