package push

import (
	"net/http"
	"slices"
	"sync/atomic"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/wire"
)

func TestAHoldThatIsLateDoesNotUndoItsRelease(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d, nil)
		var down atomic.Bool
		var refused atomic.Int64
		v := receives(t, func(_ *http.Request, s said) int {
			if down.Load() {
				refused.Add(1)
				return http.StatusServiceUnavailable
			}
			return 0
		})
		e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
		r.runs()
		r.sends(wire.Entry{Story: "a"})
		r.until("it came", func() bool { return v.count() == 1 })
		down.Store(true)
		r.sends(wire.Entry{Story: "a", Signal: "hold"})
		r.until("the hold is refused", func() bool { return refused.Load() > 0 })
		free := r.sends(wire.Entry{Story: "a", Signal: "release_hold"})
		last := r.sends(wire.Entry{Story: "b"})
		before := v.count()
		down.Store(false)
		r.until("all has come", func() bool {
			now, err := r.store.Endpoint(t.Context(), "radio", e.ID)
			return err == nil && now.Cursor == last && now.Express >= free-1
		})
		v.mu.Lock()
		defer v.mu.Unlock()
		freed := false
		for _, s := range v.came[before:] {
			if s.Number == int64(free) {
				freed = true
			} else if freed && s.Story == "a" {
				t.Errorf("after the release there came %+v", s)
			}
		}
		if !freed {
			t.Errorf("the release did not come: %v", v.came)
		}
	})
}

func TestWhatFollowsACorrectionComesInItsPlaceAndOnce(t *testing.T) {
	r := open(t, dbtest.SQLite(t), nil)
	blocked, hung := make(chan struct{}), make(chan struct{}, 1)
	v := receives(t, func(req *http.Request, s said) int {
		if s.Story == "first" {
			select {
			case hung <- struct{}{}:
			default:
			}
			select {
			case <-blocked:
			case <-req.Context().Done():
			}
		}
		return 0
	})
	r.adds(Endpoint{Way: Webhook, Address: v.URL})
	r.sends(wire.Entry{Story: "first"}, wire.Entry{Story: "second"}, wire.Entry{Story: "a", Signal: "correction"})
	update := r.sends(wire.Entry{Story: "a", Signal: "update"})
	r.runs()
	<-hung
	r.until("the newest overtakes", func() bool { return v.count() > 0 })
	if got := v.numbers(); !slices.Equal(got, []int64{int64(update)}) {
		t.Errorf("first came %v", got)
	}
	last := r.sends(wire.Entry{Story: "last"})
	close(blocked)
	r.until("the rest came", func() bool { return slices.Contains(v.numbers(), int64(last)) })
	if got := v.numbers()[1:]; !slices.Equal(got, []int64{1, 2, int64(last)}) {
		t.Errorf("then came %v", got)
	}
}

func TestWhatTookAStoryAwayComesThoughANewerRecordIsNotForTheClient(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, signal := range []string{"update", "correction"} {
			r := open(t, d, nil)
			v := receives(t, nil)
			e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
			took := r.sends(wire.Entry{Story: signal}, wire.Entry{Story: signal, Signal: signal})
			r.sends(wire.Entry{Story: signal, Signal: "update", Lang: "ru"})
			last := r.sends(wire.Entry{Story: "last of " + signal})
			stop := r.runs()
			r.until("all has come", func() bool {
				return slices.Contains(v.numbers(), int64(took)) && slices.Contains(v.numbers(), int64(last))
			})
			stop()
			if err := r.store.Remove(t.Context(), "radio", e.ID); err != nil {
				t.Fatal(err)
			}
		}
	})
}
