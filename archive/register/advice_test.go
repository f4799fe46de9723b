package register_test

import (
	"slices"
	"strings"
	"testing"

	"wireroom/archive/register"
	"wireroom/db/dbtest"
	"wireroom/story"
)

func TestTheHouseSpellingIsProposedAndRightFormsAreLeftAlone(t *testing.T) {
	o := open(t, dbtest.SQLite(t))
	f := named("Аляксандр Лукашэнка", "Александр Лукашенко")
	f.Aliases = []string{"Бацька"}
	o.adds(register.Person, f)
	o.adds(register.Person, named("Вольга Кавалёва", "Ольга Ковалёва"))
	o.adds(register.Person, named("Святлана Ціханоўская", "Светлана Тихановская"))
	o.adds(register.Place, named("Магілёў", "Могилёв"))
	b := o.book()
	for _, c := range []struct {
		lang story.Lang
		text string
		want []string // written>proposed
	}{
		{"be", "Аляксандр Лукашэнка сказаў. Аляксандру Лукашэнку, Лукашэнкі, з Лукашэнкам, Лукашэнка.", nil},
		{"be", "Аляксандр Лукашенко сказаў, і Лукашенку паверылі. Бацька прыехаў.", []string{"Лукашенко>Лукашэнка", "Лукашенку>Лукашэнку"}},
		{"ru", "Александр Лукашенко сказал. Лукашенку, Лукашенко, Лукашенком. Об Ольге Ковалёвой и Ковалевой.", nil},
		{"ru", "Аляксандр Лукашэнка приехал в Магілёў, в Могилёве ждали.", []string{"Аляксандр>Александр", "Лукашэнка>Лукашенко", "Магілёў>Могилёв"}},
		{"en", "Alaksandr Łukašenka came to Mahiloŭ. Łukašenka’s guards met Volha Kavalova.", []string{"Volha Kavalova>"}},
		{"en", "Alexander Lukashenko came to Mogilev; President Lukashenka spoke.", []string{"Alexander>Alaksandr", "Lukashenko>Łukašenka", "Mogilev>Mahiloŭ", "Lukashenka>Łukašenka"}},
		{"be", "Вользе Кавалёвай і Святлане Ціханоўскай у Магілёве.", nil},
		{"be", "Андрэй Лукашэнка – не ён. Пра Лукашенка гаварылі.", []string{"Лукашенка>Лукашэнка"}},
		{"en", "Mr Kuzniacoŭ met reporters. Later Kuznetsov left, said Kuzniacoŭ.", []string{"Kuznetsov>Kuzniacoŭ"}},
		{"ru", "Сказал Петровский. С Петровским, о Петровском. Петровская молчала.", nil},
		{"be", "Пятро Шклярэўскі, Шклярэўскага, Шклярэўскім. Шкляроўскага.", []string{"Шкляроўскага>Шклярэўскага"}},
		{"en", "MOGILEV news from America and Amerika.", []string{"MOGILEV>MAHILOŬ", "Amerika>America"}},
	} {
		var got []string
		for _, a := range b.Advise(register.Text{Lang: c.lang, Paragraphs: []string{c.text}}) {
			if c.text[a.Start:a.End] != a.Written {
				t.Errorf("%q is not at its place in %s", a.Written, c.text)
			}
			if a.Reason != register.Right {
				got = append(got, a.Written+">"+a.Propose)
			}
		}
		want := slices.DeleteFunc(slices.Clone(c.want), func(w string) bool { return strings.HasSuffix(w, ">") })
		if !slices.Equal(got, want) {
			t.Errorf("%s\nis advised %q\nnot        %q", c.text, got, want)
		}
	}
}
