package register_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"wireroom/archive/register"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

var (
	edvard = staff.Person{ID: "edvard", Role: staff.Editor}
	rita   = staff.Person{ID: "rita", Role: staff.Reporter}
	now    = time.Date(2025, 10, 25, 14, 20, 0, 0, time.UTC)
)

// office is an agency with its register.
type office struct {
	*testing.T
	*register.Store
}

func each(t *testing.T, promise func(o office)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { promise(open(t, d)) })
}

func open(t *testing.T, d *db.DB) office {
	t.Helper()
	o := office{t, register.New(d, func() time.Time { return now })}
	o.ok(masthead.New(d).Found(t.Context(), masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "ru", "be"}, ZoneName: "Europe/Minsk"}))
	return o
}

func (o office) ok(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func named(be, ru string) register.Facts {
	return register.Facts{Names: map[story.Lang]string{"be": be, "ru": ru}}
}

func (o office) adds(kind register.Kind, f register.Facts) register.Entry {
	o.Helper()
	e, err := o.Add(o.Context(), edvard, kind, f)
	o.ok(err)
	return e
}

func (o office) book() *register.Book {
	o.Helper()
	b, err := o.Book(o.Context())
	o.ok(err)
	return b
}

// finds wants these addresses for what is typed.
func (o office) finds(kind register.Kind, typed string, want ...string) {
	o.Helper()
	var got []string
	for _, e := range o.book().Find(kind, typed) {
		got = append(got, e.Slug)
	}
	if !slices.Equal(got, want) {
		o.Errorf("%q finds %q, not %q", typed, got, want)
	}
}

func (o office) people() {
	o.adds(register.Person, named("Алена Вярасок", "Елена Вересок"))
	o.adds(register.Person, named("Мікола Жаваран", "Николай Жаворан"))
	o.adds(register.Place, named("Бярозаўка", "Берёзовка"))
}

func TestAnEntryIsFoundByAnySpelling(t *testing.T) {
	each(t, func(o office) {
		o.people()
		for _, typed := range []string{"Алена Вярасок", "Вересок", "Alena Vierasok", "vieras", "Elena Veresok", "вярасок алена", "Вярасок"} {
			o.finds(register.Person, typed, "alena-viarasok")
		}
		o.finds("", "Берёзовка", "biarozauka")
		o.finds("", "Byarozawka", "biarozauka")
		o.finds(register.Person, "Бярозаўка")
		o.finds(register.Person, "", "alena-viarasok", "mikola-zavaran")
		e, ok := o.book().Is(register.Person, "Nikolay Zhavaran")
		if !ok || e.Slug != "mikola-zavaran" || e.Name("en") != "Mikoła Žavaran" {
			t.Errorf("%+v", e)
		}
		if _, ok := o.book().Is(register.Person, "Жаваран"); ok {
			t.Error("a last name alone is taken for one person")
		}
	})
}

func TestAnAddressLeadsToItsEntryForEver(t *testing.T) {
	each(t, func(o office) {
		ctx := o.Context()
		one, two := o.adds(register.Person, named("Алена Вярасок", "")), o.adds(register.Person, named("Алена Вярасок", ""))
		if two.Slug != "alena-viarasok-2" {
			t.Errorf("the second of the name is at %s", two.Slug)
		}
		f := one.Facts
		f.Slug = "mayor"
		one, err := o.Save(ctx, edvard, one.ID, 1, f)
		o.ok(err)
		if e, ok := o.book().At(register.Person, "alena-viarasok"); !ok || e.Slug != "mayor" {
			t.Errorf("the first address leads to %+v", e)
		}
		f.Slug = "alena-viarasok-2"
		if _, err = o.Save(ctx, edvard, one.ID, 2, f); !fault.Is(err, fault.KindConflict) {
			t.Errorf("two have one address: %v", err)
		}
		_, err = o.Merge(ctx, edvard, two.ID, one.ID)
		o.ok(err)
		e, ok := o.book().At(register.Person, "alena-viarasok-2")
		if !ok || e.ID != one.ID || !slices.Equal(e.Same(), []register.ID{one.ID, two.ID}) {
			t.Errorf("what was merged is at %+v; %v", e, e.Same())
		}
		_, err = o.Remove(ctx, edvard, one.ID)
		o.ok(err)
		if e, ok := o.book().At(register.Person, "mayor"); ok {
			t.Errorf("what is out of use is there: %+v", e)
		}
		if _, err = o.PutBack(ctx, edvard, one.ID); err != nil || len(o.book().List("")) != 1 {
			t.Errorf("it does not come back: %v", err)
		}
	})
}

func TestTwoEntriesBecomeOneWithAllThatIsKnown(t *testing.T) {
	each(t, func(o office) {
		a, b := named("Алена Вярасок", ""), named("Елена Вересок", "")
		a.Roles = []register.Role{{Texts: map[story.Lang]string{"be": "мэр"}, From: "2020"}}
		b.Roles = []register.Role{{Texts: map[story.Lang]string{"be": "дэпутат"}, From: "2016", To: "2020"}, a.Roles[0]}
		b.Aliases, b.Since = []string{"Veresok"}, "1970-05"
		b.Names["en"] = "Alena Vierasok"
		into, from := o.adds(register.Person, a), o.adds(register.Person, b)
		got, err := o.Merge(o.Context(), edvard, from.ID, into.ID)
		o.ok(err)
		if !slices.Equal(got.Aliases, []string{"Елена Вересок", "Veresok"}) || len(got.Roles) != 2 || got.Roles[0].Texts["be"] != "дэпутат" ||
			got.Since != "1970-05" || got.Names["en"] != "Alena Vierasok" {
			t.Errorf("%+v", got)
		}
		if got.Role("be", now) != "мэр" || got.Role("be", now.AddDate(-8, 0, 0)) != "дэпутат" || got.Role("be", now.AddDate(-20, 0, 0)) != "" || got.Role("en", now) != "" {
			t.Errorf("the roles: %+v", got.Roles)
		}
		history, err := o.History(o.Context(), into.ID)
		o.ok(err)
		if len(history) != 2 || history[0].Act != register.Took || history[0].Other != from.ID || history[0].By != "edvard" || history[1].Act != register.Added {
			t.Errorf("%+v", history)
		}
		if _, err = o.Merge(o.Context(), edvard, from.ID, into.ID); !fault.Is(err, fault.KindConflict) {
			t.Errorf("it went twice: %v", err)
		}
	})
}

func TestNothingIsLostBetweenTwoWhoWrite(t *testing.T) {
	each(t, func(o office) {
		e := o.adds(register.Person, named("Алена Вярасок", ""))
		f := e.Facts
		f.Aliases = []string{"Vierasok"}
		e, err := o.Save(o.Context(), edvard, e.ID, 1, f)
		o.ok(err)
		_, err = o.Save(o.Context(), edvard, e.ID, 1, named("Алена", ""))
		var stale *register.Stale
		if !errors.As(err, &stale) || !reflect.DeepEqual(stale.Theirs, e) {
			t.Errorf("%v", err)
		}
		kept, err := o.Get(o.Context(), e.ID)
		if o.ok(err); !reflect.DeepEqual(kept, e) {
			t.Errorf("it is kept as %+v, not %+v", kept, e)
		}
	})
}

func TestWhatAnEntryMayNotHaveIsNamed(t *testing.T) {
	each(t, func(o office) {
		with := func(change func(*register.Facts)) register.Facts {
			f := named("Алена Вярасок", "")
			change(&f)
			return f
		}
		for field, f := range map[string]register.Facts{
			"name":    {},
			"name.be": named("Алена\x00", ""),
			"slug":    with(func(f *register.Facts) { f.Slug = "Mayor Vierasok" }),
			"since":   with(func(f *register.Facts) { f.Since = "soon" }),
			"role": with(func(f *register.Facts) {
				f.Roles = []register.Role{{Texts: map[story.Lang]string{"be": "мэр"}, From: "2020", To: "2019-12"}}
			}),
			"language": with(func(f *register.Facts) { f.Names["pl"] = "Alena" }),
		} {
			_, err := o.Add(o.Context(), edvard, register.Person, f)
			var wrong *fault.Error
			if !errors.As(err, &wrong) || wrong.Kind != fault.KindInvalid || wrong.Subject != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		if _, err := o.Add(o.Context(), rita, register.Person, named("Алена", "")); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("a reporter writes: %v", err)
		}
		if len(o.book().List("")) != 0 {
			t.Error("something was kept")
		}
	})
}
