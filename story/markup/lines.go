package markup

import (
	"strings"

	"wireroom/story"
)

// trim takes spaces and tabs from both ends, but not an escaped one.
func trim(s string) string {
	s = strings.TrimLeft(s, " \t")
	t := strings.TrimRight(s, " \t")
	slashes := len(t) - len(strings.TrimRight(t, `\`))
	if slashes%2 == 1 && len(t) < len(s) {
		return s[:len(t)+1]
	}
	return t
}

// indent counts the spaces before a line; a tab counts as four.
func indent(line string) int {
	n := 0
	for i := range len(line) {
		switch line[i] {
		case ' ':
			n++
		case '\t':
			n += 4
		default:
			return n
		}
	}
	return n
}

// startsBlock reports whether a line begins a block other than a paragraph;
// only the top has more than lists.
func startsBlock(line string, top bool) bool {
	if marker(line) > 0 || line == "---" {
		return true
	}
	return top && (headingLevel(line) > 0 || strings.HasPrefix(line, ">") || strings.HasPrefix(line, "|") ||
		strings.HasPrefix(line, "!picture ") || strings.HasPrefix(line, "!embed "))
}

// headingLevel is 2 to 4, or 0 if the line is no heading.
func headingLevel(line string) int {
	n := len(line) - len(strings.TrimLeft(line, "#"))
	if n < 2 || n > 4 || !strings.HasPrefix(line[n:], " ") {
		return 0
	}
	return n
}

// marker is the width of an item's marker, or 0.
func marker(line string) int {
	if line == "-" {
		return 1
	}
	if strings.HasPrefix(line, "- ") {
		return 2
	}
	return numberWidth(line)
}

// numberWidth is the width of a numbered item's marker, or 0. Four digits are
// a year.
func numberWidth(line string) int {
	n := 0
	for n < len(line) && line[n] >= '0' && line[n] <= '9' {
		n++
	}
	if n == 0 || n > 3 || !strings.HasPrefix(line[n:], ".") {
		return 0
	}
	if n+1 == len(line) {
		return n + 1
	}
	if line[n+1] != ' ' {
		return 0
	}
	return n + 2
}

func listType(line string) story.NodeType {
	if line[0] == '-' {
		return story.BulletList
	}
	return story.OrderedList
}

// bars splits at bars that are not escaped and trims the parts.
func bars(s string) []string {
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '|':
			parts = append(parts, trim(s[from:i]))
			from = i + 1
		}
	}
	return append(parts, trim(s[from:]))
}
