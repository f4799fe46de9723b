package clients

import (
	"context"
	"strings"

	"wireroom/db"
)

// Link makes a sign-in link's token for whoever has the address and a seat;
// NotFound.
func (s *Store) Link(ctx context.Context, email string) (Seat, string, error) {
	found, err := s.seat(ctx, `WHERE email = ?1`, strings.ToLower(strings.TrimSpace(email)))
	if err != nil {
		return Seat{}, "", err
	}
	token, err := s.links.Link(ctx, found.ID)
	return found, token, err
}

// ByLink is whose link it is, leaving it unused; NotFound.
func (s *Store) ByLink(ctx context.Context, token string) (Seat, error) {
	id, err := s.links.LinkOwner(ctx, token)
	if err != nil {
		return Seat{}, err
	}
	return s.seat(ctx, `WHERE id = ?1`, id)
}

// SignIn uses a link up and gives a session.
func (s *Store) SignIn(ctx context.Context, token string) (session string, err error) {
	return s.links.SignIn(ctx, token)
}

// SignOut ends a session.
func (s *Store) SignOut(ctx context.Context, session string) error {
	return s.links.SignOut(ctx, session)
}

// BySession is who is signed in; NotFound.
func (s *Store) BySession(ctx context.Context, session string) (Seat, Client, error) {
	id, err := s.links.SessionOwner(ctx, session)
	if err != nil {
		return Seat{}, Client{}, err
	}
	found, err := s.seat(ctx, `WHERE id = ?1`, id)
	if err != nil {
		return Seat{}, Client{}, err
	}
	c, err := s.Client(ctx, found.Client)
	return found, c, err
}

// Speak keeps the language of somebody's screens and letters.
func (s *Store) Speak(ctx context.Context, seat, lang string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, `UPDATE client_seat SET lang = ?2 WHERE id = ?1`, seat, lang))("the seat")
	})
}
