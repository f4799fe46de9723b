package quote

import "strings"

// tongue is what the grammar knows of one language: words in lower case.
type tongue struct {
	strong       map[string]bool // say, in each form that takes a subject
	weak         map[string]bool // speak of it without saying: call, accuse; they carry a few quoted words
	mind         map[string]bool // want, know: words of another's, told by an earlier verb
	gerunds      map[string]bool // saying
	auxiliary    map[string]bool // verbs that stand between a subject and its verb
	adverbs      map[string]bool // and words that do
	pronouns     map[string]bool
	he, she      map[string]bool
	they         map[string]bool
	determiners  map[string]bool
	links        map[string]bool // may stand inside a name or a description
	against      map[string]bool // before these words, "claims" is no verb
	relative     map[string]bool
	conjunction  map[string]bool
	prepositions map[string]bool
	inverted     map[string]bool // verbs that stand before their subject
	according    [][]string      // phrases with the speaker behind them
	relays       map[string]bool // цитирует: the speaker is its object
	venues       map[string]bool // to whom it was said: журналистам
	owners       map[string]bool // по его словам
	nouns        map[string]bool // statement: its owner is the speaker
	things       map[string]bool // speak too, but are nobody: report, agency
	adjectives   map[string]bool // of titles: former, deputy
	lands        map[string]bool // of which country a minister is
	women, men   map[string]bool // given names
	months       map[string]bool // and days: capitals that name nobody
	titles       map[string]bool // capitals and words that stand before a name
	short        map[string]bool // a point behind these ends no sentence
	free         bool            // subjects stand on either side of the verb
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[lower(w)] = true
	}
	return m
}
