package agency

import (
	"context"
	"strings"
	"time"

	"wireroom/audience"
	"wireroom/desk"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/portal"
	"wireroom/site"
	"wireroom/staff"
)

// Link is a sign-in link: one use, 24 hours.
type Link struct {
	For   string `json:"for"`  // name
	Role  string `json:"role"` // a role of the staff, or reader
	URL   string `json:"url"`
	Token string `json:"token"`
}

// StaffLink makes a sign-in link for someone at the desk; NotFound, and
// Forbidden when they are frozen.
func (a *Agency) StaffLink(ctx context.Context, email string) (Link, error) {
	p, err := a.Staff.ByEmail(ctx, email)
	if err != nil {
		return Link{}, err
	}
	_, token, err := a.Staff.LinkFor(ctx, staff.Terminal(), p.ID)
	if err != nil {
		return Link{}, err
	}
	base, err := a.base(ctx)
	return Link{For: p.Name, Role: string(p.Role), URL: base + desk.SignInPath(token), Token: token}, err
}

// SeatLink makes a sign-in link to the portal for somebody of a client; NotFound.
func (a *Agency) SeatLink(ctx context.Context, email string) (Link, error) {
	seat, token, err := a.Clients.Link(ctx, email)
	if err != nil {
		return Link{}, err
	}
	base, err := a.base(ctx)
	return Link{For: seat.Name, Role: "client", URL: base + portal.EnterPath(token), Token: token}, err
}

// Pass is what ReaderLink gives a reader along with the link.
type Pass struct {
	Plan  string    // id or name; "" is the only plan that there is
	Until time.Time // zero leaves what the reader has
}

// ReaderLink makes a sign-in link for a reader. With a pass the reader gets
// it, and is entered when not known yet; without one NotFound.
func (a *Agency) ReaderLink(ctx context.Context, name string, p Pass) (Link, error) {
	r, err := a.reader(ctx, name, p)
	if err != nil {
		return Link{}, err
	}
	token, err := a.Readers.Link(ctx, r.ID)
	if err != nil {
		return Link{}, err
	}
	base, err := a.base(ctx)
	return Link{For: r.Name, Role: "reader", URL: base + site.SignInPath(token), Token: token}, err
}

func (a *Agency) reader(ctx context.Context, name string, p Pass) (audience.Reader, error) {
	if p.Until.IsZero() {
		if p.Plan != "" {
			return audience.Reader{}, fault.Invalid("until", "a pass needs a day on which it ends")
		}
		return a.Readers.ByName(ctx, name)
	}
	m, err := a.Masthead.Load(ctx)
	if err != nil {
		return audience.Reader{}, err
	}
	plan, err := planOf(m, p.Plan)
	if err != nil {
		return audience.Reader{}, err
	}
	r, err := a.Readers.ByName(ctx, name)
	if fault.Is(err, fault.KindNotFound) {
		r, err = a.Readers.Add(ctx, name)
	}
	if err != nil {
		return audience.Reader{}, err
	}
	return r, a.Readers.Grant(ctx, r.ID, audience.Pass{Plan: plan.ID, Until: p.Until})
}

// planOf finds a plan by its id or its name in any language.
func planOf(m masthead.Masthead, word string) (masthead.Plan, error) {
	if word == "" && len(m.Plans) == 1 {
		return m.Plans[0], nil
	}
	for _, p := range m.Plans {
		if strings.EqualFold(p.ID, word) {
			return p, nil
		}
		for _, name := range p.Names {
			if strings.EqualFold(name, word) {
				return p, nil
			}
		}
	}
	var known []string
	for _, p := range m.Plans {
		known = append(known, p.ID)
	}
	return masthead.Plan{}, fault.Invalid("plan", "%q is none of the agency's plans (%s)", word, strings.Join(known, ", "))
}

// base is what a link begins with: the public address, else the one at which
// the agency is being served, else the one at which it would be.
func (a *Agency) base(ctx context.Context) (string, error) {
	m, err := a.Masthead.Load(ctx)
	if err != nil {
		return "", err
	}
	if m.PublicURL != "" {
		return m.PublicURL, nil
	}
	if addr := a.signed(); addr != "" && a.Config.By("addr") != AddrFlag {
		return "http://" + addr, nil
	}
	return "http://" + a.Config.Addr, nil
}

// AddrFlag sets the key addr for a link alone, whoever serves meanwhile.
const AddrFlag = "--addr"

// The cookies by which a browser tells its session, over plain http.
const (
	StaffCookie  = "desk"
	ReaderCookie = "reader"
)
