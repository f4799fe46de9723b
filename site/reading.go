package site

import (
	"net/http"

	"wireroom/web"
)

// counted counts who reads a page that was given.
func (s *Site) counted(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := h(w, r); err != nil {
			return err
		}
		s.Counted(r)
		return nil
	}
}

// Counted counts a story that was given in answer to a request, if it was for
// one. Who read it is told from others for the day, and known to nobody.
func (s *Site) Counted(r *http.Request) {
	if s.Tally == nil || r.Method != http.MethodGet {
		return
	}
	if session := s.session(r); session != "" {
		s.Tally.Read(r.URL.Path, session)
		return
	}
	at, ok := web.From(r)
	if !ok {
		return // the program looks at its own pages
	}
	wide := at.As16()
	s.Tally.Read(r.URL.Path, string(wide[:]), r.UserAgent())
}

// AtCompany reports whether a request comes from the network of a company,
// which has other pages than everybody. When it cannot be told it may.
func (s *Site) AtCompany(r *http.Request) bool {
	at, ok := web.From(r)
	if !ok {
		return false
	}
	held, err := s.Readers.ByNetwork(r.Context(), at)
	return err != nil || len(held) > 0
}
