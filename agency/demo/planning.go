package demo

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"wireroom/planning"
	"wireroom/story"
)

// expected is an event of the calendar's file.
type expected struct {
	Title, Place, Note, Status string
	Day, Last                  int
	From, Until                string
	Begun                      bool // its first coverage is a story already
	Cover                      []struct {
		By, Slug, Section, Status, Due string
		Lang                           story.Lang
	}
}

// plan has an editor fill the calendar of the weeks around now.
func (p *player) plan(ctx context.Context) error {
	var f struct{ Event []expected }
	if err := decode("planning.toml", &f); err != nil {
		return err
	}
	for _, e := range f.Event {
		if err := p.expect(ctx, e); err != nil {
			return fmt.Errorf("planning.toml: %s: %w", e.Title, err)
		}
	}
	return nil
}

func (p *player) expect(ctx context.Context, e expected) error {
	editor := p.people["mikhas"]
	entry, err := p.entry(e)
	if err != nil {
		return err
	}
	kept, err := p.house.Planning.Add(ctx, editor, entry)
	if err != nil {
		return err
	}
	for i, c := range e.Cover {
		o := planning.Order{Status: planning.Status(cmp.Or(c.Status, "intended")), Person: p.people[c.By].ID, Lang: c.Lang, Slug: c.Slug, Section: c.Section}
		if c.Due != "" {
			if o.Due, err = p.clock(e.Day, c.Due); err != nil {
				return err
			}
		}
		cover, err := p.house.Planning.Cover(ctx, editor, kept.ID, o)
		if err != nil {
			return err
		}
		if e.Begun && i == 0 {
			if _, err := p.house.Planning.Begin(ctx, editor, kept.ID, cover.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *player) entry(e expected) (planning.Entry, error) {
	starts, err := p.clock(e.Day, e.From)
	if err != nil {
		return planning.Entry{}, err
	}
	entry := planning.Entry{Title: e.Title, Place: e.Place, Note: e.Note, Status: planning.Occurrence(cmp.Or(e.Status, "planned")),
		Starts: starts, Ends: starts, Whole: e.From == ""}
	switch {
	case entry.Whole:
		entry.Ends, err = p.clock(max(e.Last, e.Day)+1, "")
	case e.Until != "":
		entry.Ends, err = p.clock(e.Day, e.Until)
	}
	return entry, err
}

// clock is a time of a day counted from today; "" is its first instant.
func (p *player) clock(day int, clock string) (time.Time, error) {
	now := p.now.In(p.agency.House.Zone)
	t, err := time.Parse("15:04", cmp.Or(clock, "00:00"))
	return time.Date(now.Year(), now.Month(), now.Day()+day, t.Hour(), t.Minute(), 0, 0, now.Location()), err
}
