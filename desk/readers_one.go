package desk

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/web/words"
)

// readerCard is all that is known of one reader, and what may be done.
type readerCard struct {
	room
	ID, Handle string
	Facts      []fact
	Held       []heldLine
	Orders     []orderLine
	Asked      string // the order of which it is asked whether it is to be given back
	Devices    []string
	Frozen     bool
	Plans      []option
	Until      string // typed
	Days       string
}

type heldLine struct {
	Plan, From, Until string
	Over              bool
}

// orderLine is what somebody bought and can still be given back.
type orderLine struct {
	ID, Plan, Day, Paid, Back string
	Refund                    bool
	ByHand                    bool // the staff send the money back themselves
}

var readerDone = map[string]bool{"refund": true, "grant": true, "freeze": true, "thaw": true}

func (d *Desk) readerPage(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	return v.readerCard(w, http.StatusOK, c, url.Values{}, nil)
}

// readerCard shows a reader; typed is a form that was not taken, and wrong why.
func (v *visit) readerCard(w http.ResponseWriter, status int, c *audience.Clerk, typed url.Values, wrong error) error {
	k, err := c.Known(v.r.Context(), v.r.PathValue("reader"))
	if err != nil {
		return err
	}
	p := &readerCard{room: v.room(v.T("readers-one", "handle", k.Handle()), ""), ID: k.ID, Handle: k.Handle(), Frozen: k.Frozen,
		Plans: v.planOptions(typed.Get("plan")), Until: typed.Get("until"), Days: typed.Get("days")}
	if done := v.r.URL.Query().Get("done"); readerDone[done] {
		p.Done = v.T("readers-done-" + done)
	}
	if wrong != nil {
		p.Notice = v.mistyped(wrong)
	}
	p.Facts = v.known(k)
	for _, h := range k.Held {
		p.Held = append(p.Held, heldLine{v.planName(h.Plan), v.T("readers-from-" + string(h.Kind)), v.lastDay(h.Until), !v.now.Before(h.Until)})
	}
	if err := v.orders(p, c); err != nil {
		return err
	}
	for _, one := range k.Devices {
		p.Devices = append(p.Devices, one.Month.Format("2006-01"))
	}
	return v.show(w, status, "reader", p)
}

// known puts what is kept of a reader beside its passes into words.
func (v *visit) known(k audience.Known) []fact {
	ways := []string{}
	if k.ByNumber {
		ways = append(ways, v.T("readers-by-number"))
	}
	if k.ByEmail {
		ways = append(ways, v.T("readers-by-email"))
	}
	if len(ways) == 0 {
		ways = append(ways, v.T("readers-by-link"))
	}
	facts := []fact{{v.T("readers-ways"), strings.Join(ways, "; ")}}
	add := func(id, text string) {
		if text != "" {
			facts = append(facts, fact{v.T(id), text})
		}
	}
	add("readers-name", k.Name)
	if k.Lang != "" {
		add("readers-lang", v.T("lang-"+k.Lang))
	}
	add("readers-bulletins", k.Bulletins)
	if k.Month != "" {
		add("readers-counters", v.T("readers-counted", "month", k.Month, "opened", k.Metered, "given", k.Given))
	}
	return facts
}

// lastDay is the last day of what ends with a day.
func (v *visit) lastDay(until time.Time) string {
	return words.Day(v.lang, until.UTC().Add(-time.Second))
}

func (d *Desk) grantReader(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	return v.changesReader(w, c, "grant", func(id, plan string) error {
		day, err := time.Parse(time.DateOnly, v.r.PostForm.Get("until"))
		if err != nil {
			return fault.Invalid("until", "a pass needs a day on which it ends, within ten years")
		}
		return c.GrantUntil(v.r.Context(), id, plan, day)
	})
}

func (d *Desk) extendReader(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	return v.changesReader(w, c, "grant", func(id, plan string) error {
		days, err := v.count("days")
		if err != nil {
			return err
		}
		return c.Extend(v.r.Context(), id, plan, days)
	})
}

// changesReader does what a form asks and leads back, or shows the form again.
func (v *visit) changesReader(w http.ResponseWriter, c *audience.Clerk, done string, do func(id, plan string) error) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	id := v.r.PathValue("reader")
	plan, err := v.aPlan()
	if err == nil {
		err = do(id, plan.ID)
	}
	if fault.Is(err, fault.KindInvalid) {
		return v.readerCard(w, http.StatusUnprocessableEntity, c, v.r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return v.see(w, readerURL(id, "?done="+done))
}

func (d *Desk) freezeReader(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	return v.freezesReader(w, c, true, "freeze")
}

func (d *Desk) thawReader(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	return v.freezesReader(w, c, false, "thaw")
}

func (v *visit) freezesReader(w http.ResponseWriter, c *audience.Clerk, frozen bool, done string) error {
	id := v.r.PathValue("reader")
	if err := c.Freeze(v.r.Context(), id, frozen); err != nil {
		return err
	}
	return v.see(w, readerURL(id, "?done="+done))
}

// count reads a number that must be there.
func (v *visit) count(field string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(v.r.PostForm.Get(field)))
	if err != nil {
		return 0, fault.Invalid(field, "%.50q is no number", v.r.PostForm.Get(field))
	}
	return n, nil
}
