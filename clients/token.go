package clients

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
	"wireroom/staff/pass"
)

// maxTokens lets a client change from one token to the next without a gap.
const maxTokens = 2

// sign begins each token, so that whoever finds one knows whose trade it is.
const sign = "wire_"

// Token is a key of a client's machines, without what opens.
type Token struct {
	ID   string
	Name string
	Made time.Time
	Used string // the month of its last use, "2024-10"; "" is never
}

// Tokens are a client's, the oldest first.
func (s *Store) Tokens(ctx context.Context, of ID) ([]Token, error) {
	rows, err := s.db.Query(ctx, `SELECT id, name, made, used FROM client_token WHERE client = ?1 ORDER BY made, id`, of)
	if err != nil {
		return nil, fault.Internal("read the tokens", err)
	}
	return db.Collect(rows, "read the tokens", func(r db.Scanner) (t Token, err error) {
		var made int64
		err = r.Scan(&t.ID, &t.Name, &made, &t.Used)
		t.Made = db.Time(made)
		return t, err
	})
}

// TokenIDs are the ids of all tokens that count.
func (s *Store) TokenIDs(ctx context.Context) (map[string]bool, error) {
	rows, err := s.db.Query(ctx, `SELECT id FROM client_token`)
	if err != nil {
		return nil, fault.Internal("read the tokens", err)
	}
	ids, err := db.Collect(rows, "read the tokens", func(r db.Scanner) (id string, err error) {
		err = r.Scan(&id)
		return id, err
	})
	all := map[string]bool{}
	for _, id := range ids {
		all[id] = true
	}
	return all, err
}

// MakeToken makes a token and tells it, this once. A client has at most two.
func (m *Manager) MakeToken(ctx context.Context, of ID, name string) (secret string, err error) {
	c, err := m.Client(ctx, of)
	if err != nil {
		return "", err
	}
	name = strings.TrimSpace(name)
	if len(name) > maxText {
		return "", fault.Invalid("token", "the name is too long")
	}
	secret = sign + rand.Text()
	return secret, m.act(ctx, staff.DidMakeToken, c.Name, func(tx *db.Tx) error {
		// The client's own row keeps two who make one at once apart.
		if _, err := tx.Exec(ctx, `UPDATE client SET name = name WHERE id = ?1`, of); err != nil {
			return fault.Internal("make a token", err)
		}
		var has int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM client_token WHERE client = ?1`, of).Scan(&has); err != nil {
			return fault.Internal("make a token", err)
		}
		if has >= maxTokens {
			return fault.Conflict("token", "a client has at most two tokens; revoke one first")
		}
		_, err := tx.Exec(ctx, `INSERT INTO client_token (id, client, name, hash, made, used) VALUES (?1, ?2, ?3, ?4, ?5, '')`,
			db.NewID(), of, name, pass.Hash(secret), m.now())
		return internal("make a token", err)
	})
}

// RevokeToken ends a token at once.
func (m *Manager) RevokeToken(ctx context.Context, of ID, token string) error {
	c, err := m.Client(ctx, of)
	if err != nil {
		return err
	}
	return m.act(ctx, staff.DidRevokeToken, c.Name, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, `DELETE FROM client_token WHERE id = ?1 AND client = ?2`, token, of))("the token")
	})
}

// ByToken is the client whose token it is, with the token's id; NotFound. The
// first use in a month is written down, and no more.
func (s *Store) ByToken(ctx context.Context, secret string) (c Client, token string, err error) {
	if !strings.HasPrefix(secret, sign) || len(secret) > maxText {
		return Client{}, "", fault.NotFound("the token")
	}
	var of ID
	var used string
	err = s.db.QueryRow(ctx, `SELECT id, client, used FROM client_token WHERE hash = ?1`, pass.Hash(secret)).Scan(&token, &of, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return Client{}, "", fault.NotFound("the token")
	}
	if err != nil {
		return Client{}, "", fault.Internal("look for a token", err)
	}
	if month := s.now().UTC().Format("2006-01"); used != month {
		err := s.db.Do(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE client_token SET used = ?2 WHERE id = ?1`, token, month)
			return err
		})
		if err != nil {
			return Client{}, "", fault.Internal("note the use of a token", err)
		}
	}
	c, err = s.Client(ctx, of)
	return c, token, err
}
