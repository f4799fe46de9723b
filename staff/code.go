package staff

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"database/sql"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff/pass"
)

const (
	codeStep   = 30 // seconds
	codeDigits = 6
	recoveries = 10 // codes in a set
)

// Code is somebody's secret for codes from an app (RFC 6238).
type Code struct {
	Secret   string    // base32, for as long as it is not proven; then ""
	Proven   time.Time // since when it opens the desk; zero is not yet
	Recovery int       // recovery codes that are left
}

// There reports whether there is a secret at all.
func (c Code) There() bool { return c.Secret != "" || !c.Proven.IsZero() }

var (
	errCode      = fault.Forbidden("code", "address and code do not fit, or it was tried too often")
	errWrongCode = fault.Invalid("code", "the app shows another code")
)

// Address is what an app reads from a picture.
func (c Code) Address(issuer, email string) string {
	return fmt.Sprintf("otpauth://totp/%s:%s?secret=%s&issuer=%s", url.PathEscape(issuer), url.PathEscape(email), c.Secret, url.QueryEscape(issuer))
}

// codeAt is the code of a secret in a step of half a minute.
func codeAt(secret string, step int64) string {
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return ""
	}
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, step)
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	n := binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", codeDigits, n%1_000_000)
}

// fits finds the step after used whose code was typed, near now; 0 is none.
func fits(secret, typed string, now time.Time, used int64) (step int64) {
	for near := now.Unix()/codeStep - 1; near <= now.Unix()/codeStep+1; near++ {
		if subtle.ConstantTimeCompare([]byte(codeAt(secret, near)), []byte(typed)) == 1 && near > used {
			step = near
		}
	}
	return step
}

// typedCode is a code without the blanks and dashes that people put in.
func typedCode(s string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(s))
}

// CodeOf says how somebody stands with codes.
func (s *Store) CodeOf(ctx context.Context, person string) (Code, error) {
	var c Code
	secret, proven, _, err := codeOf(ctx, s.db, person)
	if err != nil {
		return c, err
	}
	if c.Proven = db.Time(proven); proven == 0 {
		c.Secret = secret
	}
	if err := s.db.QueryRow(ctx, `SELECT COUNT(*) FROM person_recovery WHERE person = ?1`, person).Scan(&c.Recovery); err != nil {
		return c, fault.Internal("count the recovery codes", err)
	}
	return c, nil
}

// codeOf reads a secret; "" when there is none.
func codeOf(ctx context.Context, q db.Reader, person string) (secret string, proven, used int64, err error) {
	err = q.QueryRow(ctx, `SELECT secret, proven, step FROM person_code WHERE person = ?1`, person).Scan(&secret, &proven, &used)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", 0, 0, fault.Internal("read the secret of the codes", err)
	}
	return secret, proven, used, nil
}

// AskForCode makes a secret for an app. It opens nothing until a code of it
// was typed; Conflict when there is one that does.
func (s *Store) AskForCode(ctx context.Context, person string) error {
	key := make([]byte, 20)
	_, _ = rand.Read(key)
	secret := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(key)
	return s.db.Do(ctx, func(tx *db.Tx) error {
		_, proven, _, err := codeOf(ctx, tx, person)
		if err != nil {
			return err
		}
		if proven > 0 {
			return fault.Conflict("code", "there is a secret already")
		}
		if err := drop(ctx, tx, "person_code", person); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO person_code (person, secret, made, proven, step) VALUES (?1, ?2, ?3, 0, 0)`, person, secret, s.now()); err != nil {
			return fault.Internal("keep the secret of the codes", err)
		}
		return nil
	})
}

// ProveCode makes the secret a way in, once a code of it was typed, and gives
// the recovery codes; Invalid when the code is another.
func (s *Store) ProveCode(ctx context.Context, person, typed string) (recovery []string, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		secret, proven, used, err := codeOf(ctx, tx, person)
		if err != nil {
			return err
		}
		if secret == "" || proven > 0 {
			return fault.Conflict("code", "there is no secret that waits for a code")
		}
		step := fits(secret, typedCode(typed), s.now(), used)
		if step == 0 {
			return errWrongCode
		}
		if _, err := tx.Exec(ctx, `UPDATE person_code SET proven = ?2, step = ?3 WHERE person = ?1`, person, s.now(), step); err != nil {
			return fault.Internal("prove the code", err)
		}
		if recovery, err = s.recover(ctx, tx, person); err != nil {
			return err
		}
		return s.note(ctx, tx, person, DidAddCode, "", "")
	})
	if err != nil {
		return nil, err
	}
	return recovery, nil
}

// RemoveCode takes the secret away, and the recovery codes with it; ErrLastWay
// when no passkey is left to come in.
func (s *Store) RemoveCode(ctx context.Context, person string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		keys, codes, err := ways(ctx, tx, person)
		if err != nil {
			return err
		}
		if codes > 0 && keys == 0 {
			return ErrLastWay
		}
		for _, table := range []string{"person_code", "person_recovery"} {
			if err := drop(ctx, tx, table, person); err != nil {
				return err
			}
		}
		if codes == 0 {
			return nil
		}
		return s.note(ctx, tx, person, DidRemoveCode, "", "")
	})
}

// Recover makes a new set of recovery codes, each good once in place of a code
// from the app; the old set is worth nothing then. They are shown this once.
func (s *Store) Recover(ctx context.Context, person string) (codes []string, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		_, proven, _, err := codeOf(ctx, tx, person)
		if err != nil {
			return err
		}
		if proven == 0 {
			return fault.Conflict("code", "recovery codes come with codes from an app")
		}
		if codes, err = s.recover(ctx, tx, person); err != nil {
			return err
		}
		return s.note(ctx, tx, person, DidMakeRecovery, "", "")
	})
	return codes, err
}

func (s *Store) recover(ctx context.Context, tx *db.Tx, person string) (codes []string, err error) {
	if err := drop(ctx, tx, "person_recovery", person); err != nil {
		return nil, err
	}
	for range recoveries {
		code := rand.Text()[:16]
		if _, err := tx.Exec(ctx, `INSERT INTO person_recovery (person, code) VALUES (?1, ?2)`, person, pass.Hash(code)); err != nil {
			return nil, fault.Internal("keep a recovery code", err)
		}
		codes = append(codes, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
	}
	return codes, nil
}

// SignInByCode opens a session for an address and a code from the app or a
// recovery code; Forbidden otherwise, and for all reasons alike.
func (s *Store) SignInByCode(ctx context.Context, email, typed string, from Entry) (session string, err error) {
	typed = typedCode(typed)
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		session = ""
		ok, err := s.try(ctx, tx, codeTries, email)
		if err != nil {
			return err
		}
		p, err := one(ctx, tx, "the address", columns+` WHERE p.email = ?1`, strings.ToLower(strings.TrimSpace(email)))
		if fault.Is(err, fault.KindNotFound) || (err == nil && !p.Here()) {
			return nil
		}
		if err != nil {
			return err
		}
		way := Way("")
		if ok {
			if way, err = s.byCode(ctx, tx, p.ID, typed); err != nil {
				return err
			}
		}
		if way == "" {
			return s.tally(ctx, tx, p.ID, DidFailCode)
		}
		session, err = s.open(ctx, tx, p.ID, way, from)
		return err
	})
	if err == nil && session == "" {
		err = errCode
	}
	return session, err
}

// byCode uses a code up and says of which kind it was; "" is none.
func (s *Store) byCode(ctx context.Context, tx *db.Tx, person, typed string) (Way, error) {
	secret, proven, used, err := codeOf(ctx, tx, person)
	if err != nil || proven == 0 {
		return "", err
	}
	if step := fits(secret, typed, s.now(), used); step > 0 {
		if _, err := tx.Exec(ctx, `UPDATE person_code SET step = ?2 WHERE person = ?1`, person, step); err != nil {
			return "", fault.Internal("use the code up", err)
		}
		return ByCode, nil
	}
	done, err := tx.Exec(ctx, `DELETE FROM person_recovery WHERE person = ?1 AND code = ?2`, person, pass.Hash(typed))
	if err := found(done, err, "recovery code"); fault.Is(err, fault.KindNotFound) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	return ByRecovery, nil
}
