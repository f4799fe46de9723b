package site

import (
	"net/http"
	"strconv"

	"wireroom/web"
)

// moved leads from an address that a story had before the agency came here to
// the story's page. It reports whether it has answered.
func (s *Site) moved(w http.ResponseWriter, r *http.Request, v *visit) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || s.Door == nil {
		return false
	}
	lang, n, err := s.Door.Former(r.Context(), r.URL, v.Viewer)
	if err != nil {
		if web.Status(err) >= http.StatusInternalServerError {
			s.Log.Error("an old address could not be looked for", "error", err)
		}
		return false
	}
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, storyURL(string(lang), strconv.FormatInt(int64(n), 10)), http.StatusMovedPermanently)
	return true
}
