package quote

import "strings"

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
	for _, v := range r.voices {
		offer(v)
	}
	for _, v := range r.subjects {
		offer(v)
	}
	return name
}

// byRole finds the last person before whose name the story has put the office
// that a description gives: "the deputy minister".
func (r *reader) byRole(p *paragraph, at place) string {
	for i := len(r.people) - 1; i >= 0; i-- {
		o := r.people[i]
		if after(o.at, at) {
			continue
		}
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
	for _, o := range r.people {
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
