package staff

import (
	"context"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// voiceLife is how long the first of two who open a frozen account is
// remembered.
const voiceLife = 24 * time.Hour

// both reads the one who acts and the one it is done to as they stand now, and
// asks the table.
func both(ctx context.Context, tx *db.Tx, by Person, act Act, id string) (actor, whom Person, err error) {
	actor = by
	if by.Role != console {
		if actor, err = here(ctx, tx, by.ID); err != nil {
			return actor, whom, err
		}
	}
	if whom, err = one(ctx, tx, "the person", columns+` WHERE p.id = ?1`, id); err != nil {
		return actor, whom, err
	}
	if !whom.Left.IsZero() {
		return actor, whom, fault.Conflict(whom.Name, "they have left")
	}
	return actor, whom, May(actor, act, whom)
}

// Invite takes someone on and makes their first link's token; Conflict when
// the address is taken.
func (s *Store) Invite(ctx context.Context, by, p Person) (Person, string, error) {
	p, err := checked(p)
	if err != nil {
		return Person{}, "", err
	}
	p.ID = db.NewID()
	var token string
	err = s.db.Do(ctx, func(tx *db.Tx) (err error) {
		if by.Role != console {
			if by, err = here(ctx, tx, by.ID); err != nil {
				return err
			}
		}
		if err := May(by, ActInvite, p); err != nil {
			return err
		}
		if err := insert(ctx, tx, p); err != nil {
			return err
		}
		if err := s.note(ctx, tx, by.ID, ActInvite, p.ID, string(p.Role)); err != nil {
			return err
		}
		token, err = s.doors.LinkIn(ctx, tx, p.ID)
		return err
	})
	return p, token, err
}

// LinkFor makes a link's token for somebody who cannot get in; Forbidden when
// they are frozen.
func (s *Store) LinkFor(ctx context.Context, by Person, id string) (Person, string, error) {
	var whom Person
	var token string
	err := s.db.Do(ctx, func(tx *db.Tx) (err error) {
		by, whom, err = both(ctx, tx, by, ActLink, id)
		if err != nil {
			return err
		}
		if _, err := here(ctx, tx, id); err != nil {
			return err
		}
		if err := s.note(ctx, tx, by.ID, ActLink, id, ""); err != nil {
			return err
		}
		token, err = s.doors.LinkIn(ctx, tx, id)
		return err
	})
	return whom, token, err
}

// Change gives somebody another name, address, role or sections. Whoever makes
// a chief must be able to invite one.
func (s *Store) Change(ctx context.Context, by Person, next Person) error {
	next, err := checked(next)
	if err != nil {
		return err
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		by, was, err := both(ctx, tx, by, ActChange, next.ID)
		if err != nil {
			return err
		}
		if err := May(by, ActInvite, next); err != nil {
			return err
		}
		if err := unclaimed(ctx, tx, next); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE person SET name = ?2, email = ?3, role = ?4, sections = ?5 WHERE id = ?1`,
			next.ID, next.Name, next.Email, string(next.Role), strings.Join(next.Sections, " ")); err != nil {
			return fault.Internal("change "+was.Name, err)
		}
		if was.Email != next.Email { // a link on its way to the old address opens nothing
			if err := drop(ctx, tx, "person_link", next.ID); err != nil {
				return err
			}
		}
		note := string(next.Role)
		if was.Role != next.Role {
			note = string(was.Role) + " → " + note
		}
		return s.note(ctx, tx, by.ID, ActChange, next.ID, note)
	})
}

// unclaimed is Conflict when somebody else has the address.
func unclaimed(ctx context.Context, tx *db.Tx, p Person) error {
	other, err := one(ctx, tx, "the address", columns+` WHERE p.email = ?1`, p.Email)
	switch {
	case fault.Is(err, fault.KindNotFound):
		return nil
	case err != nil:
		return err
	case other.ID != p.ID:
		return fault.Conflict(p.Email, "this address is taken")
	}
	return nil
}

// Freeze shuts an account at once: sessions, links and challenges end with it.
// To freeze what is frozen changes nothing.
func (s *Store) Freeze(ctx context.Context, by Person, id string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		by, whom, err := both(ctx, tx, by, ActFreeze, id)
		if err != nil || !whom.Frozen.IsZero() {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE person SET frozen = ?2, frozen_by = ?3 WHERE id = ?1`, id, s.now(), by.ID); err != nil {
			return fault.Internal("freeze "+whom.Name, err)
		}
		if err := drop(ctx, tx, "person_thaw", id); err != nil {
			return err
		}
		if err := s.shut(ctx, tx, id); err != nil {
			return err
		}
		return s.note(ctx, tx, by.ID, ActFreeze, id, "")
	})
}

// Leave ends an account for good: every way in is taken away, and the address
// is free for another. Name, texts and acts stay.
func (s *Store) Leave(ctx context.Context, by Person, id string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		by, whom, err := both(ctx, tx, by, ActLeave, id)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE person SET left_at = ?2, email = id WHERE id = ?1`, id, s.now()); err != nil {
			return fault.Internal("part with "+whom.Name, err)
		}
		if err := s.shut(ctx, tx, id); err != nil {
			return err
		}
		for _, table := range []string{"person_passkey", "person_code", "person_recovery", "person_pen", "person_thaw"} {
			if err := drop(ctx, tx, table, id); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, by.ID, ActLeave, id, "")
	})
}
