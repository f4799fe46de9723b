package audience

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"math/big"
	"net/mail"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff/pass"
)

const (
	askLife   = 15 * time.Minute
	codeTries = 5 // of one ask
	mostAsks  = 3 // of one address at a time; more send no letter
)

// Asked is what a letter and a browser get when somebody asks to sign in by an
// address. It is the same whether or not the address has an account: the first
// sign-in opens one.
type Asked struct {
	Browser string // a secret that the asking browser keeps
	Token   string // of the link in the letter; "" when no letter is to be sent
	Code    string // six digits for the letter, to be typed in the asking browser
	Until   time.Time
}

// Ask begins a sign-in by an address; Invalid when it is none.
func (s *Store) Ask(ctx context.Context, address, lang string) (Asked, error) {
	a, err := readAddress(address)
	if err != nil {
		return Asked{}, err
	}
	asked := Asked{Browser: rand.Text(), Token: rand.Text(), Code: newCode(), Until: s.now().Add(askLife)}
	email, err := s.mark(ctx, "email", a)
	if err != nil {
		return Asked{}, err
	}
	sealed, err := s.seal(ctx, a)
	if err != nil {
		return Asked{}, err
	}
	code, err := s.mark(ctx, "ask", asked.Browser+" "+asked.Code)
	if err != nil {
		return Asked{}, err
	}
	_, domain, _ := strings.Cut(a, "@")
	if domain, err = s.domainMark(ctx, domain); err != nil {
		return Asked{}, err
	}
	var waiting int
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		if err := s.sweep(ctx, tx); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM reader_ask WHERE email = ?1`, email).Scan(&waiting); err != nil {
			return fault.Internal("count the asks", err)
		}
		_, err := tx.Exec(ctx, `INSERT INTO reader_ask (token, email, sealed, browser, code, tries, lang, until, domain)
			VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8)`,
			pass.Hash(asked.Token), email, sealed, pass.Hash(asked.Browser), code, lang, db.Millis(asked.Until), domain)
		if err != nil {
			return fault.Internal("ask to sign in", err)
		}
		return nil
	})
	if waiting >= mostAsks {
		asked.Token, asked.Code = "", ""
	}
	return asked, err
}

// LookAsk tells whether a letter's link is good and whether browser is the one
// that asked. It uses nothing up: scanners follow links too. NotFound.
func (s *Store) LookAsk(ctx context.Context, token, browser string) (same bool, err error) {
	var asker string
	err = s.db.QueryRow(ctx, `SELECT browser FROM reader_ask WHERE token = ?1 AND until > ?2`,
		pass.Hash(token), db.Millis(s.now())).Scan(&asker)
	if errors.Is(err, sql.ErrNoRows) {
		return false, fault.NotFound("the sign-in (it was used or is over; ask for a new letter)")
	}
	if err != nil {
		return false, fault.Internal("read an ask", err)
	}
	return subtle.ConstantTimeCompare([]byte(asker), []byte(pass.Hash(browser))) == 1, nil
}

// AnswerLink signs in by the letter's link in the browser that asked; NotFound.
// ErrNoSeat comes with a session: all seats of the address's company are taken.
func (s *Store) AnswerLink(ctx context.Context, token, browser string) (session string, err error) {
	return s.answer(ctx, func(tx *db.Tx) (string, error) {
		var asker string
		err := tx.QueryRow(ctx, `SELECT browser FROM reader_ask WHERE token = ?1 AND until > ?2`,
			pass.Hash(token), db.Millis(s.now())).Scan(&asker)
		if errors.Is(err, sql.ErrNoRows) || err == nil && asker != pass.Hash(browser) {
			return "", fault.NotFound("the sign-in (it was used or is over; ask for a new letter)")
		}
		return pass.Hash(token), err
	})
}

// AnswerCode signs in by the letter's code, typed in the browser that asked;
// NotFound, and after five wrong ones always. ErrNoSeat is as of AnswerLink.
func (s *Store) AnswerCode(ctx context.Context, browser, code string) (session string, err error) {
	wrong := false
	session, err = s.answer(ctx, func(tx *db.Tx) (token string, err error) {
		wrong = false
		var want string
		var tries int
		err = tx.QueryRow(ctx, `SELECT token, code, tries FROM reader_ask WHERE browser = ?1 AND until > ?2`,
			pass.Hash(browser), db.Millis(s.now())).Scan(&token, &want, &tries)
		if errors.Is(err, sql.ErrNoRows) {
			return "", fault.NotFound("the sign-in (it was used or is over; ask for a new letter)")
		}
		if err != nil {
			return "", err
		}
		got, err := s.mark(ctx, "ask", browser+" "+strings.Join(strings.Fields(code), ""))
		if err != nil {
			return "", err
		}
		if wrong = tries >= codeTries || subtle.ConstantTimeCompare([]byte(got), []byte(want)) != 1; wrong {
			return "", fault.NotFound("this code")
		}
		return token, nil
	})
	if wrong {
		if err := s.db.Do(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE reader_ask SET tries = tries + 1 WHERE browser = ?1`, pass.Hash(browser))
			return err
		}); err != nil {
			return "", fault.Internal("count a wrong code", err)
		}
	}
	return session, err
}

// answer uses an ask up and signs its address in, opening an account if there
// is none.
func (s *Store) answer(ctx context.Context, which func(*db.Tx) (token string, err error)) (session string, err error) {
	if _, err := s.theSecret(ctx); err != nil { // it cannot be made within a transaction
		return "", err
	}
	var seat error
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		seat = nil
		token, err := which(tx)
		if err != nil {
			return err
		}
		var email, sealed, lang, domain string
		if err := tx.QueryRow(ctx, `SELECT email, sealed, lang, domain FROM reader_ask WHERE token = ?1`, token).Scan(&email, &sealed, &lang, &domain); err != nil {
			return fault.Internal("read an ask", err)
		}
		if _, err := tx.Exec(ctx, `DELETE FROM reader_ask WHERE email = ?1`, email); err != nil {
			return fault.Internal("use an ask up", err)
		}
		_, err = tx.Exec(ctx, `INSERT INTO reader (id, name, email, sealed, lang) VALUES (?1, '', ?2, ?3, ?4)
			ON CONFLICT DO NOTHING`, newID(), email, sealed, lang)
		if err != nil {
			return fault.Internal("open an account", err)
		}
		var id string
		if err := tx.QueryRow(ctx, `SELECT id FROM reader WHERE email = ?1 AND email <> ''`, email).Scan(&id); err != nil {
			return fault.Internal("open an account", err)
		}
		if session, err = s.openSessionIn(ctx, tx, id); err != nil {
			return err
		}
		if seat = seatByDomain(ctx, tx, domain, id, s.now()); errors.Is(seat, ErrNoSeat) {
			return nil
		}
		return seat
	})
	return session, or(err, seat)
}

// readAddress takes an address as people type it.
func readAddress(s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 || !strings.Contains(s[strings.LastIndexByte(s, '@')+1:], ".") {
		return "", fault.Invalid("email", "this is no e-mail address")
	}
	return s, nil
}

func newCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // the system has no chance to give: nothing can be made safely
	}
	return fmt.Sprintf("%06d", n)
}
