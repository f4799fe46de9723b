package lexis

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wireroom/archive/names"
)

// Version is that of everything the package makes of a text. It grows with
// each change by which a word gets other terms.
const Version = 3

// Token is a word of a text.
type Token struct {
	Start, End int      // the bytes of the text that it is
	Terms      []string // its stem, then the keys of the name that it may be: letters and digits alone
}

// Reader makes tokens of texts. It remembers words, so it is fast after a
// while, and it is for one goroutine at a time.
type Reader struct {
	Modest bool // it remembers a quarter: enough for single stories, not for an archive

	known map[string]map[string]*reading // by language and word
	plain map[string]*folded
	count int    // of the words known
	text  int    // the number of the text at hand
	parts []part // of it
	story [2][]Token
}

// mostKnown bounds what a Reader remembers between texts.
const mostKnown = 1 << 16

// reading is what a word comes to without and with the keys of its name.
type reading struct {
	*folded     // nil where the word has no letters
	plain, full []string
	again       bool // it came more than once
}

// folded is what the spellings of a word have in common.
type folded struct {
	word   string
	common bool
	lower  int // the last text that has it in lower case
}

// part is a word as it stands in a text.
type part struct {
	start, end      int
	word            string
	capital, opener bool // has a capital; begins a sentence
	reading         *reading
}

// Text gives the tokens of a text in the language. A word that begins a
// sentence counts as a name unless the same text has it in lower case too.
func (r *Reader) Text(text, lang string) []Token {
	r.begin()
	return r.tokens(nil, text, lang, false)
}

// Story gives the tokens of a headline and of what stands below it, which are
// good until the next story. Headlines may have capitals everywhere, so none of
// their words counts as a name that the text has in lower case.
func (r *Reader) Story(headline, text, lang string) (head, body []Token) {
	r.begin()
	r.story[1] = r.tokens(r.story[1], text, lang, false)
	r.story[0] = r.tokens(r.story[0], headline, lang, true)
	return r.story[0], r.story[1]
}

// tokens notes what stands in lower case, and writes over what room is given.
// With a capital everywhere, each word is looked at like one that begins a
// sentence.
func (r *Reader) tokens(room []Token, text, lang string, everywhere bool) []Token {
	r.parts = split(r.parts[:0], text)
	known := r.known[lang]
	if known == nil {
		known = make(map[string]*reading)
		r.known[lang] = known
	}
	for i := range r.parts {
		p := &r.parts[i]
		if p.reading = known[p.word]; p.reading == nil {
			// The word is a piece of a text that may be large and must not be kept.
			word := strings.Clone(p.word)
			p.reading = r.read(word, lang)
			known[word] = p.reading
			r.count++
		} else {
			p.reading.again = true
		}
		if !p.capital && p.reading.folded != nil {
			p.reading.lower = r.text
		}
	}
	tokens := slices.Grow(room[:0], len(r.parts))
	for _, p := range r.parts {
		f := p.reading.folded
		if f == nil {
			continue
		}
		t := Token{p.start, p.end, p.reading.plain}
		if p.capital && !((p.opener || everywhere) && (f.lower == r.text || f.common)) {
			t.Terms = p.reading.full
		}
		tokens = append(tokens, t)
	}
	return tokens
}

func (r *Reader) read(word, lang string) *reading {
	plain := fold(word)
	if plain == "" {
		return &reading{}
	}
	f := r.plain[plain]
	if f == nil {
		f = &folded{word: plain, common: common[plain]}
		r.plain[plain] = f
	}
	made := &reading{folded: f, plain: stems(plain, lang)}
	made.full = made.plain
	if first, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(first) {
		made.full = append(slices.Clone(made.plain), named(names.Keys(genitive(word), names.Written))...)
	}
	return made
}

// most is how many words the reader remembers.
func (r *Reader) most() int {
	if r.Modest {
		return mostKnown / 4
	}
	return mostKnown
}

// begin begins a text. Words are forgotten between texts alone, so that within
// one all spellings of a word share what is noted of it.
func (r *Reader) begin() {
	r.text++
	if r.known != nil && r.count < r.most() {
		return
	}
	r.forgetOnce()
	if r.known == nil || r.count > r.most()/2 {
		r.known, r.count = map[string]map[string]*reading{}, 0
		r.plain = map[string]*folded{}
	}
}

// forgetOnce forgets what came only once since it was called before: half of
// all words never come again.
func (r *Reader) forgetOnce() {
	r.plain, r.count = map[string]*folded{}, 0
	for _, known := range r.known {
		for word, made := range known {
			if !made.again {
				delete(known, word)
				continue
			}
			made.again = false
			r.count++
			if made.folded != nil {
				r.plain[made.word] = made.folded
			}
		}
	}
}

// leastKey is how short a key may be. Of two letters are half the words.
const leastKey = 3

func named(keys []string) []string {
	return slices.DeleteFunc(keys, func(k string) bool { return len(k) < leastKey })
}

// Asked is a word of a query.
type Asked struct {
	Stems []string // one for each language that it may be of
	Names []string // the keys under which its name may stand
}

// Terms is all that finds the word.
func (a Asked) Terms() []string { return append(slices.Clone(a.Stems), a.Names...) }

// Ask reads a word that somebody typed, in whatever language. A word of several
// parts, such as one with a hyphen, gives one for each.
func Ask(words string) []Asked {
	var all []Asked
	for _, p := range split(nil, words) {
		folded := fold(p.word)
		if folded == "" {
			continue
		}
		a := Asked{Stems: stems(folded, "")}
		switch word := genitive(p.word); {
		case common[folded]:
		case p.capital:
			a.Names = named(names.Query(word))
		default:
			a.Names = names.QueryLower(word)
		}
		all = append(all, a)
	}
	return all
}

// Prefix gives the folded beginning of a word that somebody typed before a star.
func Prefix(word string) string { return fold(word) }

// common words open sentences and are nobody's name.
var common = set(`the a an this that these those it he she they we you i his her their its our in on at by for from
	to of with and but or if when while after before as there here what who how why not no yes all some more most
	many such other new than then also even only both each now is are was were has have had will would can could may
	што гэта гэты гэтая як калі але у ў на па з за да не і або ці ён яна яно яны мы вы я яго яе іх пра для ад пасля
	перад каб дзе там тут так таксама ужо яшчэ толькі усе сёння учора паводле
	что это этот эта как когда но в на по с за до не и или он она оно они мы вы я его её ее их о для от после перед
	чтобы где там тут так также уже ещё еще только все сегодня вчера согласно`)
