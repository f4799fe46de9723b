package names

import (
	"bufio"
	_ "embed"
	"slices"
	"strings"
)

var (
	//go:embed given.txt
	givenText string
	//go:embed places.txt
	placeText string
	//go:embed roots.txt
	rootText string
)

// circle is what many names have in common: all keys of one given name in its
// languages, or of one place under its names.
type circle []string

var (
	circles = append(readCircles(givenText), readCircles(placeText)...)
	within  = index(circles)
	roots   = readRoots(rootText)
)

// Query gives the keys by which to look for a word that a reader typed: its
// own, and those of the same given name or place in other languages.
func Query(word string) []string { return withKin(Keys(word, Asked)) }

func withKin(keys []string) []string {
	for _, k := range slices.Clone(keys) {
		for _, c := range within[k] {
			for _, kin := range circles[c] {
				keys = add(keys, kin)
			}
		}
	}
	return keys
}

// leastLower is how long the key must be of a word that was typed without a
// capital: most short words of a language sound like somebody's name.
const leastLower = 5

// QueryLower is Query for a word typed in lower case, which may be a name or
// any other word: only long keys count, and what the lists have as it is typed.
func QueryLower(word string) []string {
	if listed[strings.ToLower(word)] {
		return Query(word)
	}
	return slices.DeleteFunc(Keys(word, Asked), func(k string) bool { return len(k) < leastLower })
}

// listed are the words of the lists in lower case, and the Latin forms of those
// that are Cyrillic.
var listed = func() map[string]bool {
	all := map[string]bool{}
	for _, words := range append(lines(givenText), lines(placeText)...) {
		for _, w := range words {
			all[strings.ToLower(w)] = true
			if !mostlyCyrillic(clean(w)) {
				continue
			}
			for _, latin := range romanised(w) {
				all[latin] = all[latin] || !english[latin]
			}
		}
	}
	return all
}()

// english are words that somebody means who types them in lower case, and not the
// name that would be written so.
var english = map[string]bool{"franc": true, "german": true, "jury": true, "mark": true, "via": true}

// lines gives the words of each line that is no remark.
func lines(text string) [][]string {
	var all [][]string
	s := bufio.NewScanner(strings.NewReader(text))
	for s.Scan() {
		if words := strings.Fields(s.Text()); len(words) > 0 && words[0] != "#" {
			all = append(all, words)
		}
	}
	return all
}

func readCircles(text string) []circle {
	var all []circle
	for _, words := range lines(text) {
		var c circle
		for _, w := range words {
			// A second reading of a word here would draw in another name.
			if keys := keysOf(clean(w), Written); len(keys) > 0 {
				c = add(add(c, keys[0]), plain.Replace(keys[0]))
			}
		}
		all = append(all, c)
	}
	return all
}

// index says in which circles a key stands.
func index(all []circle) map[string][]int {
	within := map[string][]int{}
	for i, c := range all {
		for _, k := range c {
			within[k] = append(within[k], i)
		}
	}
	return within
}

// root is a beginning in Belarusian and what Russian has for it, as keys.
type root struct{ ours, theirs string }

func readRoots(text string) []root {
	var all []root
	for _, words := range lines(text) {
		var keys [2]string
		for i, w := range words {
			keys[i] = even(expand(readCyrillic([]rune(strings.ToLower(w))))[0])
		}
		all = append(all, root{keys[0], keys[1]})
	}
	return all
}

// addRoots adds the key as if the name came from the other language.
func addRoots(keys []string) []string {
	for _, k := range slices.Clone(keys) {
		for _, r := range roots {
			if rest, ok := strings.CutPrefix(k, r.ours); ok {
				keys = add(keys, r.theirs+rest)
			}
		}
	}
	return keys
}

// Given says whether a word is a given name of the list, in any form.
func Given(word string) bool {
	for _, k := range Keys(word, Written) {
		if len(k) > 2 && given[k] {
			return true
		}
	}
	return false
}

// given are the keys of the list of given names.
var given = func() map[string]bool {
	all := map[string]bool{}
	for _, c := range readCircles(givenText) {
		for _, k := range c {
			all[k] = true
		}
	}
	return all
}()
