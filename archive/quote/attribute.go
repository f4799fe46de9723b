package quote

// attribute looks for the speaker of each region of a paragraph, in the order
// of the text.
func (r *reader) attribute(n int) {
	p := r.paras[n]
	for i, t := range p.tokens {
		if t.kind != speech || r.title(p, i) {
			continue
		}
		for _, try := range []func(*paragraph, int) *said{r.label, r.signed, r.after, r.before, r.tail, r.loosely} {
			if s := try(p, i); s != nil {
				s = r.retold(p, i, s)
				s.speaker.para, s.via.para = n, n
				p.said[t.region] = s
				break
			}
		}
	}
}

// retold looks for a nearer voice: of "he called them “…,” the ambassador
// recalled" the words are his, and the ambassador tells of it.
func (r *reader) retold(p *paragraph, i int, s *said) *said {
	if s.rule != After && s.rule != Tail || r.initial(p, i) {
		return s
	}
	for v := i - 1; v >= p.begins[i] && v > i-8; v-- {
		if w := p.tokens[v].low; p.tokens[v].kind == word && r.weak[w] && r.verbal(p, v) {
			inner := r.subject(p, p.begins[i], v, Weak)
			if inner != nil && r.human(p, inner.speaker) {
				inner.via = s.speaker
				return inner
			}
		}
	}
	return s
}

// title says whether a region names a show or a book rather than quotes.
func (r *reader) title(p *paragraph, i int) bool {
	t := p.tokens[i]
	if p.regions[t.region].words > 8 || r.initial(p, i) && p.begins[i] == i {
		return false
	}
	for n, w := range tokens(t.text, nil) {
		if w.kind == word && !w.capital() && (n == 0 || !r.links[w.low] && !r.determiners[w.low] && !r.prepositions[w.low]) {
			return false
		}
	}
	return true
}

// label reads “WALLACE: …”, as transcripts have it.
func (r *reader) label(p *paragraph, i int) *said {
	if i > 0 {
		return nil
	}
	inside := tokens(p.text[:min(p.regions[p.tokens[i].region].close, len(p.text))], nil)
	from := 0
	for from < len(inside) && inside[from].start < p.regions[p.tokens[i].region].start {
		from++
	}
	to := from
	for to < len(inside) && to < from+4 && (inside[to].capital() || inside[to].is(".")) {
		to++
	}
	if to == from || to >= len(inside) || !inside[to].is(":") {
		return nil
	}
	return &said{speaker: place{from: -inside[from].start, to: -inside[to-1].end}, verb: -1, rule: Label}
}

// signed reads “…” – Name, as headlines and collections of voices have it.
func (r *reader) signed(p *paragraph, i int) *said {
	if i+2 >= len(p.tokens) || !p.tokens[i+1].dash() || !p.tokens[i+2].capital() {
		return nil
	}
	end := r.forward(p, i+2, min(len(p.tokens), i+9))
	if end == i+2 || end < len(p.tokens) && !p.tokens[end].is(".") {
		return nil
	}
	return &said{speaker: place{0, i + 2, end}, verb: -1, rule: Dash}
}

// after reads “…,” she said.
func (r *reader) after(p *paragraph, i int) *said {
	t := p.tokens[i]
	j, c := i+1, last(t.text)
	comma := c == ',' || c == '?' || c == '!' || c == '…' || c == '—' || c == '-'
	if j < len(p.tokens) && (p.tokens[j].is(",") || p.tokens[j].dash()) {
		comma = true
		j++
	}
	if j >= len(p.tokens) {
		return nil
	}
	if c == '.' && p.ends[i] == i+1 {
		return nil
	}
	return r.clause(p, j, comma, After)
}

// clause reads an attribution that begins at token j.
func (r *reader) clause(p *paragraph, j int, comma bool, rule Rule) *said {
	if r.free {
		return r.slavicAfter(p, j, comma, rule)
	}
	limit := p.ends[j]
	if k := r.phrase(p, j); k > j {
		if end := r.forward(p, k, limit); end > k {
			return &said{speaker: place{0, k, end}, verb: j, rule: Phrase}
		}
	}
	if r.inverted[p.tokens[j].low] || comma && r.strong[p.tokens[j].low] {
		if end := r.forward(p, j+1, limit); end > j+1 {
			return &said{speaker: place{0, j + 1, end}, verb: j, rule: rule}
		}
		return nil
	}
	if p.tokens[j].is("as") {
		j++
	}
	end := r.forward(p, j, limit)
	if end == j || !comma && !r.strong[p.tokens[min(end, limit-1)].low] {
		return nil
	}
	v := r.verbAfter(p, end, limit)
	if v < 0 {
		return nil
	}
	return &said{speaker: r.withName(p, place{0, j, end}), verb: v, rule: rule}
}

// phrase gives the token behind "according to", if it stands at j.
func (r *reader) phrase(p *paragraph, j int) int {
next:
	for _, ph := range r.according {
		for k, w := range ph {
			if j+k >= len(p.tokens) || !p.tokens[j+k].is(w) {
				continue next
			}
		}
		return j + len(ph)
	}
	return j
}

// verbAfter finds the verb whose subject ends before token from: next to it, or
// behind an apposition.
func (r *reader) verbAfter(p *paragraph, from, limit int) int {
	depth := 0
	for j := from; j < limit && j < from+40; j++ {
		t := p.tokens[j]
		switch {
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
		}
		if depth > 0 {
			continue
		}
		if t.kind == speech && p.regions[t.region].words > 5 {
			return -1
		}
		put := (t.is("put") || t.is("puts")) && j+1 < limit && p.tokens[j+1].is("it")
		if t.kind == word && (r.strong[t.low] || put) && !t.capital() && (j == from || r.finite(p, j)) {
			return j
		}
	}
	return -1
}

// finite says whether the word at j is the verb of a main clause.
func (r *reader) finite(p *paragraph, j int) bool {
	if j == 0 {
		return true
	}
	b := p.tokens[j-1]
	return !r.against[b.low] && !r.relative[b.low] && !b.is("to")
}

// tail reads the attribution at the end of a sentence with a few quoted words.
func (r *reader) tail(p *paragraph, i int) *said {
	end := p.ends[i]
	for j := i + 1; j < end; j++ {
		if k := r.phrase(p, j); k > j {
			if e := r.forward(p, k, end); e > k {
				return &said{speaker: place{0, k, e}, verb: j, rule: Phrase}
			}
		}
		t := p.tokens[j]
		comma := t.is(",") || t.kind == speech && last(t.text) == ',' || t.dash()
		if comma && j+1 < end && p.tokens[j+1].kind == word {
			if s := r.clause(p, j+1, true, Tail); s != nil {
				return s
			}
		}
	}
	return nil
}
