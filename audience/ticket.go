package audience

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"

	"github.com/google/uuid"

	"wireroom/fault"
)

// ticketMark is how many bytes of a keyed hash close a ticket.
const ticketMark = 8

var ticketText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Tickets makes and reads what stands in a letter for its reader and the issue
// that it is: in the address by which they leave the bulletin, and in the one to
// which the letter comes back. It has letters and digits alone, because
// addresses of mail forget case, and nobody but the program can make one.
type Tickets struct{ key []byte }

// Tickets gives the maker of tickets.
func (s *Store) Tickets(ctx context.Context) (Tickets, error) {
	key, err := s.subkey(ctx, "ticket")
	return Tickets{key}, err
}

// For is the ticket of a reader's letter of an issue, always the same.
func (t Tickets) For(reader string, issue int64) (string, error) {
	id, err := uuid.Parse(reader)
	if err != nil {
		return "", fault.Internal("make a ticket", err)
	}
	text := binary.AppendUvarint(id[:], uint64(issue))
	return ticketText.EncodeToString(append(text, t.mark(text)...)), nil
}

// Read tells whose letter of which issue a ticket is of; NotFound when the
// program did not make it.
func (t Tickets) Read(ticket string) (reader string, issue int64, err error) {
	none := fault.NotFound("the letter")
	raw, err := ticketText.DecodeString(ticket)
	if err != nil || len(raw) < len(uuid.UUID{})+ticketMark+1 || ticketText.EncodeToString(raw) != ticket {
		return "", 0, none
	}
	text, mark := raw[:len(raw)-ticketMark], raw[len(raw)-ticketMark:]
	if !hmac.Equal(mark, t.mark(text)) {
		return "", 0, none
	}
	n, size := binary.Uvarint(text[len(uuid.UUID{}):])
	if size != len(text)-len(uuid.UUID{}) || n>>62 != 0 {
		return "", 0, none
	}
	return uuid.UUID(text[:len(uuid.UUID{})]).String(), int64(n), nil
}

func (t Tickets) mark(text []byte) []byte {
	h := hmac.New(sha256.New, t.key)
	h.Write(text)
	return h.Sum(nil)[:ticketMark]
}
