package agency_test

import (
	"context"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/story"
)

// plans has a story sent by itself after a while.
func (o *open) plans(headline string, after time.Duration) story.Story {
	o.t.Helper()
	ctx := context.Background()
	st, err := o.Stories.Create(ctx, o.editor, "en", "", story.Content{Headline: headline, Sections: []string{"politics"}})
	if err == nil {
		st, err = o.Stories.Schedule(ctx, o.editor, st.ID, st.Revision, time.Now().Add(after))
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return st
}

// another opens a second program over the same database and runs it until the
// test ends.
func (o *open) another() {
	o.t.Helper()
	c := o.Config
	c.Addr, c.Metrics = "127.0.0.1:0", ""
	second, err := agency.Open(context.Background(), c, agency.Options{Log: o.log})
	if err != nil {
		o.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- second.Run(ctx) }()
	o.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			o.t.Error(err)
		}
		if err := second.Close(); err != nil {
			o.t.Error(err)
		}
	})
}

func TestAPlannedStoryAppearsByItself(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		st := o.plans("The council meets", 500*time.Millisecond)
		if status, _ := o.get(o.storyURL(st)); status != 404 && time.Now().Before(st.SendAt) {
			t.Errorf("before its time it answers %d", status)
		}
		o.until("it is read", func() bool { status, _ := o.get(o.storyURL(st)); return status == 200 })
		got, err := o.Stories.Get(context.Background(), st.ID)
		if err != nil || got.FirstSent.Before(st.SendAt) || got.Releases != 1 {
			t.Errorf("it went out at %s, %d times, not at %s: %v", got.FirstSent, got.Releases, st.SendAt, err)
		}
	})
}

func TestWhatCameDueWhileTheProgramWasAwayGoesOutWhenItIsBack(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		st := o.plans("The council meets", 300*time.Millisecond)
		if err := o.stop(); err != nil {
			t.Fatal(err)
		}
		o.until("its time has come", func() bool { return time.Now().After(st.SendAt) })
		o.another()
		o.until("it is sent", func() bool {
			got, err := o.Stories.Get(context.Background(), st.ID)
			return err == nil && got.State == story.Sent
		})
	})
}

func TestTwoMachinesSendAPlannedStoryOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		o.another()
		var all []story.Story
		for _, headline := range []string{"One", "Two", "Three", "Four"} {
			all = append(all, o.plans(headline, 300*time.Millisecond))
		}
		for _, st := range all {
			o.until(st.Content.Headline+" is sent", func() bool {
				got, err := o.Stories.Get(context.Background(), st.ID)
				return err == nil && got.State == story.Sent
			})
			if got, err := o.Stories.Releases(context.Background(), st.ID); err != nil || len(got) != 1 {
				t.Errorf("%s goes out %d times: %v", st.Content.Headline, len(got), err)
			}
		}
	})
}
