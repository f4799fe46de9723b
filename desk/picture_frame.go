package desk

import (
	"math"
	"net/url"
	"strconv"
	"strings"

	"wireroom/fault"
	"wireroom/media"
	"wireroom/story"
)

// ratios are the shapes that a picture can be cut to, as the form names them.
var ratios = []string{"whole", "3:2", "16:9", "4:3", "1:1", "own"}

// typedPart is the part of a picture that a form or a script asks for. whole
// says that nothing is to be cut.
func (d *Desk) typedPart(picture string, get func(string) string, focusX, focusY float64) (part media.Rect, whole bool, err error) {
	shape := get("shape")
	switch shape {
	case "whole":
		return media.Rect{W: 1, H: 1}, true, nil
	case "", "own":
		part, err = typedRect(get)
		return part, false, err
	}
	across, down, ok := strings.Cut(shape, ":")
	a, errA := strconv.Atoi(across)
	b, errB := strconv.Atoi(down)
	if !ok || errA != nil || errB != nil || a < 1 || b < 1 || a > 100 || b > 100 {
		return part, false, fault.Invalid("crop", "%.20q is no shape", shape)
	}
	w, h, err := d.Pictures.Size(picture)
	if err != nil {
		return part, false, err
	}
	part = fitted(float64(w)/float64(h), float64(a)/float64(b), get("place"), focusX, focusY)
	return part, part.W == 1 && part.H == 1, nil
}

// fitted is the largest part of a picture with a ratio of its sides. It lies
// where place says on the side that is cut, or around the point.
func fitted(has, wants float64, place string, focusX, focusY float64) media.Rect {
	part := media.Rect{W: min(1, wants/has), H: min(1, has/wants)}
	at := func(size, focus float64) float64 {
		switch place {
		case "start":
			return 0
		case "end":
			return 1 - size
		case "focus":
			return min(max(focus-size/2, 0), 1-size)
		}
		return (1 - size) / 2
	}
	part.X, part.Y = at(part.W, focusX), at(part.H, focusY)
	return part
}

// retouched are a picture's attributes as the form has them. Of a part, the
// point stays where it lay in the whole, as far as it lies in the part.
func (d *Desk) retouched(a story.Attrs, form url.Values) (story.Attrs, error) {
	x, err := percent(form.Get("focus_x"))
	if err != nil {
		return a, err
	}
	y, err := percent(form.Get("focus_y"))
	if err != nil {
		return a, err
	}
	part, whole, err := d.typedPart(a.Picture, form.Get, float64(x)/100, float64(y)/100)
	if err != nil {
		return a, err
	}
	a.Caption, a.Credit, a.Alt = lines(form.Get("caption")), form.Get("credit"), lines(form.Get("alt"))
	if !whole {
		cut, err := d.Pictures.Crop(a.Picture, part)
		if err != nil {
			return a, err
		}
		a.Picture = cut.ID
		x, y = within(float64(x)/100, part.X, part.W), within(float64(y)/100, part.Y, part.H)
	}
	a.FocusX, a.FocusY = x, y
	switch {
	case x == centre && y == centre:
		a.FocusX, a.FocusY = 0, 0
	case x == 0 && y == 0:
		a.FocusY = 1 // the corner; 0 and 0 are the centre
	}
	return a, nil
}

// centre is where the point lies when nobody has chosen one, in percent.
const centre = 50

// focusOf is the point of a picture that stays in sight, in percent.
func focusOf(a story.Attrs) (x, y int) {
	if a.FocusX == 0 && a.FocusY == 0 {
		return centre, centre
	}
	return a.FocusX, a.FocusY
}

// within is a point of the whole in percent of a part.
func within(point, from, size float64) int {
	return int(math.Round(100 * min(max((point-from)/size, 0), 1)))
}

func percent(s string) (int, error) {
	if strings.TrimSpace(s) == "" {
		return centre, nil
	}
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	if err != nil || n < 0 || n > 100 {
		return 0, fault.Invalid("focus", "a point lies between 0 and 100 percent, not at %.20q", s)
	}
	return n, nil
}
