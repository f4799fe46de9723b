package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// person is somebody whom the story names in full.
type person struct {
	words []string
	at    place
}

func (p person) surname() string { return p.words[len(p.words)-1] }

// quotations adds what was found in the paragraphs, each with the name that its
// speaker has in the story.
func (r *reader) quotations(all []Quotation) []Quotation {
	at := map[*said]int{} // where in all each is
	for n, p := range r.paras {
		for k, s := range p.said {
			g := p.regions[k]
			if s == nil || g.words < 3 {
				continue
			}
			text := strings.TrimSuffix(p.text[g.start:g.end], ",") // it belongs to the sentence around
			q := Quotation{Words: Span{n, g.start, g.start + len(text)}, Text: text, Rule: s.rule, Continues: -1}
			q.Insertions = insertions(q.Words, q.Text)
			if i, ok := at[s.from]; ok && s.from != nil {
				q.Continues = i
			}
			r.identify(&q, s)
			at[s] = len(all)
			all = append(all, q)
		}
	}
	return all
}

// identify fills in who spoke.
func (r *reader) identify(q *Quotation, s *said) {
	q.Speaker, q.Mention = r.mention(s.speaker)
	if s.verb >= 0 {
		v := r.paras[s.speaker.para].tokens[s.verb]
		q.Verb = Span{s.speaker.para, v.start, v.end}
	}
	if s.via.to > 0 {
		if q.Via, _, _ = r.who(s.via); q.Via == "" {
			_, q.Via = r.mention(s.via)
		}
	}
	var sole bool
	q.Who, q.Named, sole = r.who(s.speaker)
	if s.rule == Phrase && r.free {
		q.Who = r.asSubject(q.Who)
	}
	q.Certain = q.Named && sole && r.sure(s)
	if q.Named {
		r.voices = append(r.voices, voice{q.Who, s.speaker})
	} else if q.Who == "" {
		q.Who = r.antecedent(s.speaker)
	}
}

// asSubject gives a name that stands in the genitive as it stood when its bearer
// spoke before.
func (r *reader) asSubject(name string) string {
	words := strings.Fields(name)
	for _, v := range r.voices {
		spoken := strings.Fields(v.name)
		if len(spoken) == len(words) && slices.EqualFunc(spoken, words, r.same) {
			return v.name
		}
	}
	return name
}

// insertions finds the editor's [brackets] in a quotation.
func insertions(at Span, text string) []Span {
	var all []Span
	for from := 0; ; {
		a := strings.IndexByte(text[from:], '[')
		if a < 0 {
			return all
		}
		b := strings.IndexByte(text[from+a:], ']')
		if b < 0 {
			return all
		}
		all = append(all, Span{at.Paragraph, at.Start + from + a, at.Start + from + a + b + 1})
		from += a + b + 1
	}
}

// sure says whether a rule errs so seldom that nobody need look.
func (r *reader) sure(s *said) bool {
	switch s.rule {
	case Before:
		return !r.twoVoices(s)
	case After, Split, Continue, Phrase, Dash, Label:
		return true
	case Weak:
		return s.close
	}
	return false
}

// twoVoices says whether the sentence of a speaker names another by "according
// to".
func (r *reader) twoVoices(s *said) bool {
	p := r.paras[s.speaker.para]
	for k := p.begins[s.verb]; k < p.ends[s.verb]; k++ {
		if r.phrase(p, k) > k {
			return true
		}
	}
	return false
}

// name finds the name in a mention: the last run of capitals before an "of", a
// comma or a bracket. It is none if a common noun follows: "the Clinton camp".
func (r *reader) name(p *paragraph, at place) (from, to int) {
	if n, ok := r.nameOf(p, at); ok {
		return n.from, n.to
	}
	for k := at.from; k < at.to; k++ {
		if p.tokens[k].is(",") {
			n, _ := r.nameOf(p, place{at.para, k + 1, at.to})
			return n.from, n.to
		}
	}
	return at.from, at.from
}

// nameOf finds the name in a piece of a mention without an apposition.
func (r *reader) nameOf(p *paragraph, at place) (n place, ok bool) {
	end := at.to
	for k := at.from + 1; k < at.to; k++ {
		if t := p.tokens[k]; t.is(",") || t.is("(") || t.is("[") || !r.free && (r.prepositions[t.low] || t.is("of") || t.is("for") || t.is("and")) {
			end = k
			break
		}
	}
	to := end
	for to > at.from && p.tokens[to-1].is(".") {
		to--
	}
	from := to
	for from > at.from {
		t := p.tokens[from-1]
		initial := t.is(".") && from-2 >= at.from && p.tokens[from-2].end == t.start
		if initial && r.titles[p.tokens[from-2].low] {
			break
		}
		particle := from < to && r.links[t.low] && len(t.low) <= 3 && !t.is("of") && !t.is("for") && !t.is("the")
		title := r.titles[t.low] && !(from == to && from-2 >= at.from && (p.tokens[from-2].is(".") || p.tokens[from-2].capital() && !r.titles[p.tokens[from-2].low]))
		capital := t.capital() && !title && !(from-1 == p.begins[from-1] && r.determiners[t.low])
		if !capital && !initial && !particle {
			break
		}
		from--
	}
	return r.trim(p, place{at.para, from, to}), from < to
}

// trim takes from the front of a name what is none: the office that begins a
// sentence, the country of a minister.
func (r *reader) trim(p *paragraph, at place) place {
	n := at.to - at.from
	if n < 2 {
		return at
	}
	if !r.free {
		if first := p.tokens[at.from].low; n > 2 && at.from == p.begins[at.from] && (!r.women[first] && !r.men[first]) &&
			(office(first) || r.women[p.tokens[at.from+1].low] || r.men[p.tokens[at.from+1].low]) {
			at.from++
		}
		return at
	}
	keep := 2
	if n > 2 && patronymic(p.tokens[at.to-2].low) {
		keep = 3
	}
	if n > keep && !p.tokens[at.to-2].is(".") {
		at.from = at.to - keep
	}
	for at.to-at.from > 1 && (r.acronym(p.tokens[at.from]) || r.lands[p.tokens[at.from].low] || r.titles[p.tokens[at.from].low]) {
		at.from++
	}
	return at
}

func patronymic(w string) bool {
	for _, e := range []string{"вич", "вна", "віч", "ўна", "ич", "ична", "ична"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// office says whether an English word looks like what somebody is.
func office(w string) bool {
	for _, e := range []string{"or", "er", "ist", "man", "ian", "ain", "ant", "ent", "yst", "ary"} {
		if len(w) > 4 && strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// who gives the fullest name that the story has for a mention, whether the
// mention is a name at all, and whether nobody else here bears it.
func (r *reader) who(at place) (name string, named, sole bool) {
	p := r.paras[at.para]
	if at.to <= 0 {
		return p.text[-at.from:-at.to], true, true
	}
	from, to := r.name(p, at)
	if from == to || r.pronoun(p, at) {
		return "", false, false
	}
	words := r.words(p, from, to)
	full := words
	var others int
	for _, o := range r.people {
		if after(o.at, at) && len(full) > 1 {
			break
		}
		if !r.same(o.surname(), words[len(words)-1]) {
			continue
		}
		switch {
		case len(words) > 1 && !r.same(o.words[0], words[0]):
		case len(o.words) > len(full):
			full = o.words
		case len(words) == 1 && len(full) > 1 && !r.same(o.words[0], full[0]):
			others++
		}
	}
	return strings.Join(r.nominative(full, words), " "), true, others == 0
}

// after says whether one mention stands behind another.
func after(a, b place) bool { return a.para > b.para || a.para == b.para && a.from > b.from }

func (r *reader) words(p *paragraph, from, to int) []string {
	var all []string
	for _, t := range p.tokens[from:to] {
		if t.kind == word {
			all = append(all, t.text)
		}
	}
	return all
}

// findPeople lists the names of two words and more.
func (r *reader) findPeople() {
	for n, p := range r.paras {
		if shouts(p) {
			continue
		}
		for i := 0; i < len(p.tokens); i++ {
			j := i
			for j < len(p.tokens) && r.inName(p, i, j) {
				j++
			}
			from := i
			if w := p.tokens[i].low; from == p.begins[from] && j > from && (r.determiners[w] || r.adverb(w)) {
				from++
			}
			at := r.trim(p, place{n, from, j})
			if w := r.words(p, at.from, at.to); len(w) > 1 && len(w) < 5 {
				r.named = append(r.named, person{w, at})
			}
			i = max(i, j-1)
		}
	}
	r.gather()
}

// mostPeople bounds whom a story can be about, so that no text takes long.
const mostPeople = 500

// gather lists each name once, a longer form under the shorter: "Rival Hillary
// Clinton" is Hillary Clinton.
func (r *reader) gather() {
	seen := map[string]bool{}
	for _, o := range r.named {
		if name := strings.Join(o.words, " "); !seen[name] && len(r.people) < mostPeople {
			seen[name] = true
			r.people = append(r.people, o)
		}
	}
	for i := range r.people {
		for w := r.people[i].words; len(w) > 2; w = w[1:] {
			if seen[strings.Join(w[1:], " ")] {
				r.people[i].words = w[1:]
			}
		}
	}
}

// inName says whether token j may belong to a name that begins with token i.
func (r *reader) inName(p *paragraph, i, j int) bool {
	t := p.tokens[j]
	if t.capital() {
		return !r.titles[t.low] && !r.months[t.low] && !r.conjunction[t.low] && !r.prepositions[t.low]
	}
	return j > i && t.is(".") && utf8.RuneCountInString(p.tokens[j-1].text) <= 2
}

// shouts says whether a line is a headline with Capitals on Every Word, where
// they name nobody.
func shouts(p *paragraph) bool {
	capitals, all := 0, 0
	for _, t := range p.tokens {
		if t.kind == word && utf8.RuneCountInString(t.text) > 3 {
			all++
			if t.capital() {
				capitals++
			}
		}
	}
	return all > 3 && capitals*3 >= all*2 && len(p.regions) == 0 && !p.tokens[len(p.tokens)-1].is(".")
}

// same says whether two words are one name, in whatever spelling or case.
func (r *reader) same(a, b string) bool {
	if r.story.Same != nil && r.story.Same(a, b) {
		return true
	}
	x, y := []rune(lower(a)), []rune(lower(b))
	if string(x) == string(y) {
		return true
	}
	if len(x) < 4 || len(y) < 4 || !unicode.Is(unicode.Cyrillic, x[0]) {
		return false
	}
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n >= 3 && len(x)-n <= 3 && len(y)-n <= 3
}
