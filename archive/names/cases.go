package names

import (
	"slices"
	"strings"
)

// lemmas gives what a Cyrillic word may be a case form of where more than its
// last vowels differ, itself first. The letters are not changed.
func lemmas(letters []rune, side Side) [][]rune {
	n := len(letters)
	if n > 3 && letters[n-1] == 'ю' && isCyrillicVowel(letters[n-2]) {
		// Аленаю and Сяргею: no name ends so.
		n--
		letters = letters[:n]
	}
	all := [][]rune{letters}
	if n > 4 && letters[n-2] == 'е' && letters[n-1] == 'м' && isCyrillicVowel(letters[n-3]) {
		all = append(all, letters[:n-1]) // Юрыем, Макеем
	}
	if side == Written {
		if lemma := fleeting(letters); lemma != nil {
			all = append(all, lemma)
		}
	}
	return all
}

// ofMany gives the keys of a name in the singular where a word may be its plural:
// Курапатаў is of Курапаты, the Lukashenkos are several Lukashenko.
func ofMany(letters []rune) []string {
	n := len(letters)
	if n < 6 {
		return nil
	}
	switch last := letters[n-1]; {
	case last == 'ў' && (letters[n-2] == 'а' || letters[n-2] == 'я'):
		key := bare(smooth(expand(readCyrillic(letters[:n-2]))[0]))
		// Раманаў is a surname of its own and no plural of the given name.
		if !given[key] && len(key) >= 4 {
			return []string{key}
		}
	case last == 's':
		word := string(letters)
		if slices.ContainsFunc(englishPlurals, func(ending string) bool { return strings.HasSuffix(word, ending) }) {
			return keysOf(letters[:n-1], Written)
		}
	}
	return nil
}

// englishPlurals are what our surnames end in where English has several of them.
var englishPlurals = strings.Fields("kas kos kis kys skys skas skayas skajas ovs evs avs oŭs eŭs aŭs ous ičs ichs vičes viches yks uks aks čs eks")

// changing are the endings before which a vowel may have fallen out, the
// longest first. Each letter has two bytes.
var changing = strings.Fields("ами амі ями ямі ом ам ём ем ям ах ях ов оў аў ёў ей а я у ю ы и і е")

// fleeting puts the vowel back that falls out before an ending: Лунінца is of
// Лунінец, Ваўчка of Ваўчок, Гомля of Гомель. nil is that none can have.
func fleeting(letters []rune) []rune {
	word := string(letters)
	for _, ending := range changing {
		if !strings.HasSuffix(word, ending) {
			continue
		}
		stem := letters[:len(letters)-len(ending)/2]
		n := len(stem)
		if string(stem) == "льв" {
			return []rune("лев")
		}
		if n < 3 || !strings.ContainsRune("цлк", stem[n-1]) {
			return nil
		}
		before := stem[n-2]
		if isCyrillicVowel(before) || before == stem[n-1] || stem[n-1] == 'к' && strings.ContainsRune("сц", before) {
			return nil // Мінска is of no Мінсак
		}
		kept := stem[:n-1]
		if before == 'ь' {
			kept = stem[:n-2]
		}
		return append(append(slices.Clone(kept), 'е'), stem[n-1])
	}
	return nil
}

func isCyrillicVowel(r rune) bool { return strings.ContainsRune("аеёєиіїоуыэюя", r) }
