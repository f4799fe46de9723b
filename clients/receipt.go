package clients

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/staff/pass"
	"wireroom/story"
	"wireroom/wire"
)

// Way is how a receipt was given.
type Way string

// The ways.
const (
	ByAPI    Way = "api"
	ByLetter Way = "letter"
	ByPortal Way = "portal"
	ByDesk   Way = "desk" // somebody of the agency heard it said
)

// Receipt is a client's word that a correction, a hold or a kill has reached
// its people; until it is given, that it is asked for.
type Receipt struct {
	Wire      wire.Number
	Client    ID
	Name      string // of the client
	Story     story.ID
	Asked     time.Time
	Confirmed time.Time // zero is not yet
	Way       Way       // "" is not yet
	Alarmed   time.Time // when chiefs were told that it is missing; zero is not
}

const receiptColumns = `SELECT r.wire, r.client, c.name, r.story, r.asked, r.confirmed, r.way, r.alarmed
	FROM client_receipt r JOIN client c ON c.id = r.client`

func scanReceipt(row db.Scanner) (Receipt, error) {
	var r Receipt
	var asked, confirmed, alarmed int64
	err := row.Scan(&r.Wire, &r.Client, &r.Name, &r.Story, &asked, &confirmed, &r.Way, &alarmed)
	if errors.Is(err, sql.ErrNoRows) {
		return Receipt{}, fault.NotFound("the receipt")
	}
	if err != nil {
		return Receipt{}, fault.Internal("read a receipt", err)
	}
	r.Asked, r.Confirmed, r.Alarmed = db.Time(asked), db.Time(confirmed), db.Time(alarmed)
	return r, nil
}

// Asked is a receipt that a letter is to ask for.
type Asked struct {
	Client   Client
	Dispatch reveal.Dispatch
	Token    string // of the page that takes the receipt
}

// Ask asks for the receipts of what stands on a sheet, from each client that
// it was for, and gives those that a letter is still to ask for. Asked again
// after a crash it asks again, but a receipt that was given stays.
func (s *Store) Ask(ctx context.Context, sheet *reveal.Sheet) ([]Asked, error) {
	all, err := s.All(ctx)
	if err != nil {
		return nil, err
	}
	var letters []Asked
	for _, c := range all {
		for _, d := range sheet.For(c.Viewer(s.now())) {
			if !d.Asks() {
				continue
			}
			a := Asked{Client: c, Dispatch: d}
			if c.Contact != "" {
				a.Token = rand.Text()
			}
			open, err := s.ask(ctx, a)
			if err != nil {
				return nil, err
			}
			if open && a.Token != "" {
				letters = append(letters, a)
			}
		}
	}
	return letters, nil
}

func (s *Store) ask(ctx context.Context, a Asked) (open bool, err error) {
	hash := ""
	if a.Token != "" {
		hash = pass.Hash(a.Token)
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		var confirmed int64
		err := tx.QueryRow(ctx, `INSERT INTO client_receipt (wire, client, story, asked, confirmed, way, alarmed, token)
			VALUES (?1, ?2, ?3, ?4, 0, '', 0, ?5)
			ON CONFLICT (wire, client) DO UPDATE SET token = ?5 RETURNING confirmed`,
			a.Dispatch.Number, a.Client.ID, a.Dispatch.Story, a.Dispatch.At, hash).Scan(&confirmed)
		open = confirmed == 0
		return internal("ask for a receipt", err)
	})
	return open, err
}

// Confirm takes a client's receipt of a record that it was given. It may come
// before the receipt was asked for; the first one stands.
func (s *Store) Confirm(ctx context.Context, of ID, d reveal.Dispatch, way Way) (Receipt, error) {
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO client_receipt (wire, client, story, asked, confirmed, way, alarmed, token)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, '')
			ON CONFLICT (wire, client) DO UPDATE SET confirmed = ?5, way = ?6 WHERE client_receipt.confirmed = 0`,
			d.Number, of, d.Story, d.At, s.now(), way)
		return internal("take a receipt", err)
	})
	if err != nil {
		return Receipt{}, err
	}
	return s.receipt(ctx, `r.wire = ?1 AND r.client = ?2`, d.Number, of)
}

// Receipt is that of a client for a record, given or asked for; NotFound.
func (s *Store) Receipt(ctx context.Context, of ID, n wire.Number) (Receipt, error) {
	return s.receipt(ctx, `r.wire = ?1 AND r.client = ?2`, n, of)
}

func (s *Store) receipt(ctx context.Context, where string, args ...any) (Receipt, error) {
	return scanReceipt(s.db.QueryRow(ctx, receiptColumns+` WHERE `+where, args...))
}

// Letter is the receipt that a letter's token asks for; NotFound.
func (s *Store) Letter(ctx context.Context, token string) (Receipt, error) {
	return s.receipt(ctx, `r.token = ?1 AND r.token <> ''`, pass.Hash(token))
}

// ConfirmLetter takes the receipt that a letter's token asks for.
func (s *Store) ConfirmLetter(ctx context.Context, token string) (Receipt, error) {
	r, err := s.Letter(ctx, token)
	if err != nil {
		return Receipt{}, err
	}
	return s.confirmAsked(ctx, r.Client, r.Wire, ByLetter, nil)
}

// ConfirmOwed takes a receipt that was asked for; NotFound.
func (s *Store) ConfirmOwed(ctx context.Context, of ID, n wire.Number, way Way) (Receipt, error) {
	return s.confirmAsked(ctx, of, n, way, nil)
}

// ConfirmFor notes that a client gave its receipt in another way, by telephone.
func (m *Manager) ConfirmFor(ctx context.Context, of ID, n wire.Number) (Receipt, error) {
	r, err := m.receipt(ctx, `r.wire = ?1 AND r.client = ?2`, n, of)
	if err != nil {
		return Receipt{}, err
	}
	return m.confirmAsked(ctx, of, n, ByDesk, func(tx *db.Tx) error {
		return m.staff.NoteWith(ctx, tx, m.by, staff.DidConfirm, r.Name)
	})
}

func (s *Store) confirmAsked(ctx context.Context, of ID, n wire.Number, way Way, also func(*db.Tx) error) (Receipt, error) {
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE client_receipt SET confirmed = ?3, way = ?4 WHERE wire = ?1 AND client = ?2 AND confirmed = 0`,
			n, of, s.now(), way)
		if err == nil && also != nil {
			err = also(tx)
		}
		return internal("take a receipt", err)
	})
	if err != nil {
		return Receipt{}, err
	}
	return s.receipt(ctx, `r.wire = ?1 AND r.client = ?2`, n, of)
}

// Receipts are those of the records from first to last, by number and client.
func (s *Store) Receipts(ctx context.Context, first, last wire.Number) ([]Receipt, error) {
	return s.receipts(ctx, `r.wire >= ?1 AND r.wire <= ?2 ORDER BY r.wire, c.name`, first, last)
}

// Owed are the receipts that a client has not given, the latest first, at most
// a hundred.
func (s *Store) Owed(ctx context.Context, of ID) ([]Receipt, error) {
	return s.receipts(ctx, `r.confirmed = 0 AND r.client = ?1 ORDER BY r.wire DESC LIMIT 100`, of)
}

func (s *Store) receipts(ctx context.Context, where string, args ...any) ([]Receipt, error) {
	rows, err := s.db.Query(ctx, receiptColumns+` WHERE `+where, args...)
	if err != nil {
		return nil, fault.Internal("read the receipts", err)
	}
	return db.Collect(rows, "read the receipts", scanReceipt)
}

// Overdue are the receipts of which chiefs are to be told now; telling takes
// them, so that of several machines one does it.
func (s *Store) Overdue(ctx context.Context) ([]Receipt, error) {
	late, err := s.receipts(ctx, `r.confirmed = 0 AND r.alarmed = 0 AND c.alarm > 0 AND r.asked + c.alarm * 60000 <= ?1
		ORDER BY r.wire, c.name`, s.now())
	if err != nil || len(late) == 0 {
		return nil, err
	}
	var ours []Receipt
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		ours = nil
		for _, r := range late {
			err := one(tx.Exec(ctx, `UPDATE client_receipt SET alarmed = ?3 WHERE wire = ?1 AND client = ?2 AND alarmed = 0 AND confirmed = 0`,
				r.Wire, r.Client, s.now()))("the receipt")
			if fault.Is(err, fault.KindNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			ours = append(ours, r)
		}
		return nil
	})
	return ours, err
}

// Untold gives receipts back of which nobody could be told.
func (s *Store) Untold(ctx context.Context, late []Receipt) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		for _, r := range late {
			_, err := tx.Exec(ctx, `UPDATE client_receipt SET alarmed = 0 WHERE wire = ?1 AND client = ?2`, r.Wire, r.Client)
			if err != nil {
				return fault.Internal("give a receipt back", err)
			}
		}
		return nil
	})
}
