package site

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/web/words"
)

// account is a reader's own page.
type account struct {
	frame
	Reader   string // the agency's own name for them; most have none
	ByNumber bool
	ByEmail  bool
	Passes   []passed
	Holds    bool // a plan that is not over
	Open     *counter
	Gifts    *counter
	Devices  []device
	Others   bool   // there are devices beside this one
	Done     string // what was just done
	Safety   string
	Company  string // whose seats they keep
	Full     bool   // their company has no seat for them
	Letters  []letterChoice
	Follows  []followed
}

// passed is a pass in the reader's words.
type passed struct {
	Plan  string
	Until string
	Over  bool
}

// counter is what is left of the stories of a month.
type counter struct{ Left, Of int }

// device is a session as its reader sees it.
type device struct {
	ID, Since string
	This      bool
}

func (s *Site) account(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	if !v.signed {
		http.Redirect(w, r, entranceURL(v.lang), http.StatusSeeOther)
		return nil
	}
	a := account{frame: v.frame(v.T("nav-account")), Reader: v.reader.Name, Safety: v.safety(),
		ByNumber: v.reader.ByNumber, ByEmail: v.reader.ByEmail}
	a.Hidden = true
	if done := r.URL.Query().Get("done"); slices.Contains([]string{"lang", "device", "others", "code", "bulletins", "follow", "unfollow"}, done) {
		a.Done = v.T("done-" + done)
	}
	for _, p := range v.passes {
		one := passed{Plan: p.Plan, Until: v.lastDay(p.Until), Over: !v.now.Before(p.Until)}
		if plan, ok := v.house.Plan(p.Plan); ok {
			one.Plan = plan.Name(v.edition())
		}
		a.Holds = a.Holds || !one.Over
		a.Passes = append(a.Passes, one)
	}
	a.Full = v.seatless && !a.Holds
	if err := a.month(r.Context(), v); err != nil {
		return err
	}
	if err := a.devices(r, v); err != nil {
		return err
	}
	if a.Company, err = s.keeps(r.Context(), v.reader.ID); err != nil {
		return err
	}
	if a.Letters, err = s.letterChoices(r.Context(), v); err != nil {
		return err
	}
	if err := a.rings(r.Context()); err != nil {
		return err
	}
	if err := a.follows(r.Context(), v); err != nil {
		return err
	}
	return s.send(w, v, http.StatusOK, sheet{"account", &a})
}

// lastDay is the day on which a pass can be used last. What is sold ends with
// the end of a day, counted in UTC.
func (v *visit) lastDay(until time.Time) string {
	if u := until.UTC(); u.Equal(u.Truncate(24 * time.Hour)) {
		return words.Day(v.lang, u.Add(-time.Second))
	}
	return words.Day(v.lang, until.In(v.now.Location()))
}

// month fills what is left of the stories that a reader may open this month.
func (a *account) month(ctx context.Context, v *visit) error {
	rules := v.house.Readers
	if a.Holds && rules.Gifts == 0 || !a.Holds && rules.Free == 0 {
		return nil
	}
	m, err := v.site.Readers.Month(ctx, v.reader.ID)
	if err != nil {
		return err
	}
	if a.Holds {
		a.Gifts = &counter{max(0, rules.Gifts-m.Given), rules.Gifts}
	} else {
		a.Open = &counter{max(0, rules.Free-m.Opened), rules.Free}
	}
	return nil
}

func (a *account) devices(r *http.Request, v *visit) error {
	found, err := v.site.Readers.Devices(r.Context(), v.reader.ID, v.site.session(r))
	if err != nil {
		return err
	}
	for _, d := range found {
		since := v.T("device-since", "month", v.T("month-"+strconv.Itoa(int(d.Month.Month()))), "year", d.Month.Year())
		a.Devices = append(a.Devices, device{d.ID, since, d.This})
		a.Others = a.Others || !d.This
	}
	return nil
}

// signing is the page behind a sign-in link. Following the link changes
// nothing yet, so that a mail scanner that looks at it does not use it up.
type signing struct {
	frame
	Reader string // "" when the link is used up or too old
	Action string
}

func (s *Site) signInForm(w http.ResponseWriter, r *http.Request) error {
	r.SetPathValue("lang", s.spoken(r))
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	reader, err := s.Readers.ByLink(r.Context(), token)
	status := http.StatusOK
	if fault.Is(err, fault.KindNotFound) {
		status, reader, err = http.StatusNotFound, audience.Reader{}, nil
	}
	if err != nil {
		return err
	}
	p := signing{frame: v.frame(v.T("sign-in")), Reader: reader.Name, Action: signInURL(token)}
	p.Hidden = true
	p.switches(func(string) string { return "" })
	return s.send(w, v, status, sheet{"signin", &p})
}

func (s *Site) signIn(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	session, err := s.Readers.SignIn(r.Context(), token)
	if fault.Is(err, fault.KindNotFound) {
		http.Redirect(w, r, signInURL(token), http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(session, sessionLife))
	http.Redirect(w, r, frontURL(s.spoken(r)), http.StatusSeeOther)
	return nil
}

func (s *Site) signOut(w http.ResponseWriter, r *http.Request) error {
	if session := s.session(r); session != "" {
		if err := s.Readers.SignOut(r.Context(), session); err != nil && !fault.Is(err, fault.KindNotFound) {
			return err
		}
	}
	http.SetCookie(w, s.cookie("", -1))
	if s.seatless(r) {
		http.SetCookie(w, s.seatlessCookie("", -1))
	}
	// A present belongs to the browser; what was bought for the account leaves it.
	if o, err := s.Readers.OrderBySecret(r.Context(), s.orderSecret(r)); err == nil && !o.Gift {
		http.SetCookie(w, s.orderCookie("", -1))
	}
	http.Redirect(w, r, frontURL(s.spoken(r)), http.StatusSeeOther)
	return nil
}
