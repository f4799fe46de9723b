package agency

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"wireroom/db"
	"wireroom/fault"
)

// Finding is what one part of a check found.
type Finding struct {
	Part  string `json:"part"`
	OK    bool   `json:"ok"`
	Error string `json:"error,omitempty"`
	Count int64  `json:"count"` // how many were looked at: rows, records, pictures
}

// Check looks at the database, the chain of the wire, the texts that were sent
// and the pictures. It finds all that is wrong: the first in each part, by name.
func (a *Agency) Check(ctx context.Context) ([]Finding, error) {
	var all []Finding
	for _, part := range []struct {
		name string
		look func(context.Context) (int64, error)
	}{
		{"database", a.checkTables},
		{"wire", a.checkWire},
		{"texts", a.Stories.Verify},
		{"pictures", a.checkPictures},
	} {
		n, err := part.look(ctx)
		if ctx.Err() != nil {
			return all, fault.Internal("checking the "+part.name, ctx.Err())
		}
		f := Finding{Part: part.name, OK: err == nil, Count: n}
		if err != nil {
			f.Error = err.Error()
		}
		all = append(all, f)
	}
	return all, nil
}

// checkTables asks the engine and then reads every row of every table.
func (a *Agency) checkTables(ctx context.Context) (rows int64, err error) {
	if err := a.DB.Check(ctx); err != nil {
		return 0, err
	}
	err = a.DB.Snapshot(ctx, func(q db.Reader) error {
		for _, table := range a.DB.Tables() {
			n, err := eachRow(ctx, q, table, func([]string, []any) error { return nil })
			if err != nil {
				return err
			}
			rows += n
		}
		return nil
	})
	return rows, err
}

func (a *Agency) checkWire(ctx context.Context) (int64, error) {
	head, err := a.Wire.Head(ctx)
	if err != nil {
		return 0, err
	}
	return int64(head), a.Wire.Verify(ctx)
}

func (a *Agency) checkPictures(ctx context.Context) (int64, error) {
	n, err := a.countPictures(ctx)
	if err != nil {
		return n, err
	}
	if err := a.Pictures.Check(ctx); err != nil {
		return n, err
	}
	return n, a.checkNamed(ctx)
}

// checkNamed looks for a picture that a story names and that is not there.
func (a *Agency) checkNamed(ctx context.Context) error {
	named, err := a.Stories.PicturesNamed(ctx)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(named)) {
		_, _, err := a.Pictures.Size(id)
		if fault.Is(err, fault.KindNotFound) {
			return fault.Internal("checking pictures", fmt.Errorf("picture %s of story %d is missing", id, named[id]))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
