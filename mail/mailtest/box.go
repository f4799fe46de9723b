// Package mailtest is a carrier of mail for tests: a real SMTP server in the
// process that keeps what it is given.
package mailtest

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"io"
	"net"
	"net/mail"
	"strings"
	"testing"

	"mime/quotedprintable"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Letter is one that arrived.
type Letter struct {
	From   string
	To     []string
	Header mail.Header
	Text   string
	Raw    []byte // as it came
}

// Box takes letters for everybody.
type Box struct {
	Addr           string
	User, Password string // if set, whoever sends must know them
	Forgets        bool   // letters are taken and thrown away

	Refuses func(to string) error // what is answered to a recipient; nil takes all
	Step    func(step string)     // hears "from", "to", "data", "taken" of each letter; it may hold the line up

	arrived chan Letter
}

// Open starts a box that closes with the test.
func Open(t testing.TB) *Box {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &Box{Addr: l.Addr().String(), arrived: make(chan Letter, 1000)}
	s := smtp.NewServer(b)
	s.Domain, s.AllowInsecureAuth = "localhost", true
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return b
}

// Next waits for a letter.
func (b *Box) Next(t testing.TB) Letter {
	t.Helper()
	select {
	case l := <-b.arrived:
		return l
	case <-t.Context().Done():
		t.Fatal("no letter came")
		return Letter{}
	}
}

// Waiting says how many letters lie in the box.
func (b *Box) Waiting() int { return len(b.arrived) }

// NewSession is for the server.
func (b *Box) NewSession(*smtp.Conn) (smtp.Session, error) { return &sender{box: b}, nil }

// sender is one connection.
type sender struct {
	box    *Box
	known  bool
	letter Letter
}

// AuthMechanisms is for the server.
func (s *sender) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth is for the server.
func (s *sender) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.box.User || subtle.ConstantTimeCompare([]byte(password), []byte(s.box.Password)) != 1 {
			return errors.New("wrong password")
		}
		s.known = true
		return nil
	}), nil
}

// Mail is for the server.
func (s *sender) Mail(from string, _ *smtp.MailOptions) error {
	if s.box.User != "" && !s.known {
		return smtp.ErrAuthRequired
	}
	s.letter = Letter{From: from}
	s.box.step("from")
	return nil
}

// Rcpt is for the server.
func (s *sender) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.letter.To = append(s.letter.To, to)
	s.box.step("to")
	if s.box.Refuses != nil {
		return s.box.Refuses(to)
	}
	return nil
}

// Data is for the server.
func (s *sender) Data(r io.Reader) error {
	s.box.step("data")
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.letter.Raw = raw
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	var body io.Reader = m.Body
	if strings.EqualFold(m.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	s.letter.Header, s.letter.Text = m.Header, strings.ReplaceAll(string(text), "\r\n", "\n")
	if s.box.Forgets {
		return nil
	}
	s.box.arrived <- s.letter
	s.box.step("taken")
	return nil
}

func (b *Box) step(name string) {
	if b.Step != nil {
		b.Step(name)
	}
}

// Reset is for the server.
func (s *sender) Reset() {}

// Logout is for the server.
func (s *sender) Logout() error { return nil }
