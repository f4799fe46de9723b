package bulletin

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"wireroom/audience"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/wire"
)

// channel wakes the sender: an issue is made, or a bulletin is another.
const channel = "bulletins"

// Store keeps the bulletins and their issues.
type Store struct {
	db       *db.DB
	now      func() time.Time
	door     *reveal.Door
	wire     *wire.Wire
	masthead func() masthead.Masthead
	readers  *audience.Store
}

// New opens the bulletins' tables.
func New(d *db.DB, now func() time.Time, door *reveal.Door, w *wire.Wire, house func() masthead.Masthead, readers *audience.Store) *Store {
	return &Store{d, now, door, w, house, readers}
}

const columns = `SELECT id, lang, name, rules, live, place, due FROM bulletin`

func scan(row db.Scanner) (b Bulletin, err error) {
	var rules string
	var due int64
	err = row.Scan(&b.ID, &b.Lang, &b.Name, &rules, &b.Live, &b.Place, &due)
	if errors.Is(err, sql.ErrNoRows) {
		return Bulletin{}, fault.NotFound("the bulletin")
	}
	if err == nil {
		err = json.Unmarshal([]byte(rules), &b.Rules)
	}
	if err != nil {
		return Bulletin{}, fault.Internal("read a bulletin", err)
	}
	b.Due = db.Time(due)
	return b, nil
}

// All are the bulletins, by language and name.
func (s *Store) All(ctx context.Context) ([]Bulletin, error) {
	rows, err := s.db.Query(ctx, columns+` ORDER BY lang, name, id`)
	if err != nil {
		return nil, fault.Internal("list the bulletins", err)
	}
	return db.Collect(rows, "list the bulletins", scan)
}

// Get finds a bulletin; NotFound.
func (s *Store) Get(ctx context.Context, id ID) (Bulletin, error) { return get(ctx, s.db, id) }

func get(ctx context.Context, from db.Reader, id ID) (Bulletin, error) {
	return scan(from.QueryRow(ctx, columns+` WHERE id = ?1`, string(id)))
}

// before is how far back the first issue of a bulletin looks.
func (r Rules) before() time.Duration {
	if len(r.Days) == 1 {
		return 7 * 24 * time.Hour
	}
	return 24 * time.Hour
}

// Add makes a bulletin; Conflict when there is one of its id. Its first issue
// begins a day, or for one of the week a week, before now; one at once begins
// now.
func (s *Store) Add(ctx context.Context, by staff.Person, b Bulletin) (Bulletin, error) {
	if err := s.allows(by, b); err != nil {
		return b, err
	}
	from := s.now()
	if !b.Rules.AtOnce {
		from = from.Add(-b.Rules.before())
	}
	var err error
	if b.Place, err = s.wire.At(ctx, from); err != nil {
		return b, err
	}
	b.Due = b.Rules.Next(s.now(), s.masthead().Zone)
	return b, s.db.Do(ctx, func(tx *db.Tx) error {
		done, err := tx.Exec(ctx, `INSERT INTO bulletin (id, lang, name, rules, live, place, due) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
			ON CONFLICT (id) DO NOTHING`, string(b.ID), string(b.Lang), b.Name, b.Rules.text(), b.Live, b.Place, b.Due)
		if err != nil {
			return fault.Internal("make a bulletin", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(fault.Conflict(string(b.ID), "there is a bulletin of this address already"), err)
		}
		tx.Notify(channel)
		return nil
	})
}

// allows is whether the person may, and the bulletin can be.
func (s *Store) allows(by staff.Person, b Bulletin) error {
	if err := May(by); err != nil {
		return err
	}
	return b.Check(s.masthead())
}

func (r Rules) text() string {
	text, err := json.Marshal(r)
	if err != nil {
		panic(err) // of names, numbers and days there is always a text
	}
	return string(text)
}

// Save changes a bulletin's name, rules and whether it is sent; its id and
// language stay. NotFound. One that was not sent for a while begins anew, as a
// fresh one does: nobody wants the news of the year.
func (s *Store) Save(ctx context.Context, by staff.Person, b Bulletin) (Bulletin, error) {
	was, err := s.Get(ctx, b.ID)
	if err != nil {
		return b, err
	}
	b.Lang, b.Place = was.Lang, was.Place
	if err := s.allows(by, b); err != nil {
		return b, err
	}
	if b.Live && !was.Live || b.Rules.AtOnce != was.Rules.AtOnce {
		from := s.now()
		if !b.Rules.AtOnce {
			from = from.Add(-b.Rules.before())
		}
		oldest, err := s.wire.At(ctx, from)
		if err != nil {
			return b, err
		}
		b.Place = max(b.Place, oldest)
	}
	b.Due = b.Rules.Next(s.now(), s.masthead().Zone)
	return b, s.db.Do(ctx, func(tx *db.Tx) error {
		// An issue may have been composed meanwhile; the place goes no way back.
		_, err := tx.Exec(ctx, `UPDATE bulletin SET name = ?2, rules = ?3, live = ?4, due = ?5,
			place = CASE WHEN place < ?6 THEN ?6 ELSE place END WHERE id = ?1`,
			string(b.ID), b.Name, b.Rules.text(), b.Live, b.Due, b.Place)
		if err != nil {
			return fault.Internal("change a bulletin", err)
		}
		tx.Notify(channel)
		return nil
	})
}

// Offered are the live bulletins that one with these plans may choose.
func (s *Store) Offered(ctx context.Context, passes map[string]time.Time) ([]Bulletin, error) {
	all, err := s.All(ctx)
	var some []Bulletin
	for _, b := range all {
		if b.Live && b.Rules.For(passes, s.now()) {
			some = append(some, b)
		}
	}
	return some, err
}
