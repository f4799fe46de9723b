package channel

import (
	"context"

	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// atOnce is how many records are looked through at once.
const atOnce = 100

// ahead mends and takes out what stands in a channel as soon as the wire says
// so, whatever waits before that record. It only hurries: the follower comes by
// and does what failed here.
func (f *Feeder) ahead(ctx context.Context, c Channel) error {
	at, err := f.place(ctx, c)
	for err == nil {
		var records []wire.Record
		if records, err = f.Wire.After(ctx, at, atOnce); err != nil {
			break
		}
		for _, r := range records {
			if at = r.Number; reveal.Grave(story.Signal(r.Signal)) && !r.Silent {
				if err := f.hurry(ctx, c, story.ID(r.Story)); err != nil {
					return err
				}
			}
		}
		if len(records) == 0 {
			err = f.Wire.Wait(ctx, at)
		}
	}
	return err
}

// place is how far the channel has come.
func (f *Feeder) place(ctx context.Context, c Channel) (wire.Number, error) {
	all, err := f.Wire.Followers(ctx)
	if err != nil {
		return 0, err
	}
	for _, one := range all {
		if one.Name == c.Follower() {
			return one.Cursor, nil
		}
	}
	return f.Wire.Head(ctx)
}

// hurry has what stands of a story read as the story is now, or not stand.
func (f *Feeder) hurry(ctx context.Context, c Channel, id story.ID) error {
	defer f.alone(c.ID)()
	p, there, err := f.Store.post(ctx, c.ID, id)
	if err != nil || !there || p.message == 0 {
		return err
	}
	found, err := f.Door.Several(ctx, []story.ID{id}, reveal.Viewer{}, true)
	if err != nil {
		return err
	}
	if r, visible := found[id]; visible {
		return f.edits(ctx, c, p.message, f.Print(r))
	}
	return f.takeOut(ctx, c, p, there)
}
