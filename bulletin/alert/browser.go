package alert

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"wireroom/bulletin/alert/envelope"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
)

// Choice is what a reader wants to be rung for.
type Choice struct {
	Lang     masthead.Lang
	Sections []string // none is all
	Neutral  bool     // no word of the news, for whom reading it is a danger
}

// Browser is where a reader is rung.
type Browser struct {
	Endpoint string // the address that its push service gave it
	envelope.Browser
	Choice
}

// mostEndpoint bounds an address, in bytes.
const mostEndpoint = 1000

// carriers are the push services of the browsers there are. Others would be
// anybody's machine, which whoever claims to be a thousand browsers could have
// us ring a thousand times.
var carriers = []string{"fcm.googleapis.com", "push.services.mozilla.com", "notify.windows.com", "push.apple.com"}

// origin is the push service of an endpoint; Invalid when it is none.
func (s *Store) origin(endpoint string) (string, error) {
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.Opaque != "" || len(endpoint) > mostEndpoint {
		return "", fault.Invalid("endpoint", "this is no address of a push service")
	}
	host := strings.ToLower(u.Hostname())
	known := slices.ContainsFunc(carriers, func(c string) bool { return host == c || strings.HasSuffix(host, "."+c) })
	if _, err := netip.ParseAddr(host); known && (err == nil || u.Port() != "") || !known && !s.near(host) {
		return "", fault.Invalid("endpoint", "no browser we know uses the push service %.100q; whoever runs the program may allow it by outbound", host)
	}
	return "https://" + strings.ToLower(u.Host), nil
}

// check names the first thing that is wrong with a browser.
func (s *Store) check(ctx context.Context, b Browser) error {
	if _, err := s.origin(b.Endpoint); err != nil {
		return err
	}
	if err := b.Browser.Check(); err != nil {
		return err
	}
	return s.checkChoice(ctx, b.Choice)
}

func (s *Store) checkChoice(ctx context.Context, c Choice) error {
	offered, err := s.Offers(ctx, c.Lang)
	if err != nil {
		return err
	}
	if !offered {
		return fault.NotFound("the alerts of the edition")
	}
	for _, id := range c.Sections {
		if _, ok := s.masthead().Section(id); !ok {
			return fault.Invalid("sections", "the agency has no section %.100q", id)
		}
	}
	return nil
}

// secrets are what of a browser is kept under seal.
type secrets struct {
	Endpoint string `json:"endpoint"`
	Key      []byte `json:"key"`
	Auth     []byte `json:"auth"`
}

func readSecrets(text string) (k secrets, err error) {
	if err := json.Unmarshal([]byte(text), &k); err != nil {
		return k, fault.Internal("read a browser", err)
	}
	return k, nil
}

// mark is by which a browser is known again.
func (s *Store) mark(ctx context.Context, endpoint string) (string, error) {
	return s.readers.Mark(ctx, "alert", endpoint)
}

// Keep has a browser be rung, or changes what it is rung for.
func (s *Store) Keep(ctx context.Context, b Browser) error {
	if err := s.check(ctx, b); err != nil {
		return err
	}
	id, sealed, err := s.closed(ctx, b)
	if err != nil {
		return err
	}
	return s.db.Do(ctx, func(tx *db.Tx) error { return keep(ctx, tx, id, sealed, b.Choice) })
}

// closed is a browser as the table has it.
func (s *Store) closed(ctx context.Context, b Browser) (id, sealed string, err error) {
	if id, err = s.mark(ctx, b.Endpoint); err != nil {
		return "", "", err
	}
	text, err := json.Marshal(secrets{b.Endpoint, b.Key, b.Auth})
	if err != nil {
		return "", "", fault.Internal("keep a browser", err)
	}
	sealed, err = s.readers.Seal(ctx, string(text))
	return id, sealed, err
}

func keep(ctx context.Context, tx *db.Tx, id, sealed string, c Choice) error {
	_, err := tx.Exec(ctx, `INSERT INTO alert_browser (id, sealed, lang, sections, neutral, misses) VALUES (?1, ?2, ?3, ?4, ?5, 0)
		ON CONFLICT (id) DO UPDATE SET sealed = ?2, lang = ?3, sections = ?4, neutral = ?5, misses = 0`,
		id, sealed, string(c.Lang), spaced(c.Sections), c.Neutral)
	if err != nil {
		return fault.Internal("keep a browser", err)
	}
	return nil
}

// spaced is a list as a column has it: each between spaces.
func spaced(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return " " + strings.Join(slices.Compact(slices.Sorted(slices.Values(ids))), " ") + " "
}

const choiceColumns = `SELECT lang, sections, neutral FROM alert_browser`

func scanChoice(row db.Scanner) (c Choice, err error) {
	var sections string
	err = row.Scan(&c.Lang, &sections, &c.Neutral)
	if errors.Is(err, sql.ErrNoRows) {
		return Choice{}, fault.NotFound("the browser")
	}
	if err != nil {
		return Choice{}, fault.Internal("read what a browser is rung for", err)
	}
	c.Sections = strings.Fields(sections)
	return c, nil
}

// Choice is what the browser of an endpoint is rung for; NotFound. Who knows
// the endpoint is the browser.
func (s *Store) Choice(ctx context.Context, endpoint string) (Choice, error) {
	id, err := s.mark(ctx, endpoint)
	if err != nil {
		return Choice{}, err
	}
	return scanChoice(s.db.QueryRow(ctx, choiceColumns+` WHERE id = ?1`, id))
}

// Forget has a browser be rung no more; one that is not known is as good.
func (s *Store) Forget(ctx context.Context, endpoint string) error {
	id, err := s.mark(ctx, endpoint)
	if err != nil {
		return err
	}
	return s.db.Do(ctx, func(tx *db.Tx) error { return forget(ctx, tx, id) })
}

func forget(ctx context.Context, tx *db.Tx, id string) error {
	for _, statement := range []string{`DELETE FROM alert_due WHERE browser = ?1`, `DELETE FROM alert_browser WHERE id = ?1`} {
		if _, err := tx.Exec(ctx, statement, id); err != nil {
			return fault.Internal("forget a browser", err)
		}
	}
	return nil
}

// Move follows a browser whose push service gave it another endpoint; NotFound
// when the one before is not known. The choice of b does not matter.
func (s *Store) Move(ctx context.Context, was string, b Browser) error {
	before, err := s.mark(ctx, was)
	if err != nil {
		return err
	}
	if b.Choice, err = s.Choice(ctx, was); err != nil {
		return err
	}
	if err := s.check(ctx, b); err != nil {
		return err
	}
	id, sealed, err := s.closed(ctx, b)
	if err != nil {
		return err
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		c, err := scanChoice(tx.QueryRow(ctx, choiceColumns+` WHERE id = ?1`, before))
		if err != nil {
			return err
		}
		if id != before {
			if err := forget(ctx, tx, before); err != nil {
				return err
			}
		}
		return keep(ctx, tx, id, sealed, c)
	})
}

// Count is how many browsers of an edition are rung.
func (s *Store) Count(ctx context.Context, lang masthead.Lang) (n int, err error) {
	err = s.db.QueryRow(ctx, `SELECT count(*) FROM alert_browser WHERE lang = ?1`, string(lang)).Scan(&n)
	if err != nil {
		return 0, fault.Internal("count the browsers", err)
	}
	return n, nil
}
