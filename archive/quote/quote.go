package quote

// Headline is the paragraph number of what stands in the headline.
const Headline = -1

// Span is a piece of the story: bytes of one paragraph.
type Span struct {
	Paragraph  int // from 0, or Headline
	Start, End int
}

// Rule names how a speaker was found, for the editor who confirms.
type Rule string

// The rules, the surest first.
const (
	After    Rule = "after"    // “…,” she said
	Split    Rule = "split"    // the quotation goes on behind its attribution
	Continue Rule = "continue" // a quotation over paragraphs
	Label    Rule = "label"    // NAME: …, within the marks of a transcript
	Before   Rule = "before"   // she said: “…”
	Dash     Rule = "dash"     // … – she, in a headline
	Phrase   Rule = "phrase"   // according to her, “…”
	Tail     Rule = "tail"     // it is “…” to them, she said
	Weak     Rule = "weak"     // she called it “…”
	Noun     Rule = "noun"     // her statement that “…”
	Nearby   Rule = "nearby"   // nobody says so; she spoke last
)

// Quotation is what somebody said.
type Quotation struct {
	Words      Span   // between the marks
	Text       string // as it stands there
	Insertions []Span // the editor's [brackets] in it
	Speaker    Span   // who, as the text names them beside the verb; of several words
	Mention    string // its text
	Verb       Span   // empty with Dash and Nearby
	Who        string // the fullest name that the story gives the speaker; "" if none
	Via        string // who told of it, in "he called them “…,” the ambassador recalled"
	Rule       Rule
	Named      bool // the mention itself is a name, no pronoun and no description
	Certain    bool // may stand without an editor's confirmation
	Continues  int  // the quotation of which this is the next part; -1 if none
}

// Story is a text to look through.
type Story struct {
	Language   string // en, ru or be
	Headline   string
	Paragraphs []string
	// Same says whether two names are spellings of one; nil takes them letter
	// by letter, but for case endings.
	Same func(a, b string) bool
}

// place is a mention: tokens of one paragraph.
type place struct{ para, from, to int }

// said is what the grammar found out about one region.
type said struct {
	speaker place
	verb    int // token; -1 without
	rule    Rule
	via     place
	from    *said // the quotation that it goes on from
	close   bool  // of a weak verb: nobody else speaks in the sentence
}

// paragraph is a paragraph cut into tokens, with what is known of its regions.
type paragraph struct {
	text    string
	regions []region
	tokens  []token
	said    []*said
	begins  []int // token where the sentence of each token begins
	ends    []int // token behind its last
}

// reader goes through one story.
type reader struct {
	*tongue
	story Story
	paras []*paragraph

	named    []person // each place where the story names somebody in full
	people   []person // each of them once, where first named
	subjects []voice  // who else may be meant by "he"
	voices   []voice  // who has spoken by name, in the order of the text
}

func tongueOf(language string) *tongue {
	switch language {
	case "ru":
		return russian
	case "be":
		return belarusian
	}
	return english
}

// Find gives the quotations of a story in the order of the text.
func Find(s Story) []Quotation {
	r := &reader{tongue: tongueOf(s.Language), story: s}
	for _, text := range s.Paragraphs {
		r.paras = append(r.paras, r.paragraph(text))
	}
	for p := range r.paras {
		r.attribute(p)
	}
	r.neighbours()
	r.findPeople()
	r.findSubjects()
	return r.quotations(r.headline())
}

// longestSentence is how many tokens belong together: what has more is no
// sentence, and would take long.
const longestSentence = 200

func (r *reader) paragraph(text string) *paragraph {
	p := &paragraph{text: text, regions: regions(text)}
	if r.free {
		p.regions = r.cut(text, p.regions)
	}
	p.tokens = tokens(text, p.regions)
	p.said = make([]*said, len(p.regions))
	p.begins, p.ends = make([]int, len(p.tokens)), make([]int, len(p.tokens))
	begin := 0
	for i := range p.tokens {
		p.begins[i] = begin
		if r.closes(p, i) || i == len(p.tokens)-1 || i-begin >= longestSentence {
			for j := begin; j <= i; j++ {
				p.ends[j] = i + 1
			}
			begin = i + 1
		}
	}
	return p
}
