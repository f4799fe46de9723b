package clients

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/wire"
)

// writing is how long somebody has to write a letter before another may.
const writing = 2 * time.Minute

// SetAlert says when somebody is told of what their search finds; what stands
// on the wire by then, up to head, is no news. local is now where the agency
// is.
func (s *Store) SetAlert(ctx context.Context, seat, id string, a Alert, head wire.Number, local time.Time) error {
	return s.change(ctx, `UPDATE client_search SET alert = ?3, next = ?4, told = ?5, claimed = 0 WHERE id = ?1 AND seat = ?2`,
		id, seat, a, a.Next(local), head)
}

// Due are the searches whose alerts are to be looked at now.
func (s *Store) Due(ctx context.Context) ([]Saved, error) {
	return s.saved(ctx, `WHERE alert <> '' AND next <= ?1 AND claimed <= ?1 ORDER BY id`, s.now())
}

// Holder is who has a seat, with their client; NotFound.
func (s *Store) Holder(ctx context.Context, seat string) (Seat, Client, error) {
	t, err := s.seat(ctx, `WHERE id = ?1`, seat)
	if err != nil {
		return Seat{}, Client{}, err
	}
	c, err := s.Client(ctx, t.Client)
	return t, c, err
}

// Claim takes an alert so that of several machines one writes the letter. A
// claim that is not ended by Tell is over after two minutes.
func (s *Store) Claim(ctx context.Context, a Saved) (ours bool, err error) {
	err = s.change(ctx, `UPDATE client_search SET claimed = ?3 WHERE id = ?1 AND told = ?2 AND claimed <= ?4 AND alert <> ''`,
		a.ID, a.told, s.now().Add(writing), s.now())
	if fault.Is(err, fault.KindNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Tell notes that somebody was told up to a number. local is now where the
// agency is.
func (s *Store) Tell(ctx context.Context, a Saved, n wire.Number, local time.Time) error {
	err := s.change(ctx, `UPDATE client_search SET told = ?2, next = ?3, claimed = 0 WHERE id = ?1`, a.ID, n, a.Alert.Next(local))
	if fault.Is(err, fault.KindNotFound) {
		return nil // the search was dropped meanwhile
	}
	return err
}

// SetSilence says after how many hours without news somebody is told; 0 is
// never.
func (s *Store) SetSilence(ctx context.Context, seat string, hours int) error {
	if hours < 0 || hours > 24*30 {
		return fault.Invalid("hours", "name from 1 to 720 hours, or 0 for never")
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, `UPDATE client_seat SET silence = ?2, silent = 0 WHERE id = ?1`, seat, hours))("the seat")
	})
}

// Listening are the seats that want to be told of a silence; told are those
// who were.
func (s *Store) Listening(ctx context.Context) (all []Seat, told map[string]bool, err error) {
	if all, err = s.seats(ctx, `WHERE silence > 0 ORDER BY id`); err != nil {
		return nil, nil, err
	}
	silent, err := s.seats(ctx, `WHERE silence > 0 AND silent > 0`)
	told = map[string]bool{}
	for _, t := range silent {
		told[t.ID] = true
	}
	return all, told, err
}

// Hush notes that somebody is told of a silence, or that it is over; false if
// another machine has done so.
func (s *Store) Hush(ctx context.Context, seat string, silent bool) (ours bool, err error) {
	at := time.Time{}
	if silent {
		at = s.now()
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, `UPDATE client_seat SET silent = ?2 WHERE id = ?1 AND (silent = 0) = (CAST(?2 AS BIGINT) > 0)`, seat, at))("the seat")
	})
	if fault.Is(err, fault.KindNotFound) {
		return false, nil
	}
	return err == nil, err
}
