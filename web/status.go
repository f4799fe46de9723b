package web

import (
	"errors"
	"net/http"

	"wireroom/fault"
)

// Status is the HTTP status that speaks for err.
func Status(err error) int {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal.Status
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return http.StatusRequestEntityTooLarge
	}
	switch fault.KindOf(err) {
	case fault.KindNotFound:
		return http.StatusNotFound
	case fault.KindInvalid:
		return http.StatusBadRequest
	case fault.KindConflict:
		return http.StatusConflict
	case fault.KindForbidden:
		return http.StatusForbidden
	case fault.KindGone:
		return http.StatusGone
	}
	return http.StatusInternalServerError
}
