package agency

import (
	"context"
	"reflect"
	"sync/atomic"
	"time"

	"wireroom/archive/register"
	"wireroom/masthead"
	"wireroom/wire"
)

// house is the masthead as it stands, at hand without asking the database.
type house struct {
	store   *masthead.Store
	current atomic.Pointer[masthead.Masthead]
}

func (h *house) get() masthead.Masthead { return *h.current.Load() }

// reload reads the masthead and says whether it has changed.
func (h *house) reload(ctx context.Context) (changed bool, err error) {
	m, err := h.store.Load(ctx)
	if err != nil {
		return false, err
	}
	before := h.current.Swap(&m)
	return before == nil || !reflect.DeepEqual(*before, m), nil
}

// lookAgain is how often the masthead is read anew without a bell: another
// process on the same file cannot ring it.
const lookAgain = time.Second

// followMasthead keeps the house as it is saved, until the context ends.
func (a *Agency) followMasthead(ctx context.Context) {
	bell, stop := a.DB.Listen(masthead.Channel)
	defer stop()
	for ctx.Err() == nil {
		changed, err := a.house.reload(ctx)
		if err != nil {
			a.stumble(ctx, "the masthead cannot be read", err)
		}
		if changed {
			a.refresh()
		}
		select {
		case <-ctx.Done():
		case <-bell:
		case <-time.After(lookAgain):
		}
	}
}

// followRegister drops the rendered pages when the register changes, for they
// link to its people and places, until the context ends.
func (a *Agency) followRegister(ctx context.Context) {
	bell, stop := a.DB.Listen(register.Channel)
	defer stop()
	var known *register.Book
	for ctx.Err() == nil {
		book, err := a.Register.Book(ctx)
		if err != nil {
			a.stumble(ctx, "the register cannot be read", err)
			continue
		}
		if known != nil && known != book {
			a.refresh()
		}
		known = book
		select {
		case <-ctx.Done():
		case <-bell:
		case <-time.After(lookAgain):
		}
	}
}

// followWire drops the rendered pages after each record, until the context
// ends. Pages live in this process alone, so it starts at the wire's head and
// keeps no cursor.
func (a *Agency) followWire(ctx context.Context) {
	for ctx.Err() == nil {
		if err := a.Wire.Wait(ctx, wire.Number(a.seen.Load())); err != nil {
			a.stumble(ctx, "the wire cannot be read", err)
			continue
		}
		head, err := a.Wire.Head(ctx)
		if err != nil {
			a.stumble(ctx, "the wire cannot be read", err)
			continue
		}
		// The pages go first: whoever sees the new number sees the new pages.
		a.refresh()
		a.seen.Store(int64(head))
		a.clock()
		select {
		case a.fresh <- struct{}{}:
		default:
		}
	}
}

// followClock drops the rendered pages at each instant at which the door opens
// by itself: an embargo ends, a story becomes free.
func (a *Agency) followClock(ctx context.Context) {
	for ctx.Err() == nil {
		next, err := a.door.NextChange(ctx)
		if err != nil {
			a.stumble(ctx, "the next embargo cannot be read", err)
			continue
		}
		wait := lookForEmbargo
		if !next.IsZero() {
			wait = min(max(next.Sub(a.now()), 0), wait)
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-a.bell:
		case <-timer.C:
			if !next.IsZero() && !a.now().Before(next) {
				a.refresh()
			}
		}
		timer.Stop()
	}
}

// lookForEmbargo bounds how long the clock sleeps, should the machine's own
// clock be set meanwhile.
const lookForEmbargo = time.Minute

// clock has followClock look again for the next instant.
func (a *Agency) clock() {
	select {
	case a.bell <- struct{}{}:
	default:
	}
}

// stumble logs what went wrong in a loop and waits before it goes on.
func (a *Agency) stumble(ctx context.Context, what string, err error) {
	if ctx.Err() != nil {
		return
	}
	a.Log.Error(what, "error", err)
	select {
	case <-ctx.Done():
	case <-time.After(time.Second):
	}
}

// refresh drops every rendered page.
func (a *Agency) refresh() { a.press.Refresh() }
