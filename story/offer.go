package story

import (
	"context"
	"strings"

	"wireroom/db"
	"wireroom/fault"
)

// Offer is a text from elsewhere for the desk to look at.
type Offer struct {
	Source  string // names it for ever, so that it is taken once
	Version int64  // of the source's, growing; 0 is not numbered
	Lang    Lang
	Desk    string // of the masthead's desks; "" is the first
	Content Content
}

// Take makes a draft of an offer; nothing of it goes out before a person sends
// it. One that was taken before and says the same is Known; a later version is
// offered for the same story. Invalid names what the desk's own drafts may not
// have either.
func (s *Store) Take(ctx context.Context, o Offer) (Outcome, error) {
	o.Content = o.Content.tidy()
	switch {
	case strings.TrimSpace(o.Source) == "":
		return Outcome{}, fault.Invalid("source", "an offer needs a name of its own")
	case strings.TrimSpace(o.Content.Headline) == "":
		return Outcome{}, fault.Invalid("headline", "no headline")
	}
	if err := s.checked(ctx, o.Lang, o.Content); err != nil {
		return Outcome{}, err
	}
	var out Outcome
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = known(ctx, tx, o.Source); err != nil {
			return err
		}
		if out.Known {
			out, err = s.later(ctx, tx, out, o)
			return err
		}
		st := Story{ID: ID(db.NewID()), Group: Group(db.NewID()), Lang: o.Lang, State: Draft, Changed: whole(s.now()), Source: o.Source, Desk: o.Desk}
		if st.Number, err = nextNumber(ctx, tx); err != nil {
			return err
		}
		if err := insert(ctx, tx, st); err != nil {
			return err
		}
		if err := addRevision(ctx, tx, &st, o.Content, "", st.Changed); err != nil {
			return err
		}
		if err := note(ctx, tx, st.ID, "", "import", o.version(), st.Changed); err != nil {
			return err
		}
		tx.Notify(Channel)
		out = Outcome{ID: st.ID, Number: st.Number}
		return save(ctx, tx, st)
	})
	return out, err
}
