package audience

import (
	"context"

	"wireroom/db"
	"wireroom/fault"
)

// Keys are what opens an account by number. The program tells them once and
// keeps neither.
type Keys struct {
	Number string // as Groups writes it in fours
	Words  string // that make a new number when this one is lost
}

// OpenByNumber makes an account that nobody but its holder can name.
func (s *Store) OpenByNumber(ctx context.Context, lang string) (Reader, Keys, error) {
	r := Reader{ID: newID(), Lang: lang, ByNumber: true}
	k, marks, err := s.newKeys(ctx)
	if err != nil {
		return Reader{}, Keys{}, err
	}
	return r, k, s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO reader (id, name, number, words, lang) VALUES (?1, '', ?2, ?3, ?4)`,
			r.ID, marks[0], marks[1], lang)
		if err != nil {
			return fault.Internal("open an account", err)
		}
		return nil
	})
}

// Recover gives the account of these words a new number and new words and ends
// its sessions; NotFound.
func (s *Store) Recover(ctx context.Context, words string) (Reader, Keys, error) {
	text, ok := readWords(words)
	if !ok {
		return Reader{}, Keys{}, fault.NotFound("the account")
	}
	old, err := s.mark(ctx, "words", text)
	if err != nil {
		return Reader{}, Keys{}, err
	}
	k, marks, err := s.newKeys(ctx)
	if err != nil {
		return Reader{}, Keys{}, err
	}
	var r Reader
	return r, k, s.db.Do(ctx, func(tx *db.Tx) error {
		if r, err = scanReader(tx.QueryRow(ctx, readerColumns+` WHERE r.words = ?1 AND r.words <> '' AND r.frozen = 0`, old)); err != nil {
			return err
		}
		if err := s.links.Shut(ctx, tx, r.ID); err != nil {
			return err
		}
		if err := changeOne(ctx, tx, `UPDATE reader SET number = ?2, words = ?3 WHERE id = ?1`, r.ID, marks[0], marks[1]); err != nil {
			return err
		}
		return changed(ctx, tx)
	})
}

// SignInByNumber opens a session; NotFound for a number that opens nothing.
func (s *Store) SignInByNumber(ctx context.Context, number string) (session string, err error) {
	r, err := s.ByNumber(ctx, number)
	if err != nil {
		return "", err
	}
	return s.openSession(ctx, r.ID)
}

func (s *Store) newKeys(ctx context.Context) (k Keys, marks [2]string, err error) {
	k = Keys{Number: newNumber(), Words: newWords()}
	if marks[0], err = s.mark(ctx, "number", k.Number); err != nil {
		return Keys{}, marks, err
	}
	marks[1], err = s.mark(ctx, "words", k.Words)
	return k, marks, err
}
