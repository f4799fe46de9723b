package desk

import (
	"html/template"
	"strings"

	"wireroom/format/print"
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
	if p.Lead, err = v.marked(c.Body.Blocks[:lead], 0, dateline); err != nil {
		return p, err
	}
	if len(c.Body.Blocks[:lead]) > 0 {
		dateline = ""
	}
	p.Rest, err = v.marked(c.Body.Blocks[lead:], lead, dateline)
	return p, err
}

// html prints blocks. The printer escapes all that an editor or an importer
// wrote, so its words are the page's own.
func (v *visit) html(blocks []story.Node, dateline string) (template.HTML, error) {
	var b strings.Builder
	err := print.HTML(&b, blocks, print.Options{Picture: v.sources, Sizes: "40rem", Dateline: dateline})
	return template.HTML(b.String()), err
}
