package audience

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// remindsBefore is how many days before the end of a plan its reader has a
// letter.
const remindsBefore = 5

// Reminder is a letter that is due: a plan ends, or its renewal was not paid.
type Reminder struct {
	Address string
	Lang    string // "" is not said
	Plan    string
	Until   time.Time
	Failed  bool // the renewal was not paid

	reader, order string
}

// Reminders are the letters that are due, to readers who left an address. There
// are none while the key of the addresses is elsewhere.
func (s *Store) Reminders(ctx context.Context) ([]Reminder, error) {
	renewing, all, err := s.failed(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `SELECT r.id, r.lang, r.sealed, p.plan, MAX(p.until) FROM reader r JOIN reader_pass p ON p.reader = r.id
		WHERE r.sealed <> '' AND r.frozen = 0 GROUP BY r.id, r.lang, r.sealed, p.plan
		HAVING MAX(p.until) > ?1 AND MAX(p.until) <= ?2 AND MAX(p.told) < MAX(p.until) ORDER BY r.id, p.plan`,
		db.Millis(s.now()), db.Millis(s.now().AddDate(0, 0, remindsBefore)))
	if err != nil {
		return nil, fault.Internal("look for plans that end", err)
	}
	ending, err := db.Collect(rows, "look for plans that end", func(row db.Scanner) (Reminder, error) {
		var d Reminder
		var until int64
		err := row.Scan(&d.reader, &d.Lang, &d.Address, &d.Plan, &until)
		d.Until = db.Time(until)
		return d, err
	})
	if err != nil {
		return nil, err
	}
	for _, d := range ending {
		if !renewing[d.reader+" "+d.Plan] {
			all = append(all, d)
		}
	}
	return s.addressed(all)
}

// failed finds the renewals that were not paid, and which plans of whom renew.
func (s *Store) failed(ctx context.Context) (renewing map[string]bool, all []Reminder, err error) {
	b, err := readBook(ctx, s.db)
	if err != nil {
		return nil, nil, err
	}
	renewing = map[string]bool{}
	for _, o := range b.orders {
		w := worth(o, b.facts[o.ID])
		if !o.Renews || !w.Opened || w.Stopped || o.Reader == "" {
			continue
		}
		renewing[o.Reader+" "+o.Plan] = true
		if !w.Failing || !o.told.IsZero() && s.now().Before(o.told.AddDate(0, 0, remindsBefore)) {
			continue
		}
		d := Reminder{Plan: o.Plan, Until: renewedUntil(Bought{o, w}), Failed: true, reader: o.Reader, order: o.ID}
		err := s.db.QueryRow(ctx, `SELECT lang, sealed FROM reader WHERE id = ?1 AND sealed <> '' AND frozen = 0`, o.Reader).Scan(&d.Lang, &d.Address)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, nil, fault.Internal("find a reader", err)
		}
		all = append(all, d)
	}
	return renewing, all, nil
}

// addressed reads the sealed addresses.
func (s *Store) addressed(all []Reminder) ([]Reminder, error) {
	for i := range all {
		address, err := s.unseal(all[i].Address)
		if errors.Is(err, ErrNoKey) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		all[i].Address = address
	}
	return all, nil
}

// Reminded notes that a letter goes out, so that it goes once.
func (s *Store) Reminded(ctx context.Context, d Reminder) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		var err error
		if d.Failed {
			_, err = tx.Exec(ctx, `UPDATE till_order SET told = ?2 WHERE id = ?1`, d.order, db.Millis(dayOf(s.now())))
		} else {
			_, err = tx.Exec(ctx, `UPDATE reader_pass SET told = ?3 WHERE reader = ?1 AND plan = ?2`, d.reader, d.Plan, db.Millis(d.Until))
		}
		if err != nil {
			return fault.Internal("note a letter", err)
		}
		return nil
	})
}
