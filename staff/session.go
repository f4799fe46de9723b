package staff

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff/pass"
)

// Channel rings after somebody's sessions were ended by an act: whoever holds a
// connection open for a session looks again whether it is one.
const Channel = "staff"

// Way is how a session was opened.
type Way string

// The ways in.
const (
	ByLink     Way = "link"
	ByPasskey  Way = "passkey"
	ByCode     Way = "code"
	ByRecovery Way = "recovery"
)

// Entry is where somebody comes in. It has no network address, and nothing
// keeps one.
type Entry struct {
	Browser string // as Firefox; "" is unknown
	System  string // as Linux
	Old     string // token of the session that the browser had; it ends
}

// Session is a browser that somebody is signed in with.
type Session struct {
	ID              string
	Made, Seen      time.Time
	Way             Way
	Browser, System string
}

// Sitting is somebody who is signed in.
type Sitting struct {
	Person
	Session  string // its ID
	Passkeys int    // how many they have
}

// seenEvery is how exactly a session knows when it was last seen.
const seenEvery = 5 * time.Minute

// Link makes a sign-in link's token for a person: one use, 24 hours. Forbidden
// when they are frozen or have left.
func (s *Store) Link(ctx context.Context, person string) (string, error) {
	var token string
	err := s.db.Do(ctx, func(tx *db.Tx) (err error) {
		if _, err = here(ctx, tx, person); err == nil {
			token, err = s.doors.LinkIn(ctx, tx, person)
		}
		return err
	})
	return token, err
}

// ByLink says whose link it is without using it up; NotFound when used or old.
func (s *Store) ByLink(ctx context.Context, token string) (Person, error) {
	id, err := s.doors.LinkOwner(ctx, token)
	if err != nil {
		return Person{}, err
	}
	return s.ByID(ctx, id)
}

// SignIn uses a link up and opens a session of 30 days.
func (s *Store) SignIn(ctx context.Context, token string) (string, error) {
	return s.SignInFrom(ctx, token, Entry{})
}

// SignInFrom is SignIn from a browser that is known.
func (s *Store) SignInFrom(ctx context.Context, token string, from Entry) (session string, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		id, err := s.doors.Use(ctx, tx, token)
		if err != nil {
			return err
		}
		session, err = s.open(ctx, tx, id, ByLink, from)
		return err
	})
	return session, err
}

// open lets somebody in and ends the session that their browser had.
func (s *Store) open(ctx context.Context, tx *db.Tx, person string, way Way, from Entry) (string, error) {
	p, err := here(ctx, tx, person)
	if err != nil {
		return "", err
	}
	if err := s.forgive(ctx, tx, codeTries, p.Email); err != nil {
		return "", err
	}
	if from.Old != "" {
		if _, err := tx.Exec(ctx, `DELETE FROM person_session WHERE token = ?1`, pass.Hash(from.Old)); err != nil {
			return "", fault.Internal("end the old session", err)
		}
	}
	session, err := s.doors.Open(ctx, tx, person)
	if err != nil {
		return "", err
	}
	if _, err := tx.Exec(ctx, `UPDATE person_session SET made = ?2, seen = ?2, way = ?3, browser = ?4, system = ?5 WHERE token = ?1`,
		pass.Hash(session), s.now(), string(way), from.Browser, from.System); err != nil {
		return "", fault.Internal("open a session", err)
	}
	return session, s.note(ctx, tx, person, DidSignIn, "", string(way))
}

// here finds a person who may sign in; Forbidden when frozen or gone.
func here(ctx context.Context, q db.Reader, id string) (Person, error) {
	p, err := one(ctx, q, "the person", columns+` WHERE p.id = ?1`, id)
	if err == nil && !p.Here() {
		err = fault.Forbidden(p.Name, "the account is frozen or the person has left")
	}
	return p, err
}

// BySession finds who is signed in; NotFound when the session is unknown or
// over, or its person frozen or gone.
func (s *Store) BySession(ctx context.Context, session string) (Person, error) {
	sitting, err := s.Sitting(ctx, session)
	return sitting.Person, err
}

// Sitting is BySession with what the screens show of it.
func (s *Store) Sitting(ctx context.Context, session string) (Sitting, error) {
	token, now := pass.Hash(session), s.now()
	var t Sitting
	var seen int64
	var sections string
	err := s.db.QueryRow(ctx, `SELECT p.id, p.name, p.email, p.role, p.sections, p.lang, s.seen,
			(SELECT COUNT(*) FROM person_passkey k WHERE k.person = p.id)
		FROM person_session s JOIN person p ON p.id = s.person
		WHERE s.token = ?1 AND s.until > ?2 AND p.frozen = 0 AND p.left_at = 0`, token, now).
		Scan(&t.ID, &t.Name, &t.Email, &t.Role, &sections, &t.Lang, &seen, &t.Passkeys)
	if errors.Is(err, sql.ErrNoRows) {
		return Sitting{}, fault.NotFound("the sign-in (it is over)")
	}
	if err != nil {
		return Sitting{}, fault.Internal("find who is signed in", err)
	}
	t.Session, t.Sections = shown(token), fields(sections)
	if now.Sub(db.Time(seen)) < seenEvery {
		return t, nil
	}
	return t, s.db.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE person_session SET seen = ?2 WHERE token = ?1`, token, now); err != nil {
			return fault.Internal("note that a session was seen", err)
		}
		return nil
	})
}

// shown is the id of a session: enough of its token's hash to tell it from
// others, and of no use to come in.
func shown(hash string) string { return hash[:16] }

// Sessions lists somebody's sessions, the last seen first.
func (s *Store) Sessions(ctx context.Context, person string) ([]Session, error) {
	rows, err := s.db.Query(ctx, `SELECT token, made, seen, way, browser, system FROM person_session
		WHERE person = ?1 AND until > ?2 ORDER BY seen DESC, token`, person, s.now())
	if err != nil {
		return nil, fault.Internal("list the sessions", err)
	}
	defer rows.Close()
	var all []Session
	for rows.Next() {
		var e Session
		var token string
		var made, seen int64
		if err := rows.Scan(&token, &made, &seen, &e.Way, &e.Browser, &e.System); err != nil {
			return nil, fault.Internal("list the sessions", err)
		}
		e.ID, e.Made, e.Seen = shown(token), db.Time(made), db.Time(seen)
		all = append(all, e)
	}
	return all, rows.Err()
}

// SignOut ends a session.
func (s *Store) SignOut(ctx context.Context, session string) error {
	return s.doors.SignOut(ctx, session)
}

// EndSession ends one of somebody's own sessions by its id; NotFound.
func (s *Store) EndSession(ctx context.Context, person, id string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		done, err := tx.Exec(ctx, `DELETE FROM person_session WHERE person = ?1 AND substr(token, 1, 16) = ?2`, person, id)
		if err != nil {
			return fault.Internal("end a session", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(fault.NotFound("the session"), err)
		}
		tx.Notify(Channel)
		return nil
	})
}

// SignOutEverywhere ends all of somebody's sessions, and the links that would
// open new ones.
func (s *Store) SignOutEverywhere(ctx context.Context, person string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if err := s.shut(ctx, tx, person); err != nil {
			return err
		}
		return s.note(ctx, tx, person, DidSignOutAll, "", "")
	})
}

// shut ends sessions, links and challenges.
func (s *Store) shut(ctx context.Context, tx *db.Tx, person string) error {
	if err := s.doors.Shut(ctx, tx, person); err != nil {
		return err
	}
	tx.Notify(Channel)
	return drop(ctx, tx, "person_challenge", person)
}

// drop takes all rows of a person out of a table of the staff's.
func drop(ctx context.Context, tx *db.Tx, table, person string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE person = ?1`, person); err != nil {
		return fault.Internal("clear "+table, err)
	}
	return nil
}

// Bell rings after each act that ended sessions, until it is stopped.
func (s *Store) Bell() (rings <-chan struct{}, stop func()) { return s.db.Listen(Channel) }
