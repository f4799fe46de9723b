package clients

import (
	"context"
	"fmt"
	"maps"
	"strconv"
	"sync"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Use is a way in which a client takes the wire.
type Use string

// The uses.
const (
	UsePull   Use = "pull"   // an answer to a machine
	UseFeed   Use = "feed"   // the same, of a search's own address
	UseFile   Use = "file"   // a story that a person took along
	UseStream Use = "stream" // seconds of a line that stood open
)

// Uses lists all, as they are shown.
var Uses = []Use{UsePull, UseFeed, UseFile, UseStream}

// amount writes n of a use: of streams hours and minutes, of the others how
// many.
func (u Use) amount(n int64) string {
	if u == UseStream {
		return fmt.Sprintf("%d:%02d", n/3600, n/60%60)
	}
	return strconv.FormatInt(n, 10)
}

type useOf struct {
	client ID
	day    string
	use    Use
}

// counter holds what was counted and not yet kept.
type counter struct {
	mu    sync.Mutex
	count map[useOf]int64
}

// Used counts a use of today, in memory until KeepUses. It is of a client, not
// of a person.
func (s *Store) Used(of ID, use Use, n int64) {
	if n <= 0 {
		return
	}
	s.uses.mu.Lock()
	defer s.uses.mu.Unlock()
	if s.uses.count == nil {
		s.uses.count = map[useOf]int64{}
	}
	s.uses.count[useOf{of, s.now().UTC().Format(time.DateOnly), use}] += n
}

// KeepUses writes down what was counted.
func (s *Store) KeepUses(ctx context.Context) error {
	s.uses.mu.Lock()
	count := s.uses.count
	s.uses.count = nil
	s.uses.mu.Unlock()
	if len(count) == 0 {
		return nil
	}
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		for of, n := range count {
			_, err := tx.Exec(ctx, `INSERT INTO client_use (client, day, kind, n) VALUES (?1, ?2, ?3, ?4)
				ON CONFLICT (client, day, kind) DO UPDATE SET n = client_use.n + ?4`, of.client, of.day, of.use, n)
			if err != nil {
				return fault.Internal("keep what clients use", err)
			}
		}
		return nil
	})
	if err != nil { // it is counted again next time
		s.uses.mu.Lock()
		defer s.uses.mu.Unlock()
		for of, n := range s.uses.count {
			count[of] += n
		}
		s.uses.count = maps.Clone(count)
	}
	return err
}

// lately is how far back a client and the desk see what it took.
const lately = 31 * 24 * time.Hour

// UsedOn is what a client took on a day of UTC.
type UsedOn struct {
	Day   time.Time
	Count map[Use]int64
}

// Amounts are those of Uses, in that order.
func (u UsedOn) Amounts() []string {
	var all []string
	for _, use := range Uses {
		all = append(all, use.amount(u.Count[use]))
	}
	return all
}

// UsesOf are those of a client in the last 31 days, the latest first.
func (s *Store) UsesOf(ctx context.Context, of ID) ([]UsedOn, error) {
	rows, err := s.db.Query(ctx, `SELECT day, kind, n FROM client_use WHERE client = ?1 AND day >= ?2 ORDER BY day DESC, kind`,
		of, s.now().Add(-lately).UTC().Format(time.DateOnly))
	if err != nil {
		return nil, fault.Internal("read what a client uses", err)
	}
	defer rows.Close()
	var all []UsedOn
	for rows.Next() {
		var day string
		var use Use
		var n int64
		if err := rows.Scan(&day, &use, &n); err != nil {
			return nil, fault.Internal("read what a client uses", err)
		}
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return nil, fault.Internal("read what a client uses", err)
		}
		if len(all) == 0 || !all[len(all)-1].Day.Equal(at) {
			all = append(all, UsedOn{at, map[Use]int64{}})
		}
		all[len(all)-1].Count[use] = n
	}
	return all, internal("read what a client uses", rows.Err())
}
