package desk

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"time"

	"wireroom/fault"
	"wireroom/web"
)

// called answers a script: what goes wrong is a status and a sentence, never a
// page, and a stranger learns that the session is over.
func (d *Desk) called(h page) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := d.visit(r)
		if err == nil {
			err = h(w, v)
		}
		if err == nil || web.Status(err) >= http.StatusInternalServerError {
			return err
		}
		if errors.Is(err, errOutside) {
			return answer(w, http.StatusUnauthorized, map[string]string{"why": "outside"})
		}
		return answer(w, web.Status(err), map[string]string{"why": v.reason(err)})
	}
}

// answer writes a value to a script.
func answer(w http.ResponseWriter, status int, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return fault.Internal("answering a script", err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(status)
	_, _ = w.Write(data)
	return nil
}

// instantOf is a time as scripts read it; "" is none.
func instantOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}

var tabShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// tabOf is the browser tab that a script names for itself.
func tabOf(s string) (string, error) {
	if !tabShape.MatchString(s) {
		return "", fault.Invalid("tab", "a tab's name is made of 1 to 64 letters, digits, - and _")
	}
	return s, nil
}
