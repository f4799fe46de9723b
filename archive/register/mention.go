package register

import (
	"slices"
	"strings"
	"unicode"

	"wireroom/archive/lexis"
	"wireroom/archive/names"
	"wireroom/story"
)

// Mention is a place of a text where somebody or something of the register is
// named.
type Mention struct {
	Entry      Entry
	Start, End int  // the bytes of the text
	Full       bool // by more than a last name, so that no namesake may be meant
}

// Text is what is looked through: the paragraphs of a story, its headline the
// first of them.
type Text struct {
	Lang       story.Lang
	Paragraphs []string
}

// Spotted is a mention with the paragraph in which it stands.
type Spotted struct {
	Mention
	Paragraph int
}

// Names gives what the register knows of a text, in its order. A last name alone
// is taken for somebody only where the text, or an alias, has the whole name.
func (b *Book) Names(t Text) []Spotted {
	all := b.spot(t, &lexis.Reader{})
	full := map[ID]bool{}
	for _, m := range all {
		full[m.Entry.ID] = full[m.Entry.ID] || m.Full
	}
	return slices.DeleteFunc(all, func(m Spotted) bool { return !full[m.Entry.ID] })
}

// Named are the entries of Names, each once, in the order in which they come.
func (b *Book) Named(t Text) []Entry {
	var all []Entry
	for _, m := range b.Names(t) {
		if !slices.ContainsFunc(all, func(e Entry) bool { return e.ID == m.Entry.ID }) {
			all = append(all, m.Entry)
		}
	}
	return all
}

func (b *Book) spot(t Text, r *lexis.Reader) []Spotted {
	var all []Spotted
	for i, p := range t.Paragraphs {
		s := scanner{book: b, text: p, tokens: r.Text(p, string(t.Lang))}
		s.known = make([][]string, len(s.tokens))
		for _, m := range s.mentions() {
			all = append(all, Spotted{m, i})
		}
	}
	return settle(all)
}

// settle decides which of several namesakes a last name alone means: who is
// named whole in the text, else the only one there is, else nobody.
func settle(all []Spotted) []Spotted {
	full := map[ID]bool{}
	for _, m := range all {
		full[m.Entry.ID] = full[m.Entry.ID] || m.Full
	}
	var kept []Spotted
	for i := 0; i < len(all); {
		end := i + 1
		for end < len(all) && all[end].Paragraph == all[i].Paragraph && all[end].Start == all[i].Start {
			end++
		}
		same := all[i:end]
		if len(same) > 1 {
			same = slices.DeleteFunc(slices.Clone(same), func(m Spotted) bool { return !full[m.Entry.ID] })
		}
		if len(same) == 1 {
			kept = append(kept, same[0])
		}
		i = end
	}
	return kept
}

// scanner goes through one paragraph.
type scanner struct {
	book   *Book
	text   string
	tokens []lexis.Token
	known  [][]string // the keys of each token
	taken  int        // the first token that no mention has
}

// mentions gives all readings of each place; several with one start are
// namesakes.
func (s *scanner) mentions() []Mention {
	var all []Mention
	for i := range s.tokens {
		if i < s.taken || !s.capital(i) {
			continue
		}
		here := s.at(i)
		all = append(all, here...)
	}
	return all
}

// at gives what is named with token i as its main word; the longest readings.
func (s *scanner) at(i int) []Mention {
	var found []Mention
	longest := 0
	for _, k := range s.keys(i) {
		for _, sp := range s.book.first[k] {
			from, to, full := s.reads(sp, i)
			if to == 0 || slices.ContainsFunc(found, func(m Mention) bool { return m.Entry.ID == sp.leaf.ID && to-from <= longest }) {
				continue
			}
			size := to - from
			if full {
				size += 100
			}
			switch {
			case size < longest:
				continue
			case size > longest:
				found, longest = nil, size
			}
			if !slices.ContainsFunc(found, func(m Mention) bool { return m.Entry.ID == sp.leaf.ID }) {
				found = append(found, Mention{sp.leaf.Entry, s.tokens[from].Start, s.tokens[to-1].Start + len(s.word(to-1)), full})
			}
			s.taken = max(s.taken, to)
		}
	}
	return found
}

// keys are those of a token as a name, even where it opens a sentence.
func (s *scanner) keys(i int) []string {
	if s.known[i] == nil {
		s.known[i] = writtenKeys.of(s.word(i))
	}
	return s.known[i]
}

// reads tries one spelling with its main word at token i: from which token to
// which it stands, 0 and 0 where it does not, and whether no namesake may be
// meant.
func (s *scanner) reads(sp spot, i int) (from, to int, full bool) {
	words := sp.leaf.spelled[sp.spelling].words
	if sp.leaf.Kind == Place {
		return s.place(sp.leaf.spelled[sp.spelling], i)
	}
	n := len(words)
	last := words[n-1]
	if !s.is(i, last) {
		return 0, 0, false
	}
	if n == 1 {
		if sp.leaf.spelled[sp.spelling].alias && s.sure(i, last) {
			return i, i + 1, true
		}
		return i, i + 1, false
	}
	switch {
	case s.run(i-n+1, words[:n-1]) && s.joined(i-n+1, i):
		return i - n + 1, i + 1, true
	case n == 2 && s.run(i-2, words[:1]) && s.joined(i-2, i) && s.capital(i-1): // a name of the father between
		return i - 2, i + 1, true
	case n == 2 && s.run(i+1, words[:1]) && s.joined(i, i+1): // the last name first
		return i, i + 2, true
	case sp.leaf.spelled[sp.spelling].alias || s.anothers(i, sp.leaf):
		return 0, 0, false
	}
	return i, i + 1, false
}

// leastSure is how long a key tells enough by itself.
const leastSure = 5

func (s *scanner) place(sp spelled, i int) (from, to int, full bool) {
	if !s.run(i, sp.words) || !s.joined(i, i+len(sp.words)-1) {
		return 0, 0, false
	}
	if len(sp.words) == 1 && !s.sure(i, sp.words[0]) {
		return 0, 0, false
	}
	return i, i + len(sp.words), true
}

// sure says that a word is written as the spelling has it, but for its ending,
// or sounds like it at length.
func (s *scanner) sure(i int, w word) bool {
	return Forms(w.text, s.word(i)) || slices.ContainsFunc(s.keys(i), func(k string) bool { return len(k) > leastSure && slices.Contains(w.keys, k) })
}

// word is a token without an English genitive.
func (s *scanner) word(i int) string { return strip(s.text[s.tokens[i].Start:s.tokens[i].End]) }

func (s *scanner) run(i int, words []word) bool {
	if i < 0 || i+len(words) > len(s.tokens) {
		return false
	}
	for j, w := range words {
		if !s.is(i+j, w) {
			return false
		}
	}
	return true
}

func (s *scanner) is(i int, w word) bool {
	return s.capital(i) && (meet(w.keys, s.keys(i)) || w.folded == fold(s.word(i)))
}

func (s *scanner) capital(i int) bool {
	for _, r := range s.word(i) {
		return unicode.IsUpper(r)
	}
	return false
}

// joined says whether nothing but a space or a hyphen parts the tokens.
func (s *scanner) joined(from, to int) bool {
	for i := from; i < to; i++ {
		switch strings.TrimFunc(s.text[s.tokens[i].End:s.tokens[i+1].Start], unicode.IsSpace) {
		case "", "-", "‑":
		default:
			return false
		}
	}
	return true
}

// anothers says whether the name before a last name is somebody else's.
func (s *scanner) anothers(i int, l *leaf) bool {
	if i == 0 || !s.capital(i-1) || !s.joined(i-1, i) {
		return false
	}
	return names.Given(s.word(i-1)) || !titles[strings.ToLower(s.word(i-1))] && !s.opens(i-1)
}

// opens says whether a token begins a sentence, as far as is seen.
func (s *scanner) opens(i int) bool {
	before := strings.TrimRight(s.text[:s.tokens[i].Start], " \u00a0\"“”„«»")
	return before == "" || strings.HasSuffix(before, ".") || strings.HasSuffix(before, "!") || strings.HasSuffix(before, "?") || strings.HasSuffix(before, ":")
}

// titles stand before a last name with a capital.
var titles = func() map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(`president minister mayor mr mrs ms miss dr prof professor chairman chairwoman general colonel major captain
		archbishop bishop metropolitan father judge justice senator governor ambassador deputy premier secretary king queen prince pope
		президент прэзідэнт премьер прэм'ер министр міністр`) {
		all[w] = true
	}
	return all
}()
