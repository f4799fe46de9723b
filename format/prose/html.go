package prose

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"wireroom/story"
)

// maxLists is how deep lists may stand in lists; deeper ones are flattened.
const maxLists = 4

// HTML reads HTML, or XML with HTML's names, as blocks. What a body can't hold
// is left: pictures' addresses, for instance. It stops when there is no room.
func HTML(markup string) Reading {
	b := build(markup)
	return Reading{Blocks: b.top, Dateline: strings.TrimSpace(b.dateline), Left: b.left, Size: story.MaxBody - int(b.room)}
}

func build(markup string) *builder {
	if _, rest, ok := strings.Cut(markup, "<body.content>"); ok {
		markup = rest // NITF: what stands before is its head and repeats other fields
	}
	return (&builder{room: story.MaxBody}).read(markup)
}

func (b *builder) read(markup string) *builder {
	z := html.NewTokenizer(strings.NewReader(markup))
	for b.room >= 0 {
		switch z.Next() {
		case html.ErrorToken:
			b.closeAll()
			return b
		case html.TextToken:
			b.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			b.start(t)
			if t.Type == html.SelfClosingTagToken && !isVoid(t.Data) {
				b.end(t.Data)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			b.end(string(name))
		case html.CommentToken:
			if b.plates != nil {
				b.plates.comment(b, string(z.Text()))
			}
		}
	}
	return b
}

func isVoid(tag string) bool { return tag == "br" || tag == "hr" || tag == "img" }

// Text reads plain text: blank lines part paragraphs; where there are none,
// lines do. It stops when there is no room left in a body.
func Text(s string) Reading {
	blocks, left := paragraphs(s)
	return Reading{Blocks: blocks, Size: story.MaxBody - int(left)}
}

func paragraphs(s string) (blocks []story.Node, left room) {
	s = strings.Trim(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), "\n")
	left = story.MaxBody
	var p []story.Node
	flush := func() {
		if p != nil {
			blocks = append(blocks, story.Para(p...))
		}
		p = nil
	}
	parted := false
	for l := range strings.SplitSeq(s, "\n") {
		parted = parted || strings.TrimSpace(l) == ""
	}
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.TrimSpace(l); l == "" {
			flush()
			continue
		}
		if !left.take(leastNode + len(l)) {
			return nil, left
		}
		if p != nil {
			p = append(p, story.Node{Type: story.HardBreak})
		}
		p = append(p, story.Plain(l))
		if !parted {
			flush()
		}
	}
	flush()
	return blocks, left
}

// builder grows blocks out of tags, whatever their order.
type builder struct {
	top     []story.Node
	frames  []story.Node // open lists, items, quotations, tables, rows, cells
	inline  []story.Node // of the paragraph that grows
	level   int          // of the heading that grows; 0 is a paragraph
	strong  int
	em      int
	links   []string
	skip    string // tag whose content is no text
	skipped int    // how many of it are open
	pre     int
	kept    string // tag in which each blank counts, by its style
	dating  bool   // the dateline grows
	space   bool   // white space that may be needed before the next word
	left    []Left
	room    room

	dateline string
	plates   *plates // nil leaves pictures and embeds out
}

var noText = map[string]bool{"script": true, "style": true, "head": true, "template": true, "noscript": true, "svg": true, "math": true}

// elsewhere are things that a body refers to but can't hold, with the
// attribute that names them.
var elsewhere = map[string]string{"img": "src", "iframe": "src", "video": "src", "audio": "src", "embed": "src", "object": "data", "source": "src"}

func (b *builder) start(t html.Token) {
	if b.skip != "" {
		if t.Data == b.skip {
			b.skipped++
		}
		return
	}
	if noText[t.Data] && t.Type != html.SelfClosingTagToken {
		b.skip, b.skipped = t.Data, 1
		return
	}
	if b.plates != nil && b.plates.start(b, t) {
		return
	}
	if name, ok := elsewhere[t.Data]; ok {
		b.leave(t, name, "alt")
		return
	}
	b.keep(t)
	switch t.Data {
	case "br":
		b.hardBreak()
	case "span":
		b.dating = b.dateline == "" && len(b.inline) == 0 && attr(t, "class") == "dateline"
	case "strong", "b":
		b.strong++
	case "em", "i":
		b.em++
	case "a":
		b.room.take(leastNode)
		b.links = append(b.links, b.href(t))
	case "pre":
		b.flush()
		b.pre++
	case "h1", "h2", "h3", "h4", "h5", "h6", "hl2":
		b.flush()
		if len(b.frames) == 0 {
			b.level = min(max(int(t.Data[1]-'0'), 2), 4)
		}
	default:
		b.open(t.Data)
	}
}

func (b *builder) end(tag string) {
	if b.skip != "" {
		if tag == b.skip {
			if b.skipped--; b.skipped == 0 {
				b.skip = ""
			}
		}
		return
	}
	if b.plates != nil && b.plates.end(b, tag) {
		return
	}
	if tag == b.kept {
		b.flush()
		b.kept = ""
	}
	switch tag {
	case "span":
		b.dating = false
	case "strong", "b":
		b.strong = max(b.strong-1, 0)
	case "em", "i":
		b.em = max(b.em-1, 0)
	case "a":
		b.links = b.links[:max(len(b.links)-1, 0)]
	case "pre":
		b.flush()
		b.pre = max(b.pre-1, 0)
	case "br":
		b.hardBreak() // browsers read </br> so
	default:
		b.close(tag)
	}
}

// keep begins a block whose style keeps its blanks, or one in which they count
// as HTML has it.
func (b *builder) keep(t html.Token) {
	switch t.Data {
	case "p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6":
		b.flush()
		b.kept = ""
		if style := attr(t, "style"); strings.Contains(style, "white-space") && strings.Contains(style, "pre") {
			b.kept = t.Data
		}
	}
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// href gives a link's address if a story may have it; else it is left.
func (b *builder) href(t html.Token) string {
	for _, a := range t.Attr {
		if a.Key == "href" {
			if h := strings.TrimSpace(a.Val); story.SafeHref(h) && len(h) <= 2000 {
				return h
			}
		}
	}
	b.leave(t, "href")
	return ""
}

func (b *builder) leave(t html.Token, names ...string) {
	for _, a := range t.Attr {
		if slices.Contains(names, a.Key) && strings.TrimSpace(a.Val) != "" {
			b.room.take(leastNode)
			b.left = append(b.left, Left{t.Data + " " + a.Key, a.Val})
		}
	}
}

func (b *builder) text(s string) {
	if b.plates != nil && b.plates.caption != nil {
		b.plates.caption.text(s)
		return
	}
	if b.skip != "" {
		return
	}
	if b.dating {
		if b.room.take(len(s)) {
			b.dateline += s
		}
		return
	}
	if b.pre > 0 || b.kept != "" {
		if b.kept != "" && b.dateline != "" && len(b.inline) == 0 {
			s = strings.TrimPrefix(s, " ")
		}
		first := true
		for l := range strings.SplitSeq(strings.ReplaceAll(s, "\r", ""), "\n") {
			if !first {
				b.hardBreak()
			}
			first = false
			b.words(l)
		}
		return
	}
	var words strings.Builder
	for w := range strings.FieldsFuncSeq(s, isBlank) {
		if words.Len() > 0 {
			words.WriteByte(' ')
		}
		words.WriteString(w)
	}
	b.space = b.space || s != "" && isBlank(rune(s[0]))
	b.words(words.String())
	b.space = b.space || words.Len() > 0 && isBlank(rune(s[len(s)-1]))
}

// isBlank is HTML's white space; a no-break space is none.
func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

// longText bounds what is joined, so that many tags take linear time.
const longText = 1 << 16

// words adds to the paragraph, with the space that came before.
func (b *builder) words(s string) {
	if s == "" || !b.room.take(len(s)) {
		return
	}
	last := len(b.inline) - 1
	n := story.Plain(s)
	n.Marks = b.marks()
	if b.space && last >= 0 && b.inline[last].Type == story.Text {
		// A space between differently marked texts has the marks of neither,
		// but for those of both.
		switch before := b.inline[last].Marks; {
		case subset(before, n.Marks):
			b.inline[last].Text += " "
		case subset(n.Marks, before):
			n.Text = " " + s
		default:
			b.inline = append(b.inline, story.Plain(" "))
			last++
		}
	}
	b.space = false
	if last >= 0 && b.inline[last].Type == story.Text && sameMarks(b.inline[last].Marks, n.Marks) && len(b.inline[last].Text) < longText {
		b.inline[last].Text += n.Text
		return
	}
	b.room.take(leastNode)
	b.inline = append(b.inline, n)
}

func (b *builder) marks() []story.Mark {
	var m []story.Mark
	if n := len(b.links); n > 0 && b.links[n-1] != "" {
		m = append(m, story.Mark{Type: story.Link, Attrs: &story.MarkAttrs{Href: b.links[n-1]}})
	}
	if b.strong > 0 {
		m = append(m, story.Mark{Type: story.Strong})
	}
	if b.em > 0 {
		m = append(m, story.Mark{Type: story.Emphasis})
	}
	return m
}

func sameMarks(a, b []story.Mark) bool { return len(a) == len(b) && subset(a, b) }

func subset(a, b []story.Mark) bool {
	for _, m := range a {
		same := func(o story.Mark) bool {
			return m.Type == o.Type && (m.Attrs == nil || o.Attrs != nil && m.Attrs.Href == o.Attrs.Href)
		}
		if !slices.ContainsFunc(b, same) {
			return false
		}
	}
	return true
}

func (b *builder) hardBreak() {
	b.space = false
	if len(b.inline) > 0 && b.room.take(leastNode) {
		b.inline = append(b.inline, story.Node{Type: story.HardBreak})
	}
}
