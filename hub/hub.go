package hub

import (
	"context"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"wireroom/courier"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/wire"
)

const (
	usualLease = 10 * 24 * time.Hour
	leastLease = time.Hour
	mostLease  = 30 * 24 * time.Hour
	// mostListeners, mostOfHost and mostAsking bound what strangers can have
	// us keep and do.
	mostListeners = 10_000
	mostOfHost    = 100
	mostAsking    = 500
	mostText      = 2000
	mostSecret    = 199
	channel       = "hub"
)

// Options are what the room needs of the house.
type Options struct {
	DB      *db.DB
	Courier *courier.Courier
	Base    func() string      // what addresses of feeds begin with: "https://example.org"
	Head    func() wire.Number // up to which record feeds are made anew
	// Feed gives a public feed as anybody may fetch it; NotFound when there is
	// none at the path.
	Feed func(ctx context.Context, path string) (body []byte, kind string, err error)
	Now  func() time.Time
	Log  *slog.Logger
}

// Hub keeps the listeners and tells them.
type Hub struct{ Options }

// New makes the hub of a house.
func New(o Options) *Hub { return &Hub{o} }

// Request is what a listener asks for.
type Request struct {
	Mode     string // subscribe or unsubscribe
	Topic    string // whole address of a feed
	Callback string
	Secret   string // "" is none
	Lease    string // seconds; "" is ten days
}

// Ask takes a request. It counts once the callback has confirmed it.
func (h *Hub) Ask(ctx context.Context, r Request) error {
	if r.Mode != "subscribe" && r.Mode != "unsubscribe" {
		return fault.Invalid("hub.mode", "it is subscribe or unsubscribe")
	}
	path, ok := strings.CutPrefix(r.Topic, h.Base())
	if !ok || len(path) > mostText || strings.ContainsAny(path, "?#") {
		return fault.Invalid("hub.topic", "it is the address of one of our feeds, as the feed itself says it")
	}
	if _, _, err := h.Feed(ctx, path); err != nil {
		return fault.Invalid("hub.topic", "there is no such feed")
	}
	u, err := h.Courier.Check(r.Callback)
	if err != nil || len(r.Callback) > mostText {
		return fault.Invalid("hub.callback", "it cannot be reached")
	}
	if len(r.Secret) > mostSecret {
		return fault.Invalid("hub.secret", "it is shorter than 200 bytes")
	}
	// PostgreSQL keeps no other texts.
	if s := r.Callback + r.Secret; !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return fault.Invalid("hub.secret", "it is text in UTF-8")
	}
	return h.keep(ctx, r, path, u)
}

func (h *Hub) keep(ctx context.Context, r Request, path string, u *url.URL) error {
	return h.DB.Do(ctx, func(tx *db.Tx) error {
		var all, asking, beside int
		err := tx.QueryRow(ctx, `SELECT count(*), COALESCE(SUM(CASE WHEN asked <> '' THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN callback LIKE ?1 THEN 1 ELSE 0 END), 0) FROM hub_listener`, u.Scheme+"://"+u.Host+"/%").Scan(&all, &asking, &beside)
		if err != nil {
			return fault.Internal("count the listeners", err)
		}
		if all >= mostListeners || asking >= mostAsking || beside >= mostOfHost {
			return fault.Conflict("hub", "too many ask; come again later")
		}
		tx.Notify(channel)
		_, err = tx.Exec(ctx, `INSERT INTO hub_listener (id, topic, callback, secret, until, asked, lease, given, told, tries, next)
			VALUES (?1, ?2, ?3, '', 0, ?4, ?5, '', 0, 0, ?6)
			ON CONFLICT (topic, callback) DO UPDATE SET asked = ?4, lease = ?5, tries = 0, next = ?6`,
			db.NewID(), path, r.Callback, r.Mode+" "+r.Secret, int64(lease(r.Lease)/time.Second), h.Now())
		if err != nil {
			return fault.Internal("keep a listener", err)
		}
		return nil
	})
}

func lease(s string) time.Duration {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil || n <= 0 {
		return usualLease
	}
	return min(max(time.Duration(n)*time.Second, leastLease), mostLease)
}

// listener is one that asked.
type listener struct {
	id, topic, callback, secret string
	until                       time.Time
	asked                       string // mode and new secret; "" is nothing
	lease                       int64
	given                       string
	told                        wire.Number
	tries                       int
}

const columns = `SELECT id, topic, callback, secret, until, asked, lease, given, told, tries FROM hub_listener`

func scan(r db.Scanner) (listener, error) {
	var l listener
	var until int64
	if err := r.Scan(&l.id, &l.topic, &l.callback, &l.secret, &until, &l.asked, &l.lease, &l.given, &l.told, &l.tries); err != nil {
		return l, fault.Internal("read a listener", err)
	}
	l.until = db.Time(until)
	return l, nil
}

// due are the listeners who wait for an answer or for news.
func (h *Hub) due(ctx context.Context, head wire.Number) ([]listener, error) {
	rows, err := h.DB.Query(ctx, columns+` WHERE next <= ?1 AND (asked <> '' OR until > ?1 AND told < ?2) ORDER BY next, id LIMIT ?3`, h.Now(), head, atOnce)
	if err != nil {
		return nil, fault.Internal("read the listeners", err)
	}
	return db.Collect(rows, "read the listeners", scan)
}

func (h *Hub) exec(ctx context.Context, query string, args ...any) error {
	return h.DB.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, query, args...); err != nil {
			return fault.Internal("note a listener", err)
		}
		return nil
	})
}
