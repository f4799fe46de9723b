package audience

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Known is all that the tables hold of a reader, for the staff. An address
// stays sealed.
type Known struct {
	Reader
	Bulletins      string
	Month          string // of the two counters: 2026-11
	Metered, Given int
	Held           []Held
	Devices        []Device
}

// Held is one pass as it is kept.
type Held struct {
	Plan   string
	Kind   Kind
	Origin string // the order or the company; '' of all others
	Until  time.Time
}

// Known reads all that is kept of a reader; NotFound.
func (c *Clerk) Known(ctx context.Context, reader string) (k Known, err error) {
	if k.Reader, err = c.ByID(ctx, reader); err != nil {
		return Known{}, err
	}
	err = c.db.QueryRow(ctx, `SELECT bulletins, month, metered, given FROM reader WHERE id = ?1`, reader).
		Scan(&k.Bulletins, &k.Month, &k.Metered, &k.Given)
	if err != nil {
		return Known{}, fault.Internal("read what is known", err)
	}
	rows, err := c.db.Query(ctx, `SELECT plan, kind, origin, until FROM reader_pass WHERE reader = ?1 ORDER BY until DESC, plan, kind, origin`, reader)
	if err != nil {
		return Known{}, fault.Internal("read the passes", err)
	}
	k.Held, err = db.Collect(rows, "read the passes", func(row db.Scanner) (h Held, err error) {
		var until int64
		err = row.Scan(&h.Plan, &h.Kind, &h.Origin, &until)
		h.Until = db.Time(until)
		return h, err
	})
	if err != nil {
		return Known{}, err
	}
	k.Devices, err = c.Store.Devices(ctx, reader, "")
	return k, err
}

// Crowd is how many readers there are, and how many hold each plan now.
type Crowd struct {
	Readers, ByNumber, ByEmail, Frozen int
	Holders                            map[string]int
}

// Crowd counts the readers.
func (s *Store) Crowd(ctx context.Context) (c Crowd, err error) {
	err = s.db.QueryRow(ctx, `SELECT COUNT(*), COUNT(NULLIF(number, '')), COUNT(NULLIF(email, '')), COUNT(NULLIF(frozen, 0)) FROM reader`).
		Scan(&c.Readers, &c.ByNumber, &c.ByEmail, &c.Frozen)
	if err != nil {
		return Crowd{}, fault.Internal("count the readers", err)
	}
	c.Holders, err = s.holders(ctx, s.now())
	return c, err
}

// holders counts, by plan, the readers who hold it at an instant.
func (s *Store) holders(ctx context.Context, at time.Time) (map[string]int, error) {
	rows, err := s.db.Query(ctx, `SELECT plan, COUNT(DISTINCT reader) FROM reader_pass WHERE until > ?1 GROUP BY plan`, db.Millis(at))
	if err != nil {
		return nil, fault.Internal("count the holders", err)
	}
	all := map[string]int{}
	_, err = db.Collect(rows, "count the holders", func(row db.Scanner) (struct{}, error) {
		var plan string
		var n int
		err := row.Scan(&plan, &n)
		all[plan] = n
		return struct{}{}, err
	})
	return all, err
}
