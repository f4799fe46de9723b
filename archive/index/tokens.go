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

// encode writes positions for the tokenizer.
func encode(b *strings.Builder, positions [][]string) {
	for i, terms := range positions {
		if i > 0 {
			b.WriteByte(' ')
		}
		for j, term := range terms {
			if j > 0 {
				b.WriteByte(between)
			}
			b.WriteString(safe.Replace(term))
		}
	}
}

var safe = strings.NewReplacer("|", "", " ", "", `"`, "", "\x00", "")

func encoded(positions [][]string) string {
	var b strings.Builder
	encode(&b, positions)
	return b.String()
}
