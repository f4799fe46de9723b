package site

import (
	"net/http"

	"wireroom/fault"
	"wireroom/hub"
)

// askHub takes what a listener asks for; it is confirmed before it counts.
func (s *Site) askHub(w http.ResponseWriter, r *http.Request) error {
	if s.Hub == nil || s.Masthead().PublicURL == "" {
		return fault.NotFound("the hub")
	}
	if err := r.ParseForm(); err != nil {
		return fault.Invalid("form", "it cannot be read")
	}
	get := r.PostForm.Get
	err := s.Hub.Ask(r.Context(), hub.Request{Mode: get("hub.mode"), Topic: get("hub.topic"), Callback: get("hub.callback"), Secret: get("hub.secret"), Lease: get("hub.lease_seconds")})
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}
