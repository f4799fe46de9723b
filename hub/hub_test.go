package hub

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"wireroom/courier"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/wire"
)

const (
	base  = "https://pozirk.example"
	topic = base + "/en/rss.xml"
)

// room is a hub by the test's clock, with one feed that counts what was sent.
type room struct {
	*Hub
	t    *testing.T
	at   time.Time
	head wire.Number
	text string
}

func open(t *testing.T, d *db.DB) *room {
	t.Helper()
	c, err := courier.New(courier.Settings{Allowed: []string{"127.0.0.0/8"}})
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, at: time.Date(2024, 10, 25, 12, 0, 0, 0, time.UTC), text: "feed"}
	r.Hub = New(Options{DB: d, Courier: c, Base: func() string { return base }, Head: func() wire.Number { return r.head }, Now: func() time.Time { return r.at },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Feed: func(_ context.Context, path string) ([]byte, string, error) {
			if path != "/en/rss.xml" {
				return nil, "", fault.NotFound("the feed")
			}
			return []byte(r.text), "application/rss+xml", nil
		}})
	return r
}

// round has whoever is due be told, until nobody is.
func (r *room) round() {
	r.t.Helper()
	for {
		busy, err := r.Round(r.t.Context())
		if err != nil {
			r.t.Fatal(err)
		}
		if !busy {
			return
		}
	}
}

// goes sends something that changes the feed.
func (r *room) goes() {
	r.head++
	r.text += " " + strconv.Itoa(int(r.head))
	r.round()
}

// stranger is a machine that listens.
type stranger struct {
	*httptest.Server
	mu     sync.Mutex
	denies bool
	status int
	asked  []string
	came   []string
	signed []string
}

func listens(t *testing.T) *stranger {
	t.Helper()
	s := &stranger{status: 200}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if r.Method == http.MethodGet {
			q := r.URL.Query()
			s.asked = append(s.asked, q.Get("hub.mode")+" "+q.Get("hub.topic")+" "+q.Get("hub.lease_seconds")+" "+q.Get("own"))
			if s.denies {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			_, _ = io.WriteString(w, q.Get("hub.challenge"))
			return
		}
		body, _ := io.ReadAll(r.Body)
		s.came, s.signed = append(s.came, string(body)), append(s.signed, r.Header.Get("X-Hub-Signature"))
		if !strings.Contains(r.Header.Get("Link"), "<"+topic+`>; rel="self"`) || r.Header.Get("Content-Type") != "application/rss+xml" {
			t.Errorf("it comes with %v", r.Header)
		}
		w.WriteHeader(s.status)
	}))
	t.Cleanup(s.Close)
	return s
}

func (r *room) asks(mode string, s *stranger, secret string) {
	r.t.Helper()
	err := r.Ask(r.t.Context(), Request{Mode: mode, Topic: topic, Callback: s.URL + "/?own=1", Secret: secret, Lease: "86400"})
	if err != nil {
		r.t.Fatal(err)
	}
	r.round()
}

func TestWhoConfirmsIsToldOfEachChangeUntilTheLeaseEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, s := open(t, d), listens(t)
		r.goes()
		r.asks("subscribe", s, "between us")
		if len(s.asked) != 1 || s.asked[0] != "subscribe "+topic+" 86400 1" || len(s.came) != 0 {
			t.Fatalf("it was asked %q and told %q", s.asked, s.came)
		}
		r.goes()
		r.head++ // nothing of this feed
		r.round()
		r.goes()
		sum := hmac.New(sha256.New, []byte("between us"))
		sum.Write([]byte(r.text))
		if len(s.came) != 2 || s.came[1] != r.text || s.signed[1] != "sha256="+hex.EncodeToString(sum.Sum(nil)) {
			t.Errorf("there came %q, signed %q", s.came, s.signed)
		}
		r.at = r.at.Add(25 * time.Hour)
		if r.goes(); len(s.came) != 2 {
			t.Error("it is told after the lease")
		}
	})
}

func TestWhoDoesNotConfirmIsNeverTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, s := open(t, d), listens(t)
		s.denies = true
		r.asks("subscribe", s, "")
		if r.goes(); len(s.came) != 0 || len(s.asked) != 1 {
			t.Errorf("asked %q, told %q", s.asked, s.came)
		}
		s.denies = false
		r.asks("subscribe", s, "first")
		s.denies = true // somebody else asks in its name
		r.asks("subscribe", s, "theirs")
		r.asks("unsubscribe", s, "")
		r.goes()
		sum := hmac.New(sha256.New, []byte("first"))
		sum.Write([]byte(r.text))
		if len(s.came) != 1 || s.signed[0] != "sha256="+hex.EncodeToString(sum.Sum(nil)) {
			t.Errorf("told %d times, signed %v", len(s.came), s.signed)
		}
		s.denies = false
		r.asks("unsubscribe", s, "")
		if r.goes(); len(s.came) != 1 {
			t.Error("who has left is told")
		}
	})
}

func TestAListenerThatFailsIsTriedAgainWithTheFeedAsItIsThen(t *testing.T) {
	r, s := open(t, dbtest.SQLite(t)), listens(t)
	r.asks("subscribe", s, "")
	s.status = 503
	r.goes()
	r.goes()
	if len(s.came) != 1 {
		t.Fatalf("it is tried %d times at once", len(s.came))
	}
	s.status = 200
	r.at = r.at.Add(time.Minute)
	r.round()
	if len(s.came) != 2 || s.came[1] != r.text {
		t.Errorf("there came %q", s.came)
	}
	s.status = 410
	r.goes()
	s.status = 200
	if r.goes(); len(s.came) != 3 {
		t.Errorf("who is gone is told: %q", s.came)
	}
}

func TestWhatCannotBeListenedToIsRefused(t *testing.T) {
	r := open(t, dbtest.SQLite(t))
	good := Request{Mode: "subscribe", Topic: topic, Callback: "https://reader.example/"}
	for name, change := range map[string]func(*Request){
		"mode": func(q *Request) { q.Mode = "publish" }, "another's feed": func(q *Request) { q.Topic = "https://other.example/en/rss.xml" },
		"no feed": func(q *Request) { q.Topic = base + "/en/account" }, "a query": func(q *Request) { q.Topic += "?a=b" },
		"callback": func(q *Request) { q.Callback = "file:///etc/passwd" }, "secret": func(q *Request) { q.Secret = strings.Repeat("a", 200) },
	} {
		q := good
		change(&q)
		if err := r.Ask(t.Context(), q); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s is taken: %v", name, err)
		}
	}
	for n := range mostOfHost + 1 {
		good.Callback = "https://reader.example/" + strconv.Itoa(n)
		if err := r.Ask(t.Context(), good); (err != nil) != (n == mostOfHost) {
			t.Fatalf("%d: %v", n, err)
		}
	}
}
