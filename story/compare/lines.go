package compare

import (
	"strings"
	"unicode"

	"wireroom/story"
)

// Change is what became of a line.
type Change int

// The changes.
const (
	Same    Change = iota
	Changed        // some of its words, or its picture
	New            // it is not in the older text
	Lost           // it is not in the newer text
	Moved          // it stood elsewhere in the older text
	Left           // it stands elsewhere in the newer text
)

// Line is a line of two texts set into each other.
type Line struct {
	Kind     story.NodeType // ListItem and TableRow for their parts
	Level    int            // of a heading; how deep an item stands
	Change   Change
	Spans    []Span // its words; of a picture, those of its caption
	Block    int    // of the newer body, from 0; of the older if it is lost or left
	Para     int    // the paragraph as readers count it, from 1; 0 is none
	Restyled bool   // emphasis or links changed, in words that stayed
	Retyped  bool   // a paragraph became a heading, or the like
	Was, Now *story.Attrs
}

// Text is what the newer text has of the line; of a lost line, the older.
func (l Line) Text() string {
	var b strings.Builder
	for _, s := range l.Spans {
		if s.Op != Gone || l.Change == Lost || l.Change == Left {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// Replaced reports whether another picture stands in the place of one.
func (l Line) Replaced() bool {
	return l.Kind == story.PictureNode && l.Was != nil && l.Now != nil && l.Was.Picture != l.Now.Picture
}

// identity is what makes two lines the same.
type identity struct {
	kind      story.NodeType
	level     int
	text, key string
}

func (f flat) identity() identity {
	return identity{kind: f.kind, level: f.level, text: f.text, key: f.key}
}

// Bodies sets a newer body into an older one, line by line.
func Bodies(was, now story.Body) []Line {
	a, b := flatten(was), flatten(now)
	var all []Line
	head := 0
	for head < len(a) && head < len(b) && a[head].identity() == b[head].identity() {
		all = append(all, both(a[head], b[head]))
		head++
	}
	a, b = a[head:], b[head:]
	tail := 0
	for tail < len(a) && tail < len(b) && a[len(a)-1-tail].identity() == b[len(b)-1-tail].identity() {
		tail++
	}
	all = between(a[:len(a)-tail], b[:len(b)-tail], all)
	for i := range tail {
		all = append(all, both(a[len(a)-tail+i], b[len(b)-tail+i]))
	}
	moved(all)
	return all
}

// between sets the lines into each other that differ at their first and last:
// by their likeness if they are a story's, by those that are the same if they
// are a book's.
func between(a, b []flat, all []Line) []Line {
	if len(a)*len(b) <= most {
		return pair(a, b, all)
	}
	gone, added := apart(identities(a), identities(b))
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		from, start := i, j
		for i < len(a) && gone[i] {
			i++
		}
		for j < len(b) && added[j] {
			j++
		}
		all = pair(a[from:i], b[start:j], all)
		for i < len(a) && j < len(b) && !gone[i] && !added[j] {
			all = append(all, both(a[i], b[j]))
			i, j = i+1, j+1
		}
	}
	return all
}

func identities(of []flat) []identity {
	all := make([]identity, len(of))
	for i, f := range of {
		all[i] = f.identity()
	}
	return all
}

// both is a line that both texts have, in one wording or two.
func both(a, b flat) Line {
	l := Line{Kind: b.kind, Level: b.level, Spans: Words(a.text, b.text), Block: b.block, Para: b.para, Was: &a.attrs, Now: &b.attrs}
	l.Retyped = a.kind != b.kind || a.kind == story.Heading && a.level != b.level
	l.Restyled = a.style != b.style && (a.text == b.text || links(a.style) != links(b.style))
	if a.text != b.text || a.key != b.key || l.Restyled || l.Retyped {
		l.Change = Changed
	}
	return l
}

// links are the addresses in a style, in order.
func links(style string) string {
	var b strings.Builder
	for {
		_, rest, ok := strings.Cut(style, `"href":"`)
		if !ok {
			return b.String()
		}
		href, _, _ := strings.Cut(rest, `"`)
		b.WriteString(href + "\n")
		style = rest
	}
}

func one(f flat, c Change) Line {
	l := Line{Kind: f.kind, Level: f.level, Change: c, Block: f.block, Para: f.para}
	op := Added
	if l.Now = &f.attrs; c == Lost {
		op, l.Now, l.Was = Gone, nil, &f.attrs
	}
	if f.text != "" {
		l.Spans = []Span{{op, f.text}}
	}
	return l
}

// most bounds the lines that are held against each other, one by one.
const most = 200 * 200

// pair finds for lines that went lines that took their place, in order.
func pair(a, b []flat, all []Line) []Line {
	if len(a)*len(b) > most {
		return alone(b, New, alone(a, Lost, all))
	}
	// best[i][j] is how much a[i:] and b[j:] have in common.
	best := make([][]float64, len(a)+1)
	for i := range best {
		best[i] = make([]float64, len(b)+1)
	}
	alike := make([][]float64, len(a))
	bags := make([]map[string]int, len(b))
	for j := range b {
		bags[j] = bag(b[j].text)
	}
	for i := len(a) - 1; i >= 0; i-- {
		alike[i] = make([]float64, len(b))
		own := bag(a[i].text)
		for j := len(b) - 1; j >= 0; j-- {
			alike[i][j] = likeness(a[i], b[j], own, bags[j])
			best[i][j] = max(best[i+1][j], best[i][j+1], best[i+1][j+1]+alike[i][j])
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case alike[i][j] > 0 && best[i][j] == best[i+1][j+1]+alike[i][j]:
			all = append(all, both(a[i], b[j]))
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			all = append(all, one(a[i], Lost))
			i++
		default:
			all = append(all, one(b[j], New))
			j++
		}
	}
	return alone(b[j:], New, alone(a[i:], Lost, all))
}

func alone(of []flat, c Change, all []Line) []Line {
	for _, f := range of {
		all = append(all, one(f, c))
	}
	return all
}

// enough is the likeness below which a line is another one, not a changed one.
const enough = 0.4

// likePicture is what a picture weighs that stayed: less than a paragraph,
// around which it may have been moved.
const likePicture = 0.6

// likeness is how much of two lines is in both, 0 when they are not of one
// making.
func likeness(a, b flat, words, others map[string]int) float64 {
	special := func(f flat) bool {
		return f.kind == story.PictureNode || f.kind == story.Embed || f.kind == story.TableRow
	}
	switch {
	case a.kind != b.kind && (special(a) || special(b)):
		return 0
	case a.kind == story.PictureNode && a.key == b.key:
		return likePicture
	case a.kind == story.PictureNode:
		return likePicture / 2
	case a.identity() == b.identity():
		return 1
	}
	common, total := 0, 0
	for w, n := range words {
		common += min(n, others[w])
		total += n
	}
	for _, n := range others {
		total += n
	}
	if total == 0 {
		return 0
	}
	if l := 2 * float64(common) / float64(total); l >= enough {
		return l
	}
	return 0
}

// bag counts the words of a text.
func bag(text string) map[string]int {
	words := map[string]int{}
	for _, w := range split(text) {
		if !blank(w) && strings.IndexFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) >= 0 {
			words[w]++
		}
	}
	return words
}

// moved finds lines that were lost in one place and are new in another.
func moved(all []Line) {
	lost := map[identity][]int{}
	for i, l := range all {
		if l.Change == Lost && l.Text()+l.Was.Picture != "" {
			lost[l.moving()] = append(lost[l.moving()], i)
		}
	}
	for i := range all {
		if all[i].Change != New {
			continue
		}
		at := lost[all[i].moving()]
		if len(at) == 0 {
			continue
		}
		lost[all[i].moving()] = at[1:]
		from := &all[at[0]]
		from.Change, all[i].Change, all[i].Was = Left, Moved, from.Was
		if len(from.Spans)+len(all[i].Spans) > 0 {
			all[i].Spans = Words(from.Text(), all[i].Text())
		}
	}
}

// moving is what a line takes along when it moves: a picture moves with another
// caption too.
func (l Line) moving() identity {
	attrs := l.Now
	if attrs == nil {
		attrs = l.Was
	}
	if l.Kind == story.PictureNode {
		return identity{kind: l.Kind, key: attrs.Picture}
	}
	return identity{kind: l.Kind, text: l.Text()}
}
