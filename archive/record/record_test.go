package record

import (
	"context"
	"testing"
	"time"

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
)

// desk is a newsroom of one editor.
type desk struct {
	*testing.T
	stories *story.Store
	record  *Store
}

func each(t *testing.T, promise func(d *desk)) {
	dbtest.Each(t, func(t *testing.T, base *db.DB) {
		now := func() time.Time { return time.Date(2025, 10, 25, 12, 0, 0, 0, time.UTC) }
		house := masthead.Masthead{Name: "Wire", Languages: []masthead.Lang{"en", "ru", "be"}, ZoneName: "Europe/Minsk",
			Sections: []masthead.Section{{ID: "politics", Labels: map[masthead.Lang]string{"en": "Politics", "ru": "Политика", "be": "Палітыка"}}}}
		d := &desk{T: t, stories: story.New(base, now)}
		d.ok(masthead.New(base).Found(t.Context(), house))
		d.record = New(base, now, d.stories)
		promise(d)
	})
}

func (d *desk) ok(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) writes(lang story.Lang, day story.Date, paragraphs ...string) story.Story {
	d.Helper()
	c := story.Content{Slug: "talks", Headline: "Talks go on", Date: day, Sections: []string{"politics"}, Open: true}
	for _, p := range paragraphs {
		c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain(p)))
	}
	st, err := d.stories.Create(d.Context(), edvard, lang, "", c)
	d.ok(err)
	return st
}

func (d *desk) confirms(st story.Story, words, speaker string) {
	d.Helper()
	d.ok(d.record.Confirm(d.Context(), edvard, st.ID, words, speaker, ""))
}

// finds asks, and wants these words in this order.
func (d *desk) finds(q Question, want ...string) {
	d.Helper()
	got, err := d.record.Said(d.Context(), q)
	d.ok(err)
	same := len(got) == len(want)
	for i := range min(len(got), len(want)) {
		same = same && got[i].Words == want[i]
	}
	if !same {
		d.Errorf("%+v: %+v, not %q", q, got, want)
	}
}

func TestWhatHasSheSaidAboutItSince(t *testing.T) {
	each(t, func(d *desk) {
		old := d.writes("en", story.Date{Year: 2001, Month: 3, Day: 1}, "“Taxes are too high,” Alaksandar Łukašenka said.")
		en := d.writes("en", story.Date{Year: 2025, Month: 10, Day: 20}, "“This tax is a mistake,” Sviatłana Cichanoŭskaja said.", "“A tax is a tax,” Łukašenka said.")
		be := d.writes("be", story.Date{Year: 2025, Month: 10, Day: 24}, "«Падаткі вырастуць у студзені», – сказаў Лукашэнка.")
		d.confirms(old, "Taxes are too high", "Alaksandar Łukašenka")
		d.confirms(en, "This tax is a mistake", "Sviatłana Cichanoŭskaja")
		d.confirms(en, "A tax is a tax", "Alaksandar Łukašenka")
		d.confirms(be, "Падаткі вырастуць у студзені", "Аляксандр Лукашэнка")
		d.finds(Question{Speaker: "Lukashenko", Since: time.Date(2002, 1, 1, 0, 0, 0, 0, time.UTC)}, "Падаткі вырастуць у студзені", "A tax is a tax")
		d.finds(Question{Speaker: "Лукашенко", About: "taxes"}, "A tax is a tax", "Taxes are too high")
		d.finds(Question{Speaker: "Tsikhanouskaya"}, "This tax is a mistake")
		d.finds(Question{About: "падатак"}, "Падаткі вырастуць у студзені")
		d.finds(Question{Speaker: "Putin"})
		d.finds(Question{Limit: 1}, "Падаткі вырастуць у студзені")
	})
}

func TestOnlyWhatStandsInTheStoryGoesOnRecordAndOnlyByAnEditor(t *testing.T) {
	each(t, func(d *desk) {
		st := d.writes("en", story.Date{}, "“This tax is a mistake,” she said.")
		ctx := d.Context()
		for name, c := range map[string]struct {
			err  error
			kind fault.Kind
		}{
			"a reporter":    {d.record.Confirm(ctx, rita, st.ID, "This tax is a mistake", "Anna", ""), fault.KindForbidden},
			"other words":   {d.record.Confirm(ctx, edvard, st.ID, "This tax is fine", "Anna", ""), fault.KindConflict},
			"no words":      {d.record.Refuse(ctx, edvard, st.ID, " "), fault.KindConflict},
			"nobody":        {d.record.Confirm(ctx, edvard, st.ID, "This tax is a mistake", " \n", ""), fault.KindInvalid},
			"another story": {d.record.Refuse(ctx, edvard, "none", "This tax is a mistake"), fault.KindNotFound},
			"no entry":      {d.record.Withdraw(ctx, edvard, st.ID, "none"), fault.KindNotFound},
		} {
			if !fault.Is(c.err, c.kind) {
				d.Errorf("%s: %v", name, c.err)
			}
		}
		d.finds(Question{})
	})
}

func TestTheLastWordOfAnEditorHolds(t *testing.T) {
	each(t, func(d *desk) {
		st := d.writes("en", story.Date{}, "“This tax is a mistake,” she said.")
		const words = "This tax is a mistake"
		d.confirms(st, words, "Anna Kot")
		d.confirms(st, words, "Hanna Kot")
		d.finds(Question{Speaker: "Kot"}, words)
		d.ok(d.record.Refuse(d.Context(), edvard, st.ID, words))
		d.finds(Question{})
		all, err := d.record.Of(d.Context(), st.ID)
		d.ok(err)
		if len(all) != 1 || all[0].Speaker != "" || all[0].By != "edvard" {
			d.Errorf("%+v", all)
		}
		d.ok(d.record.Withdraw(d.Context(), edvard, st.ID, EntryID(st.ID, words)))
		if all, err = d.record.Of(d.Context(), st.ID); err != nil || len(all) != 0 {
			d.Errorf("%+v, %v", all, err)
		}
	})
}

func TestASpikedStorySaysNothing(t *testing.T) {
	each(t, func(d *desk) {
		st := d.writes("en", story.Date{}, "“This tax is a mistake,” Anna Kot said.")
		d.confirms(st, "This tax is a mistake", "Anna Kot")
		_, err := d.stories.Spike(context.Background(), edvard, st.ID)
		d.ok(err)
		d.finds(Question{Speaker: "Kot"})
	})
}

func TestAnEditorsInsertionsAreKeptInBrackets(t *testing.T) {
	each(t, func(d *desk) {
		c := story.Content{Slug: "talks", Headline: "Talks go on", Sections: []string{"politics"}, Open: true}
		c.Body.Blocks = []story.Node{story.Para(story.Plain("“I am afraid that this is "), story.Marked("would lead to", story.Insertion), story.Plain(" war,” Anna Kot said."))}
		st, err := d.stories.Create(d.Context(), edvard, "en", "", c)
		d.ok(err)
		const words = "I am afraid that this is [would lead to] war"
		got := Proposals(st)
		if len(got) != 1 || got[0].Text != words || got[0].Who != "Anna Kot" || len(got[0].Insertions) != 1 {
			d.Fatalf("%+v", got)
		}
		d.confirms(st, words, "Anna Kot")
		d.finds(Question{About: "war"}, words)
	})
}
