package background_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wireroom/archive/background"
	"wireroom/archive/dates"
	"wireroom/archive/lexis"
	"wireroom/story"
)

var day = dates.Day{Year: 2025, Month: 10, Day: 25}

// of gives the background of a story of some paragraphs behind its first.
func of(lang story.Lang, paragraphs ...string) []background.Paragraph {
	s := background.Story{Lang: lang, Day: day, Blocks: []story.Node{story.Para(story.Plain("In October 2020 the news itself was told in a first paragraph."))}}
	for _, p := range paragraphs {
		s.Blocks = append(s.Blocks, story.Para(story.Plain(p)))
	}
	return background.Of(s, &lexis.Reader{})
}

func TestAParagraphThatTellsThePastIsKnownWithItsDate(t *testing.T) {
	for _, c := range []struct {
		lang       story.Lang
		text, date string // "-" is no background, "" one without a date
		loose      bool
	}{
		{"en", "In October 2020, the court sentenced the journalist to six years in a penal colony.", "2020-10", false},
		{"en", "On August 9, 2020, the commission declared the results of the vote in Halsk.", "2020-08-09", false},
		{"en", "The plant was shut down in 2019 after a leak had been found by inspectors.", "2019", false},
		{"en", "The editor was detained on 3 March 2021 and sentenced in the autumn of that year.", "2021-03-03", false},
		{"en", "Last year, the refinery was shut for a month because of an accident at the pump house.", "2024", true},
		{"en", "On September 3, the ministry said that the tank had burned out and could not be repaired.", "2025-09-03", true},
		{"en", "Earlier, the ministry had denied that there was any danger to those who live nearby.", "", false},
		{"en", "Earlier, on October 22, the ministry had denied that there was any danger to anybody.", "2025-10-22", true},
		{"en", "As reported earlier, the plant will be closed in 2027 as part of the programme.", "-", false},
		{"en", "Earlier today, the ministry denied that there was any danger to those who live nearby.", "-", false},
		{"ru", "Ранее на этой неделе министерство отрицало любую опасность для жителей города.", "-", false},
		{"en", "The ministry said on Friday that the plant, which was built in 1965, was safe.", "-", false},
		{"en", "The minister, who came to power in 1994, said that he would not negotiate with anybody.", "-", false},
		{"en", "The factory has been idle since August 2020, and its owner looks for a buyer.", "-", false},
		{"en", "“We signed all this in 2020 and nobody asked us,” the miner told reporters there.", "-", false},
		{"en", "The plant that was opened in 1965 will be closed, and its workers will be moved.", "-", false},
		{"en", "On October 22 the ministry denied that there was any danger to those who live nearby.", "-", false},
		{"en", "The union state was established in the 1990s and never became more than a paper.", "-", false},
		{"en", "In 2020 it was so.", "-", false},
		{"en", "Construction rose to 75.2 billion talers from 71.2 billion in December 2024 and still grows.", "-", false},
		{"en", "The price of bread was higher than in 2021 by a third and will hardly fall, shops say.", "-", false},
		{"en", "An official told reporters in Halsk the treaty signed in 1999 was of no use to anybody.", "-", false},
		{"en", "Protests against the results of the vote began in August 2020 and went on for months.", "2020-08", false},
		{"ru", "Министр сообщил журналистам об аресте в 2019 году и о том, что было после него.", "-", false},
		{"ru", "Протесты против результатов выборов начались в августе 2020 года и шли месяцами.", "2020-08", false},
		{"be", "Хлеб каштаваў болей чым у 2021 годзе на траціну, і танней ён ужо наўрад ці стане.", "-", false},
		{"be", "Пратэсты супраць вынікаў выбараў пачаліся ў жніўні 2020 года і цягнуліся месяцамі.", "2020-08", false},
		{"ru", "В октябре 2020 года суд приговорил журналиста к шести годам колонии.", "2020-10", false},
		{"ru", "9 августа 2020 года комиссия объявила результаты голосования в столице.", "2020-08-09", false},
		{"ru", "Завод остановили в 2019 году после того, как проверка нашла утечку.", "2019", false},
		{"ru", "Напомним, министерство прежде отрицало любую опасность для жителей города.", "", false},
		{"ru", "Напомним, 22 октября министерство отрицало любую опасность для жителей города.", "2025-10-22", true},
		{"ru", "Ранее, в марте 2021 года, редактора задержали, а осенью вынесли приговор.", "2021-03", false},
		{"ru", "В прошлом году завод стоял месяц из-за аварии на насосной станции.", "2024", true},
		{"ru", "Завод стоит с августа 2020 года, и владелец ищет на него покупателя.", "-", false},
		{"ru", "Министр, который пришёл к власти в 1994 году, заявил, что переговоров не будет.", "-", false},
		{"ru", "«Мы подписали всё это в 2020 году», — сказал журналистам один из рабочих.", "-", false},
		{"ru", "Раннее утро жители города встретили на улице, рассказал один из очевидцев.", "-", false},
		{"ru", "В 2020 году построенный цех будет закрыт, сообщили в министерстве энергетики.", "-", false},
		{"be", "У кастрычніку 2020 года суд прысудзіў журналіста да шасці гадоў калоніі.", "2020-10", false},
		{"be", "9 жніўня 2020 года камісія абвясціла вынікі галасавання ў сталіцы краіны.", "2020-08-09", false},
		{"be", "Завод спынілі ў 2019 годзе пасля таго, як праверка знайшла ўцечку.", "2019", false},
		{"be", "Нагадаем, міністэрства раней адмаўляла любую небяспеку для жыхароў горада.", "", false},
		{"be", "Нагадаем, 22 кастрычніка міністэрства адмаўляла небяспеку для жыхароў горада.", "2025-10-22", true},
		{"be", "Раней, у сакавіку 2021 года, рэдактара затрымалі, а ўвосень вынеслі прысуд.", "2021-03", false},
		{"be", "Летась завод стаяў месяц праз аварыю на помпавай станцыі, якую ставілі ўлетку.", "2024", true},
		{"be", "Завод стаіць са жніўня 2020 года, і ўладальнік шукае на яго пакупніка.", "-", false},
		{"be", "Міністр, які прыйшоў да ўлады ў 1994 годзе, заявіў, што перамоваў не будзе.", "-", false},
		{"be", "«Мы падпісалі ўсё гэта ў 2020 годзе», — сказаў журналістам адзін з рабочых.", "-", false},
		{"be", "Раніцай жыхары горада выйшлі на вуліцу, расказаў нам адзін з відавочцаў.", "-", false},
	} {
		got := of(c.lang, c.text)
		if c.date == "-" {
			if len(got) > 0 {
				t.Errorf("%s\nis taken for background of %q", c.text, got[0].Date)
			}
			continue
		}
		if len(got) != 1 || got[0].Date != c.date || got[0].Loose != c.loose || got[0].Text != c.text {
			t.Errorf("%s\nis %+v, not background of %q, loosely %v", c.text, got, c.date, c.loose)
		}
	}
}

func TestADateThatIsSeenFromTheStorysDayIsKnown(t *testing.T) {
	for text, seen := range map[string]bool{
		"The crossing was closed nine months ago after balloons with cigarettes had come.":  true,
		"Last year, the refinery was shut for a month because of an accident at the pumps.": true,
		"In January the council ordered a new ferry from a shipyard in another country.":    false,
		"On January 9, the council ordered a new ferry from a shipyard in another country.": false,
		"In 2021, the council ordered a new ferry from a shipyard in another country.":      false,
	} {
		if got := of("en", text); len(got) != 1 || got[0].Seen != seen {
			t.Errorf("%s\nis %+v, seen %v", text, got, seen)
		}
	}
}

func TestAParagraphKeepsItsMarksAndShowsInsertions(t *testing.T) {
	n := story.Para(story.Plain("In May 2019, "), story.Marked("the then minister", story.Insertion), story.Plain(" signed the contract with the foreign bank."))
	got := background.Of(background.Story{Lang: "en", Day: day, Blocks: []story.Node{story.Para(story.Plain("News.")), n}}, &lexis.Reader{})
	if len(got) != 1 || got[0].Text != "In May 2019, [the then minister] signed the contract with the foreign bank." || len(got[0].Node.Content) != 3 {
		t.Errorf("%+v", got)
	}
}

func TestWhatIsToldTwiceStandsOnceAsTheNewestHasIt(t *testing.T) {
	all := of("en",
		"In October 2020, a court in Halsk sentenced the journalist Raman Zhavaran to six years.",
		"Raman Zhavaran was sentenced by a court in Halsk to six years in October 2020 for his reports.",
		"In October 2020, the same court fined the paper and forbade it to appear for three months.",
		"In March 2021, a court in Halsk sentenced the journalist Raman Zhavaran to six years more.",
		"In 2020 the court in Halsk sentenced the journalist Raman Zhavaran to six years in a colony.")
	if len(all) != 5 {
		t.Fatalf("%d are background: %+v", len(all), all)
	}
	groups := background.Fold(all)
	want := [][]int{{0, 1, 4}, {2}, {3}}
	if !slices.EqualFunc(groups, want, slices.Equal) {
		t.Errorf("they are folded as %v, not %v", groups, want)
	}
}

func TestATimelineStandsInTheOrderOfDates(t *testing.T) {
	all := of("en",
		"Earlier, nobody had heard of any of this, said people who live in the same street.",
		"In March 2021, the council of the town decided to build the bridge after all.",
		"In 2021 the bridge was the dearest thing that the town had ever wanted to have.",
		"On 5 March 2021 the council of the town asked the country for the money it lacked.",
		"In 2019 the old bridge was closed because its pillars had begun to sink in the sand.")
	slices.SortStableFunc(all, background.Order)
	var got []string
	for _, p := range all {
		got = append(got, p.Date)
	}
	if want := []string{"2019", "2021", "2021-03", "2021-03-05", ""}; !slices.Equal(got, want) {
		t.Errorf("they stand as %q, not %q", got, want)
	}
}

func FuzzOf(f *testing.F) {
	f.Add("In October 2020, the court sentenced the journalist to six years. And then?", "en")
	f.Add("Напомним, «в 2020 году» было иначе – и не так, как в прошлом году.", "ru")
	f.Add("Раней, у сакавіку 2021-га", "be")
	f.Fuzz(func(t *testing.T, text, lang string) {
		if !utf8.ValidString(text) {
			return
		}
		all := of(story.Lang(lang), text, strings.ToUpper(text), text+" "+text)
		for _, g := range background.Fold(all) {
			if len(g) == 0 {
				t.Error("an empty group")
			}
		}
		for at := range text {
			if from, to := background.Sentence(text, at); from > at || to < at || to > len(text) {
				t.Errorf("the sentence at %d of %q is %d to %d", at, text, from, to)
			}
		}
	})
}
