package markup

import "wireroom/story"

// pairBrackets joins each closing bracket with the nearest open one, and gives
// that one the mark.
func pairBrackets(tokens []token) []token {
	var open []int
	for i, t := range tokens {
		switch {
		case t.kind == openBracket:
			open = append(open, i)
		case t.kind == closeBracket && len(open) > 0:
			last := open[len(open)-1]
			open = open[:len(open)-1]
			tokens[i].pair, tokens[last].pair = last, i
			tokens[last].mark = t.mark
		}
	}
	return tokens
}

// nesting decides, sign by sign, what opens and closes. Marks never cross and
// none stands in itself; a sign that would break this is text.
type nesting struct {
	in   []token
	out  []token
	open []int // in out, of what is open
}

func nest(tokens []token) []token {
	n := &nesting{in: tokens}
	for _, t := range tokens {
		switch t.kind {
		case stars:
			n.stars(t)
		case openBracket:
			t.opens = true
			t.isPlain = t.pair < 0 || n.find(t.mark.Type) >= 0
			n.put(t)
			if t.pair >= 0 {
				n.in[t.pair].isPlain = t.isPlain
			}
		case closeBracket:
			t = n.closing(t)
			n.put(t)
		default:
			n.put(t)
		}
	}
	n.drop(0)
	return n.out
}

func (n *nesting) put(t token) {
	n.out = append(n.out, t)
	if t.opens && !t.isPlain {
		n.open = append(n.open, len(n.out)-1)
	}
}

// find gives the place among the open marks, or -1.
func (n *nesting) find(m story.MarkType) int {
	for i, at := range n.open {
		if n.out[at].mark.Type == m {
			return i
		}
	}
	return -1
}

// drop makes the open signs from place i on text.
func (n *nesting) drop(i int) {
	for _, at := range n.open[i:] {
		n.out[at].isPlain = true
	}
	n.open = n.open[:i]
}

func (n *nesting) closing(t token) token {
	if t.pair < 0 || n.in[t.pair].pair < 0 {
		t.isPlain = true
		return t
	}
	if t = n.in[n.in[t.pair].pair]; t.isPlain {
		return t
	}
	i := n.find(t.mark.Type)
	n.drop(i + 1)
	n.open = n.open[:i]
	return t
}

// stars reads a run of stars as signs of strong and emphasis.
func (n *nesting) stars(t token) {
	if t.spaced {
		t.isPlain = true
		n.put(t)
		return
	}
	for rest := len(t.raw); rest > 0; {
		top := len(n.open) - 1
		width := starWidth(rest, top >= 0 && n.out[n.open[top]].mark.Type == story.Emphasis)
		rest -= width
		n.star(width)
	}
}

func (n *nesting) star(width int) {
	mark := story.Emphasis
	if width == 2 {
		mark = story.Strong
	}
	t := token{kind: stars, raw: "**"[:width], mark: story.Mark{Type: mark}}
	i := n.find(mark)
	switch {
	case i < 0:
		t.opens = true
	case n.bracketAbove(i):
		t.isPlain = true
	default:
		n.drop(i + 1)
		n.open = n.open[:i]
	}
	n.put(t)
}

func (n *nesting) bracketAbove(i int) bool {
	for _, at := range n.open[i+1:] {
		if n.out[at].kind == openBracket {
			return true
		}
	}
	return false
}
