package wire

import (
	"context"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Follower is how far one follower has come.
type Follower struct {
	Name   string
	Cursor Number
	Holder string    // whose turn it is; "" is nobody's
	Until  time.Time // when that turn ends, unless it is renewed
	Since  time.Time // when it began to follow; zero is before that was noted
	Error  string    // why the record after the cursor does not arrive; "" is none
	Failed time.Time // since when; zero is not at all
}

// There reports whether somebody follows by the name at the instant.
func (f Follower) There(at time.Time) bool { return f.Holder != "" && at.Before(f.Until) }

// Followers are all that ever followed, by name.
func (w *Wire) Followers(ctx context.Context) ([]Follower, error) {
	rows, err := w.db.Query(ctx, "SELECT name, cursor, holder, until, since, error, failed FROM follower ORDER BY name")
	if err != nil {
		return nil, fault.Internal("reading the followers", err)
	}
	defer rows.Close()
	var out []Follower
	for rows.Next() {
		var f Follower
		var until, since, failed int64
		if err := rows.Scan(&f.Name, &f.Cursor, &f.Holder, &until, &since, &f.Error, &failed); err != nil {
			return nil, fault.Internal("reading the followers", err)
		}
		f.Holder, f.Failed = strings.TrimSuffix(f.Holder, rewound), db.Time(failed)
		f.Until, f.Since = db.Time(until), db.Time(since)
		out = append(out, f)
	}
	if err := rows.Err(); err != nil {
		return nil, fault.Internal("reading the followers", err)
	}
	return out, nil
}

// Rewind sets a follower's cursor, even while it follows: 0 has it given the
// whole wire again. A name that never followed is NotFound.
func (w *Wire) Rewind(ctx context.Context, name string, to Number) error {
	return w.db.Do(ctx, func(tx *db.Tx) error {
		ok, err := lease{name: name}.changed(tx.Exec(ctx, `UPDATE follower SET cursor = ?2, error = '', failed = 0,
			holder = CASE WHEN holder = '' THEN '' ELSE rtrim(holder, '+') || '+' END WHERE name = ?1`, name, to))
		if err != nil {
			return err
		}
		if !ok {
			return fault.NotFound("follower " + name)
		}
		tx.Notify(channel)
		return nil
	})
}
