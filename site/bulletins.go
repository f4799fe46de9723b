package site

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/bulletin"
	"wireroom/fault"
)

// letterChoice is a bulletin that a reader may tick.
type letterChoice struct {
	ID, Lang, Name, Says string
	Chosen               bool
}

// held is until when the visitor holds each plan.
func (v *visit) held() map[string]time.Time {
	all := map[string]time.Time{}
	for _, p := range v.passes {
		if p.Until.After(all[p.Plan]) {
			all[p.Plan] = p.Until
		}
	}
	return all
}

// letterChoices are the bulletins that a reader with an address may have, those
// in the language of the page first. One that they chose stays to be unticked.
func (s *Site) letterChoices(ctx context.Context, v *visit) ([]letterChoice, error) {
	if s.Letters == nil || !v.reader.ByEmail {
		return nil, nil
	}
	chosen, err := s.Readers.Bulletins(ctx, v.reader.ID)
	if err != nil {
		return nil, err
	}
	all, err := s.Letters.All(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b bulletin.Bulletin) int {
		return rank(string(a.Lang) != v.lang) - rank(string(b.Lang) != v.lang)
	})
	var some []letterChoice
	for _, b := range all {
		ticked := slices.Contains(chosen, string(b.ID))
		if !b.Live || !ticked && !b.Rules.For(v.held(), v.now) {
			continue
		}
		some = append(some, letterChoice{string(b.ID), string(b.Lang), b.Name, v.rhythm(b.Rules) + " · " + names[string(b.Lang)], ticked})
	}
	return some, nil
}

func rank(later bool) int {
	if later {
		return 1
	}
	return 0
}

// rhythm is when a bulletin comes, in words.
func (v *visit) rhythm(r bulletin.Rules) string {
	if r.AtOnce {
		return v.T("bulletin-at-once")
	}
	if len(r.Days) == 0 || len(r.Days) == 7 {
		return v.T("bulletin-daily", "at", r.At)
	}
	var days []string
	for _, d := range r.Days {
		days = append(days, v.T("weekday-"+strconv.Itoa(int(d))))
	}
	return v.T("bulletin-on", "days", strings.Join(days, ", "), "at", r.At)
}

// chooseBulletins keeps what a reader ticked.
func (s *Site) chooseBulletins(w http.ResponseWriter, r *http.Request, v *visit) error {
	offered, err := s.letterChoices(r.Context(), v)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fault.Invalid("form", "it cannot be read")
	}
	var names []string
	for _, l := range offered {
		if slices.Contains(r.PostForm["bulletin"], l.ID) {
			names = append(names, l.ID)
		}
	}
	if err := s.Readers.Choose(r.Context(), v.reader.ID, names); err != nil {
		return err
	}
	http.Redirect(w, r, accountURL(v.lang)+"?done=bulletins", http.StatusSeeOther)
	return nil
}
