package staff

import (
	"context"

	"wireroom/db"
	"wireroom/fault"
)

// Thaw is how far a frozen account is from being opened again.
type Thaw struct {
	By     string   // the name of who froze it; "" is the terminal
	House  bool     // one of the two must keep the house, for who froze it does
	Voices []Person // who has spoken for it and may
}

// enough reports whether two have spoken, and the right ones.
func (t Thaw) enough() bool {
	house := !t.House
	for _, p := range t.Voices {
		house = house || p.Role.KeepsHouse()
	}
	return len(t.Voices) >= 2 && house
}

// Thaw is one voice for opening a frozen account; with the second of another
// person it opens. What one who keeps the house has frozen is not opened
// without one who does. The terminal needs no second.
func (s *Store) Thaw(ctx context.Context, by Person, id string) (thawed bool, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		by, whom, err := both(ctx, tx, by, ActThaw, id)
		if err != nil {
			return err
		}
		if thawed = whom.Frozen.IsZero(); thawed {
			return fault.Conflict(whom.Name, "they are not frozen")
		}
		if by.Role != console {
			if _, err := tx.Exec(ctx, `INSERT INTO person_thaw (person, voice, at) VALUES (?1, ?2, ?3)
				ON CONFLICT (person, voice) DO UPDATE SET at = excluded.at`, id, by.ID, s.now()); err != nil {
				return fault.Internal("speak for "+whom.Name, err)
			}
			t, err := s.thaw(ctx, tx, whom)
			if err != nil {
				return err
			}
			if !t.enough() {
				return s.note(ctx, tx, by.ID, DidSpeakForThaw, id, "")
			}
		}
		thawed = true
		if _, err := tx.Exec(ctx, `UPDATE person SET frozen = 0, frozen_by = '' WHERE id = ?1`, id); err != nil {
			return fault.Internal("thaw "+whom.Name, err)
		}
		if err := drop(ctx, tx, "person_thaw", id); err != nil {
			return err
		}
		return s.note(ctx, tx, by.ID, ActThaw, id, "")
	})
	return thawed && err == nil, err
}

// Thawing says who froze somebody and who has spoken for them.
func (s *Store) Thawing(ctx context.Context, whom Person) (Thaw, error) {
	return s.thaw(ctx, s.db, whom)
}

func (s *Store) thaw(ctx context.Context, q db.Reader, whom Person) (Thaw, error) {
	t := Thaw{House: true}
	var by string
	if err := q.QueryRow(ctx, `SELECT frozen_by FROM person WHERE id = ?1`, whom.ID).Scan(&by); err != nil {
		return t, fault.Internal("see who froze "+whom.Name, err)
	}
	if by != "" {
		p, err := one(ctx, q, "the person", columns+` WHERE p.id = ?1`, by)
		if err != nil {
			return t, err
		}
		t.By, t.House = p.Name, p.Role.KeepsHouse()
	}
	rows, err := q.Query(ctx, columns+` JOIN person_thaw t ON t.voice = p.id WHERE t.person = ?1 AND t.at > ?2 ORDER BY t.at, p.id`,
		whom.ID, s.now().Add(-voiceLife))
	if err != nil {
		return t, fault.Internal("hear the voices", err)
	}
	defer rows.Close()
	for rows.Next() {
		p, err := scan(rows)
		if err != nil {
			return t, fault.Internal("hear the voices", err)
		}
		if May(p, ActThaw, whom) == nil { // who was frozen meanwhile has no voice
			t.Voices = append(t.Voices, p)
		}
	}
	return t, rows.Err()
}
