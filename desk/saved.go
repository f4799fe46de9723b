package desk

import (
	"net/http"

	"wireroom/story"
)

// why is a refusal as a script gets it.
type why struct {
	Why string `json:"why"`
}

// saved tells a script where the revision that it sent stands; after a
// conflict, which one is the newest.
type saved struct {
	ID       string `json:"id"`
	Revision int64  `json:"revision"`
	URL      string `json:"url"`
	Title    string `json:"title"`           // of its page from now on
	Again    bool   `json:"again,omitempty"` // the story had begun before, with other words
}

// wrongs are the fields that a script sent and that are not right.
type wrongs struct {
	Wrong map[string]string `json:"wrong"`
}

func (v *visit) keptAs(st story.Story) saved {
	return saved{ID: string(st.ID), Revision: st.Revision, URL: storyURL(st.ID), Title: v.T("edit-title", "number", int64(st.Number))}
}

// written leads on after a save, or tells the script what it needs to go on.
func (v *visit) written(w http.ResponseWriter, st story.Story, noun string) error {
	if v.wantsJSON() {
		return v.json(w, http.StatusOK, v.keptAs(st))
	}
	return v.see(w, doneURL(st.ID, noun))
}

// again shows the form with what stands against it; a script still has what
// was typed and only hears why.
func (v *visit) again(w http.ResponseWriter, status int, p *writing, st *story.Story) error {
	switch {
	case !v.wantsJSON():
		return v.write(w, status, p, st)
	case len(p.Wrong) > 0:
		return v.json(w, status, wrongs{p.Wrong})
	}
	return v.json(w, status, why{p.Notice})
}
