package site

import (
	"context"
	"net/http"
	"strconv"

	"wireroom/fault"
	"wireroom/masthead"
)

// visit is one request for a page: who asks, in which edition, and when.
type visit struct {
	moment
	guest
	site  *Site
	house masthead.Masthead
	path  string

	ticket string // of the address, with which its pictures are asked for too
	gift   bool   // the ticket came from a friend
	over   string // why the ticket opens nothing
}

// visit begins a request in an edition that the agency has.
func (s *Site) visit(r *http.Request) (*visit, error) {
	house := s.Masthead()
	lang := r.PathValue("lang")
	if !house.Has(masthead.Lang(lang)) {
		return nil, fault.NotFound("edition")
	}
	g, err := s.guest(r.Context(), s.session(r))
	if err == nil {
		g, err = s.atCompany(r, g)
	}
	if err != nil {
		return nil, err
	}
	g.seatless = g.signed && s.seatless(r)
	return s.begin(house, lang, r.URL.Path, g), nil
}

func (s *Site) begin(house masthead.Masthead, lang, path string, g guest) *visit {
	m := moment{words: s.words, lang: lang, now: s.Now().In(house.Zone)}
	return &visit{moment: m, guest: g, site: s, house: house, path: path}
}

// edition is the visit's language as the domain knows it.
func (v *visit) edition() masthead.Lang { return masthead.Lang(v.lang) }

// T says a sentence in the edition's language.
func (v *visit) T(id string, args ...any) string { return v.words.T(v.lang, id, args...) }

// class names the readers who get the same bytes; "" is everybody who has not
// signed in and comes from no company's network.
func (v *visit) class() string {
	if !v.signed {
		return v.Class() // of the network that they come from
	}
	who := "reader "
	if v.seatless {
		who = "reader seatless "
	}
	if v.left != nil {
		return who + "left " + strconv.Itoa(v.left.Left)
	}
	return who + v.Class()
}

// expire keeps a page no longer than until the next story opens or appears.
// Passes that end need no more: they change the viewer's class.
func (v *visit) expire(ctx context.Context) error {
	next, err := v.site.Door.NextChange(ctx)
	if err != nil {
		return err
	}
	v.holds(next)
	return nil
}
