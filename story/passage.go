package story

import (
	"strings"
	"unicode"
)

// Passage finds where a quoted passage stands in the body: the number of its
// block from 0, the one nearest to where it stood last. It is found after it
// moved, and after a few of its words changed; -1 when it is gone.
func Passage(b Body, block int, quote string) int {
	quote = plainly(quote)
	if quote == "" {
		return -1
	}
	texts := make([]string, len(b.Blocks))
	best := -1
	for i, n := range b.Blocks {
		texts[i] = plainly(BlockText(n))
		if strings.Contains(texts[i], quote) && (best < 0 || distance(i, block) < distance(best, block)) {
			best = i
		}
	}
	if best >= 0 {
		return best
	}
	return likest(texts, block, strings.Fields(quote))
}

func distance(a, b int) int { return max(a-b, b-a) }

const (
	// fewest are the words that a passage needs to be known by some of them.
	fewest = 4
	// longestQuote bounds the words that are held against a block's.
	longestQuote = 200
)

// likest is the block that has most of the words in their order, three in five
// at least.
func likest(texts []string, block int, quote []string) int {
	if len(quote) < fewest {
		return -1
	}
	quote = quote[:min(len(quote), longestQuote)]
	best, most := -1, (len(quote)*3+4)/5
	for i, t := range texts {
		n := inOrder(quote, strings.Fields(t))
		if n > most || n == most && (best < 0 || distance(i, block) < distance(best, block)) {
			best, most = i, n
		}
	}
	return best
}

// inOrder counts the words that stand in both in the same order.
func inOrder(a, b []string) int {
	row := make([]int, len(a)+1)
	for _, y := range b {
		before := 0
		for i, x := range a {
			here := row[i+1]
			if x == y {
				row[i+1] = before + 1
			} else {
				row[i+1] = max(row[i+1], row[i])
			}
			before = here
		}
	}
	return row[len(a)]
}

// plainly makes one blank of many and one kind of quotes and dashes of all, for
// an editor's keyboard and the house style write them differently.
func plainly(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = b.Len() > 0
			continue
		case strings.ContainsRune("«»„“”‟\"", r):
			r = '"'
		case strings.ContainsRune("‘’‚‛ʼ'", r):
			r = '\''
		case strings.ContainsRune("–—−‑-", r):
			r = '-'
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// BlockText is what is read of a block, on one line: its words, or a picture's
// caption.
func BlockText(n Node) string {
	var b strings.Builder
	read(n, &b)
	return strings.TrimSpace(b.String())
}

func read(n Node, b *strings.Builder) {
	switch {
	case n.Type == Text:
		b.WriteString(n.Text)
		return
	case n.Type == PictureNode && n.Attrs != nil:
		b.WriteString(n.Attrs.Caption)
		return
	}
	for _, c := range n.Content {
		read(c, b)
	}
	b.WriteByte(' ')
}
