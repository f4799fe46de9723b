package site

import (
	"context"
	"net/http"
	"strconv"

	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/web"
)

// The words in an address behind which a ticket stands: one that opens a story
// of the month to its reader, and one that a subscriber gave to a friend.
const (
	openTicket = "open"
	giftTicket = "gift"
)

// storyPage serves a story from the store of pages, or to the holder of a
// ticket for it, whose page nobody keeps.
func (s *Site) storyPage() web.Handler {
	kept := s.serve(s.story, keyOf, s.counts)
	return func(w http.ResponseWriter, r *http.Request) error {
		if q := r.URL.Query(); r.URL.RawQuery == "" || !q.Has(openTicket) && !q.Has(giftTicket) {
			return kept(w, r)
		}
		return s.ticketed(w, r)
	}
}

// counts finds what is left of the month to one who holds no plan. It is part
// of what a story's page says, and so of its class.
func (s *Site) counts(ctx context.Context, v *visit) error {
	most := v.house.Readers.Free
	if !v.signed || v.Class() != "" || most == 0 {
		return nil
	}
	m, err := s.Readers.Month(ctx, v.reader.ID)
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	v.left = &counter{max(0, most-m.Opened), most}
	return err
}

func (s *Site) ticketed(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	rend, err := s.asked(r, v)
	if err != nil {
		return err
	}
	if rend.Full() {
		http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
		return nil
	}
	good, err := s.admits(r, v, rend.ID(), r.Method == http.MethodGet)
	if err != nil {
		return err
	}
	if !good {
		if err := s.counts(r.Context(), v); err != nil {
			return err
		}
		v.over = v.T("ticket-over")
	}
	p, err := s.story(r.Context(), v, r)
	if err != nil {
		return err
	}
	p.data.(*article).Hidden = true
	w.Header().Set("Cache-Control", "private, no-store")
	return s.send(w, v, http.StatusOK, p)
}

// asked is the story of the address as its viewer has it.
func (s *Site) asked(r *http.Request, v *visit) (reveal.Rendition, error) {
	n, err := number(r.PathValue("number"))
	if err != nil {
		return reveal.Rendition{}, err
	}
	return s.Door.Story(r.Context(), v.edition(), n, v.Viewer)
}

// admits opens the story to the visit if the request has a good ticket for it.
// A gift is counted when its page is asked for, not with each picture.
func (s *Site) admits(r *http.Request, v *visit, id story.ID, counted bool) (bool, error) {
	q, good, err := r.URL.Query(), false, error(nil)
	switch ticket := q.Get(giftTicket); {
	case q.Has(openTicket):
		ticket = q.Get(openTicket)
		good = v.signed && s.Readers.Opened(r.Context(), v.reader.ID, string(id), ticket)
		v.ticket = "?" + openTicket + "=" + ticket
	case counted:
		good, err = s.Readers.TakeGift(r.Context(), string(id), ticket)
		v.ticket, v.gift = "?"+giftTicket+"="+ticket, true
	default:
		good = s.Readers.Gift(r.Context(), string(id), ticket)
	}
	if !good || err != nil {
		v.ticket, v.gift = "", false
		return false, err
	}
	v.Viewer = v.Given(id)
	return true, nil
}

// opening opens one of the month's stories to a reader who holds no plan.
func (s *Site) opening(w http.ResponseWriter, r *http.Request, v *visit) error {
	rend, err := s.asked(r, v)
	if err != nil {
		return err
	}
	to := storyURL(v.lang, r.PathValue("number"))
	if rend.Locked() && v.Class() == "" {
		ticket, err := s.Readers.Open(r.Context(), v.reader.ID, string(rend.ID()), v.house.Readers.Free)
		if err != nil && !fault.Is(err, fault.KindConflict) {
			return err
		}
		if err == nil {
			to += "?" + openTicket + "=" + ticket
		}
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// present is the page with the link that opens one story to a friend.
type present struct {
	frame
	Story string // its headline
	Link  string // "" when none are left
	Back  string
	Ends  string
	Times int
	Left  counter
}

// present makes the link for a reader whose plan opens the story.
func (s *Site) present(w http.ResponseWriter, r *http.Request, v *visit) error {
	rend, err := s.asked(r, v)
	if err != nil {
		return err
	}
	most := v.house.Readers.Gifts
	if rend.Locked() || rend.Free() || most == 0 {
		return fault.Forbidden("gift", "one gives what one has")
	}
	back := storyURL(v.lang, strconv.FormatInt(int64(rend.Number()), 10))
	p := present{frame: v.frame(v.T("gift-title")), Story: rend.Headline(), Back: back, Times: s.Readers.GiftOpens()}
	p.Hidden = true
	p.switches(func(string) string { return "" })
	ticket, err := s.Readers.Give(r.Context(), v.reader.ID, string(rend.ID()), most)
	if err != nil && !fault.Is(err, fault.KindConflict) {
		return err
	}
	if err == nil {
		p.Link = s.base(r) + back + "?" + giftTicket + "=" + ticket
		p.Ends = v.lastDay(s.Readers.GiftEnds())
	}
	m, err := s.Readers.Month(r.Context(), v.reader.ID)
	if err != nil {
		return err
	}
	p.Left = counter{max(0, most-m.Given), most}
	return s.send(w, v, http.StatusOK, sheet{"gift", &p})
}
