package push

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"wireroom/courier"
	"wireroom/db"
	"wireroom/mail"
	"wireroom/wire"
)

// room is the room with a wire of its own.
type room struct {
	t     *testing.T
	db    *db.DB
	store *Store
	push  *Push
	wire  *wire.Wire
}

// said is what the tests' documents say of a record.
type said struct {
	Number int64
	Story  string
	Signal string
}

func shape(_ context.Context, _ Endpoint, r wire.Record) (Document, error) {
	if r.Lang == "ru" {
		return Document{}, wire.ErrPassed
	}
	body, err := json.Marshal(said{int64(r.Number), r.Story, r.Signal})
	return Document{Type: "application/json", Extension: "json", Subject: "Record " + strconv.Itoa(int(r.Number)), Body: body}, err
}

func open(t *testing.T, d *db.DB, post *mail.Post) *room {
	t.Helper()
	c, err := courier.New(courier.Settings{Allowed: []string{"127.0.0.0/8"}})
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, db: d, wire: wire.New(d), store: New(d, c, time.Now)}
	r.push = Open(Options{Store: r.store, Wire: r.wire, Courier: c, Post: post, Shape: shape, Now: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	r.push.pause = func(int) time.Duration { return time.Millisecond }
	return r
}

// runs pushes until the test, or what is returned, ends it.
func (r *room) runs() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.push.Run(ctx)
	}()
	var once sync.Once
	stop = func() { once.Do(func() { cancel(); <-done }) }
	r.t.Cleanup(stop)
	return stop
}

func (r *room) sends(entries ...wire.Entry) (last wire.Number) {
	r.t.Helper()
	err := r.db.Do(context.Background(), func(tx *db.Tx) error {
		for _, e := range entries {
			if e.Signal == "" {
				e.Signal = "new"
			}
			var err error
			if last, err = wire.Append(context.Background(), tx, time.Now(), e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return last
}

// stories are n new stories by names that begin so.
func stories(name string, n int) []wire.Entry {
	var all []wire.Entry
	for i := range n {
		all = append(all, wire.Entry{Story: fmt.Sprint(name, i)})
	}
	return all
}

func (r *room) adds(e Endpoint) Endpoint {
	r.t.Helper()
	e.Client = "radio"
	e, err := r.store.Add(context.Background(), e)
	if err != nil {
		r.t.Fatal(err)
	}
	return e
}

// until waits for what another part of the program does.
func (r *room) until(what string, is func() bool) {
	r.t.Helper()
	for !is() {
		select {
		case <-r.t.Context().Done():
			r.t.Fatalf("never: %s", what)
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// receiver is a client's webhook.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	came   []said
	ids    []string
	times  []time.Time
	answer func(r *http.Request, s said) int // 0 is 200
}

func receives(t *testing.T, answer func(r *http.Request, s said) int) *receiver {
	t.Helper()
	v := &receiver{answer: answer}
	v.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at := time.Now()
		var s said
		if err := json.NewDecoder(r.Body).Decode(&s); err != nil {
			t.Error(err)
		}
		status := 0
		if v.answer != nil {
			status = v.answer(r, s)
		}
		v.mu.Lock()
		v.came, v.ids, v.times = append(v.came, s), append(v.ids, r.Header.Get("webhook-id")), append(v.times, at)
		v.mu.Unlock()
		if status != 0 {
			w.WriteHeader(status)
		}
	}))
	t.Cleanup(v.Close)
	return v
}

func (v *receiver) count() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.came)
}

// numbers are those that came, in order.
func (v *receiver) numbers() (all []int64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, s := range v.came {
		all = append(all, s.Number)
	}
	return all
}
