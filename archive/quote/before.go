package quote

import "strings"

// before reads she said: “…”, the nearest verb first.
func (r *reader) before(p *paragraph, i int) *said {
	if r.free {
		return r.slavicBefore(p, i)
	}
	floor := p.begins[i]
	for v := i - 1; v >= floor && v > i-40; v-- {
		t := p.tokens[v]
		if t.kind != word {
			continue
		}
		if k := r.phrase(p, v); k > v {
			if end := r.forward(p, k, i); end > k {
				return &said{speaker: place{0, k, end}, verb: v, rule: Phrase}
			}
		}
		switch {
		case r.strong[t.low] && r.verbal(p, v):
			if s := r.subject(p, floor, v, Before); s != nil {
				if r.mind[t.low] || r.pronoun(p, s.speaker) {
					if o := r.outer(p, floor, s.speaker.from); o != nil && r.pronoun(p, s.speaker) {
						return o
					}
				}
				return s
			}
		case r.gerunds[t.low]:
			if v > floor && p.tokens[v-1].capital() && r.nominal(p.tokens[v-1]) && !r.prepositions[p.tokens[v-1].low] {
				from := v
				for from > floor && p.tokens[from-1].capital() {
					from--
				}
				return &said{speaker: place{0, from, v}, verb: v, rule: Before}
			}
			if s := r.main(p, floor, v, Before); s != nil {
				return s
			}
		case r.weak[t.low] && r.verbal(p, v):
			if s := r.subject(p, floor, v, Weak); s != nil && !r.pronoun(p, s.speaker) {
				return nil
			}
		}
	}
	return nil
}

// verbal says whether the word, which may be a noun too, is a verb here.
func (r *reader) verbal(p *paragraph, v int) bool {
	if p.tokens[v].capital() {
		return p.begins[v] == v
	}
	if v == p.begins[v] {
		return true
	}
	if w := p.tokens[v].low; r.nouns[w] && v+1 < len(p.tokens) {
		next := p.tokens[v+1]
		if r.auxiliary[next.low] && !next.is("to") || r.prepositions[next.low] && !next.is("that") || strings.HasSuffix(next.low, "ing") {
			return false
		}
	}
	b := p.tokens[v-1]
	return !r.against[b.low] && b.kind != ending && b.kind != number
}

func (r *reader) pronoun(p *paragraph, at place) bool {
	return at.to == at.from+1 && r.pronouns[p.tokens[at.from].low]
}

// loosely reads she called it “…” and, if no verb is about, her statement that
// “…”.
func (r *reader) loosely(p *paragraph, i int) *said {
	if r.free {
		return nil
	}
	floor := p.begins[i]
	for v := i - 1; v >= floor && v > i-24; v-- {
		w := p.tokens[v].low
		if p.tokens[v].kind != word || !(r.weak[w] || r.mind[w]) || !r.verbal(p, v) {
			continue
		}
		s := r.subject(p, floor, v, Weak)
		if s == nil || !r.human(p, s.speaker) {
			continue
		}
		outer := r.outer(p, floor, s.speaker.from)
		if outer != nil && (r.pronoun(p, s.speaker) || r.mind[w]) {
			return outer
		}
		s.close = outer == nil && (s.speaker.from == floor || !p.tokens[s.speaker.from-1].is("what"))
		return s
	}
	for v := i - 1; v >= floor && v > i-12; v-- {
		if p.tokens[v].kind == word && r.nouns[p.tokens[v].low] {
			if s := r.owner(p, floor, v); s != nil && r.human(p, s.speaker) {
				return s
			}
		}
	}
	return nil
}

// outer finds who tells what stands behind token v: "she said" before "she
// wanted".
func (r *reader) outer(p *paragraph, floor, v int) *said {
	for k := v - 1; k > floor; k-- {
		if w := p.tokens[k].low; p.tokens[k].kind == word && r.strong[w] && r.verbal(p, k) {
			if s := r.subject(p, floor, k, Weak); s != nil {
				return s
			}
		}
	}
	return nil
}

// human says whether a mention can be somebody who speaks.
func (r *reader) human(p *paragraph, at place) bool {
	if r.pronoun(p, at) {
		w := p.tokens[at.from].low
		return r.he[w] || r.she[w] || r.they[w] || r.relative[w]
	}
	for k := at.from; k < at.to; k++ {
		if p.tokens[k].capital() && (k > p.begins[k] || !r.determiners[p.tokens[k].low]) {
			return true
		}
	}
	return false
}

// subject finds the subject of a verb: before it, or behind one that begins its
// sentence.
func (r *reader) subject(p *paragraph, floor, v int, rule Rule) *said {
	if r.free {
		return r.either(p, floor, v, rule)
	}
	if v == floor && r.inverted[p.tokens[v].low] {
		if end := r.forward(p, v+1, p.ends[v]); end > v+1 {
			return &said{speaker: place{0, v + 1, end}, verb: v, rule: rule}
		}
	}
	j := v
	for j > floor && r.adverb(p.tokens[j-1].low) && p.tokens[j-1].kind == word {
		if p.tokens[j-1].is("to") {
			return r.main(p, floor, j-1, rule)
		}
		j--
	}
	if j == floor {
		return nil
	}
	b := p.tokens[j-1]
	if r.gerunds[p.tokens[v].low] || b.is("to") {
		return r.main(p, floor, v, rule)
	}
	if b.is("and") || b.is("but") {
		return r.main(p, floor, j-1, rule)
	}
	if r.relative[b.low] && b.kind == word {
		j--
		for j > floor+1 && (p.tokens[j-1].is(",") || r.months[p.tokens[j-1].low] || r.adverb(p.tokens[j-1].low)) {
			j--
		}
		if from := r.backward(p, floor, j); from < j {
			return &said{speaker: place{0, from, j}, verb: v, rule: rule}
		}
		return nil
	}
	if b.is(",") || b.dash() {
		return r.overApposition(p, floor, j-1, v, rule)
	}
	if c := r.clauseStart(p, floor, j); c < j {
		if end := r.forward(p, c, j); end > c && r.onlyAttached(p, end, j) {
			return &said{speaker: place{0, c, end}, verb: v, rule: rule}
		}
	}
	if from := r.backward(p, floor, j); from < j {
		return &said{speaker: place{0, from, j}, verb: v, rule: rule}
	}
	return nil
}

// clauseStart finds where the clause that ends before j begins.
func (r *reader) clauseStart(p *paragraph, floor, j int) int {
	for k := j - 1; k >= floor; k-- {
		t := p.tokens[k]
		if t.kind == mark && !t.is(".") && !t.is(")") && !t.is("(") && !t.is("’") && !t.is("&") && !t.is("/") || t.kind == speech && !(r.free && p.regions[t.region].words <= 3) || r.conjunction[t.low] && !r.links[t.low] {
			return k + 1
		}
	}
	return floor
}

// onlyAttached says whether nothing between a subject and its verb can be a
// verb of another.
func (r *reader) onlyAttached(p *paragraph, from, to int) bool {
	for k := from; k < to; k++ {
		w := p.tokens[k].low
		if r.strong[w] || r.weak[w] || r.relative[w] || r.pronouns[w] {
			return false
		}
	}
	return true
}

// overApposition finds the subject before ", the Russian president,".
func (r *reader) overApposition(p *paragraph, floor, comma, v int, rule Rule) *said {
	var first *said
	for k := comma - 1; k > floor && k > comma-45; k-- {
		if !p.tokens[k].is(",") && !p.tokens[k].dash() {
			continue
		}
		from := r.backward(p, floor, k)
		if from == k {
			continue
		}
		s := &said{speaker: r.withName(p, place{0, from, k}), verb: v, rule: rule}
		if n, ok := r.nameOf(p, s.speaker); ok && n.to > n.from {
			return s
		}
		if first == nil {
			first = s
		}
	}
	if first != nil {
		return first
	}
	return r.main(p, floor, v, rule)
}

// withName lengthens a description by the name in apposition to it: "his former
// partner, Lawrence Cummings,".
func (r *reader) withName(p *paragraph, at place) place {
	if _, ok := r.nameOf(p, at); ok || at.to+1 >= len(p.tokens) || !p.tokens[at.to].is(",") || r.pronoun(p, at) {
		return at
	}
	end := r.forward(p, at.to+1, p.ends[at.to])
	longer := place{at.para, at.from, end}
	if end > at.to+1 && p.tokens[at.to+1].capital() && end < len(p.tokens) && p.tokens[end].is(",") {
		return longer
	}
	return at
}

// main finds the subject of the sentence's first clause.
func (r *reader) main(p *paragraph, floor, v int, rule Rule) *said {
	for k := floor; k < v; k++ {
		t := p.tokens[k]
		if t.kind != word || !(r.strong[t.low] || r.weak[t.low] || r.mind[t.low] || r.auxiliary[t.low]) || !r.verbal(p, k) {
			continue
		}
		if s := r.subject(p, floor, k, rule); s != nil {
			s.verb = v
			return s
		}
	}
	if end := r.forward(p, floor, v); end > floor && rule == Before {
		return &said{speaker: place{0, floor, end}, verb: v, rule: Weak}
	}
	return nil
}

// owner finds whose statement it is.
func (r *reader) owner(p *paragraph, floor, v int) *said {
	for k := v - 1; k >= floor && k > v-5; k-- {
		t := p.tokens[k]
		switch {
		case t.kind == ending:
			if from := r.backward(p, floor, k); from < k {
				return &said{speaker: place{0, from, k}, verb: v, rule: Noun}
			}
			return nil
		case t.is("his") || t.is("her") || t.is("their"):
			if s := r.main(p, floor, k, Noun); s != nil {
				return s
			}
			return &said{speaker: place{0, k, k + 1}, verb: v, rule: Noun}
		case t.kind != word || r.determiners[t.low] || r.prepositions[t.low]:
			return nil
		}
	}
	return nil
}
