package background

import (
	"slices"
	"strings"
	"unicode"

	"wireroom/story"
)

// openers are the words with which background begins, in lower case.
var openers = map[story.Lang][]string{
	"en": {"earlier", "previously", "as reported earlier", "as reported previously", "as previously reported", "as was reported", "it was reported earlier",
		"it was earlier reported", "as a reminder", "to recall", "recall that", "in the past", "before that", "at the time"},
	"ru": {"напомним", "ранее", "раньше", "как сообщалось", "как уже сообщалось", "как сообщалось ранее", "до этого", "прежде"},
	"be": {"нагадаем", "напомнім", "раней", "як паведамлялася", "як ужо паведамлялася", "перад гэтым", "дагэтуль", "дасюль"},
}

// opens is whether a paragraph begins as background does.
func opens(text string, lang story.Lang) bool {
	lower := strings.ToLower(strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }))
	return slices.ContainsFunc(openers[lang], func(words string) bool {
		rest, ok := strings.CutPrefix(lower, words)
		return ok && (rest == "" || !letter(rest))
	})
}

func letter(text string) bool {
	for _, r := range text {
		return unicode.IsLetter(r)
	}
	return false
}

// coming are the words of what is yet to come.
var coming = strings.Fields(`will shall won't won’t будет будут будем буду будзе будуць будзем`)

// speaking are how words begin by which somebody is quoted now, comparing those by
// which then is held against now, and measuring the words that do so where a
// number follows: "from 1.8 percent in December".
var (
	speaking = strings.Fields(`said says told noted added сказал заявил сообщил отметил рассказал добавил подчеркнул
		сказаў сказал заявіў заявіл паведаміў паведаміл адзначыў адзначыл расказаў расказал дадаў дадал падкрэсліў падкрэсліл`)
	comparing = strings.Fields(`compared versus than сравнен чем параўнан чым`)
	measuring = strings.Fields(`against from с со против са з супраць`)
)

// aside is whether what stands before a date says that the date is told, or held
// against another, now.
func aside(before string) bool {
	words := strings.Fields(strings.ToLower(before))
	begins := func(w string, with []string) bool {
		return slices.ContainsFunc(with, func(b string) bool { return strings.HasPrefix(w, b) })
	}
	for i, w := range words {
		if begins(w, speaking) || begins(w, comparing) {
			return true
		}
		if slices.Contains(measuring, w) && strings.ContainsAny(strings.Join(words[i:], ""), "0123456789") {
			return true
		}
	}
	return false
}

// counting are parts of the words that count from the day on which they are
// written.
var counting = strings.Fields(`ago last past previous this назад прошл минувш нынешн этом текущ таму мінул летась леташ леташн сёлета гэтым`)

// seen is whether a date is written as seen from the day of the writing.
func seen(date string) bool {
	date = strings.ToLower(date)
	return slices.ContainsFunc(counting, func(part string) bool { return strings.Contains(date, part) })
}

// foretells is whether the first sentence speaks of what is yet to come.
func foretells(text string) bool {
	_, end := Sentence(text, 0)
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(text[:end]), unicode.IsSpace), func(w string) bool {
		return slices.Contains(coming, strings.Trim(w, ",.;:!?"))
	})
}

// Sentence is where the sentence begins and ends in which a byte stands.
func Sentence(text string, at int) (from, to int) {
	ends := func(i int) bool {
		return strings.IndexByte(".!?", text[i]) >= 0 && (i+1 == len(text) || text[i+1] == ' ') && !initial(text[:i])
	}
	for from = at; from > 0 && !(text[from-1] == ' ' && from > 1 && ends(from-2)); from-- {
	}
	for to = at; to < len(text); to++ {
		if ends(to) {
			return from, to + 1
		}
	}
	return from, len(text)
}

// initial is whether a text ends with what a stop makes no end of: a letter that
// stands for a name, or a number of a day.
func initial(before string) bool {
	word := before[strings.LastIndexByte(before, ' ')+1:]
	return len([]rune(word)) == 1
}
