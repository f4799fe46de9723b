// Package pass makes and checks sign-in links and sessions, for the staff and
// for readers alike.
//
// It promises that the database holds only hashes of tokens, that a link opens
// one session once, and that both end by themselves.
package pass

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

const (
	linkLife    = 24 * time.Hour
	sessionLife = 30 * 24 * time.Hour
)

// Keys are the links and sessions of one kind of people. The table and column
// names are constants of the room that owns them.
type Keys struct {
	DB              *db.DB
	Now             func() time.Time
	Links, Sessions string // tables
	Owner           string // their column
}

// Link makes a one-use token for owner that lasts 24 hours.
func (k Keys) Link(ctx context.Context, owner string) (string, error) {
	var token string
	err := k.DB.Do(ctx, func(tx *db.Tx) (err error) {
		token, err = k.LinkIn(ctx, tx, owner)
		return err
	})
	return token, err
}

// LinkOwner says whose link it is, leaving it unused.
func (k Keys) LinkOwner(ctx context.Context, token string) (string, error) {
	return k.owner(ctx, k.DB, k.Links, token)
}

// SignIn uses the link up and gives a session's token.
func (k Keys) SignIn(ctx context.Context, token string) (session string, err error) {
	err = k.DB.Do(ctx, func(tx *db.Tx) error {
		owner, err := k.Use(ctx, tx, token)
		if err != nil {
			return err
		}
		session, err = k.Open(ctx, tx, owner)
		return err
	})
	return session, err
}

// LinkIn is Link within a transaction.
func (k Keys) LinkIn(ctx context.Context, tx *db.Tx, owner string) (string, error) {
	token := rand.Text()
	return token, k.insert(ctx, tx, k.Links, token, owner, linkLife)
}

// Use uses a link up and says whose it was.
func (k Keys) Use(ctx context.Context, tx *db.Tx, token string) (owner string, err error) {
	owner, err = k.owner(ctx, tx, k.Links, token)
	if err != nil {
		return "", err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM `+k.Links+` WHERE token = ?1 OR until <= ?2`,
		Hash(token), db.Millis(k.Now())); err != nil {
		return "", fault.Internal("use the link up", err)
	}
	return owner, nil
}

// Open opens a session and gives its token.
func (k Keys) Open(ctx context.Context, tx *db.Tx, owner string) (session string, err error) {
	session = rand.Text()
	return session, k.insert(ctx, tx, k.Sessions, session, owner, sessionLife)
}

// Shut ends every link and session of owner.
func (k Keys) Shut(ctx context.Context, tx *db.Tx, owner string) error {
	for _, table := range []string{k.Links, k.Sessions} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE `+k.Owner+` = ?1`, owner); err != nil {
			return fault.Internal("write to "+table, err)
		}
	}
	return nil
}

// SessionOwner says who is signed in.
func (k Keys) SessionOwner(ctx context.Context, session string) (string, error) {
	return k.owner(ctx, k.DB, k.Sessions, session)
}

// SignOut ends the session and sweeps those that are over.
func (k Keys) SignOut(ctx context.Context, session string) error {
	return k.DB.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM `+k.Sessions+` WHERE token = ?1 OR until <= ?2`,
			Hash(session), db.Millis(k.Now()))
		if err != nil {
			return fault.Internal("sign out", err)
		}
		return nil
	})
}

func (k Keys) insert(ctx context.Context, tx *db.Tx, table, token, owner string, life time.Duration) error {
	_, err := tx.Exec(ctx, `INSERT INTO `+table+` (token, `+k.Owner+`, until) VALUES (?1, ?2, ?3)`,
		Hash(token), owner, db.Millis(k.Now().Add(life)))
	if err != nil {
		return fault.Internal("write to "+table, err)
	}
	return nil
}

func (k Keys) owner(ctx context.Context, r db.Reader, table, token string) (string, error) {
	var owner string
	err := r.QueryRow(ctx, `SELECT `+k.Owner+` FROM `+table+` WHERE token = ?1 AND until > ?2`,
		Hash(token), db.Millis(k.Now())).Scan(&owner)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.NotFound("the sign-in (it was used or is over; ask for a new link)")
	}
	if err != nil {
		return "", fault.Internal("read "+table, err)
	}
	return owner, nil
}

// Hash is what the tables keep of a token.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
