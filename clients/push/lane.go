package push

import (
	"context"
	"errors"
	"slices"
	"strings"

	"wireroom/wire"
)

// pinned is the signal that arranges the front page and tells of no story.
const pinned = "pin"

// graveSignals are those that overtake.
var graveSignals = []string{"correction", "hold", "kill"}

func overtakes(r wire.Record) bool { return slices.Contains(graveSignals, r.Signal) }

// lane brings records of one kind to an endpoint, one after another.
type lane struct {
	*served
	grave   bool        // it takes what overtakes, and nothing else
	cursor  wire.Number // how far it has come
	saved   wire.Number // how far the table knows it to have come
	trouble Trouble     // without tries there is none
	bell    chan struct{}
	scouts  map[wire.Number]*scout // of the express lane
}

// farBehind is how far the table may be behind a lane that brings nothing.
const farBehind = 100

// follow brings what is after the cursor until the context ends.
func (l *lane) follow(ctx context.Context) {
	for ctx.Err() == nil {
		head, moved := l.push.tide.now()
		if head <= l.cursor {
			select {
			case <-ctx.Done():
			case <-moved:
			}
			continue
		}
		records, err := l.push.after(ctx, l.cursor)
		for _, r := range records {
			if err = l.pass(ctx, r); err != nil {
				break
			}
		}
		if errors.Is(err, errMoved) || errors.Is(err, errGone) {
			// Whoever changed the endpoint has rung; this lane is about to end.
			<-ctx.Done()
		}
		if err != nil {
			l.push.stumble(ctx, "an endpoint cannot be served", err)
		}
	}
	if err := l.save(); err != nil && !errors.Is(err, errMoved) {
		l.push.log.Error("the place of an endpoint cannot be noted", "error", err)
	}
}

// save tells the table how far the lane has come.
func (l *lane) save() error {
	if l.cursor == l.saved {
		return nil
	}
	err := l.push.notes.put(advance(l.e.ID, l.grave, l.saved, l.cursor, false))
	if err == nil {
		l.saved = l.cursor
	}
	return err
}

// pass brings one record, however long that takes, or passes it.
func (l *lane) pass(ctx context.Context, r wire.Record) error {
	if r.Silent || r.Signal == pinned || overtakes(r) != l.grave {
		return l.skip(r)
	}
	if l.grave {
		// The scouts of before are back before another lookout may send them.
		l.relieve(r.Number)
		defer l.looks(ctx, r.Number)()
	}
	for {
		l.wait(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		err := l.bring(ctx, r)
		var later *Later
		switch {
		case err == nil:
			return l.arrived(r)
		case errors.Is(err, wire.ErrPassed):
			return l.skip(r)
		case errors.As(err, &later):
			rest(ctx, later.At.Sub(l.push.now()), nil)
		case errors.Is(err, errOvertaken):
			// The next look finds what overtook it.
		case ctx.Err() != nil:
			return ctx.Err()
		default:
			if gone, err := l.failed(r, err); gone || err != nil {
				return err
			}
		}
	}
}

// wait rests until the endpoint may be tried.
func (l *lane) wait(ctx context.Context) {
	until := l.trouble.Next
	if rests := l.restsUntil(); !l.grave && rests.After(until) {
		until = rests
	}
	rest(ctx, until.Sub(l.push.now()), l.bell)
}

func (l *lane) skip(r wire.Record) error {
	l.moves(r.Number)
	if !l.grave {
		l.push.ledger.Passed(l.e.Follower(), r.Number)
	}
	if l.cursor-l.saved >= farBehind || l.grave && overtakes(r) {
		return l.save()
	}
	return nil
}

func (l *lane) arrived(r wire.Record) error {
	at, troubled := l.push.now(), l.trouble.Tries > 0
	if err := l.push.notes.put(advance(l.e.ID, l.grave, l.saved, r.Number, troubled)); err != nil {
		return err
	}
	l.push.step("note")
	l.moves(r.Number)
	l.saved, l.trouble = r.Number, Trouble{}
	if troubled {
		l.healed()
	}
	if l.grave {
		l.push.ledger.Overtook(l.e.Follower(), at, r)
	} else {
		l.push.ledger.Arrived(l.e.Follower(), at, r)
	}
	return nil
}

// failed notes a try that failed. It says whether the record was given up with
// it.
func (l *lane) failed(r wire.Record, why error) (gone bool, err error) {
	var no *refusal
	if errors.As(why, &no) && no.gone {
		if err := l.push.notes.put(retire(l.e.ID, l.push.now())); err != nil {
			return false, err
		}
		return false, errGone
	}
	now, t := l.push.now(), l.trouble
	if t.Tries == 0 {
		t.Since = now
	}
	t.Endpoint, t.Express, t.Number, t.Error = l.e.ID, l.grave, r.Number, words(why)
	t.Tries++
	t.Next = now.Add(l.push.pause(t.Tries))
	if errors.As(why, &no) && no.wait > 0 {
		t.Next = now.Add(min(no.wait, longestPause))
	}
	l.trouble = t
	l.push.ledger.Failed(l.e.Follower(), r.Number, why)
	if t.Tries >= Resting {
		l.leaveAlone(t.Next)
	}
	if err := l.push.notes.put(stumble(t)); err != nil {
		return false, err
	}
	if now.Sub(t.Since) < Patience || now.Sub(r.At) < Patience {
		return false, nil
	}
	dead := t
	dead.Next = now
	if err := l.push.notes.put(giveUp(dead)); err != nil {
		return false, err
	}
	if err := l.push.notes.put(advance(l.e.ID, l.grave, l.saved, r.Number, false)); err != nil {
		return false, err
	}
	l.moves(r.Number)
	l.saved = r.Number
	return true, nil
}

// mostWords bounds what is kept of an error, in bytes.
const mostWords = 300

func words(err error) string {
	s := err.Error()
	return strings.ToValidUTF8(s[:min(len(s), mostWords)], "")
}
