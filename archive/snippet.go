package archive

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wireroom/archive/lexis"
	"wireroom/reveal"
)

// Mark is a piece of text; Found is whether it is what was looked for.
type Mark struct {
	Text  string
	Found bool
}

const (
	// snippetWords is how long a snippet is about.
	snippetWords = 32
	// before is how many words stand before the first that was found.
	before = 6
)

// hit makes what is shown of a story: of what the viewer has, and no more.
func hit(words *lexis.Reader, r reveal.Rendition, marks marks) Hit {
	h := Hit{Rendition: r}
	title := r.Headline()
	text, bodied := parted(r)
	head, tokens := words.Story(title, text, string(r.Lang()))
	h.Title = marked(title, marks.in(head), 0, len(title))
	found := marks.in(tokens)
	if len(tokens) == 0 {
		return h
	}
	first := best(found)
	start := max(first-before, 0)
	last := len(text)
	// The text is not shown with the names and words behind it.
	if tokens[first].Start < bodied {
		last = bodied
	}
	for last > bodied && tokens[start].Start < bodied {
		start++
	}
	end := min(start+snippetWords, len(tokens))
	whole := end == len(tokens)
	for tokens[end-1].Start >= last {
		end, whole = end-1, true
	}
	from, to := tokens[start].Start, tokens[end-1].End
	if whole {
		to = last
	}
	h.Snippet = marked(text, found, from, to)
	if start > 0 {
		h.Snippet = append([]Mark{{Text: "… "}}, h.Snippet...)
	}
	if !whole {
		h.Snippet = append(h.Snippet, Mark{Text: " …"})
	}
	return h
}

// marks are the terms that are looked for.
type marks struct {
	terms      map[string]bool
	beginnings []string
}

// sought parts the terms from the beginnings, after which a star stands.
func sought(all map[string]bool) marks {
	m := marks{terms: all}
	for term := range all {
		if beginning, ok := strings.CutSuffix(term, "*"); ok {
			m.beginnings = append(m.beginnings, beginning)
		}
	}
	return m
}

func (m marks) has(t lexis.Token) bool {
	for _, term := range t.Terms {
		if m.terms[term] {
			return true
		}
	}
	return slices.ContainsFunc(m.beginnings, func(b string) bool { return strings.HasPrefix(t.Terms[0], b) })
}

// found is a token that is looked for, by its place among all.
type found struct {
	lexis.Token
	place int
}

func (m marks) in(tokens []lexis.Token) []found {
	var all []found
	for i, t := range tokens {
		if m.has(t) {
			all = append(all, found{t, i})
		}
	}
	return all
}

// best is where the stretch with the most different finds begins.
func best(all []found) int {
	first, most := 0, 0
	terms := map[string]bool{}
	for i, t := range all {
		clear(terms)
		for _, other := range all[i:] {
			if other.place >= t.place+snippetWords-before {
				break
			}
			terms[other.Terms[0]] = true
		}
		if len(terms) > most {
			first, most = t.place, len(terms)
		}
	}
	return first
}

// marked gives the text between two bytes with the finds marked.
func marked(text string, all []found, from, to int) []Mark {
	var marks []Mark
	at := from
	add := func(end int, hit bool) {
		if piece := strings.Join(strings.Fields(text[at:end]), " "); piece != "" || end > at {
			marks = append(marks, Mark{spaced(text[at:end], piece), hit})
		}
		at = end
	}
	for _, t := range all {
		if t.Start >= at && t.End <= to {
			if t.Start > at {
				add(t.Start, false)
			}
			add(t.End, true)
		}
	}
	if at < to {
		add(to, false)
	}
	return marks
}

// spaced keeps a space where the piece began or ended with any.
func spaced(text, piece string) string {
	if piece == "" {
		return " "
	}
	if first, _ := utf8.DecodeRuneInString(text); unicode.IsSpace(first) {
		piece = " " + piece
	}
	if last, _ := utf8.DecodeLastRuneInString(text); unicode.IsSpace(last) {
		piece += " "
	}
	return piece
}
