package mail

import (
	"bytes"
	"context"
	"errors"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/wneessen/go-mail/smtp"

	"wireroom/fault"
)

// Line is a connection to the carrier that takes many letters, one after
// another. It is one goroutine's.
type Line struct {
	post   *Post
	client *smtp.Client
}

// Line opens a line. Close it when done.
func (p *Post) Line(ctx context.Context) (*Line, error) {
	client, err := p.client()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	open, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return nil, fault.Internal("reach "+p.settings.Addr, err)
	}
	return &Line{p, open}, nil
}

// Close says goodbye; a line that is dead already is closed as well.
func (l *Line) Close() {
	if l.client.Quit() != nil {
		_ = l.client.Close()
	}
}

// Send hands a letter over; it returns once the carrier has taken it. Ticket
// marks the address to which the letter comes back, where the settings have
// one. After *Refused the line can go on; after any other error it is dead.
func (l *Line) Send(to, ticket string, letter []byte) error {
	if err := l.client.UpdateDeadline(sendTime); err != nil {
		return fault.Internal("send a letter", err)
	}
	err := l.client.Mail(l.post.Returns(ticket))
	if err == nil {
		err = l.client.Rcpt(to)
	}
	if err == nil {
		err = l.data(letter)
	}
	var said *textproto.Error
	if !errors.As(err, &said) || said.Code == 421 {
		return wrapped("send a letter", err)
	}
	if err := l.client.Reset(); err != nil {
		return fault.Internal("send a letter", err)
	}
	return &Refused{Code: said.Code, For: said.Code >= 500 && !blames(said)}
}

// data hands the text of a letter over at one go; the library would look at each
// of its bytes twice. Its lines end as they must already.
func (l *Line) data(letter []byte) error {
	c := l.client.Text
	id, err := c.Cmd("DATA")
	if err != nil {
		return err
	}
	c.StartResponse(id)
	defer c.EndResponse(id)
	if _, _, err := c.ReadResponse(354); err != nil {
		return err
	}
	// A line with a dot alone would end the letter.
	for more := true; more; {
		var before []byte
		before, letter, more = bytes.Cut(letter, []byte("\r\n."))
		if _, err := c.W.Write(before); err != nil {
			return err
		}
		if more {
			if _, err := c.W.WriteString("\r\n.."); err != nil {
				return err
			}
		}
	}
	if _, err := c.W.WriteString(".\r\n"); err != nil {
		return err
	}
	if err := c.W.Flush(); err != nil {
		return err
	}
	_, _, err = c.ReadResponse(250)
	return err
}

func wrapped(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fault.Internal(doing, err)
}

// Refused is a letter that the carrier did not take. What it said is left out:
// it may name whom the letter was for.
type Refused struct {
	Code int  // of SMTP
	For  bool // for good: the address takes no letters
}

func (r *Refused) Error() string { return "the carrier said " + strconv.Itoa(r.Code) }

// blames reports whether a refusal for good is of the sender or the letter and
// tells nothing of the address: policy (5.7), protocol (5.5), content (5.6).
func blames(said *textproto.Error) bool {
	status, _, _ := strings.Cut(said.Msg, " ")
	for _, class := range []string{"5.7.", "5.5.", "5.6."} {
		if strings.HasPrefix(status, class) {
			return true
		}
	}
	return said.Code == 530 || said.Code == 535 || said.Code == 554 && !strings.HasPrefix(status, "5.1.")
}

// Returns is the address to which a letter comes back that nobody takes, with
// the letter's ticket in it: bounce+TICKET@example.org.
func (p *Post) Returns(ticket string) string {
	back := p.settings.Bounces
	if back == "" {
		back = p.address
	}
	name, domain, _ := strings.Cut(back, "@")
	if p.settings.Bounces == "" || ticket == "" {
		return back
	}
	return name + "+" + ticket + "@" + domain
}
