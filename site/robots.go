package site

import (
	"io"
	"net/http"
)

// robots tells search engines what is not for them and where the maps are.
func (s *Site) robots(w http.ResponseWriter, r *http.Request) error {
	text := "User-agent: *\nDisallow: /desk/\nDisallow: /account/\n"
	base := s.base(r)
	text += "\nSitemap: " + base + "/sitemap.xml\nSitemap: " + base + "/news-sitemap.xml\n"
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = io.WriteString(w, text)
	return nil
}
