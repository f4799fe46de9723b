package mail_test

import (
	"encoding/base64"
	"io"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"wireroom/fault"
	post "wireroom/mail"
)

var refusal = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no@example.org is nobody"}

// decoded reads a part whose quoting multipart has not taken off already.
func decoded(p *multipart.Part) io.Reader {
	switch p.Header.Get("Content-Transfer-Encoding") {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, p)
	case "quoted-printable":
		return quotedprintable.NewReader(p)
	}
	return p
}

// notice is what a carrier sends back, as Postfix writes it.
func notice(to, action, status string) string {
	return strings.ReplaceAll(`Return-Path: <>
Delivered-To: `+to+`
From: MAILER-DAEMON@mx.example
To: `+to+`
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="edge"

--edge
Content-Type: text/plain

I'm sorry to have to inform you.
--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Fri, 25 Oct 2024 07:30:00 +0000

Final-Recipient: rfc822; ann@example.org
Action: `+action+`
Status: `+status+`
Diagnostic-Code: smtp; 550 5.1.1 no such user
--edge
Content-Type: text/rfc822-headers

Subject: The morning
--edge--
`, "\n", "\r\n")
}

func TestALetterThatCameBackIsKnownByItsTicket(t *testing.T) {
	for _, c := range []struct {
		text string
		want post.Bounce
		kind fault.Kind
	}{
		{notice("bounce+abc234@pozirk.example", "failed", "5.1.1"), post.Bounce{Ticket: "abc234", Good: true}, 0},
		{notice("Bounce+ABC234@Pozirk.Example", "Failed", "5.1.1"), post.Bounce{Ticket: "abc234", Good: true}, 0},
		{strings.ReplaceAll(notice("bounce+abc234@pozirk.example", "failed", "5.1.1"), "\r\n", "\n"), post.Bounce{Ticket: "abc234", Good: true}, 0},
		{notice("bounce+abc234@pozirk.example", "failed", "5.2.1"), post.Bounce{Ticket: "abc234", Good: true}, 0},
		{notice("bounce+abc234@pozirk.example", "failed", "5.2.2"), post.Bounce{Ticket: "abc234"}, 0}, // a full mailbox
		{notice("bounce+abc234@pozirk.example", "failed", "4.4.1"), post.Bounce{Ticket: "abc234"}, 0},
		{notice("bounce+abc234@pozirk.example", "delayed", "4.4.1"), post.Bounce{}, fault.KindInvalid},
		{notice("bounce+abc234@pozirk.example", "delivered", "2.0.0"), post.Bounce{}, fault.KindInvalid},
		{notice("bounce@pozirk.example", "failed", "5.1.1"), post.Bounce{}, fault.KindNotFound},
		{"To: bounce+abc234@pozirk.example\r\n\r\nI am on holiday.", post.Bounce{}, fault.KindInvalid},
		{"", post.Bounce{}, fault.KindInvalid},
	} {
		got, err := post.ReadBounce(strings.NewReader(c.text))
		if got != c.want || (err != nil) != (c.kind != 0) || err != nil && !fault.Is(err, c.kind) {
			t.Errorf("%.120q is read as %+v: %v", c.text, got, err)
		}
	}
}

func FuzzReadBounce(f *testing.F) {
	f.Add(notice("bounce+abc234@pozirk.example", "failed", "5.1.1"))
	f.Add("To: bounce+a@b.c\nContent-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nAction: failed\n")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := post.ReadBounce(strings.NewReader(text))
		if err == nil && (b.Ticket == "" || b.Ticket != strings.ToLower(b.Ticket)) {
			t.Errorf("it is read as %+v", b)
		}
	})
}
