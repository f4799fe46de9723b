// Package tally counts what is read, and by about how many, without knowing by
// whom.
//
// It promises that only sums of a day are written, and none below ten; that
// readers are told apart by hashes with a salt that lies in memory alone and is
// thrown away with the day, so that one day's cannot be laid beside another's;
// and that no address, session or time is kept. A program that is stopped
// within a day writes what it has so far and forgets the salt: the readers of
// that day are then the most of its parts.
package tally

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Least is the smallest sum that is written.
const Least = 10

// mostStories bounds what is counted at a time, in stories.
const mostStories = 20_000

// Store counts in memory and keeps the sums.
type Store struct {
	db  *db.DB
	now func() time.Time

	mu   sync.RWMutex
	day  time.Time // its first instant
	end  time.Time
	seed maphash.Seed
	seen map[string]*count
}

// fewest is how many readers are told apart one by one, before a sketch is worth
// its memory: most of an archive is read by very few in a day.
const fewest = 32

// count is that of one story or of an edition.
type count struct {
	mu    sync.Mutex
	reads int64
	few   []uint64 // hashes, until they are too many
	many  *sketch
}

func (c *count) add(hash uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reads++
	switch {
	case c.many != nil:
		c.many.add(hash)
	case slices.Contains(c.few, hash):
	case len(c.few) < fewest:
		c.few = append(c.few, hash)
	default:
		c.many = &sketch{}
		for _, h := range append(c.few, hash) {
			c.many.add(h)
		}
		c.few = nil
	}
}

// sums gives the reads and about how many readers they were of.
func (c *count) sums() (reads, readers int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.many != nil {
		return c.reads, c.many.count()
	}
	return c.reads, int64(len(c.few))
}

// New opens the counts.
func New(d *db.DB, now func() time.Time) *Store {
	s := &Store{db: d, now: now}
	s.begin()
	return s
}

// begin starts a day anew with another salt. The caller holds the lock or is
// alone.
func (s *Store) begin() {
	s.day = s.now().UTC().Truncate(24 * time.Hour)
	s.end = s.day.Add(24 * time.Hour)
	s.seed, s.seen = maphash.MakeSeed(), map[string]*count{}
}

// Read counts that a story was read, by its address within the site such as
// "/en/news/7"; others are not counted. who tells readers apart within the day.
func (s *Store) Read(path string, who ...string) {
	lang, ok := story(path)
	if !ok {
		return
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if !s.now().Before(s.end) {
		return // the day is over, and the next begins with Turn
	}
	var h maphash.Hash
	h.SetSeed(s.seed)
	for _, part := range who {
		_, _ = h.WriteString(part)
		_ = h.WriteByte(0)
	}
	hash := h.Sum64()
	if one := s.of(path); one != nil {
		one.add(hash)
	}
	if all := s.of(lang); all != nil {
		all.add(hash)
	}
}

// of is the count under a name; nil when there are too many. The caller holds
// the reading lock and gets it back.
func (s *Store) of(name string) *count {
	if c, ok := s.seen[name]; ok {
		return c
	}
	s.mu.RUnlock()
	s.mu.Lock()
	c, ok := s.seen[name]
	if !ok && len(s.seen) < mostStories {
		c = &count{}
		s.seen[strings.Clone(name)] = c
	}
	s.mu.Unlock()
	s.mu.RLock()
	return c
}

// story is the edition of a story's address: "/en/news/7".
func story(path string) (lang string, ok bool) {
	if len(path) < 10 || len(path) > 28 || path[0] != '/' || path[3:9] != "/news/" {
		return "", false
	}
	for i := 9; i < len(path); i++ {
		if path[i] < '0' || path[i] > '9' {
			return "", false
		}
	}
	return path[1:3], true
}

// Turn writes the day's sums and begins the next if the day is over; close
// writes what there is so far all the same.
func (s *Store) Turn(ctx context.Context, close bool) error {
	s.mu.Lock()
	if !close && s.now().Before(s.end) {
		s.mu.Unlock()
		return nil
	}
	day, seen := s.day.Format(time.DateOnly), s.seen
	s.begin()
	s.mu.Unlock()
	return s.db.Do(ctx, func(tx *db.Tx) error {
		for name, c := range seen {
			if err := write(ctx, tx, day, name, c); err != nil {
				return err
			}
		}
		return nil
	})
}

func write(ctx context.Context, tx *db.Tx, day, name string, c *count) error {
	reads, readers := c.sums()
	if reads < Least {
		return nil
	}
	if readers < Least {
		readers = 0
	}
	lang, number := name, ""
	if l, ok := story(name); ok {
		lang, number = l, name[9:]
	}
	_, err := tx.Exec(ctx, `INSERT INTO story_day (day, lang, number, reads, readers) VALUES (?1, ?2, ?3, ?4, ?5)
		ON CONFLICT (day, lang, number) DO UPDATE SET reads = story_day.reads + excluded.reads,
		readers = CASE WHEN story_day.readers > excluded.readers THEN story_day.readers ELSE excluded.readers END`,
		day, lang, atoi(number), reads, readers)
	if err != nil {
		return fault.Internal("write the counts of a day", err)
	}
	return nil
}

// atoi reads digits; the part of a number that does not fit is dropped.
func atoi(s string) (n int64) {
	for _, r := range s {
		n = n*10 + int64(r-'0')
	}
	return n
}

// Day is what was read on a day.
type Day struct {
	Day            string
	Lang           string
	Number         int64 // 0 is all stories of the edition
	Reads, Readers int64 // 0 readers are fewer than ten
}

// Editions are the days' sums of whole editions since a day.
func (s *Store) Editions(ctx context.Context, since time.Time) ([]Day, error) {
	return s.days(ctx, `SELECT day, lang, number, reads, readers FROM story_day WHERE number = 0 AND day >= ?1 ORDER BY day, lang`,
		since.Format(time.DateOnly))
}

// Most are the stories that were read most since a day, with the sums of their
// days; the readers of several days are those of the best.
func (s *Store) Most(ctx context.Context, since time.Time, count int) ([]Day, error) {
	return s.days(ctx, `SELECT '', lang, number, SUM(reads), MAX(readers) FROM story_day WHERE number > 0 AND day >= ?1
		GROUP BY lang, number ORDER BY SUM(reads) DESC, number DESC LIMIT ?2`, since.Format(time.DateOnly), count)
}

func (s *Store) days(ctx context.Context, query string, args ...any) ([]Day, error) {
	rows, err := s.db.Query(ctx, query, args...)
	if err != nil {
		return nil, fault.Internal("read the counts", err)
	}
	return db.Collect(rows, "read the counts", func(row db.Scanner) (d Day, err error) {
		return d, row.Scan(&d.Day, &d.Lang, &d.Number, &d.Reads, &d.Readers)
	})
}
