package channel

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"wireroom/bulletin"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
)

// Bell rings when a channel is another than before.
const Bell = "channels"

// followerSign begins the name by which a channel follows the wire.
const followerSign = "channel "

// ID is a channel's.
type ID string

// Channel is a place outside where stories are posted.
type Channel struct {
	ID    ID
	Lang  masthead.Lang
	Name  string
	Chat  string // "@pozirk", or the number of a chat
	Token string // of the bot that posts
	Base  string // address of the Bot API; "" is Telegram's own
	Rules Rules
	Live  bool
	Since time.Time // what was sent before is not posted
}

// Rules say which stories a channel gets.
type Rules struct {
	Sections []string `json:"sections,omitempty"` // none is all
	Urgency  int      `json:"urgency,omitempty"`  // the least urgent; 0 is any
}

func (r Rules) takes(sections []string, urgency int) bool {
	return bulletin.Rules{Sections: r.Sections, Urgency: r.Urgency}.Takes(sections, urgency)
}

// Follower is the channel's name among those who follow the wire.
func (c Channel) Follower() string { return followerSign + string(c.ID) }

// IsFollower reports which channel follows the wire by a name.
func IsFollower(name string) (ID, bool) {
	id, ok := strings.CutPrefix(name, followerSign)
	return ID(id), ok
}

// Check names the first thing that is wrong with a channel.
func (c Channel) Check(m masthead.Masthead) error {
	switch {
	case strings.TrimSpace(c.Name) == "" || len(c.Name) > 100:
		return fault.Invalid("name", "a channel needs a name")
	case !m.Has(c.Lang):
		return fault.Invalid("lang", "the agency has no edition in %q", c.Lang)
	case c.Chat == "" || len(c.Chat) > 100 || strings.ContainsAny(c.Chat, " \t\n/"):
		return fault.Invalid("chat", "write the channel as @name, or its number")
	case c.Token == "" || len(c.Token) > 200 || strings.ContainsAny(c.Token, " \t\n/?#%"):
		return fault.Invalid("token", "a bot's token is needed, as BotFather gives it")
	case c.Rules.Urgency < 0 || c.Rules.Urgency > 9:
		return fault.Invalid("urgency", "urgency is from 1 to 9")
	}
	for _, id := range c.Rules.Sections {
		if _, ok := m.Section(id); !ok {
			return fault.Invalid("sections", "the agency has no section %q", id)
		}
	}
	return nil
}

// Store keeps the channels and what stands in them.
type Store struct {
	db       *db.DB
	masthead func() masthead.Masthead
}

// New opens the channels' tables.
func New(d *db.DB, house func() masthead.Masthead) *Store { return &Store{d, house} }

const columns = `SELECT id, lang, name, chat, token, base, rules, live, since FROM channel`

func scan(row db.Scanner) (c Channel, err error) {
	var rules string
	var since int64
	err = row.Scan(&c.ID, &c.Lang, &c.Name, &c.Chat, &c.Token, &c.Base, &rules, &c.Live, &since)
	c.Since = db.Time(since)
	if errors.Is(err, sql.ErrNoRows) {
		return Channel{}, fault.NotFound("the channel")
	}
	if err == nil {
		err = json.Unmarshal([]byte(rules), &c.Rules)
	}
	if err != nil {
		return Channel{}, fault.Internal("read a channel", err)
	}
	return c, nil
}

// All are the channels, by language and name.
func (s *Store) All(ctx context.Context) ([]Channel, error) {
	rows, err := s.db.Query(ctx, columns+` ORDER BY lang, name, id`)
	if err != nil {
		return nil, fault.Internal("list the channels", err)
	}
	return db.Collect(rows, "list the channels", scan)
}

// Get finds a channel; NotFound.
func (s *Store) Get(ctx context.Context, id ID) (Channel, error) {
	return scan(s.db.QueryRow(ctx, columns+` WHERE id = ?1`, string(id)))
}

// Save makes a channel, or changes the one of its ID; NotFound. One that goes
// live begins with what is sent from now on. An empty token keeps the one that
// is there, but not for another address: whoever types one would be sent it.
func (s *Store) Save(ctx context.Context, by staff.Person, c Channel, now time.Time) (Channel, error) {
	if err := bulletin.May(by); err != nil {
		return c, err
	}
	c.Since = now
	if c.ID == "" {
		c.ID = ID(db.NewIDAt(now))
	} else {
		was, err := s.Get(ctx, c.ID)
		if err != nil {
			return c, err
		}
		if was.Live {
			c.Since = was.Since
		}
		if c.Token == "" && c.Base == was.Base {
			c.Token = was.Token
		}
	}
	if err := c.Check(s.masthead()); err != nil {
		return c, err
	}
	rules, err := json.Marshal(c.Rules)
	if err != nil {
		return c, fault.Internal("keep a channel", err)
	}
	return c, s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO channel (id, lang, name, chat, token, base, rules, live, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
			ON CONFLICT (id) DO UPDATE SET lang = ?2, name = ?3, chat = ?4, token = ?5, base = ?6, rules = ?7, live = ?8, since = ?9`,
			string(c.ID), string(c.Lang), c.Name, c.Chat, c.Token, c.Base, string(rules), c.Live, c.Since)
		if err != nil {
			return fault.Internal("keep a channel", err)
		}
		tx.Notify(Bell)
		return nil
	})
}
