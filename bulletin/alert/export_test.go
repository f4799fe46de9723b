package alert

import (
	"context"
	"errors"
	"sync"

	"wireroom/db"
)

// Once rings everybody whose turn it is now, what is grave first, and says what
// went wrong.
func (s *Sender) Once(ctx context.Context) (wrong error) {
	t := s.shift(func(err error) { wrong = errors.Join(wrong, err) })
	var notes, work sync.WaitGroup
	notes.Go(func() { t.keepNotes(ctx) })
	for _, grave := range []bool{true, false} {
		for more := true; more; {
			begun, err := t.round(ctx, grave, make(chan struct{}, s.lines()), &work)
			wrong, more = errors.Join(wrong, err), begun > 0
			work.Wait()
			for !t.idle() {
				<-t.free[0]
			}
		}
	}
	close(t.notes)
	notes.Wait()
	return wrong
}

// Steps has somebody hear where the sender is.
func (s *Sender) Steps(hears func(string)) { s.step = hears }

// Waiting is how many are still to be told something.
func (s *Store) Waiting(ctx context.Context) (n int, err error) {
	err = s.db.QueryRow(ctx, `SELECT count(*) FROM alert_due`).Scan(&n)
	return n, err
}

func (t *shift) idle() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.busy) == 0
}

// Wake has the sender look again.
func (s *Store) Wake(ctx context.Context) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		tx.Notify(bell)
		return nil
	})
}
