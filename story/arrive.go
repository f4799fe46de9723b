package story

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
)

// MaxNumber bounds a number that comes from outside, so that the counter can
// still count on.
const MaxNumber Number = 1 << 50

// Arrival is a story from elsewhere that went out there already, or a draft.
type Arrival struct {
	Source  string // names it for ever, so that it is taken once: "ninjs urn:x:1"
	Number  Number // kept when free; 0 takes the next
	Lang    Lang
	Group   Group // "" starts one
	Content Content
	Sent    time.Time // when it first went out
	Changed time.Time // when its text last changed; zero is Sent
	Silent  bool      // alert nobody
	Draft   bool      // it did not go out; Sent may be zero

	Addresses []string // where it could be read; they lead to it now
}

// Outcome is what became of an arrival.
type Outcome struct {
	ID     ID
	Number Number
	Known  bool  // it was here already; nothing was added
	Err    error // Invalid or Conflict: it was not taken
}

// Import takes a batch in one transaction: all that can be taken is, the rest
// is told by its Outcome. An error means that nothing was taken.
func (s *Store) Import(ctx context.Context, batch []Arrival) ([]Outcome, error) {
	m, err := s.masthead.Load(ctx)
	if err != nil {
		return nil, err
	}
	var outcomes []Outcome
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		outcomes = make([]Outcome, len(batch))
		for i, a := range batch {
			o, err := s.take(ctx, tx, m, a)
			if err != nil && fault.Is(err, fault.KindInternal) {
				return err
			}
			outcomes[i] = o
			outcomes[i].Err = err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return outcomes, nil
}

func (s *Store) take(ctx context.Context, tx *db.Tx, m masthead.Masthead, a Arrival) (Outcome, error) {
	a.Content = a.Content.tidy()
	if err := a.check(m, s.now()); err != nil {
		return Outcome{}, err
	}
	if o, err := known(ctx, tx, a.Source); err != nil || o.Known {
		return o, err
	}
	st := Story{ID: ID(db.NewID()), Number: a.Number, Group: a.Group, Lang: a.Lang, State: Sent,
		FirstSent: whole(a.Sent), Changed: whole(a.Changed), Source: a.Source}
	if a.Changed.IsZero() {
		st.Changed = st.FirstSent
	}
	if a.Draft {
		st.State, st.FirstSent, st.Changed = Draft, time.Time{}, whole(s.now())
	}
	if err := settle(ctx, tx, &st); err != nil {
		return Outcome{}, err
	}
	if err := insert(ctx, tx, st); err != nil {
		return Outcome{}, err
	}
	now := whole(s.now())
	if err := addRevision(ctx, tx, &st, a.Content, "", now); err != nil {
		return Outcome{}, err
	}
	if !a.Draft {
		st.SentRevision = st.Revision
		r := release{signal: SignalNew, at: st.FirstSent, changed: st.Changed, wired: now, silent: a.Silent}
		if err := put(ctx, tx, &st, r); err != nil {
			return Outcome{}, err
		}
	}
	if err := keepAddresses(ctx, tx, st.ID, a.Addresses); err != nil {
		return Outcome{}, err
	}
	if err := note(ctx, tx, st.ID, "", "import", "", now); err != nil {
		return Outcome{}, err
	}
	return Outcome{ID: st.ID, Number: st.Number}, save(ctx, tx, st)
}

// ahead is how far the clock of another house may be before ours.
const ahead = 24 * time.Hour

func (a Arrival) check(m masthead.Masthead, now time.Time) error {
	switch {
	case a.Source == "":
		return fault.Invalid("source", "an imported story needs a name of its own")
	case a.Sent.IsZero() && !a.Draft:
		return fault.Invalid("sent", "an imported story needs the time when it was sent")
	case strings.TrimSpace(a.Content.Headline) == "":
		return fault.Invalid("headline", "no headline")
	case !m.Has(a.Lang):
		return fault.Invalid("language", "there is no edition in %q", a.Lang)
	case a.Number < 0 || a.Number > MaxNumber:
		return fault.Invalid("number", "%d is no story number", a.Number)
	}
	if a.Draft {
		return a.Content.check(m)
	}
	if a.Sent.After(now.Add(ahead)) {
		return fault.Invalid("sent", "the story went out on %s, which is yet to come", a.Sent.Format(time.DateOnly))
	}
	if err := checkYear("sent", a.Sent.Year(), false); err != nil {
		return err
	}
	return a.Content.check(m)
}

// Known reports whether a story of that source was taken already.
func (s *Store) Known(ctx context.Context, source string) (bool, error) {
	o, err := known(ctx, s.db, source)
	return o.Known, err
}

func known(ctx context.Context, q db.Reader, source string) (Outcome, error) {
	o := Outcome{Known: true}
	err := q.QueryRow(ctx, `SELECT id, number FROM story WHERE source = ?1`, source).Scan(&o.ID, &o.Number)
	if errors.Is(err, sql.ErrNoRows) {
		return Outcome{}, nil
	}
	if err != nil {
		return Outcome{}, fault.Internal("look for an import", err)
	}
	return o, nil
}

// settle gives an arrival its number and its group.
func settle(ctx context.Context, tx *db.Tx, st *Story) error {
	if st.Group == "" {
		st.Group = Group(db.NewID())
	} else if err := vacant(ctx, tx, st.Group, st.Lang); err != nil {
		return err
	}
	if st.Number > 0 {
		var taken int64
		err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM story WHERE number = ?1`, int64(st.Number)).Scan(&taken)
		if err != nil {
			return fault.Internal("look for a number", err)
		}
		if taken == 0 {
			return keepNumber(ctx, tx, st.Number)
		}
	}
	var err error
	st.Number, err = nextNumber(ctx, tx)
	return err
}
