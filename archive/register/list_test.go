package register_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"wireroom/archive/register"
	"wireroom/story"
)

const rowOfNames = "kind,be,ru,en,aliases,role_be,role_ru,role_en,from,to,born,died,public,address\n"

// reads reads a list that has no flaw.
func reads(t *testing.T, text string) []register.Listed {
	t.Helper()
	list, flaws, err := register.ReadList(strings.NewReader(text))
	if err != nil || len(flaws) > 0 {
		t.Fatalf("%v %v in\n%s", err, flaws, text)
	}
	return list
}

func TestRowsOfOneNameAreOneEntryWithAllItsRoles(t *testing.T) {
	got := reads(t, rowOfNames+
		"person,Алена  Вярасок,Елена Вересок,,Лена; Верас,,,mayor,2010,2014-05,1970,,yes,\n"+
		"Place,Бярозаўка,,,,,,,,,,,,\n"+
		",,,,,,,,,,,,,\n"+
		"person,АЛЕНА ВЯРАСОК,,,Вераска,міністр,,minister,8.03.2020,,,2024-01-02,,\n")
	got[0].Aliases = slices.DeleteFunc(got[0].Aliases, func(a string) bool { return strings.TrimSpace(a) == "" })
	want := register.Facts{
		Names: map[story.Lang]string{"be": "Алена Вярасок", "ru": "Елена Вересок"}, Aliases: []string{"Лена", " Верас", "Вераска"},
		Roles: []register.Role{
			{Texts: map[story.Lang]string{"en": "mayor"}, From: "2010", To: "2014-05"},
			{Texts: map[story.Lang]string{"be": "міністр", "en": "minister"}, From: "2020-03-08"},
		},
		Since: "1970", Until: "2024-01-02", Public: true,
	}
	if len(got) != 2 || got[0].Kind != register.Person || got[1].Kind != register.Place || got[1].Line != 3 || !reflect.DeepEqual(got[0].Facts, want) {
		t.Errorf("the list is\n%+v, not\n%+v", got, want)
	}
}

func TestAListMayComeFromAnySpreadsheet(t *testing.T) {
	for _, text := range []string{
		"kind,en,aliases\nplace,Minsk,\"Mensk;Miensk\"\n",
		"\ufeffKind;EN;Aliases\r\nplace;Minsk;\"Mensk;Miensk\"\r\n",
		"kind\ten\taliases\nplace\tMinsk\tMensk;Miensk\n",
		"aliases,en,kind,\n\"Mensk;\nMiensk\",Minsk,place\n",
	} {
		got := reads(t, text)
		if len(got) != 1 || got[0].Names["en"] != "Minsk" || len(got[0].Aliases) != 2 {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

func TestEachFlawIsToldWithItsLine(t *testing.T) {
	for _, c := range []struct {
		text, field string
		line        int
	}{
		{"", "", 1},
		{"be,ru\nА,Б\n", "kind", 1},
		{"kind,aliases\nperson,A\n", "", 1},
		{"kind,en,nickname\nperson,A,B\n", "nickname", 1},
		{"kind,en,born,since\nperson,A,,\n", "since", 1},
		{"kind,en\nperson,A\nship,B\n", "kind", 3},
		{"kind,en\nperson,\"A\n", "", 2},
		{"kind,en\nperson,\xc0\xe0\n", "", 2},
		{"kind,en,aliases\nperson,,A\n", "", 2},
		{"kind,en\nperson,A,B\n", "", 2},
		{"kind,en,born\nperson,A,about 1970\n", "since", 2},
		{"kind,en,role_en,from,to\nperson,A,mayor,2020,2019\n", "to", 2},
		{"kind,en,from\nperson,A,2020\n", "role_", 2},
		{"kind,en,public\nperson,A,perhaps\n", "public", 2},
		{"kind,en,ru\nperson,A,Б\nperson,A,В\n", "ru", 3},
		{"kind,en,ru\nperson,A,Б\nperson,C,Г\nperson,A,Г\n", "", 4},
		{"kind,id,en\nperson,1,A\nperson,2,A\nperson,,A\n", "", 4},
		{"kind,id,en\nperson,1,A\nplace,1,A\n", "id", 3},
		{"kind,id\nperson,1\n", "", 1},
	} {
		_, flaws, err := register.ReadList(strings.NewReader(c.text))
		if err != nil || len(flaws) != 1 || flaws[0].Line != c.line || flaws[0].Field != c.field || flaws[0].Reason == "" {
			t.Errorf("%q has %+v, %v; not one flaw of %q in line %d", c.text, flaws, err, c.field, c.line)
		}
	}
}

// takesIn takes a list in.
func (o office) takesIn(text string, rehearse bool) register.Arrival {
	o.Helper()
	a, err := o.Import(o.Context(), reads(o.T, text), rehearse)
	o.ok(err)
	return a
}

func TestAListFillsTheRegisterOnce(t *testing.T) {
	each(t, func(o office) {
		o.people()
		gone := o.adds(register.Person, named("Янка Зніклы", "Янка Зниклый"))
		_, err := o.Remove(o.Context(), edvard, gone.ID)
		o.ok(err)
		list := rowOfNames +
			"person,,Елена Вересок,,,,,mayor,,,,,,\n" + // here by one spelling
			"person,,,Jan Dryk,Мікола Жаваран,,,,,,,,,\n" + // here by another name
			"person,Янка Зніклы,,,,,,,,,,,,\n" + // out of use
			"place,Алена Вярасок,,,,,,,,,,,yes,\n" + // no person
			"person,Вольга Кавалёва,Ольга Ковалёва,,,,,judge,2020,,,,yes,\n" +
			"person,,,Volha Kavalova,,,,,,,,,,\n" + // the one above
			"person,Вольга Новая,,,,,,,,,,,,alena-viarasok-2\n"
		before := len(o.book().List(""))
		for _, rehearse := range []bool{true, true, false} {
			a := o.takesIn(list, rehearse)
			if a.Added != 3 || a.People != 2 || a.Places != 1 || len(a.Known) != 4 || len(a.Flaws) != 0 || a.DryRun != rehearse {
				t.Errorf("rehearsal %v: %+v", rehearse, a)
			}
			if n := len(o.book().List("")); rehearse && n != before {
				t.Errorf("a rehearsal kept %d", n-before)
			}
		}
		e, ok := o.book().At(register.Person, "volha-kavalova")
		if !ok || !e.Public || e.Role("en", now) != "judge" || e.By != "" {
			t.Errorf("the entry is %+v", e)
		}
		all, err := o.History(o.Context(), e.ID)
		o.ok(err)
		if len(all) != 1 || all[0].Act != register.Imported {
			t.Errorf("its history is %+v", all)
		}
		if a := o.takesIn(list, false); a.Added != 0 || len(a.Known) != 7 {
			t.Errorf("the second time: %+v", a)
		}
	})
}

func TestNamesakesOfAListAreToldApartByTheirIDs(t *testing.T) {
	each(t, func(o office) {
		o.adds(register.Person, named("Ян Кот", "Ян Кот"))
		list := "id,kind,be,role_be,address\n" +
			"7,person,Ян Кот,мастак,\n" + // who is here
			"8,person,Ян Кот,суддзя,kot-judge\n" +
			"9,person,Ян Кот,лекар,\n" +
			"8,person,,пісьменнік,\n" +
			",person,Ева Кот,,\n"
		for n, want := range []register.Arrival{{Added: 3, Known: make([]register.Met, 1)}, {Known: make([]register.Met, 4)}} {
			if a := o.takesIn(list, false); a.Added != want.Added || len(a.Known) != len(want.Known) || len(a.Flaws) > 0 {
				t.Errorf("time %d: %+v", n+1, a)
			}
		}
		judge, ok := o.book().At(register.Person, "kot-judge")
		if !ok || len(judge.Roles) != 2 {
			t.Errorf("%+v", judge)
		}
		if third, ok := o.book().At(register.Person, "jan-kot-2"); !ok || third.Role("be", now) != "лекар" {
			t.Errorf("%+v", third)
		}
		if who, ok := o.book().Is(register.Person, "Ян Кот"); ok {
			t.Errorf("of three the name means %+v", who)
		}
	})
}

func TestAListWithAFlawIsNotTakenAtAll(t *testing.T) {
	each(t, func(o office) {
		o.people()
		a := o.takesIn(rowOfNames+
			"person,Вольга Кавалёва,,,,,,,,,,,,\n"+
			"person,Адам Адрас,,,,,,,,,,,,alena-viarasok\n"+
			"person,Ева Адрас,,,,,,,,,2020,2010,,\n"+
			"person,Лявон Адрас,,,,,,,,,,,,Not an address\n", false)
		var got []string
		for _, f := range a.Flaws {
			got = append(got, f.Field)
		}
		if !slices.Equal(got, []string{"address", "since", "address"}) || a.Flaws[0].Line != 3 {
			t.Errorf("the flaws are %+v", a.Flaws)
		}
		if n := len(o.book().List("")); n != 3 {
			t.Errorf("%d are in the register, not the three of before", n)
		}
		list := reads(t, "kind,de\nplace,Minsk\n")
		if a, err := o.Import(o.Context(), list, false); err != nil || len(a.Flaws) != 1 || a.Flaws[0].Field != "language" {
			t.Errorf("an edition that is not there: %+v, %v", a, err)
		}
	})
}

func FuzzReadList(f *testing.F) {
	f.Add(rowOfNames + "person,Алена Вярасок,Елена Вересок,,Лена;Верас,,,mayor,2010,2014,1970,,yes,\n")
	f.Add("\ufeffkind;en;aliases\r\nplace;Minsk;\"Mensk;Miensk\"\r\nplace;minsk\r\n")
	f.Add("kind\ten\nperson\t\"A\n")
	f.Fuzz(func(t *testing.T, text string) {
		list, flaws, err := register.ReadList(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if e.Line < 1 || len(e.Names) == 0 || e.Kind != register.Person && e.Kind != register.Place {
				t.Errorf("an entry that is nobody: %+v", e)
			}
		}
		for _, w := range flaws {
			if w.Line < 1 || w.Reason == "" {
				t.Errorf("a flaw that says nothing: %+v", w)
			}
		}
	})
}
