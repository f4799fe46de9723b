package quote

import "strings"

// nominal says whether a token may be part of a name or a description.
func (r *reader) nominal(t token) bool {
	switch t.kind {
	case number, ending:
		return true
	case word:
		if t.capital() {
			return !r.months[t.low] && !r.conjunction[t.low] || r.titles[t.low]
		}
		if r.weak[t.low] && strings.HasSuffix(t.low, "ed") {
			return false
		}
		return !r.strong[t.low] && !r.gerunds[t.low] && !r.prepositions[t.low] && !r.conjunction[t.low] &&
			!r.relative[t.low] && !r.adverb(t.low) && !r.auxiliary[t.low]
	}
	return false
}

func (r *reader) adverb(w string) bool {
	return r.adverbs[w] || r.auxiliary[w] && !r.pronouns[w] || strings.HasSuffix(w, "ly") && w != "family" && w != "ally" && w != "assembly" && w != "daily" && w != "weekly"
}

// forward reads a name or a description that begins at the token and gives the
// token behind it; i itself if none stands there.
func (r *reader) forward(p *paragraph, i, limit int) int {
	if i >= limit {
		return i
	}
	t := p.tokens[i]
	if r.pronouns[t.low] && t.kind == word && !(r.determiners[t.low] && i+1 < limit && r.nominal(p.tokens[i+1])) {
		return i + 1
	}
	j, solid := i, i // solid: behind the last word that can end it
	for j < limit && j < i+22 {
		t := p.tokens[j]
		switch {
		case j == i && r.determiners[t.low], t.is("the") && j > i && r.links[p.tokens[j-1].low]:
			j++
			continue
		case j == i && (r.conjunction[t.low] || r.prepositions[t.low]):
			return i
		case t.kind == word && r.links[t.low] && j > i && j+1 < limit && (r.nominal(p.tokens[j+1]) || r.determiners[p.tokens[j+1].low]):
			j++
			continue
		case t.is(".") && j > i && p.ends[j] > j+1 && !p.tokens[j-1].is("."):
			j++
			solid = j
			continue
		case t.is("(") || t.is("["):
			k := r.balanced(p, j, limit)
			if k < 0 {
				return solid
			}
			j = k
			continue
		case t.kind == speech && p.regions[t.region].words <= 2 && j > i:
			j++
			continue
		}
		if !r.nominal(t) || j > i && strings.HasSuffix(t.low, "ed") && p.tokens[j-1].capital() {
			break
		}
		j++
		if t.kind != ending {
			solid = j
		}
	}
	return solid
}

// balanced gives the token behind the bracket that closes the one at i.
func (r *reader) balanced(p *paragraph, i, limit int) int {
	end := map[string]string{"(": ")", "[": "]"}[p.tokens[i].text]
	for j := i + 1; j < limit && j < i+12; j++ {
		if p.tokens[j].is(end) {
			return j + 1
		}
	}
	return -1
}

// backward reads a name or a description that ends before the token and gives
// where it begins; to itself if none ends there.
func (r *reader) backward(p *paragraph, floor, to int) int {
	j, solid := to, to
	for j > floor && j > to-16 {
		t := p.tokens[j-1]
		if r.pronouns[t.low] && t.kind == word && !r.determiners[t.low] {
			if j == to {
				return j - 1
			}
			return solid
		}
		switch {
		case t.is(")"):
			k := j - 2
			for k > floor && !p.tokens[k].is("(") {
				k--
			}
			if k <= floor {
				return solid
			}
			j = k
			continue
		case t.is(".") && j-1 > floor && p.ends[j-1] > j && j < to:
			j--
			continue
		case r.determiners[t.low] && t.kind == word && j < to:
			solid = j - 1
			if j-2 > floor && r.links[p.tokens[j-2].low] && !r.conjunction[p.tokens[j-2].low] {
				j -= 2
				continue
			}
			return solid
		case t.is("of") || t.is("for") && j < to:
			j--
			continue
		case t.is("and") && j < to && j-2 >= floor && p.tokens[j].capital() && p.tokens[j-2].capital():
			j--
			continue
		case t.kind == ending && j < to:
			j--
			continue
		}
		if !r.nominal(t) || t.kind == ending {
			break
		}
		j--
		solid = j
	}
	return solid
}
