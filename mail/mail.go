// Package mail sends the house's letters by SMTP: one at a time, or the many
// letters of a mailing over lines that stay open.
//
// It promises that a letter is in UTF-8 and goes to one address; that a letter
// of a mailing reads well as plain text and as HTML, is the same bytes whenever
// it is made, names its list and the address at which one leaves it (RFC 2369,
// RFC 8058), and is signed (DKIM, RFC 6376) where the settings say so; that a
// letter that comes back is known by the ticket in the address it went out
// from; and that a password is never sent over a line that others can read
// unless the settings say that there is no TLS. What is in a letter is left to
// the faces.
package mail

import (
	"bytes"
	"context"
	"crypto"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"os"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"wireroom/fault"
)

// sendTime is how long the carrier may take for one letter.
const sendTime = 30 * time.Second

// Settings say who carries the letters.
type Settings struct {
	Addr     string // host:port
	From     string // "Pozirk <desk@example.org>" or the address alone
	User     string // "" is nobody in particular
	Password string // path of the file that holds it
	TLS      string // one of TLSWords; "" is the first

	Bounces  string // the address to which letters of a mailing come back; "" is From's
	Selector string // under which the key of the signatures is found; "" signs nothing
	Key      string // path of the file with that key, which is made the first time
	KeyKind  string // one of KeyWords; "" is the first
}

// TLSWords are how a line is closed to others: by STARTTLS, from the first
// byte, or not at all, which is for a carrier on the same machine.
func TLSWords() []string { return []string{"starttls", "tls", "none"} }

// Letter is what somebody is to read.
type Letter struct {
	To      string
	Subject string
	Text    string
	ID      string // names the letter for ever, as name@host; "" has one drawn
	Files   []File // that go with it
}

// File is what lies in a letter beside its text.
type File struct {
	Name, Type string // "wire-12-1.jpg", "image/jpeg"
	Body       []byte
}

// Post sends letters.
type Post struct {
	settings Settings
	host     string
	port     int
	address  string        // of From, without the name
	domain   string        // of From
	key      crypto.Signer // nil signs nothing
}

// New makes a post of settings; Invalid names what is wrong with them.
func New(s Settings) (*Post, error) {
	host, port, err := net.SplitHostPort(s.Addr)
	if err != nil || host == "" {
		return nil, fault.Invalid("mail", "%q is not host:port", s.Addr)
	}
	n, err := strconv.Atoi(port)
	if err != nil || n < 1 || n > 65535 {
		return nil, fault.Invalid("mail", "%q is no port", port)
	}
	if err := gomail.NewMsg().From(s.From); err != nil {
		return nil, fault.Invalid("mail_from", "%q is no address", s.From)
	}
	from, err := mail.ParseAddress(s.From)
	if err != nil {
		return nil, fault.Invalid("mail_from", "%q is no address", s.From)
	}
	p := &Post{settings: s, host: host, port: n, address: from.Address, domain: from.Address[strings.LastIndexByte(from.Address, '@')+1:]}
	if s.Bounces != "" {
		if back, err := mail.ParseAddress(s.Bounces); err != nil || back.Address != s.Bounces {
			return nil, fault.Invalid("mail_bounces", "%q is no address", s.Bounces)
		}
	}
	if s.Selector != "" {
		if p.key, err = readKey(s.Key, s.KeyKind); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// Own is the address that letters come from.
func (p *Post) Own() string { return p.settings.From }

// Send hands a letter to the carrier. It returns once the carrier has taken
// it; Invalid when it goes to no address.
func (p *Post) Send(ctx context.Context, l Letter) error {
	m := gomail.NewMsg()
	if err := m.From(p.settings.From); err != nil {
		return fault.Invalid("mail_from", "%q is no address", p.settings.From)
	}
	if err := m.To(l.To); err != nil {
		return fault.Invalid("email", "%q is no address", l.To)
	}
	m.Subject(strings.Join(strings.Fields(l.Subject), " "))
	m.SetDate()
	m.SetMessageID()
	if l.ID != "" {
		m.SetMessageIDWithValue(l.ID)
	}
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	for _, f := range l.Files {
		if err := m.AttachReader(f.Name, bytes.NewReader(f.Body), gomail.WithFileContentType(gomail.ContentType(f.Type))); err != nil {
			return fault.Internal("lay "+f.Name+" in a letter", err)
		}
	}
	client, err := p.client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, m); err != nil {
		return fault.Internal("send a letter by "+p.settings.Addr, err)
	}
	return nil
}

func (p *Post) client() (*gomail.Client, error) {
	options := []gomail.Option{gomail.WithPort(p.port), gomail.WithTimeout(sendTime)}
	switch p.settings.TLS {
	case "tls":
		options = append(options, gomail.WithSSL())
	case "none":
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if p.settings.User != "" {
		password, err := p.password()
		if err != nil {
			return nil, err
		}
		how := gomail.SMTPAuthAutoDiscover
		if p.settings.TLS == "none" {
			how = gomail.SMTPAuthPlainNoEnc
		}
		options = append(options, gomail.WithSMTPAuth(how), gomail.WithUsername(p.settings.User), gomail.WithPassword(password))
	}
	c, err := gomail.NewClient(p.host, options...)
	if err != nil {
		return nil, fault.Internal("reach "+p.settings.Addr, err)
	}
	return c, nil
}

// password is read for each letter, so that a new one needs no restart.
func (p *Post) password() (string, error) {
	text, err := os.ReadFile(p.settings.Password)
	if err != nil {
		var path *os.PathError
		if errors.As(err, &path) {
			err = path.Err // the path stands in the subject already
		}
		return "", fault.Internal(fmt.Sprintf("read the password of the mail in %s", p.settings.Password), err)
	}
	return strings.TrimSpace(string(text)), nil
}
