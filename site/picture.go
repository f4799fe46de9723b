package site

import (
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/format/print"
	"wireroom/media"
	"wireroom/reveal"
	"wireroom/story"
)

// asWebP ends the address of a picture for those who can show WebP.
const asWebP = ".webp"

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
	if q := r.URL.Query(); q.Has(openTicket) || q.Has(giftTicket) {
		if rend, err := s.asked(r, v); err == nil && rend.Locked() {
			if _, err := s.admits(r, v, rend.ID(), false); err != nil {
				return err
			}
		}
	}
	free, err := s.Door.Picture(r.Context(), v.edition(), n, id, v.Viewer)
	if err != nil {
		return err
	}
	open, asked := s.Pictures.Open, r.PathValue("width")
	if plain, light := strings.CutSuffix(asked, asWebP); light {
		open, asked = s.Pictures.OpenWebP, plain
	}
	width, err := strconv.Atoi(asked)
	if err != nil || width < 1 || strconv.Itoa(width) != asked {
		return fault.NotFound("picture")
	}
	file, kind, err := open(id, width)
	if err != nil {
		return err
	}
	defer file.Close()
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "private, no-store")
	if free {
		h.Set("Cache-Control", "public, max-age=0, must-revalidate")
		h.Set("ETag", fmt.Sprintf(`"%s-%d-%s"`, id, width, path.Base(kind)))
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
	i := v.sources(r)(a.Picture)
	if i.Src == "" {
		return nil
	}
	x, y := a.Focus()
	return &picture{Src: i.Src, Set: i.Set, Light: i.Light, W: i.W, H: i.H, FocusX: tenth(x), FocusY: tenth(y)}
}

// tenth rounds a percentage to tens: a place in a crop needs no more, and the
// style sheet has a rule for each.
func tenth(percent int) int { return (percent + 5) / 10 * 10 }

// sources gives the addresses of the rendition's pictures.
func (v *visit) sources(r reveal.Rendition) func(id string) print.Image {
	base := storyURL(string(r.Lang()), strconv.FormatInt(int64(r.Number()), 10))
	return func(id string) (i print.Image) {
		if v.site.Pictures == nil {
			return print.Image{}
		}
		w, h, err := v.site.Pictures.Size(id)
		if err != nil || w == 0 {
			return print.Image{}
		}
		i.W, i.H = w, h
		var set, light []string
		for _, width := range media.Widths {
			url := pictureURL(base, id, strconv.Itoa(width))
			set = append(set, fmt.Sprintf("%s%s %dw", url, v.ticket, min(width, w)))
			light = append(light, fmt.Sprintf("%s%s%s %dw", url, asWebP, v.ticket, min(width, w)))
			if width <= 960 {
				i.Src = url + v.ticket
			}
			if width >= w {
				break
			}
		}
		i.Set, i.Light = strings.Join(set, ", "), strings.Join(light, ", ")
		return i
	}
}
