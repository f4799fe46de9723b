package clients

import (
	"context"
	"encoding/json"
	"reflect"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/staff"
)

// alter does something to a client's contract. What it was until then is kept:
// by it a client is told of the end of what it was given.
func (m *Manager) alter(ctx context.Context, of ID, act staff.Act, note string, work func(*db.Tx) error) error {
	return m.act(ctx, act, note, func(tx *db.Tx) error {
		before, err := load(ctx, tx, of)
		if fault.Is(err, fault.KindNotFound) {
			return work(tx)
		}
		if err != nil {
			return err
		}
		if err := work(tx); err != nil {
			return err
		}
		after, err := load(ctx, tx, of)
		if err != nil || reflect.DeepEqual(before.terms(), after.terms()) {
			return err
		}
		return bequeath(ctx, tx, before, m.now())
	})
}

// bequeath keeps what a contract was until now, if it ever counted.
func bequeath(ctx context.Context, tx *db.Tx, c Client, now time.Time) error {
	now = db.Time(db.Millis(now))
	t := c.terms()
	if n := len(c.Past); n > 0 && c.Past[n-1].Until.After(t.From) {
		t.From = c.Past[n-1].Until
	}
	if t.Until.IsZero() || now.Before(t.Until) {
		t.Until = now
	}
	if len(t.Products) == 0 || !t.From.Before(t.Until) {
		return nil
	}
	text, err := json.Marshal(t)
	if err != nil {
		return fault.Internal("keep what a contract was", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO client_past (client, until, terms) VALUES (?1, ?2, ?3)`, c.ID, t.Until, text)
	return internal("keep what a contract was", err)
}

// pasts reads what the contract of one client was, or those of all for "".
func pasts(ctx context.Context, r db.Reader, of ID) (map[ID][]reveal.Terms, error) {
	rows, err := r.Query(ctx, `SELECT client, terms FROM client_past
		WHERE CAST(?1 AS TEXT) = '' OR client = ?1 ORDER BY client, until`, of)
	if err != nil {
		return nil, fault.Internal("read what contracts were", err)
	}
	defer rows.Close()
	found := map[ID][]reveal.Terms{}
	for rows.Next() {
		var id ID
		var t reveal.Terms
		var text string
		err := rows.Scan(&id, &text)
		if err == nil {
			err = json.Unmarshal([]byte(text), &t)
		}
		if err != nil {
			return nil, fault.Internal("read what contracts were", err)
		}
		found[id] = append(found[id], t)
	}
	if err := rows.Err(); err != nil {
		return nil, fault.Internal("read what contracts were", err)
	}
	return found, nil
}
