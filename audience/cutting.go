package audience

import (
	"cmp"
	"context"
	"slices"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/wire"
)

// Cutting is a story that a reader is to be told of, for one thing they follow.
type Cutting struct {
	Follow, Name string // the follow's id and name
	Story        string
	Number       int64 // the story's public number
	Wire         wire.Number
	Kind         string // story, correction or kill
	Due          time.Time
	Aim
}

const (
	// mendable is how long it is remembered that a reader was told of a story,
	// so that its correction or kill reaches them and nothing comes twice.
	mendable = 7 * 24 * time.Hour
	// writing is how long somebody has to write a letter before another may.
	writing = 2 * time.Minute
	// letterHour is when daily and weekly letters go, by the agency's clock, and
	// weekly ones on a Monday.
	letterHour = 7
)

// due is when a letter of the rhythm goes with what comes now.
func (s *Store) due(r Rhythm) time.Time {
	now := s.now()
	if r == AtOnce || r == NoLetters {
		return now
	}
	local := now
	if s.Zone != nil {
		local = now.In(s.Zone())
	}
	for day := 0; ; day++ {
		at := time.Date(local.Year(), local.Month(), local.Day()+day, letterHour, 0, 0, 0, local.Location())
		if at.After(now) && (r == Daily || at.Weekday() == time.Monday) {
			return at
		}
	}
}

// Aims are what anybody in an edition follows with letters.
func (s *Store) Aims(ctx context.Context, lang string) ([]Aim, error) {
	rows, err := s.db.Query(ctx, `SELECT DISTINCT kind, key, lang FROM reader_follow WHERE lang = ?1 AND rhythm <> '' ORDER BY kind, key`, lang)
	if err != nil {
		return nil, fault.Internal("read what is followed", err)
	}
	return db.Collect(rows, "read what is followed", func(row db.Scanner) (a Aim, err error) {
		err = row.Scan(&a.Kind, &a.Key, &a.Lang)
		return a, err
	})
}

// Holders are the readers who follow an aim and hold plans, with until when.
func (s *Store) Holders(ctx context.Context, a Aim) (map[string]map[string]time.Time, error) {
	rows, err := s.db.Query(ctx, `SELECT reader FROM reader_follow WHERE kind = ?1 AND key = ?2 AND lang = ?3 AND rhythm <> ''
		AND reader IN (SELECT reader FROM reader_pass WHERE until > ?4)`, string(a.Kind), a.Key, a.Lang, db.Millis(s.now()))
	if err != nil {
		return nil, fault.Internal("read who follows", err)
	}
	ids, err := db.Collect(rows, "read who follows", func(row db.Scanner) (id string, err error) {
		err = row.Scan(&id)
		return id, err
	})
	if err != nil {
		return nil, err
	}
	all := map[string]map[string]time.Time{}
	for some := range slices.Chunk(ids, 200) {
		held, err := s.heldBy(ctx, some)
		if err != nil {
			return nil, err
		}
		for id, passes := range held {
			all[id] = passes
		}
	}
	return all, nil
}

// Cut lays a story by for those who follow an aim, or of them for one reader;
// "" is all. Who has it already, told or not, has it once.
func (s *Store) Cut(ctx context.Context, a Aim, reader string, c Cutting) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		for _, r := range []Rhythm{AtOnce, Daily, Weekly} {
			_, err := tx.Exec(ctx, `INSERT INTO reader_cutting (follow, story, number, wire, kind, due, told, claimed)
				SELECT id, CAST(?1 AS TEXT), CAST(?2 AS BIGINT), CAST(?3 AS BIGINT), 'story', CAST(?4 AS BIGINT), 0, 0 FROM reader_follow
				WHERE kind = ?5 AND key = ?6 AND lang = ?7 AND rhythm = ?8 AND since < ?3 AND (CAST(?9 AS TEXT) = '' OR reader = ?9)
				ON CONFLICT (follow, story) DO NOTHING`,
				c.Story, c.Number, int64(c.Wire), db.Millis(s.due(r)), string(a.Kind), a.Key, a.Lang, string(r), reader)
			if err != nil {
				return fault.Internal("lay a story by", err)
			}
		}
		return nil
	})
}

// Mend has those who were told of a story be told of what became of it by a
// record: kind is correction or kill. Of a kill nobody else is told anything.
func (s *Store) Mend(ctx context.Context, story, kind string, n wire.Number) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if kind == "kill" {
			if _, err := tx.Exec(ctx, `DELETE FROM reader_cutting WHERE story = ?1 AND told = 0 AND kind = 'story'`, story); err != nil {
				return fault.Internal("take a story back", err)
			}
		}
		for _, r := range []Rhythm{AtOnce, Daily, Weekly} {
			_, err := tx.Exec(ctx, `UPDATE reader_cutting SET kind = ?2, wire = ?3, told = 0, claimed = 0, due = ?4
				WHERE story = ?1 AND wire < ?3 AND (told > 0 OR kind <> 'story') AND follow IN (SELECT id FROM reader_follow WHERE rhythm = ?5)`,
				story, kind, int64(n), db.Millis(s.due(r)), string(r))
			if err != nil {
				return fault.Internal("mend a story", err)
			}
		}
		return nil
	})
}

// Awaiting is whose letter is due, and in which language.
type Awaiting struct{ Reader, Lang string }

// Due are the letters that are to be written now, at most some hundreds.
func (s *Store) Due(ctx context.Context) ([]Awaiting, error) {
	rows, err := s.db.Query(ctx, `SELECT DISTINCT f.reader, f.lang FROM reader_cutting c JOIN reader_follow f ON f.id = c.follow
		WHERE c.told = 0 AND c.due <= ?1 AND c.claimed <= ?1 ORDER BY f.reader, f.lang LIMIT 500`, db.Millis(s.now()))
	if err != nil {
		return nil, fault.Internal("read what is due", err)
	}
	return db.Collect(rows, "read what is due", func(row db.Scanner) (a Awaiting, err error) {
		err = row.Scan(&a.Reader, &a.Lang)
		return a, err
	})
}

// Claim takes a letter, so that of several machines one writes it, and gives
// what it is to tell, the newest first. A claim that is not ended by Told is
// over after two minutes.
func (s *Store) Claim(ctx context.Context, a Awaiting) (all []Cutting, err error) {
	follows, err := s.Follows(ctx, a.Reader)
	if err != nil {
		return nil, err
	}
	by := map[string]Follow{}
	for _, f := range follows {
		by[f.ID] = f
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		now := s.now()
		rows, err := tx.Query(ctx, `UPDATE reader_cutting SET claimed = ?4 WHERE told = 0 AND due <= ?1 AND claimed <= ?1
			AND follow IN (SELECT id FROM reader_follow WHERE reader = ?2 AND lang = ?3) RETURNING follow, story, number, wire, kind, due`,
			db.Millis(now), a.Reader, a.Lang, db.Millis(now.Add(writing)))
		if err != nil {
			return fault.Internal("take a letter", err)
		}
		all, err = db.Collect(rows, "take a letter", func(row db.Scanner) (c Cutting, err error) {
			var due int64
			err = row.Scan(&c.Follow, &c.Story, &c.Number, &c.Wire, &c.Kind, &due)
			c.Due, c.Name, c.Aim = db.Time(due), by[c.Follow].Name, by[c.Follow].Aim
			return c, err
		})
		return err
	})
	slices.SortFunc(all, func(x, y Cutting) int {
		return cmp.Or(cmp.Compare(y.Wire, x.Wire), cmp.Compare(x.Follow, y.Follow))
	})
	return all, err
}

// Told notes that a reader has been told, and forgets what was told long ago.
func (s *Store) Told(ctx context.Context, all []Cutting) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		now := s.now()
		for _, c := range all {
			_, err := tx.Exec(ctx, `UPDATE reader_cutting SET told = ?4, claimed = 0 WHERE follow = ?1 AND story = ?2 AND wire = ?3`,
				c.Follow, c.Story, int64(c.Wire), db.Millis(now))
			if err != nil {
				return fault.Internal("note that a reader was told", err)
			}
		}
		if _, err := tx.Exec(ctx, `DELETE FROM reader_cutting WHERE told > 0 AND told < ?1`, db.Millis(now.Add(-mendable))); err != nil {
			return fault.Internal("forget what was told", err)
		}
		return nil
	})
}

// Addressee is a reader with their address opened and their passes; NotFound
// for one who has none, is frozen or gone.
func (s *Store) Addressee(ctx context.Context, reader string) (Recipient, error) {
	sealed, err := one(ctx, s.db, `SELECT sealed FROM reader WHERE id = ?1 AND frozen = 0 AND sealed <> ''`, reader)
	if err != nil {
		return Recipient{}, err
	}
	open, err := s.opener()
	if err != nil {
		return Recipient{}, err
	}
	held, err := s.heldBy(ctx, []string{reader})
	if err != nil {
		return Recipient{}, err
	}
	r := Recipient{ID: reader, Passes: held[reader]}
	r.Address, err = open(sealed)
	return r, err
}
