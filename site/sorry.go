package site

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/web"
)

// sorry is the page that says why there is no other.
type sorry struct {
	frame
	Status int
	Say    string
	Notice string // of a story that was killed
}

// Sorry speaks to a reader when something went wrong, in the language of the
// edition that was asked for or of the browser.
func (s *Site) Sorry(w http.ResponseWriter, r *http.Request, err error) {
	status := web.Status(err)
	v := s.mourner(r)
	if status == http.StatusNotFound && s.moved(w, r, v) {
		return
	}
	p := sorry{frame: v.frame(""), Status: status}
	id := "sorry-" + strconv.Itoa(sentenceFor(status))
	p.Title, p.Say, p.Hidden = v.T(id), v.T(id+"-say"), true
	p.switches(func(string) string { return "" })
	var killed *reveal.Killed
	if errors.As(err, &killed) {
		p.Notice = killed.Notice
	}
	if err := s.send(w, v, status, sheet{"sorry", &p}); err != nil {
		s.Log.Error("the page for an error failed", "error", err)
		http.Error(w, http.StatusText(status), status)
	}
}

// mourner is the visit for a page about an error, which must be able to speak
// when nothing else works.
func (s *Site) mourner(r *http.Request) *visit {
	house := s.Masthead()
	lang, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if !house.Has(masthead.Lang(lang)) {
		lang = s.spoken(r)
	}
	g, err := s.guest(r.Context(), s.session(r))
	if err != nil {
		g = guest{signed: true} // unknown, so nobody may keep the page
	}
	return s.begin(house, lang, r.URL.Path, g)
}

// sentenceFor is the status whose sentence says the same.
func sentenceFor(status int) int {
	switch {
	case status >= http.StatusInternalServerError:
		return http.StatusInternalServerError
	case status == http.StatusNotFound, status == http.StatusGone, status == http.StatusForbidden:
		return status
	}
	return http.StatusBadRequest
}
