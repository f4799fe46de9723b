package staff

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// What stands in the list of acts beside the acts of the table.
const (
	DidSignIn        Act = "sign-in"
	DidFailCode      Act = "code-failed"
	DidAddPasskey    Act = "passkey-added"
	DidRemovePasskey Act = "passkey-removed"
	DidCopyPasskey   Act = "passkey-copied" // its counter went back
	DidAddCode       Act = "code-added"
	DidRemoveCode    Act = "code-removed"
	DidMakeRecovery  Act = "recovery-made"
	DidSignOutAll    Act = "sign-out-everywhere"
	DidSpeakForThaw  Act = "thaw-voice"
	DidAskForLink    Act = "link-asked"
	DidSaveMasthead  Act = "masthead"

	// To readers, who are named by a handle alone.
	DidGrant       Act = "reader-grant"
	DidTakeMoney   Act = "reader-payment"
	DidDropOrder   Act = "reader-order-dropped"
	DidRefund      Act = "reader-refund"
	DidFreezeOne   Act = "reader-freeze"
	DidThawOne     Act = "reader-thaw"
	DidDeleteOne   Act = "reader-delete"
	DidMakeCodes   Act = "codes-made"
	DidCloseCodes  Act = "codes-closed"
	DidOpenCodes   Act = "codes-opened"
	DidBringIn     Act = "readers-imported"
	DidTakeOut     Act = "readers-exported"
	DidSaveCompany Act = "company-saved"
	DidInvoice     Act = "company-invoice"

	// To clients, who are named.
	DidSaveClient  Act = "client-saved"
	DidSaveProduct Act = "client-product"
	DidDropProduct Act = "client-product-removed"
	DidMakeToken   Act = "client-token"
	DidRevokeToken Act = "client-token-revoked"
	DidAddSeat     Act = "client-seat"
	DidDropSeat    Act = "client-seat-removed"
	DidConfirm     Act = "client-receipt"

	// To where news come from and are brought to.
	DidSaveSource   Act = "source-saved"
	DidDropSource   Act = "source-removed"
	DidSaveEndpoint Act = "endpoint-saved"
	DidDropEndpoint Act = "endpoint-removed"
)

// Done is one line of the list of acts.
type Done struct {
	ID      string
	At      time.Time
	By      string // name; "" is the terminal
	Act     Act
	Subject string // name of the person it was done to; "" is nobody else
	Note    string // roles, the way in, the name of a passkey
	Count   int64  // how often within the hour
}

// Note puts an act of another room, such as a change of the masthead, on the
// list, in the transaction of the act itself: neither stands without the other.
func (s *Store) Note(ctx context.Context, tx *db.Tx, by Person, act Act) error {
	return s.note(ctx, tx, by.ID, act, "", "")
}

// NoteWith is Note with words about what it was done to.
func (s *Store) NoteWith(ctx context.Context, tx *db.Tx, by Person, act Act, words string) error {
	return s.note(ctx, tx, by.ID, act, "", words)
}

func (s *Store) note(ctx context.Context, tx *db.Tx, by string, act Act, subject, note string) error {
	if subject == by {
		subject = ""
	}
	_, err := tx.Exec(ctx, `INSERT INTO staff_act (id, at, person, act, subject, note, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)`,
		db.NewID(), s.now(), by, string(act), subject, note)
	if err != nil {
		return fault.Internal("note the act "+string(act), err)
	}
	return nil
}

// NoteDay puts an act on the list in the transaction of another room, with no
// more of its time than the day: it was done to a reader.
func (s *Store) NoteDay(ctx context.Context, tx *db.Tx, by Person, act Act, note string) error {
	day := s.now().UTC().Truncate(24 * time.Hour)
	_, err := tx.Exec(ctx, `INSERT INTO staff_act (id, at, person, act, subject, note, count) VALUES (?1, ?2, ?3, ?4, '', ?5, 1)`,
		db.NewIDAt(day), day, by.ID, string(act), note)
	if err != nil {
		return fault.Internal("note the act "+string(act), err)
	}
	return nil
}

// tally notes an act that may come in swarms: one line an hour and person.
func (s *Store) tally(ctx context.Context, tx *db.Tx, person string, act Act) error {
	done, err := tx.Exec(ctx, `UPDATE staff_act SET count = count + 1 WHERE person = ?1 AND act = ?2 AND at > ?3`,
		person, string(act), s.now().Add(-time.Hour))
	if err != nil {
		return fault.Internal("count the act "+string(act), err)
	}
	n, err := done.RowsAffected()
	if err != nil {
		return fault.Internal("count the act "+string(act), err)
	}
	if n > 0 {
		return nil
	}
	return s.note(ctx, tx, person, act, "", "")
}

// Acts gives the newest acts that stand before the one of the id; "" begins
// with the newest of all.
func (s *Store) Acts(ctx context.Context, by Person, before string, most int) ([]Done, error) {
	if err := May(by, ActAudit, by); err != nil {
		return nil, err
	}
	if before == "" {
		before = "~" // after every id
	}
	rows, err := s.db.Query(ctx, `SELECT a.id, a.at, COALESCE(p.name, ''), a.act, COALESCE(q.name, ''), a.note, a.count
		FROM staff_act a LEFT JOIN person p ON p.id = a.person LEFT JOIN person q ON q.id = a.subject
		WHERE a.id < ?1 ORDER BY a.id DESC LIMIT ?2`, before, most)
	if err != nil {
		return nil, fault.Internal("list the acts", err)
	}
	defer rows.Close()
	var all []Done
	for rows.Next() {
		var d Done
		var at int64
		if err := rows.Scan(&d.ID, &at, &d.By, &d.Act, &d.Subject, &d.Note, &d.Count); err != nil {
			return nil, fault.Internal("list the acts", err)
		}
		d.At = db.Time(at)
		all = append(all, d)
	}
	return all, rows.Err()
}
