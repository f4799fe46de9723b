package agency_test

import (
	"context"
	"testing"

	"wireroom/reveal"
	"wireroom/story"
)

func TestNoAlertTellsWhatAnybodyMayNotHave(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		ringer, told := o.Ringer(), 0
		for name, st := range o.hide() {
			found, err := ringer.Door.Several(context.Background(), []story.ID{st.ID}, reveal.Viewer{}, true)
			if err != nil {
				t.Fatal(err)
			}
			r, visible := found[st.ID]
			for _, corrected := range []bool{false, true} {
				for _, neutral := range []bool{false, true} {
					said := ringer.Struck("en", st.Number, neutral)
					if visible {
						m := ringer.Print(r, corrected, neutral)
						said.Title, said.Body = said.Title+m.Title, said.Body+m.Body
					}
					for _, m := range anyCanary.FindAllStringSubmatch(said.Title+said.Body, -1) {
						told++
						if m[1] != sownLocked || m[2] != "headline" || neutral {
							t.Errorf("an alert of the %s story tells the %s of the story %s", name, m[2], m[1])
						}
					}
				}
			}
		}
		if told != 2 {
			t.Errorf("the headline of the locked story was told %d times: this test looks in the wrong place", told)
		}
	})
}
