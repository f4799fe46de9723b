package register

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"wireroom/archive/lexis"
	"wireroom/archive/names"
	"wireroom/db"
	"wireroom/fault"
)

// Book is the whole register as it stood at an instant, at hand for questions
// that a page or a keystroke asks. It never changes.
type Book struct {
	seq     int64
	entries map[ID]*leaf
	slugs   map[address]ID
	first   map[string][]spot // by a key of the word by which a spelling is looked for
	sorted  map[Kind][]*leaf  // those in use, by their name in the first edition
}

type address struct {
	kind Kind
	slug string
}

// leaf is an entry with the words of its spellings.
type leaf struct {
	Entry
	spelled []spelled
}

// spelled is one spelling of an entry.
type spelled struct {
	words []word
	alias bool
}

type word struct {
	text, folded string
	keys         []string
}

// spot is a spelling that has a word with a key.
type spot struct {
	leaf     *leaf
	spelling int
}

// Book gives the register as it stands.
func (s *Store) Book(ctx context.Context) (*Book, error) {
	var seq int64
	if err := s.db.QueryRow(ctx, `SELECT COALESCE(MAX(seq), 0) FROM known`).Scan(&seq); err != nil {
		return nil, fault.Internal("read the register", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.book != nil && s.book.seq >= seq {
		return s.book, nil
	}
	made := &Book{entries: map[ID]*leaf{}, slugs: map[address]ID{}}
	if s.book != nil {
		made.seq = s.book.seq
		for id, l := range s.book.entries {
			made.entries[id] = l
		}
	}
	if err := s.readNew(ctx, made); err != nil {
		return nil, err
	}
	if err := s.readSlugs(ctx, made); err != nil {
		return nil, err
	}
	made.index()
	s.book = made
	return made, nil
}

// readNew takes in the entries that changed since the last reading.
func (s *Store) readNew(ctx context.Context, b *Book) error {
	rows, err := s.db.Query(ctx, columns+` WHERE seq > ?1`, b.seq)
	if err != nil {
		return fault.Internal("read the register", err)
	}
	_, err = db.Collect(rows, "read the register", func(r db.Scanner) (struct{}, error) {
		e, seq, err := scanSeq(r)
		if err == nil {
			b.entries[e.ID] = &leaf{e, spell(e)}
			b.seq = max(b.seq, seq)
		}
		return struct{}{}, err
	})
	return err
}

func (s *Store) readSlugs(ctx context.Context, b *Book) error {
	rows, err := s.db.Query(ctx, `SELECT kind, slug, known FROM known_slug`)
	if err != nil {
		return fault.Internal("read the register", err)
	}
	_, err = db.Collect(rows, "read the register", func(r db.Scanner) (struct{}, error) {
		var at address
		var id ID
		err := r.Scan(&at.kind, &at.slug, &id)
		b.slugs[at] = id
		return struct{}{}, err
	})
	if err != nil {
		return fault.Internal("read the register", err)
	}
	return nil
}

// spell takes the spellings of an entry apart.
func spell(e Entry) []spelled {
	var all []spelled
	for _, text := range e.Spellings() {
		sp := spelled{alias: slices.Contains(e.Aliases, text)}
		for _, w := range wordsOf(text) {
			keys := slices.DeleteFunc(names.Query(w), func(k string) bool { return len(k) < leastKey })
			sp.words = append(sp.words, word{w, fold(w), keys})
		}
		if len(sp.words) > 0 {
			all = append(all, sp)
		}
	}
	return all
}

// leastKey is how long a key must be to be heeded: of two letters are half the
// words of a language.
const leastKey = 3

// wordsOf are the words of a name; one with a hyphen is two.
func wordsOf(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool {
		return r == ' ' || r == '-' || r == '‑' || r == '.' || r == ',' || r == '(' || r == ')' || r == '\u00a0'
	})
}

func fold(word string) string { return lexis.Prefix(word) }

func (b *Book) index() {
	b.first, b.sorted = map[string][]spot{}, map[Kind][]*leaf{}
	b.join()
	for _, l := range b.entries {
		if !l.Stands() {
			continue
		}
		b.sorted[l.Kind] = append(b.sorted[l.Kind], l)
		if l.Kind == Topic {
			continue // a text names no topic: editors say what it is about
		}
		for i, sp := range l.spelled {
			for _, k := range sp.main(l.Kind).keys {
				b.first[k] = append(b.first[k], spot{l, i})
			}
		}
	}
	for _, all := range b.sorted {
		slices.SortFunc(all, func(x, y *leaf) int {
			if c := strings.Compare(sortName(x.Entry), sortName(y.Entry)); c != 0 {
				return c
			}
			return strings.Compare(string(x.ID), string(y.ID))
		})
	}
}

// main is the word by which a spelling is looked for in a text: a person's last,
// a place's first.
func (s spelled) main(kind Kind) word {
	if kind == Person {
		return s.words[len(s.words)-1]
	}
	return s.words[0]
}

// sortName puts the last name first, without marks.
func sortName(e Entry) string {
	words := wordsOf(names.House(e.Name("en")))
	if n := len(words); n > 1 && e.Kind == Person {
		words = append(words[n-1:], words[:n-1]...)
	}
	return fold(strings.Join(words, "")) + "\x00" + string(e.Kind)
}

// Get gives an entry in use; one that went into another is that other.
func (b *Book) Get(id ID) (Entry, bool) {
	for range len(b.entries) {
		l := b.entries[id]
		if l == nil || !l.Removed.IsZero() {
			return Entry{}, false
		}
		if l.Merged == "" {
			return l.Entry, true
		}
		id = l.Merged
	}
	return Entry{}, false
}

// Any gives an entry be it in use or not; one that went into another is that other.
func (b *Book) Any(id ID) (Entry, bool) {
	if e, ok := b.Get(id); ok {
		return e, true
	}
	l := b.entries[id]
	if l == nil {
		return Entry{}, false
	}
	return l.Entry, true
}

// Public gives the entries that some ids mean, each once: those that readers may
// know of.
func (b *Book) Public(ids []string) []Entry {
	var all []Entry
	for _, id := range ids {
		e, ok := b.Get(ID(id))
		if ok && e.Public && !slices.ContainsFunc(all, func(o Entry) bool { return o.ID == e.ID }) {
			all = append(all, e)
		}
	}
	return all
}

// At gives the entry of an address, be it one of before.
func (b *Book) At(kind Kind, slug string) (Entry, bool) {
	id, ok := b.slugs[address{kind, slug}]
	if !ok {
		return Entry{}, false
	}
	return b.Get(id)
}

// join tells each entry which others went into it.
func (b *Book) join() {
	took := map[ID][]ID{}
	for id, l := range b.entries {
		if e, ok := b.Get(id); ok && l.Merged != "" {
			took[e.ID] = append(took[e.ID], id)
		}
	}
	for id, all := range took {
		slices.Sort(all)
		l := *b.entries[id]
		l.Took = all
		b.entries[id] = &l
	}
}

// Same are the ids that mean an entry: its own, and those that went into it.
func (e Entry) Same() []ID { return append([]ID{e.ID}, e.Took...) }

// List gives the entries in use of a kind, by name; "" is any.
func (b *Book) List(kind Kind) []Entry {
	var all []Entry
	for _, k := range Kinds() {
		for _, l := range b.sorted[k] {
			if kind == "" || kind == k {
				all = append(all, l.Entry)
			}
		}
	}
	return all
}

// Find gives the entries with a spelling that has all words of a name, in any
// custom and, for the last word, perhaps only as far as it is typed. Nothing
// typed finds all.
func (b *Book) Find(kind Kind, name string) []Entry {
	var typed []asked
	for _, t := range wordsOf(name) {
		typed = append(typed, asked{fold(t), names.Query(t)})
	}
	var all []Entry
	for _, k := range Kinds() {
		for _, l := range b.sorted[k] {
			if (kind == "" || kind == k) && l.answers(typed) {
				all = append(all, l.Entry)
			}
		}
	}
	return all
}

// asked is a word that somebody typed.
type asked struct {
	folded string
	keys   []string
}

func (l *leaf) answers(typed []asked) bool {
	return len(typed) == 0 || slices.ContainsFunc(l.spelled, func(s spelled) bool {
		for i, t := range typed {
			if !s.has(t, i == len(typed)-1) {
				return false
			}
		}
		return true
	})
}

// has says whether a word of the spelling is the one typed, or begins with it.
func (s spelled) has(t asked, open bool) bool {
	return slices.ContainsFunc(s.words, func(w word) bool {
		return w.folded == t.folded || meet(w.keys, t.keys) || open && w.begins(t)
	})
}

func (w word) begins(t asked) bool {
	if utf8.RuneCountInString(t.folded) > 1 && strings.HasPrefix(w.folded, t.folded) {
		return true
	}
	return slices.ContainsFunc(t.keys, func(k string) bool {
		return len(k) > leastKey && slices.ContainsFunc(w.keys, func(whole string) bool { return strings.HasPrefix(whole, k) })
	})
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(k string) bool { return len(k) >= leastKey && slices.Contains(b, k) })
}

// Is gives the one entry that a name means: all its words, of a person's at least
// two or an alias, are those of a spelling. Where several may be meant
// it is none.
func (b *Book) Is(kind Kind, name string) (Entry, bool) {
	typed := wordsOf(name)
	var found []Entry
	for _, l := range b.sorted[kind] {
		if slices.ContainsFunc(l.spelled, func(s spelled) bool { return s.is(kind, typed) }) {
			found = append(found, l.Entry)
		}
	}
	if len(found) != 1 {
		return Entry{}, false
	}
	return found[0], true
}

func (s spelled) is(kind Kind, typed []string) bool {
	if len(typed) != len(s.words) || kind == Person && len(typed) < 2 && !s.alias {
		return false
	}
	for i, t := range typed {
		if s.words[i].folded != fold(t) && !meet(s.words[i].keys, names.Keys(t, names.Written)) {
			return false
		}
	}
	return len(typed) > 0
}

// Namesakes are the entries in use that a new one might be: of its kind, with
// one of its spellings in common.
func (b *Book) Namesakes(kind Kind, f Facts) []Entry {
	var all []Entry
	for _, text := range (Entry{Facts: f}).Spellings() {
		typed := wordsOf(text)
		for _, l := range b.sorted[kind] {
			same := slices.ContainsFunc(l.spelled, func(s spelled) bool { return s.is(kind, typed) })
			if same && !slices.ContainsFunc(all, func(e Entry) bool { return e.ID == l.ID }) {
				all = append(all, l.Entry)
			}
		}
	}
	return all
}
