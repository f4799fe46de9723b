package intake_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/format/print"
	"wireroom/intake"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

var now = time.Date(2025, time.October, 1, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

// agency is a newsroom to take stories into.
type agency struct {
	t  *testing.T
	db *db.DB
	m  masthead.Masthead
	in *intake.Intake
}

func found(t *testing.T, d *db.DB, name, plan, notice string, sections ...string) *agency {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Vilnius")
	if err != nil {
		t.Fatal(err)
	}
	m := masthead.Masthead{Name: name, Languages: []masthead.Lang{"en", "ru"}, ZoneName: zone.String(), Zone: zone,
		Plans: []masthead.Plan{{ID: plan, Notices: map[masthead.Lang]string{"en": notice}}}}
	for _, s := range sections {
		m.Sections = append(m.Sections, masthead.Section{ID: masthead.Slug(s), Labels: map[masthead.Lang]string{"en": s}})
	}
	if err := masthead.New(d).Found(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	return &agency{t, d, m, intake.New(d, clock)}
}

func port(t *testing.T, d *db.DB) *agency {
	return found(t, d, "Kurjer", "port", "Only for members of PORT+", "Politics", "Economy", "Sea")
}

// latest is what readers see, newest first.
func (a *agency) latest() []reveal.Rendition {
	a.t.Helper()
	door := reveal.New(a.db, func() masthead.Masthead { return a.m }, clock)
	all, err := door.List(context.Background(), reveal.Query{Lang: "en", Limit: 100}, reveal.Viewer{})
	if err != nil {
		a.t.Fatal(err)
	}
	return all
}

func (a *agency) headlines() string {
	var all []string
	for _, r := range a.latest() {
		all = append(all, r.Headline())
	}
	return strings.Join(all, " | ")
}

func (a *agency) ninjs(o intake.Options, lines ...string) intake.Report {
	a.t.Helper()
	r, err := a.in.Ninjs(context.Background(), []string{write(a.t, strings.Join(lines, "\n"))}, o)
	if err != nil {
		a.t.Fatal(err)
	}
	return r
}

func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

var saved = story.Date{Year: 2025, Month: time.September, Day: 1}

const samplePage = "Cranes return – mayor\n\nPort Anna, October 25, Kurjer. They [the cranes] are back.\n“All of them,” she said.\n" +
	"- PoliticsCouncil meetsOnly for members of PORT+\n- Sea, EconomyFerry soldOnly for members of PORT+\n- Economy\n- SeaTides\n"

func TestPageIsTakenInItsOrderAndOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a, file := port(t, d), write(t, samplePage)
		r, err := a.in.Page(context.Background(), file, "en", saved, intake.Options{})
		if err != nil || r.Taken != 4 || r.Already != 0 || len(r.Broken) != 0 {
			t.Fatalf("%+v %v", r, err)
		}
		if len(r.Skipped) != 1 || r.Skipped[0] != (intake.Skip{File: file, Line: 7, Reason: "no headline"}) {
			t.Errorf("%+v", r.Skipped)
		}
		if got := a.headlines(); got != "Council meets | Ferry sold | Tides | Cranes return – mayor" {
			t.Errorf("latest has %s", got)
		}
		l := a.latest()
		if !l[0].Locked() || l[0].Notice() != "Only for members of PORT+" || !l[0].DateOnly() || l[2].Locked() {
			t.Errorf("%+v", l[0])
		}
		if s := l[1].Sections(); len(s) != 2 || s[0].ID != "sea" || s[1].ID != "economy" {
			t.Errorf("%+v", s)
		}
		if l[3].Dateline() != "Port Anna, October 25, Kurjer." || story.DateOf(l[3].Sent().In(a.m.Zone)).String() != "2024-10-25" {
			t.Errorf("%s %v", l[3].Dateline(), l[3].Sent())
		}
		r, err = a.in.Page(context.Background(), file, "en", saved, intake.Options{})
		if err != nil || r.Taken != 0 || r.Already != 4 {
			t.Errorf("again: %+v %v", r, err)
		}
	})
}

func item(n int, more string) string {
	return fmt.Sprintf(`{"uri":"urn:%d","type":"text","language":"en-GB","versioncreated":"2024-05-01T10:00:%02dZ","headline":"Story %d"%s}`, n, n, n, more)
}

func TestWireIsTakenAndWhatIsNotIsNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := port(t, d)
		r := a.ninjs(intake.Options{},
			item(1, `,"subject":[{"name":"sea"},{"name":"Fish"}],"located":"Port Anna","urgency":2,"body_html":"<p>Text.</p>","person":[{"name":"Ann"}]`),
			item(2, `,"urgency":12`), `{"uri":`, item(3, `,"pubstatus":"canceled"`), item(4, ""),
			`{"uri":"urn:5","type":"picture","headline":"P"}`, `{"uri":"urn:6","headline":"Bad time","versioncreated":"soon"}`,
			`{"uri":"urn:7","language":"fr","headline":"F"}`, item(8, `,"byline":"`+strings.Repeat("x", 301)+`"`), item(1, ""), `{"uri":"urn:9","headline":"Undated"}`)
		if r.Taken != 2 || r.Already != 1 || r.Labels["Fish"] != 1 || r.LostFields() != 0 {
			t.Errorf("%+v", r)
		}
		var told []string
		for _, s := range r.Skipped {
			told = append(told, fmt.Sprint(s.Line, " ", s.Reason))
		}
		for _, b := range r.Broken {
			told = append(told, fmt.Sprint(b.Line, " ", b.Field))
		}
		slices.Sort(told)
		want := []string{"11 no time", "2 urgency", "3 ", "4 its status is canceled", "6 its type is picture, not text", "7 versioncreated",
			`8 there is no edition in "fr"`, "9 byline"}
		if !slices.Equal(told, want) {
			t.Errorf("told %q", told)
		}
		s := a.latest()[1]
		if s.Headline() != "Story 1" || s.Dateline() != "Port Anna, May 1, Kurjer." || s.Urgency() != 2 || s.Sections()[0].ID != "sea" ||
			!slices.Equal(s.Keywords(), []string{"Fish", "Ann"}) || print.Text(s.Blocks()) != "Text." || !s.Sent().Equal(time.Date(2024, 5, 1, 10, 0, 1, 0, time.UTC)) {
			t.Errorf("%+v", s)
		}
		if r := a.ninjs(intake.Options{}, item(1, ""), item(4, "")); r.Taken != 0 || r.Already != 2 {
			t.Errorf("again: %+v", r)
		}
	})
}

func TestDryRunKeepsNothingAndTellsTheSame(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	a.ninjs(intake.Options{}, item(1, ""))
	lines := []string{item(1, ""), item(2, ""), item(3, `,"byline":"`+strings.Repeat("x", 301)+`"`), item(2, "")}
	dry := a.ninjs(intake.Options{DryRun: true}, lines...)
	if got := a.headlines(); got != "Story 1" {
		t.Errorf("a dry run left %s", got)
	}
	wet := a.ninjs(intake.Options{}, lines...)
	if dry.Taken != 1 || dry.Already != 2 || len(dry.Broken) != 1 || wet.Taken != 1 || wet.Already != 2 || len(wet.Broken) != 1 {
		t.Errorf("dry %+v\nwet %+v", dry, wet)
	}
}

func TestSilentStoriesAlertNobody(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	a.ninjs(intake.Options{Silent: true}, item(1, ""))
	a.ninjs(intake.Options{}, item(2, ""))
	records, err := wire.New(a.db).After(context.Background(), 0, 10)
	if err != nil || len(records) != 2 || !records[0].Silent || records[1].Silent {
		t.Errorf("%+v %v", records, err)
	}
}

func TestEmbargoOfAWireHolds(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	r := a.ninjs(intake.Options{}, item(1, `,"embargoed":"2026-01-01T00:00:00Z"`), item(2, `,"embargoed":"soon"`), item(3, `,"embargoed":"2025-01-01T00:00:00Z"`))
	if r.Taken != 3 || a.headlines() != "Story 3" {
		t.Errorf("%+v: %s", r, a.headlines())
	}
}

func TestRunThatWasStoppedIsRunAgain(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	var lines []string
	for n := range 1200 {
		lines = append(lines, strings.Replace(item(n%60, ""), `"urn:`, fmt.Sprintf(`"urn:%d-`, n), 1))
	}
	file := write(t, strings.Join(lines, "\n"))
	ctx, stop := context.WithCancel(context.Background())
	r, err := a.in.Ninjs(ctx, []string{file}, intake.Options{Progress: func(intake.Progress) { stop() }})
	if !errors.Is(err, context.Canceled) || r.Taken == 0 || r.Taken >= 1200 {
		t.Fatalf("%+v %v", r, err)
	}
	rest, err := a.in.Ninjs(context.Background(), []string{file}, intake.Options{})
	if err != nil || rest.Already != r.Taken || rest.Taken != 1200-r.Taken {
		t.Errorf("%+v %v", rest, err)
	}
}

func TestProgressGrowsToTheWhole(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	zipped := filepath.Join(t.TempDir(), "a.gz")
	f, err := os.Create(zipped)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	_, err = z.Write([]byte(item(1, "")))
	if err := errors.Join(err, z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	var last intake.Progress
	r, err := a.in.Ninjs(context.Background(), []string{zipped, write(t, item(2, ""))}, intake.Options{Progress: func(p intake.Progress) {
		if p.Read < last.Read || p.Seen < last.Seen {
			t.Errorf("%+v after %+v", p, last)
		}
		last = p
	}})
	if err != nil || r.Taken != 2 || last.Read != last.Total || last.Total == 0 || last.Seen != 2 {
		t.Errorf("%+v %+v %v", r, last, err)
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	ctx := context.Background()
	if _, err := a.in.Ninjs(ctx, []string{"nowhere"}, intake.Options{}); !fault.Is(err, fault.KindInvalid) {
		t.Error(err)
	}
	if _, err := a.in.Page(ctx, t.TempDir(), "en", saved, intake.Options{}); !fault.Is(err, fault.KindInvalid) {
		t.Error(err)
	}
	if _, err := a.in.Page(ctx, write(t, samplePage), "be", saved, intake.Options{}); !fault.Is(err, fault.KindInvalid) {
		t.Error(err)
	}
	if _, err := a.in.Page(ctx, write(t, samplePage), "en", story.Date{}, intake.Options{}); !fault.Is(err, fault.KindInvalid) {
		t.Error(err)
	}
}

func TestReportInJSONHasListsEvenWhenEmpty(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	got, err := json.Marshal(a.ninjs(intake.Options{}, item(1, "")))
	if err != nil || string(got) != `{"taken":1,"already":0,"skipped":[],"broken":[]}` {
		t.Errorf("%s %v", got, err)
	}
}

func TestAReportHoldsLittleOfAFile(t *testing.T) {
	a, long := port(t, dbtest.SQLite(t)), strings.Repeat("ў", 1<<20)
	var labels strings.Builder
	for n := range intake.MostListed + 50 {
		fmt.Fprintf(&labels, `{"name":"Label %d"},`, n)
	}
	r := a.ninjs(intake.Options{DryRun: true},
		`{"guid":"urn:1","language":"`+long+`"}`,
		`{"guid":"urn:2","pubstatus":"`+long+`"}`,
		`{"guid":"urn:3","versioncreated":"2024-05-01T10:00:00Z","headline":"A","`+long+`":"`+strings.Repeat("x", story.MaxText)+`"}`,
		`{"guid":"urn:4","versioncreated":"2024-05-01T10:00:00Z","headline":"B","subject":[{"name":"`+long+`"}]}`,
		`{"guid":"urn:5","versioncreated":"2024-05-01T10:00:00Z","headline":"C","subject":[`+strings.TrimSuffix(labels.String(), ",")+`]}`)
	if len(r.Skipped) != 2 || len(r.Lost) != 2 || r.Lost["keywords"] != intake.MostListed+50-story.MaxKeywords {
		t.Errorf("%d skipped, %d fields lost, %d keywords", len(r.Skipped), len(r.Lost), r.Lost["keywords"])
	}
	found := 0
	for _, times := range r.Labels {
		found += times
	}
	if found != intake.MostListed+51 || len(r.Labels) > intake.MostListed+1 {
		t.Errorf("%d labels, %d listed", found, len(r.Labels))
	}
	data, err := json.Marshal(r)
	if most := intake.MostListed * 30; err != nil || len(data) > most {
		t.Errorf("the report takes %d bytes, %v", len(data), err)
	}
}
