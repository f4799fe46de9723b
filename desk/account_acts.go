package desk

import (
	"net/http"
	"strconv"
	"time"

	"wireroom/fault"
	"wireroom/web/words"
)

// field reads one field of a small form.
func (v *visit) field(name string) (string, error) {
	if err := v.r.ParseForm(); err != nil {
		return "", badForm(err)
	}
	return v.r.PostForm.Get(name), nil
}

func (d *Desk) namePasskey(w http.ResponseWriter, v *visit) error {
	name, err := v.field("name")
	if err != nil {
		return err
	}
	return v.settle(w, &account{}, "passkey-name", d.Staff.NamePasskey(v.r.Context(), v.person.ID, v.r.PathValue("key"), name))
}

func (d *Desk) removePasskey(w http.ResponseWriter, v *visit) error {
	return v.settle(w, &account{}, "passkey-removal", d.Staff.RemovePasskey(v.r.Context(), v.person.ID, v.r.PathValue("key")))
}

func (d *Desk) askForCode(w http.ResponseWriter, v *visit) error {
	if err := d.Staff.AskForCode(v.r.Context(), v.person.ID); err != nil {
		return err
	}
	return v.see(w, accountURL+"#code")
}

// proveCode shows the recovery codes in its answer: they are shown once.
func (d *Desk) proveCode(w http.ResponseWriter, v *visit) error {
	typed, err := v.field("code")
	if err != nil {
		return err
	}
	recovery, err := d.Staff.ProveCode(v.r.Context(), v.person.ID, typed)
	if err != nil {
		return v.settle(w, &account{}, "", err)
	}
	return v.account(w, http.StatusOK, &account{Done: v.T("account-done-code"), Recovery: recovery})
}

func (d *Desk) recover(w http.ResponseWriter, v *visit) error {
	recovery, err := d.Staff.Recover(v.r.Context(), v.person.ID)
	if err != nil {
		return err
	}
	return v.account(w, http.StatusOK, &account{Done: v.T("account-done-recovery"), Recovery: recovery})
}

func (d *Desk) removeCode(w http.ResponseWriter, v *visit) error {
	return v.settle(w, &account{}, "code-removal", d.Staff.RemoveCode(v.r.Context(), v.person.ID))
}

func (d *Desk) endSession(w http.ResponseWriter, v *visit) error {
	return v.settle(w, &account{}, "session", d.Staff.EndSession(v.r.Context(), v.person.ID, v.r.PathValue("session")))
}

// endSessions ends this one as well.
func (d *Desk) endSessions(w http.ResponseWriter, v *visit) error {
	if err := d.Staff.SignOutEverywhere(v.r.Context(), v.person.ID); err != nil {
		return err
	}
	return v.goesOut(w)
}

func (v *visit) goesOut(w http.ResponseWriter) error {
	http.SetCookie(w, v.desk.cookie(sessionCookie, "", -time.Second))
	return v.see(w, helpURL)
}

func (d *Desk) addPen(w http.ResponseWriter, v *visit) error {
	name, err := v.field("pen")
	if err != nil {
		return err
	}
	return v.settle(w, &account{Typed: name}, "pen", d.Staff.AddPen(v.r.Context(), v.person.ID, name))
}

func (d *Desk) removePen(w http.ResponseWriter, v *visit) error {
	name, err := v.field("pen")
	if err != nil {
		return err
	}
	return v.settle(w, &account{}, "pen-removal", d.Staff.RemovePen(v.r.Context(), v.person.ID, name))
}

// speak keeps the language with the person, for their letters and for other
// browsers of theirs, and in this browser.
func (d *Desk) speak(w http.ResponseWriter, v *visit) error {
	lang, err := v.field("lang")
	if err != nil {
		return err
	}
	if words.Spoken(lang) != lang {
		return fault.Invalid("language", "the screens do not speak %q", lang)
	}
	if err := d.Staff.Speak(v.r.Context(), v.person.ID, lang); err != nil {
		return err
	}
	http.SetCookie(w, d.cookie(langCookie, lang, 365*24*time.Hour))
	return v.see(w, accountURL+"?done=language")
}

// freezeSelf is for somebody whose browser or device is in other hands. It
// asks once more, for they cannot undo it.
func (d *Desk) freezeSelf(w http.ResponseWriter, v *visit) error {
	sure, err := v.field("sure")
	if err != nil {
		return err
	}
	if sure != "yes" {
		return v.see(w, accountURL+"?freeze=ask#freeze")
	}
	if err := d.Staff.Freeze(v.r.Context(), v.person, v.person.ID); err != nil {
		return err
	}
	return v.goesOut(w)
}

func appendSquare(path []byte, x, y int) []byte {
	path = strconv.AppendInt(append(path, 'M'), int64(x), 10)
	path = strconv.AppendInt(append(path, ' '), int64(y), 10)
	return append(path, "h1v1h-1z"...)
}
