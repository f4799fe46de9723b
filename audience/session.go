package audience

import (
	"context"
	"crypto/rand"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff/pass"
)

// mostDevices is how many sessions an account has; another one signs the oldest
// out.
const mostDevices = 5

// sessionEnd is the first of the month after the next: it tells the month in
// which somebody signed in, and no more.
func sessionEnd(now time.Time) time.Time {
	now = now.UTC()
	return time.Date(now.Year(), now.Month()+2, 1, 0, 0, 0, 0, time.UTC)
}

func (s *Store) openSession(ctx context.Context, reader string) (session string, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		session, err = s.openSessionIn(ctx, tx, reader)
		return err
	})
	return session, err
}

// openSessionIn opens a session of a reader who is not frozen; NotFound.
func (s *Store) openSessionIn(ctx context.Context, tx *db.Tx, reader string) (string, error) {
	r, err := byID(ctx, tx, reader)
	if err != nil {
		return "", err
	}
	if r.Frozen {
		return "", fault.NotFound("the reader")
	}
	var turn int64
	if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(turn), 0) + 1 FROM reader_session WHERE reader = ?1`, reader).Scan(&turn); err != nil {
		return "", fault.Internal("sign in", err)
	}
	session := rand.Text()
	_, err = tx.Exec(ctx, `INSERT INTO reader_session (token, reader, turn, until) VALUES (?1, ?2, ?3, ?4)`,
		pass.Hash(session), reader, turn, db.Millis(sessionEnd(s.now())))
	if err != nil {
		return "", fault.Internal("sign in", err)
	}
	_, err = tx.Exec(ctx, `DELETE FROM reader_session WHERE until <= ?3 OR (reader = ?1 AND token NOT IN (
		SELECT token FROM reader_session WHERE reader = ?1 ORDER BY turn DESC LIMIT ?2))`, reader, mostDevices, db.Millis(s.now()))
	if err != nil {
		return "", fault.Internal("sign in", err)
	}
	return session, changed(ctx, tx)
}

// Link makes a sign-in link's token for a reader: one use, 24 hours.
func (s *Store) Link(ctx context.Context, reader string) (string, error) {
	return s.links.Link(ctx, reader)
}

// ByLink says whose link it is without using it up; NotFound when used or old.
func (s *Store) ByLink(ctx context.Context, token string) (Reader, error) {
	id, err := s.links.LinkOwner(ctx, token)
	if err != nil {
		return Reader{}, err
	}
	return s.ByID(ctx, id)
}

// SignIn uses a link up and opens a session.
func (s *Store) SignIn(ctx context.Context, token string) (session string, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		reader, err := s.links.Use(ctx, tx, token)
		if err != nil {
			return err
		}
		session, err = s.openSessionIn(ctx, tx, reader)
		return err
	})
	return session, err
}

// SignOut ends the session.
func (s *Store) SignOut(ctx context.Context, session string) error {
	return s.end(ctx, `DELETE FROM reader_session WHERE token = ?1`, pass.Hash(session))
}

// SignOutOthers ends all sessions of a reader but the one.
func (s *Store) SignOutOthers(ctx context.Context, reader, session string) error {
	return s.end(ctx, `DELETE FROM reader_session WHERE reader = ?1 AND token <> ?2`, reader, pass.Hash(session))
}

func (s *Store) end(ctx context.Context, statement string, args ...any) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, statement, args...); err != nil {
			return fault.Internal("sign out", err)
		}
		return changed(ctx, tx)
	})
}

// Device is a session as its account sees it.
type Device struct {
	ID    string // names it in a form; signs nobody in
	Month time.Time
	This  bool
}

// Devices are the sessions of a reader, the newest first.
func (s *Store) Devices(ctx context.Context, reader, session string) ([]Device, error) {
	rows, err := s.db.Query(ctx, `SELECT token, until FROM reader_session WHERE reader = ?1 AND until > ?2 ORDER BY turn DESC`, reader, db.Millis(s.now()))
	if err != nil {
		return nil, fault.Internal("read the devices", err)
	}
	return db.Collect(rows, "read the devices", func(row db.Scanner) (Device, error) {
		var token string
		var until int64
		if err := row.Scan(&token, &until); err != nil {
			return Device{}, fault.Internal("read the devices", err)
		}
		return Device{ID: pass.Hash(token), Month: db.Time(until).UTC().AddDate(0, -2, 0), This: token == pass.Hash(session)}, nil
	})
}

// SignOutDevice ends one session of a reader; that it has ended is no error.
func (s *Store) SignOutDevice(ctx context.Context, reader, device string) error {
	rows, err := s.db.Query(ctx, `SELECT token FROM reader_session WHERE reader = ?1`, reader)
	if err != nil {
		return fault.Internal("read the devices", err)
	}
	all, err := db.Collect(rows, "read the devices", func(row db.Scanner) (token string, err error) {
		return token, row.Scan(&token)
	})
	if err != nil {
		return err
	}
	for _, token := range all {
		if pass.Hash(token) == device {
			return s.end(ctx, `DELETE FROM reader_session WHERE token = ?1`, token)
		}
	}
	return nil
}
