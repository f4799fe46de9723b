package audience

import (
	"context"
	"time"

	"wireroom/audience/tally"
	"wireroom/db"
	"wireroom/fault"
)

// Census is how many held a plan as a day began, and how many had let it end.
// 0 is fewer than ten.
type Census struct {
	Day, Plan    string
	Held, Lapsed int
}

// Count writes today's census, once. Numbers below ten are not written.
func (s *Store) Count(ctx context.Context) error {
	today := s.now().UTC().Truncate(24 * time.Hour)
	day := today.Format(time.DateOnly)
	var n int
	if err := s.db.QueryRow(ctx, `SELECT COUNT(*) FROM reader_day WHERE day = ?1`, day).Scan(&n); err != nil || n > 0 {
		if err != nil {
			return fault.Internal("look for the census", err)
		}
		return nil
	}
	held, err := s.holders(ctx, today)
	if err != nil {
		return err
	}
	lapsed, err := s.lapsed(ctx, today.AddDate(0, 0, -1), today)
	if err != nil {
		return err
	}
	for plan := range lapsed {
		held[plan] += 0
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		for plan := range held {
			_, err := tx.Exec(ctx, `INSERT INTO reader_day (day, plan, held, lapsed) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING`,
				day, plan, large(held[plan]), large(lapsed[plan]))
			if err != nil {
				return fault.Internal("write the census", err)
			}
		}
		return nil
	})
}

func large(n int) int {
	if n < tally.Least {
		return 0
	}
	return n
}

// lapsed counts, by plan, the readers whose last pass ended after one instant
// and not after another.
func (s *Store) lapsed(ctx context.Context, after, end time.Time) (map[string]int, error) {
	rows, err := s.db.Query(ctx, `SELECT plan, COUNT(*) FROM (SELECT reader, plan FROM reader_pass GROUP BY reader, plan
		HAVING MAX(until) > ?1 AND MAX(until) <= ?2) AS ended GROUP BY plan`, db.Millis(after), db.Millis(end))
	if err != nil {
		return nil, fault.Internal("count who lapsed", err)
	}
	all := map[string]int{}
	_, err = db.Collect(rows, "count who lapsed", func(row db.Scanner) (none struct{}, err error) {
		var plan string
		var n int
		err = row.Scan(&plan, &n)
		all[plan] = n
		return none, err
	})
	return all, err
}

// Censuses are those since a day, the oldest first.
func (s *Store) Censuses(ctx context.Context, since time.Time) ([]Census, error) {
	rows, err := s.db.Query(ctx, `SELECT day, plan, held, lapsed FROM reader_day WHERE day >= ?1 ORDER BY day, plan`, since.Format(time.DateOnly))
	if err != nil {
		return nil, fault.Internal("read the census", err)
	}
	return db.Collect(rows, "read the census", func(row db.Scanner) (c Census, err error) {
		return c, row.Scan(&c.Day, &c.Plan, &c.Held, &c.Lapsed)
	})
}
