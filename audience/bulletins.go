package audience

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// mostBounces is how many letters may come back before an address is left
// alone.
const mostBounces = 3

// Bulletins are the names of the bulletins that a reader chose; NotFound.
func (s *Store) Bulletins(ctx context.Context, reader string) ([]string, error) {
	k, err := one(ctx, s.db, `SELECT bulletins FROM reader WHERE id = ?1`, reader)
	return strings.Fields(k), err
}

// Choose keeps the bulletins that a reader wants. An account without an address
// has none: Invalid.
func (s *Store) Choose(ctx context.Context, reader string, names []string) error {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	return s.db.Do(ctx, func(tx *db.Tx) error {
		sealed, err := one(ctx, tx, `SELECT sealed FROM reader WHERE id = ?1`, reader)
		if err != nil {
			return err
		}
		if sealed == "" && len(names) > 0 {
			return fault.Invalid("bulletins", "an account without an e-mail address gets no letters")
		}
		return changeOne(ctx, tx, `UPDATE reader SET bulletins = ?2, bounces = 0 WHERE id = ?1`, reader, strings.Join(names, " "))
	})
}

// Drop takes one bulletin from those that a reader chose; it says whether it
// was among them. A reader who is gone has none.
func (s *Store) Drop(ctx context.Context, reader, bulletin string) (was bool, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		chosen, err := one(ctx, tx, `SELECT bulletins FROM reader WHERE id = ?1`, reader)
		if fault.Is(err, fault.KindNotFound) {
			was = false
			return nil
		}
		if err != nil {
			return err
		}
		names := strings.Fields(chosen)
		rest := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == bulletin })
		if was = len(rest) < len(names); !was {
			return nil
		}
		return changeOne(ctx, tx, `UPDATE reader SET bulletins = ?2 WHERE id = ?1`, reader, strings.Join(rest, " "))
	})
	return was, err
}

// Bounced counts a letter that came back. After the third the address gets no
// more bulletins and none about what its reader follows, until they choose some
// again.
func (s *Store) Bounced(ctx context.Context, reader string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error { return Bounced(ctx, tx, reader) })
}

// Bounced is the Store's within a transaction.
func Bounced(ctx context.Context, tx *db.Tx, reader string) error {
	_, err := tx.Exec(ctx, `UPDATE reader SET bounces = bounces + 1,
		bulletins = CASE WHEN bounces + 1 >= ?2 THEN '' ELSE bulletins END WHERE id = ?1`, reader, mostBounces)
	if err != nil {
		return fault.Internal("count a letter that came back", err)
	}
	var bounces int
	if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(bounces), 0) FROM reader WHERE id = ?1`, reader).Scan(&bounces); err != nil {
		return fault.Internal("count a letter that came back", err)
	}
	if bounces >= mostBounces {
		return silence(ctx, tx, reader)
	}
	return nil
}

// Subscribers are the ids of those who chose a bulletin and are not frozen, as
// a transaction sees them.
func Subscribers(ctx context.Context, from db.Reader, bulletin string) ([]string, error) {
	rows, err := from.Query(ctx, `SELECT id FROM reader WHERE sealed <> '' AND frozen = 0
		AND ' ' || bulletins || ' ' LIKE '% ' || CAST(?1 AS TEXT) || ' %' ORDER BY id`, bulletin)
	if err != nil {
		return nil, fault.Internal("find the readers of a bulletin", err)
	}
	return db.Collect(rows, "find the readers of a bulletin", func(row db.Scanner) (id string, err error) {
		err = row.Scan(&id)
		return id, err
	})
}

// Recipient is one who is to have a letter now.
type Recipient struct {
	ID      string
	Address string
	Passes  map[string]time.Time // plan → until when
}

// Recipients are those of ids, at most some hundreds, who still want the
// bulletin, with their addresses opened; ErrNoKey while the key is elsewhere.
func (s *Store) Recipients(ctx context.Context, bulletin string, ids []string) ([]Recipient, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	open, err := s.opener()
	if err != nil {
		return nil, err
	}
	list, args := among(ids, 2)
	rows, err := s.db.Query(ctx, `SELECT id, sealed FROM reader WHERE frozen = 0 AND sealed <> ''
		AND ' ' || bulletins || ' ' LIKE '% ' || CAST(?1 AS TEXT) || ' %' AND id IN `+list+` ORDER BY id`, append([]any{bulletin}, args...)...)
	if err != nil {
		return nil, fault.Internal("find the readers of a bulletin", err)
	}
	all, err := db.Collect(rows, "find the readers of a bulletin", func(row db.Scanner) (r Recipient, err error) {
		err = row.Scan(&r.ID, &r.Address)
		return r, err
	})
	if err != nil {
		return nil, err
	}
	held, err := s.heldBy(ctx, ids)
	for i := range all {
		r := &all[i]
		r.Passes = held[r.ID]
		if err == nil {
			r.Address, err = open(r.Address)
		}
	}
	return all, err
}

// heldBy is until when each of some readers holds each plan.
func (s *Store) heldBy(ctx context.Context, ids []string) (map[string]map[string]time.Time, error) {
	list, args := among(ids, 1)
	rows, err := s.db.Query(ctx, `SELECT reader, plan, MAX(until) FROM reader_pass WHERE reader IN `+list+` GROUP BY reader, plan`, args...)
	if err != nil {
		return nil, fault.Internal("read the passes", err)
	}
	all := map[string]map[string]time.Time{}
	_, err = db.Collect(rows, "read the passes", func(row db.Scanner) (struct{}, error) {
		var reader, plan string
		var until int64
		err := row.Scan(&reader, &plan, &until)
		if all[reader] == nil {
			all[reader] = map[string]time.Time{}
		}
		all[reader][plan] = db.Time(until)
		return struct{}{}, err
	})
	return all, err
}

// among is a list of arguments from a number on: "(?2, ?3)".
func among(ids []string, first int) (list string, args []any) {
	var b strings.Builder
	for i, id := range ids {
		b.WriteString(", ?" + strconv.Itoa(first+i))
		args = append(args, id)
	}
	return "(" + strings.TrimPrefix(b.String(), ", ") + ")", args
}

// one reads a text of one reader; NotFound.
func one(ctx context.Context, from db.Reader, query string, args ...any) (text string, err error) {
	err = from.QueryRow(ctx, query, args...).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.NotFound("the reader")
	}
	if err != nil {
		return "", fault.Internal("read the bulletins of a reader", err)
	}
	return text, nil
}
