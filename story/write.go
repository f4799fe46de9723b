package story

import (
	"context"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// Create starts a draft in a language, with its public number. An empty group
// starts a new one; Conflict when the group has a story in the language.
func (s *Store) Create(ctx context.Context, by staff.Person, lang Lang, group Group, c Content) (Story, error) {
	return s.begin(ctx, by, Story{Lang: lang, Group: group}, c)
}

// MayWrite says whether the person may begin a story of their own.
func MayWrite(by staff.Person, sections []string) error {
	switch by.Role {
	case staff.Reporter, staff.Editor, staff.Chief:
	default:
		return &Refused{Act: ActRevise, State: Draft, Role: staff.Reporter}
	}
	return reach(by, Story{State: Draft}, sections)
}

// begin starts a story; what it translates, its group and its language are
// given with it. What is to happen together with it runs in its transaction.
func (s *Store) begin(ctx context.Context, by staff.Person, st Story, c Content, also ...func(*db.Tx, Story) error) (Story, error) {
	if st.Origin == "" {
		if err := MayWrite(by, c.Sections); err != nil {
			return Story{}, err
		}
	}
	lang, group := st.Lang, st.Group
	c = c.tidy()
	if err := s.checked(ctx, lang, c); err != nil {
		return Story{}, err
	}
	begun := st
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		st = begun
		st.State, st.Changed, st.Writer = Draft, whole(s.now()), by.ID
		if !db.IsID(string(st.ID)) {
			st.ID = ID(db.NewID())
		}
		if group == "" {
			st.Group = Group(db.NewID())
		} else if err := vacant(ctx, tx, group, lang); err != nil {
			return err
		}
		var err error
		if st.Number, err = nextNumber(ctx, tx); err != nil {
			return err
		}
		if err := insert(ctx, tx, st); err != nil {
			return err
		}
		if err := addRevision(ctx, tx, &st, c, by.ID, st.Changed); err != nil {
			return err
		}
		if err := note(ctx, tx, st.ID, by.ID, "create", "", st.Changed); err != nil {
			return err
		}
		if err := save(ctx, tx, st); err != nil {
			return err
		}
		for _, act := range also {
			if err := act(tx, st); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Story{}, err
	}
	return st, nil
}

// Revise keeps c as a new revision. base is the revision that the person had
// open; a *Stale (Conflict) when it is no longer the newest. Readers keep what
// they have until the revision is sent. The person's working copy is done with.
// To ask for the same again is no conflict and makes no second revision.
func (s *Store) Revise(ctx context.Context, by staff.Person, id ID, base int64, c Content) (Story, error) {
	c = c.tidy()
	before, err := s.Get(ctx, id)
	if err != nil {
		return Story{}, err
	}
	if err := s.checked(ctx, before.Lang, c); err != nil {
		return Story{}, err
	}
	if keptAlready(before, by, base, c) && May(by, ActRevise, before) == nil {
		return before, s.DropWorking(ctx, by, id)
	}
	return s.act(ctx, by, id, ActRevise, "", func(tx *db.Tx, st *Story) error {
		if st.Revision != base {
			return &Stale{Theirs: *st, Mine: c}
		}
		if err := reach(by, *st, c.Sections); err != nil {
			return err
		}
		if err := dropWorking(ctx, tx, id, by.ID); err != nil {
			return err
		}
		return addRevision(ctx, tx, st, c, by.ID, st.Changed)
	})
}

// Submit hands a draft to the editors. It is no longer the turn of whoever does.
func (s *Store) Submit(ctx context.Context, by staff.Person, id ID) (Story, error) {
	return s.act(ctx, by, id, ActSubmit, "", func(_ *db.Tx, st *Story) error {
		st.passOn(by)
		return nil
	})
}

func (st *Story) passOn(by staff.Person) {
	if st.Assigned == by.ID {
		st.Assigned = ""
	}
}

// Ready says that a story is edited and waits to be sent.
func (s *Store) Ready(ctx context.Context, by staff.Person, id ID) (Story, error) {
	return s.act(ctx, by, id, ActReady, "", nothing)
}

// Reopen takes a story that was ready back to the editors.
func (s *Store) Reopen(ctx context.Context, by staff.Person, id ID) (Story, error) {
	return s.act(ctx, by, id, ActReopen, "", nothing)
}

// SendBack returns a story to its writer, whose turn it is then, with a note.
func (s *Store) SendBack(ctx context.Context, by staff.Person, id ID, words string) (Story, error) {
	if err := checkNote("note", words, false); err != nil {
		return Story{}, err
	}
	return s.act(ctx, by, id, ActSendBack, words, func(_ *db.Tx, st *Story) error {
		st.Assigned = st.Writer
		return nil
	})
}

// Spike lays an unsent story aside; a reporter only their own.
func (s *Store) Spike(ctx context.Context, by staff.Person, id ID) (Story, error) {
	return s.act(ctx, by, id, ActSpike, "", nothing)
}

// Unspike takes a spiked story up again as a draft.
func (s *Store) Unspike(ctx context.Context, by staff.Person, id ID) (Story, error) {
	return s.act(ctx, by, id, ActUnspike, "", nothing)
}

func nothing(*db.Tx, *Story) error { return nil }

// checked holds a content against the limits and the masthead.
func (s *Store) checked(ctx context.Context, lang Lang, c Content) error {
	m, err := s.masthead.Load(ctx)
	if err != nil {
		return err
	}
	if !m.Has(lang) {
		return fault.Invalid("language", "there is no edition in %q", lang)
	}
	return c.check(m)
}

// vacant is a Conflict when the group has a story in the language already.
func vacant(ctx context.Context, tx *db.Tx, group Group, lang Lang) error {
	var n int64
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM story WHERE grp = ?1 AND lang = ?2`, string(group), string(lang)).Scan(&n)
	if err != nil {
		return fault.Internal("look at the language group", err)
	}
	if n > 0 {
		return fault.Conflict("language", "this story exists in %q already", lang)
	}
	return nil
}
