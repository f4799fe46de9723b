package audience

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/wire"
)

// Aim is what can be followed, in an edition.
type Aim struct {
	Kind AimKind
	Key  string // the id of a person, place or topic; of a search the query
	Lang string
}

// AimKind is what an Aim is.
type AimKind string

// The kinds.
const (
	AimPerson AimKind = "person"
	AimPlace  AimKind = "place"
	AimTopic  AimKind = "topic"
	AimSearch AimKind = "search"
)

// AimKinds are all there are.
func AimKinds() []AimKind { return []AimKind{AimPerson, AimPlace, AimTopic, AimSearch} }

// Rhythm is how often letters tell of what is followed.
type Rhythm string

// The rhythms; NoLetters leaves it at the reader's own list and the feed.
const (
	NoLetters Rhythm = ""
	AtOnce    Rhythm = "now"
	Daily     Rhythm = "daily"
	Weekly    Rhythm = "weekly"
)

// Rhythms are all there are, the quickest first.
func Rhythms() []Rhythm { return []Rhythm{AtOnce, Daily, Weekly, NoLetters} }

// Follow is an Aim that a reader follows.
type Follow struct {
	ID string
	Aim
	Name   string // as the reader sees it
	Rhythm Rhythm
}

const (
	// MostFollows bounds what one reader follows.
	MostFollows = 60
	// longestAim is in bytes; a longer query finds nothing that a shorter does not.
	longestAim = 500
)

func (f Follow) check() error {
	switch {
	case !slices.Contains(AimKinds(), f.Kind) || f.Key == "" || len(f.Key) > longestAim || !utf8.ValidString(f.Key) || strings.ContainsRune(f.Key, 0):
		return fault.Invalid("follow", "this cannot be followed")
	case strings.TrimSpace(f.Name) == "" || len(f.Name) > longestAim || !utf8.ValidString(f.Name) || strings.ContainsAny(f.Name, "\x00\r\n"):
		return fault.Invalid("follow", "what is followed needs a name")
	case !slices.Contains(Rhythms(), f.Rhythm):
		return fault.Invalid("rhythm", "letters come at once, daily, weekly or never")
	}
	return nil
}

// Follow has a reader follow something, or changes how often letters tell of it.
// What stands on the wire up to since is no news. Invalid for letters to an
// account without an address.
func (s *Store) Follow(ctx context.Context, reader string, f Follow, since wire.Number) error {
	if err := f.check(); err != nil {
		return err
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		sealed, err := one(ctx, tx, `SELECT sealed FROM reader WHERE id = ?1`, reader)
		if err != nil {
			return err
		}
		if sealed == "" && f.Rhythm != NoLetters {
			return fault.Invalid("rhythm", "an account without an e-mail address gets no letters")
		}
		if err := mayFollow(ctx, tx, reader, f.Aim); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO reader_follow (id, reader, kind, key, lang, name, rhythm, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
			ON CONFLICT (reader, kind, key, lang) DO UPDATE SET rhythm = excluded.rhythm`,
			newID(), reader, string(f.Kind), f.Key, f.Lang, f.Name, string(f.Rhythm), int64(since)); err != nil {
			return fault.Internal("follow something", err)
		}
		if err := changeOne(ctx, tx, `UPDATE reader SET bounces = 0 WHERE id = ?1`, reader); err != nil {
			return err
		}
		return s.retime(ctx, tx, reader)
	})
}

func mayFollow(ctx context.Context, tx *db.Tx, reader string, a Aim) error {
	var others int
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM reader_follow WHERE reader = ?1 AND NOT (kind = ?2 AND key = ?3 AND lang = ?4)`,
		reader, string(a.Kind), a.Key, a.Lang).Scan(&others)
	if err != nil {
		return fault.Internal("follow something", err)
	}
	if others >= MostFollows {
		return fault.Conflict("follow", "you follow %d already; leave one first", others)
	}
	return nil
}

// retime gives what waits for a reader's letters the time of its rhythm, and
// forgets what there will be no letter for.
func (s *Store) retime(ctx context.Context, tx *db.Tx, reader string) error {
	_, err := tx.Exec(ctx, `DELETE FROM reader_cutting WHERE told = 0 AND follow IN (SELECT id FROM reader_follow WHERE reader = ?1 AND rhythm = '')`, reader)
	for _, r := range []Rhythm{AtOnce, Daily, Weekly} {
		if err == nil {
			_, err = tx.Exec(ctx, `UPDATE reader_cutting SET due = ?2 WHERE told = 0 AND follow IN (SELECT id FROM reader_follow WHERE reader = ?1 AND rhythm = ?3)`,
				reader, db.Millis(s.due(r)), string(r))
		}
	}
	if err != nil {
		return fault.Internal("change the time of letters", err)
	}
	return nil
}

// Leave ends that a reader follows something; NotFound.
func (s *Store) Leave(ctx context.Context, reader, id string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if err := leave(ctx, tx, `WHERE reader = ?1 AND id = ?2`, reader, id); err != nil {
			return err
		}
		err := changeOne(ctx, tx, `DELETE FROM reader_follow WHERE reader = ?1 AND id = ?2`, reader, id)
		if fault.Is(err, fault.KindNotFound) {
			return fault.NotFound("what you follow")
		}
		return err
	})
}

// leave forgets what was cut for some follows.
func leave(ctx context.Context, tx *db.Tx, where string, args ...any) error {
	_, err := tx.Exec(ctx, `DELETE FROM reader_cutting WHERE follow IN (SELECT id FROM reader_follow `+where+`)`, args...)
	if err != nil {
		return fault.Internal("follow nothing more", err)
	}
	return nil
}

// leaveAll forgets all that a reader follows.
func leaveAll(ctx context.Context, tx *db.Tx, reader string) error {
	if err := leave(ctx, tx, `WHERE reader = ?1`, reader); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM reader_follow WHERE reader = ?1`, reader); err != nil {
		return fault.Internal("follow nothing more", err)
	}
	return nil
}

// Silence ends the letters about what a reader follows; the list stays. A
// reader who is gone has none.
func (s *Store) Silence(ctx context.Context, reader string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error { return silence(ctx, tx, reader) })
}

func silence(ctx context.Context, tx *db.Tx, reader string) error {
	if err := leave(ctx, tx, `WHERE reader = ?1`, reader); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE reader_follow SET rhythm = '' WHERE reader = ?1`, reader); err != nil {
		return fault.Internal("end the letters", err)
	}
	return nil
}

// Follows are what a reader follows, by name.
func (s *Store) Follows(ctx context.Context, reader string) ([]Follow, error) {
	rows, err := s.db.Query(ctx, `SELECT id, kind, key, lang, name, rhythm FROM reader_follow WHERE reader = ?1 ORDER BY name, lang, id`, reader)
	if err != nil {
		return nil, fault.Internal("read what is followed", err)
	}
	return db.Collect(rows, "read what is followed", func(row db.Scanner) (f Follow, err error) {
		err = row.Scan(&f.ID, &f.Kind, &f.Key, &f.Lang, &f.Name, &f.Rhythm)
		return f, err
	})
}
