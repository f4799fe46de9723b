package bulletin

import (
	"context"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/mail"
)

// Quit takes the bulletin whose letter bears the ticket from its reader's
// choice if sure, and tells which it is. A reader who has left already, or has
// no account any more, has left; NotFound is for what is no ticket of ours.
func (s *Store) Quit(ctx context.Context, ticket string, sure bool) (Bulletin, error) {
	tickets, err := s.readers.Tickets(ctx)
	if err != nil {
		return Bulletin{}, err
	}
	reader, number, err := tickets.Read(ticket)
	if err != nil {
		return Bulletin{}, err
	}
	issue, err := s.Issue(ctx, number)
	if err != nil {
		return Bulletin{}, err
	}
	b, err := s.Get(ctx, issue.Bulletin)
	if err != nil || !sure {
		return b, err
	}
	was, err := s.readers.Drop(ctx, reader, string(b.ID))
	if err != nil || !was {
		return b, err
	}
	return b, s.count(ctx, number, `UPDATE bulletin_issue SET quit = quit + 1 WHERE number = ?1`)
}

// CameBack counts a letter that came back against the address that it was for
// and the issue that it was. NotFound is for what is no letter of ours.
func (s *Store) CameBack(ctx context.Context, back mail.Bounce) error {
	tickets, err := s.readers.Tickets(ctx)
	if err != nil {
		return err
	}
	reader, number, err := tickets.Read(back.Ticket)
	if err != nil || !back.Good {
		return err
	}
	if err := s.readers.Bounced(ctx, reader); err != nil {
		return err
	}
	return s.count(ctx, number, `UPDATE bulletin_issue SET bounced = bounced + 1, sent = CASE WHEN sent > 0 THEN sent - 1 ELSE 0 END WHERE number = ?1`)
}

func (s *Store) count(ctx context.Context, issue int64, statement string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, statement, issue); err != nil {
			return fault.Internal("count for an issue", err)
		}
		return nil
	})
}
