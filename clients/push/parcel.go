package push

import (
	"context"
	"strconv"
	"time"

	"wireroom/fault"
	"wireroom/mail"
	"wireroom/wire"
)

// Document is what an endpoint is to get of a record.
type Document struct {
	Type      string // "application/json"
	Extension string // of a file: "json"
	Subject   string // of a letter
	Body      []byte
	Files     []File // that go beside it
	Receipt   string // the address at which it is confirmed; "" is not asked for
	Withdraws bool   // it takes back what was brought of the story before
}

// Shape makes of a record what an endpoint is to get; wire.ErrPassed when it is
// to get nothing of it, *Later when not yet.
type Shape func(ctx context.Context, e Endpoint, r wire.Record) (Document, error)

// Later says that a record is for an endpoint, but not before an instant. What
// is behind it waits too.
type Later struct{ At time.Time }

func (l *Later) Error() string { return "push: not before " + l.At.Format(time.RFC3339) }

// parcel is a document on its way.
type parcel struct {
	Document
	id      string // by which a repeat is known
	number  wire.Number
	signal  string
	earlier []wire.Number // the records of its story that came before
}

// eventID is the id of a record's deliveries, for ever.
func eventID(n wire.Number) string { return "wire-" + strconv.FormatInt(int64(n), 10) }

// carry brings a parcel to an endpoint.
func (p *Push) carry(ctx context.Context, e Endpoint, c parcel) error {
	switch e.Way {
	case Webhook:
		return p.call(ctx, e, c)
	case SFTP:
		return p.lay(ctx, e, c)
	case Mail:
		return p.write(ctx, e, c)
	}
	return fault.Invalid("way", "there is no way %.20q", e.Way)
}

// write sends a parcel as a letter.
func (p *Push) write(ctx context.Context, e Endpoint, c parcel) error {
	if p.post == nil {
		return fault.Conflict("mail", "nobody carries letters; whoever runs the program sets mail")
	}
	files, err := attached(c.Files)
	if err != nil {
		return err
	}
	// The endpoint is in the letter's name: two mailboxes may lie in one box.
	return p.post.Send(ctx, mail.Letter{To: e.Address, Subject: c.Subject, Text: string(c.Body), Files: files, ID: c.id + "." + string(e.ID) + "@wireroom"})
}

// Try brings a document to an endpoint at once, outside of the order, and says
// what came of it. Its id begins with "test-".
func (p *Push) Try(ctx context.Context, e Endpoint, d Document, id string) error {
	return p.carry(ctx, e, parcel{Document: d, id: "test-" + id, signal: "test"})
}
