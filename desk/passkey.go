package desk

import (
	"encoding/json"
	"net/http"

	"wireroom/fault"
)

// keyAnswer is what a browser says to a challenge.
type keyAnswer struct {
	Token  string          `json:"token"`
	Name   string          `json:"name"` // of a new passkey
	Answer json.RawMessage `json:"answer"`
}

func readAnswer(r *http.Request) (keyAnswer, error) {
	var a keyAnswer
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		return a, badForm(err)
	}
	return a, nil
}

// errNoPasskeys is of an address for which browsers keep none.
var errNoPasskeys = fault.Conflict("passkeys", "browsers keep none for this address")

// askForSignIn gives a script what to ask the browser for.
func (d *Desk) askForSignIn(w http.ResponseWriter, r *http.Request) error {
	v, err := d.stranger(r)
	if err != nil {
		return err
	}
	at, ok := v.passkeySite()
	if !ok {
		return v.refuse(w, errNoPasskeys)
	}
	c, err := d.Staff.AskForSignIn(r.Context(), at)
	if err != nil {
		return err
	}
	return v.json(w, http.StatusOK, c)
}

func (d *Desk) signInByPasskey(w http.ResponseWriter, r *http.Request) error {
	v, err := d.stranger(r)
	if err != nil {
		return err
	}
	a, err := readAnswer(r)
	if err != nil {
		return err
	}
	at, _ := v.passkeySite()
	session, err := d.Staff.SignInByPasskey(r.Context(), at, a.Token, a.Answer, cameFrom(r))
	if err != nil {
		return v.refuse(w, err)
	}
	http.SetCookie(w, d.cookie(sessionCookie, session, sessionLife))
	return v.json(w, http.StatusOK, map[string]string{"to": homeURL})
}

func (d *Desk) askForPasskey(w http.ResponseWriter, v *visit) error {
	at, ok := v.passkeySite()
	if !ok {
		return v.refuse(w, errNoPasskeys)
	}
	c, err := d.Staff.AskForPasskey(v.r.Context(), v.person.ID, at)
	if err != nil {
		return err
	}
	return v.json(w, http.StatusOK, c)
}

func (d *Desk) addPasskey(w http.ResponseWriter, v *visit) error {
	a, err := readAnswer(v.r)
	if err != nil {
		return err
	}
	if a.Name == "" {
		e := cameFrom(v.r)
		a.Name = v.browser(e.Browser, e.System)
	}
	at, _ := v.passkeySite()
	key, err := d.Staff.AddPasskey(v.r.Context(), v.person.ID, at, a.Token, a.Name, a.Answer)
	if err != nil {
		return v.refuse(w, err)
	}
	// Whoever sat down at an open desk must not be able to stay unnoticed.
	v.mailsLater(v.letter("passkey", v.person, "key", key.Name))
	return v.json(w, http.StatusOK, map[string]string{"to": accountURL + "?done=passkey"})
}

// refuse tells a script why a passkey was not taken, in the person's language.
func (v *visit) refuse(w http.ResponseWriter, err error) error {
	status, id := http.StatusForbidden, "passkey-refused"
	switch kind := fault.KindOf(err); {
	case kind == fault.KindInternal:
		return err
	case kind == fault.KindInvalid && fieldOf(err) == "name":
		status, id = http.StatusUnprocessableEntity, "account-wrong-name"
	case kind == fault.KindConflict:
		status, id = http.StatusConflict, "passkey-not-here"
	}
	return v.json(w, status, map[string]string{"why": v.T(id)})
}
