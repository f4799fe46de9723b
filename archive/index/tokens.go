package index

import (
	"strings"

	"github.com/ncruces/go-sqlite3/ext/fts5"
)

// between parts the terms of one position in what FTS5 is given. No term has it.
const between = '|'

// tokenizer takes apart what encode put together: lexis has already read the
// text, so that both engines hold the same.
type tokenizer struct{}

func (tokenizer) Tokenize(_ fts5.TokenizeFlag, text, _ string, token fts5.TokenCallback) error {
	start, flag := 0, fts5.TokenFlag(0)
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] != ' ' && text[i] != between {
			continue
		}
		if i > start {
			if err := token(flag, "", start, i); err != nil {
				return err
			}
		}
		start, flag = i+1, 0
		if i < len(text) && text[i] == between {
			flag = fts5.TOKEN_COLOCATED
		}
	}
	return nil
}

// encode writes positions for the tokenizer. Words are letters and digits.
func encode(b *strings.Builder, positions [][]string) {
	for i, terms := range positions {
		if i > 0 {
			b.WriteByte(' ')
		}
		for j, term := range terms {
			if j > 0 {
				b.WriteByte(between)
			}
			b.WriteString(term)
		}
	}
}

func encoded(positions [][]string) string {
	size := 0
	for _, terms := range positions {
		for _, term := range terms {
			size += len(term) + 1
		}
	}
	var b strings.Builder
	b.Grow(size)
	encode(&b, positions)
	return b.String()
}

// safely is for terms that may be anything: an agency's own names, a query.
func safely(terms []string) []string {
	clean := make([]string, len(terms))
	for i, t := range terms {
		clean[i] = safe.Replace(t)
	}
	return clean
}

var safe = strings.NewReplacer("|", "", " ", "", `"`, "", "\x00", "")
