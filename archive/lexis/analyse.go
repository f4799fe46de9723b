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
const Version = 1

// Token is a word of a text.
type Token struct {
	Start, End int      // the bytes of the text that it is
	Terms      []string // its stem, then the keys of the name that it may be
}

// Reader makes tokens of texts. It remembers words, so it is fast after a
// while, and it is for one goroutine at a time.
type Reader struct {
	known map[spelling]reading
	parts []part // of the text at hand
}

// mostKnown bounds what a Reader remembers.
const mostKnown = 1 << 16

type spelling struct{ word, lang string }

// reading is what a word comes to without and with the keys of its name.
type reading struct {
	folded      string
	plain, full []string
}

// part is a word as it stands in a text.
type part struct {
	start, end      int
	word            string
	capital, opener bool // has a capital; begins a sentence
	reading         reading
}

// Text gives the tokens of a text in the language. A word that begins a
// sentence counts as a name unless the same text has it in lower case too.
func (r *Reader) Text(text, lang string) []Token {
	return r.tokens(text, lang, map[string]bool{}, false)
}

// Story gives the tokens of a headline and of what stands below it. Headlines
// may have capitals everywhere, so none of their words counts as a name that
// the text has in lower case.
func (r *Reader) Story(headline, text, lang string) (head, body []Token) {
	lower := map[string]bool{}
	body = r.tokens(text, lang, lower, false)
	return r.tokens(headline, lang, lower, true), body
}

// tokens adds to lower what stands in lower case. With a capital everywhere,
// each word is looked at like one that begins a sentence.
func (r *Reader) tokens(text, lang string, lower map[string]bool, everywhere bool) []Token {
	r.parts = split(r.parts[:0], text)
	for i := range r.parts {
		p := &r.parts[i]
		p.reading = r.read(p.word, lang)
		if !p.capital {
			lower[p.reading.folded] = true
		}
	}
	tokens := make([]Token, 0, len(r.parts))
	for _, p := range r.parts {
		if p.reading.folded == "" {
			continue
		}
		t := Token{p.start, p.end, p.reading.plain}
		if p.capital && !((p.opener || everywhere) && (lower[p.reading.folded] || common[p.reading.folded])) {
			t.Terms = p.reading.full
		}
		tokens = append(tokens, t)
	}
	return tokens
}

func (r *Reader) read(word, lang string) reading {
	key := spelling{word, lang}
	if known, ok := r.known[key]; ok {
		return known
	}
	if r.known == nil || len(r.known) >= mostKnown {
		r.known = make(map[spelling]reading)
	}
	made := reading{folded: fold(word)}
	if made.folded != "" {
		made.plain = stems(made.folded, lang)
		made.full = made.plain
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(first) {
			made.full = append(slices.Clone(made.plain), named(names.Keys(word, names.Written))...)
		}
	}
	// The word is a piece of a text that may be large and must not be kept.
	r.known[spelling{strings.Clone(word), lang}] = made
	return made
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
