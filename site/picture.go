package site

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"wireroom/reveal"

	"wireroom/fault"
	"wireroom/media"
	"wireroom/story"
)

// picture serves a story's picture to those who may have it with the story.
// Caches ask each time whether they still may, for its story may be killed.
func (s *Site) picture(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	n, err := number(r.PathValue("number"))
	if err != nil {
		return err
	}
	id := r.PathValue("picture")
	free, err := s.Door.Picture(r.Context(), v.edition(), n, id, v.Viewer)
	if err != nil {
		return err
	}
	width, err := strconv.Atoi(r.PathValue("width"))
	if err != nil || width < 1 {
		return fault.NotFound("picture")
	}
	file, kind, err := s.Pictures.Open(id, width)
	if err != nil {
		return err
	}
	defer file.Close()
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "private, no-store")
	if free {
		h.Set("Cache-Control", "public, max-age=0, must-revalidate")
		h.Set("ETag", fmt.Sprintf(`"%s-%d"`, id, width))
	}
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}

// leadPicture is the first picture that the rendition shows, for a list.
func (v *visit) leadPicture(r reveal.Rendition) *picture {
	for _, b := range r.Blocks() {
		if b.Type == story.PictureNode && b.Attrs != nil {
			if p := v.pictureOf(r, *b.Attrs); p != nil {
				p.Eager = true
				return p
			}
		}
	}
	return nil
}

// pictureOf is nil for a picture that the cabinet has not got.
func (v *visit) pictureOf(r reveal.Rendition, a story.Attrs) *picture {
	src, set, w, h := v.sources(r)(a.Picture)
	if src == "" {
		return nil
	}
	return &picture{Src: src, Set: set, W: w, H: h, Alt: a.Alt, Caption: a.Caption, By: a.Credit}
}

// sources gives the addresses of the rendition's pictures.
func (v *visit) sources(r reveal.Rendition) func(id string) (src, set string, w, h int) {
	base := storyURL(string(r.Lang()), strconv.FormatInt(int64(r.Number()), 10))
	return func(id string) (string, string, int, int) {
		if v.site.Pictures == nil {
			return "", "", 0, 0
		}
		w, h, err := v.site.Pictures.Size(id)
		if err != nil || w == 0 {
			return "", "", 0, 0
		}
		var set []string
		src := ""
		for _, width := range media.Widths {
			url := pictureURL(base, id, strconv.Itoa(width))
			set = append(set, fmt.Sprintf("%s %dw", url, min(width, w)))
			if width <= 960 {
				src = url
			}
			if width >= w {
				break
			}
		}
		return src, strings.Join(set, ", "), w, h
	}
}
