package db

import (
	"context"
	"time"

	"wireroom/fault"
)

const (
	// aloneTime is how long a machine that died keeps the others waiting.
	aloneTime = 10 * time.Second
	// aloneBeat renews often enough that two lost beats do no harm.
	aloneBeat = 3 * time.Second
)

// Alone runs work on one machine at a time among all that share the database
// and call it with one name; the others wait. The context given to work ends
// when the turn is lost. It returns when work does, or with the context's error
// before it began; wrong hears of a database that does not answer.
func (d *DB) Alone(ctx context.Context, name string, wrong func(error), work func(context.Context)) error {
	holder := NewID()
	for {
		ours, err := d.take(ctx, name, holder, aloneTime)
		if err != nil && ctx.Err() == nil {
			wrong(err)
		}
		if ours {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	held, end := context.WithCancel(ctx)
	beats := make(chan struct{})
	go func() {
		defer close(beats)
		defer end()
		d.keepTurn(held, name, holder)
	}()
	work(held)
	end()
	<-beats
	parting, cancel := context.WithTimeout(context.WithoutCancel(ctx), aloneBeat)
	defer cancel()
	_, err := d.take(parting, name, holder, 0)
	return err
}

// keepTurn renews the turn until the context ends or the turn is lost, early
// enough that nobody else has begun by then.
func (d *DB) keepTurn(ctx context.Context, name, holder string) {
	kept := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(aloneBeat):
		}
		asked := time.Now()
		try, cancel := context.WithDeadline(ctx, kept.Add(aloneTime-aloneBeat))
		ours, err := d.take(try, name, holder, aloneTime)
		cancel()
		if err == nil && ours {
			kept = asked
			continue
		}
		if err == nil || time.Since(kept) >= aloneTime-aloneBeat {
			return
		}
	}
}

// take takes, keeps or (for no time) gives back a turn, and says whether it is
// the holder's. While it is another's nothing is written.
func (d *DB) take(ctx context.Context, name, holder string, long time.Duration) (ours bool, err error) {
	now := time.Now()
	var others int
	err = d.QueryRow(ctx, `SELECT count(*) FROM turn WHERE name = ?1 AND holder <> ?2 AND until > ?3`, name, holder, now).Scan(&others)
	if err != nil {
		return false, fault.Internal("take a turn", err)
	}
	if others > 0 {
		return false, nil
	}
	err = d.Do(ctx, func(tx *Tx) error {
		done, err := tx.Exec(ctx, `INSERT INTO turn (name, holder, until) VALUES (?1, ?2, ?3)
			ON CONFLICT (name) DO UPDATE SET holder = ?2, until = ?3 WHERE turn.holder = ?2 OR turn.until <= ?4`,
			name, holder, now.Add(long), now)
		if err != nil {
			return fault.Internal("take a turn", err)
		}
		n, err := done.RowsAffected()
		ours = n == 1
		return err
	})
	return ours, err
}
