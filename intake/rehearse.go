package intake

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/story"
)

// rehearsal takes stories into a database that is thrown away, so that a dry
// run meets every rule that the real one will.
type rehearsal struct {
	real    *story.Store
	scratch *db.DB
	stories *story.Store
	dir     string
}

func rehearse(ctx context.Context, real *story.Store, m masthead.Masthead, now func() time.Time) (shelf, error) {
	dir, err := os.MkdirTemp("", "wireroom-dry-run-")
	if err != nil {
		return nil, fault.Internal("rehearse an import", err)
	}
	scratch, err := db.Open(ctx, filepath.Join(dir, "wireroom.db"))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	r := &rehearsal{real, scratch, story.New(scratch, now), dir}
	if err := masthead.New(scratch).Found(ctx, m); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// Import is as the real one would be, with what the agency has already.
func (r *rehearsal) Import(ctx context.Context, batch []story.Arrival) ([]story.Outcome, error) {
	outcomes, err := r.stories.Import(ctx, batch)
	if err != nil {
		return nil, err
	}
	for i, a := range batch {
		known, err := r.real.Known(ctx, a.Source)
		if err != nil {
			return nil, err
		}
		outcomes[i].Known = outcomes[i].Known || known
	}
	return outcomes, nil
}

// Known reports whether the agency, or this rehearsal, has it.
func (r *rehearsal) Known(ctx context.Context, source string) (bool, error) {
	known, err := r.real.Known(ctx, source)
	if known || err != nil {
		return known, err
	}
	return r.stories.Known(ctx, source)
}

// Close throws the database away.
func (r *rehearsal) Close() error { return errors.Join(r.scratch.Close(), os.RemoveAll(r.dir)) }
