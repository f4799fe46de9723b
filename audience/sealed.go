package audience

import "context"

// Mark is the keyed hash by which something that a reader has is known again
// without being kept; kind keeps the marks of different things apart.
func (s *Store) Mark(ctx context.Context, kind, text string) (string, error) {
	return s.mark(ctx, kind, text)
}

// Seal closes an address that news are sent to, as it does a reader's e-mail
// address: who has the key alone can open it.
func (s *Store) Seal(ctx context.Context, address string) (string, error) {
	return s.seal(ctx, address)
}

// Opener reads the key once for many addresses; ErrNoKey while it is elsewhere.
func (s *Store) Opener() (func(sealed string) (string, error), error) { return s.opener() }
