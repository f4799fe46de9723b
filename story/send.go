package story

import (
	"context"
	"strconv"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// Signal says what a release is, to whoever reads the wire.
type Signal string

// The signals. Pin tells followers that the front page is arranged anew, Lift
// that an embargo is over; they change no text and are no releases.
const (
	SignalNew         Signal = "new"
	SignalUpdate      Signal = "update"
	SignalCorrection  Signal = "correction"
	SignalHold        Signal = "hold"
	SignalReleaseHold Signal = "release_hold"
	SignalKill        Signal = "kill"
	SignalPin         Signal = "pin"
	SignalLift        Signal = "lift"
)

// Release sends the newest revision for the first time. base is the revision
// that the person saw; a *Stale when there is a newer one.
func (s *Store) Release(ctx context.Context, by staff.Person, id ID, base int64) (Story, error) {
	return s.send(ctx, by, id, base, ActRelease, SignalNew, Texts{})
}

// Alert sends the headline of the newest revision alone, before the story: its
// number, its place and its address are those that the story will have, and
// Update sends the rest.
func (s *Store) Alert(ctx context.Context, by staff.Person, id ID, base int64) (Story, error) {
	return s.send(ctx, by, id, base, ActAlert, SignalNew, Texts{})
}

// Update sends the newest revision of a story that is out. The advisory tells
// what is new in it.
func (s *Store) Update(ctx context.Context, by staff.Person, id ID, base int64, advisory string) (Story, error) {
	if err := checkNote("advisory", advisory, false); err != nil {
		return Story{}, err
	}
	return s.send(ctx, by, id, base, ActUpdate, SignalUpdate, Say(advisory))
}

// Correct sends the newest revision with a correction that readers will see. A
// corrected alert stays an alert.
func (s *Store) Correct(ctx context.Context, by staff.Person, id ID, base int64, t Texts) (Story, error) {
	t, err := t.checked()
	if err != nil {
		return Story{}, err
	}
	return s.send(ctx, by, id, base, ActCorrect, SignalCorrection, t)
}

func (s *Store) send(ctx context.Context, by staff.Person, id ID, base int64, act Act, sig Signal, t Texts) (Story, error) {
	return s.frame(ctx, by, id, func(*db.Tx, Story) (deed, error) {
		return s.sending(ctx, by, base, act, sig, t), nil
	})
}

// sending is the deed that puts the newest revision out: state, release,
// published text and wire number in one transaction.
func (s *Store) sending(ctx context.Context, by staff.Person, base int64, act Act, sig Signal, t Texts) deed {
	return deed{acts: []Act{act}, words: t.log(), change: func(tx *db.Tx, st *Story) error {
		if st.Revision != base {
			return &Stale{Theirs: *st}
		}
		if !st.Unsent(act) {
			return errOutAlready
		}
		st.Alert = st.alerts(act)
		if err := complete(ctx, tx, by, *st); err != nil {
			return err
		}
		st.unplan()
		st.SentRevision, st.Assigned = st.Revision, ""
		if st.FirstSent.IsZero() {
			st.FirstSent = st.Changed
		}
		return put(ctx, tx, st, release{signal: sig, texts: t, by: by.ID, at: st.Changed, changed: st.Changed, wired: st.Changed})
	}}
}

var errOutAlready = fault.Conflict("story", "readers have this text already; change and save it first")

// Unsent reports whether the act would send readers anything that they have
// not: a newer revision, or the story after its alert.
func (st Story) Unsent(act Act) bool {
	return st.Revision != st.SentRevision || st.Alert && act == ActUpdate
}

// alerts reports whether the act sends the headline alone.
func (st Story) alerts(act Act) bool { return act == ActAlert || act == ActCorrect && st.Alert }

// Hold withholds a story while the desk checks it; readers find nothing.
func (s *Store) Hold(ctx context.Context, by staff.Person, id ID, words string) (Story, error) {
	if err := checkNote("note", words, false); err != nil {
		return Story{}, err
	}
	return s.withdraw(ctx, by, id, ActHold, SignalHold, Say(words))
}

// Kill withdraws a story for ever. Readers who could have seen it find the notice.
func (s *Store) Kill(ctx context.Context, by staff.Person, id ID, t Texts) (Story, error) {
	t, err := t.checked()
	if err != nil {
		return Story{}, err
	}
	return s.withdraw(ctx, by, id, ActKill, SignalKill, t)
}

// ReleaseHold lets a held story out again as it was, unless it is flagged.
func (s *Store) ReleaseHold(ctx context.Context, by staff.Person, id ID) (Story, error) {
	return s.act(ctx, by, id, ActReleaseHold, "", func(tx *db.Tx, st *Story) error {
		if st.Legal != "" {
			return &Lacking{[]Lack{{Need: NeedLawyer, Words: st.Legal}}}
		}
		last, err := lastText(ctx, tx, id)
		if err != nil {
			return err
		}
		st.State = map[Signal]State{SignalUpdate: Updated, SignalCorrection: Corrected}[last]
		if st.State == "" {
			st.State = Sent
		}
		return restate(ctx, tx, st, release{signal: SignalReleaseHold, by: by.ID, at: st.Changed, changed: st.Changed, wired: st.Changed})
	})
}

func (s *Store) withdraw(ctx context.Context, by staff.Person, id ID, act Act, sig Signal, t Texts) (Story, error) {
	return s.act(ctx, by, id, act, t.log(), func(tx *db.Tx, st *Story) error {
		if act == ActKill {
			st.Pin = 0
		}
		return restate(ctx, tx, st, release{signal: sig, texts: t, by: by.ID, at: st.Changed, changed: st.Changed, wired: st.Changed})
	})
}

// Pin arranges the front page: the story with the highest pin leads; 0 takes
// the pin off.
func (s *Store) Pin(ctx context.Context, by staff.Person, id ID, pin int) (Story, error) {
	if pin < 0 || pin > 9 {
		return Story{}, fault.Invalid("pin", "a pin is 0 to 9, not %d", pin)
	}
	return s.act(ctx, by, id, ActPin, strconv.Itoa(pin), func(tx *db.Tx, st *Story) error {
		st.Pin = pin
		return repin(ctx, tx, st)
	})
}

// lastText is the signal of the release whose text is out.
func lastText(ctx context.Context, tx *db.Tx, id ID) (Signal, error) {
	var sig Signal
	err := tx.QueryRow(ctx, `SELECT signal FROM story_release WHERE story = ?1
		AND signal IN ('new', 'update', 'correction') ORDER BY number DESC LIMIT 1`, string(id)).Scan(&sig)
	if err != nil {
		return "", fault.Internal("find the last release", err)
	}
	return sig, nil
}
