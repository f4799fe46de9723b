package bulletin

import (
	"context"
	"errors"
	"time"

	"wireroom/audience"
	"wireroom/db"
	"wireroom/fault"
)

// outcome is what became of a letter.
type outcome int

const (
	sent    outcome = iota
	bounced         // the address takes no letters
	put             // off: it is tried again later
	left            // the reader no longer wants it, or there is nothing to tell
)

// note tells what became of a reader's letter; kept is answered once that is
// written down.
type note struct {
	reader string
	what   outcome
	kept   chan error
}

const (
	// leaseTime is how long an issue is kept from other machines, and so what
	// a start after a crash may have to wait.
	leaseTime = 15 * time.Second
	leaseBeat = 4 * time.Second

	// A letter that the carrier does not take is tried again after longer and
	// longer waits, for about a day.
	firstWait = 5 * time.Minute
	mostTries = 9
)

// errLost says that another machine sends the issue.
var errLost = errors.New("bulletin: another sends the issue")

// claim takes an issue for a holder; false if another has it.
func (s *Store) claim(ctx context.Context, issue int64, holder string) (ok bool, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		done, err := tx.Exec(ctx, `UPDATE bulletin_issue SET holder = ?2, until = ?3 WHERE number = ?1 AND done = 0
			AND (holder IN ('', ?2) OR until <= ?4)`, issue, holder, s.now().Add(leaseTime), s.now())
		if err != nil {
			return fault.Internal("take an issue", err)
		}
		n, err := done.RowsAffected()
		ok = n == 1
		return err
	})
	return ok, err
}

// leave lets another send an issue at once, and says why it does not go on; ""
// is that it waits or is done.
func (s *Store) leave(ctx context.Context, issue int64, holder, why string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE bulletin_issue SET holder = '', until = 0, error = ?3,
			done = CASE WHEN done = 0 AND NOT EXISTS (SELECT 1 FROM bulletin_letter l WHERE l.issue = ?1) THEN ?4 ELSE done END
			WHERE number = ?1 AND holder = ?2`, issue, holder, why, s.now())
		if err != nil {
			return fault.Internal("leave an issue", err)
		}
		return nil
	})
}

// notes writes down what became of letters, all that have come in while the
// ones before were written in one transaction, until the channel is closed. It
// ends with an error when the issue is another's.
func (s *Store) notes(ctx context.Context, issue int64, holder string, in <-chan note) error {
	beat := time.NewTicker(leaseBeat)
	defer beat.Stop()
	for {
		var some []note
		select {
		case one, open := <-in:
			if !open {
				return nil
			}
			some = append(some, one)
		case <-beat.C:
		}
		for more := true; more; {
			select {
			case one, open := <-in:
				if more = open; open {
					some = append(some, one)
				}
			default:
				more = false
			}
		}
		err := s.keep(ctx, issue, holder, some)
		for _, one := range some {
			one.kept <- err
		}
		if err != nil {
			return err
		}
	}
}

// keep keeps some notes and the hold on the issue.
func (s *Store) keep(ctx context.Context, issue int64, holder string, some []note) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		now, count := s.now(), map[outcome]int{}
		lapsed := 0
		for _, one := range some {
			gone, err := s.noteIn(ctx, tx, issue, one, now)
			if err != nil {
				return err
			}
			if one.what == put && gone {
				lapsed++
			}
			count[one.what]++
		}
		done, err := tx.Exec(ctx, `UPDATE bulletin_issue SET until = ?3, sent = sent + ?4, bounced = bounced + ?5, lapsed = lapsed + ?6
			WHERE number = ?1 AND holder = ?2`, issue, holder, now.Add(leaseTime), count[sent], count[bounced], lapsed)
		if err != nil {
			return fault.Internal("note a letter", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(errLost, err)
		}
		return nil
	})
}

// noteIn keeps one note; gone says that the letter is not tried again.
func (s *Store) noteIn(ctx context.Context, tx *db.Tx, issue int64, one note, now time.Time) (gone bool, err error) {
	if one.what == bounced {
		if err := audience.Bounced(ctx, tx, one.reader); err != nil {
			return false, err
		}
	}
	if one.what == put {
		var tries int
		err := tx.QueryRow(ctx, `UPDATE bulletin_letter SET tries = tries + 1 WHERE issue = ?1 AND reader = ?2 RETURNING tries`, issue, one.reader).Scan(&tries)
		if err != nil {
			return false, fault.Internal("note a letter", err)
		}
		if tries < mostTries {
			_, err := tx.Exec(ctx, `UPDATE bulletin_letter SET later = ?3 WHERE issue = ?1 AND reader = ?2`, issue, one.reader, now.Add(firstWait<<(tries-1)))
			if err != nil {
				return false, fault.Internal("note a letter", err)
			}
			return false, nil
		}
	}
	if _, err := tx.Exec(ctx, `DELETE FROM bulletin_letter WHERE issue = ?1 AND reader = ?2`, issue, one.reader); err != nil {
		return false, fault.Internal("note a letter", err)
	}
	return true, nil
}

// letters are the readers who are to have an issue now.
func (s *Store) letters(ctx context.Context, issue int64) ([]string, error) {
	rows, err := s.db.Query(ctx, `SELECT reader FROM bulletin_letter WHERE issue = ?1 AND later <= ?2 ORDER BY reader`, issue, s.now())
	if err != nil {
		return nil, fault.Internal("read who is to have an issue", err)
	}
	return db.Collect(rows, "read who is to have an issue", func(row db.Scanner) (id string, err error) {
		err = row.Scan(&id)
		return id, err
	})
}
