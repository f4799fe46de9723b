package cuttings

import (
	"context"
	"time"

	"wireroom/archive"
	"wireroom/archive/register"
	"wireroom/audience"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// Follower is the name by which the service follows the wire.
const Follower = "cuttings"

// stillNews is how long after its first sending an update may make a story
// something to be told of: an alert, say, of which the text follows.
const stillNews = 48 * time.Hour

// Service lays by and tells.
type Service struct {
	Readers  *audience.Store
	Door     *reveal.Door
	Wire     *wire.Wire
	Register *register.Store // nil is nobody and nowhere
	Masthead func() masthead.Masthead
	Now      func() time.Time
}

// fresh are the signals by which a story may come to a reader as new.
var fresh = map[story.Signal]bool{story.SignalNew: true, story.SignalReleaseHold: true, story.SignalLift: true}

// Cut lays by what a record brings. Brought again it brings nothing more.
func (s *Service) Cut(ctx context.Context, r wire.Record) error {
	signal := story.Signal(r.Signal)
	if r.Silent || signal == story.SignalPin || signal == story.SignalHold {
		return wire.ErrPassed
	}
	if signal == story.SignalKill {
		return s.Readers.Mend(ctx, r.Story, "kill", r.Number)
	}
	if signal == story.SignalCorrection {
		if err := s.Readers.Mend(ctx, r.Story, "correction", r.Number); err != nil {
			return err
		}
	}
	aims, err := s.Readers.Aims(ctx, r.Lang)
	if err != nil || len(aims) == 0 {
		return passed(err)
	}
	c := cut{Service: s, record: r, had: map[string]reveal.Rendition{}}
	rend, ok, err := c.rendition(ctx, reveal.Viewer{})
	if err != nil || !ok || !fresh[signal] && s.Now().Sub(rend.Sent()) > stillNews {
		return passed(err)
	}
	for _, a := range aims {
		if err := c.aim(ctx, a, rend); err != nil {
			return err
		}
	}
	return nil
}

// passed is that a record brought nothing, unless something failed.
func passed(err error) error {
	if err == nil {
		return wire.ErrPassed
	}
	return err
}

// cut is one story that is held against what is followed.
type cut struct {
	*Service
	record wire.Record
	had    map[string]reveal.Rendition // by class of viewer
}

// rendition is what a viewer has of the story; false is nothing.
func (c *cut) rendition(ctx context.Context, v reveal.Viewer) (reveal.Rendition, bool, error) {
	if r, known := c.had[v.Class()]; known {
		return r, true, nil
	}
	found, err := c.Door.These(ctx, []story.ID{story.ID(c.record.Story)}, v)
	if err != nil || len(found) == 0 {
		return reveal.Rendition{}, false, err
	}
	c.had[v.Class()] = found[0]
	return found[0], true, nil
}

// aim lays the story by for those who follow an aim: for all if what everyone
// has of it speaks of that, else for those whose plans give more.
func (c *cut) aim(ctx context.Context, a audience.Aim, all reveal.Rendition) error {
	sieve, ok, err := c.Sieve(ctx, a)
	if err != nil || !ok {
		return err
	}
	what := audience.Cutting{Story: c.record.Story, Number: int64(all.Number()), Wire: c.record.Number}
	if sieve.Finds(all) {
		return c.Readers.Cut(ctx, a, "", what)
	}
	if all.Full() {
		return nil
	}
	holders, err := c.Readers.Holders(ctx, a)
	if err != nil {
		return err
	}
	for reader, passes := range holders {
		r, ok, err := c.rendition(ctx, reveal.Holder(passes, c.Now()))
		if err != nil {
			return err
		}
		if ok && r.Full() && sieve.Finds(r) {
			if err := c.Readers.Cut(ctx, a, reader, what); err != nil {
				return err
			}
		}
	}
	return nil
}

// Sieve is what finds the stories of an aim; false when what it names is no
// more.
func (s *Service) Sieve(ctx context.Context, a audience.Aim) (archive.Sieve, bool, error) {
	var book *register.Book
	if s.Register != nil {
		var err error
		if book, err = s.Register.Book(ctx); err != nil {
			return archive.Sieve{}, false, err
		}
	}
	switch a.Kind {
	case audience.AimPerson, audience.AimPlace, audience.AimTopic:
		if book == nil {
			return archive.Sieve{}, false, nil
		}
		e, ok := book.Get(register.ID(a.Key))
		return archive.About(e), ok && e.Public && string(e.Kind) == string(a.Kind), nil
	}
	sieve := archive.Sift(book, a.Key, s.Masthead(), s.Now())
	return sieve, sieve.Asks(), nil
}
