package desk

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/format/print"
	"wireroom/media"
	"wireroom/story"
)

// preview is a text as readers will have it, and where it is cut for those
// without the plan.
type preview struct {
	Lang     string
	Sections string
	Headline string
	Teaser   *teaser // nil when lists show the first paragraph
	Byline   string
	Dateline string // where no block follows to carry it
	Lead     template.HTML
	Rest     template.HTML
	Cut      string // the words at the cut; "" when the text is whole for all
	Words    int
	Blocks   int
}

// teaser stands in lists alone, for those who may read the whole story.
type teaser struct{ InLists, Lang, Words string }

func (v *visit) preview(st story.Story, c story.Content) (preview, error) {
	dateline := story.Dateline(c, st.Lang, v.house.Credit(st.Lang))
	p := preview{
		Lang: string(st.Lang), Sections: v.sections(c.Sections), Headline: c.Headline, Byline: c.Byline,
		Words: len(strings.Fields(print.Text(c.Body.Blocks))), Blocks: len(c.Body.Blocks),
	}
	if c.Teaser != "" {
		p.Teaser = &teaser{v.T("teaser-in-lists"), string(st.Lang), c.Teaser}
	}
	lead := len(c.Body.Blocks)
	if plan, ok := v.house.Plan(c.Plan); ok && v.plan(c) != "" {
		lead = c.Lead()
		p.Cut = v.T("cut-here", "plan", plan.Name(v.edition()))
	}
	var err error
	if p.Lead, err = v.html(c.Body.Blocks[:lead], dateline); err != nil {
		return p, err
	}
	if len(c.Body.Blocks[:lead]) > 0 {
		dateline = ""
	}
	p.Rest, err = v.html(c.Body.Blocks[lead:], dateline)
	return p, err
}

// html prints blocks. The printer escapes all that an editor or an importer
// wrote, so its words are the page's own.
func (v *visit) html(blocks []story.Node, dateline string) (template.HTML, error) {
	var b strings.Builder
	err := print.HTML(&b, blocks, print.Options{Picture: v.sources, Sizes: "40rem", Dateline: dateline})
	return template.HTML(b.String()), err
}

// sources gives the addresses of a picture at the desk.
func (v *visit) sources(id string) (src, set string, w, h int) {
	w, h, err := v.desk.Pictures.Size(id)
	if err != nil || w == 0 {
		return "", "", 0, 0
	}
	var all []string
	for _, width := range media.Widths {
		all = append(all, fmt.Sprintf("%s %dw", pictureURL(id, width), min(width, w)))
		if width <= 640 {
			src = pictureURL(id, width)
		}
		if width >= w {
			break
		}
	}
	return src, strings.Join(all, ", "), w, h
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
