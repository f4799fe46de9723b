package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// labels takes the section labels from the front of s: those after the first
// stand behind a comma.
func (r *reader) labels(s string) (found []string, rest string) {
	rest = s
	for at := s; ; {
		label := r.label(at)
		if label == "" {
			return found, rest
		}
		if !slices.Contains(found, label) {
			found = append(found, label)
		}
		after := at[len(label):]
		rest = strings.TrimSpace(after)
		next, ok := strings.CutPrefix(rest, ",")
		if !ok {
			return found, rest
		}
		at = strings.TrimSpace(next)
	}
}

// label finds the longest label that s begins with. A small letter behind it
// means that it is part of a longer word.
func (r *reader) label(s string) string {
	best := ""
	for _, l := range r.Sections {
		if l == "" || len(l) <= len(best) || !strings.HasPrefix(s, l) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(s[len(l):]); unicode.IsLower(next) {
			continue
		}
		best = l
	}
	return best
}

// notice takes a plan's notice from the end of s.
func (r *reader) notice(s string) (rest, plan string) {
	best := ""
	for n, id := range r.Notices {
		if n != "" && len(n) > len(best) && strings.HasSuffix(s, n) {
			best, plan = n, id
		}
	}
	return strings.TrimSpace(strings.TrimSuffix(s, best)), plan
}
