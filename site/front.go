package site

import (
	"context"
	"net/http"
	"wireroom/reveal"

	"wireroom/story"
)

const (
	leadStories  = 4
	railStories  = 14
	blockStories = 5
)

// front is the edition's first page.
type front struct {
	frame
	Lead   *item
	Beside []item
	Rail   []group
	Blocks []block
}

// block is a section on the front page.
type block struct {
	label
	Top  item
	More []item
	Lone bool // the last of an odd number, with nothing beside it
}

func (s *Site) front(ctx context.Context, v *visit, _ *http.Request) (sheet, error) {
	f := front{frame: v.frame("")}
	if err := f.rings(ctx); err != nil {
		return sheet{}, err
	}
	f.Front, f.About = true, v.T("front-about", "agency", f.Agency)
	leads, err := s.Door.Leads(ctx, v.edition(), leadStories, v.Viewer)
	if err != nil {
		return sheet{}, err
	}
	shown := map[story.Number]bool{}
	for i, r := range leads {
		shown[r.Number()] = true
		it := v.item(r)
		if i == 0 {
			it.Picture = v.leadPicture(r)
			f.Lead = &it
			continue
		}
		f.Beside = append(f.Beside, it)
	}
	if err := f.blocks(ctx, v, shown); err != nil {
		return sheet{}, err
	}
	f.Rail, err = v.rail(ctx, railStories, 0)
	if err != nil {
		return sheet{}, err
	}
	f.Card = &card{Type: "website", Title: f.Agency, About: f.About}
	return sheet{"front", &f}, nil
}

// blocks fills the sections with stories that the leads have not shown.
func (f *front) blocks(ctx context.Context, v *visit, shown map[story.Number]bool) error {
	for _, sec := range v.house.Sections {
		q := reveal.Query{Lang: v.edition(), Section: sec.ID, Limit: blockStories + leadStories, Brief: true}
		rs, err := v.site.Door.List(ctx, q, v.Viewer)
		if err != nil {
			return err
		}
		rest := without(rs, shown, blockStories)
		if len(rest) == 0 {
			continue
		}
		b := block{label: v.label(sec), Top: v.item(rest[0]), More: v.items(rest[1:])}
		for _, r := range rest {
			shown[r.Number()] = true
		}
		f.Blocks = append(f.Blocks, b)
	}
	if n := len(f.Blocks); n%2 == 1 {
		f.Blocks[n-1].Lone = true
	}
	return nil
}
