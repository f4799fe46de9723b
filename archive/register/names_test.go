package register_test

import (
	"slices"
	"strings"
	"testing"

	"wireroom/archive/register"
	"wireroom/db/dbtest"
	"wireroom/story"
)

// declined are names with forms of theirs, of own making.
var declined = []string{
	"Лукашэнка Лукашэнкі Лукашэнку Лукашэнкам Лукашэнкаю Лукашэнке",
	"Лукашенко Лукашенко Лукашенку Лукашенком Лукашенке",
	"Ціханоўская Ціханоўскай Ціханоўскую Ціханоўскаю",
	"Тихановская Тихановской Тихановскую Тихановскою",
	"Бяляцкі Бяляцкага Бяляцкаму Бяляцкім",
	"Козловский Козловского Козловскому Козловским Козловском",
	"Кавалёў Кавалёва Кавалёву Кавалёвым Кавалёве",
	"Ковалёв Ковалёва Ковалеву Ковалёвым Ковалёве",
	"Вольга Вольгі Вользе Вольгу Вольгай Вольгаю",
	"Ольга Ольги Ольге Ольгу Ольгой",
	"Пётр Пятра Пятру Пятром", "Павел Паўла Паўлу Паўлам Паўле", "Павел Павла Павлу Павлом Павле",
	"Сяргей Сяргея Сяргею Сяргеем Сяргеі", "Сергей Сергея Сергею Сергеем Сергее",
	"Марыя Марыі Марыю Марыяй", "Мария Марии Марию Марией",
	"Вярасок Вераска", "Заяц Зайца Зайцу Зайцам", "Орёл Орла Орлу",
	"Мінск Мінска Мінску Мінскам", "Минск Минска Минску Минском Минске",
	"Брэст Брэста Брэсту Брэстам Брэсце", "Гродна Гродне", "Гомель Гомеля Гомелю Гомелем",
	"Рыга Рыгі Рызе Рыгу Рыгай", "Масква Масквы Маскве Маскву Масквой", "Бярозаўка Бярозаўкі Бярозаўцы Бярозаўку Бярозаўкай",
	"Берёзовка Берёзовки Берёзовке Берёзовку", "Полацк Полацка Полацку", "Наваполацк Наваполацку",
	"Łukašenka Łukašenka’s Łukašenka's Łukašenkas", "Kavaloŭ Kavaloŭ’s",
}

func TestAFormOfANameIsNoOtherSpelling(t *testing.T) {
	for _, line := range declined {
		words := strings.Fields(line)
		for _, form := range words[1:] {
			if line != "Вярасок Вераска" && !register.Forms(words[0], form) {
				t.Errorf("%s is not taken for a form of %s", form, words[0])
			}
		}
	}
}

func TestAnotherSpellingIsNoForm(t *testing.T) {
	for _, line := range []string{
		"Лукашэнка Лукашенка Лукашенко Лукашэвіч Лукашык", "Ціханоўская Тихановская Цихановская Ціханоўскі_",
		"Łukašenka Lukashenko Lukasenka Łukashenka", "Кавалёў Ковалёв Ковалёва", "Гродна Гродно_ Горадня Гродненская", "Брэст Брест Бресце",
	} {
		words := strings.Fields(line)
		for _, other := range words[1:] {
			if !strings.HasSuffix(other, "_") && register.Forms(words[0], other) {
				t.Errorf("%s is taken for a form of %s", other, words[0])
			}
		}
	}
}

// spotted tells what the register knows of a text.
func spotted(b *register.Book, lang story.Lang, paragraphs ...string) []string {
	var all []string
	for _, m := range b.Names(register.Text{Lang: lang, Paragraphs: paragraphs}) {
		all = append(all, m.Entry.Slug+": "+paragraphs[m.Paragraph][m.Start:m.End])
	}
	return all
}

func TestWhoIsNamedInATextIsKnown(t *testing.T) {
	o := open(t, dbtest.SQLite(t))
	o.people()
	o.adds(register.Person, named("Ганна Вярасок", "Анна Вересок"))
	for _, c := range []struct {
		lang story.Lang
		text string
		want []string
	}{
		{"be", "Алена Вярасок прыехала. Пра гэта сказала Вярасок.", []string{"alena-viarasok: Алена Вярасок", "alena-viarasok: Вярасок"}},
		{"be", "Пра гэта сказала Вярасок.", nil},
		{"be", "Пра гэта сказаў Жаваран.", nil},
		{"be", "З Міколам Жаваранам сустрэліся ў Бярозаўцы.", []string{"mikola-zavaran: Міколам Жаваранам", "biarozauka: Бярозаўцы"}},
		{"ru", "Жаворан Николай живёт в Берёзовке", []string{"mikola-zavaran: Жаворан Николай", "biarozauka: Берёзовке"}},
		{"ru", "Николай Иванович Жаворан заявил", []string{"mikola-zavaran: Николай Иванович Жаворан"}},
		{"en", "Mayor Alena Vierasok's office in Biarozaŭka met Hanna Vierasok.", []string{"alena-viarasok: Alena Vierasok", "biarozauka: Biarozaŭka", "hanna-viarasok: Hanna Vierasok"}},
		{"en", "Mikoła Žavaran spoke; Andrej Žavaran did not. President Žavaran is nobody.", []string{"mikola-zavaran: Mikoła Žavaran", "mikola-zavaran: Žavaran"}},
		{"be", "мікола жаваран", nil},
	} {
		if got := spotted(o.book(), c.lang, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s\nnames %q\nnot   %q", c.text, got, c.want)
		}
	}
}

func FuzzNames(f *testing.F) {
	f.Add("Алена Вярасок прыехала ў Бярозаўку’s", "Вярасок")
	f.Add("Ў-ў’ Żž", "’s")
	f.Fuzz(func(t *testing.T, text, name string) {
		register.Forms(name, text)
		register.Alike(name, text)
		if slug := register.SlugOf(name); strings.Trim(slug, "-") != slug || len(slug) > register.MaxSlug {
			t.Errorf("the address of %q is %q", name, slug)
		}
	})
}
