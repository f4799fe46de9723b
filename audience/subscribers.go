package audience

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"wireroom/audience/roll"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// broughtAtOnce is how many subscribers come in one transaction, so that
// others can write between.
const broughtAtOnce = 500

// Bringing is how a list is taken in.
type Bringing struct {
	Plans []string  // that the agency has
	Plan  string    // for those who pay and whose list names none of them
	Until time.Time // the last day of those whose list says none
	Try   bool      // only says what would happen
}

// Brought is what has come of a list.
type Brought struct {
	New, Known int   // accounts
	Given      int   // passes
	Lacks      []int // lines of subscribers without a plan or a last day
}

// BringIn makes accounts of a list's addresses and gives them their plans. What
// a reader holds by the staff is never shortened. Of the list itself nothing is
// kept, not even its order.
func (c *Clerk) BringIn(ctx context.Context, list roll.List, how Bringing) (Brought, error) {
	var done Brought
	rows := slices.Clone(list.Rows)
	for i := range rows {
		r := &rows[i]
		if !r.Paid {
			r.Plan = ""
			continue
		}
		if !slices.Contains(how.Plans, r.Plan) {
			r.Plan = how.Plan
		}
		if r.Until.IsZero() {
			r.Until = how.Until
		}
		if r.Plan == "" || r.Until.IsZero() {
			done.Lacks, r.Plan = append(done.Lacks, r.Line), ""
		}
	}
	rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	for part := range slices.Chunk(rows, broughtAtOnce) {
		if err := c.bring(ctx, part, how.Try, &done); err != nil {
			return done, err
		}
	}
	if how.Try {
		return done, nil
	}
	return done, c.act(ctx, staff.DidBringIn, fmt.Sprint(done.New), func(*db.Tx) error { return nil })
}

// arrival is a subscriber ready to be written.
type arrival struct {
	roll.Row
	mark, sealed string
}

func (c *Clerk) bring(ctx context.Context, rows []roll.Row, try bool, done *Brought) error {
	all := make([]arrival, len(rows))
	for i, r := range rows {
		mark, err := c.mark(ctx, "email", r.Email)
		if err != nil {
			return err
		}
		sealed, err := c.seal(ctx, r.Email)
		if err != nil {
			return err
		}
		all[i] = arrival{r, mark, sealed}
	}
	var part Brought
	err := c.db.Do(ctx, func(tx *db.Tx) error {
		part = Brought{}
		for _, a := range all {
			if err := c.bringOne(ctx, tx, a, try, &part); err != nil {
				return err
			}
		}
		if try {
			return nil
		}
		return changed(ctx, tx)
	})
	done.New, done.Known, done.Given = done.New+part.New, done.Known+part.Known, done.Given+part.Given
	return err
}

func (c *Clerk) bringOne(ctx context.Context, tx *db.Tx, a arrival, try bool, done *Brought) error {
	r, err := scanReader(tx.QueryRow(ctx, readerColumns+` WHERE r.email = ?1 AND r.email <> ''`, a.mark))
	switch {
	case fault.Is(err, fault.KindNotFound):
		done.New++
		if r.ID = newID(); !try {
			_, err = tx.Exec(ctx, `INSERT INTO reader (id, name, email, sealed, lang) VALUES (?1, '', ?2, ?3, ?4)`, r.ID, a.mark, a.sealed, a.Lang)
		} else {
			err = nil
		}
	case err == nil:
		done.Known++
	}
	if err != nil {
		return fault.Internal("bring a subscriber in", err)
	}
	if a.Plan == "" {
		return nil
	}
	if done.Given++; try {
		return nil
	}
	var was int64
	err = tx.QueryRow(ctx, `SELECT COALESCE(MAX(until), 0) FROM reader_pass WHERE reader = ?1 AND plan = ?2 AND kind = ?3`,
		r.ID, a.Plan, string(Granted)).Scan(&was)
	if err != nil {
		return fault.Internal("read the passes", err)
	}
	end := after(a.Until, 0)
	if db.Time(was).After(end) {
		return nil
	}
	return give(ctx, tx, r.ID, Pass{a.Plan, end}, Granted, "")
}

// TakeOut writes all readers with what they hold. Without the key of the
// addresses it has none of them.
func (c *Clerk) TakeOut(ctx context.Context, w io.Writer) error {
	type line struct{ id, sealed, lang, plan, until string }
	rows, err := c.db.Query(ctx, `SELECT r.id, r.sealed, r.lang, COALESCE(p.plan, ''), COALESCE(MAX(p.until), 0)
		FROM reader r LEFT JOIN reader_pass p ON p.reader = r.id GROUP BY r.id, r.sealed, r.lang, p.plan ORDER BY r.id, p.plan`)
	if err != nil {
		return fault.Internal("read the readers", err)
	}
	all, err := db.Collect(rows, "read the readers", func(row db.Scanner) (l line, err error) {
		var until int64
		if err = row.Scan(&l.id, &l.sealed, &l.lang, &l.plan, &until); err == nil && until != 0 {
			l.until = db.Time(until).UTC().Add(-time.Second).Format(time.DateOnly)
		}
		return l, err
	})
	if err != nil {
		return err
	}
	if err := c.act(ctx, staff.DidTakeOut, fmt.Sprint(len(all)), func(*db.Tx) error { return nil }); err != nil {
		return err
	}
	return roll.Write(w, func(put func(...string) error) error {
		for _, l := range all {
			address := ""
			if l.sealed != "" {
				address, _ = c.unseal(l.sealed)
			}
			if err := put(address, l.plan, l.until, l.lang, handle(l.id)); err != nil {
				return err
			}
		}
		return nil
	})
}
