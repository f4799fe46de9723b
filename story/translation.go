package story

import (
	"context"
	"strconv"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// original is what a translation knows of the story that it translates.
type original struct {
	state        State
	sent, newest int64
}

// Behind reports whether the translation says less, or other, than readers of
// the original know: a newer text went out there, or it was held or killed.
func (st Story) Behind() bool {
	if st.Origin == "" || st.State == Killed || st.State == Spiked {
		return false
	}
	o := st.original
	return o.state == Held || o.state == Killed || o.sent > st.OriginRevision
}

// OriginState is the state of the story that it translates; "" is none.
func (st Story) OriginState() State { return st.original.state }

// OriginTarget is the original's revision that the translation should agree
// with: what readers have, or the newest while they have none.
func (st Story) OriginTarget() int64 {
	o := st.original
	if o.sent == 0 {
		return o.newest
	}
	return max(o.sent, st.OriginRevision)
}

// Translate starts a draft of the same story in another language: the text as
// it stands, to be written over, with the facts that need no translation.
func (s *Store) Translate(ctx context.Context, by staff.Person, id ID, lang Lang) (Story, error) {
	from, err := s.Get(ctx, id)
	if err != nil {
		return Story{}, err
	}
	if err := May(by, ActTranslate, from); err != nil {
		return Story{}, err
	}
	st := Story{Lang: lang, Group: from.Group, Origin: from.ID, OriginRevision: from.Revision,
		original: original{from.State, from.SentRevision, from.Revision}}
	return s.begin(ctx, by, st, from.Content)
}

// Agree says that somebody compared the translation with a revision of its
// original: from now on it agrees with that one.
func (s *Store) Agree(ctx context.Context, by staff.Person, id ID, revision int64) (Story, error) {
	return s.act(ctx, by, id, ActAgree, strconv.FormatInt(revision, 10), func(_ *db.Tx, st *Story) error {
		if revision < 1 || revision > st.original.newest {
			return fault.Invalid("revision", "the original has no revision %d", revision)
		}
		st.OriginRevision = revision
		return nil
	})
}
