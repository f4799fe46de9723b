package web

import (
	"fmt"
	"net/http"
)

// Who names the session that a route needs.
type Who string

// The kinds of session. The faces check them; Mux marks every answer above
// Anyone as private.
const (
	Anyone Who = "anyone"
	Reader Who = "reader"
	Staff  Who = "staff"
	Client Who = "client" // a client's machine, by a token
	Seat   Who = "seat"   // one of a client's people, at the portal
)

// Handler answers a request or says why it cannot. It returns an error only
// while nothing has been written.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one line of a face's table of addresses.
type Route struct {
	Method  string // GET answers HEAD too
	Pattern string // as http.ServeMux has it, without method: "/{lang}/latest"
	Who     Who
	Handler Handler
	MaxBody int64 // bytes of the request's body; 0 is one mebibyte
}

// Refusal is an error that is only an HTTP status, such as 405 or 413.
type Refusal struct {
	Status int
	Allow  string // for 405: the methods that would do
}

func (e *Refusal) Error() string {
	return fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))
}
