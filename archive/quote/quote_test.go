package quote

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTheEightQuotationsOfTheFirstPage(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(testdata(t), "seed/pozirk-page.txt"))
	if err != nil {
		t.Fatal(err)
	}
	page := strings.Split(string(data), "\n")
	const ruler = "Alaksandar Łukašenka"
	want := []struct {
		begins, mention, who, via string
		certain                   bool
	}{
		{"Russian attempt to annex", "Łukašenka", ruler, "", false}, // the desk's words
		{"this is impossible", "Alaksandar Łukašenka", ruler, "", true},
		{"I am even afraid to say that this is [would lead to] war", "the Belarusian ruler", ruler, "", false},
		{"You see our relations", "the Belarusian ruler", ruler, "", false},
		{"We can build relations", "Łukašenka", ruler, "", true},
		{"We need to understand", "Putin", "Putin", "", true},
		{"Even [Vladimir] Lenin", "Łukašenka", ruler, "", true},
		{"brazen people without conscience", "he", ruler, "Mariusz Maszkiewicz", false},
	}
	got := Find(Story{Language: "en", Headline: page[0], Paragraphs: page[2:11]})
	if len(got) != len(want) {
		t.Fatalf("%d quotations, not %d", len(got), len(want))
	}
	for i, w := range want {
		q := got[i]
		if !strings.HasPrefix(q.Text, w.begins) || q.Mention != w.mention || q.Who != w.who || q.Via != w.via || q.Certain != w.certain {
			t.Errorf("%q by %q = %q via %q, certain %v; want %q by %q = %q via %q, certain %v",
				q.Text, q.Mention, q.Who, q.Via, q.Certain, w.begins, w.mention, w.who, w.via, w.certain)
		}
	}
	if n := len(got[3].Insertions); n != 1 || got[3].Continues != 2 {
		t.Errorf("%d insertions in the fourth, which goes on from %d", n, got[3].Continues)
	}
}

func TestPronounsAndDescriptionsAreNeverCertain(t *testing.T) {
	for _, text := range []string{
		"“It will not stand for a year,” he said.",
		"“It will not stand for a year,” the Belarusian ruler said.",
		"“It will not stand for a year,” said a source close to Piatro Žuk.",
		"“It will not stand for a year,” Piatro Žuk’s daughter said.",
		"He called the law “a leaking bucket today.”",
	} {
		for _, q := range Find(Story{Language: "en", Paragraphs: []string{"“I have come to stay here,” Piatro Žuk said.", text}})[1:] {
			if q.Certain || q.Named {
				t.Errorf("%s: %q is certain", text, q.Mention)
			}
		}
	}
}

func TestAQuotationOverParagraphsHasOneSpeaker(t *testing.T) {
	got := Find(Story{Language: "en", Paragraphs: []string{
		"“The first winter was the worst,” Anna Kłaŭs said. “We burned the chairs.",
		"“Then we burned the table, and in March we burned the door.",
		"“In April it was warm.”",
	}})
	if len(got) != 4 {
		t.Fatalf("%d quotations: %v", len(got), got)
	}
	for i, q := range got {
		if q.Who != "Anna Kłaŭs" || q.Continues != i-1 {
			t.Errorf("%q is by %q and goes on from %d", q.Text, q.Who, q.Continues)
		}
	}
}

func TestOneOfTwoWhoShareANameIsNotCertain(t *testing.T) {
	got := Find(Story{Language: "en", Paragraphs: []string{
		"Ivan Rusak and his sister Nina Rusak spoke in court.",
		"“We have nothing to be sorry for,” Rusak said.",
	}})
	if len(got) != 1 || got[0].Certain {
		t.Errorf("%+v", got)
	}
}

func TestSpellingsOfOneNameMeetByTheFoldingGiven(t *testing.T) {
	story := Story{Language: "en", Paragraphs: []string{
		"Sviatłana Cichanoŭskaja came to Copenhagen.", "“We will go on to the end,” Tsikhanouskaya said.",
	}}
	if got := Find(story)[0].Who; got != "Tsikhanouskaya" {
		t.Errorf("without a folding the two are two, not %q", got)
	}
	story.Same = func(a, b string) bool {
		return strings.ContainsAny(a[:1], "CT") && strings.ContainsAny(b[:1], "CT") && a[len(a)-1] == b[len(b)-1]
	}
	if got := Find(story)[0].Who; got != "Sviatłana Cichanoŭskaja" {
		t.Errorf("with it Tsikhanouskaya is %q", got)
	}
}

func TestWhatNobodySaysIsNoQuotation(t *testing.T) {
	for language, texts := range map[string][]string{
		"en": {"The film “A Door in the Wall” opens in May.", "It was a so-called “special operation of sorts” by then.", "He is 6'1\" and she is 5'10\" tall."},
		"ru": {"Фильм «Дверь в белой стене» выйдет в мае.", "ООО «Завод малых печей» закрылось."},
		"be": {"Фільм «Дзверы ў белай сцяне» выйдзе ў траўні.", "ТАА «Завод малых печаў» зачынілася."},
	} {
		for _, text := range texts {
			if got := Find(Story{Language: language, Paragraphs: []string{text}}); len(got) > 0 {
				t.Errorf("%s: %q by %q", text, got[0].Text, got[0].Mention)
			}
		}
	}
}

// FuzzFind looks for texts that break it, and checks that each span is a piece
// of the text.
func FuzzFind(f *testing.F) {
	for _, language := range []string{"en", "ru", "be"} {
		data, err := os.ReadFile("testdata/" + language + ".txt")
		if err != nil {
			f.Fatal(err)
		}
		for i, p := range strings.Split(string(data), "\n\n") {
			if i%5 == 1 {
				f.Add(language, "Headline of some words – "+language, p)
			}
		}
	}
	f.Add("ru", "a - b", "— , — сказал « ». — «a “b „c» (d [e “f, he said ' \"")
	f.Fuzz(func(t *testing.T, language, headline, text string) {
		s := Story{Language: language, Headline: headline, Paragraphs: strings.Split(text, "\n")}
		for _, q := range Find(s) {
			of := func(at Span) string {
				if at.Paragraph == Headline {
					return headline[at.Start:at.End]
				}
				return s.Paragraphs[at.Paragraph][at.Start:at.End]
			}
			if of(q.Words) != q.Text || of(q.Speaker) != q.Mention || q.Mention == "" || q.Certain && !q.Named {
				t.Errorf("%+v", q)
			}
			if utf8.ValidString(text) && utf8.ValidString(headline) && !utf8.ValidString(q.Text+q.Mention) {
				t.Errorf("%q by %q cuts a letter", q.Text, q.Mention)
			}
			for _, at := range append(q.Insertions, q.Verb) {
				of(at)
			}
		}
	})
}
