package agency_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/story"
	"wireroom/wire"
)

// outlets are where readers find what was sent.
var outlets = []string{"feeds en", "site", "sitemap"}

// outletsFollow reports whether whoever acts on sent stories has begun to.
func (o *open) outletsFollow() bool {
	all, err := o.Wire.Followers(context.Background())
	begun := 0
	for _, f := range all {
		name, _ := wire.Place(f.Name)
		if slices.Contains(append([]string{"stream", "receipts"}, outlets...), name) {
			begun++
		}
	}
	return err == nil && begun == len(outlets)+2
}

// arrived are the names of the outlets where the record has arrived, and
// whether each time lies between its sending and now.
func (o *open) arrived(n wire.Number) (names string) {
	o.t.Helper()
	came, err := o.Wire.Arrivals(context.Background(), n, n)
	if err != nil {
		o.t.Fatal(err)
	}
	records, err := o.Wire.Latest(context.Background(), n+1, 1)
	if err != nil || len(records) != 1 {
		o.t.Fatal(records, err)
	}
	var all []string
	for _, a := range came {
		if a.At.Before(records[0].At) || a.At.After(time.Now()) {
			o.t.Errorf("record %d, sent at %s, arrived at %s at %s", n, records[0].At, a.Follower, a.At)
		}
		if name, _ := wire.Place(a.Follower); slices.Contains(outlets, name) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func (o *open) head() wire.Number {
	o.t.Helper()
	n, err := o.Wire.Head(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	return n
}

func TestEachReleaseIsSeenToArriveWhereReadersFindIt(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		o.until("the outlets follow", o.outletsFollow)
		st := o.send(story.Content{Headline: "Council meets"})
		sent := o.head()
		o.until("it arrives", func() bool { return o.arrived(sent) == "feeds en, site, sitemap" })
		if _, err := o.Stories.Kill(t.Context(), o.editor, st.ID, story.Say("Not so.")); err != nil {
			t.Fatal(err)
		}
		o.until("the kill arrives", func() bool { return o.arrived(sent+1) == "feeds en, site, sitemap" })
		o.send(story.Content{Headline: "Council may meet", Embargo: time.Now().Add(time.Hour)})
		o.until("what is under embargo arrives", func() bool { return o.arrived(sent+2) == "feeds en, site, sitemap" })
		if err := o.stop(); err != nil {
			t.Fatal(err)
		}
		all, err := o.Wire.Followers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			if f.Cursor != sent+2 || f.Error != "" || f.There(time.Now()) {
				t.Errorf("when the program has stopped the board says %+v", f)
			}
		}
	})
}

func TestWhatIsSentWhileTheProgramStandsArrivesWhenItRunsAgain(t *testing.T) {
	c := agency.Defaults(t.TempDir())
	o := serve(t, c)
	o.until("the outlets follow", o.outletsFollow)
	if err := o.stop(); err != nil {
		t.Fatal(err)
	}
	o.send(story.Content{Headline: "Council meets"})
	sent := o.head()

	again, err := agency.Open(t.Context(), c, agency.Options{Log: o.log})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	again.Config.Addr = "127.0.0.1:0"
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- again.Run(ctx) }()
	o.until("it arrives", func() bool { return o.arrived(sent) == "feeds en, site, sitemap" })
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestAnOutletThatFailsSaysSoAndTheOthersGoOn(t *testing.T) {
	o := serve(t, agency.Defaults(t.TempDir()))
	o.until("the outlets follow", o.outletsFollow)
	st := o.send(story.Content{Headline: "Council meets"})
	o.until("it arrives", func() bool { return o.arrived(o.head()) == "feeds en, site, sitemap" })
	// A text that was damaged on the disk: its page cannot be made.
	o.rewrite(`UPDATE published_body SET body = 'x' WHERE story = ?1`, string(st.ID))
	if _, err := o.Stories.Pin(t.Context(), o.editor, st.ID, 1); err != nil {
		t.Fatal(err)
	}
	sent := o.head()
	failing := func() bool {
		all, err := o.Wire.Followers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			if f.Name == "site" {
				return strings.Contains(f.Error, "answers 500") && !f.Failed.IsZero() && f.Cursor == sent-1
			}
		}
		return false
	}
	o.until("the board says that the site fails", failing)
	o.until("the sitemap goes on", func() bool { return o.arrived(sent) == "sitemap" })
	if status, _ := o.get(o.storyURL(st)); status != http.StatusInternalServerError {
		t.Errorf("readers are answered %d", status)
	}
}
