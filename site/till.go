package site

import (
	"io"
	"net/http"
	"slices"

	"wireroom/audience"
	"wireroom/audience/till"
	"wireroom/web"
)

// mostEvent is how long an event of Stripe's may be.
const mostEvent = 256 << 10

// listener is a till that sends signed events.
type listener interface {
	Read(payload []byte, signature string) ([]audience.Fact, error)
}

// tillRoutes are the addresses of the tills that are in use; without one there
// are none.
func (s *Site) tillRoutes() []web.Route {
	var table []web.Route
	for _, one := range s.Tills {
		switch t := one.(type) {
		case listener:
			table = append(table, web.Route{Method: "POST", Pattern: till.StripePath, MaxBody: mostEvent, Handler: s.hear(t)})
		case *till.Test:
			const small = 4 << 10
			table = append(table,
				web.Route{Method: "GET", Pattern: till.TestPath + "{key}", Who: web.Reader, Handler: s.testTill(t)},
				web.Route{Method: "POST", Pattern: till.TestPath + "{key}", Who: web.Reader, MaxBody: small, Handler: s.testPaid(t)})
		}
	}
	return table
}

// till is the till of a name; nil when it is not in use.
func (s *Site) till(name string) audience.Till {
	for _, t := range s.Tills {
		if t.Name() == name {
			return t
		}
	}
	return nil
}

// renews says whether any of the tills can take a price again.
func (s *Site) renews() bool {
	return slices.ContainsFunc(s.Tills, func(t audience.Till) bool { return t.Renews() })
}

// hear takes an event. What cannot be kept answers with an error, and Stripe
// sends it again.
func (s *Site) hear(t listener) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		payload, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		facts, err := t.Read(payload, r.Header.Get("Stripe-Signature"))
		if err != nil {
			s.Log.Warn("an event of the till was refused", "error", err)
			return err
		}
		if len(facts) > 0 {
			if err := s.Readers.Tell(r.Context(), s.window(), facts...); err != nil {
				return err
			}
		}
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
}

// testing is the page of the till that takes no money.
type testing struct {
	frame
	Name, Money, Action, Back string
}

func (s *Site) testTill(t *till.Test) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p, err := t.Look(r.PathValue("key"))
		if err != nil {
			return err
		}
		r.SetPathValue("lang", p.Lang)
		v, err := s.visit(r)
		if err != nil {
			return err
		}
		page := testing{v.frame(v.T("test-title")), p.Name, money(p.Lang, p.Currency, p.Amount), r.URL.Path, p.Away}
		page.Hidden = true
		page.switches(func(string) string { return "" })
		return s.send(w, v, http.StatusOK, sheet{"testtill", &page})
	}
}

func (s *Site) testPaid(t *till.Test) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p, facts, err := t.Pay(r.PathValue("key"))
		if err != nil {
			return err
		}
		if err := s.Readers.Tell(r.Context(), s.window(), facts...); err != nil {
			return err
		}
		// Its address may be the public one, where this program is not in a trial.
		http.Redirect(w, r, boughtURL(p.Lang), http.StatusSeeOther)
		return nil
	}
}
