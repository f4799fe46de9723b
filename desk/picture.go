package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/format/print"
	"wireroom/media"
	"wireroom/web"
)

func (d *Desk) pictureRoutes() []web.Route {
	return []web.Route{
		{Method: "POST", Pattern: "/desk/pictures", Handler: d.pictured(d.takePicture), MaxBody: formSize},
		{Method: "GET", Pattern: "/desk/pictures/{picture}", Handler: d.seated(d.picturePage)},
		{Method: "GET", Pattern: "/desk/pictures/{picture}/{width}", Handler: d.seated(d.picture)},
		{Method: "POST", Pattern: "/desk/pictures/{picture}/frame", Handler: d.seated(d.framePicture)},
		{Method: "POST", Pattern: "/desk/pictures/{picture}/crop", Handler: d.pictured(d.cropPicture)},
	}
}

// shot is a picture as a script is told of it. Caption and credit are what
// came in the file, for a person to take or leave.
type shot struct {
	ID      string `json:"id"`
	Width   int    `json:"width"`
	Height  int    `json:"height"`
	Src     string `json:"src"`
	Caption string `json:"caption"`
	Credit  string `json:"credit"`
}

// shotWidth is the width in which a script first shows a picture.
const shotWidth = 640

// takes is how a request about pictures is answered: a new picture, or why
// there is none.
type takes func(v *visit) (media.Picture, error)

// pictured answers a script with JSON, and a form with the new picture's page.
func (d *Desk) pictured(take takes) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if asksPage(r) {
			return d.seated(func(w http.ResponseWriter, v *visit) error {
				p, err := take(v)
				if err != nil {
					return err
				}
				return v.see(w, picturePageURL(p.ID, ""))
			})(w, r)
		}
		v, err := d.visit(r)
		if errors.Is(err, errOutside) {
			return tell(w, http.StatusUnauthorized, whyNot{d.outsideWords(r)})
		}
		if err != nil {
			return err
		}
		p, err := take(v)
		if err == nil {
			return tell(w, http.StatusOK, shot{p.ID, p.W, p.H, pictureURL(p.ID, shotWidth), p.Offered.Caption, p.Offered.Credit})
		}
		switch web.Status(err) {
		case http.StatusBadRequest:
			return tell(w, http.StatusUnprocessableEntity, whyNot{v.unfit(err)})
		case http.StatusNotFound, http.StatusRequestEntityTooLarge:
			return tell(w, web.Status(err), whyNot{v.reason(err)})
		}
		return err
	}
}

// asksPage tells a browser's form from a script.
func asksPage(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }

type whyNot struct {
	Why string `json:"why"`
}

func tell(w http.ResponseWriter, status int, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	return json.NewEncoder(w).Encode(v)
}

func (d *Desk) outsideWords(r *http.Request) string {
	v, err := d.stranger(r)
	if err != nil {
		return ""
	}
	return v.T("outside-why")
}

// unfit says in the language of the screens why a picture is not taken.
func (v *visit) unfit(err error) string {
	var u *media.Unfit
	if errors.As(err, &u) {
		return v.T("unfit-"+string(u.Reason), "width", u.Width, "height", u.Height,
			"megapixels", media.MaxPixels/1_000_000, "megabytes", media.MaxBytes>>20)
	}
	var f *fault.Error
	if errors.As(err, &f) && f.Subject == "crop" {
		return v.T("unfit-crop", "least", media.LeastCrop)
	}
	return v.rule("picture", err)
}

// takePicture takes a picture in by itself, before a story names it.
func (d *Desk) takePicture(v *visit) (media.Picture, error) {
	parts, err := v.r.MultipartReader()
	if err != nil {
		return media.Picture{}, badForm(err)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return media.Picture{}, fault.Invalid("picture", "choose a file first")
		}
		if err != nil {
			return media.Picture{}, badForm(err)
		}
		if part.FileName() != "" {
			return d.Pictures.Add(part)
		}
	}
}

// cropPicture cuts a part out of a picture. Scripts send fractions of 1, the
// form percents.
func (d *Desk) cropPicture(v *visit) (media.Picture, error) {
	if err := v.r.ParseForm(); err != nil {
		return media.Picture{}, badForm(err)
	}
	id := v.r.PathValue("picture")
	part, whole, err := d.typedPart(id, v.r.PostForm.Get, 0.5, 0.5)
	if err != nil {
		return media.Picture{}, err
	}
	if whole {
		w, h, err := d.Pictures.Size(id)
		return media.Picture{ID: id, W: w, H: h}, err
	}
	return d.Pictures.Crop(id, part)
}

func typedRect(get func(string) string) (media.Rect, error) {
	names, unit := []string{"x", "y", "w", "h"}, 1.0
	if get("x") == "" && get("w") == "" {
		names, unit = []string{"left", "top", "width", "height"}, 100
	}
	var all [4]float64
	for i, name := range names {
		n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(get(name)), ",", "."), 64)
		if err != nil {
			return media.Rect{}, fault.Invalid("crop", "%.50q is no number", get(name))
		}
		all[i] = n / unit
	}
	return media.Rect{X: all[0], Y: all[1], W: all[2], H: all[3]}, nil
}

// picture serves a picture of the cabinet to the staff.
func (d *Desk) picture(w http.ResponseWriter, v *visit) error {
	width, err := strconv.Atoi(v.r.PathValue("width"))
	if err != nil {
		return fault.NotFound("picture")
	}
	file, kind, err := d.Pictures.Open(v.r.PathValue("picture"), width)
	if err != nil {
		return err
	}
	defer file.Close()
	w.Header().Set("Content-Type", kind)
	http.ServeContent(w, v.r, "", time.Time{}, file)
	return nil
}

// sources gives the addresses of a picture at the desk.
func (v *visit) sources(id string) (i print.Image) {
	w, h, err := v.desk.Pictures.Size(id)
	if err != nil || w == 0 {
		return print.Image{}
	}
	i.W, i.H = w, h
	var all []string
	for _, width := range media.Widths {
		all = append(all, fmt.Sprintf("%s %dw", pictureURL(id, width), min(width, w)))
		if width <= shotWidth {
			i.Src = pictureURL(id, width)
		}
		if width >= w {
			break
		}
	}
	i.Set = strings.Join(all, ", ")
	return i
}
