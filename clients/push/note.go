package push

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/wire"
)

// notes writes down what the lanes have done, many at once: each lane waits
// until its own is on the disk, and a hundred lanes wait for one commit.
type notes struct {
	db    *db.DB
	asked chan note
}

type note struct {
	write func(context.Context, *db.Tx) error
	done  chan error
}

// mostNotes are written in one transaction.
const mostNotes = 256

// keep writes until asked is closed.
func (n *notes) keep() {
	for first := range n.asked {
		all := []note{first}
	more:
		for len(all) < mostNotes {
			select {
			case next, open := <-n.asked:
				if !open {
					break more
				}
				all = append(all, next)
			default:
				break more
			}
		}
		n.commit(all)
	}
}

// commit writes the notes; should one of several fail, each by itself.
func (n *notes) commit(all []note) {
	ctx := context.Background()
	err := n.db.Do(ctx, func(tx *db.Tx) error {
		for _, one := range all {
			if err := one.write(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil && len(all) > 1 {
		for _, one := range all {
			n.commit([]note{one})
		}
		return
	}
	for _, one := range all {
		one.done <- err
	}
}

// put waits until a note is written.
func (n *notes) put(write func(context.Context, *db.Tx) error) error {
	done := make(chan error, 1)
	n.asked <- note{write, done}
	return <-done
}

// errMoved says that somebody has set the cursor meanwhile.
var errMoved = fault.Conflict("endpoint", "its place on the wire was set by hand")

// errGone says that the endpoint has answered that it is gone for ever.
var errGone = fault.Conflict("endpoint", "it is gone for ever")

// retire switches off an endpoint that is gone for ever.
func retire(e ID, at time.Time) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		tx.Notify(Channel)
		_, err := tx.Exec(ctx, `UPDATE push_endpoint SET paused = 1, gone = ?2 WHERE id = ?1`, e, at)
		if err != nil {
			return fault.Internal("switch an endpoint off", err)
		}
		return nil
	}
}

// advance moves a lane's cursor from where it stood, and forgets what was in
// its way.
func advance(e ID, express bool, from, to wire.Number, troubled bool) func(context.Context, *db.Tx) error {
	move := `UPDATE push_endpoint SET cursor = ?3 WHERE id = ?1 AND cursor = ?2`
	if express {
		move = `UPDATE push_endpoint SET express = ?3 WHERE id = ?1 AND express = ?2`
	}
	return func(ctx context.Context, tx *db.Tx) error {
		done, err := tx.Exec(ctx, move, e, from, to)
		if err != nil {
			return fault.Internal("note a delivery", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errMoved
		}
		if troubled {
			if _, err := tx.Exec(ctx, `DELETE FROM push_lane WHERE endpoint = ?1 AND express = ?2`, e, express); err != nil {
				return fault.Internal("note a delivery", err)
			}
		}
		return nil
	}
}

// stumble keeps a try that failed.
func stumble(t Trouble) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO push_lane (endpoint, express, wire, tries, since, next, error)
			SELECT id, CAST(?2 AS BIGINT), CAST(?3 AS BIGINT), CAST(?4 AS BIGINT), CAST(?5 AS BIGINT), CAST(?6 AS BIGINT), CAST(?7 AS TEXT)
			FROM push_endpoint WHERE id = ?1
			ON CONFLICT (endpoint, express) DO UPDATE SET wire = ?3, tries = ?4, since = ?5, next = ?6, error = ?7`,
			t.Endpoint, t.Express, t.Number, t.Tries, t.Since, t.Next, t.Error)
		if err != nil {
			return fault.Internal("note a failure", err)
		}
		return nil
	}
}

// giveUp keeps a record among the dead.
func giveUp(t Trouble) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO push_dead (endpoint, wire, at, error, again)
			SELECT id, CAST(?2 AS BIGINT), CAST(?3 AS BIGINT), CAST(?4 AS TEXT), 0 FROM push_endpoint WHERE id = ?1
			ON CONFLICT (endpoint, wire) DO UPDATE SET at = ?3, error = ?4, again = 0`, t.Endpoint, t.Number, t.Next, t.Error)
		if err != nil {
			return fault.Internal("note what is given up", err)
		}
		return nil
	}
}

// bury forgets one of the dead that has arrived after all.
func bury(e ID, n wire.Number) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM push_dead WHERE endpoint = ?1 AND wire = ?2`, e, n); err != nil {
			return fault.Internal("note a delivery", err)
		}
		return nil
	}
}
