package bulletin

import (
	"context"
	"errors"

	"wireroom/audience"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/wire"
)

// errMoved says that another machine composed the issue meanwhile.
var errMoved = errors.New("bulletin: the bulletin has moved on")

// Compose makes each issue that is due by the clock, and those at once for which
// an embargo has ended. A bulletin that fails does not keep the others back.
func (s *Store) Compose(ctx context.Context) error {
	all, err := s.All(ctx)
	if err != nil {
		return err
	}
	head, err := s.wire.Head(ctx)
	if err != nil {
		return err
	}
	var wrong []error
	for _, b := range all {
		to := head
		switch {
		case !b.Live || !b.Rules.AtOnce && s.now().Before(b.Due):
			continue
		case b.Rules.AtOnce:
			to = b.Place // what comes by the wire is AtOnce's
		}
		if _, err := s.composeTo(ctx, b, to); err != nil && !errors.Is(err, errMoved) {
			wrong = append(wrong, err)
		}
	}
	return errors.Join(wrong...)
}

// AtOnce brings the bulletins that go at once up to a record; it says whether
// one has an issue by it.
func (s *Store) AtOnce(ctx context.Context, to wire.Number) (made bool, err error) {
	all, err := s.All(ctx)
	if err != nil {
		return false, err
	}
	for _, b := range all {
		if !b.Live || !b.Rules.AtOnce || b.Place >= to {
			continue
		}
		n, err := s.composeTo(ctx, b, to)
		if err != nil && !errors.Is(err, errMoved) {
			return made, err
		}
		made = made || n > 0
	}
	return made, nil
}

// composeTo makes the issue of a bulletin that goes up to a wire number and
// gives its number; 0 when there is nothing to tell. What it tells, who is to
// have it and that the bulletin has moved on stand in one transaction.
func (s *Store) composeTo(ctx context.Context, b Bulletin, to wire.Number) (number int64, err error) {
	h, err := s.gather(ctx, b, to)
	if err != nil {
		return 0, err
	}
	due := b.Rules.Next(s.now(), s.masthead().Zone)
	if b.Rules.AtOnce && len(h.items) == 0 && len(h.waiting) == 0 && to == b.Place {
		return 0, nil
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		number = 0
		done, err := tx.Exec(ctx, `UPDATE bulletin SET place = ?2, due = ?3 WHERE id = ?1 AND place = ?4 AND due = ?5 AND live = 1`,
			string(b.ID), max(to, b.Place), due, b.Place, b.Due)
		if err != nil {
			return fault.Internal("move a bulletin on", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(errMoved, err)
		}
		if err := h.keepWaiting(ctx, tx, b.ID); err != nil || len(h.items) == 0 {
			return err
		}
		number, err = s.write(ctx, tx, b, to, h)
		tx.Notify(channel)
		return err
	})
	return number, err
}

// keepWaiting replaces what waits for a bulletin.
func (h harvest) keepWaiting(ctx context.Context, tx *db.Tx, id ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM bulletin_waiting WHERE bulletin = ?1`, string(id)); err != nil {
		return fault.Internal("note what waits for a bulletin", err)
	}
	for _, w := range h.waiting {
		_, err := tx.Exec(ctx, `INSERT INTO bulletin_waiting (bulletin, story, number, wire) VALUES (?1, ?2, ?3, ?4)`,
			string(id), string(w.Story), int64(w.Number), w.Wire)
		if err != nil {
			return fault.Internal("note what waits for a bulletin", err)
		}
	}
	return nil
}

// write puts an issue down with all who are to have it.
func (s *Store) write(ctx context.Context, tx *db.Tx, b Bulletin, to wire.Number, h harvest) (number int64, err error) {
	readers, err := audience.Subscribers(ctx, tx, string(b.ID))
	if err != nil {
		return 0, err
	}
	now, done := s.now(), int64(0)
	if len(readers) == 0 {
		done = db.Millis(now)
	}
	err = tx.QueryRow(ctx, `INSERT INTO bulletin_issue (number, bulletin, at, place, more, done, holder, until, sent, bounced, lapsed, quit, error)
		SELECT COALESCE(MAX(number), 0) + 1, CAST(?1 AS TEXT), CAST(?2 AS BIGINT), CAST(?3 AS BIGINT), CAST(?4 AS BIGINT), CAST(?5 AS BIGINT), '', 0, 0, 0, 0, 0, ''
		FROM bulletin_issue RETURNING number`, string(b.ID), db.Millis(now), int64(to), h.more, done).Scan(&number)
	if err != nil {
		return 0, fault.Internal("write an issue", err)
	}
	for i, t := range h.items {
		_, err := tx.Exec(ctx, `INSERT INTO bulletin_item (issue, rank, kind, story, number, wire) VALUES (?1, ?2, ?3, ?4, ?5, ?6)`,
			number, i+1, string(t.Kind), string(t.Story), int64(t.Number), t.Wire)
		if err != nil {
			return 0, fault.Internal("write an issue", err)
		}
	}
	for _, id := range readers {
		if _, err := tx.Exec(ctx, `INSERT INTO bulletin_letter (issue, reader) VALUES (?1, ?2)`, number, id); err != nil {
			return 0, fault.Internal("write an issue", err)
		}
	}
	return number, nil
}

// Draft is the issue that a bulletin would be if it were due now, for a look at
// it. Nothing of it is kept.
func (s *Store) Draft(ctx context.Context, b Bulletin) (Issue, error) {
	head, err := s.wire.Head(ctx)
	if err != nil {
		return Issue{}, err
	}
	h, err := s.gather(ctx, b, head)
	return Issue{Bulletin: b.ID, At: s.now(), Place: head, More: h.more, Items: h.items}, err
}
