package desk

import (
	"errors"
	"net/http"
	"time"

	"rsc.io/qr"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/web"
	"wireroom/web/words"
)

const accountURL = "/desk/account"

// account is what somebody keeps of their own: the ways in, where they are
// signed in, the names that they sign with.
type account struct {
	frame
	Done     string
	Notice   string
	Sections string
	Keys     []keyLine
	Enough   bool // there are as many passkeys as there should be
	Here     bool // browsers keep passkeys for this address
	Where    string
	Browser  string // what a new passkey is called, unless named otherwise
	Code     codeLine
	Recovery []string // shown this once
	Sessions []sessionLine
	Pens     []string
	Typed    string // a pen name that was not taken
	Tongues  []option
	Sure     bool // the question before freezing oneself
}

type keyLine struct {
	ID, Name, Site string // Site only when it is another than this one
	Made           when
	Used           *when // nil is never
}

type codeLine struct {
	Proven  *when
	Secret  string // in fours; "" once it is proven or when there is none
	Picture picture
	Left    int // recovery codes
}

type sessionLine struct {
	ID, Browser, Way string
	Made, Seen       when
	Current          bool
}

func (d *Desk) accountRoutes() []web.Route {
	post := func(rest string, h page) web.Route {
		return web.Route{Method: "POST", Pattern: accountURL + rest, Handler: d.seated(h)}
	}
	return []web.Route{
		{Method: "GET", Pattern: accountURL, Handler: d.seated(d.account)},
		post("/passkeys", d.addPasskey), post("/passkeys/challenge", d.askForPasskey),
		post("/passkeys/{key}", d.namePasskey), post("/passkeys/{key}/removal", d.removePasskey),
		post("/code", d.askForCode), post("/code/proof", d.proveCode), post("/code/removal", d.removeCode), post("/recovery", d.recover),
		post("/sessions/{session}/end", d.endSession), post("/sessions/end", d.endSessions),
		post("/pens", d.addPen), post("/pens/removal", d.removePen),
		post("/language", d.speak), post("/freeze", d.freezeSelf),
	}
}

func (d *Desk) account(w http.ResponseWriter, v *visit) error {
	p := &account{Sure: v.r.URL.Query().Has("freeze")}
	if done := v.r.URL.Query().Get("done"); accountDone[done] {
		p.Done = v.T("account-done-" + done)
	}
	return v.account(w, http.StatusOK, p)
}

// accountDone are the acts after which the page says a word.
var accountDone = map[string]bool{"passkey": true, "passkey-name": true, "passkey-removal": true, "code-removal": true,
	"session": true, "pen": true, "pen-removal": true, "language": true}

// account fills the page with what stands in the tables.
func (v *visit) account(w http.ResponseWriter, status int, p *account) error {
	p.frame = v.frame(v.T("account"))
	p.style("staff.css")
	p.script("passkey.js")
	p.Remind = ""
	if len(v.person.Sections) > 0 {
		p.Sections = v.sections(v.person.Sections)
	}
	for _, lang := range words.Langs {
		p.Tongues = append(p.Tongues, option{Value: lang, Text: speeches[lang], Chosen: lang == v.lang})
	}
	for _, fill := range []func(*account) error{v.fillKeys, v.fillCode, v.fillSessions} {
		if err := fill(p); err != nil {
			return err
		}
	}
	var err error
	if p.Pens, err = v.desk.Staff.Pens(v.r.Context(), v.person.ID); err != nil {
		return err
	}
	return v.show(w, status, "account", p)
}

func (v *visit) fillKeys(p *account) error {
	keys, err := v.desk.Staff.Passkeys(v.r.Context(), v.person.ID)
	if err != nil {
		return err
	}
	at, ok := v.passkeySite()
	p.Here, p.Where, p.Enough = ok, at.Origin, len(keys) >= staff.EnoughPasskeys
	e := cameFrom(v.r)
	p.Browser = v.browser(e.Browser, e.System)
	for _, k := range keys {
		line := keyLine{ID: k.ID, Name: k.Name, Made: v.age(k.Made), Used: v.ageIf(k.Used)}
		if k.Site != at.ID {
			line.Site = k.Site
		}
		p.Keys = append(p.Keys, line)
	}
	return nil
}

// ageIf is age of a time that may be none.
func (v *visit) ageIf(t time.Time) *when {
	if t.IsZero() {
		return nil
	}
	w := v.age(t)
	return &w
}

func (v *visit) fillCode(p *account) error {
	c, err := v.desk.Staff.CodeOf(v.r.Context(), v.person.ID)
	if err != nil {
		return err
	}
	p.Code = codeLine{Proven: v.ageIf(c.Proven), Left: c.Recovery}
	if c.Secret == "" {
		return nil
	}
	for i := 0; i < len(c.Secret); i += 4 {
		p.Code.Secret += " " + c.Secret[i:min(i+4, len(c.Secret))]
	}
	p.Code.Picture, err = squares(c.Address(v.house.Name, v.person.Email))
	return err
}

// picture is a QR code as a path over squares.
type picture struct {
	Size int // squares a side, with the margin that readers ask for
	Path string
}

const qrMargin = 4

func squares(text string) (picture, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return picture{}, fault.Internal("draw the code", err)
	}
	p := picture{Size: code.Size + 2*qrMargin}
	var path []byte
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				path = appendSquare(path, x+qrMargin, y+qrMargin)
			}
		}
	}
	p.Path = string(path)
	return p, nil
}

func (v *visit) fillSessions(p *account) error {
	all, err := v.desk.Staff.Sessions(v.r.Context(), v.person.ID)
	if err != nil {
		return err
	}
	for _, s := range all {
		line := sessionLine{ID: s.ID, Browser: v.browser(s.Browser, s.System), Made: v.age(s.Made), Seen: v.age(s.Seen), Current: s.ID == v.sitting.Session}
		if s.Way != "" {
			line.Way = v.T("way-" + string(s.Way))
		}
		p.Sessions = append(p.Sessions, line)
	}
	return nil
}

// settle answers an act on the account: the page again with a word about it,
// or with why it was not done.
func (v *visit) settle(w http.ResponseWriter, p *account, done string, err error) error {
	switch {
	case err == nil:
		return v.see(w, accountURL+"?done="+done)
	case errors.Is(err, staff.ErrLastWay):
		p.Notice = v.T("account-last-way")
		return v.account(w, http.StatusConflict, p)
	case fault.Is(err, fault.KindInvalid):
		p.Notice = v.T("account-wrong-" + fieldOf(err))
		return v.account(w, http.StatusUnprocessableEntity, p)
	}
	return err
}
