package press

import "strings"

// has reads If-None-Match by RFC 9110: whether the reader has the page with the
// tag already. Weak tags count, as they do for GET and HEAD; after the first
// thing that is no tag nothing more of a line is believed. It does not allocate.
func has(lines []string, tag string) bool {
	for _, line := range lines {
		line = strings.Trim(line, " \t")
		if line == "*" {
			return true
		}
		for line != "" {
			if line[0] == ',' || line[0] == ' ' || line[0] == '\t' {
				line = line[1:]
				continue
			}
			var one string
			if one, line = nextTag(line); one == "" {
				break
			}
			if one == tag {
				return true
			}
		}
	}
	return false
}

// nextTag takes the opaque tag, with its quotes, from the front of the line; ""
// if there stands none.
func nextTag(line string) (tag, rest string) {
	s := strings.TrimPrefix(line, "W/")
	if len(s) < 2 || s[0] != '"' {
		return "", ""
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			rest = strings.TrimLeft(s[i+1:], " \t")
			if rest != "" && rest[0] != ',' {
				return "", ""
			}
			return s[:i+1], rest
		case c < 0x21 || c == 0x7f:
			return "", ""
		}
	}
	return "", ""
}
