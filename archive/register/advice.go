package register

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wireroom/archive/lexis"
)

// Reason is why a name in a text is worth a look.
type Reason string

// The reasons.
const (
	Right   Reason = ""        // it is as the house spells it
	Other   Reason = "other"   // the house spells it otherwise
	Twofold Reason = "twofold" // nobody of the register, and the text has it in two spellings
)

// Advice is what the register says of a place of a text.
type Advice struct {
	Paragraph  int
	Start, End int // bytes
	Written    string
	Entry      Entry // the zero Entry is nobody known
	Reason     Reason
	Propose    string // what to write instead
}

// Advise reads a text as an editor would: who is named, and which names are not
// spelled as the house has them in the text's language, or not always alike. A
// declined form is as right as the form that names.
func (b *Book) Advise(t Text) []Advice {
	r := &lexis.Reader{}
	var all []Advice
	for _, m := range b.spot(t, r) {
		all = append(all, m.advise(t)...)
	}
	all = append(all, b.twofold(t, r, all)...)
	slices.SortStableFunc(all, func(x, y Advice) int {
		if x.Paragraph != y.Paragraph {
			return x.Paragraph - y.Paragraph
		}
		return x.Start - y.Start
	})
	return all
}

// advise holds each word of a mention against the house spelling.
func (m Spotted) advise(t Text) []Advice {
	text := t.Paragraphs[m.Paragraph]
	written := text[m.Start:m.End]
	a := Advice{Paragraph: m.Paragraph, Start: m.Start, End: m.End, Written: written, Entry: m.Entry}
	house := m.Entry.House(t.Lang)
	if house == "" || m.Entry.allows(written, house) {
		return []Advice{a}
	}
	var all []Advice
	at := m.Start
	for _, w := range wordsOf(written) {
		start := at + strings.Index(text[at:m.End], w)
		at = start + len(w)
		want := nearest(w, wordsOf(house))
		if want == "" || Forms(want, w) || len(w) < 4 && !m.Full {
			continue
		}
		one := a
		one.Start, one.End, one.Written, one.Reason, one.Propose = start, at, w, Other, declined(want, w, m.Entry)
		if shouted(w) {
			one.Propose = strings.ToUpper(one.Propose)
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		return []Advice{a}
	}
	return all
}

// allows says whether a mention is as the house has it, word for word, in any
// form. A single alias, such as a pen name, is nobody's wrong spelling.
func (e Entry) allows(written, house string) bool {
	words, wanted := wordsOf(written), wordsOf(house)
	if len(words) == 1 && !slices.ContainsFunc(wanted, func(h string) bool { return akin(h, words[0]) }) {
		return true
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		return !slices.ContainsFunc(wanted, func(h string) bool { return Forms(h, w) })
	})
}

// akin says whether two words sound alike.
func akin(a, b string) bool { return meet(askedKeys.of(a), writtenKeys.of(b)) }

// nearest is the word of the house spelling that sounds like the one written.
func nearest(written string, house []string) string {
	for _, h := range house {
		if akin(h, written) {
			return h
		}
	}
	return ""
}

// declined puts the ending that a word was written with behind the stem of the
// house's word, where one of the entry's spellings shows which part the ending
// is; else it is the house's word as it names.
func declined(house, written string, e Entry) string {
	lower := strings.ToLower(written)
	for _, s := range e.Spellings() {
		for _, w := range wordsOf(s) {
			other := strings.ToLower(w)
			if !akin(house, w) || other == lower || !Forms(other, lower) {
				continue
			}
			stem := strings.TrimRightFunc(other, func(r rune) bool { return vowel(r) || r == 'й' || r == 'ь' })
			ending, ok := strings.CutPrefix(lower, stem)
			base := strings.TrimRightFunc(house, func(r rune) bool { return vowel(r) || r == 'й' || r == 'ь' })
			if ok && ending != "" && caseEndings[ending] {
				return base + ending
			}
		}
	}
	return house
}

// leastTwofold is how many letters a name must have to be compared: short ones
// are alike by chance.
const leastTwofold = 5

// spelling is how a text writes a name that nobody knows.
type spelling struct {
	text  string
	keys  []string
	at    []Advice
	count int
}

// twofold finds names that the register does not know and that the text spells
// in two ways: the rarer one, or else the later, is to be as the other.
func (b *Book) twofold(t Text, r *lexis.Reader, known []Advice) []Advice {
	all := unknown(t, r, known)
	var odd []Advice
	for i, s := range all {
		best := ""
		for j, o := range all {
			rarer := s.count < o.count || s.count == o.count && i > j
			if rarer && s.odd(o) && (best == "" || ending(s.text, o.text) > ending(s.text, best)) {
				best = o.text
			}
		}
		for _, a := range s.at {
			if a.Reason, a.Propose = Twofold, best; best != "" {
				odd = append(odd, a)
			}
		}
	}
	return odd
}

// odd says whether two spellings sound alike and are no forms of one name.
func (s *spelling) odd(o *spelling) bool {
	return meetLong(s.keys, o.keys) && !Alike(s.text, o.text) && !Alike(o.text, s.text) && !differs(s.text, o.text)
}

// ending is how many bytes two words share at their ends.
func ending(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

func meetLong(a, b []string) bool {
	return slices.ContainsFunc(a, func(k string) bool { return len(k) >= leastTwofold && slices.Contains(b, k) })
}

// differs says whether two words have ends that make two people of them: a man's
// and a woman's name, or an adjective of the other.
func differs(a, b string) bool {
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n >= min(len(x), len(y))-1
}

// unknown are the names of a text that are not in the register, by spelling.
func unknown(t Text, r *lexis.Reader, known []Advice) []*spelling {
	var all []*spelling
	for i, p := range t.Paragraphs {
		s := scanner{text: p, tokens: r.Text(p, string(t.Lang))}
		s.known = make([][]string, len(s.tokens))
		for j, token := range s.tokens {
			word := s.word(j)
			taken := slices.ContainsFunc(known, func(a Advice) bool { return a.Paragraph == i && a.Start <= token.Start && token.Start < a.End })
			if taken || !s.capital(j) || utf8.RuneCountInString(word) < leastTwofold || len(token.Terms) < 2 || shouted(word) {
				continue
			}
			k := slices.IndexFunc(all, func(o *spelling) bool { return o.text == word })
			if k < 0 {
				k = len(all)
				all = append(all, &spelling{text: word, keys: s.keys(j)})
			}
			all[k].count++
			all[k].at = append(all[k].at, Advice{Paragraph: i, Start: token.Start, End: token.Start + len(word), Written: word})
		}
	}
	return all
}

// shouted says whether a word is in capitals throughout.
func shouted(word string) bool { return strings.IndexFunc(word, unicode.IsLower) < 0 }
