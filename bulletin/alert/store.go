package alert

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"time"

	"wireroom/audience"
	"wireroom/bulletin/alert/envelope"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
)

// bell rings when somebody is to be told something.
const bell = "alerts"

// Store keeps the browsers and what they are to be told.
type Store struct {
	db       *db.DB
	now      func() time.Time
	masthead func() masthead.Masthead
	readers  *audience.Store
	near     func(host string) bool

	mu  sync.Mutex
	own *envelope.Sender // once it is read
}

// New opens the alerts' tables. near says which hosts, beside the push services
// that browsers are known to use, may be told of alerts.
func New(d *db.DB, now func() time.Time, house func() masthead.Masthead, readers *audience.Store, near func(host string) bool) *Store {
	return &Store{db: d, now: now, masthead: house, readers: readers, near: near}
}

// PublicKey is what a browser is given to know the agency by. It is made once:
// with another one all browsers would have to be asked anew.
func (s *Store) PublicKey(ctx context.Context) (string, error) {
	own, err := s.sender(ctx)
	if err != nil {
		return "", err
	}
	return own.Public()
}

// sender is the agency as push services know it.
func (s *Store) sender(ctx context.Context) (envelope.Sender, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.own != nil {
		return *s.own, nil
	}
	text, err := s.key(ctx)
	if err != nil {
		return envelope.Sender{}, err
	}
	own, err := envelope.ReadSender(text)
	if err == nil {
		s.own = &own
	}
	return own, err
}

// key reads the key, and makes it if there is none. Of several machines that
// ask at once all get the same.
func (s *Store) key(ctx context.Context) (text string, err error) {
	const read = `SELECT private FROM alert_key WHERE id = 1`
	err = s.db.QueryRow(ctx, read).Scan(&text)
	if err == nil {
		return text, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return "", fault.Internal("read the key of the alerts", err)
	}
	fresh, err := envelope.NewSender()
	if err != nil {
		return "", err
	}
	made, err := fresh.Private()
	if err != nil {
		return "", err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO alert_key (id, private) VALUES (1, ?1) ON CONFLICT (id) DO NOTHING`, made); err != nil {
			return fault.Internal("keep the key of the alerts", err)
		}
		if err := tx.QueryRow(ctx, read).Scan(&text); err != nil {
			return fault.Internal("read the key of the alerts", err)
		}
		return nil
	})
	return text, err
}

// contact is where a push service can ask who we are; "" is nowhere.
func (s *Store) contact() string {
	if public := s.masthead().PublicURL; strings.HasPrefix(public, "https://") {
		return public
	}
	return ""
}
