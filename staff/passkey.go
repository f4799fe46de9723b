package staff

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"wireroom/db"
	"wireroom/fault"
)

// EnoughPasskeys is how many everybody should have: one that is lost must not
// keep them out.
const EnoughPasskeys = 2

// Passkey is a key that a person keeps in a device or a program of theirs; we
// have its public half.
type Passkey struct {
	ID, Name   string
	Site       string // the host that it opens
	Made, Used time.Time
}

var (
	errPasskey = fault.Forbidden("passkey", "it opens nothing here")
	// ErrLastWay refuses to take away the only way in.
	ErrLastWay = fault.Conflict("passkey", "it is the only way in")
)

// owner is a person as the ceremonies know them.
type owner struct {
	Person
	keys []webauthn.Credential
}

func (o owner) WebAuthnID() []byte                         { return []byte(o.ID) }
func (o owner) WebAuthnName() string                       { return o.Email }
func (o owner) WebAuthnDisplayName() string                { return o.Name }
func (o owner) WebAuthnCredentials() []webauthn.Credential { return o.keys }

// Passkeys lists somebody's passkeys, the oldest first.
func (s *Store) Passkeys(ctx context.Context, person string) ([]Passkey, error) {
	rows, err := s.db.Query(ctx, `SELECT id, name, site, made, used FROM person_passkey WHERE person = ?1 ORDER BY made, id`, person)
	if err != nil {
		return nil, fault.Internal("list the passkeys", err)
	}
	defer rows.Close()
	var all []Passkey
	for rows.Next() {
		var k Passkey
		var made, used int64
		if err := rows.Scan(&k.ID, &k.Name, &k.Site, &made, &used); err != nil {
			return nil, fault.Internal("list the passkeys", err)
		}
		k.Made, k.Used = db.Time(made), db.Time(used)
		all = append(all, k)
	}
	return all, rows.Err()
}

// AskForPasskey begins the making of a passkey.
func (s *Store) AskForPasskey(ctx context.Context, person string, at Site) (Ceremony, error) {
	w, err := at.party()
	if err != nil {
		return Ceremony{}, err
	}
	var c Ceremony
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		p, err := here(ctx, tx, person)
		if err != nil {
			return err
		}
		o := owner{p, nil}
		if o.keys, err = credentials(ctx, tx, person); err != nil {
			return err
		}
		options, asked, err := w.BeginRegistration(o, webauthn.WithExclusions(webauthn.Credentials(o.keys).CredentialDescriptors()))
		if err != nil {
			return fault.Internal("ask for a passkey", err)
		}
		c, err = s.challenge(ctx, tx, person, options, asked)
		return err
	})
	return c, err
}

// AddPasskey keeps the passkey that a browser made for the ceremony.
func (s *Store) AddPasskey(ctx context.Context, person string, at Site, token, name string, answer []byte) (Passkey, error) {
	w, err := at.party()
	if err != nil {
		return Passkey{}, err
	}
	k := Passkey{Name: strings.Join(strings.Fields(name), " "), Site: at.ID, Made: s.now()}
	if k.Name == "" || unreadable(k.Name) {
		return k, fault.Invalid("name", "a passkey needs a name of at most %d characters", longest)
	}
	var wrong error // a challenge that was answered wrongly is used up as well
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		p, err := here(ctx, tx, person)
		if err != nil {
			return err
		}
		asked, err := s.answered(ctx, tx, person, token)
		if err != nil {
			return err
		}
		made, err := create(w, owner{Person: p}, asked, answer)
		if wrong = err; wrong != nil {
			return nil
		}
		k.ID = base64.RawURLEncoding.EncodeToString(made.ID)
		if err := insertPasskey(ctx, tx, person, k, made); err != nil {
			return err
		}
		return s.note(ctx, tx, person, DidAddPasskey, "", k.Name)
	})
	if err == nil {
		err = wrong
	}
	return k, err
}

func create(w *webauthn.WebAuthn, o owner, asked webauthn.SessionData, answer []byte) (*webauthn.Credential, error) {
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return nil, fault.Invalid("passkey", "the browser's answer can't be read")
	}
	made, err := w.CreateCredential(o, asked, parsed)
	if err != nil {
		return nil, fault.Invalid("passkey", "the browser's answer does not fit what was asked")
	}
	return made, nil
}

func insertPasskey(ctx context.Context, tx *db.Tx, person string, k Passkey, made *webauthn.Credential) error {
	record, err := json.Marshal(made)
	if err != nil {
		return fault.Internal("keep the passkey", err)
	}
	done, err := tx.Exec(ctx, `INSERT INTO person_passkey (id, person, name, site, credential, made, used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)
		ON CONFLICT (id) DO NOTHING`, k.ID, person, k.Name, k.Site, string(record), k.Made)
	if err != nil {
		return fault.Internal("keep the passkey", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(fault.Conflict("passkey", "it is here already"), err)
	}
	return nil
}

// AskForSignIn begins a sign-in by whatever passkey the browser offers.
func (s *Store) AskForSignIn(ctx context.Context, at Site) (Ceremony, error) {
	w, err := at.party()
	if err != nil {
		return Ceremony{}, err
	}
	options, asked, err := w.BeginDiscoverableLogin()
	if err != nil {
		return Ceremony{}, fault.Internal("ask for a passkey", err)
	}
	var c Ceremony
	err = s.db.Do(ctx, func(tx *db.Tx) (err error) {
		c, err = s.challenge(ctx, tx, "", options, asked)
		return err
	})
	return c, err
}

// SignInByPasskey opens a session for whoever answered the challenge with a
// passkey of theirs; Forbidden otherwise, and for all reasons alike.
func (s *Store) SignInByPasskey(ctx context.Context, at Site, token string, answer []byte, from Entry) (session string, err error) {
	w, err := at.party()
	if err != nil {
		return "", err
	}
	var wrong error
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		asked, err := s.answered(ctx, tx, "", token)
		if err != nil {
			return err
		}
		session, wrong, err = s.openByPasskey(ctx, tx, w, asked, answer, from)
		return err
	})
	if err == nil {
		err = wrong
	}
	if err != nil {
		return "", err
	}
	return session, nil
}

// openByPasskey checks an answer. What is wrong with the answer is apart from
// what fails, for the challenge is used up all the same.
func (s *Store) openByPasskey(ctx context.Context, tx *db.Tx, w *webauthn.WebAuthn, asked webauthn.SessionData, answer []byte, from Entry) (session string, wrong, err error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return "", errPasskey, nil
	}
	id := base64.RawURLEncoding.EncodeToString(parsed.RawID)
	o, err := keeper(ctx, tx, id)
	if fault.Is(err, fault.KindNotFound) || (err == nil && !o.Here()) {
		return "", errPasskey, nil
	}
	if err != nil {
		return "", nil, err
	}
	used, failed := w.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
		if string(handle) != o.ID {
			return nil, errPasskey
		}
		return o, nil
	}, asked, parsed)
	if failed != nil {
		return "", errPasskey, nil
	}
	if used.Authenticator.CloneWarning {
		return "", errPasskey, s.note(ctx, tx, o.ID, DidCopyPasskey, "", "")
	}
	record, err := json.Marshal(used)
	if err == nil {
		_, err = tx.Exec(ctx, `UPDATE person_passkey SET credential = ?2, used = ?3 WHERE id = ?1`, id, string(record), s.now())
	}
	if err != nil {
		return "", nil, fault.Internal("note that the passkey was used", err)
	}
	session, err = s.open(ctx, tx, o.ID, ByPasskey, from)
	return session, nil, err
}

// keeper finds whose passkey it is; NotFound.
func keeper(ctx context.Context, tx *db.Tx, id string) (owner, error) {
	var person string
	err := tx.QueryRow(ctx, `SELECT person FROM person_passkey WHERE id = ?1`, id).Scan(&person)
	if errors.Is(err, sql.ErrNoRows) {
		return owner{}, fault.NotFound("the passkey")
	}
	if err != nil {
		return owner{}, fault.Internal("find the passkey", err)
	}
	p, err := one(ctx, tx, "the person", columns+` WHERE p.id = ?1`, person)
	if err != nil {
		return owner{}, err
	}
	keys, err := credentials(ctx, tx, person)
	return owner{p, keys}, err
}

func credentials(ctx context.Context, tx *db.Tx, person string) ([]webauthn.Credential, error) {
	rows, err := tx.Query(ctx, `SELECT credential FROM person_passkey WHERE person = ?1`, person)
	if err != nil {
		return nil, fault.Internal("read the passkeys", err)
	}
	defer rows.Close()
	var all []webauthn.Credential
	for rows.Next() {
		var record string
		var c webauthn.Credential
		err := rows.Scan(&record)
		if err == nil {
			err = json.Unmarshal([]byte(record), &c)
		}
		if err != nil {
			return nil, fault.Internal("read the passkeys", err)
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

// NamePasskey gives one of somebody's passkeys another name; NotFound.
func (s *Store) NamePasskey(ctx context.Context, person, id, name string) error {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || unreadable(name) {
		return fault.Invalid("name", "a passkey needs a name of at most %d characters", longest)
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		done, err := tx.Exec(ctx, `UPDATE person_passkey SET name = ?3 WHERE person = ?1 AND id = ?2`, person, id, name)
		return found(done, err, "passkey")
	})
}

// RemovePasskey takes one of somebody's passkeys away; ErrLastWay when nothing
// else would let them in, NotFound.
func (s *Store) RemovePasskey(ctx context.Context, person, id string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		var name string
		err := tx.QueryRow(ctx, `SELECT name FROM person_passkey WHERE person = ?1 AND id = ?2`, person, id).Scan(&name)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.NotFound("the passkey")
		}
		if err != nil {
			return fault.Internal("find the passkey", err)
		}
		keys, codes, err := ways(ctx, tx, person)
		if err != nil {
			return err
		}
		if keys+codes < 2 {
			return ErrLastWay
		}
		done, err := tx.Exec(ctx, `DELETE FROM person_passkey WHERE person = ?1 AND id = ?2`, person, id)
		if err := found(done, err, "passkey"); err != nil {
			return err
		}
		return s.note(ctx, tx, person, DidRemovePasskey, "", name)
	})
}

// ways counts somebody's passkeys and whether codes let them in.
func ways(ctx context.Context, q db.Reader, person string) (keys, codes int, err error) {
	err = q.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM person_passkey WHERE person = ?1),
		(SELECT COUNT(*) FROM person_code WHERE person = ?1 AND proven > 0)`, person).Scan(&keys, &codes)
	if err != nil {
		return 0, 0, fault.Internal("count the ways in", err)
	}
	return keys, codes, nil
}

// found is NotFound when a statement met no row.
func found(done sql.Result, err error, subject string) error {
	if err != nil {
		return fault.Internal("write the "+subject, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(fault.NotFound("the "+subject), err)
	}
	return nil
}
