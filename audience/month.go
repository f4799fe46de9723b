package audience

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Month is how many stories a reader has opened this month: without a plan,
// and to friends. Which ones is kept nowhere.
type Month struct{ Opened, Given int }

func (s *Store) month() string { return s.now().UTC().Format("2006-01") }

// Month reads the two counters; NotFound.
func (s *Store) Month(ctx context.Context, reader string) (Month, error) {
	return s.monthIn(ctx, s.db, reader)
}

func (s *Store) monthIn(ctx context.Context, from db.Reader, reader string) (m Month, err error) {
	var month string
	err = from.QueryRow(ctx, `SELECT month, metered, given FROM reader WHERE id = ?1`, reader).Scan(&month, &m.Opened, &m.Given)
	if errors.Is(err, sql.ErrNoRows) {
		return Month{}, fault.NotFound("the reader")
	}
	if err != nil {
		return Month{}, fault.Internal("read the month's counters", err)
	}
	if month != s.month() {
		return Month{}, nil
	}
	return m, nil
}

// count adds one to a counter; Conflict when it stands at the most. It changes
// nothing that is remembered of the reader's sessions.
func (s *Store) count(ctx context.Context, reader string, most int, counter func(*Month) *int) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		m, err := s.monthIn(ctx, tx, reader)
		if err != nil {
			return err
		}
		n := counter(&m)
		if *n >= most {
			return fault.Conflict("this month's stories", "none are left")
		}
		*n++
		return changeOne(ctx, tx, `UPDATE reader SET month = ?2, metered = ?3, given = ?4 WHERE id = ?1`,
			reader, s.month(), m.Opened, m.Given)
	})
}

const (
	openLife   = 24 * time.Hour
	giftLife   = 7 * 24 * time.Hour
	giftOpens  = 20 // of one gift: a friend comes back, and messengers look ahead
	nonceSize  = 8
	ticketSize = 15 // bytes of the signature
)

// Open opens a story to a reader who holds no plan for it, most times a month.
// The ticket does so for a day, to this reader alone, so that coming back
// costs no other. Conflict when none are left.
func (s *Store) Open(ctx context.Context, reader, story string, most int) (ticket string, err error) {
	if _, err := s.subkey(ctx, "open"); err != nil {
		return "", err
	}
	if err := s.count(ctx, reader, most, func(m *Month) *int { return &m.Opened }); err != nil {
		return "", err
	}
	return s.ticket(ctx, "open", reader+" "+story, openLife)
}

// Opened reports whether the ticket opens the story to the reader.
func (s *Store) Opened(ctx context.Context, reader, story, ticket string) bool {
	_, ok := s.honest(ctx, "open", reader+" "+story, ticket)
	return ok && reader != ""
}

// Give makes a ticket that opens one story to whoever has it, for a week and so
// many times that it stays among friends; most a month. It does not tell who
// gave it. Conflict when none are left.
func (s *Store) Give(ctx context.Context, reader, story string, most int) (ticket string, err error) {
	if _, err := s.subkey(ctx, "gift"); err != nil {
		return "", err
	}
	if err := s.count(ctx, reader, most, func(m *Month) *int { return &m.Given }); err != nil {
		return "", err
	}
	return s.ticket(ctx, "gift", story, giftLife)
}

// GiftEnds is the day on which a gift made now is over.
func (s *Store) GiftEnds() time.Time { return s.now().Add(giftLife) }

// GiftOpens is how often one gift can be opened.
func (s *Store) GiftOpens() int { return giftOpens }

// TakeGift reports whether the ticket opens the story, and counts that it did;
// what it counts tells neither the story nor who gave it.
func (s *Store) TakeGift(ctx context.Context, story, ticket string) (bool, error) {
	until, ok := s.honest(ctx, "gift", story, ticket)
	if !ok {
		return false, nil
	}
	mark, err := s.mark(ctx, "gift used", ticket)
	if err != nil {
		return false, err
	}
	var used int
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		used = 0
		err := tx.QueryRow(ctx, `SELECT used FROM gift_used WHERE mark = ?1`, mark).Scan(&used)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fault.Internal("count a gift", err)
		}
		if used++; used > giftOpens {
			return nil
		}
		_, err = tx.Exec(ctx, `INSERT INTO gift_used (mark, used, until) VALUES (?1, ?2, ?3)
			ON CONFLICT (mark) DO UPDATE SET used = excluded.used`, mark, used, db.Millis(after(until, 0)))
		if err != nil {
			return fault.Internal("count a gift", err)
		}
		return nil
	})
	return err == nil && used <= giftOpens, err
}

// Gift reports whether the ticket opens the story, without counting: for what
// goes with a story that was opened.
func (s *Store) Gift(ctx context.Context, story, ticket string) bool {
	_, ok := s.honest(ctx, "gift", story, ticket)
	return ok
}

// ticket is an end and a signature of what it is for.
func (s *Store) ticket(ctx context.Context, purpose, about string, life time.Duration) (string, error) {
	body := binary.BigEndian.AppendUint32(nil, uint32(s.now().Add(life).Unix()/60))
	nonce := make([]byte, nonceSize)
	_, _ = rand.Read(nonce)
	body = append(body, nonce...)
	sum, err := s.sign(ctx, purpose, about, body)
	return base64.RawURLEncoding.EncodeToString(append(body, sum...)), err
}

// honest reports until when a ticket is good, and whether it is.
func (s *Store) honest(ctx context.Context, purpose, about, ticket string) (until time.Time, ok bool) {
	text, err := base64.RawURLEncoding.Strict().DecodeString(ticket)
	if err != nil || len(text) != 4+nonceSize+ticketSize {
		return time.Time{}, false
	}
	body, sum := text[:4+nonceSize], text[4+nonceSize:]
	want, err := s.sign(ctx, purpose, about, body)
	until = time.Unix(int64(binary.BigEndian.Uint32(body))*60, 0)
	return until, err == nil && hmac.Equal(sum, want) && s.now().Before(until)
}

func (s *Store) sign(ctx context.Context, purpose, about string, body []byte) ([]byte, error) {
	key, err := s.subkey(ctx, purpose)
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte(about + " " + hex.EncodeToString(body)))
	return h.Sum(nil)[:ticketSize], nil
}
