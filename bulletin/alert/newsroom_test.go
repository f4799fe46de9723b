package alert_test

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/bulletin/alert"
	"wireroom/bulletin/alert/envelope"
	"wireroom/courier"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/wire"
)

var editor = staff.Person{ID: "e", Role: staff.Editor}

// phone is a reader's browser: it has keys, and reads what is pushed to it.
type phone struct {
	name string
	key  *ecdh.PrivateKey
	auth []byte
	at   string // its endpoint
}

// said is a message as the browser's worker gets it, and the headers by which
// its push service handled it.
type said struct {
	To                     string
	Title, Body, Kind, Tag string
	Lang, Path             string
	Wire                   wire.Number
	header                 http.Header
	size                   int
}

// service stands in for the push service of all browsers.
type service struct {
	*httptest.Server
	t       *testing.T
	mu      sync.Mutex
	phones  map[string]*phone // by path
	all     []said
	answers func(to string, n int) int // a status in place of 201, for the n-th call; 0 is none
	waits   string                     // Retry-After
	calls   int
	hangs   map[string]chan struct{}
}

func carrier(t *testing.T) *service {
	s := &service{t: t, phones: map[string]*phone{}, hangs: map[string]chan struct{}{}}
	s.Server = httptest.NewTLSServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *service) phone(name string) *phone {
	s.t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	p := &phone{name, key, make([]byte, envelope.AuthSize), s.URL + "/push/" + name}
	_, _ = rand.Read(p.auth)
	s.mu.Lock()
	s.phones["/push/"+name] = p
	s.mu.Unlock()
	return p
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	p, hangs := s.phones[r.URL.Path], s.hangs[r.URL.Path]
	s.mu.Unlock()
	if hangs != nil {
		select {
		case <-hangs:
		case <-r.Context().Done():
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if p == nil || err != nil || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusGone)
		return
	}
	if s.answers != nil {
		if status := s.answers(p.name, s.calls); status != 0 {
			if s.waits != "" {
				w.Header().Set("Retry-After", s.waits)
			}
			w.WriteHeader(status)
			return
		}
	}
	text, err := p.opens(body)
	one := said{To: p.name, header: r.Header, size: len(body)}
	if err == nil {
		err = json.Unmarshal(text, &one)
	}
	if err != nil {
		s.t.Errorf("%s cannot read what was pushed: %v", p.name, err)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.all = append(s.all, one)
	w.WriteHeader(http.StatusCreated)
}

// opens reads a single record as RFC 8291 has it.
func (p *phone) opens(body []byte) ([]byte, error) {
	if len(body) < 86 || body[20] != 65 {
		return nil, errors.New("it has no head")
	}
	theirs, err := ecdh.P256().NewPublicKey(body[21:86])
	if err != nil {
		return nil, err
	}
	agreed, err := p.key.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	ikm, _ := hkdf.Key(sha256.New, agreed, p.auth, "WebPush: info\x00"+string(p.key.PublicKey().Bytes())+string(body[21:86]), 32)
	key, _ := hkdf.Key(sha256.New, ikm, body[:16], "Content-Encoding: aes128gcm\x00", 16)
	nonce, _ := hkdf.Key(sha256.New, ikm, body[:16], "Content-Encoding: nonce\x00", 12)
	block, _ := aes.NewCipher(key)
	gcm, _ := cipher.NewGCM(block)
	plain, err := gcm.Open(nil, nonce, body[86:], nil)
	return []byte(strings.TrimSuffix(strings.TrimRight(string(plain), "\x00"), "\x02")), err
}

// heard is all that was pushed, as "a: news Headline".
func (s *service) heard() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for _, one := range s.all {
		all = append(all, one.To+": "+one.Kind+" "+one.Title)
	}
	return strings.Join(all, " | ")
}

func (s *service) last() said {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.all) == 0 {
		s.t.Fatal("nothing was pushed")
	}
	return s.all[len(s.all)-1]
}

func (s *service) forgets() {
	s.mu.Lock()
	s.all = nil
	s.mu.Unlock()
}

type newsroom struct {
	*testing.T
	ctx      context.Context
	mu       sync.Mutex
	instant  time.Time
	db       *db.DB
	stories  *story.Store
	readers  *audience.Store
	store    *alert.Store
	sender   *alert.Sender
	carrier  *service
	place    wire.Number
	hastened time.Duration
}

func (n *newsroom) now() time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.instant
}

func (n *newsroom) passes(d time.Duration) {
	n.mu.Lock()
	n.instant = n.instant.Add(d)
	n.mu.Unlock()
}

func house() masthead.Masthead {
	return masthead.Masthead{Name: "Pozirk", PublicURL: "https://pozirk.example", Languages: []masthead.Lang{"en", "be"}, ZoneName: "UTC", Zone: time.UTC,
		Sections: []masthead.Section{{ID: "politics"}, {ID: "economy"}},
		Plans:    []masthead.Plan{{ID: "plus", Notices: map[masthead.Lang]string{"en": "Only for POZIRK+"}}}}
}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := &newsroom{T: t, ctx: t.Context(), db: d, instant: time.Date(2024, 10, 25, 14, 20, 0, 0, time.UTC), carrier: carrier(t)}
		n.ok(masthead.New(d).Found(n.ctx, house()))
		n.opens(filepath.Join(t.TempDir(), "readers.key"))
		n.ok(n.store.SetRule(n.ctx, editor, alert.Rule{Lang: "en", Live: true, Urgency: 2}))
		promise(n)
	})
}

// opens opens the rooms over the database, as after a start.
func (n *newsroom) opens(keyFile string) {
	n.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(n.carrier.Certificate()) // all test servers have the same
	c, err := courier.New(courier.Settings{Allowed: []string{"127.0.0.1"}, Roots: roots})
	n.ok(err)
	n.readers = audience.New(n.db, n.now, keyFile)
	n.stories, n.store = story.New(n.db, n.now), alert.New(n.db, n.now, house, n.readers, c.Near)
	n.sender = &alert.Sender{Store: n.store, Courier: c, Door: reveal.New(n.db, house, n.now), Wire: wire.By(n.db, n.now),
		Print: func(r reveal.Rendition, corrected, neutral bool) alert.Message {
			m := alert.Message{Title: r.Headline(), Body: r.Teaser(), Lang: string(r.Lang()), Path: fmt.Sprint("/en/news/", r.Number())}
			if neutral {
				m.Title, m.Body = "News", ""
			}
			return m
		},
		Struck: func(lang masthead.Lang, number story.Number, neutral bool) alert.Message {
			return alert.Message{Title: "Withdrawn", Lang: string(lang), Path: "/en/latest"}
		}}
}

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

func (p *phone) browser(change func(*alert.Choice)) alert.Browser {
	b := alert.Browser{Endpoint: p.at, Browser: envelope.Browser{Key: p.key.PublicKey().Bytes(), Auth: p.auth}, Choice: alert.Choice{Lang: "en"}}
	if change != nil {
		change(&b.Choice)
	}
	return b
}

// reader is one who switches the alerts on.
func (n *newsroom) reader(name string, change func(*alert.Choice)) *phone {
	n.Helper()
	return n.readerBy(n.carrier, name, change)
}

// readerBy is one whose browser has another push service.
func (n *newsroom) readerBy(by *service, name string, change func(*alert.Choice)) *phone {
	n.Helper()
	p := by.phone(name)
	n.ok(n.store.Keep(n.ctx, p.browser(change)))
	return p
}

func (n *newsroom) sends(headline string, change func(*story.Content)) story.Story {
	n.Helper()
	c := story.Content{Headline: headline, Sections: []string{"politics"}, Urgency: 1, Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("One."))}}}
	if change != nil {
		change(&c)
	}
	st, err := n.stories.Create(n.ctx, editor, "en", "", c)
	n.ok(err)
	st, err = n.stories.Release(n.ctx, editor, st.ID, st.Revision)
	n.ok(err)
	n.passes(time.Second)
	return st
}

func (n *newsroom) corrects(st story.Story, headline string) story.Story {
	n.Helper()
	c := st.Content
	c.Headline = headline
	st, err := n.stories.Revise(n.ctx, editor, st.ID, st.Revision, c)
	n.ok(err)
	st, err = n.stories.Correct(n.ctx, editor, st.ID, st.Revision, story.Say("We erred."))
	n.ok(err)
	return st
}

func (n *newsroom) kills(st story.Story) {
	n.Helper()
	_, err := n.stories.Kill(n.ctx, editor, st.ID, story.Say("It never happened."))
	n.ok(err)
}

// follows gives the sender what is new on the wire.
func (n *newsroom) follows() {
	n.Helper()
	records, err := wire.New(n.db).After(n.ctx, n.place, 1000)
	n.ok(err)
	for _, r := range records {
		if err := n.sender.Deliver(n.ctx, r); err != nil && !errors.Is(err, wire.ErrPassed) {
			n.Fatal(err)
		}
		n.place = r.Number
	}
}

// rings follows the wire and rings whoever is to be rung now.
func (n *newsroom) rings() error {
	n.Helper()
	n.follows()
	return n.sender.Once(n.ctx)
}

func (n *newsroom) hears(what string) {
	n.Helper()
	if got := n.carrier.heard(); got != what {
		n.Errorf("pushed was %q, not %q", got, what)
	}
	n.carrier.forgets()
}

func (n *newsroom) waiting(want int) {
	n.Helper()
	if got, err := n.store.Waiting(n.ctx); err != nil || got != want {
		n.Errorf("%d wait, not %d: %v", got, want, err)
	}
}
