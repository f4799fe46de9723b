package ticker

import (
	"encoding/json"
	"errors"
	"net/http"

	"wireroom/fault"
	"wireroom/web"
)

// problem is an answer that is no, as RFC 9457 has it.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"` // what to do
	Name   string `json:"name,omitempty"`
}

// Sorry answers an error to a client's machine.
func (t *Ticker) Sorry(w http.ResponseWriter, r *http.Request, err error) {
	p := problem{Type: "about:blank", Status: web.Status(err)}
	p.Title = http.StatusText(p.Status)
	var no *refused
	var wrong *fault.Error
	switch {
	case errors.As(err, &no):
		p.Title, p.Detail = no.title, no.detail
		if no.header[0] != "" {
			w.Header().Set(no.header[0], no.header[1])
		}
	case p.Status == http.StatusNotFound:
		p.Detail = "There is nothing here that you may have. The addresses are in " + openAPIURL + "."
	case p.Status == http.StatusMethodNotAllowed:
		p.Detail = "This address takes other methods; see the Allow header."
	case errors.As(err, &wrong) && wrong.Kind == fault.KindInvalid:
		p.Detail, p.Name = wrong.Why, wrong.Subject
	case p.Status >= http.StatusInternalServerError:
		p.Detail = "The agency's program failed and has noted it. Ask again in a minute."
	default:
		p.Detail = err.Error()
	}
	if r.URL.Path == docsURL || !machine(r) {
		t.sorryPage(w, r, p)
		return
	}
	writeJSON(w, p.Status, "application/problem+json", p)
}

// writeJSON has nobody to tell when the other end has gone.
func writeJSON(w http.ResponseWriter, status int, kind string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = w.Write(append(data, '\n'))
}
