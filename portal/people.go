package portal

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/mail"
	"wireroom/web"
)

const peopleURL = "/wire/people"

func (p *Portal) peopleRoutes(get, post func(string, seated) web.Route) []web.Route {
	return []web.Route{
		get(peopleURL, p.keeper(p.people)), post(peopleURL, p.keeper(p.invite)), post(peopleURL+"/removal", p.keeper(p.remove)),
		post(peopleURL+"/administrator", p.keeper(p.promote)), post(peopleURL+"/more", p.keeper(p.askForMore)),
	}
}

// keeping answers an administrator of a client.
type keeping func(w http.ResponseWriter, v *visit, k *clients.Keeper) error

func (p *Portal) keeper(h keeping) seated {
	return func(w http.ResponseWriter, v *visit) error {
		k, err := p.Clients.Keeper(v.seat)
		if err != nil {
			return err
		}
		return h(w, v, k)
	}
}

// peoplePage is the page of a client's seats.
type peoplePage struct {
	frame
	Rows              []clients.Seat
	Own               string // id of the own seat
	Taken, Of, Wanted int
	Letters           bool   // they are told of their seat
	Wrong, At         string // what is wrong, and in which form
	Typed             clients.Seat
}

func (p *Portal) people(w http.ResponseWriter, v *visit, _ *clients.Keeper) error {
	return p.showPeople(w, v, http.StatusOK, peoplePage{})
}

func (p *Portal) showPeople(w http.ResponseWriter, v *visit, status int, page peoplePage) error {
	all, err := p.Clients.Seats(v.r.Context(), v.client.ID)
	if err != nil {
		return err
	}
	page.frame, page.Rows, page.Own = v.frame(v.T("people")), all, v.seat.ID
	page.Path = peopleURL
	page.Taken, page.Of, page.Wanted, page.Letters = len(all), v.client.Seats, v.client.Wanted, p.Mail != nil && v.house.PublicURL != ""
	page.done(v, "seat", "removal", "administrator", "more")
	return p.show(w, status, "people", "page", page)
}

func (p *Portal) invite(w http.ResponseWriter, v *visit, k *clients.Keeper) error {
	page := peoplePage{At: "email", Typed: clients.Seat{Name: v.r.PostFormValue("name"), Email: v.r.PostFormValue("email")}}
	seat, err := k.Invite(v.r.Context(), page.Typed.Name, page.Typed.Email)
	switch {
	case fault.Is(err, fault.KindConflict):
		page.Wrong = v.T("people-full")
	case fault.Is(err, fault.KindInvalid):
		page.Wrong = v.T("people-wrong")
	case err != nil:
		return err
	default:
		if p.Mail != nil && v.house.PublicURL != "" {
			p.carry(func(ctx context.Context) (mail.Letter, error) { return p.letterOf(ctx, seat.Email) })
		}
		return v.sees(w, peopleURL, "seat")
	}
	return p.showPeople(w, v, http.StatusUnprocessableEntity, page)
}

func (p *Portal) remove(w http.ResponseWriter, v *visit, k *clients.Keeper) error {
	if err := k.Remove(v.r.Context(), v.r.PostFormValue("seat")); err != nil {
		return err
	}
	return v.sees(w, peopleURL, "removal")
}

func (p *Portal) promote(w http.ResponseWriter, v *visit, k *clients.Keeper) error {
	if err := k.Promote(v.r.Context(), v.r.PostFormValue("seat")); err != nil {
		return err
	}
	return v.sees(w, peopleURL, "administrator")
}

// askForMore tells the agency by a letter how many seats the client would like
// to have, once for each number.
func (p *Portal) askForMore(w http.ResponseWriter, v *visit, k *clients.Keeper) error {
	n, err := strconv.Atoi(strings.TrimSpace(v.r.PostFormValue("seats")))
	if err == nil {
		err = k.AskFor(v.r.Context(), n)
	} else {
		err = fault.Invalid("seats", "this is no number")
	}
	if fault.Is(err, fault.KindInvalid) {
		return p.showPeople(w, v, http.StatusUnprocessableEntity, peoplePage{At: "seats", Wrong: v.T("people-number", "number", v.client.Seats)})
	}
	if err != nil {
		return err
	}
	if p.Mail != nil && n != v.client.Wanted {
		lang := p.own()
		args := []any{"client", v.client.Name, "wanted", n, "of", v.client.Seats, "name", v.seat.Name, "link", v.house.PublicURL + "/desk/clients/" + string(v.client.ID)}
		letter := mail.Letter{To: p.Mail.Own(), Subject: p.words.T(lang, "more-letter-subject", args...), Text: p.words.T(lang, "more-letter", args...)}
		p.carry(func(context.Context) (mail.Letter, error) { return letter, nil })
	}
	return v.sees(w, peopleURL, "more")
}
