package channel

import (
	"context"
	"errors"
	"sync"
	"time"

	"wireroom/courier"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// looksAgain is how often it is looked for an embargo that ended, or for a
// channel that is another, without a bell.
const looksAgain = 10 * time.Second

// Feeder posts in the channels.
type Feeder struct {
	Store   *Store
	Courier *courier.Courier
	Door    *reveal.Door
	Wire    *wire.Wire
	Print   func(reveal.Rendition) string // a story as Telegram's HTML
	Struck  func(masthead.Lang) string    // in place of one that is withdrawn

	// Unsure hears of a story that may stand twice in a channel; nil is nobody.
	Unsure func(Channel, story.Number)

	mu   sync.Mutex
	acts map[ID]*sync.Mutex // of each channel: one act at a time
}

// alone waits until nothing else is done in a channel.
func (f *Feeder) alone(c ID) (done func()) {
	f.mu.Lock()
	if f.acts == nil {
		f.acts = map[ID]*sync.Mutex{}
	}
	if f.acts[c] == nil {
		f.acts[c] = &sync.Mutex{}
	}
	act := f.acts[c]
	f.mu.Unlock()
	act.Lock()
	return act.Unlock
}

// Run keeps each live channel up with the wire until the context ends; wrong
// hears of what fails beside the wire.
func (f *Feeder) Run(ctx context.Context, wrong func(error)) {
	bell, hush := f.Store.db.Listen(Bell)
	defer hush()
	var work sync.WaitGroup
	defer work.Wait()
	running := map[ID]func(){}
	var was map[ID]Channel
	for ctx.Err() == nil {
		all, err := f.Store.All(ctx)
		if err != nil && ctx.Err() == nil {
			wrong(err)
		}
		now := map[ID]Channel{}
		for _, c := range all {
			if c.Live {
				now[c.ID] = c
			}
		}
		for id, stop := range running {
			if c, ok := now[id]; err == nil && (!ok || !same(c, was[id])) {
				stop()
				delete(running, id)
			}
		}
		for id, c := range now {
			if running[id] == nil {
				running[id] = f.begin(ctx, &work, c, wrong)
			}
		}
		if err == nil {
			was = now
		}
		timer := time.NewTimer(looksAgain)
		select {
		case <-ctx.Done():
		case <-bell:
		case <-timer.C:
		}
		timer.Stop()
	}
}

func same(a, b Channel) bool {
	return a.Chat == b.Chat && a.Token == b.Token && a.Base == b.Base && a.Lang == b.Lang && a.Rules.Urgency == b.Rules.Urgency &&
		len(a.Rules.Sections) == len(b.Rules.Sections) && !differ(a.Rules.Sections, b.Rules.Sections)
}

func differ(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return true
		}
	}
	return false
}

// begin has one channel follow the wire, and posts what waited for its hour.
func (f *Feeder) begin(ctx context.Context, work *sync.WaitGroup, c Channel, wrong func(error)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	work.Go(func() {
		// It ends with the context alone.
		_ = f.Wire.Follow(ctx, c.Follower(), func(ctx context.Context, r wire.Record) error { return f.Deliver(ctx, c, r) })
	})
	work.Go(func() { again(ctx, wrong, func() error { return f.Ripe(ctx, c) }) })
	work.Go(func() { again(ctx, wrong, func() error { return f.ahead(ctx, c) }) })
	return cancel
}

// again does something now and then until the context ends.
func again(ctx context.Context, wrong func(error), work func() error) {
	for ctx.Err() == nil {
		if err := work(); err != nil && ctx.Err() == nil {
			wrong(err)
		}
		timer := time.NewTimer(looksAgain)
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
	}
}

// Deliver does in a channel what a record of the wire asks for; wire.ErrPassed
// when that is nothing.
func (f *Feeder) Deliver(ctx context.Context, c Channel, r wire.Record) error {
	if r.Silent || r.Lang != string(c.Lang) {
		return wire.ErrPassed
	}
	defer f.alone(c.ID)()
	p, there, err := f.Store.post(ctx, c.ID, story.ID(r.Story))
	if err != nil {
		return err
	}
	if !there {
		number, err := story.NumberOn(r)
		if err != nil {
			return err
		}
		p = post{story: story.ID(r.Story), number: number}
	}
	p.wire = r.Number
	switch story.Signal(r.Signal) {
	case story.SignalHold, story.SignalKill:
		return f.takeOut(ctx, c, p, there)
	case story.SignalNew, story.SignalReleaseHold:
		if !r.At.Before(c.Since) {
			return f.put(ctx, c, p)
		}
	case story.SignalUpdate, story.SignalCorrection:
		if there {
			return f.put(ctx, c, p)
		}
	}
	return wire.ErrPassed
}

// put has a story stand in the channel as it is now, or wait for its hour.
func (f *Feeder) put(ctx context.Context, c Channel, p post) error {
	found, err := f.Door.Several(ctx, []story.ID{p.story}, reveal.Viewer{}, true)
	if err != nil {
		return err
	}
	r, visible := found[p.story]
	switch {
	case !visible && p.message > 0:
		return wire.ErrPassed // a later record says why
	case !visible:
		p.state = waiting
		return passed(f.Store.keep(ctx, c.ID, p))
	case p.message > 0:
		return f.edits(ctx, c, p.message, f.Print(r))
	case !c.Rules.takes(sections(r), r.Urgency()):
		return passed(f.Store.forget(ctx, c.ID, p.story))
	}
	if p.state == begun && f.Unsure != nil {
		f.Unsure(c, p.number)
	}
	p.state = begun
	if err := f.Store.keep(ctx, c.ID, p); err != nil {
		return err
	}
	if p.message, err = f.sends(ctx, c, f.Print(r)); err != nil {
		var refused errAnswer
		if errors.As(err, &refused) {
			p.state = waiting
			err = errors.Join(err, f.Store.keep(ctx, c.ID, p))
		}
		return err
	}
	p.state = out
	return f.Store.keep(ctx, c.ID, p)
}

// passed is that a record does not concern the channel, once that is noted.
func passed(err error) error {
	if err != nil {
		return err
	}
	return wire.ErrPassed
}

func sections(r reveal.Rendition) (ids []string) {
	for _, s := range r.Sections() {
		ids = append(ids, s.ID)
	}
	return ids
}

// takeOut has nothing stand of a story.
func (f *Feeder) takeOut(ctx context.Context, c Channel, p post, there bool) error {
	if !there {
		return wire.ErrPassed
	}
	if p.message > 0 {
		if err := f.removes(ctx, c, p.message, f.Struck(c.Lang)); err != nil {
			return err
		}
	}
	err := f.Store.forget(ctx, c.ID, p.story)
	if p.message == 0 {
		return passed(err)
	}
	return err
}

// Ripe posts what waited for an embargo that is over.
func (f *Feeder) Ripe(ctx context.Context, c Channel) error {
	defer f.alone(c.ID)()
	some, err := f.Store.embargoed(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, p := range some {
		if err := f.put(ctx, c, p); err != nil && !errors.Is(err, wire.ErrPassed) {
			return err
		}
	}
	return nil
}
