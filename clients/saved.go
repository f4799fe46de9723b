package clients

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff/pass"
	"wireroom/wire"
)

// maxSearches is how many searches one seat keeps.
const maxSearches = 40

// Alert is when somebody is told of what a search finds: "" is never, "now" at
// once, else hours of the agency's day with blanks between them, "8 13".
type Alert string

// AtOnce tells of each story as it comes.
const AtOnce Alert = "now"

// ReadAlert reads hours as they are typed, such as "8, 13 and 18:00"; none is
// Invalid.
func ReadAlert(s string) (Alert, error) {
	if Alert(s) == AtOnce || s == "" {
		return Alert(s), nil
	}
	var hours []int
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		hour, err := strconv.Atoi(strings.TrimSuffix(part, ":00"))
		if err != nil || hour < 0 || hour > 23 {
			return "", fault.Invalid("hours", "%.20q is no full hour from 0 to 23", part)
		}
		hours = append(hours, hour)
	}
	if len(hours) == 0 {
		return "", fault.Invalid("hours", "name full hours from 0 to 23, such as 8, 13")
	}
	slices.Sort(hours)
	var texts []string
	for _, h := range slices.Compact(hours) {
		texts = append(texts, strconv.Itoa(h))
	}
	return Alert(strings.Join(texts, " ")), nil
}

// Next is when an alert is due after an instant, in the zone of that instant;
// zero is at once.
func (a Alert) Next(after time.Time) time.Time {
	for day := range 3 {
		for _, text := range strings.Fields(string(a)) {
			hour, err := strconv.Atoi(text)
			if err != nil {
				return time.Time{}
			}
			at := time.Date(after.Year(), after.Month(), after.Day()+day, hour, 0, 0, 0, after.Location())
			if at.After(after) {
				return at
			}
		}
	}
	return time.Time{}
}

// Saved is a search that somebody keeps.
type Saved struct {
	ID, Seat, Name string
	Search         Search
	Feed           bool // it has an address of its own for machines
	Alert          Alert
	told           wire.Number
}

// Told is the number on the wire up to which its alert has told.
func (s Saved) Told() wire.Number { return s.told }

const savedColumns = `SELECT id, seat, name, asks, feed, alert, told FROM client_search `

func scanSaved(r db.Scanner) (s Saved, err error) {
	var asks, feed string
	if err = r.Scan(&s.ID, &s.Seat, &s.Name, &asks, &feed, &s.Alert, &s.told); err == nil {
		err = json.Unmarshal([]byte(asks), &s.Search)
	}
	s.Feed = feed != ""
	return s, err
}

func (s *Store) saved(ctx context.Context, where string, args ...any) ([]Saved, error) {
	rows, err := s.db.Query(ctx, savedColumns+where, args...)
	if err != nil {
		return nil, fault.Internal("read the searches", err)
	}
	return db.Collect(rows, "read the searches", scanSaved)
}

// Searches are those of a seat by name.
func (s *Store) Searches(ctx context.Context, seat string) ([]Saved, error) {
	return s.saved(ctx, `WHERE seat = ?1 ORDER BY name, id`, seat)
}

// KeepSearch keeps a search for a seat.
func (s *Store) KeepSearch(ctx context.Context, seat, name string, search Search) error {
	if name = strings.TrimSpace(strings.ToValidUTF8(name, "")); name == "" || len(name) > maxText || strings.ContainsAny(name, "\r\n") {
		return fault.Invalid("name", "a search needs a name")
	}
	return s.keep(ctx, Saved{ID: db.NewID(), Seat: seat, Name: name, Search: search}, time.Time{})
}

// keep keeps a search whose alert is due next.
func (s *Store) keep(ctx context.Context, kept Saved, next time.Time) error {
	asks, err := json.Marshal(kept.Search)
	if err != nil {
		return fault.Internal("keep a search", err)
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		var has int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM client_search WHERE seat = ?1`, kept.Seat).Scan(&has); err != nil {
			return fault.Internal("keep a search", err)
		}
		if has >= maxSearches {
			return fault.Conflict("search", "you keep %d searches already; drop one first", maxSearches)
		}
		_, err := tx.Exec(ctx, `INSERT INTO client_search (id, seat, name, asks, feed, alert, next, told, claimed)
			VALUES (?1, ?2, ?3, ?4, '', ?5, ?6, ?7, 0)`, kept.ID, kept.Seat, kept.Name, string(asks), kept.Alert, next, kept.told)
		return internal("keep a search", err)
	})
}

// change changes one search of a seat; NotFound.
func (s *Store) change(ctx context.Context, query string, args ...any) error {
	return s.db.Do(ctx, func(tx *db.Tx) error { return one(tx.Exec(ctx, query, args...))("the search") })
}

// DropSearch forgets a search with its feed and its alert; NotFound.
func (s *Store) DropSearch(ctx context.Context, seat, id string) error {
	return s.change(ctx, `DELETE FROM client_search WHERE id = ?1 AND seat = ?2`, id, seat)
}

// OpenFeed gives a search an address of its own and tells its token, this
// once; an address that it had is over.
func (s *Store) OpenFeed(ctx context.Context, seat, id string) (token string, err error) {
	token = rand.Text()
	return token, s.change(ctx, `UPDATE client_search SET feed = ?3 WHERE id = ?1 AND seat = ?2`, id, seat, pass.Hash(token))
}

// ShutFeed ends a search's address.
func (s *Store) ShutFeed(ctx context.Context, seat, id string) error {
	return s.change(ctx, `UPDATE client_search SET feed = '' WHERE id = ?1 AND seat = ?2`, id, seat)
}

// ByFeed is the search whose address has the token, and whose client's it is;
// NotFound.
func (s *Store) ByFeed(ctx context.Context, token string) (Saved, Client, error) {
	found, err := s.saved(ctx, `WHERE feed = ?1 AND feed <> ''`, pass.Hash(token))
	if err == nil && len(found) == 0 {
		err = fault.NotFound("the feed")
	}
	if err != nil {
		return Saved{}, Client{}, err
	}
	seat, err := s.seat(ctx, `WHERE id = ?1`, found[0].Seat)
	if err != nil {
		return Saved{}, Client{}, err
	}
	c, err := s.Client(ctx, seat.Client)
	return found[0], c, err
}
