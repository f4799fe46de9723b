package demo

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"wireroom/story"
)

var (
	dayToken  = regexp.MustCompile(`@([+-]?\d+)`)
	yearToken = regexp.MustCompile(`@y-(\d+)`)
)

// months in the form that follows a day of the month.
var months = map[story.Lang][]string{
	"en": strings.Fields("January February March April May June July August September October November December"),
	"ru": strings.Fields("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
	"be": strings.Fields("студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня"),
}

// days writes out the tokens @0, @-1, @+7: so many days from the story's own; and
// @y-3, the year so many before it.
func days(text string, from time.Time, lang story.Lang) string {
	text = yearToken.ReplaceAllStringFunc(text, func(token string) string {
		n, _ := strconv.Atoi(token[len("@y-"):])
		return strconv.Itoa(from.Year() - n)
	})
	return dayToken.ReplaceAllStringFunc(text, func(token string) string {
		n, _ := strconv.Atoi(token[1:])
		d := from.AddDate(0, 0, n)
		month := months[lang][d.Month()-1]
		if lang == "en" {
			return fmt.Sprintf("%s %d", month, d.Day())
		}
		return fmt.Sprintf("%d %s", d.Day(), month)
	})
}

func (v versionFile) dated(from time.Time, lang story.Lang) versionFile {
	for _, s := range []*string{&v.Headline, &v.Teaser, &v.Body} {
		*s = days(*s, from, lang)
	}
	v.Events = append([]eventFile(nil), v.Events...)
	for i := range v.Events {
		e := &v.Events[i]
		for _, s := range []*string{&e.Note, &e.Headline, &e.Teaser, &e.Body, &e.Lead, &e.Tail} {
			*s = days(*s, from, lang)
		}
		e.Swap = append([][2]string(nil), e.Swap...)
		for j, pair := range e.Swap {
			e.Swap[j] = [2]string{days(pair[0], from, lang), days(pair[1], from, lang)}
		}
	}
	return v
}
