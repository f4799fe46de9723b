package quote

// cut takes the attribution out of marks that hold it: «Words, – she said. –
// More words» is two regions with her between them. A paragraph that begins with
// a dash is direct speech without marks, if it has such an attribution.
func (r *reader) cut(text string, all []region) []region {
	if t := tokens(text, nil); len(all) == 0 && len(t) > 4 && t[0].dash() {
		g := region{open: t[1].start, start: t[1].start, end: len(text), close: len(text)}
		if parts := r.parts(text, g); len(parts) > 1 || parts[0].close < g.close {
			return parts
		}
		return nil
	}
	var out []region
	for _, g := range all {
		out = append(out, r.parts(text, g)...)
	}
	return out
}

// parts gives what remains of a region without the attributions in it.
func (r *reader) parts(text string, g region) []region {
	t := tokens(text[g.start:g.end], nil)
	for i := range t {
		t[i].start, t[i].end = t[i].start+g.start, t[i].end+g.start
	}
	for i := 1; i+2 < len(t); i++ {
		if !t[i+1].dash() || !stops(t[i]) || !r.speaks(t, i+2) {
			continue
		}
		first, rest := g, g
		first.end, first.close, first.ajar = t[i].end, t[i].end, false
		if t[i].is(",") {
			first.end, first.close = t[i].start, t[i].start
		}
		for j := i + 3; j+2 < len(t); j++ {
			if stops(t[j]) && t[j+1].dash() {
				rest.open, rest.start = t[j+2].start, t[j+2].start
				all := append([]region{counted(text, first)}, within(text, t[i].end, t[j].start)...)
				return append(all, r.parts(text, counted(text, rest))...)
			}
		}
		return append([]region{counted(text, first)}, within(text, t[i].end, g.end)...)
	}
	return []region{g}
}

// within finds the regions of a stretch of text: names of newspapers in an
// attribution.
func within(text string, from, to int) []region {
	all := regions(text[from:to])
	for i := range all {
		g := &all[i]
		g.open, g.close, g.start, g.end = g.open+from, g.close+from, g.start+from, g.end+from
	}
	return all
}

func stops(t token) bool {
	return t.is(",") || t.is(".") || t.is("!") || t.is("?") || t.is("…")
}

// speaks says whether an attribution begins at the token.
func (r *reader) speaks(t []token, i int) bool {
	for k := i; k < len(t) && k < i+3; k++ {
		if r.strong[t[k].low] {
			return true
		}
		if !r.adverb(t[k].low) && !r.pronouns[t[k].low] {
			return false
		}
	}
	return false
}
