package portal

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/format/print"
	"wireroom/media"
	"wireroom/reveal"
	"wireroom/web/words"
)

// sheet is a story as its page, its preview and its print show it.
type sheet struct {
	frame
	row
	Sent, Byline, Advisory, Correction, Notice, Keywords string
	Body                                                 template.HTML
	Versions                                             []link
	Releases                                             []released
	Formats                                              []option
	File                                                 string // address of its files
	Follows                                              follows
}

// released is one release of a story.
type released struct {
	Number       int64
	Time, Signal string
	Mark         string
	Now          bool
}

// T is a sentence in the page's language; row and frame both have one.
func (s sheet) T(id string, args ...any) string { return s.frame.T(id, args...) }

func (v *visit) sheet(ctx context.Context, id string) (sheet, error) {
	all, err := v.releases(ctx, id)
	if err != nil {
		return sheet{}, err
	}
	d := all[len(all)-1]
	s := sheet{row: v.row(d), Sent: v.moment(sentAt(d)), Notice: d.Notice, File: strings.Replace(fileURL, "{id}", id, 1), Formats: v.formats()}
	s.frame = v.frame(s.Headline)
	for _, r := range all {
		name := v.T("signal-" + string(r.Signal))
		s.Releases = append(s.Releases, released{int64(r.Number), v.moment(r.At), name, marks[r.Signal], r.Number == d.Number})
	}
	rend, has := d.Rendition()
	if !has {
		return s, nil
	}
	s.Byline, s.Advisory, s.Correction = rend.Byline(), rend.Advisory(), rend.Correction()
	s.Keywords = strings.Join(rend.Keywords(), ", ")
	s.Body = v.body(rend)
	if s.Follows, err = v.namedIn(ctx, rend); err != nil {
		return s, err
	}
	versions, err := v.Door.Versions(ctx, rend, v.viewer)
	for _, other := range versions {
		if other.ID() != rend.ID() {
			s.Versions = append(s.Versions, link{URL: strings.Replace(storyURL, "{id}", string(other.ID()), 1), Text: other.Headline()})
		}
	}
	return s, err
}

// body prints what there is of a text. print escapes every character that came
// from a story, which is why its result may be taken for HTML.
func (v *visit) body(r reveal.Rendition) template.HTML {
	var b bytes.Buffer
	_ = print.HTML(&b, r.Blocks(), print.Options{Picture: v.sources(r), Sizes: "(min-width: 64rem) 34rem, calc(100vw - 2rem)", Dateline: r.Dateline()})
	return template.HTML(b.String())
}

func (v *visit) sources(r reveal.Rendition) func(id string) print.Image {
	base := strings.Replace(storyURL, "{id}", string(r.ID()), 1) + "/pictures/"
	return func(id string) (i print.Image) {
		if v.Pictures == nil {
			return i
		}
		w, h, err := v.Pictures.Size(id)
		if err != nil || w == 0 {
			return i
		}
		i.W, i.H = w, h
		var set []string
		for _, width := range media.Widths {
			at := base + id + "/" + strconv.Itoa(width)
			set = append(set, fmt.Sprintf("%s %dw", at, min(width, w)))
			if width <= 960 {
				i.Src = at
			}
			if width >= w {
				break
			}
		}
		i.Set = strings.Join(set, ", ")
		return i
	}
}

func (v *visit) moment(at time.Time) string { return words.Moment(v.lang, v.local(at)) }

func (p *Portal) story(w http.ResponseWriter, v *visit) error {
	s, err := v.sheet(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "story", "page", s)
}

// preview is the story alone, for the pane beside the list.
func (p *Portal) preview(w http.ResponseWriter, v *visit) error {
	s, err := v.sheet(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "story", "sheet", s)
}

// picture gives a picture to those who have its story.
func (p *Portal) picture(w http.ResponseWriter, v *visit) error {
	d, err := v.dispatch(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	id := v.r.PathValue("picture")
	rend, has := d.Rendition()
	width, wrong := strconv.Atoi(v.r.PathValue("width"))
	if !has || p.Pictures == nil || !slices.Contains(rend.Pictures(), id) || wrong != nil || width < 1 {
		return fault.NotFound("the picture")
	}
	file, kind, err := p.Pictures.Open(id, width)
	if err != nil {
		return err
	}
	defer file.Close()
	w.Header().Set("Content-Type", kind)
	http.ServeContent(w, v.r, "", time.Time{}, file)
	return nil
}
