package quote

import (
	"sort"
	"strings"
)

// voice is a name that has spoken.
type voice struct {
	name string
	at   place
}

// antecedent proposes whom a pronoun or a description means: the last who spoke
// by name, if the gender allows it, else the last who was named.
func (r *reader) antecedent(at place) string {
	p := r.paras[at.para]
	first := p.tokens[at.from].low
	if !r.person(p, at) {
		return ""
	}
	fits := func(name string) bool {
		g := r.gender(name)
		return g == 0 || !(r.he[first] && g == 'f' || r.she[first] && g == 'm')
	}
	if !r.pronoun(p, at) {
		if name := r.byRole(p, at); name != "" {
			return name
		}
	}
	name, best := "", place{para: -1}
	offer := func(v voice) {
		if !after(v.at, at) && v.at != at && fits(v.name) && !after(best, v.at) {
			name, best = v.name, v.at
		}
	}
	for _, all := range [][]voice{r.voices, r.subjects} {
		last := sort.Search(len(all), func(i int) bool { return after(all[i].at, at) })
		for _, v := range all[max(0, last-farthest):last] {
			offer(v)
		}
	}
	return name
}

// farthest is how many mentions back somebody can be meant.
const farthest = 100

// byRole finds the last person before whose name the story has put the office
// that a description gives: "the deputy minister".
func (r *reader) byRole(p *paragraph, at place) string {
	last := sort.Search(len(r.named), func(i int) bool { return after(r.named[i].at, at) })
	for i := last - 1; i >= max(0, last-farthest); i-- {
		o := r.named[i]
		q := r.paras[o.at.para]
		for k := o.at.from - 1; k >= q.begins[o.at.from] && k > o.at.from-7 && q.tokens[k].kind == word; k-- {
			for _, t := range p.tokens[at.from:at.to] {
				if r.titles[t.low] && r.roleIs(t.low, q.tokens[k].low) || r.titles[q.tokens[k].low] && r.roleIs(q.tokens[k].low, t.low) {
					name, _, _ := r.who(o.at)
					return name
				}
			}
		}
	}
	return ""
}

// roleIs compares two words for an office, in whatever case. "Former" and
// "deputy" tell nobody apart.
func (r *reader) roleIs(a, b string) bool {
	return !r.adjectives[a] && !r.adjectives[b] && r.same(a, b)
}

// findSubjects lists who speaks or begins a sentence by a full name, though it
// be without marks: "he" of the next sentence is likely one of them.
func (r *reader) findSubjects() {
	for n, p := range r.paras {
		for i, t := range p.tokens {
			if t.kind != word || !r.strong[t.low] || !r.verbal(p, i) {
				continue
			}
			s := r.subject(p, p.begins[i], i, Before)
			if s == nil {
				continue
			}
			s.speaker.para = n
			if name, named, _ := r.who(s.speaker); named && strings.Contains(name, " ") {
				r.subjects = append(r.subjects, voice{name, s.speaker})
			}
		}
	}
	for _, o := range r.named {
		p := r.paras[o.at.para]
		known := r.men[lower(o.words[0])] || r.women[lower(o.words[0])]
		if o.at.from == p.begins[o.at.from] && !known {
			continue // "Police of the town" begins a sentence with a capital too
		}
		if o.at.from-p.begins[o.at.from] < 6 && o.at.to < len(p.tokens) && p.tokens[o.at.to].kind == word {
			name, _, _ := r.who(o.at)
			r.subjects = append(r.subjects, voice{name, o.at})
		}
	}
	sort.SliceStable(r.subjects, func(i, j int) bool { return after(r.subjects[j].at, r.subjects[i].at) })
}

// person says whether a mention that is no name can mean one person: no
// statement, no crowd.
func (r *reader) person(p *paragraph, at place) bool {
	if r.pronoun(p, at) {
		w := p.tokens[at.from].low
		return r.he[w] || r.she[w] || r.relative[w]
	}
	for _, t := range p.tokens[at.from:at.to] {
		if r.nouns[t.low] || r.things[t.low] || t.kind == number {
			return false
		}
	}
	return true
}

// gender guesses from the given name: m, f or 0.
func (r *reader) gender(name string) rune {
	given, rest, _ := strings.Cut(lower(name), " ")
	if rest == "" {
		return surnameGender(given)
	}
	switch {
	case r.women[given]:
		return 'f'
	case r.men[given]:
		return 'm'
	}
	f := strings.Fields(rest)
	return surnameGender(f[len(f)-1])
}

// surnameGender knows the endings of Slavic surnames.
func surnameGender(s string) rune {
	for _, e := range strings.Fields("ская цкая ова ева ёва ина ына ая skaja ckaja skaya tskaya ova eva ina yna") {
		if strings.HasSuffix(s, e) && len(s) > len(e)+2 {
			return 'f'
		}
	}
	for _, e := range strings.Fields("ского цкого скага цкага ский ской скі цкі цкий ов ев оў ёў еў аў ын ин ін ski cki sky skiy oŭ eŭ aŭ ov ev") {
		if strings.HasSuffix(s, e) && len(s) > len(e)+2 {
			return 'm'
		}
	}
	return 0
}
