package markup

import (
	"fmt"
	"regexp"
	"strconv"

	"wireroom/story"
)

// focus is how a picture's point that stays in sight is written: percents from
// the left and from the top.
var focus = regexp.MustCompile(`^(\d{1,3})% (\d{1,3})%$`)

// picture reads what stands behind !picture. A fifth field that is no focus
// belongs to the description, like whatever follows it.
func picture(s string) story.Node {
	all := bars(s)
	a := &story.Attrs{}
	if len(all) == 5 {
		if x, y, ok := readFocus(all[4]); ok {
			a.FocusX, a.FocusY = x, y
			all = all[:4]
		}
	}
	f := texts(all, 4)
	a.Picture, a.Caption, a.Credit, a.Alt = f[0], f[1], f[2], f[3]
	return story.Node{Type: story.PictureNode, Attrs: a}
}

func readFocus(s string) (x, y int, ok bool) {
	m := focus.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	x, _ = strconv.Atoi(m[1])
	y, _ = strconv.Atoi(m[2])
	return x, y, x <= 100 && y <= 100
}

func printFocus(a story.Attrs) string {
	if a.FocusX == 0 && a.FocusY == 0 {
		return ""
	}
	return fmt.Sprintf("%d%% %d%%", a.FocusX, a.FocusY)
}
