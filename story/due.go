package story

import (
	"context"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// turnTime is how long a machine that died in the middle of sending keeps the
// others waiting.
const turnTime = 10 * time.Second

// errNotDue says that a plan was changed or carried out meanwhile.
var errNotDue = fault.Conflict("story", "it is not to be sent now")

// NextDue is when the next planned sending is; zero while none is planned.
func (s *Store) NextDue(ctx context.Context) (time.Time, error) {
	var at int64
	err := s.db.QueryRow(ctx, `SELECT COALESCE(MIN(send_at), 0) FROM story WHERE send_at > 0`).Scan(&at)
	if err != nil {
		return time.Time{}, fault.Internal("look for the next sending", err)
	}
	return db.Time(at), nil
}

// SendDue sends what is to be sent by now, each story in a transaction like any
// release, held against the rights and the checklist of this moment. What
// cannot go out keeps the reason, and its plan ends. Of several machines one
// does it at a time; even without that no plan could be carried out twice, for
// the sending ends it.
func (s *Store) SendDue(ctx context.Context) error {
	due, err := s.many(ctx, columns+` WHERE s.send_at > 0 AND s.send_at <= ?1 ORDER BY s.send_at, s.number`, db.Millis(s.now()))
	if err != nil || len(due) == 0 {
		return err
	}
	if ours, err := s.turn(ctx, "plan", turnTime); err != nil || !ours {
		return err
	}
	var failed []error
	for _, st := range due {
		if err := s.sendPlanned(ctx, st); err != nil && !errors.Is(err, errNotDue) {
			failed = append(failed, err)
		}
		if ours, err := s.turn(ctx, "plan", turnTime); err != nil || !ours {
			return errors.Join(append(failed, err)...)
		}
	}
	_, err = s.turn(ctx, "plan", 0)
	return errors.Join(append(failed, err)...)
}

// sendPlanned carries one plan out, or ends it with the reason why not.
func (s *Store) sendPlanned(ctx context.Context, plan Story) error {
	by, err := s.staff.ByID(ctx, plan.SendBy)
	if err == nil && !by.Here() {
		err = fault.Forbidden("story", "who approved it is not at the desk any more")
	}
	if err == nil {
		_, err = s.frame(ctx, by, plan.ID, func(_ *db.Tx, st Story) (deed, error) {
			act, sig := plan.sends()
			d := s.sending(ctx, by, plan.SendBase, act, sig, plan.SendTexts)
			d.noted = "release_planned"
			return d, st.due(plan)
		})
	}
	if err == nil || errors.Is(err, errNotDue) || fault.Is(err, fault.KindInternal) {
		return err
	}
	var lacking *Lacking
	why, lacks := MissedRefused, []Lack(nil)
	if errors.As(err, &lacking) {
		why, lacks = MissedLacks, lacking.Lacks
	}
	return s.giveUp(ctx, plan, why, lacks)
}

// sends is what a plan does when its time has come.
func (st Story) sends() (Act, Signal) {
	switch st.SendAct {
	case ActUpdate:
		return ActUpdate, SignalUpdate
	case ActCorrect:
		return ActCorrect, SignalCorrection
	}
	return ActRelease, SignalNew
}

// due is errNotDue unless the story still waits for what was planned.
func (st Story) due(plan Story) error {
	if !st.SendAt.Equal(plan.SendAt) || st.SendBy != plan.SendBy || st.SendBase != plan.SendBase || st.SendAct != plan.SendAct {
		return errNotDue
	}
	return nil
}

// giveUp ends a plan that cannot be carried out.
func (s *Store) giveUp(ctx context.Context, plan Story, why Missing, lacks []Lack) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		st, err := load(ctx, tx, plan.ID)
		if err != nil {
			return err
		}
		if err := st.due(plan); err != nil {
			return err
		}
		st.miss(why, lacks)
		st.Changed = whole(s.now())
		if err := note(ctx, tx, st.ID, plan.SendBy, "plan_lost", "", st.Changed); err != nil {
			return err
		}
		return save(ctx, tx, st)
	})
}

// turn takes, keeps or (for no time) gives back the turn of a name among all
// machines, and says whether it is ours.
func (s *Store) turn(ctx context.Context, name string, long time.Duration) (ours bool, err error) {
	now := s.now()
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO turn (name, holder, until) VALUES (?1, '', 0) ON CONFLICT (name) DO NOTHING`, name)
		if err != nil {
			return fault.Internal("take a turn", err)
		}
		done, err := tx.Exec(ctx, `UPDATE turn SET holder = ?2, until = ?3 WHERE name = ?1 AND (holder = ?2 OR until <= ?4)`,
			name, s.holder, db.Millis(now.Add(long)), db.Millis(now))
		if err != nil {
			return fault.Internal("take a turn", err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return fault.Internal("take a turn", err)
		}
		ours = n == 1
		return nil
	})
	return ours, err
}
