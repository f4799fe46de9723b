package quote

// neighbours gives the quotations that name no speaker themselves the speaker
// of one beside them.
func (r *reader) neighbours() {
	var open *said // of a quotation that goes on in the next paragraph
	var recent *said
	recentAt := -1
	var waiting *paragraph // its last region is ajar and nobody's yet
	for n, p := range r.paras {
		var here *said
		for k := range p.regions {
			i := r.tokenOf(p, k)
			s := p.said[k]
			switch {
			case s != nil:
			case k == len(p.regions)-1 && p.regions[k].ajar && here == nil && i == 0 && p.regions[k].words >= 10 && r.opensNext(n):
				waiting = p
				continue
			case open != nil && open.rule != Label && k == 0 && r.initial(p, i):
				s = &said{speaker: open.speaker, verb: -1, rule: Continue, from: open}
			case here != nil && r.initial(p, i):
				s = &said{speaker: here.speaker, verb: -1, rule: Split, from: here}
			case here == nil && i > 0 && r.initial(p, i) && r.told(p, p.begins[i]) != nil:
				s = r.told(p, p.begins[i])
				s.speaker.para = n
			case here == nil && k == 0 && recent != nil && recentAt == n-1 && p.regions[k].words > 5 && r.initial(p, i) && len(p.tokens) == 1:
				s = &said{speaker: recent.speaker, verb: -1, rule: Nearby}
			}
			p.said[k] = s
			if s != nil {
				here = s
				if waiting != nil && k == 0 {
					waiting.said[len(waiting.regions)-1] = &said{speaker: s.speaker, verb: -1, rule: Continue}
				}
				waiting = nil
			}
		}
		open = nil
		if len(p.regions) > 0 && p.regions[len(p.regions)-1].ajar {
			open = here
		}
		if here != nil {
			recent, recentAt = here, n
		}
	}
}

func (r *reader) tokenOf(p *paragraph, region int) int {
	for i, t := range p.tokens {
		if t.kind == speech && t.region == region {
			return i
		}
	}
	return -1
}

// mention gives the bytes of a speaker. Negative tokens are bytes already: of a
// name inside the marks.
func (r *reader) mention(at place) (Span, string) {
	p := r.paras[at.para]
	s := Span{at.para, -at.from, -at.to}
	if at.to > 0 {
		s.Start, s.End = p.tokens[at.from].start, p.tokens[at.to-1].end
	}
	return s, p.text[s.Start:s.End]
}

// told finds who speaks in the sentence before the token: its words are another
// way of saying what is quoted next.
func (r *reader) told(p *paragraph, at int) *said {
	if at == 0 {
		return nil
	}
	floor := p.begins[at-1]
	for v := at - 1; v > floor; v-- {
		w := p.tokens[v].low
		if p.tokens[v].kind != word || !r.strong[w] && !r.weak[w] || !r.verbal(p, v) {
			continue
		}
		if s := r.subject(p, floor, v, Nearby); s != nil && r.human(p, s.speaker) {
			return s
		}
	}
	return nil
}

// opensNext says whether the next paragraph begins with a quotation that has its
// own speaker: then it is the end of what this one begins.
func (r *reader) opensNext(n int) bool {
	if n+1 >= len(r.paras) || len(r.paras[n+1].regions) == 0 {
		return false
	}
	next := r.paras[n+1]
	return next.tokens[0].kind == speech && next.said[0] != nil
}
