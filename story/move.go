package story

import (
	"context"
	"slices"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
)

// Move puts a story at a stage of a desk; the stage "" is the first of its
// state. A stage of another state moves the state, by the act that the table
// has for that; another desk is an act of its own. Both may come at once.
func (s *Store) Move(ctx context.Context, by staff.Person, id ID, desk, stage string) (Story, error) {
	return s.frame(ctx, by, id, func(tx *db.Tx, st Story) (deed, error) {
		m, err := masthead.Read(ctx, tx)
		if err != nil {
			return deed{}, err
		}
		to := m.Desk(desk)
		if to.ID != desk {
			return deed{}, fault.Invalid("stage", "there is no desk %q", desk)
		}
		at := to.Stage("", string(st.State))
		if stage != "" {
			var ok bool
			if at, ok = to.Has(stage); !ok {
				return deed{}, fault.Invalid("stage", "the desk has no stage %q", stage)
			}
		}
		acts, err := passing(m, st, to, at)
		lang := m.Languages[0]
		return deed{acts: acts, words: joined(to.Name(lang), at.Name(lang)), change: func(_ *db.Tx, st *Story) error {
			st.Desk, st.Stage = to.ID, at.ID
			switch {
			case slices.Contains(acts, ActSubmit):
				st.passOn(by)
			case slices.Contains(acts, ActSendBack):
				st.Assigned = st.Writer
			}
			return nil
		}}, err
	})
}

// passing are the acts that bring the story to a stage of a desk.
func passing(m masthead.Masthead, st Story, to masthead.Desk, at masthead.Stage) ([]Act, error) {
	from := m.Desk(st.Desk)
	var acts []Act
	if from.ID != to.ID {
		acts = append(acts, ActDesk)
	}
	switch next := State(at.State); {
	case at.ID == "": // what was sent lies at a desk, but at no stage
	case next != st.State:
		acts = append(acts, between(st.State, next))
	case len(acts) == 0 && from.Stage(st.Stage, string(st.State)).ID != at.ID:
		acts = append(acts, ActStage)
	}
	if len(acts) == 0 {
		return nil, fault.Conflict("story", "it stands there already")
	}
	return acts, nil
}

// between is the act that leads from one state of unsent stories to another.
func between(from, to State) Act {
	switch {
	case to == Draft:
		return ActSendBack
	case to == Ready:
		return ActReady
	case from == Ready:
		return ActReopen
	}
	return ActSubmit
}

func joined(words ...string) string {
	var all string
	for _, w := range words {
		if w != "" && all != "" {
			all += " – "
		}
		all += w
	}
	return all
}

// Assign says whose turn it is, with a note; person "" is nobody's. A reporter
// and a translator take what nobody has, and give back what they have.
func (s *Store) Assign(ctx context.Context, by staff.Person, id ID, person, words string) (Story, error) {
	if err := checkNote("note", words, false); err != nil {
		return Story{}, err
	}
	var name string
	if person != "" {
		p, err := s.staff.ByID(ctx, person)
		if err != nil || !p.Here() {
			if err == nil || fault.Is(err, fault.KindNotFound) {
				err = fault.Invalid("person", "nobody of that name works here")
			}
			return Story{}, err
		}
		name = p.Name
	}
	return s.frame(ctx, by, id, func(_ *db.Tx, st Story) (deed, error) {
		d := deed{acts: []Act{ActAssign}, words: joined(name, words), change: func(_ *db.Tx, st *Story) error {
			st.Assigned = person
			return nil
		}}
		return d, MayAssign(by, st, person)
	})
}

// MayAssign says whether the person may make it the other's turn; "" is
// nobody's.
func MayAssign(by staff.Person, st Story, person string) error {
	if err := May(by, ActAssign, st); err != nil {
		return err
	}
	if by.Role == staff.Editor || by.Role == staff.Chief {
		return nil
	}
	takes := person == by.ID && (st.Assigned == "" || st.Assigned == by.ID)
	leaves := person == "" && st.Assigned == by.ID
	if takes || leaves {
		return nil
	}
	return &Refused{Act: ActAssign, State: st.State, Role: staff.Editor}
}

// Flag says why a story must not go out before the lawyers have looked at it.
// Anybody who works on stories may; until an editor lifts the flag nothing of
// the story is sent.
func (s *Store) Flag(ctx context.Context, by staff.Person, id ID, why string) (Story, error) {
	if err := checkNote("note", why, true); err != nil {
		return Story{}, err
	}
	return s.act(ctx, by, id, ActFlag, why, func(_ *db.Tx, st *Story) error {
		st.Legal = why
		return nil
	})
}

// Unflag lifts the legal flag, with a note for the log.
func (s *Store) Unflag(ctx context.Context, by staff.Person, id ID, words string) (Story, error) {
	if err := checkNote("note", words, false); err != nil {
		return Story{}, err
	}
	return s.act(ctx, by, id, ActUnflag, words, func(_ *db.Tx, st *Story) error {
		st.Legal = ""
		return nil
	})
}

// Returned is the last sending back of a draft that has not been submitted
// again: who did it and with which note. ok is false when there is none.
func (s *Store) Returned(ctx context.Context, st Story) (d Done, ok bool, err error) {
	if st.State != Draft {
		return Done{}, false, nil
	}
	log, err := s.Log(ctx, st.ID)
	if err != nil {
		return Done{}, false, err
	}
	for _, d := range log {
		switch Act(d.Act) {
		case ActSendBack:
			return d, true, nil
		case ActSubmit, ActReady, ActUnspike:
			return Done{}, false, nil
		}
	}
	return Done{}, false, nil
}

// Passing is the act that brings a story from one state to another by way of
// the desk's stages; ok is false where there is none.
func Passing(from, to State) (act Act, ok bool) {
	if !slices.Contains(unsent, from) || !slices.Contains(unsent, to) {
		return "", false
	}
	if from == to {
		return ActStage, true
	}
	return between(from, to), true
}

// Works reports whether those of the role work on stories at all.
func Works(r staff.Role) bool {
	return slices.ContainsFunc(table, func(line rule) bool {
		p := staff.Person{Role: r}
		return May(p, line.act, Story{State: line.from[0], Origin: "any"}) == nil
	})
}
