package agency_test

import (
	"context"
	"testing"
	"time"

	"wireroom/bulletin"
	"wireroom/masthead"
	"wireroom/reveal"
)

func TestNoLetterTellsWhatItsReaderMayNotHave(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		hidden := o.hide()
		err := o.Masthead.Change(context.Background(), func(m masthead.Masthead) (masthead.Masthead, error) {
			m.PublicURL = "https://pozirk.example"
			return m, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		// An issue of all that is hidden, whatever a rule would let in.
		issue := bulletin.Issue{At: time.Now()}
		for _, kind := range []bulletin.Kind{bulletin.News, bulletin.Correction, bulletin.Kill} {
			for _, st := range hidden {
				issue.Items = append(issue.Items, bulletin.Item{Kind: kind, Story: st.ID, Number: st.Number})
			}
		}
		print := o.Sender(nil).Print
		o.until("the public address is known", func() bool {
			_, err := print(context.Background(), bulletin.Bulletin{Lang: "en"}, issue, reveal.Viewer{})
			return err == nil
		})
		for who, v := range map[string]viewer{"anybody": {}, "one who holds the plan": {reads: true}} {
			reader := reveal.Viewer{}
			if v.reads {
				reader = reveal.Holder(map[string]time.Time{"pozirk-plus": time.Now().Add(time.Hour)}, time.Now())
			}
			read := false
			for _, whole := range []bool{true, false} {
				sheet, err := print(context.Background(), bulletin.Bulletin{Lang: "en", Name: "All", Rules: bulletin.Rules{Whole: whole}}, issue, reader)
				if err != nil {
					t.Fatal(err)
				}
				for _, m := range anyCanary.FindAllStringSubmatch(sheet.Subject+sheet.Text+sheet.HTML, -1) {
					read = read || m[1] == sownLocked && m[2] == "rest"
					if !v.may(m[1], m[2]) {
						t.Errorf("a letter to %s tells the %s of the story %s", who, m[2], m[1])
					}
				}
			}
			if read != v.reads {
				t.Errorf("%s reads in a letter what is locked: %v", who, read)
			}
		}
	})
}
