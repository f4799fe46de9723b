package push

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/wire"
)

func TestWhatGoesOutIsBroughtInOrderToEachEndpoint(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d, nil)
		r.sends(stories("before", 2)...)
		one, two := receives(t, nil), receives(t, nil)
		r.adds(Endpoint{Way: Webhook, Address: one.URL})
		r.adds(Endpoint{Way: Webhook, Address: two.URL + "/news"})
		stop := r.runs()
		r.sends(stories("a", 3)...)
		r.sends(wire.Entry{Story: "r", Lang: "ru"}, wire.Entry{Story: "a0", Signal: "pin"}, wire.Entry{Story: "s", Silent: true}, wire.Entry{Story: "b"})
		r.until("all came", func() bool { return one.count() >= 4 && two.count() >= 4 })
		stop()
		r.sends(stories("c", 2)...)
		r.runs()
		r.until("what was sent while nobody pushed came", func() bool { return one.count() >= 6 && two.count() >= 6 })
		for _, v := range []*receiver{one, two} {
			if got := v.numbers(); !slices.Equal(got, []int64{3, 4, 5, 9, 10, 11}) {
				t.Errorf("came %v", got)
			}
		}
	})
}

func TestAWebhookIsSignedAsStandardWebhooksSay(t *testing.T) {
	// The example of the standard's own libraries.
	body := []byte(`{"test": 2432232314}`)
	got := Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), body)
	if got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Errorf("the signature is %s", got)
	}
	d := dbtest.SQLite(t)
	r := open(t, d, nil)
	heads := make(chan http.Header, 10)
	v := receives(t, func(req *http.Request, _ said) int { heads <- req.Header; return 0 })
	e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
	before := e.Secret
	stop := r.runs()
	n := r.sends(stories("a", 1)...)
	h := <-heads
	if h.Get("webhook-id") != "wire-"+strconv.Itoa(int(n)) || !strings.HasPrefix(h.Get("webhook-signature"), "v1,") || strings.Contains(h.Get("webhook-signature"), " ") {
		t.Errorf("it is signed by %v", h)
	}
	// What runs reads the new secret in its own time.
	stop()
	e, err := r.store.Rotate(t.Context(), "radio", e.ID)
	if err != nil || e.Secret == before || e.Before != before {
		t.Fatalf("rotated to %+v: %v", e, err)
	}
	r.runs()
	r.sends(stories("b", 1)...)
	h = <-heads
	sec, _ := strconv.ParseInt(h.Get("webhook-timestamp"), 10, 64)
	sent := []byte(`{"Number":2,"Story":"b0","Signal":"new"}`)
	want := Sign(e.Secret, "wire-2", time.Unix(sec, 0), sent) + " " + Sign(before, "wire-2", time.Unix(sec, 0), sent)
	if h.Get("webhook-signature") != want {
		t.Errorf("after the change it is signed by %s, not %s", h.Get("webhook-signature"), want)
	}
}

func TestWithoutASecretNothingIsBroughtUntilOneIsDrawn(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(t, d, nil)
	v := receives(t, nil)
	e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
	err := d.Do(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE push_endpoint SET secret = ''`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	r.runs()
	r.sends(stories("a", 1)...)
	r.until("it is told", func() bool {
		all, err := r.store.Troubles(t.Context())
		return err == nil && len(all) == 1 && strings.Contains(all[0].Error, "no secret")
	})
	if v.count() != 0 {
		t.Error("it was brought unsigned")
	}
	if _, err := r.store.Rotate(t.Context(), "radio", e.ID); err != nil {
		t.Fatal(err)
	}
	r.until("it came", func() bool { return v.count() == 1 })
}

func TestWhatFailsIsTriedAgainByTheSameIDAndHoldsTheOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d, nil)
		var failures atomic.Int64
		v := receives(t, func(_ *http.Request, s said) int {
			if s.Story == "a1" && failures.Add(1) <= 7 {
				return http.StatusServiceUnavailable
			}
			return 0
		})
		e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
		r.runs()
		r.sends(stories("a", 3)...)
		r.until("all came", func() bool { return v.count() >= 10 })
		if got := v.numbers(); !slices.Equal(got, []int64{1, 2, 2, 2, 2, 2, 2, 2, 2, 3}) {
			t.Errorf("came %v", got)
		}
		if v.ids[1] != "wire-2" || v.ids[8] != "wire-2" {
			t.Errorf("by %v", v.ids)
		}
		r.until("nothing is in the way", func() bool {
			all, err := r.store.Troubles(t.Context())
			now, err2 := r.store.Endpoint(t.Context(), "radio", e.ID)
			return err == nil && err2 == nil && len(all) == 0 && now.Cursor == 3
		})
		if dead, err := r.store.Dead(t.Context(), e.ID, 10); err != nil || len(dead) != 0 {
			t.Errorf("given up %v: %v", dead, err)
		}
	})
}

func TestACorrectionAHoldAndAKillOvertakeWhatWaitsAndAreNotUndone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d, nil)
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
		r.runs()
		r.sends(append([]wire.Entry{{Story: "first"}}, stories("a", 5)...)...)
		<-hung
		kill := r.sends(wire.Entry{Story: "a2", Signal: "kill"})
		r.sends(wire.Entry{Story: "a3", Signal: "correction"})
		hold := r.sends(wire.Entry{Story: "a4", Signal: "hold"})
		r.until("all three overtake", func() bool { return v.count() >= 3 })
		if got := v.numbers(); !slices.Equal(got, []int64{int64(kill), int64(kill) + 1, int64(hold)}) {
			t.Errorf("first came %v", got)
		}
		close(blocked)
		free := r.sends(wire.Entry{Story: "a4", Signal: "release_hold"})
		r.until("the rest came", func() bool { return v.count() >= 7 })
		// Of a2, a3 and a4 nothing older than what overtook is brought.
		if got := v.numbers()[3:]; !slices.Equal(got, []int64{1, 2, 3, int64(free)}) {
			t.Errorf("then came %v", got)
		}
	})
}

func TestAKillEndsTheDeliveryOfItsStoryThatIsUnderWay(t *testing.T) {
	r := open(t, dbtest.SQLite(t), nil)
	var tries atomic.Int64
	under := make(chan struct{}, 10)
	v := receives(t, func(req *http.Request, s said) int {
		if s.Signal == "new" && s.Story == "a" {
			tries.Add(1)
			under <- struct{}{}
			<-req.Context().Done() // ended from outside
			return http.StatusTeapot
		}
		return 0
	})
	r.adds(Endpoint{Way: Webhook, Address: v.URL})
	r.runs()
	r.sends(wire.Entry{Story: "a"}, wire.Entry{Story: "b"})
	<-under
	r.sends(wire.Entry{Story: "a", Signal: "kill"})
	r.until("what is behind it came", func() bool { return slices.Contains(v.numbers(), 2) && slices.Contains(v.numbers(), 3) })
	if tries.Load() != 1 {
		t.Errorf("the story was brought %d times", tries.Load())
	}
}

func TestAnEndpointThatHangsHoldsUpNobody(t *testing.T) {
	r := open(t, dbtest.SQLite(t), nil)
	hung := make(chan struct{})
	slow := receives(t, func(*http.Request, said) int { <-hung; return 0 })
	t.Cleanup(func() { close(hung) })
	for range 20 {
		r.adds(Endpoint{Way: Webhook, Address: slow.URL})
	}
	quick := receives(t, nil)
	r.adds(Endpoint{Way: Webhook, Address: quick.URL})
	r.runs()
	r.sends(stories("a", 30)...)
	r.until("the quick one has all", func() bool { return quick.count() == 30 })
	if n := slow.count(); n != 0 {
		t.Errorf("the slow one has %d", n)
	}
}

func TestWhatDoesNotArriveForThreeDaysIsKeptAndCanBeReplayed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d, nil)
		var ahead atomic.Int64
		clock := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
		r.push.now, r.store.now = clock, clock
		var broken atomic.Bool
		broken.Store(true)
		v := receives(t, func(_ *http.Request, s said) int {
			if s.Story == "a0" && broken.Load() {
				return http.StatusInternalServerError
			}
			return 0
		})
		e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
		r.runs()
		r.sends(stories("a", 2)...)
		r.until("it was tried", func() bool { return v.count() > 2 })
		if slices.Contains(v.numbers(), 2) {
			t.Fatal("the order is not kept")
		}
		ahead.Store(int64(Patience + time.Minute))
		r.until("the next has its turn", func() bool { return slices.Contains(v.numbers(), 2) })
		dead, err := r.store.Dead(t.Context(), e.ID, 10)
		if err != nil || len(dead) != 1 || dead[0].Number != 1 || !strings.Contains(dead[0].Error, "500") {
			t.Fatalf("kept are %+v: %v", dead, err)
		}
		broken.Store(false)
		if err := r.store.Replay(t.Context(), "another", e.ID, 0); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("another client replays: %v", err)
		}
		if err := r.store.Replay(t.Context(), "radio", e.ID, 0); err != nil {
			t.Fatal(err)
		}
		r.until("none is kept", func() bool { dead, err := r.store.Dead(t.Context(), e.ID, 10); return err == nil && len(dead) == 0 })
		if got := v.numbers(); got[len(got)-1] != 1 || v.ids[len(got)-1] != "wire-1" {
			t.Errorf("replayed was %v", got)
		}
	})
}

func TestARecordThatIsSetAsideLetsTheNextPass(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d, nil)
		v := receives(t, func(_ *http.Request, s said) int {
			if s.Story == "a0" {
				return http.StatusBadRequest
			}
			return 0
		})
		e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
		r.runs()
		r.sends(stories("a", 2)...)
		r.until("it fails", func() bool { all, err := r.store.Troubles(t.Context()); return err == nil && len(all) == 1 })
		if err := r.store.SetAside(t.Context(), "radio", e.ID, 1); err != nil {
			t.Fatal(err)
		}
		r.until("the next came", func() bool { return slices.Contains(v.numbers(), 2) })
		if dead, err := r.store.Dead(t.Context(), e.ID, 10); err != nil || len(dead) != 1 {
			t.Errorf("kept are %v: %v", dead, err)
		}
	})
}

func TestAPausedEndpointGetsWhatWentOutMeanwhile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d, nil)
		v := receives(t, nil)
		e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
		r.runs()
		r.sends(stories("a", 1)...)
		r.until("the first came", func() bool { return v.count() == 1 })
		if err := r.store.Pause(t.Context(), "radio", e.ID, true); err != nil {
			t.Fatal(err)
		}
		r.until("it follows no more", func() bool { all, err := r.wire.Followers(t.Context()); return err == nil && len(all) == 0 })
		r.sends(stories("b", 2)...)
		if err := r.store.Pause(t.Context(), "radio", e.ID, false); err != nil {
			t.Fatal(err)
		}
		r.until("the others came", func() bool { return v.count() == 3 })
		if err := r.store.From(t.Context(), "radio", e.ID, 1); err != nil {
			t.Fatal(err)
		}
		r.until("they came again", func() bool { return v.count() == 5 })
		if got := v.numbers(); !slices.Equal(got, []int64{1, 2, 3, 2, 3}) {
			t.Errorf("came %v", got)
		}
		if err := r.store.Remove(t.Context(), "radio", e.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := r.store.Endpoint(t.Context(), "radio", e.ID); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("it is still there: %v", err)
		}
	})
}

func TestTheBoardKnowsWhenEachReleaseArrived(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d, nil)
		v := receives(t, nil)
		e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
		stop := r.runs()
		r.sends(wire.Entry{Story: "a"}, wire.Entry{Story: "b"}, wire.Entry{Story: "a", Signal: "kill"})
		r.until("they came", func() bool { return v.count() >= 2 })
		stop()
		came, err := r.wire.Arrivals(context.Background(), 0, 10)
		if err != nil || len(came) != v.count() {
			t.Fatalf("the board knows %v of %v: %v", came, v.numbers(), err)
		}
		for _, a := range came {
			if id, ok := IsFollower(a.Follower); !ok || id != e.ID {
				t.Errorf("by %s", a.Follower)
			}
		}
		if f, err := r.wire.Followers(context.Background()); err != nil || len(f) != 1 || f[0].Cursor != 3 {
			t.Errorf("it stands at %+v: %v", f, err)
		}
	})
}

func TestAnAddressIsCheckedWhenItIsTyped(t *testing.T) {
	r := open(t, dbtest.SQLite(t), nil)
	for _, e := range []Endpoint{
		{Way: Webhook, Address: "http://example.org/hook"}, {Way: Webhook, Address: "https://a:b@example.org/"}, {Way: Webhook, Address: "example.org"}, {Way: Webhook},
		{Way: Webhook, Address: "https://example.org/#here"}, {Way: Webhook, Address: "https://example.org/" + strings.Repeat("a", 500)}, {Way: Webhook, Address: "https://example.org:25/"},
		{Way: SFTP, Address: "sftp://example.org/in"}, {Way: SFTP, Address: "sftp://a:b@example.org/in"}, {Way: SFTP, Address: "ftp://a@example.org/in"},
		{Way: Mail, Address: "Radio <radio@example.org>"}, {Way: Mail, Address: "radio"}, {Way: "pigeon", Address: "home"},
	} {
		e.Client = "radio"
		if _, err := r.store.Add(t.Context(), e); !fault.Is(err, fault.KindInvalid) && !fault.Is(err, fault.KindForbidden) {
			t.Errorf("%s %s is taken: %v", e.Way, e.Address, err)
		}
	}
	if e := r.adds(Endpoint{Way: Webhook, Address: " https://example.org/hook "}); e.Address != "https://example.org/hook" || e.Host() != "example.org" {
		t.Errorf("taken as %+v", e)
	}
}
