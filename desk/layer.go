package desk

import "wireroom/story"

// layer is the draft over what is out: which text readers have, which the desk
// works on, and which of them the page shows.
type layer struct {
	Says       string
	CompareURL string // "" when there is nothing to compare
	Sent       bool   // the page shows what readers have
	SentURL    string
	NewestURL  string
	Sending    int64 // the revision that readers have
	Newest     int64
}

// layers tells of two texts where there are two, and gives the one to show.
func (v *visit) layers(st story.Story) (*layer, story.Content, error) {
	draft := st.Revision > st.SentRevision
	if st.SentRevision == 0 || st.State == story.Killed || !draft && !st.Alert {
		return nil, st.Content, nil
	}
	l := &layer{
		Sent: v.r.URL.Query().Get("show") == "sent", SentURL: storyURL(st.ID) + "?show=sent", NewestURL: storyURL(st.ID),
		Sending: st.SentRevision, Newest: st.Revision,
	}
	if draft {
		l.CompareURL = compareURL(st.ID, st.SentRevision, st.Revision)
	}
	switch {
	case st.Alert:
		l.Says = v.T("layer-alert", "newest", st.Revision)
	case st.State == story.Held:
		l.Says = v.T("layer-held", "sent", st.SentRevision, "newest", st.Revision)
	default:
		l.Says = v.T("layer-says", "sent", st.SentRevision, "newest", st.Revision)
	}
	if !l.Sent {
		return l, st.Content, nil
	}
	r, err := v.desk.Stories.Revision(v.r.Context(), st.ID, st.SentRevision)
	c := r.Content
	if st.Alert {
		c = c.AlertOnly()
	}
	return l, c, err
}
