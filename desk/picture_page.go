package desk

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"wireroom/fault"
	"wireroom/format/print"
	"wireroom/media"
	"wireroom/story"
)

// picturing is the page of one picture, alone or as it stands in a story.
type picturing struct {
	frame
	ID     string
	Image  print.Image
	Sizes  []pictureSize
	In     *pictureIn // the story that it was opened from; nil is none
	Action string     // of the form; "" when there is nothing to change
	Notice string
	Typed  url.Values
	Shapes []option
	Places []option
	Wrong  string
}

// pictureSize is a width in which the picture is kept.
type pictureSize struct {
	URL  string
	W, H int
}

// pictureIn is what the story says of the picture.
type pictureIn struct {
	URL, Lang, Headline string
	Attrs               story.Attrs
	Unsaved             string // address of words that the person has not saved yet, which go first
}

// Field is a text as it was typed.
func (p *picturing) Field(name string) string { return p.Typed.Get(name) }

// picturePageURL is the page of a picture; of is the story that shows it.
func picturePageURL(id string, of story.ID) string {
	url := "/desk/pictures/" + id
	if of != "" {
		url += "?story=" + string(of)
	}
	return url
}

// picturePage shows a picture by itself.
func (d *Desk) picturePage(w http.ResponseWriter, v *visit) error {
	p := &picturing{Typed: url.Values{}}
	if id := v.r.URL.Query().Get("story"); id != "" {
		st, err := d.Stories.Get(v.r.Context(), story.ID(id))
		if err != nil {
			return err
		}
		if err := p.in(v, st, v.r.PathValue("picture")); err != nil {
			return err
		}
	}
	if v.r.URL.Query().Get("done") != "" {
		p.Notice = v.T("photo-done")
	}
	return v.showPicture(w, http.StatusOK, p)
}

// in fills in what the story says; a story that does not show the picture is
// passed over.
func (p *picturing) in(v *visit, st story.Story, picture string) error {
	i := slices.IndexFunc(st.Content.Body.Blocks, shows(picture))
	if i < 0 {
		return nil
	}
	p.In = &pictureIn{URL: storyURL(st.ID), Lang: string(st.Lang), Headline: st.Content.Headline, Attrs: *st.Content.Body.Blocks[i].Attrs}
	kept, err := v.desk.Stories.WorkingOf(v.r.Context(), st.ID, v.person.ID)
	switch {
	case err != nil:
		return err
	case !kept.None():
		p.In.Unsaved = actURL(st.ID, "edit")
	case v.may(story.ActRevise, st):
		p.Action = "/desk/pictures/" + picture + "/frame?story=" + string(st.ID)
	}
	a := p.In.Attrs
	x, y := focusOf(a)
	for name, value := range map[string]string{"caption": a.Caption, "credit": a.Credit, "alt": a.Alt, "focus_x": strconv.Itoa(x), "focus_y": strconv.Itoa(y)} {
		p.Typed.Set(name, value)
	}
	return nil
}

func shows(picture string) func(story.Node) bool {
	return func(n story.Node) bool {
		return n.Type == story.PictureNode && n.Attrs != nil && n.Attrs.Picture == picture
	}
}

func (v *visit) showPicture(w http.ResponseWriter, status int, p *picturing) error {
	p.ID = v.r.PathValue("picture")
	if p.Image = v.sources(p.ID); p.Image.W == 0 {
		return fault.NotFound("picture")
	}
	if p.In == nil {
		p.Action = "/desk/pictures/" + p.ID + "/crop"
	}
	last := 0
	for _, width := range media.Widths {
		at := min(width, p.Image.W)
		if at != last {
			p.Sizes = append(p.Sizes, pictureSize{pictureURL(p.ID, width), at, (p.Image.H*at + p.Image.W/2) / p.Image.W})
		}
		last = at
	}
	for _, s := range ratios {
		p.Shapes = append(p.Shapes, option{s, v.T("photo-shape-" + strings.ReplaceAll(s, ":", "-")), p.Field("shape") == s})
	}
	for _, s := range []string{"focus", "start", "centre", "end"} {
		p.Places = append(p.Places, option{s, v.T("photo-place-" + s), p.Field("place") == s})
	}
	p.frame = v.frame(v.T("photo-title"))
	p.frame.style("picture.css")
	return v.show(w, status, "picture", p)
}

// framePicture gives a picture of a story another part, point or words. It
// becomes a revision over the newest one, so nobody's text is touched by it.
func (d *Desk) framePicture(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	st, err := d.Stories.Get(v.r.Context(), story.ID(v.r.URL.Query().Get("story")))
	if err != nil {
		return err
	}
	p, id := &picturing{Typed: url.Values{}}, v.r.PathValue("picture")
	if err := p.in(v, st, id); err != nil {
		return err
	}
	if p.In == nil {
		return fault.NotFound("picture")
	}
	if err := story.May(v.person, story.ActRevise, st); err != nil {
		return err
	}
	p.Typed = v.r.PostForm
	if p.In.Unsaved != "" {
		return v.showPicture(w, http.StatusConflict, p)
	}
	attrs, err := d.retouched(p.In.Attrs, v.r.PostForm)
	if err == nil {
		st, err = d.Stories.Revise(v.r.Context(), v.person, st.ID, st.Revision, withPicture(st.Content, id, attrs))
	}
	var stale *story.Stale
	switch {
	case err == nil:
		return v.see(w, picturePageURL(attrs.Picture, st.ID)+"&done=yes")
	case errors.As(err, &stale):
		p.Wrong = v.T("photo-again")
		return v.showPicture(w, http.StatusConflict, p)
	case fault.Is(err, fault.KindInvalid):
		p.Wrong = v.unfit(err)
		return v.showPicture(w, http.StatusUnprocessableEntity, p)
	}
	return err
}

// withPicture is the content with other attributes wherever it shows a picture.
func withPicture(c story.Content, id string, attrs story.Attrs) story.Content {
	c.Body.Blocks = slices.Clone(c.Body.Blocks)
	is := shows(id)
	for i, n := range c.Body.Blocks {
		if is(n) {
			c.Body.Blocks[i].Attrs = &attrs
		}
	}
	return c
}

// pictured is a picture of a story that leads to its page.
type pictured struct{ URL, Src, Name string }

// pictures are those that a body shows, each once.
func (v *visit) pictures(id story.ID, body story.Body) (all []pictured) {
	seen := map[string]bool{}
	for _, n := range body.Blocks {
		if n.Type != story.PictureNode || n.Attrs == nil || seen[n.Attrs.Picture] {
			continue
		}
		seen[n.Attrs.Picture] = true
		all = append(all, pictured{picturePageURL(n.Attrs.Picture, id), pictureURL(n.Attrs.Picture, media.Widths[0]), v.T("photo-of", "nth", len(all)+1)})
	}
	return all
}
