package site

import (
	"net/http"

	"golang.org/x/text/language"
)

// choose leads from the bare address to the edition that the reader's browser
// asks for, or to the agency's own.
func (s *Site) choose(w http.ResponseWriter, r *http.Request) error {
	if r.URL.RawQuery != "" && s.moved(w, r, s.mourner(r)) {
		return nil
	}
	h := w.Header()
	h.Set("Vary", "Accept-Language")
	h.Set("Cache-Control", "no-cache")
	http.Redirect(w, r, frontURL(s.spoken(r)), http.StatusFound)
	return nil
}

// spoken is the edition for a request whose address names none.
func (s *Site) spoken(r *http.Request) string {
	var tags []language.Tag
	langs := s.Masthead().Languages
	for _, l := range langs {
		tags = append(tags, language.Make(string(l)))
	}
	if len(tags) == 0 {
		return "en"
	}
	asked, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(asked) == 0 {
		return string(langs[0])
	}
	_, i, sure := language.NewMatcher(tags).Match(asked...)
	if sure == language.No {
		i = 0
	}
	return string(langs[i])
}
