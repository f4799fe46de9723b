package portal

import (
	"context"
	"slices"
	"time"

	"wireroom/clients"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

const (
	// pageRows is how many stories a page of the list holds.
	pageRows = 50
	// readAtOnce records are read from the wire at a time.
	readAtOnce = 200
	// mostLooked bounds the records whose stories one page looks through, and
	// mostRead those of which it reads the record alone.
	mostLooked = 3000
	mostRead   = 60_000
)

// stretch is a page of the list, the latest first.
type stretch struct {
	found []reveal.Dispatch
	next  wire.Number // before which the next page begins; 0 is that there is none
	short bool        // enough was looked through before the page was full
}

// latest gives the stories that are asked for, each once, where its last
// record before a number stands.
func (v *visit) latest(ctx context.Context, s clients.Search, before wire.Number) (stretch, error) {
	var out stretch
	sought, err := v.Clients.Ready(ctx, s, v.house)
	if err != nil {
		return out, err
	}
	for looked, read := 0, 0; ; {
		records, err := v.Wire.Latest(ctx, before, readAtOnce)
		if err != nil || len(records) == 0 {
			return out, err
		}
		worth := slices.DeleteFunc(v.due(records), func(r wire.Record) bool { return !s.May(r) })
		sheet, err := v.Door.Sheet(ctx, worth)
		if err != nil {
			return out, err
		}
		for _, d := range sheet.For(v.viewer) {
			if len(out.found) == pageRows {
				out.next = out.found[pageRows-1].Number
				return out, nil
			}
			if !sought.Wants(d) {
				continue
			}
			last, err := v.last(ctx, d)
			if err != nil {
				return out, err
			}
			if last {
				out.found = append(out.found, d)
			}
		}
		before = records[len(records)-1].Number
		looked, read = looked+len(worth), read+len(records)
		if looked >= mostLooked || read >= mostRead {
			out.next, out.short = before, true
			return out, nil
		}
	}
}

// due leaves the records that the client may know of by now: who is served
// late hears at once of nothing but what mends or takes back.
func (v *visit) due(records []wire.Record) []wire.Record {
	if v.client.Delay == 0 {
		return slices.Clone(records)
	}
	var all []wire.Record
	for _, r := range records {
		if v.isDue(r) {
			all = append(all, r)
		}
	}
	return all
}

func (v *visit) isDue(r wire.Record) bool {
	return !r.At.After(v.now.Add(-v.client.Delay)) || reveal.Grave(story.Signal(r.Signal))
}

// last reports whether no later record of the story has come to the client.
func (v *visit) last(ctx context.Context, d reveal.Dispatch) (bool, error) {
	if v.client.Delay == 0 {
		newer, err := v.Wire.Newer(ctx, string(d.Story), d.Number, string(story.SignalPin))
		return !newer, err
	}
	records, err := v.Wire.Of(ctx, string(d.Story))
	if err != nil {
		return false, err
	}
	for _, r := range records {
		if r.Number > d.Number && r.Signal != string(story.SignalPin) && v.isDue(r) {
			return false, nil
		}
	}
	return true, nil
}

// releases are those of a story that the client may know of, the latest last;
// NotFound without any.
func (v *visit) releases(ctx context.Context, id string) ([]reveal.Dispatch, error) {
	if !db.IsID(id) {
		return nil, fault.NotFound("the story")
	}
	records, err := v.Wire.Of(ctx, id)
	if err != nil {
		return nil, err
	}
	sheet, err := v.Door.Sheet(ctx, v.due(records))
	if err != nil {
		return nil, err
	}
	all := sheet.For(v.viewer)
	if len(all) == 0 {
		return nil, fault.NotFound("the story")
	}
	return all, nil
}

// dispatch is a story as the client may have it now; NotFound.
func (v *visit) dispatch(ctx context.Context, id string) (reveal.Dispatch, error) {
	all, err := v.releases(ctx, id)
	if err != nil {
		return reveal.Dispatch{}, err
	}
	return all[len(all)-1], nil
}

// sentAt is when the news is from: what came into the archive at one go was
// sent long before.
func sentAt(d reveal.Dispatch) time.Time {
	if r, has := d.Rendition(); has && d.Silent {
		return r.Sent()
	}
	return d.At
}
