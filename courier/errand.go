package courier

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"wireroom/fault"
)

// What an errand takes at the most unless it says so itself.
const (
	usualTime = 15 * time.Second
	usualMost = 1 << 20
	headMost  = 64 << 10
	// longestWait bounds what others may ask us to wait.
	longestWait = 24 * time.Hour
)

// Errand is one request.
type Errand struct {
	Method  string // "" is GET
	Address string
	Header  map[string]string
	Body    []byte
	Time    time.Duration // for all of it; 0 is 15 seconds
	Most    int64         // bytes of the answer; 0 is a megabyte
	Hops    int           // redirects that are followed; 0 is none
}

// Answer is what came back.
type Answer struct {
	Status  int
	Header  func(name string) string
	Body    []byte
	Address string // that answered in the end
}

func transport(dial func(context.Context, string, string) (net.Conn, error), roots *x509.CertPool) *http.Transport {
	return &http.Transport{
		DialContext: dial, TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: dialTime, ResponseHeaderTimeout: time.Minute, ExpectContinueTimeout: time.Second,
		MaxIdleConns: 256, MaxIdleConnsPerHost: 2, IdleConnTimeout: 90 * time.Second, MaxResponseHeaderBytes: headMost,
	}
}

// Check says what is wrong with an address before anybody goes there; Invalid
// or Forbidden. That it is right today is no promise: Do looks again.
func (c *Courier) Check(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" || u.Hostname() == "" {
		return nil, fault.Invalid("address", "%.200q is no address such as https://example.org/news", address)
	}
	if u.Scheme != "https" && u.Scheme != "http" {
		return nil, fault.Invalid("address", "%.20q is not spoken here; http and https are", u.Scheme)
	}
	if u.User != nil {
		return nil, fault.Invalid("address", "an address with a name and a password in it is not taken")
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return u, c.mayPort(u.Hostname(), port)
}

// Do runs an errand. Any answer is one, whatever its status; an error is that
// none came, or one that is too long, of which the beginning is given.
func (c *Courier) Do(ctx context.Context, e Errand) (Answer, error) {
	if e.Time == 0 {
		e.Time = usualTime
	}
	if e.Most == 0 {
		e.Most = usualMost
	}
	ctx, cancel := context.WithTimeout(ctx, e.Time)
	defer cancel()
	u, err := c.Check(e.Address)
	if err != nil {
		return Answer{}, err
	}
	r, err := http.NewRequestWithContext(ctx, e.Method, u.String(), bytes.NewReader(e.Body))
	if err != nil {
		return Answer{}, fault.Invalid("address", "%.200q cannot be asked", e.Address)
	}
	r.Header.Set("User-Agent", c.agent())
	for name, value := range e.Header {
		r.Header.Set(name, value)
	}
	client := http.Client{Transport: c.http, CheckRedirect: c.hop(e.Hops)}
	w, err := client.Do(r)
	if err != nil {
		return Answer{}, plainly(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(io.LimitReader(w.Body, e.Most+1))
	if err != nil {
		return Answer{}, plainly(err)
	}
	a := Answer{w.StatusCode, w.Header.Get, body, w.Request.URL.String()}
	if int64(len(body)) > e.Most {
		a.Body = body[:e.Most]
		err = fault.Invalid("answer", "it is longer than %d bytes", e.Most)
	}
	return a, err
}

// OK reports whether the answer is a yes.
func (a Answer) OK() bool { return a.Status/100 == 2 }

// Words is the status as people know it: "503 Service Unavailable".
func (a Answer) Words() string {
	return strings.TrimSpace(strconv.Itoa(a.Status) + " " + http.StatusText(a.Status))
}

// Wait is for how long whoever answered asks to be left alone; 0 is not asked.
func (a Answer) Wait(now time.Time) time.Duration {
	s := strings.TrimSpace(a.Header("Retry-After"))
	if n, err := strconv.Atoi(s); err == nil && n > 0 && n < int(longestWait/time.Second) {
		return time.Duration(n) * time.Second
	}
	at, err := http.ParseTime(s)
	if err != nil || !at.After(now) {
		return 0
	}
	return min(at.Sub(now), longestWait)
}

// hop looks at each redirect before it is followed.
func (c *Courier) hop(most int) func(*http.Request, []*http.Request) error {
	return func(r *http.Request, before []*http.Request) error {
		if most == 0 {
			return http.ErrUseLastResponse
		}
		last := before[len(before)-1]
		if len(before) > most {
			return fmt.Errorf("more than %d redirects", most)
		}
		if last.URL.Scheme == "https" && r.URL.Scheme != "https" {
			return errors.New("a redirect leads from https to http")
		}
		if _, err := c.Check(r.URL.String()); err != nil {
			return err
		}
		r.Header.Del("Referer")
		// Each hop begins with the headers of the first, so it is the first
		// that counts.
		if first := before[0]; r.URL.Scheme != first.URL.Scheme || r.URL.Host != first.URL.Host {
			r.Header = http.Header{"User-Agent": first.Header["User-Agent"], "Accept": first.Header["Accept"]}
		}
		return nil
	}
}

// plainly drops the address from an error of net/http: it may hold a secret,
// and whoever reads the error knows it.
func plainly(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fault.Internal("waiting for the answer", errors.New("it did not come in time"))
	}
	var known *fault.Error
	if errors.As(err, &known) {
		return known
	}
	return fault.Internal("reaching the address", err)
}
