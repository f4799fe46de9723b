package courier

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"wireroom/fault"
)

// guarded is a door that nobody may come to: it counts who does.
type guarded struct {
	came atomic.Int64
	port string
}

// guard listens at a port of every address of this machine.
func guard(t *testing.T) *guarded {
	t.Helper()
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	g := &guarded{}
	_, g.port, _ = net.SplitHostPort(l.Addr().String())
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			g.came.Add(1)
			c.Close()
		}
	}()
	return g
}

// reached reports how many came, once a knock of our own has been counted.
func (g *guarded) reached(t *testing.T) int64 {
	t.Helper()
	before := g.came.Load()
	c, err := net.Dial("tcp", "127.0.0.1:"+g.port)
	if err != nil {
		t.Fatal(err)
	}
	// The door closes each connection after it has counted it, and takes them
	// in their order.
	_, _ = c.Read(make([]byte, 1))
	c.Close()
	if g.came.Load() == before {
		t.Fatal("the guard counts nobody")
	}
	return g.came.Add(-1)
}

func courier(t *testing.T, s Settings) *Courier {
	t.Helper()
	c, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestNoSpellingOfAnAddressLeadsIntoTheHouse(t *testing.T) {
	g := guard(t)
	c := courier(t, Settings{Resolver: answers(t, func(string) string { return "127.0.0.1" })})
	all := addresses(g.port)
	if len(all) < 100 {
		t.Fatalf("only %d spellings are tried", len(all))
	}
	for _, address := range all {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		if a, err := c.Do(ctx, Errand{Address: address}); err == nil {
			t.Errorf("%q answers %d", address, a.Status)
		} else if ctx.Err() != nil {
			t.Errorf("%q was dialled: %v", address, err)
		}
		cancel()
	}
	for _, host := range hosts() {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		at := net.JoinHostPort(strings.ReplaceAll(strings.Trim(host, "[]"), "%25", "%"), g.port)
		if conn, err := c.Dial(ctx, "tcp", at); err == nil {
			conn.Close()
			t.Errorf("%q is reached", at)
		} else if ctx.Err() != nil {
			t.Errorf("%q was dialled: %v", at, err)
		}
		cancel()
	}
	if n := g.reached(t); n != 0 {
		t.Errorf("%d connections came through", n)
	}
}

func TestThisMachineIsRefusedByItsPublicAddressesToo(t *testing.T) {
	g := guard(t)
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	c := courier(t, Settings{})
	for _, a := range all {
		ip := a.(*net.IPNet).IP.String()
		if conn, err := c.Dial(t.Context(), "tcp", net.JoinHostPort(ip, g.port)); err == nil {
			conn.Close()
			t.Errorf("%s is reached", ip)
		}
		if mine, err := own(netip.MustParseAddr(ip)); err != nil || !mine {
			t.Errorf("%s is not known as our own: %v", ip, err)
		}
	}
	if n := g.reached(t); n != 0 {
		t.Errorf("%d connections came through", n)
	}
}

func TestWhatTheSettingsNameIsReached(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.UserAgent() != "Wireroom" {
			t.Errorf("we call ourselves %q", r.UserAgent())
		}
		_, _ = w.Write([]byte("news"))
	}))
	t.Cleanup(s.Close)
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	named := answers(t, func(string) string { return "127.0.0.1" })
	for _, try := range []struct{ allowed, address string }{
		{"127.0.0.1", s.URL}, {"127.0.0.0/8", s.URL}, {"Radio.LAN.", "http://radio.lan:" + port},
	} {
		a, err := courier(t, Settings{Allowed: []string{try.allowed}, Resolver: named}).Do(t.Context(), Errand{Address: try.address})
		if err != nil || a.Status != 200 || string(a.Body) != "news" {
			t.Errorf("%s with %s: %v, %v", try.address, try.allowed, a.Status, err)
		}
	}
	for _, no := range []string{"", "*", "a b", "https://radio.lan", "10.0.0.0/99", "radio.lan:80"} {
		if _, err := New(Settings{Allowed: []string{no}}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%q may be allowed: %v", no, err)
		}
	}
}

func TestPublicAddressesMayBeReached(t *testing.T) {
	c := courier(t, Settings{})
	for _, a := range []string{"8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "172.32.0.1", "100.128.0.1", "198.20.0.1", "2a02::1"} {
		if err := c.may("somewhere", netip.MustParseAddr(a)); err != nil {
			t.Errorf("%s: %v", a, err)
		}
	}
}

func TestARedirectLeadsNotIntoTheHouse(t *testing.T) {
	g := guard(t)
	all := addresses(g.port)
	s := listening(t, "127.0.0.2:0", func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil || n >= len(all) {
			return
		}
		w.Header()["Location"] = []string{all[n]}
		w.WriteHeader([]int{301, 302, 303, 307, 308}[n%5])
	})
	c := courier(t, Settings{Allowed: []string{"127.0.0.2"}, Resolver: answers(t, func(string) string { return "127.0.0.1" })})
	for n, to := range all {
		if strings.HasPrefix(to, "http://127.0.0.2:") {
			continue
		}
		a, err := c.Do(t.Context(), Errand{Address: s + "/" + strconv.Itoa(n), Hops: 3})
		// What is no address at all is a path beside the page that named it.
		if err == nil && !strings.HasPrefix(a.Address, s) {
			t.Errorf("%q answers %d from %s", to, a.Status, a.Address)
		}
	}
	if n := g.reached(t); n != 0 {
		t.Errorf("%d connections came through", n)
	}
}

func TestRedirectsAreCountedAndCarryNoSecretToOthers(t *testing.T) {
	other := listening(t, "127.0.0.3:0", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/on" {
			http.Redirect(w, r, "/end", http.StatusFound)
			return
		}
		for name := range r.Header {
			if name != "User-Agent" && name != "Accept" && name != "Accept-Encoding" {
				t.Errorf("%s came along", name)
			}
		}
	})
	s := listening(t, "127.0.0.2:0", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, other+"/on", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		}
	})
	c := courier(t, Settings{Allowed: []string{"127.0.0.0/8"}})
	secret := map[string]string{"Authorization": "Bearer a", "X-Key": "b", "Cookie": "c=d", "If-None-Match": `"e"`}
	if a, err := c.Do(t.Context(), Errand{Address: s + "/away", Header: secret, Hops: 3}); err != nil || a.Address != other+"/end" {
		t.Errorf("ends at %s: %v", a.Address, err)
	}
	if a, err := c.Do(t.Context(), Errand{Address: s + "/away", Header: secret}); err != nil || a.Status != http.StatusFound {
		t.Errorf("without leave it is followed: %d, %v", a.Status, err)
	}
	if _, err := c.Do(t.Context(), Errand{Address: s + "/round", Hops: 5}); err == nil {
		t.Error("it runs in a circle")
	}
}

func TestANameThatChangesItsMeaningLeadsNotIntoTheHouse(t *testing.T) {
	g := guard(t)
	var asked atomic.Int64
	// The name is good each other time it is asked for.
	c := courier(t, Settings{Allowed: []string{"127.0.0.2"}, Resolver: answers(t, func(string) string {
		return []string{"127.0.0.2", "127.0.0.1"}[asked.Add(1)%2]
	})})
	var good, bad int
	l, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for range 20 {
		// Where it is good nobody listens at this port but the guard: it hears
		// on every address, so only the address decides.
		conn, err := c.Dial(t.Context(), "tcp", "changing.example:"+strings.Split(l.Addr().String(), ":")[1])
		if err != nil {
			bad++
			continue
		}
		good++
		conn.Close()
		_, err = c.Dial(t.Context(), "tcp", "changing.example:"+g.port)
		if err == nil {
			t.Error("the second meaning is reached")
		}
	}
	if good == 0 || asked.Load() < 20 {
		t.Errorf("the name was good %d times and bad %d times, asked for %d times", good, bad, asked.Load())
	}
	if n := g.reached(t); n != 0 {
		t.Errorf("%d connections came through", n)
	}
}

func TestAnAnswerIsBounded(t *testing.T) {
	hang := make(chan struct{})
	s := listening(t, "127.0.0.2:0", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/long":
			_, _ = w.Write(make([]byte, 2000))
		case "/never":
			w.WriteHeader(http.StatusOK)
			w.(http.Flusher).Flush()
			<-hang
		}
	})
	t.Cleanup(func() { close(hang) })
	c := courier(t, Settings{Allowed: []string{"127.0.0.2"}})
	if a, err := c.Do(t.Context(), Errand{Address: s + "/long", Most: 1999}); !fault.Is(err, fault.KindInvalid) || len(a.Body) != 1999 || !a.OK() {
		t.Errorf("too long: %d bytes, %v", len(a.Body), err)
	}
	if a, err := c.Do(t.Context(), Errand{Address: s + "/long", Most: 2000}); err != nil || len(a.Body) != 2000 {
		t.Errorf("as long as allowed: %v", err)
	}
	if _, err := c.Do(t.Context(), Errand{Address: s + "/never", Time: 50 * time.Millisecond}); err == nil || !strings.Contains(err.Error(), "in time") {
		t.Errorf("never: %v", err)
	}
}

func TestWhoAsksToBeLeftAloneIs(t *testing.T) {
	now := time.Date(2024, 10, 25, 12, 0, 0, 0, time.UTC)
	for said, want := range map[string]time.Duration{
		"": 0, "0": 0, "-5": 0, "soon": 0, "120": 2 * time.Minute, "Fri, 25 Oct 2024 12:10:00 GMT": 10 * time.Minute,
		"Fri, 25 Oct 2024 11:00:00 GMT": 0, "Fri, 25 Oct 2030 11:00:00 GMT": 24 * time.Hour, "999999999999999999999": 0,
	} {
		a := Answer{Header: func(string) string { return said }}
		if got := a.Wait(now); got != want {
			t.Errorf("%q is %s, not %s", said, got, want)
		}
	}
}

func TestNoProxyFromTheEnvironmentIsUsed(t *testing.T) {
	g := guard(t)
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:"+g.port)
	t.Setenv("http_proxy", "http://127.0.0.1:"+g.port)
	s := listening(t, "127.0.0.2:0", func(http.ResponseWriter, *http.Request) {})
	c := courier(t, Settings{Allowed: []string{"127.0.0.0/8", "named.example"}, Resolver: answers(t, func(string) string { return "127.0.0.2" })})
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(s, "http://"))
	if a, err := c.Do(t.Context(), Errand{Address: "http://named.example:" + port}); err != nil || a.Status != 200 {
		t.Errorf("%d, %v", a.Status, err)
	}
	if n := g.reached(t); n != 0 {
		t.Error("the proxy was asked")
	}
}

func FuzzWhatPassesTheCheckIsAWebAddress(f *testing.F) {
	for _, a := range addresses("8080") {
		f.Add(a)
	}
	c, err := New(Settings{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, address string) {
		u, err := c.Check(address)
		if err == nil && (u.Hostname() == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https") {
			t.Errorf("%q passes as %v", address, u)
		}
	})
}

// listening is a web server at an address of its own.
func listening(t *testing.T, at string, h http.HandlerFunc) string {
	t.Helper()
	l, err := net.Listen("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: h}}
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

// answers is a server of names that says what it is told to, of IPv4 alone.
func answers(t *testing.T, say func(name string) string) *net.Resolver {
	t.Helper()
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pc.Close() })
	go func() {
		b := make([]byte, 2048)
		for {
			n, from, err := pc.ReadFrom(b)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(b[:n]) != nil || len(m.Questions) == 0 {
				continue
			}
			q := m.Questions[0]
			m.Header.Response, m.Additionals = true, nil
			if q.Type == dnsmessage.TypeA {
				m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
					Body: &dnsmessage.AResource{A: netip.MustParseAddr(say(q.Name.String())).As4()}}}
			}
			if out, err := m.Pack(); err == nil {
				_, _ = pc.WriteTo(out, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", pc.LocalAddr().String())
	}}
}
