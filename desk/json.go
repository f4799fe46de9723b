package desk

import (
	"net/http"
	"strings"
)

// wantsJSON reports whether a script asks, and not a person.
func (v *visit) wantsJSON() bool {
	return strings.Contains(v.r.Header.Get("Accept"), "application/json")
}

// json answers a script.
func (v *visit) json(w http.ResponseWriter, status int, value any) error {
	return answer(w, status, value)
}
