package story

import "strconv"

var months = map[Lang][12]string{
	"en": {"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"},
	"ru": {"января", "февраля", "марта", "апреля", "мая", "июня",
		"июля", "августа", "сентября", "октября", "ноября", "декабря"},
	"be": {"студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня",
		"ліпеня", "жніўня", "верасня", "кастрычніка", "лістапада", "снежня"},
}

// Dateline makes the words that open a story: "Vilnius, October 25, Pozirk."
// agency is the credit when the story has none. Without a date there is none.
func Dateline(c Content, lang Lang, agency string) string {
	if c.Date.IsZero() {
		return ""
	}
	line := Day(c.Date, lang)
	if c.Place != "" {
		line = c.Place + ", " + line
	}
	credit := c.Credit
	if credit == "" {
		credit = agency
	}
	if credit != "" {
		line += ", " + credit
	}
	return line + "."
}

// Day writes a day without its year as a dateline has it: "October 25",
// "25 октября", "25 кастрычніка".
func Day(d Date, lang Lang) string {
	names, ok := months[lang]
	if !ok {
		names = months["en"]
	}
	day := strconv.Itoa(d.Day)
	if lang == "ru" || lang == "be" {
		return day + " " + names[d.Month-1]
	}
	return names[d.Month-1] + " " + day
}
