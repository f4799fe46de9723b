package site

import (
	"io"
	"net/http"
)

// robots tells search engines what is not for them and where the maps are.
func (s *Site) robots(w http.ResponseWriter, _ *http.Request) error {
	text := "User-agent: *\nDisallow: /desk/\nDisallow: /account/\n"
	if public := s.Masthead().PublicURL; public != "" {
		text += "\nSitemap: " + public + "/sitemap.xml\nSitemap: " + public + "/news-sitemap.xml\n"
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = io.WriteString(w, text)
	return nil
}
