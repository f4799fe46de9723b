package lexis

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAWordIsFoundInEachOfItsForms(t *testing.T) {
	for _, c := range []struct{ lang, written, asked string }{
		{"en", "Governments", "government"}, {"en", "reported", "reports"}, {"en", "Russia’s", "russia"}, {"en", "naïve café", "cafe"},
		{"ru", "переговоры", "переговоров"}, {"ru", "президентом", "президент"}, {"ru", "ещё", "еще"}, {"ru", "Берёза", "береза"},
		{"be", "дзяржавы", "дзяржава"}, {"be", "улады", "ўлады"}, {"be", "з’езд", "з'езд"}, {"be", "аб'яднанне", "аб’яднання"},
		{"be", "рублёў", "рублямі"}, {"be", "заявіла", "заявілі"}, {"be", "сьвет", "свет"}, {"be", "беларускага", "беларускія"}, {"be", "вынiкi", "вынікі"},
		{"be", "Лукашэнкам", "lukashenko"}, {"en", "Łukašenka", "лукашенко"}, {"ru", "в Минске", "мінск"}, {"en", "in Kyiv", "Киев"},
		{"en", "said Łukašenka’s aide", "Лукашенко"}, {"en", "said Lukashenko's aide", "łukašenka"}, {"en", "all Lukashenkos’ dogs", "Лукашэнка"},
		{"en", "with the Łukašenkas", "Lukashenko"}, {"en", "the Klimovičs", "Климович"}, {"en", "by Raman Zhavaran", "Zavaran"}, {"en", "as Lukashenko", "Lukasenko"},
		{"be", "сад у садзе", "садзе"}, {"en", "COVID-19", "covid"}, {"en", "1,500", "500"},
	} {
		var r Reader
		tokens := r.Text(c.written, c.lang)
		for _, a := range Ask(c.asked) {
			if !slices.ContainsFunc(tokens, func(t Token) bool {
				return slices.ContainsFunc(t.Terms, func(term string) bool { return slices.Contains(a.Terms(), term) })
			}) {
				t.Errorf("%q is not found in %q: %v, %v", c.asked, c.written, a, tokens)
			}
		}
	}
}

func TestOnlyWhatMayBeANameHasTheKeysOfOne(t *testing.T) {
	var r Reader
	keys := func(text, word string) int {
		for _, token := range r.Text(text, "en") {
			if text[token.Start:token.End] == word {
				return len(token.Terms) - 1
			}
		}
		t.Fatalf("%q lost %q", text, word)
		return 0
	}
	if keys("Kavalenka said so.", "Kavalenka") == 0 || keys("The Kavalenka case", "Kavalenka") == 0 {
		t.Error("a name has no key")
	}
	if keys("The bank is shut.", "bank") != 0 || keys("The bank is shut.", "The") != 0 {
		t.Error("a word that is no name has a key")
	}
	if keys("Banks are shut. All banks.", "Banks") != 0 {
		t.Error("a word that the text also has in lower case has a key where it begins a sentence")
	}
}

func TestAnOrdinaryWordIsNotTakenForAName(t *testing.T) {
	for _, word := range []string{"cocoa", "rice", "heat", "tin", "bank", "make"} {
		if a := Ask(word)[0]; len(a.Names) > 0 {
			t.Errorf("%s is asked for as %v", word, a.Names)
		}
	}
	for _, word := range []string{"lukashenko", "kiev", "riga", "Makei", "минск"} {
		if a := Ask(word)[0]; len(a.Names) == 0 {
			t.Errorf("%s is not asked for as a name", word)
		}
	}
}

func TestATokenSaysWhichBytesItIs(t *testing.T) {
	text := "— Сьв\u0301ет, Russia’s “naïve” don't end' у2"
	var got []string
	var r Reader
	for _, token := range r.Text(text, "be") {
		got = append(got, text[token.Start:token.End])
	}
	if want := "Сьв\u0301ет|Russia’s|naïve|don't|end|у2"; strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", strings.Join(got, "|"), want)
	}
}

func FuzzText(f *testing.F) {
	f.Add("Łukašenka сказаў: «Так»", "be")
	f.Add("’’'' \xff\xf0 a'", "en")
	f.Add("И́͡й ẞ İ ŉ", "ru")
	f.Fuzz(func(t *testing.T, text, lang string) {
		var r Reader
		last := 0
		for _, token := range r.Text(text, lang) {
			if token.Start < last || token.End <= token.Start || token.End > len(text) {
				t.Fatalf("token %+v in %d bytes", token, len(text))
			}
			last = token.End
			for _, term := range token.Terms {
				if term == "" || len(term) > 2*longestTerm || !utf8.ValidString(term) || strings.ContainsAny(term, " \x00\x01'\"\\") {
					t.Fatalf("term %q", term)
				}
			}
		}
		Ask(text)
		Prefix(text)
	})
}
