package wire

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
)

// clocked is a wire whose clock stands at *now.
func clocked(d *db.DB, now *time.Time) *Wire {
	w := eager(d)
	w.now = func() time.Time { return *now }
	return w
}

// goes sends a story that is news at an instant.
func goes(t *testing.T, d *db.DB, at time.Time, silent bool) Record {
	t.Helper()
	w := New(d)
	err := d.Do(t.Context(), func(tx *db.Tx) error {
		_, err := Append(t.Context(), tx, at, Entry{Story: "a", Revision: "1", Release: 1, Signal: "new", Lang: "be", Silent: silent})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	last, err := w.Latest(t.Context(), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	return last[0]
}

// arrivals are all that are known, as "number follower milliseconds after noon".
func arrivals(t *testing.T, d *db.DB) (all []string) {
	t.Helper()
	came, err := New(d).Arrivals(t.Context(), 0, 1<<40)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range came {
		all = append(all, fmt.Sprintf("%d %s %d", a.Number, a.Follower, a.At.Sub(noon.Truncate(time.Millisecond)).Milliseconds()))
	}
	return all
}

func catchesUp(t *testing.T, w *Wire, name string, deliver func(context.Context, Record) error) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	head, err := w.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	err = w.Follow(ctx, name, func(ctx context.Context, r Record) error {
		err := deliver(ctx, r)
		if r.Number == head && (err == nil || errors.Is(err, ErrPassed)) {
			stop()
		}
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

func TestItIsKnownWhenARecordArrivedWhereItWasDelivered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := noon
		w := clocked(d, &now)
		again := func() {
			catchesUp(t, w, "clients", func(_ context.Context, r Record) error {
				now = now.Add(7 * time.Millisecond)
				if r.Number == 3 {
					return ErrPassed
				}
				return nil
			})
		}
		goes(t, d, noon, true) // begins to follow with what is no news
		again()
		goes(t, d, now, false)
		goes(t, d, now, false)
		goes(t, d, now, false)
		again()
		want := []string{"2 clients 14", "4 clients 28"}
		if got := arrivals(t, d); !slices.Equal(got, want) {
			t.Errorf("arrived %v, not %v", got, want)
		}
		if f := only(t, w); f.Cursor != 4 || f.Error != "" {
			t.Errorf("the follower stands at %+v", f)
		}
	})
}

func TestWhatTellsNothingOfHowQuickWeAreIsNotTimed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := noon
		w := clocked(d, &now)
		goes(t, d, noon.Add(-time.Hour), false) // out before anybody followed
		deliver := func(context.Context, Record) error { return nil }
		catchesUp(t, w, "clients", deliver)
		goes(t, d, noon, true) // from an archive
		catchesUp(t, w, "clients", deliver)
		if got := arrivals(t, d); len(got) != 0 {
			t.Errorf("arrived %v", got)
		}
		goes(t, d, noon, false)
		catchesUp(t, w, "clients", deliver)
		now = noon.Add(KeepArrivals)
		if err := w.Rewind(t.Context(), "clients", 0); err != nil {
			t.Fatal(err)
		}
		catchesUp(t, w, "clients", deliver)
		if got := arrivals(t, d); !slices.Equal(got, []string{"3 clients 0"}) {
			t.Errorf("given again much later: %v", got)
		}
	})
}

// book is a ledger with one follower, and what writes it down.
func book(t *testing.T, w *Wire, node, name string) (*Ledger, func(until time.Duration)) {
	t.Helper()
	l := w.Ledger(node)
	if _, err := l.Begin(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	return l, func(until time.Duration) {
		t.Helper()
		if err := l.write(t.Context(), w.now().Add(until)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFollowerWithinTheProgramIsOnTheBoardToo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := noon
		w := clocked(d, &now)
		goes(t, d, noon, false)
		l, write := book(t, w, "", "site")
		write(time.Minute)
		if f := only(t, w); f.Name != "site" || f.Cursor != 1 || !f.There(noon) || f.There(noon.Add(time.Minute)) {
			t.Errorf("at first it stands at %+v", f)
		}
		r := goes(t, d, noon, false)
		l.Failed("site", r.Number, errors.New("the page is torn"))
		now = now.Add(time.Second)
		l.Failed("site", r.Number, errors.New("the page is torn again"))
		write(time.Minute)
		if f := only(t, w); f.Cursor != 1 || f.Error != "record 2: the page is torn again" || !f.Failed.Equal(noon.Truncate(time.Millisecond)) {
			t.Errorf("while it fails it stands at %+v", f)
		}
		l.Arrived("site", now, r)
		l.Arrived("site", now.Add(time.Hour), r)
		write(time.Minute)
		if f := only(t, w); f.Cursor != 2 || f.Error != "" || !f.Failed.IsZero() {
			t.Errorf("afterwards it stands at %+v", f)
		}
		if got := arrivals(t, d); !slices.Equal(got, []string{"2 site 1000"}) {
			t.Errorf("arrived %v", got)
		}
	})
}

func TestAFollowerWithinTheProgramGoesOnWhereItStoppedAndLeavesItsPlace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := New(d)
		goes(t, d, time.Now(), false)
		l := w.Ledger("web@1")
		at, err := l.Begin(t.Context(), "site")
		if err != nil || at != 1 {
			t.Fatalf("it begins at %d: %v", at, err)
		}
		l.Passed("site", 1)
		ctx, stop := context.WithCancel(t.Context())
		stop()
		l.Keep(ctx, func(err error) { t.Error(err) })
		f := only(t, w)
		if f.Name != "site@web1" || f.There(time.Now().Add(-time.Second)) {
			t.Errorf("it left %+v", f)
		}
		if name, node := Place(f.Name); name != "site" || node != "web1" {
			t.Errorf("it is %s on %s", name, node)
		}
		goes(t, d, time.Now(), false)
		if at, err := w.Ledger("web1").Begin(t.Context(), "site"); err != nil || at != 1 {
			t.Errorf("it goes on at %d: %v", at, err)
		}
	})
}

func TestWhatCannotBeWrittenIsWrittenLater(t *testing.T) {
	now := noon
	d := dbtest.SQLite(t)
	w := clocked(d, &now)
	l, write := book(t, w, "", "site")
	l.Arrived("site", now, goes(t, d, noon, false))
	ended, end := context.WithCancel(t.Context())
	end()
	if err := l.write(ended, now); err == nil {
		t.Fatal("it is written after the end")
	}
	l.Arrived("site", now, goes(t, d, noon, false))
	write(time.Minute)
	if got := arrivals(t, d); !slices.Equal(got, []string{"1 site 0", "2 site 0"}) {
		t.Errorf("arrived %v", got)
	}
}

func TestOldArrivalsAreForgotten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := noon
		w := clocked(d, &now)
		lost, write := book(t, w, "lost", "site")
		lost.Arrived("site", now, goes(t, d, noon, false))
		write(0)
		kept, write := book(t, w, "", "site")
		now = now.Add(time.Hour)
		kept.Arrived("site", now, goes(t, d, now, false))
		write(0)
		now = noon.Add(KeepArrivals + time.Minute)
		if err := w.thin(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := arrivals(t, d); !slices.Equal(got, []string{"2 site 3600000"}) {
			t.Errorf("left are %v", got)
		}
		if f := only(t, w); f.Name != "site" {
			t.Errorf("left is %+v", f)
		}
	})
}

func TestTheTimesOfArrivalAreToldForThePlots(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := noon.Truncate(time.Millisecond)
		w := clocked(d, &now)
		l, write := book(t, w, "", "site")
		l.Arrived("site", now.Add(12*time.Millisecond), goes(t, d, now, false))
		l.Arrived("site", now, goes(t, d, now.Add(5*time.Millisecond), false)) // by a clock that is behind
		write(time.Minute)
		got := map[string]time.Duration{}
		err := w.Took(t.Context(), now, func(follower string, sent time.Time, took time.Duration) {
			got[follower+" "+sent.Sub(now).String()] = took
		})
		if want := map[string]time.Duration{"site 0s": 12 * time.Millisecond, "site 5ms": 0}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("it took %v: %v", got, err)
		}
		if latest, err := w.Latest(t.Context(), 2, 5); err != nil || len(latest) != 1 || latest[0].Number != 1 {
			t.Errorf("before the second stand %v: %v", latest, err)
		}
	})
}
