package desk

import (
	"encoding/json"
	"net/http"
	"strings"

	"wireroom/fault"
)

// wantsJSON reports whether a script asks, and not a person.
func (v *visit) wantsJSON() bool {
	return strings.Contains(v.r.Header.Get("Accept"), "application/json")
}

// json answers a script.
func (v *visit) json(w http.ResponseWriter, status int, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return fault.Internal("writing an answer", err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body)
	return nil
}
