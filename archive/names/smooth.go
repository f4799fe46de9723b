package names

import (
	"bytes"
	"slices"
)

// smooth takes away in what the customs of spelling differ: unstressed vowels,
// glides, soft consonants, doubled letters, ў and its stand-ins.
func smooth(raw string) string { return string(lasts([]byte(even(raw)))) }

// even is smooth for a part of a word, whose end is not the end.
func even(raw string) string {
	s := []byte(raw)
	for i, c := range s {
		switch c {
		case 'O', 'E':
			s[i] = 'A'
		case 'C':
			s[i] = 'T'
		}
	}
	s = replace(s, "TS", 'T')
	s = replace(s, "DZ", 'D')
	s = replace(s, "TQ", 'Q')
	s = slices.DeleteFunc(s, func(c byte) bool { return c == 'J' })
	for before := -1; before != len(s); {
		before = len(s)
		s = glide(s)
	}
	return string(slices.Compact(consonantV(s)))
}

// replace puts one letter for each pair, in place.
func replace(s []byte, pair string, by byte) []byte {
	out := s[:0]
	for i := 0; i < len(s); i++ {
		if i+1 < len(s) && s[i] == pair[0] && s[i+1] == pair[1] {
			out = append(out, by)
			i++
			continue
		}
		out = append(out, s[i])
	}
	return out
}

// glide drops an I beside another vowel: ia, ya and ja are one, and so are ai
// and ay. Of two that are the same, one stays.
func glide(s []byte) []byte {
	out := s[:0]
	for i := 0; i < len(s); i++ {
		c := s[i]
		if i+1 < len(s) {
			n := s[i+1]
			if c == 'I' && (n == 'A' || n == 'U' || n == 'I') || c == n && (c == 'A' || c == 'U') {
				continue
			}
		}
		if c == 'I' && len(out) > 0 && (out[len(out)-1] == 'A' || out[len(out)-1] == 'U') {
			continue
		}
		out = append(out, c)
	}
	return out
}

// consonantV makes V of each u that stands for ў or в.
func consonantV(s []byte) []byte {
	for i, c := range s {
		if c != 'U' {
			continue
		}
		before := i > 0 && s[i-1] == 'A'
		after := i+1 < len(s) && s[i+1] == 'A'
		first := i == 0 && len(s) > 1 && !isVowel(s[1])
		if before || after || first {
			s[i] = 'V'
		}
	}
	if len(s) > 2 && s[0] == 'V' && s[1] == 'U' && !isVowel(s[2]) {
		s = append(s[:1], s[2:]...)
	}
	if i := bytes.Index(s, []byte("AVU")); i >= 0 {
		s = append(s[:i+2], s[i+3:]...)
	}
	return s
}

// lasts evens out the ends: -off and -ov, Aleksandar and Aleksandr.
func lasts(s []byte) []byte {
	n := len(s)
	switch {
	case n > 2 && bytes.HasSuffix(s, []byte("AF")):
		s[n-1] = 'V'
	case n > 3 && bytes.HasSuffix(s, []byte("UV")):
		s[n-2] = 'A'
	case n > 4 && (bytes.HasSuffix(s, []byte("DAR")) || bytes.HasSuffix(s, []byte("TAR"))):
		s = append(s[:n-2], 'R')
	}
	return s
}
