package quote

import "strings"

// behind reads a subject that begins at token i, behind its verb, as Russian and
// Belarusian have it: «…», – сказал министр обороны Виктор Хренин. To whom and
// where it was said may stand between.
func (r *reader) behind(p *paragraph, i, limit int) place {
	for i < limit {
		t := p.tokens[i]
		switch {
		case r.venues[t.low] || r.adverb(t.low):
			i++
			if r.venues[t.low] && i < limit && (p.tokens[i].kind == speech || p.tokens[i].capital() && r.foreign(p.tokens[i])) {
				i++
			}
		case t.kind == speech && p.regions[t.region].words <= 3:
			i++
		case r.prepositions[t.low]:
			if at := r.lastName(p, i, limit); at.to > 0 {
				return at
			}
			if end := r.forward(p, i+1, limit); end > i+1 {
				return place{0, i + 1, end}
			}
			return place{}
		default:
			at := place{0, i, r.slavicNP(p, i, limit)}
			if _, ok := r.nameOf(p, at); !ok && at.to > i && at.to+1 < limit && r.origin(p.tokens[at.to]) && p.tokens[at.to+1].capital() {
				at.to += 2
			}
			return at
		}
	}
	return place{}
}

// origin says whether a word tells where somebody is from.
func (r *reader) origin(t token) bool {
	return t.is("из") || t.is("з") || t.is("са") || t.is("со")
}

// slavicNP gives the token behind a description and a name that begin at i:
// what follows the name, an address or a place, is not part of it.
func (r *reader) slavicNP(p *paragraph, i, limit int) int {
	if i < limit && r.pronouns[p.tokens[i].low] {
		own := r.owners[p.tokens[i].low] && i+1 < limit && p.tokens[i+1].kind == word && r.nominal(p.tokens[i+1]) && !r.venues[p.tokens[i+1].low]
		if !own {
			return i + 1
		}
		return max(i+1, r.slavicNP(p, i+1, limit))
	}
	j, capitals := i, false
	for j < limit && j < i+14 {
		t := p.tokens[j]
		switch {
		case t.kind == word && t.capital():
			if r.conjunction[t.low] && j == i {
				return i
			}
			// An office begins the sentence, or an institution's name goes on small.
			low := j+1 < limit && p.tokens[j+1].kind == word && !p.tokens[j+1].capital() && r.nominal(p.tokens[j+1]) && !r.venues[p.tokens[j+1].low]
			capitals = !(low && (j == p.begins[j] || r.agreeing(t.low)))
		case t.kind == speech && p.regions[t.region].words <= 4 && j > i:
			capitals = capitals && j+1 < limit && p.tokens[j+1].kind == word
		case t.is(".") && j > i && p.ends[j] > j+1 && (r.short[p.tokens[j-1].low] || initials(p.tokens[j-1].text)):
		case t.kind == word && r.nominal(t) && !r.venues[t.low] && (!capitals || r.join(p, j, limit)):
		case t.is("и") || t.is("і"):
			if j == i || j+1 >= limit || !p.tokens[j+1].capital() {
				return j
			}
		default:
			return j
		}
		j++
	}
	return j
}

// agreeing says whether a word looks like an adjective, as the first of an
// institution's name does.
func (r *reader) agreeing(w string) bool {
	for _, e := range []string{"ой", "ого", "ей", "ий", "ый", "ая", "ое", "ые", "ых", "их", "ага", "ай", "ае", "ыя", "ы", "і"} {
		if strings.HasSuffix(w, e) && len(w) > 8 {
			return true
		}
	}
	return false
}

// join says whether a small word stands within a description, behind a capital:
// "глава МИД соседней Литвы".
func (r *reader) join(p *paragraph, j, limit int) bool {
	return j+1 < limit && p.tokens[j-1].low != "" && r.acronym(p.tokens[j-1]) && (p.tokens[j+1].capital())
}

func (r *reader) acronym(t token) bool {
	return t.kind == word && len(t.text) > 2 && t.text != t.low && upper(t.text)
}

func upper(s string) bool {
	for _, c := range s {
		if c == 'і' || c >= 'а' && c <= 'ў' || c >= 'a' && c <= 'z' {
			return false
		}
	}
	return true
}

// foreign says whether a capital word behind "агентству" names an agency: it is
// in other letters, or shouts.
func (r *reader) foreign(t token) bool { return t.text[0] < 0x80 || r.acronym(t) }

// lastName finds the subject behind places and dates: the last name before the
// clause ends, with the description before it.
func (r *reader) lastName(p *paragraph, i, limit int) place {
	end := i
	for end < limit && !p.tokens[end].is(",") && !p.tokens[end].is(":") && !p.tokens[end].is(".") && !p.tokens[end].dash() {
		end++
	}
	to := end
	for to > i && !p.tokens[to-1].capital() {
		if r.prepositions[p.tokens[to-1].low] {
			end = to - 1
		}
		to--
	}
	from := to
	for from > i && p.tokens[from-1].capital() {
		from--
	}
	if from == to || r.prepositions[p.tokens[from-1].low] && to-from < 3 {
		if at := r.roleBehind(p, i, end); at.to > 0 {
			return at
		}
		return place{}
	}
	if r.prepositions[p.tokens[from-1].low] {
		return place{0, from + 1, to}
	}
	for from > i+1 && p.tokens[from-1].kind == word && r.nominal(p.tokens[from-1]) && !p.tokens[from-1].capital() && !r.prepositions[p.tokens[from-2].low] {
		from--
	}
	return place{0, from, to}
}

// roleBehind finds a bare role: "заявил в понедельник министр".
func (r *reader) roleBehind(p *paragraph, i, end int) place {
	for k := i; k < end; k++ {
		if r.titles[p.tokens[k].low] && !r.prepositions[p.tokens[k-1].low] {
			return place{0, k, r.slavicNP(p, k, end)}
		}
	}
	return place{}
}

// ahead reads the subject before a verb: the last name, pronoun or description
// of its clause that no preposition rules.
func (r *reader) ahead(p *paragraph, floor, v int) place {
	c := r.clauseStart(p, floor, v)
	to := v
	for to > c && (r.adverb(p.tokens[to-1].low) || p.tokens[to-1].kind == mark) {
		to--
	}
	for k := c; k < to; {
		t := p.tokens[k]
		switch {
		case r.prepositions[t.low]:
			k = r.overPreposition(p, k, to)
		case t.kind != word || r.adverb(t.low) || r.months[t.low] || r.conjunction[t.low]:
			k++
		default:
			end := r.slavicNP(p, k, to)
			if end == k {
				k++
				continue
			}
			return r.onToName(p, place{0, k, end}, to)
		}
	}
	return place{}
}

// onToName lengthens an office by the name that follows it behind a place:
// "Лидер совета в изгнании Елена Вересок".
func (r *reader) onToName(p *paragraph, at place, to int) place {
	if _, ok := r.nameOf(p, at); ok || r.pronoun(p, at) {
		return at
	}
	for k := at.to; k < to; {
		switch t := p.tokens[k]; {
		case t.kind == mark:
			return at
		case r.prepositions[t.low]:
			k = r.overPreposition(p, k, to)
		case t.capital():
			return place{at.para, at.from, r.slavicNP(p, k, to)}
		default:
			k++
		}
	}
	return at
}

// overPreposition steps over "в понедельник", "на пресс-конференции в Минске".
func (r *reader) overPreposition(p *paragraph, k, to int) int {
	k++
	for k < to && r.adjective(p.tokens[k].low) {
		k++
	}
	if k < to {
		k++
	}
	for k < to && p.tokens[k].kind == number {
		k++
	}
	return k
}

func (r *reader) adjective(w string) bool {
	for _, e := range []string{"ом", "ой", "ый", "их", "ых", "ым", "ую", "юю", "ей", "им", "ым", "ай", "ага", "ого", "его"} {
		if len(w) > 8 && len(w) > len(e) && w[len(w)-len(e):] == e {
			return true
		}
	}
	return false
}

// either finds the subject of a verb on either side of it.
func (r *reader) either(p *paragraph, floor, v int, rule Rule) *said {
	if at := r.ahead(p, floor, v); at.to > 0 && !r.relative[p.tokens[at.from].low] {
		return &said{speaker: at, verb: v, rule: rule}
	}
	if rule == Weak {
		if at := r.ahead(p, floor, r.firstComma(p, floor, v)); at.to > 0 {
			return &said{speaker: at, verb: v, rule: rule}
		}
	}
	// "Депутат Ветрова, слова которой приводит газета, считает рост честным"
	if comma := r.firstComma(p, floor, v); comma < v {
		if at := r.ahead(p, floor, comma); at.to == comma && at.from == floor {
			return &said{speaker: at, verb: v, rule: rule}
		}
	}
	end := v + 1
	for end < p.ends[v] && !p.tokens[end].is(",") && !p.tokens[end].is(":") && !(p.tokens[end].kind == speech && p.regions[p.tokens[end].region].words > 3) {
		end++
	}
	if at := r.behind(p, v+1, end); at.to > at.from {
		return &said{speaker: at, verb: v, rule: rule}
	}
	// "X сказал это и добавил: «…»", "X, выступая в Минске, заявил"
	for k := r.clauseStart(p, floor, v) - 1; k > floor; k = r.clauseStart(p, floor, k) - 1 {
		for w := k - 1; w >= r.clauseStart(p, floor, k); w-- {
			if p.tokens[w].kind == word && (r.strong[p.tokens[w].low] || r.weak[p.tokens[w].low]) {
				return r.either(p, floor, w, rule)
			}
		}
	}
	if at := r.ahead(p, floor, r.firstComma(p, floor, v)); at.to > 0 {
		return &said{speaker: at, verb: v, rule: rule}
	}
	return nil
}

func (r *reader) firstComma(p *paragraph, floor, v int) int {
	for k := floor; k < v; k++ {
		if p.tokens[k].is(",") {
			return k
		}
	}
	return v
}

// slavicAfter reads «…», – сказал он, from the token behind the dash.
func (r *reader) slavicAfter(p *paragraph, j int, comma bool, rule Rule) *said {
	limit := p.ends[j]
	if at, v := r.phrased(p, j, limit); at.to > 0 {
		return &said{speaker: at, verb: v, rule: Phrase}
	}
	for v := j; v < limit && v < j+9; v++ {
		t := p.tokens[v]
		if t.kind == speech || t.is(":") || t.kind == word && (r.conjunction[t.low] && !t.is("как") && !t.is("так") || r.relative[t.low]) {
			return nil
		}
		if t.kind != word || !r.strong[t.low] && !r.weak[t.low] || !comma && v > j+1 {
			continue
		}
		if !r.strong[t.low] {
			rule = Weak
			if at := r.relayed(p, v+1, limit); at.to > 0 {
				return &said{speaker: at, verb: v, rule: rule}
			}
		}
		if at := r.ahead(p, j, v); at.to > 0 && v > j {
			return &said{speaker: at, verb: v, rule: rule}
		}
		if at := r.behind(p, v+1, limit); at.to > at.from {
			return &said{speaker: at, verb: v, rule: rule}
		}
		return nil
	}
	return nil
}

// relayed reads whom an agency quotes: "цитирует министра агентство", "передает
// слова Хренина БелТА".
func (r *reader) relayed(p *paragraph, i, limit int) place {
	if !r.relays[p.tokens[i-1].low] || i >= limit {
		return place{}
	}
	if r.nouns[p.tokens[i].low] && i+1 < limit {
		i++
	}
	to := i + 1
	for to < limit && to < i+3 && p.tokens[to].capital() && !r.acronym(p.tokens[to]) {
		to++
	}
	return place{0, i, to}
}

// phrased reads "по словам министра" and "по его словам".
func (r *reader) phrased(p *paragraph, j, limit int) (place, int) {
	if k := r.phrase(p, j); k > j {
		if end := r.slavicNP(p, k, limit); end > k {
			return place{0, k, end}, j
		}
	}
	for _, ph := range r.according {
		if len(ph) == 2 && j+2 < limit && p.tokens[j].is(ph[0]) && p.tokens[j+2].is(ph[1]) && r.owners[p.tokens[j+1].low] {
			return place{0, j + 1, j + 2}, j
		}
	}
	return place{}, 0
}

// slavicBefore reads Он сказал: «…» and По его словам, «…», the nearest first.
func (r *reader) slavicBefore(p *paragraph, i int) *said {
	floor := p.begins[i]
	for v := i - 1; v >= floor && v > i-40; v-- {
		t := p.tokens[v]
		if t.kind != word {
			continue
		}
		if at, k := r.phrased(p, v, i); at.to > 0 {
			return &said{speaker: at, verb: k, rule: Phrase}
		}
		switch {
		case r.strong[t.low]:
			if s := r.either(p, floor, v, Before); s != nil {
				return s
			}
		case r.weak[t.low] && i-v < 12 && !p.tokens[i-1].is("за"):
			if s := r.either(p, floor, v, Weak); s != nil {
				s.close = true
				return s
			}
		}
	}
	return nil
}
