package wire

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
)

// follow reads the wire by name until it has seen the number last.
func follow(t *testing.T, w *Wire, name string, last Number) (seen []Number) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	err := w.Follow(ctx, name, func(_ context.Context, r Record) error {
		seen = append(seen, r.Number)
		if r.Number == last {
			stop()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	return seen
}

// eager has failed records tried again at once.
func eager(d *db.DB) *Wire {
	w := New(d)
	w.pause = func(int) time.Duration { return 0 }
	return w
}

func only(t *testing.T, w *Wire) Follower {
	t.Helper()
	all, err := w.Followers(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("followers %v, %v", all, err)
	}
	return all[0]
}

func TestAFollowerResumesWhereItStopped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := New(d)
		sendAll(t, d, "a", "b", "c")
		if seen := follow(t, w, "site", 3); !slices.Equal(seen, []Number{1, 2, 3}) {
			t.Errorf("first saw %v", seen)
		}
		sendAll(t, d, "d", "e")
		if seen := follow(t, New(d), "site", 5); !slices.Equal(seen, []Number{4, 5}) {
			t.Errorf("then saw %v", seen)
		}
		if f := only(t, w); f.Cursor != 5 || f.Holder != "" || f.Error != "" || !f.Failed.IsZero() {
			t.Errorf("left %+v", f)
		}
	})
}

func TestAFollowerHearsWhatIsSentWhileItWaits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		done := make(chan []Number)
		go func() { done <- follow(t, New(d), "site", 2) }()
		sendAll(t, d, "a", "b")
		if seen := <-done; !slices.Equal(seen, []Number{1, 2}) {
			t.Errorf("saw %v", seen)
		}
	})
}

func TestARecordThatFailsIsTriedAgainAndNeverSkipped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := eager(d)
		sendAll(t, d, "a", "b", "c")
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var seen []Number
		var noted []Follower
		failures := 0
		err := w.Follow(ctx, "clients", func(ctx context.Context, r Record) error {
			seen = append(seen, r.Number)
			if r.Number == 2 && failures < 3 {
				if failures++; failures > 1 {
					noted = append(noted, only(t, w))
				}
				return errors.New("the client's door is shut")
			}
			if r.Number == 3 {
				stop()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) || !slices.Equal(seen, []Number{1, 2, 2, 2, 2, 3}) {
			t.Errorf("saw %v, %v", seen, err)
		}
		for _, f := range noted {
			if f.Cursor != 1 || f.Error != "record 2: the client's door is shut" || !f.Failed.Equal(noted[0].Failed) || f.Failed.IsZero() {
				t.Errorf("the board says %+v", f)
			}
		}
		if f := only(t, w); f.Cursor != 3 || f.Error != "" || !f.Failed.IsZero() {
			t.Errorf("at the end the board says %+v", f)
		}
	})
}

func TestAFollowerStoppedWhileItFailsLetsOthersIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		sendAll(t, d, "a")
		ctx, stop := context.WithCancel(t.Context())
		w := New(d)
		w.pause = func(int) time.Duration {
			stop()
			return maxPause
		}
		err := w.Follow(ctx, "push", func(context.Context, Record) error { return errors.New("no") })
		if f := only(t, w); !errors.Is(err, context.Canceled) || f.Holder != "" || f.Error != "record 1: no" {
			t.Errorf("%v left %+v", err, f)
		}
	})
}

func TestAFollowerThatDiesIsGivenTheRecordAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		sendAll(t, d, "a", "b")
		ctx, stop := context.WithCancel(t.Context())
		err := New(d).Follow(ctx, "push", func(_ context.Context, r Record) error {
			if r.Number == 2 {
				stop()
				return ctx.Err()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if seen := follow(t, New(d), "push", 2); !slices.Equal(seen, []Number{2}) {
			t.Errorf("saw %v", seen)
		}
	})
}

func TestWhatDoesNotConcernAFollowerIsWrittenWhenThereIsTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := New(d)
		var later atomic.Int64
		w.now = func() time.Time { return noon.Add(time.Duration(later.Load())) }
		sendAll(t, d, "a")
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() {
			ended <- w.Follow(ctx, "alarm", func(_ context.Context, r Record) error {
				if f := only(t, w); f.Cursor != 0 {
					t.Errorf("before record %d it is written to stand at %d", r.Number, f.Cursor)
				}
				if r.Number < 3 {
					sendAll(t, d, "next")
				} else {
					later.Store(int64(saveEvery))
				}
				return ErrPassed
			})
		}()
		for stands := Number(0); stands != 3 && t.Context().Err() == nil; runtime.Gosched() {
			if all, err := w.Followers(t.Context()); err == nil && len(all) == 1 {
				stands = all[0].Cursor
			}
		}
		stop()
		<-ended
	})
}

func TestWhatWasPassedIsWrittenAtTheEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := New(d)
		sendAll(t, d, "a", "b")
		ctx, stop := context.WithCancel(t.Context())
		err := w.Follow(ctx, "alarm", func(_ context.Context, r Record) error {
			if r.Number == 2 {
				stop()
			}
			return ErrPassed
		})
		if f := only(t, w); !errors.Is(err, context.Canceled) || f.Cursor != 2 || f.Holder != "" {
			t.Errorf("%v left %+v", err, f)
		}
	})
}

func TestOneHoldsTheLeaseAtATime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, w := t.Context(), New(d)
		now := noon
		w.now = func() time.Time { return now }
		one, two := lease{w, "site", "one"}, lease{w, "site", "two"}
		claims := func(l lease, want bool, when string) {
			t.Helper()
			err := l.claim(ctx)
			if got := err == nil; got != want || (err != nil && !errors.Is(err, errBusy)) {
				t.Fatalf("%s: %s claims: %v", when, l.holder, err)
			}
		}
		claims(one, true, "at first")
		claims(two, false, "while one holds it")
		claims(one, true, "again")
		now = now.Add(leaseBeat)
		if err := one.renew(ctx); err != nil {
			t.Fatal(err)
		}
		now = now.Add(leaseTime - time.Millisecond)
		claims(two, false, "just before it runs out")
		now = now.Add(time.Millisecond)
		claims(two, true, "when it has run out")
		for what, err := range map[string]error{
			"renew": one.renew(ctx), "advance": one.advance(ctx, 0, 1, nil),
			"fail": one.fail(ctx, errors.New("late")), "release": one.release(ctx),
		} {
			if !errors.Is(err, errLost) {
				t.Errorf("the old holder may still %s: %v", what, err)
			}
		}
		if _, err := one.place(ctx); !errors.Is(err, errLost) {
			t.Errorf("the old holder may still read: %v", err)
		}
		if err := two.release(ctx); err != nil {
			t.Fatal(err)
		}
		claims(one, true, "when it was given back")
		if err := w.Rewind(ctx, "site", 0); err != nil {
			t.Fatal(err)
		}
		if err := one.advance(ctx, 0, 1, nil); !errors.Is(err, errLost) {
			t.Errorf("the holder did not notice the rewinding: %v", err)
		}
		claims(two, false, "after the rewinding")
		claims(one, true, "after the rewinding")
	})
}

func TestATurnIsGivenUpWhenTheDatabaseFallsSilent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := New(d)
		now := noon
		w.now = func() time.Time { return now }
		l := lease{w, "site", "one"}
		if err := l.claim(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := l.keep(t.Context(), noon); err != nil {
			t.Fatal(err)
		}
		now = now.Add(leaseTime - leaseBeat - time.Millisecond)
		silence := d.Do(t.Context(), func(*db.Tx) error { // nobody else can write meanwhile
			return l.keep(t.Context(), noon)
		})
		if !errors.Is(silence, context.DeadlineExceeded) {
			t.Errorf("it waited for %v", silence)
		}
	})
}

func TestWhatIsWrittenAtTheEndHasItsTimeAndNoMore(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	last, cancel := parting(ctx)
	defer cancel()
	if _, bounded := last.Deadline(); !bounded || last.Err() != nil {
		t.Errorf("bounded: %v, ended: %v", bounded, last.Err())
	}
}

func TestTwoFollowersOfOneNameShareNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, stop := context.WithCancel(t.Context())
		sendAll(t, d, "a", "b", "c", "d")
		inside, seen := make(chan struct{}, 1), make(chan Number, 100)
		deliver := func(_ context.Context, r Record) error {
			select {
			case inside <- struct{}{}:
			default:
				t.Error("both are served at once")
			}
			seen <- r.Number
			<-inside
			return nil
		}
		ended := make(chan error, 2)
		for range 2 {
			go func() { ended <- New(d).Follow(ctx, "site", deliver) }()
		}
		for want := Number(1); want <= 4; want++ {
			if n := <-seen; n != want {
				t.Errorf("want %d, saw %d", want, n)
			}
		}
		stop()
		<-ended
		<-ended
	})
}

func TestRewindGivesTheWireAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := New(d)
		if err := w.Rewind(t.Context(), "archive", 0); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a stranger: %v", err)
		}
		sendAll(t, d, "a", "b")
		ctx, stop := context.WithCancel(t.Context())
		var seen []Number
		again := false
		err := w.Follow(ctx, "archive", func(_ context.Context, r Record) error {
			seen = append(seen, r.Number)
			if r.Number != 2 {
				return nil
			}
			if again {
				stop()
				return nil
			}
			again = true
			return w.Rewind(ctx, "archive", 0)
		})
		if !errors.Is(err, context.Canceled) || !slices.Equal(seen, []Number{1, 2, 1, 2}) {
			t.Errorf("saw %v, %v", seen, err)
		}
	})
}

func TestWaitEndsWithItsContext(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		sendAll(t, d, "a")
		ctx, stop := context.WithCancel(t.Context())
		if err := New(d).Wait(ctx, 0); err != nil {
			t.Error(err)
		}
		stop()
		if err := New(d).Wait(ctx, 1); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
