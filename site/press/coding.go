package press

import "strings"

// coding is a way in which a page's bytes may be sent.
type coding uint8

// The codings, the better after the worse.
const (
	plain coding = iota
	gzipped
	brotlied
	codings
)

// choose reads Accept-Encoding by RFC 9110: the coding of the highest weight,
// the better one among equals. A reader who refuses everything gets the plain
// form. It does not allocate.
func choose(lines []string) coding {
	if len(lines) == 0 {
		return plain
	}
	const unsaid = -1
	weight := [codings]int{unsaid, unsaid, unsaid}
	others := unsaid
	for _, line := range lines {
		for line != "" {
			var part string
			part, line, _ = strings.Cut(line, ",")
			name, params, _ := strings.Cut(part, ";")
			switch name = strings.Trim(name, " \t"); {
			case strings.EqualFold(name, "br"):
				weight[brotlied] = quality(params)
			case strings.EqualFold(name, "gzip"), strings.EqualFold(name, "x-gzip"):
				weight[gzipped] = quality(params)
			case strings.EqualFold(name, "identity"):
				weight[plain] = quality(params)
			case name == "*":
				others = quality(params)
			}
		}
	}
	best, most := plain, 0
	for c := brotlied; c > plain; c-- {
		w := weight[c]
		if w == unsaid {
			w = others
		}
		if w > most {
			best, most = c, w
		}
	}
	if weight[plain] > most {
		return plain
	}
	return best
}

// quality reads ";q=" in thousandths; without one it is 1000, and one that is
// no weight is 0: who is not understood gets the plain form.
func quality(params string) int {
	for params != "" {
		var p string
		p, params, _ = strings.Cut(params, ";")
		name, value, _ := strings.Cut(strings.Trim(p, " \t"), "=")
		if strings.EqualFold(strings.Trim(name, " \t"), "q") {
			return thousandths(strings.Trim(value, " \t"))
		}
	}
	return 1000
}

func thousandths(s string) int {
	if len(s) == 0 || len(s) > 5 || (s[0] != '0' && s[0] != '1') || (len(s) > 1 && s[1] != '.') {
		return 0
	}
	n := int(s[0]-'0') * 1000
	for i, scale := 2, 100; i < len(s); i, scale = i+1, scale/10 {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		n += int(s[i]-'0') * scale
	}
	return min(n, 1000)
}
