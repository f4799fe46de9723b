package agency_test

import (
	"bufio"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/wire"
)

// gate keeps clients from answering what does not overtake.
type gate struct {
	mu     sync.Mutex
	closed chan struct{} // nil is open
}

func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = make(chan struct{})
}

func (g *gate) opens() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed != nil {
		close(g.closed)
		g.closed = nil
	}
}

func (g *gate) pass() {
	g.mu.Lock()
	closed := g.closed
	g.mu.Unlock()
	if closed != nil {
		<-closed
	}
}

// system is what a client's webhook leads to.
type system struct {
	*httptest.Server
	t    *testing.T
	dead bool // it never answers

	mu    sync.Mutex
	came  []brought
	waits bool // it has been brought something that it does not answer
}

// brought is a delivery that came.
type brought struct {
	number       wire.Number
	signal, body string
}

// system adds a webhook of a client; with the town's gate closed it answers
// only what overtakes.
func (w *town) system(c clients.Client, format string) *system {
	s := &system{t: w.t}
	over := make(chan struct{})
	s.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		n, wrong := strconv.ParseInt(r.Header.Get("Wireroom-Number"), 10, 64)
		if err != nil || wrong != nil {
			w.t.Error(err, wrong)
		}
		signal := r.Header.Get("Wireroom-Signal")
		if signal != "correction" && signal != "kill" {
			s.busy(true)
			w.gate.pass()
			s.busy(false)
		}
		if r.Context().Err() == nil {
			s.mu.Lock()
			s.came = append(s.came, brought{wire.Number(n), signal, string(body)})
			s.mu.Unlock()
		}
		if s.dead {
			<-over
		}
	}))
	w.t.Cleanup(s.Close)
	w.t.Cleanup(func() { close(over) })
	w.adds(push.Endpoint{Client: string(c.ID), Way: push.Webhook, Address: s.URL, Format: format})
	return s
}

func (s *system) busy(is bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waits = is
}

func (s *system) isBusy() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.waits
}

func (s *system) all() []brought {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.came)
}

func (s *system) has(n wire.Number, signal string) bool {
	return slices.ContainsFunc(s.all(), func(b brought) bool { return b.number == n && b.signal == signal })
}

func (s *system) body(n wire.Number) string {
	for _, b := range s.all() {
		if b.number == n {
			return b.body
		}
	}
	return ""
}

// count says how many records have come with the words.
func (s *system) count(words string) int {
	seen := map[wire.Number]bool{}
	for _, b := range s.all() {
		if strings.Contains(b.body, words) {
			seen[b.number] = true
		}
	}
	return len(seen)
}

// inOrder holds that what did not overtake came by number, and that nothing of
// the story that was killed came after its kill.
func (s *system) inOrder(kill wire.Number, headline string) {
	last, killed := wire.Number(0), false
	for _, b := range s.all() {
		killed = killed || b.number == kill
		switch {
		case b.signal == "kill" || b.signal == "correction":
		case b.number < last:
			s.t.Errorf("record %d came after %d", b.number, last)
		case killed && strings.Contains(b.body, headline):
			s.t.Errorf("after its kill there came %s", b.body)
		default:
			last = b.number
		}
	}
}

// telegram stands in for the Bot API.
type telegram struct {
	*httptest.Server
	mu    sync.Mutex
	calls []string // "method body"
	told  int      // how many of them since gave
	stuck bool     // messages cannot be deleted any more
}

func chats(t *testing.T) *telegram {
	t.Helper()
	g := &telegram{}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		g.mu.Lock()
		g.calls = append(g.calls, r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]+" "+string(body))
		n, stuck := len(g.calls), g.stuck && strings.HasSuffix(r.URL.Path, "/deleteMessage")
		g.mu.Unlock()
		if stuck {
			http.Error(w, `{"ok":false,"description":"Bad Request: message can't be deleted"}`, http.StatusBadRequest)
			return
		}
		_, _ = io.WriteString(w, `{"ok":true,"result":{"message_id":`+strconv.Itoa(n)+`}}`)
	}))
	t.Cleanup(g.Close)
	return g
}

// since are the calls that came since it was asked last.
func (g *telegram) since() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	came := g.calls[g.told:]
	g.told = len(g.calls)
	return came
}

// keeps has messages stay that are to be deleted.
func (g *telegram) keeps(them bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.stuck = them
}

func (g *telegram) has(method, words string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.ContainsFunc(g.calls, func(c string) bool {
		return strings.HasPrefix(c, method+" ") && strings.Contains(c, words)
	})
}

// listener reads the stream.
type listener struct {
	mu   sync.Mutex
	came []brought
}

func (w *town) listens(token string) *listener {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.url+"/wire/v1/stream?after=0", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil || answer.StatusCode != http.StatusOK {
		w.t.Fatal(answer, err)
	}
	w.t.Cleanup(func() { _ = answer.Body.Close() })
	l := &listener{}
	go func() {
		// It ends with the line.
		for text := bufio.NewReader(answer.Body); ; {
			line, err := text.ReadString('\n')
			if err != nil {
				return
			}
			var said struct {
				Number int64
				Signal string
			}
			data, is := strings.CutPrefix(line, "data: ")
			if is && json.Unmarshal([]byte(data), &said) == nil {
				l.mu.Lock()
				l.came = append(l.came, brought{wire.Number(said.Number), said.Signal, data})
				l.mu.Unlock()
			}
		}
	}()
	return l
}

func (l *listener) has(n wire.Number, signal string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.ContainsFunc(l.came, func(b brought) bool { return b.number == n && b.signal == signal })
}

// asks is a client's machine that asks the wire.
func (w *town) asks(at, token string) (int, string) {
	w.t.Helper()
	r, err := http.NewRequest(http.MethodGet, w.url+at, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.does(r, token)
}

func (w *town) does(r *http.Request, token string) (int, string) {
	w.t.Helper()
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// letter is the text of one to an address whose subject holds a word; "" while
// there is none.
func (w *town) letter(to, word string) string {
	for w.box.Waiting() > 0 {
		w.letters = append(w.letters, w.box.Next(w.t))
	}
	for _, l := range w.letters {
		subject, err := new(mime.WordDecoder).DecodeHeader(l.Header.Get("Subject"))
		if err == nil && slices.Contains(l.To, to) && strings.Contains(subject, word) {
			return l.Text
		}
	}
	return ""
}

func (w *town) posted(to, word string) bool { return w.letter(to, word) != "" }
