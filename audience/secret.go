package audience

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"

	"wireroom/db"
	"wireroom/fault"
)

const secretSize = 32

// markSize is what of a hash is kept, in bytes: enough that no two meet.
const markSize = 16

// secretName is the row of the secret that keys every hash.
const secretName = "secret"

// mark is the keyed hash by which something that a reader knows is found again;
// kind keeps the marks of different things apart. It cannot be turned back, but
// whoever has the secret can try what they guess.
func (s *Store) mark(ctx context.Context, kind, text string) (string, error) {
	key, err := s.subkey(ctx, kind)
	if err != nil {
		return "", err
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:markSize]), nil
}

// subkey derives the key of one purpose.
func (s *Store) subkey(ctx context.Context, purpose string) ([]byte, error) {
	secret, err := s.theSecret(ctx)
	if err != nil {
		return nil, err
	}
	return derive(secret, purpose)
}

// subkeyIn is subkey within a transaction.
func (s *Store) subkeyIn(ctx context.Context, tx *db.Tx, purpose string) ([]byte, error) {
	s.keys.Lock()
	secret := s.secret
	s.keys.Unlock()
	if secret == nil {
		text, err := keyIn(ctx, tx, secretName, newSecret)
		if err != nil {
			return nil, err
		}
		if secret, err = readSecret(text); err != nil {
			return nil, err
		}
	}
	return derive(secret, purpose)
}

func derive(secret []byte, purpose string) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "wireroom readers "+purpose, sha256.Size)
	if err != nil {
		return nil, fault.Internal("derive a key", err)
	}
	return key, nil
}

func newSecret() (string, error) {
	fresh := make([]byte, secretSize)
	_, _ = rand.Read(fresh)
	return base64.StdEncoding.EncodeToString(fresh), nil
}

func readSecret(text string) ([]byte, error) {
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(secret) != secretSize {
		return nil, fault.Internal("read the readers' secret", errors.Join(err, errors.New("it is damaged")))
	}
	return secret, nil
}

func (s *Store) theSecret(ctx context.Context) ([]byte, error) {
	s.keys.Lock()
	defer s.keys.Unlock()
	if s.secret != nil {
		return s.secret, nil
	}
	text, err := s.keyNamed(ctx, secretName, newSecret)
	if err != nil {
		return nil, err
	}
	secret, err := readSecret(text)
	if err != nil {
		return nil, err
	}
	s.secret = secret
	return secret, nil
}

// keyNamed reads a key of the table and makes it if there is none yet. Of
// several machines that start at once all get the same.
func (s *Store) keyNamed(ctx context.Context, name string, fresh func() (string, error)) (value string, err error) {
	err = s.db.QueryRow(ctx, `SELECT value FROM reader_key WHERE name = ?1`, name).Scan(&value)
	if err == nil {
		return value, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return "", fault.Internal("read the readers' keys", err)
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		value, err = keyIn(ctx, tx, name, fresh)
		return err
	})
	return value, err
}

// keyIn is keyNamed within a transaction, which may yet come to nothing.
func keyIn(ctx context.Context, tx *db.Tx, name string, fresh func() (string, error)) (value string, err error) {
	err = tx.QueryRow(ctx, `SELECT value FROM reader_key WHERE name = ?1`, name).Scan(&value)
	if err == nil {
		return value, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return "", fault.Internal("read the readers' keys", err)
	}
	if value, err = fresh(); err != nil {
		return "", err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO reader_key (name, value) VALUES (?1, ?2)`, name, value); err != nil {
		return "", fault.Internal("keep the readers' keys", err)
	}
	return value, nil
}
