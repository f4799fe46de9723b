package archive

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// longestQuery is in bytes; what is longer is cut.
	longestQuery = 500
	// mostParts bounds the words and signs of a query.
	mostParts = 40
)

// sign is what a part of a query is.
type sign int

const (
	signWord sign = iota
	signPhrase
	signAnd
	signOr
	signNot
	signNear
	signOpen
	signClose
)

// piece is a part of a query as it was typed.
type piece struct {
	sign   sign
	field  string // before the colon, in lower case; "" is none
	text   string
	prefix bool // a star follows
}

// operators are the words that join, in capitals, in the three languages.
var operators = map[string]sign{
	"AND": signAnd, "OR": signOr, "NOT": signNot, "NEAR": signNear,
	"И": signAnd, "ИЛИ": signOr, "НЕ": signNot, "РЯДОМ": signNear,
	"І": signAnd, "АБО": signOr, "ПОБАЧ": signNear,
}

// pieces takes a query apart. Whatever is typed has pieces; nothing is wrong.
func pieces(query string) []piece {
	if len(query) > longestQuery {
		query = strings.ToValidUTF8(query[:longestQuery], "")
	}
	var all []piece
	for query = strings.TrimSpace(query); query != "" && len(all) < mostParts; query = strings.TrimSpace(query) {
		var p piece
		p, query = next(query)
		if p.sign > signPhrase || p.text != "" {
			all = append(all, p)
		}
	}
	return all
}

// next takes the first piece off a query that begins with no space.
func next(query string) (piece, string) {
	switch query[0] {
	case '(':
		return piece{sign: signOpen}, query[1:]
	case ')':
		return piece{sign: signClose}, query[1:]
	case '-':
		if r, _ := utf8.DecodeRuneInString(query[1:]); !unicode.IsSpace(r) && len(query) > 1 && r != '-' {
			return piece{sign: signNot}, query[1:]
		}
	}
	if open, ok := quote(query); ok {
		return phrase(query[len(open):])
	}
	end := strings.IndexFunc(query, func(r rune) bool {
		return unicode.IsSpace(r) || r == '(' || r == ')' || strings.ContainsRune(quotes, r)
	})
	if end < 0 {
		end = len(query)
	}
	word, rest := query[:end], query[end:]
	if s, ok := operators[word]; ok {
		return piece{sign: s}, rest
	}
	field, value, ok := strings.Cut(word, ":")
	if !ok || field == "" {
		return piece{text: strings.TrimRight(word, "*"), prefix: strings.HasSuffix(word, "*")}, rest
	}
	if known, ok := fields[strings.ToLower(field)]; ok {
		p := piece{field: known, text: strings.TrimRight(value, "*"), prefix: strings.HasSuffix(value, "*")}
		if value == "" {
			rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
			var after piece
			if rest != "" {
				after, rest = next(rest)
			}
			p.text, p.sign, p.prefix = after.text, after.sign, after.prefix
			if p.sign > signPhrase {
				p.sign = signWord
			}
		}
		return p, rest
	}
	return piece{text: field + " " + value}, rest
}

const quotes = "\"“”„«»"

// quote gives the mark with which a phrase opens.
func quote(query string) (string, bool) {
	r, n := utf8.DecodeRuneInString(query)
	return query[:n], strings.ContainsRune(quotes, r)
}

// phrase reads to the closing mark, or to the end where there is none.
func phrase(query string) (piece, string) {
	end := strings.IndexFunc(query, func(r rune) bool { return strings.ContainsRune(quotes, r) })
	if end < 0 {
		return piece{sign: signPhrase, text: query}, ""
	}
	_, n := utf8.DecodeRuneInString(query[end:])
	p, rest := piece{sign: signPhrase, text: query[:end]}, query[end+n:]
	if strings.HasPrefix(rest, "*") {
		p.prefix, rest = true, rest[1:]
	}
	return p, rest
}

// fields are the names of the filters in the three languages.
var fields = map[string]string{
	"section": "section", "раздел": "section", "рубрика": "section", "раздзел": "section", "рубрыка": "section",
	"language": "language", "lang": "language", "язык": "language", "мова": "language",
	"person": "person", "who": "person", "персона": "person", "человек": "person", "асоба": "person",
	"said": "said", "says": "said", "сказал": "said", "сказала": "said", "сказаў": "said",
	"place": "place", "where": "place", "место": "place", "месца": "place",
	"topic": "topic", "тема": "topic", "тэма": "topic",
	"date": "date", "when": "date", "дата": "date",
	"since": "since", "after": "since", "from": "since", "с": "since", "после": "since", "з": "since", "пасля": "since",
	"before": "before", "until": "before", "до": "before", "да": "before",
}
