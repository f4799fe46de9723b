package background

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wireroom/archive/lexis"
	"wireroom/story"
)

const (
	// sharedWords of the shorter of two paragraphs, and of both together, are in
	// both when they tell the same.
	sharedWords, sharedOfBoth = 0.7, 0.4
	// fewestWords a paragraph must have to be compared by them.
	fewestWords = 5
)

// stems are the words of a text by which it is compared.
func stems(words *lexis.Reader, text string, lang story.Lang) []string {
	var all []string
	for _, t := range words.Text(text, string(lang)) {
		if stem := t.Terms[0]; utf8.RuneCountInString(stem) > 2 {
			all = append(all, stem)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Fold gathers paragraphs that tell the same in nearly the same words. Each
// group holds places of the list, in its order; with the newest first it begins
// with the newest wording.
func Fold(all []Paragraph) [][]int {
	var groups [][]int
	for i, p := range all {
		at := slices.IndexFunc(groups, func(g []int) bool { return same(all[g[0]], p) })
		if at < 0 {
			groups = append(groups, []int{i})
			continue
		}
		groups[at] = append(groups[at], i)
	}
	return groups
}

// same is whether two paragraphs tell the same.
func same(a, b Paragraph) bool {
	if a.Text == b.Text {
		return true
	}
	if !strings.HasPrefix(a.Date, b.Date) && !strings.HasPrefix(b.Date, a.Date) {
		return false
	}
	fewer := min(len(a.stems), len(b.stems))
	if fewer < fewestWords {
		return false
	}
	n := float64(shared(a.stems, b.stems))
	return n >= sharedWords*float64(fewer) && n >= sharedOfBoth*(float64(len(a.stems)+len(b.stems))-n)
}

// shared counts what two sorted lists have in common.
func shared(a, b []string) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch strings.Compare(a[0], b[0]) {
		case -1:
			a = a[1:]
		case 1:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// Order puts what was earlier first; of one time, what is known less finely.
// What says no date stands by its story's, behind the rest of that day.
func Order(a, b Paragraph) int {
	switch {
	case a.from.Before(b.from):
		return -1
	case b.from.Before(a.from):
		return 1
	case (a.Date == "") != (b.Date == ""):
		return map[bool]int{true: 1, false: -1}[a.Date == ""]
	}
	return len(a.Date) - len(b.Date)
}
