package archive

import (
	"testing"
	"time"
)

func TestAQueryAsksWhatSomebodyHasSaidAboutSomething(t *testing.T) {
	each(t, func(n *newsroom) {
		day := time.Date(2005, 6, 1, 0, 0, 0, 0, time.UTC)
		for query, finds := range map[string]bool{
			`said:"Łukašenka" union since 2002`:     true,
			`said:Łukašenka unions since:2002`:      true,
			`сказаў: Лукашэнка union з мая 2002`:    true,
			`сказал:Лукашенко union с 2002 года`:    true,
			`said:Łukašenka "with Russia"`:          true,
			`said:Łukašenka Russia OR bread`:        true,
			`said:Łukašenka person:Россия`:          true,
			`said:Łukašenka`:                        true,
			`said:Łukašenka date:2005-06-01`:        true,
			`said:Łukašenka before:2005-06-02`:      true,
			`said:Łukašenka language:en`:            true,
			`said:Łukašenka since 2006`:             false,
			`said:Łukašenka bread`:                  false,
			`said:Łukašenka union -Russia`:          false,
			`said:Łukašenka date:whenever`:          false,
			`said:Łukašenka language:be`:            false,
			`said:Łukašenka before:2005-06-01`:      false,
			`said:Łukašenka "Russia union"`:         false,
			`said:Łukašenka since:"2 June 2005"`:    false,
			`said:Łukašenka since "1 June 2005"`:    true,
			`said:Łukašenka NOT (bread OR harvest)`: false, // from what?
		} {
			s, ok := n.archive.Speech(query)
			if !ok || s.Finds("The union with Russia is our choice", "en", day) != finds {
				t.Errorf("%s: %t %t, want %t", query, ok, !finds, finds)
			}
		}
		for query, who := range map[string]string{
			"said:Anna Kot bread": "Anna Kot", "bread said:Ганна Кот": "Ганна Кот", `said:"Anna" Kot`: "Anna", "said:Anna bread": "Anna",
			"said:Kot Minsk": "Kot", "said:Anna section:x": "Anna", "said:Anna": "Anna",
		} {
			if s, _ := n.archive.Speech(query); s.Speaker != who {
				t.Errorf("%s asks for the words of %q, not of %q", query, s.Speaker, who)
			}
		}
		for _, query := range []string{"union since 2002", "said", "said:", "", `"said:Łukašenka"`} {
			if s, ok := n.archive.Speech(query); ok {
				t.Errorf("%q asks for the words of %q", query, s.Speaker)
			}
		}
	})
}

func TestAYearBehindSinceNeedsNoColon(t *testing.T) {
	each(t, func(n *newsroom) {
		n.now = time.Date(2019, 3, 1, 9, 0, 0, 0, time.UTC)
		n.sends("en", "Old", "Prices since then.", nil)
		n.now = time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)
		n.sends("en", "New", "Prices of 2019, and Kavaloŭ.", nil)
		n.indexes()
		n.wants("prices since 2020", "New")
		n.wants("prices з 2020 года", "New")
		n.wants("prices с января 2018 года", "New", "Old")
		n.wants("prices since", "Old")
		n.wants("since then", "Old")
		n.wants(`"since 2020"`)
		n.wants("said:Ковалёв", "New")
	})
}
