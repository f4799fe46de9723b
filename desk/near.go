package desk

import (
	"net/url"
	"slices"

	"wireroom/story"
)

// near is the list beside a story: the one that the person came from, so that
// they can go on to the next.
type near struct {
	Name, URL string // of the list
	Rows      []row
}

// mostNear is how many stories stand beside one.
const mostNear = 40

// beside lists what the person came from when the story is in it, else the
// story's stage.
func (p *reading) beside(v *visit, st story.Story) error {
	at := v.within(st)
	found, err := v.nearby(at)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(found, func(other story.Story) bool { return other.ID == st.ID }) {
		at = v.sieve(url.Values{"stage": {stageOf(st.State)}})
		if found, err = v.nearby(at); err != nil {
			return err
		}
	}
	p.Near = near{Name: v.T("stage-" + at.stage.id), URL: at.at(0)}
	for _, s := range p.frame.Saved {
		if s.URL == p.Near.URL {
			p.Near.Name = s.Name
		}
	}
	for _, other := range found {
		r, err := v.row(other)
		if err != nil {
			return err
		}
		r.Current = other.ID == st.ID
		p.Near.Rows = append(p.Near.Rows, r)
	}
	return nil
}

func (v *visit) nearby(at sieve) ([]story.Story, error) {
	f, err := v.asks(at)
	if err != nil {
		return nil, err
	}
	f.Limit = mostNear
	return v.desk.Stories.List(v.r.Context(), f)
}
