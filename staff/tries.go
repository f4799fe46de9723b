package staff

import (
	"context"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff/pass"
)

// limit is how often something may be tried with one address, and with all
// addresses together, within a while.
type limit struct {
	kind  string
	most  int
	all   int
	while time.Duration
}

// A code has six digits of which three are good at a time, so ten tries a day
// give whoever guesses one chance in thirty thousand a day. A letter costs the
// reader's patience, and the agency its good name with those who carry mail.
var (
	codeTries = limit{"code", 10, 1000, 24 * time.Hour}
	linkTries = limit{"link", 3, 60, time.Hour}
)

// try notes a try with an address, whether or not anybody has it, and says
// whether it was one too many. Tries are forgotten after their while.
func (s *Store) try(ctx context.Context, tx *db.Tx, l limit, email string) (ok bool, err error) {
	who, now := tried(email), s.now()
	if _, err := tx.Exec(ctx, `DELETE FROM person_try WHERE kind = ?1 AND at <= ?2`, l.kind, now.Add(-l.while)); err != nil {
		return false, fault.Internal("forget old tries", err)
	}
	var his, all int
	if err := tx.QueryRow(ctx, `SELECT COALESCE(SUM(CASE WHEN who = ?2 THEN 1 ELSE 0 END), 0), COUNT(*) FROM person_try WHERE kind = ?1`,
		l.kind, who).Scan(&his, &all); err != nil {
		return false, fault.Internal("count the tries", err)
	}
	if his >= l.most || all >= l.all {
		return false, nil
	}
	if _, err := tx.Exec(ctx, `INSERT INTO person_try (kind, who, at) VALUES (?1, ?2, ?3)`, l.kind, who, now); err != nil {
		return false, fault.Internal("note a try", err)
	}
	return true, nil
}

// forgive forgets the tries with an address: its owner has come in.
func (s *Store) forgive(ctx context.Context, tx *db.Tx, l limit, email string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM person_try WHERE kind = ?1 AND who = ?2`, l.kind, tried(email)); err != nil {
		return fault.Internal("forget old tries", err)
	}
	return nil
}

func tried(email string) string { return pass.Hash(strings.ToLower(strings.TrimSpace(email)))[:32] }

// AskForLink makes a link's token for whoever asks for a letter. It gives
// nobody's when there is nothing to send: the address is unknown or the account
// shut, the person has a way in of their own that a mailbox must not replace,
// or it was asked for too often. The faces answer all of these alike.
func (s *Store) AskForLink(ctx context.Context, email string) (p Person, token string, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		p, token = Person{}, ""
		ok, err := s.try(ctx, tx, linkTries, email)
		if err != nil || !ok {
			return err
		}
		known, err := one(ctx, tx, "the address", columns+` WHERE p.email = ?1`, strings.ToLower(strings.TrimSpace(email)))
		if fault.Is(err, fault.KindNotFound) || (err == nil && !known.Here()) {
			return nil
		}
		if err != nil {
			return err
		}
		keys, codes, err := ways(ctx, tx, known.ID)
		if err != nil {
			return err
		}
		if p = known; keys+codes > 0 {
			return nil
		}
		if token, err = s.doors.LinkIn(ctx, tx, p.ID); err != nil {
			return err
		}
		return s.note(ctx, tx, p.ID, DidAskForLink, "", "")
	})
	if err != nil {
		return Person{}, "", err
	}
	return p, token, nil
}
