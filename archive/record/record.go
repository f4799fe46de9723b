package record

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"wireroom/archive/names"
	"wireroom/archive/quote"
	"wireroom/archive/register"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

// MaxSpeaker is how many characters a speaker's name may have.
const MaxSpeaker = 200

// Entry is what the record says of a piece of a story.
type Entry struct {
	ID      string
	Story   story.ID
	Lang    story.Lang
	Words   string
	Speaker string      // "" is nobody: an editor says that it is no quotation
	Known   register.ID // who that is in the register; "" is nobody there
	Said    time.Time   // the day of the story
	By      string      // id of who says so
	At      time.Time
}

// Store keeps the record.
type Store struct {
	db      *db.DB
	now     func() time.Time
	stories *story.Store
}

// New opens the record of what the stories say.
func New(d *db.DB, now func() time.Time, stories *story.Store) *Store { return &Store{d, now, stories} }

// EntryID names the words of a story on the record.
func EntryID(id story.ID, words string) string {
	sum := sha256.Sum256([]byte(string(id) + "\n" + words))
	return hex.EncodeToString(sum[:16])
}

// mostProse is how many bytes of a story are looked through: what is longer is a
// document, and would keep its page waiting.
const mostProse = 100 << 10

// Proposals are the quotations that a story seems to have, the headline's first.
func Proposals(st story.Story) []quote.Quotation {
	q := quote.Story{Language: string(st.Lang), Headline: st.Content.Headline, Same: sameName}
	for size, blocks := 0, st.Content.Body.Blocks; size < mostProse && len(blocks) > 0; blocks = blocks[1:] {
		p := prose(blocks[0])
		q.Paragraphs = append(q.Paragraphs, p[:min(len(p), mostProse)])
		size += len(p)
	}
	return quote.Find(q)
}

// prose is the text of a block as readers see it: the editor's insertions in
// brackets.
func prose(n story.Node) string {
	var b strings.Builder
	inside := false
	bracket := func(now bool) {
		if now != inside {
			b.WriteByte("]["[btoi(now)])
		}
		inside = now
	}
	var read func(story.Node)
	read = func(n story.Node) {
		if n.Type == story.Text {
			bracket(n.Has(story.Insertion))
			b.WriteString(n.Text)
			return
		}
		for _, c := range n.Content {
			read(c)
		}
		bracket(false)
		b.WriteByte(' ')
	}
	read(n)
	return strings.TrimSpace(b.String())
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func sameName(a, b string) bool {
	keys := names.Keys(a, names.Written)
	return slices.ContainsFunc(names.Keys(b, names.Written), func(k string) bool { return len(k) > 3 && slices.Contains(keys, k) })
}

// May says whether the person may put a story's words on the record: whoever
// may say that it is ready, whatever has become of it since.
func May(by staff.Person, st story.Story) error {
	if by.Role != staff.Editor && by.Role != staff.Chief {
		return fault.Forbidden("quotations", "an editor confirms who said what")
	}
	return story.May(by, story.ActRevise, st)
}

// Confirm puts words of a story on the record as the speaker's, who is the one
// known in the register, or nobody there.
func (s *Store) Confirm(ctx context.Context, by staff.Person, id story.ID, words, speaker string, known register.ID) error {
	speaker = strings.Join(strings.Fields(strings.ToValidUTF8(speaker, "")), " ")
	switch {
	case speaker == "":
		return fault.Invalid("speaker", "say whose words they are")
	case utf8.RuneCountInString(speaker) > MaxSpeaker:
		return fault.Invalid("speaker", "a name has at most %d characters", MaxSpeaker)
	}
	return s.enter(ctx, by, id, words, speaker, known)
}

// Refuse notes that words of a story are no quotation, so that they are not
// proposed again.
func (s *Store) Refuse(ctx context.Context, by staff.Person, id story.ID, words string) error {
	return s.enter(ctx, by, id, words, "", "")
}

func (s *Store) enter(ctx context.Context, by staff.Person, id story.ID, words, speaker string, known register.ID) error {
	st, err := s.open(ctx, by, id)
	if err != nil {
		return err
	}
	if !Stands(st, words) {
		return fault.Conflict("words", "the story no longer has these words; open it again")
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		_, err = tx.Exec(ctx, `INSERT INTO quotation (id, story, lang, words, speaker, said, person, at, known)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
			ON CONFLICT (id) DO UPDATE SET speaker = excluded.speaker, said = excluded.said, person = excluded.person,
				at = excluded.at, known = excluded.known`,
			EntryID(id, words), string(id), string(st.Lang), words, speaker, db.Millis(dayOf(st)), by.ID, db.Millis(s.now()), string(known))
		if err != nil {
			return fault.Internal("put a quotation on the record", err)
		}
		return nil
	})
}

// Link says who of the register the speaker of an entry is; "" is nobody there.
func (s *Store) Link(ctx context.Context, by staff.Person, id story.ID, entry string, known register.ID) error {
	if _, err := s.open(ctx, by, id); err != nil {
		return err
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		done, err := tx.Exec(ctx, `UPDATE quotation SET known = ?3 WHERE id = ?1 AND story = ?2 AND speaker <> ''`, entry, string(id), string(known))
		if err != nil {
			return fault.Internal("say who a speaker is", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return fault.NotFound("the quotation on the record")
		}
		return nil
	})
}

// open reads a story whose words the person may rule on.
func (s *Store) open(ctx context.Context, by staff.Person, id story.ID) (story.Story, error) {
	st, err := s.stories.Get(ctx, id)
	if err != nil {
		return story.Story{}, err
	}
	return st, May(by, st)
}

// Stands says whether the words are in a paragraph of the story, or in its
// headline.
func Stands(st story.Story, words string) bool {
	return StandsIn(st.Content.Headline, st.Content.Body.Blocks, words)
}

// StandsIn says the same of a headline and the blocks that somebody may have.
func StandsIn(headline string, blocks []story.Node, words string) bool {
	if strings.TrimSpace(words) == "" {
		return false
	}
	return strings.Contains(headline, words) || slices.ContainsFunc(blocks, func(n story.Node) bool {
		return strings.Contains(prose(n), words)
	})
}

// Prose is the text of a block as readers see it.
func Prose(n story.Node) string { return prose(n) }

// dayOf is the day on which a story says what it says: its dateline's, else that
// of its first sending.
func dayOf(st story.Story) time.Time {
	if d := st.Content.Date; d != (story.Date{}) {
		return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	}
	if !st.FirstSent.IsZero() {
		return st.FirstSent
	}
	return st.Changed
}

// Withdraw takes words off the record; they are proposed again.
func (s *Store) Withdraw(ctx context.Context, by staff.Person, id story.ID, entry string) error {
	if _, err := s.open(ctx, by, id); err != nil {
		return err
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		gone, err := tx.Exec(ctx, `DELETE FROM quotation WHERE id = ?1 AND story = ?2`, entry, string(id))
		if err != nil {
			return fault.Internal("take a quotation off the record", err)
		}
		if n, err := gone.RowsAffected(); err != nil || n == 0 {
			return fault.NotFound("the quotation on the record")
		}
		return nil
	})
}
