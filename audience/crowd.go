package audience

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff/pass"
)

// channel is rung when what some reader may have has changed.
const channel = "readers"

// lookAgain is how often a change is looked for without a bell: another
// process on the same file cannot ring it.
const lookAgain = 400 * time.Millisecond

// lookMost is how long looking may take: a server that does not answer must not
// keep open what it may have closed.
const lookMost = 500 * time.Millisecond

// mostRemembered bounds the sessions that are at hand.
const mostRemembered = 50_000

// changed notes in a transaction that some reader may have more or less now.
func changed(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO reader_change (id, number) VALUES (1, 1)
		ON CONFLICT (id) DO UPDATE SET number = reader_change.number + 1`)
	if err != nil {
		return fault.Internal("note a change", err)
	}
	tx.Notify(channel)
	return nil
}

// crowd remembers who is signed in, so that a page asks no table. It is empty
// unless Watch runs and forgets everything at each change.
type crowd struct {
	mu       sync.RWMutex
	watched  bool
	number   int64 // of the change that it knows
	sessions map[string]standing
}

// standing is what a session is worth.
type standing struct {
	reader Reader
	passes []Pass
	until  time.Time
}

func (c *crowd) find(token string, now time.Time) (standing, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	s, ok := c.sessions[token]
	return s, ok && now.Before(s.until)
}

// at is the change that the crowd knows; what is read after may be remembered
// if it is still the same.
func (c *crowd) at() int64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.number
}

func (c *crowd) remember(token string, s standing, number int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.watched || number != c.number {
		return
	}
	if len(c.sessions) >= mostRemembered {
		clear(c.sessions)
	}
	c.sessions[token] = s
}

// forget drops everybody unless number is known already.
func (c *crowd) forget(number int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.watched && number == c.number {
		return
	}
	c.watched, c.number, c.sessions = true, number, map[string]standing{}
}

func (c *crowd) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watched, c.sessions = false, nil
}

// Watch keeps sessions at hand until the context ends, and forgets what has
// changed on whatever machine within a second. While the changes cannot
// be read nobody is remembered.
func (s *Store) Watch(ctx context.Context, wrong func(error)) {
	bell, stop := s.db.Listen(channel)
	defer stop()
	defer s.crowd.stop()
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for ctx.Err() == nil {
		number, err := s.change(ctx)
		if err != nil && ctx.Err() == nil {
			s.crowd.stop()
			wrong(fault.Internal("look for changes of the readers", err))
		} else {
			s.crowd.forget(number)
		}
		select {
		case <-ctx.Done():
		case <-bell:
		case <-tick.C:
		}
	}
}

// change is the number of the last change.
func (s *Store) change(ctx context.Context) (number int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, lookMost)
	defer cancel()
	err = s.db.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) FROM reader_change`).Scan(&number)
	return number, err
}

// BySession finds who is signed in and what they hold; NotFound.
func (s *Store) BySession(ctx context.Context, session string) (Reader, []Pass, error) {
	token := pass.Hash(session)
	if one, ok := s.crowd.find(token, s.now()); ok {
		return one.reader, one.passes, nil
	}
	number := s.crowd.at()
	var id string
	var until int64
	err := s.db.QueryRow(ctx, `SELECT reader, until FROM reader_session WHERE token = ?1 AND until > ?2`,
		token, db.Millis(s.now())).Scan(&id, &until)
	if errors.Is(err, sql.ErrNoRows) {
		return Reader{}, nil, fault.NotFound("the sign-in (it is over; sign in again)")
	}
	if err != nil {
		return Reader{}, nil, fault.Internal("find a session", err)
	}
	one := standing{until: db.Time(until)}
	if one.reader, err = s.ByID(ctx, id); err != nil {
		return Reader{}, nil, err
	}
	if one.reader.Frozen {
		return Reader{}, nil, fault.NotFound("the reader")
	}
	if one.passes, err = s.Passes(ctx, id); err != nil {
		return Reader{}, nil, err
	}
	s.crowd.remember(token, one, number)
	return one.reader, one.passes, nil
}
