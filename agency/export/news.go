package export

import (
	"archive/zip"
	"context"
	"encoding/json"
	"io"
	"path"
	"time"

	"wireroom/clients"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/format"
	"wireroom/format/ninjs"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// atOnce is how many records of the wire are looked at together.
const atOnce = 100

// news writes what readers can see as ninjs: the last record of each story, in
// the order of the wire, as a client has it who buys everything.
func (p *packer) news(ctx context.Context, q db.Reader, m masthead.Masthead) error {
	return p.file(newsName, zip.Deflate, func(w io.Writer) (n int64, err error) {
		now, err := wire.Newest(ctx, q)
		if err != nil {
			return 0, err
		}
		// An embargo is over when the wire says so, whenever this is written.
		door := reveal.New(q, func() masthead.Masthead { return m }, func() time.Time { return now })
		everything := reveal.Client(reveal.Contract{Products: []reveal.Selection{{Full: true}}}, now)
		lines := json.NewEncoder(w)
		lines.SetEscapeHTML(false)
		for last := wire.Number(0); ; {
			records, err := wire.Lasts(ctx, q, last, atOnce, string(story.SignalPin))
			if err != nil || len(records) == 0 {
				return n, err
			}
			last = records[len(records)-1].Number
			sheet, err := door.Sheet(ctx, records)
			if err != nil {
				return n, err
			}
			for _, d := range sheet.For(everything) {
				item, err := p.item(ctx, door, everything, m, d)
				if err != nil {
					return n, err
				}
				if err := lines.Encode(ninjs.Object(item, format.Options{})); err != nil {
					return n, fault.Internal("writing ninjs", err)
				}
				n++
				p.opt.tell(newsName, n)
			}
		}
	})
}

func (p *packer) item(ctx context.Context, door *reveal.Door, v reveal.Viewer, m masthead.Masthead, d reveal.Dispatch) (format.Item, error) {
	item := clients.Item(m, d, p.sizes)
	r, has := d.Rendition()
	if !has {
		return item, nil
	}
	others, err := door.Versions(ctx, r, v)
	if err != nil {
		return item, err
	}
	for _, o := range others {
		if o.ID() != r.ID() {
			item.Siblings = append(item.Siblings, format.Sibling{URI: clients.URI(o.ID()), Lang: string(o.Lang()), Headline: o.Headline()})
		}
	}
	return item, nil
}

// sizes gives a picture as the export has it: whole, under its name there. One
// that is missing is none.
func (p *packer) sizes(_ story.ID, id string) []format.Size {
	w, h, err := p.house.Pictures.Size(id)
	if err != nil {
		return nil
	}
	ending, err := pictureEnding(p.house.Pictures, id)
	if err != nil {
		return nil
	}
	kind := "image/jpeg"
	if ending == ".png" {
		kind = "image/png"
	}
	return []format.Size{{Href: path.Join(pictureDir, id+ending), Type: kind, Width: w, Height: h}}
}
