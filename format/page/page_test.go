package page_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/fault"
	"wireroom/format/page"
	"wireroom/format/print"
	. "wireroom/story"
)

const notice = "Only for members of PORT+"

var spec = page.Spec{
	Sections: []string{"Politics", "Economy", "Sea", "Sea and Ports"},
	Notices:  map[string]string{notice: "port", "members of PORT+": "other"},
	Agency:   "Kurjer",
	Saved:    Date{Year: 2025, Month: time.September, Day: 1},
	Lang:     "en",
}

func parse(t testing.TB, s page.Spec, lines ...string) page.Page {
	t.Helper()
	p, err := page.Parse(strings.Join(lines, "\n"), s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPageGivesItsStoryAndItsList(t *testing.T) {
	p := parse(t, spec, "\ufeffCranes return – mayor\r", "", "Port Anna, October 25, Kurjer. They [the cranes] are back.", "“All of them,” she said.",
		"- PoliticsCouncil meets"+notice, "- Sea and Ports, EconomyFerry sold for $2m "+notice, "- Economy", "- SeaTides", "- Weather is fine", "Contact us")
	d := p.Lead
	if d == nil || d.Headline != "Cranes return – mayor" || d.Place != "Port Anna" || d.Credit != "" || d.Date.String() != "2024-10-25" || d.Line != 1 {
		t.Fatalf("%+v", d)
	}
	if got := print.Text(d.Body.Blocks); got != "They [the cranes] are back.\n\n“All of them,” she said." {
		t.Error(got)
	}
	if !d.Body.Blocks[0].Content[1].Has(Insertion) {
		t.Error("the brackets are no insertion")
	}
	want := []page.Item{
		{Line: 5, Sections: []string{"Politics"}, Headline: "Council meets", Plan: "port"},
		{Line: 6, Sections: []string{"Sea and Ports", "Economy"}, Headline: "Ferry sold for $2m", Plan: "port"},
		{Line: 8, Sections: []string{"Sea"}, Headline: "Tides"},
	}
	same := func(a, b page.Item) bool {
		return a.Line == b.Line && a.Headline == b.Headline && a.Plan == b.Plan && slices.Equal(a.Sections, b.Sections)
	}
	if !slices.EqualFunc(p.Items, want, same) {
		t.Errorf("got %+v", p.Items)
	}
	skips := []page.Skip{{Line: 7, Reason: page.NoHeadline}, {Line: 9, Reason: page.NoSection}, {Line: 10, Reason: page.AfterList}}
	if !slices.Equal(p.Skipped, skips) {
		t.Errorf("got %+v", p.Skipped)
	}
}

func TestDatelineIsReadInEachLanguage(t *testing.T) {
	for _, c := range []struct {
		lang                      Lang
		text, place, credit, date string
		rest                      string
	}{
		{"en", "October 25, Kurjer. Text", "", "", "2024-10-25", "Text"},
		{"en", "September 1, Kurjer. Text", "", "", "2025-09-01", "Text"},
		{"en", "September 2, Kurjer. Text", "", "", "2024-09-02", "Text"},
		{"en", "February 29, Kurjer. Text", "", "", "2024-02-29", "Text"},
		{"en", "May 3, 2019, Kurjer. Text", "", "", "2019-05-03", "Text"},
		{"en", "Port Anna, May 3, North Sea Wire. Text", "Port Anna", "North Sea Wire", "2025-05-03", "Text"},
		{"ru", "25 октября, Kurjer. Текст", "", "", "2024-10-25", "Текст"},
		{"ru", "Вильнюс, 3 мая, Kurjer. Текст", "Вильнюс", "", "2025-05-03", "Текст"},
		{"be", "25 кастрычніка, Kurjer. Тэкст", "", "", "2024-10-25", "Тэкст"},
		{"be", "Вільня, 1 верасня, Kurjer. Тэкст", "Вільня", "", "2025-09-01", "Тэкст"},
	} {
		s := spec
		s.Lang = c.lang
		d := parse(t, s, "Headline", c.text).Lead
		if d.Place != c.place || d.Credit != c.credit || d.Date.String() != c.date || print.Text(d.Body.Blocks) != c.rest {
			t.Errorf("%q: %+v", c.text, d)
		}
	}
}

func TestSentenceWithADateIsNoDateline(t *testing.T) {
	for _, text := range []string{
		"On that day, October 25, the port was closed. Then it opened.",
		"October 35, Kurjer. Text",
		"October 25 was cold.",
		"The mayor of the town said on, October 25, Kurjer. Text",
		"25 октября, Kurjer. Текст",
	} {
		d := parse(t, spec, "Headline", text).Lead
		if !d.Date.IsZero() || print.Text(d.Body.Blocks) != text {
			t.Errorf("%q: %+v", text, d)
		}
	}
}

func TestBracketsComeBackAsTheyWere(t *testing.T) {
	for _, text := range []string{"[a]", "[a][b]", "a [b [c] d] e", "[ [a]", "a] b [c", "[]", "[][a]", "[a] [b]", "[…]", "]["} {
		p := parse(t, spec, "Headline", text)
		if got := print.Text(p.Lead.Body.Blocks); got != text {
			t.Errorf("%q came back as %q", text, got)
		}
	}
}

func TestListWithinTheStoryStaysInIt(t *testing.T) {
	p := parse(t, spec, "Headline", "Text:", "- one", "- Economy two", "More text.", "- PoliticsItem")
	if got := print.Text(p.Lead.Body.Blocks); got != "Text:\n\n– one\n– Economy two\n\nMore text." {
		t.Error(got)
	}
	if len(p.Items) != 1 || len(p.Skipped) != 0 {
		t.Errorf("%+v", p)
	}
}

func TestLabelsAroundALockedStoryAreNoText(t *testing.T) {
	d := parse(t, spec, "Politics, Sea", notice, "Headline", "May 3, Kurjer. Text.", notice).Lead
	if d.Plan != "port" || !slices.Equal(d.Sections, []string{"Politics", "Sea"}) || d.Headline != "Headline" || print.Text(d.Body.Blocks) != "Text." {
		t.Errorf("%+v", d)
	}
}

func TestPageOfAListAlone(t *testing.T) {
	if p := parse(t, spec, "- PoliticsOne", "- SeaTwo"); p.Lead != nil || len(p.Items) != 2 {
		t.Errorf("%+v", p)
	}
}

func TestHeadlineWithoutTextIsSkipped(t *testing.T) {
	if p := parse(t, spec, "Headline", "- SeaTwo"); p.Lead != nil || len(p.Items) != 1 || p.Skipped[0].Reason != page.NoText {
		t.Errorf("%+v", p)
	}
}

func TestWhatIsNoPageIsRefused(t *testing.T) {
	unsaved := spec
	unsaved.Saved = Date{}
	for _, c := range []struct {
		text string
		spec page.Spec
	}{{"", spec}, {" \n\n", spec}, {"a\xff", spec}, {"Headline\nText", unsaved}} {
		if _, err := page.Parse(c.text, c.spec); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%q: %v", c.text, err)
		}
	}
}

// TestRealPage needs the folder of real data.
func TestRealPage(t *testing.T) {
	dir := os.Getenv("WIREROOM_TESTDATA")
	if dir == "" {
		t.Skip("NOT TRIED: set WIREROOM_TESTDATA to the folder of real data")
	}
	data, err := os.ReadFile(filepath.Join(dir, "seed", "pozirk-page.txt"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	p := parse(t, page.Spec{
		Sections: []string{"Politics", "Economy", "Security", "Society"},
		Notices:  map[string]string{"The material is available only to POZIRK+": "pozirk"},
		Agency:   "Pozirk", Saved: Date{Year: 2025, Month: 9, Day: 1}, Lang: "en",
	}, text)
	if p.Lead == nil || len(p.Items) != 17 || len(p.Skipped) != 3 {
		t.Fatalf("%d items, %d skipped", len(p.Items), len(p.Skipped))
	}
	for _, s := range p.Skipped {
		if s.Reason != page.NoHeadline {
			t.Errorf("%+v", s)
		}
	}
	at := 0
	for _, i := range p.Items {
		next := strings.Index(text, i.Headline+"The material")
		if next <= at || i.Plan != "pozirk" || len(i.Sections) == 0 {
			t.Errorf("%+v", i)
		}
		at = next
	}
	d := p.Lead
	dateline := Dateline(Content{Date: d.Date, Place: d.Place, Credit: d.Credit}, "en", "Pozirk")
	back := d.Headline + "\n\n" + dateline + " " + strings.ReplaceAll(print.Text(d.Body.Blocks), "\n\n", "\n") + "\n- "
	if !strings.HasPrefix(text, back) || d.Date.String() != "2024-10-25" {
		t.Errorf("the story came back as\n%s", back)
	}
}

func TestHostilePageIsReadInLinearTime(t *testing.T) {
	for _, piece := range []string{"[", "]", "- \n", "- Sea, ", "Sea, ", "\n", "October 25, ", "a, ", "- Sea\nx\n", "[a]"} {
		_, _ = page.Parse("Headline\n"+strings.Repeat(piece, 1<<16), spec)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("Headline\nOctober 25, Kurjer. A [b] c\n- PoliticsItem" + notice)
	f.Add("Headline\n- a\n- [b\nx]\n- Sea, EconomyX\n- Sea\nz")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := page.Parse(text, spec)
		if err != nil {
			if !fault.Is(err, fault.KindInvalid) {
				t.Fatal(err)
			}
			return
		}
		if p.Lead != nil && (p.Lead.Headline == "" || !strings.Contains(text, p.Lead.Headline)) {
			t.Fatalf("headline %q", p.Lead.Headline)
		}
		for _, i := range p.Items {
			if i.Headline == "" || !strings.Contains(text, i.Headline) {
				t.Fatalf("headline %q", i.Headline)
			}
		}
		if p.Lead == nil {
			return
		}
		for _, b := range p.Lead.Body.Blocks {
			if s := print.Text([]Node{b}); b.Type == Paragraph && !strings.Contains(text, s) {
				t.Fatalf("paragraph %q", s)
			}
		}
	})
}
