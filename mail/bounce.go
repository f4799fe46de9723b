package mail

import (
	"bufio"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"strings"

	"wireroom/fault"
)

// Bounce is a letter that came back.
type Bounce struct {
	Ticket string // of the letter
	Good   bool   // nobody will ever take it there; else it may be tried again
}

// mostBounce is how much of a letter that came back is read, in bytes.
const mostBounce = 1 << 20

// ReadBounce reads a letter that came to the address of Returns: NotFound when
// it bears no ticket, Invalid when it is no notice of a delivery (RFC 3464), an
// answer of somebody on holiday, say.
func ReadBounce(r io.Reader) (Bounce, error) {
	m, err := mail.ReadMessage(io.LimitReader(r, mostBounce))
	if err != nil {
		return Bounce{}, fault.Invalid("bounce", "this is no letter")
	}
	var b Bounce
	for _, field := range []string{"Delivered-To", "X-Original-To", "Envelope-To", "To"} {
		for _, value := range m.Header[textproto.CanonicalMIMEHeaderKey(field)] {
			if b.Ticket == "" {
				b.Ticket = ticketIn(value)
			}
		}
	}
	if b.Ticket == "" {
		return Bounce{}, fault.NotFound("a ticket in this letter")
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" {
		return Bounce{}, fault.Invalid("bounce", "this is no notice of a delivery")
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			return Bounce{}, fault.Invalid("bounce", "this notice tells of no delivery")
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil || kind != "message/delivery-status" && kind != "message/global-delivery-status" {
			continue
		}
		failed, good := statusIn(part)
		if !failed {
			return Bounce{}, fault.Invalid("bounce", "this notice tells of no failure")
		}
		b.Good = good
		return b, nil
	}
}

// ticketIn is what stands after the + of the name: bounce+TICKET@example.org.
func ticketIn(value string) string {
	a, err := mail.ParseAddress(value)
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(a.Address, "@")
	_, ticket, _ := strings.Cut(name, "+")
	return strings.ToLower(ticket)
}

// statusIn reads the groups of fields of a notice: whether one says that a
// delivery failed, and whether that is the address's own fault for good.
func statusIn(r io.Reader) (failed, good bool) {
	groups := textproto.NewReader(bufio.NewReader(r))
	for {
		h, err := groups.ReadMIMEHeader()
		status := strings.TrimSpace(h.Get("Status"))
		if strings.EqualFold(strings.TrimSpace(h.Get("Action")), "failed") {
			failed = true
			good = good || strings.HasPrefix(status, "5.1.") || strings.HasPrefix(status, "5.2.1") || status == "5.0.0"
		}
		if err != nil {
			return failed, good
		}
	}
}
