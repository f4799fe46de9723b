package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"wireroom/agency"
	"wireroom/agency/demo"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
)

type demoCmd struct {
	Dir  string `help:"Where to keep the agency; else a folder that is gone at the end." placeholder:"DIR"`
	Addr string `help:"Where to listen; port 0 is a free one." default:"127.0.0.1:0" placeholder:"HOST:PORT"`
}

// demoFile is what scripts read once the demo listens.
const demoFile = "demo.json"

// demoReport is all that one needs to walk into the demo agency.
type demoReport struct {
	URL      string                   `json:"url"`
	Data     string                   `json:"data"`
	Editions map[masthead.Lang]string `json:"editions"`
	Desk     string                   `json:"desk"`
	Links    map[string]string        `json:"links"`  // by role: chief, editor, reporter, subscriber, lapsed, client
	Tokens   map[string]string        `json:"tokens"` // of these links
	Sessions map[string]session       `json:"sessions"`
	People   []agency.Link            `json:"people"`
	Wire     string                   `json:"wire,omitempty"` // the token of the client's machine
}

// session is a cookie of someone who is signed in already.
type session struct {
	Cookie string `json:"cookie"`
	Value  string `json:"value"`
}

// Run fills the folder unless it is filled, and serves until a signal comes.
func (cmd *demoCmd) Run(ctx context.Context, out *output) error {
	dir, clean, err := cmd.folder()
	if err != nil {
		return err
	}
	defer clean()
	c := agency.Defaults(dir)
	if err := c.Set("addr", cmd.Addr, "--addr"); err != nil {
		return err
	}
	if err := c.Set("till", "test", "the demo"); err != nil {
		return err
	}
	if err := fill(ctx, c); err != nil {
		return err
	}
	a, err := agency.Open(ctx, c, agency.Options{Log: out.stderr})
	if err != nil {
		return err
	}
	defer a.Close()
	addr, err := a.Listen()
	if err != nil {
		return err
	}
	if err := publish(ctx, a, "http://"+addr); err != nil {
		return err
	}
	report, err := invite(ctx, a)
	if err != nil {
		return err
	}
	if err := report.write(filepath.Join(dir, demoFile)); err != nil {
		return err
	}
	if err := report.tell(out); err != nil {
		return err
	}
	thrifty()
	if err := a.Run(ctx); err != nil {
		return err
	}
	out.say("demo: stopped")
	return a.Close()
}

// publish tells the agency where the world reaches it, so that what must be
// absolute in its pages and feeds is.
func publish(ctx context.Context, a *agency.Agency, url string) error {
	return a.Masthead.Change(ctx, func(m masthead.Masthead) (masthead.Masthead, error) {
		m.PublicURL = url
		return m, nil
	})
}

func (cmd *demoCmd) folder() (dir string, clean func(), err error) {
	if cmd.Dir != "" {
		return cmd.Dir, func() {}, nil
	}
	if dir, err = os.MkdirTemp("", "wireroom-demo-"); err != nil {
		return "", nil, fault.Internal("making a folder", err)
	}
	return dir, func() { _ = os.RemoveAll(dir) }, nil
}

// fill plays the agency into an empty folder. demo.json is written at the end,
// so a folder without it was left half filled.
func fill(ctx context.Context, c agency.Config) error {
	if _, err := os.Stat(filepath.Join(c.Data, demoFile)); err == nil {
		return nil
	}
	if found, err := os.ReadDir(c.Data); err == nil && len(found) > 0 {
		return fault.Conflict(c.Data, "it holds something else, or a demo that was cut off; remove it or name another folder")
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.Internal("looking into "+c.Data, err)
	}
	return demo.Fill(ctx, c, time.Now())
}

// invite makes the links and sessions.
func invite(ctx context.Context, a *agency.Agency) (demoReport, error) {
	url := "http://" + a.Config.Addr
	r := demoReport{URL: url + "/", Data: a.Config.Data, Desk: url + "/desk/", Editions: map[masthead.Lang]string{},
		Links: map[string]string{}, Tokens: map[string]string{}, Sessions: map[string]session{}}
	m, err := a.Masthead.Load(ctx)
	if err != nil {
		return r, err
	}
	for _, lang := range m.Languages {
		r.Editions[lang] = url + "/" + string(lang) + "/"
	}
	if err := r.inviteStaff(ctx, a); err != nil {
		return r, err
	}
	if err := r.inviteClient(ctx, a); err != nil {
		return r, err
	}
	return r, r.inviteReaders(ctx, a)
}

// inviteClient makes the client's machine a token. A demo that runs again makes
// a new one in place of the oldest, as a token is never told twice.
func (r *demoReport) inviteClient(ctx context.Context, a *agency.Agency) error {
	all, err := a.Clients.All(ctx)
	if err != nil {
		return err
	}
	m, err := a.Clients.Manager(a.Staff, staff.Terminal())
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Name != demo.Radio {
			continue
		}
		tokens, err := a.Clients.Tokens(ctx, c.ID)
		if err != nil {
			return err
		}
		if len(tokens) > 1 {
			if err := m.RevokeToken(ctx, c.ID, tokens[0].ID); err != nil {
				return err
			}
		}
		if r.Wire, err = m.MakeToken(ctx, c.ID, "demo"); err != nil {
			return err
		}
		return r.seat(ctx, a)
	}
	return nil
}

// seat makes a link to the portal for the client's person, unless the seat was
// taken back since the demo began.
func (r *demoReport) seat(ctx context.Context, a *agency.Agency) error {
	link, err := a.SeatLink(ctx, demo.RadioAddress)
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	if err == nil {
		r.add("client", link)
	}
	return err
}

func (r *demoReport) add(role string, l agency.Link) {
	r.People = append(r.People, l)
	if r.Links[role] == "" {
		r.Links[role], r.Tokens[role] = l.URL, l.Token
	}
}

func (r *demoReport) inviteStaff(ctx context.Context, a *agency.Agency) error {
	all, err := a.Staff.List(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		if !p.Here() { // frozen or gone since the demo began
			continue
		}
		link, err := a.StaffLink(ctx, p.Email)
		if err != nil {
			return err
		}
		role := string(p.Role)
		r.add(role, link)
		if _, done := r.Sessions[role]; done {
			continue
		}
		token, err := a.Staff.Link(ctx, p.ID)
		if err != nil {
			return err
		}
		value, err := a.Staff.SignIn(ctx, token)
		if err != nil {
			return err
		}
		r.Sessions[role] = session{agency.StaffCookie, value}
	}
	return nil
}

func (r *demoReport) inviteReaders(ctx context.Context, a *agency.Agency) error {
	guests, err := demo.Load(time.Now())
	if err != nil {
		return err
	}
	for _, g := range guests.Readers {
		link, err := a.ReaderLink(ctx, g.Name, agency.Pass{})
		if err != nil {
			return err
		}
		link.Role = "subscriber"
		if g.Until.Before(time.Now()) {
			link.Role = "lapsed"
		}
		r.add(link.Role, link)
		reader, err := a.Readers.ByName(ctx, g.Name)
		if err != nil {
			return err
		}
		token, err := a.Readers.Link(ctx, reader.ID)
		if err != nil {
			return err
		}
		value, err := a.Readers.SignIn(ctx, token)
		if err != nil {
			return err
		}
		r.Sessions[link.Role] = session{agency.ReaderCookie, value}
	}
	return nil
}

// write leaves the report for scripts, in one step and for the owner alone.
func (r demoReport) write(path string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		err = os.WriteFile(path+".new", append(text, '\n'), 0o600)
	}
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fault.Internal("writing "+path, err)
	}
	return nil
}

func (r demoReport) tell(out *output) error {
	if out.json {
		return out.print(r)
	}
	out.say("site        %s", r.URL)
	out.say("desk        %s", r.Desk)
	out.say("folder      %s", r.Data)
	for _, l := range r.People {
		out.say("%-11s %s  (%s)", l.Role, l.URL, l.For)
	}
	if r.Wire != "" {
		out.say("client      %s: curl -H \"Authorization: Bearer %s\" \"%swire/v1/items?after=0\"", demo.Radio, r.Wire, r.URL)
	}
	out.say("demo: ready; each link signs one person in, once. Ctrl-C ends it.")
	return nil
}
