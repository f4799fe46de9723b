package demo

import (
	"context"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/story"
)

func TestTheAgencyCanBePlayedIntoANewsroom(t *testing.T) {
	ctx := context.Background()
	now := time.Now()
	c := agency.Defaults(t.TempDir())
	if err := Fill(ctx, c, now); err != nil {
		t.Fatal(err)
	}
	a, err := agency.Open(ctx, c, agency.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	want, err := Load(now)
	if err != nil {
		t.Fatal(err)
	}
	got, err := a.Stories.List(ctx, story.Filter{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	const begun = 1 // by the calendar
	if len(got) != len(want.Stories)+begun {
		t.Errorf("%d stories of %d", len(got), len(want.Stories))
	}
	translated, behind := 0, 0
	for _, st := range got {
		if st.Origin != "" {
			translated++
		}
		if st.Behind() {
			behind++
		}
		if st.Origin != "" && st.OriginRevision < 1 {
			t.Errorf("№ %d agrees with nothing of its original", st.Number)
		}
	}
	if translated < 30 || behind != 2 {
		t.Errorf("%d stories are translations, %d of them behind", translated, behind)
	}
	for _, lang := range want.House.Languages {
		texts, err := a.Copybook.List(ctx, lang, false)
		if err != nil {
			t.Fatal(err)
		}
		if len(texts) < 4 {
			t.Errorf("the copybook has %d texts in %s", len(texts), lang)
		}
	}
	letters, err := a.Letters.All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range letters {
		draft, err := a.Letters.Draft(ctx, b)
		if err != nil || !b.Live || !b.Due.After(now) {
			t.Errorf("the bulletin %s does not go: %v", b.ID, err)
		}
		if weekly := len(b.Rules.Days) == 1; weekly && len(draft.Items) < 5 {
			t.Errorf("%s has %d stories", b.ID, len(draft.Items))
		}
	}
	if len(letters) != 2*len(want.House.Languages) {
		t.Errorf("there are %d bulletins", len(letters))
	}
	head, err := a.Wire.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if came, err := a.Wire.Arrivals(ctx, 1, head); err != nil || len(came) != 3*int(head) {
		t.Errorf("%d arrivals of %d records: %v", len(came), head, err)
	}
	if events, err := a.Planning.Between(ctx, now.AddDate(0, 0, -7), now.AddDate(0, 0, 14)); err != nil || len(events) < 6 {
		t.Errorf("%d events are expected: %v", len(events), err)
	}
	findings, err := a.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if !f.OK || f.Count == 0 {
			t.Errorf("%s: %d, %s", f.Part, f.Count, f.Error)
		}
	}
	if err := Fill(ctx, c, now); err == nil {
		t.Error("the agency is founded twice")
	}
}
