package push

import (
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/wire"
)

func TestAWithdrawalWaitsForNoOtherThatHangs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d, nil)
		r.push.stuck = time.Millisecond
		free, hung := make(chan struct{}), make(chan struct{}, 3)
		v := receives(t, func(req *http.Request, s said) int {
			if s.Story == "stuck" || s.Story == "stuck too" {
				hung <- struct{}{}
				select {
				case <-free:
				case <-req.Context().Done():
				}
			}
			return 0
		})
		e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
		r.runs()
		first := r.sends(wire.Entry{Story: "stuck", Signal: "correction"})
		<-hung
		second := r.sends(wire.Entry{Story: "stuck too", Signal: "hold"})
		<-hung
		mended := r.sends(wire.Entry{Story: "a", Signal: "correction"})
		killed := r.sends(wire.Entry{Story: "b", Signal: "kill"})
		r.until("the kill came", func() bool { return slices.Contains(v.numbers(), int64(killed)) })
		if got := v.numbers(); !slices.Equal(got, []int64{int64(killed)}) {
			t.Errorf("before what hangs came %v", got)
		}
		close(free)
		last := r.sends(wire.Entry{Story: "c", Signal: "kill"})
		r.until("all came", func() bool {
			now, err := r.store.Endpoint(t.Context(), "radio", e.ID)
			return err == nil && now.Express == last
		})
		got := v.numbers()
		if at := slices.Index(got, int64(mended)); at < slices.Index(got, int64(first)) {
			t.Errorf("corrections came as %v", got)
		}
		slices.Sort(got)
		if want := []int64{int64(first), int64(second), int64(mended), int64(killed), int64(last)}; !slices.Equal(got, want) {
			t.Errorf("in all came %v, not each of %v once", got, want)
		}
	})
}

func TestAKillEndsTheHangingCorrectionOfItsStory(t *testing.T) {
	r := open(t, dbtest.SQLite(t), nil)
	r.push.stuck = time.Millisecond
	hung := make(chan struct{}, 1)
	v := receives(t, func(req *http.Request, s said) int {
		if s.Signal == "correction" {
			hung <- struct{}{}
			<-req.Context().Done()
		}
		return 0
	})
	e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
	r.runs()
	r.sends(wire.Entry{Story: "a", Signal: "correction"})
	<-hung
	kill := r.sends(wire.Entry{Story: "a", Signal: "kill"})
	r.until("the kill is noted", func() bool {
		now, err := r.store.Endpoint(t.Context(), "radio", e.ID)
		return err == nil && now.Express == kill
	})
	if got := v.numbers(); got[len(got)-1] != int64(kill) || slices.Index(got, int64(kill)) != len(got)-1 {
		t.Errorf("came %v", got)
	}
}

func TestAnEndpointThatIsGoneIsSwitchedOff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, signal := range []string{"new", "kill"} {
			r := open(t, d, nil)
			var asked atomic.Int64
			var back atomic.Bool
			v := receives(t, func(*http.Request, said) int {
				asked.Add(1)
				if back.Load() {
					return 0
				}
				return http.StatusGone
			})
			e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
			stop := r.runs()
			r.sends(wire.Entry{Story: "a " + signal, Signal: signal})
			read := func() Endpoint {
				now, err := r.store.Endpoint(t.Context(), "radio", e.ID)
				if err != nil {
					t.Fatal(err)
				}
				return now
			}
			r.until("it is switched off", func() bool { return read().Paused })
			last := r.sends(wire.Entry{Story: "b " + signal, Signal: signal})
			stop()
			if now := read(); now.Gone.IsZero() || asked.Load() != 1 {
				t.Errorf("asked %d times it is off since %v", asked.Load(), now.Gone)
			}
			back.Store(true)
			if err := r.store.Pause(t.Context(), "radio", e.ID, false); err != nil {
				t.Fatal(err)
			}
			r.runs()
			r.until("set going it is brought what it missed", func() bool { now := read(); return max(now.Cursor, now.Express) >= last && asked.Load() == 3 })
			if now := read(); !now.Gone.IsZero() {
				t.Errorf("it is still gone since %v", now.Gone)
			}
			if err := r.store.Remove(t.Context(), "radio", e.ID); err != nil {
				t.Fatal(err)
			}
		}
	})
}
