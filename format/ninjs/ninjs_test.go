package ninjs_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/ninjs"
	"wireroom/format/print"
	. "wireroom/story"
)

func decode(t testing.TB, s string) (items []format.Item, broken []*format.Error) {
	t.Helper()
	for i, err := range ninjs.Decode(strings.NewReader(s)) {
		var bad *format.Error
		switch {
		case err == nil:
			items = append(items, i)
		case errors.As(err, &bad):
			broken = append(broken, bad)
		default:
			t.Fatal(err)
		}
	}
	return items, broken
}

func decodeOne(t testing.TB, s string) format.Item {
	t.Helper()
	items, broken := decode(t, s)
	if len(items) != 1 || broken != nil {
		t.Fatalf("%d items, broken %v", len(items), broken)
	}
	return items[0]
}

func TestEachGenerationGivesTheSameStory(t *testing.T) {
	for name, s := range map[string]string{
		"1.x": `{"uri":"urn:1","type":"text","version":"1","firstcreated":"2024-05-01T10:00:00Z","versioncreated":"2024-05-01T11:00:00Z",
			"pubstatus":"usable","urgency":3,"language":"en","headline":"Cranes return","slugline":"cranes","byline":"Ann Lee","located":"Port Anna",
			"description_text":"They are back.","body_html":"<p>One <b>two</b>.</p>","body_text":"One two.","ednote":"Check names.",
			"embargoed":"2024-05-01T12:00:00+02:00","subject":[{"name":"Sea"}],"place":[{"name":"Port Anna"}],"person":[{"name":"Ann Lee"}]}`,
		"2.x": `{"uri":"urn:1","type":"text","version":"1","firstcreated":"2024-05-01T10:00:00Z","versioncreated":"2024-05-01T11:00:00Z",
			"pubstatus":"usable","urgency":3,"language":"en","headlines":[{"role":"main","value":"Cranes return"}],"slugline":"cranes","by":"Ann Lee",
			"located":"Port Anna","descriptions":[{"value":"They are back."}],"bodies":[{"contenttype":"text/plain","value":"One two."},
			{"contenttype":"text/html","value":"<p>One <strong>two</strong>.</p>"}],"ednote":"Check names.","embargoed":"2024-05-01T12:00:00+02:00",
			"subjects":[{"name":"Sea"}],"places":[{"name":"Port Anna"}],"people":[{"name":"Ann Lee"}]}`,
		"3.x": `{"uri":"urn:1","type":"text","version":"1","firstCreated":"2024-05-01T10:00:00Z","versionCreated":"2024-05-01T11:00:00Z",
			"pubStatus":"usable","urgency":3,"language":"en","headlines":[{"role":"main","value":"Cranes return"}],"slugline":"cranes","by":"Ann Lee",
			"located":"Port Anna","descriptions":[{"role":"main","value":"They are back."}],"bodies":[{"role":"main","contentType":"application/xhtml+xml",
			"value":"<p>One <strong>two</strong>.</p>"}],"edNote":"Check names.","embargoedUntil":"2024-05-01T12:00:00+02:00",
			"subjects":[{"name":"Sea"}],"places":[{"name":"Port Anna"}],"people":[{"name":"Ann Lee"}]}`,
		"Superdesk": `{"guid":"urn:1","type":"text","version":"1","firstcreated":"2024-05-01T10:00:00+0000","versioncreated":"2024-05-01T11:00:00+0000",
			"pubstatus":"usable","urgency":3,"language":"en","headline":"Cranes return","slugline":"cranes","byline":"Ann Lee","located":"Port Anna",
			"description_html":"<p>They are back.</p>","body_html":"<p>One <b>two</b>.</p>","ednote":"Check names.",
			"embargoed":"2024-05-01T10:00:00+0000","service":[{"name":"Sea"}],"place":[{"name":"Port Anna"}],"person":[{"name":"Ann Lee"}]}`,
	} {
		i := decodeOne(t, s)
		got, _ := json.Marshal(i.Content)
		want, _ := json.Marshal(Content{Slug: "cranes", Headline: "Cranes return", Teaser: "They are back.", Byline: "Ann Lee", Place: "Port Anna",
			Urgency: 3, Keywords: i.Content.Keywords, Note: "Check names.", Embargo: i.Content.Embargo,
			Body: Body{Blocks: []Node{Para(Plain("One "), Marked("two", Strong), Plain("."))}}})
		if string(got) != string(want) {
			t.Errorf("%s\n got %s\nwant %s", name, got, want)
		}
		if i.Content.Embargo.Format("15:04 MST") != "10:00 UTC" || i.Created.Hour() != 10 || i.Changed.Hour() != 11 {
			t.Errorf("%s: times %v %v %v", name, i.Created, i.Changed, i.Content.Embargo)
		}
		if i.URI != "urn:1" || i.Lang != "en" || i.Status != "usable" || len(i.Lost) > 0 || len(i.Subjects) != 1 || i.Subjects[0].Name != "Sea" ||
			!slices.Contains(i.Content.Keywords, "Port Anna") || !slices.Contains(i.Content.Keywords, "Ann Lee") {
			t.Errorf("%s: %+v", name, i)
		}
	}
}

func TestItemsComeSinglyInAListOrLineByLine(t *testing.T) {
	one := func(n int) string { return fmt.Sprintf(`{"uri":"urn:%d"}`, n) }
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = io.WriteString(z, one(1)+"\n"+one(2))
	_ = z.Close()
	for name, c := range map[string]struct {
		text  string
		lines []int
	}{
		"one":          {one(1), []int{1}},
		"over lines":   {"\n{\n \"uri\":\"urn:1\"\n}\n", []int{2}},
		"several":      {"{\n \"uri\":\"urn:1\"\n}\n\n{\n \"uri\":\"urn:2\"\n}", []int{1, 5}},
		"lines":        {one(1) + "\n\n" + one(2) + "\r\n" + one(3), []int{1, 3, 4}},
		"a list":       {"\ufeff [" + one(1) + "," + one(2) + "]", []int{1, 1}},
		"a long list":  {"[\n" + one(1) + ",\n {\n\"uri\":\"urn:2\"}\n, " + one(3) + "\n]\n", []int{2, 3, 5}},
		"gzip":         {zipped.String(), []int{1, 2}},
		"an envelope":  {`{"data":{"items":[{"item":` + one(1) + `},{"item":` + one(2) + `}]}}`, []int{1, 1}},
		"nothing":      {" \n", nil},
		"an empty one": {"[]", nil},
	} {
		items, broken := decode(t, c.text)
		var lines []int
		for n, i := range items {
			lines = append(lines, i.Line)
			if i.URI != fmt.Sprintf("urn:%d", n+1) {
				t.Errorf("%s: %+v", name, i)
			}
		}
		if !slices.Equal(lines, c.lines) || broken != nil {
			t.Errorf("%s: lines %v, broken %v", name, lines, broken)
		}
	}
}

func TestBrokenLineSpoilsNoOther(t *testing.T) {
	items, broken := decode(t, strings.Join([]string{`{"uri":"urn:1","head`, `{"uri":"urn:2"}`, `nonsense`, `[]`, `{"uri":"urn:3","urgency":"high"}`,
		`{"uri":"urn:4","headline":"a` + "\xff" + `"}`, `{"uri":"urn:5","headline":"\ud83d x"}`, `{"uri":"urn:6","headline":"\ud83d\ude00"}`,
		`{"uri":"` + strings.Repeat("x", ninjs.MaxItem) + `"}`, `{"uri":"urn:7"}`}, "\n"))
	if len(items) != 3 || items[1].Content.Headline != "😀" || items[2].URI != "urn:7" || items[2].Line != 10 {
		t.Errorf("%+v", items)
	}
	var got []string
	for _, b := range broken {
		got = append(got, fmt.Sprint(b.Line, " ", b.Field))
	}
	if want := []string{"1 ", "3 ", "4 ", "5 urgency", "6 ", "7 ", "9 "}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestBrokenFileIsToldWithItsLine(t *testing.T) {
	for text, line := range map[string]int{
		"{\n \"uri\":\"urn:1\",\n \"headline\": oops\n}": 3,
		"[\n{\"uri\":\"urn:1\"},\n{\"uri\":":             3,
		"{\n \"uri\":\"urn:1\"":                          2,
		"\x1f\x8bnot gzip":                               1,
	} {
		var last error
		for _, err := range ninjs.Decode(strings.NewReader(text)) {
			last = err
		}
		var bad *format.Error
		if last == nil || errors.As(last, &bad) && bad.Line != line {
			t.Errorf("%q: %v", text, last)
		}
	}
}

func TestUnfitFieldIsNamed(t *testing.T) {
	for text, field := range map[string]string{
		`{}`:                             "uri",
		`{"uri":1}`:                      "uri",
		`{"uri":"u","nonsense":1}`:       "nonsense",
		`{"uri":"u","person":"Ann"}`:     "person",
		`{"uri":"u","body_":"x"}`:        "body_",
		`{"uri":"u","urgency":0.1}`:      "urgency",
		`{"uri":"u","pubStatus":"gone"}`: "pubStatus",
		`{"uri":"u","places":[{"name":"a"},{"geoJSON":{"type":"Foo"}}]}`:                                             "places[1].geoJSON.type",
		`{"uri":"u","associations":{"one":{"uri":"v","bad":1}}}`:                                                     "associations.one.bad",
		`{"uri":"u","associations":[{"uri":"v"}]}`:                                                                   "associations[0].name",
		`{"uri":"u","eventDetails":{"dates":{"startDate":"2024-01-01T00:00:00Z","expectedStartDate":"2024-01-01"}}}`: "eventDetails.dates",
		`{"guid":"g","headline":7}`:                                                                                  "headline",
		`{"guid":"g","body_html":[7]}`:                                                                               "body_html",
	} {
		_, broken := decode(t, text)
		if len(broken) != 1 || broken[0].Field != field {
			t.Errorf("%s: %v", text, broken)
		}
	}
}

func TestNothingIsLostInSilence(t *testing.T) {
	i := decodeOne(t, `{"uri":"u","title":"Working title","ednote":"Mind.","copyrightholder":"Us","subject":[{"name":"Sea","code":"7"}],
		"headlines":[{"role":"main","value":"H"},{"role":"short","value":"S"}],
		"body_html":"<p>x <img src='a.jpg' alt='Ship'></p>","renditions":{"big":{"title":"`+strings.Repeat("y", MaxText)+`"}}}`)
	want := "Mind.\nbody img alt: Ship\nbody img src: a.jpg\ncopyrightholder: Us\nheadline short: S\n" +
		`subject: [{"code":"7","name":"Sea"}]` + "\ntitle: Working title"
	if i.Content.Note != want || !slices.Equal(i.Lost, []string{"renditions"}) || i.Content.Headline != "H" {
		t.Errorf("note %q\nlost %v", i.Content.Note, i.Lost)
	}
}

func TestEmbargoThatCantBeReadNeverEndsByItself(t *testing.T) {
	for _, s := range []string{"tomorrow", "2024-05-01", "2024-05-01T10:00:00"} {
		i := decodeOne(t, `{"uri":"u","embargoed":"`+s+`"}`)
		if i.Content.Embargo.Year() != 9999 || !strings.Contains(i.Content.Note, s) {
			t.Errorf("%s: %v", s, i.Content.Embargo)
		}
	}
}

func TestFieldOfOneLineStaysOne(t *testing.T) {
	if got := decodeOne(t, `{"uri":"u","headline":"A\r\n  b\tc "}`).Content.Headline; got != "A b c" {
		t.Errorf("%q", got)
	}
}

func TestPlainBodyIsParted(t *testing.T) {
	for text, want := range map[string]string{
		`a\r\nb`:        "a\n\nb",
		`a\nb\n\nc\n`:   "a\nb\n\nc",
		` \n a  b \n\n`: "a  b",
	} {
		i := decodeOne(t, `{"uri":"u","body_text":"`+text+`"}`)
		if got := print.Text(i.Content.Body.Blocks); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestFlatMemoryOverAnyLength(t *testing.T) {
	item := `{"uri":"urn:x","headline":"H","body_html":"<p>` + strings.Repeat("word ", 200) + `</p>"}` + "\n"
	n := 0
	for _, err := range ninjs.Decode(io.LimitReader(endless(item), int64(len(item))*5000)) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 5000 {
		t.Errorf("%d items", n)
	}
}

// endless repeats a text.
type endless string

func (e endless) Read(p []byte) (int, error) { return copy(p, e), nil }

func FuzzDecode(f *testing.F) {
	for _, s := range []string{`{"uri":"u","body_html":"<ul><li>a<table><tr><td>b"}`, "[{\"uri\":\"u\"},\n{\"uri\":1}]", "{\"uri\":\"u\"}\n{", "{\n\"guid\":\"g\",\n\"x\":[1]}",
		`{"uri":"u","headlines":[{"value":"\ud83d"}]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i, err := range ninjs.Decode(strings.NewReader(s)) {
			if err == nil && (i.URI == "" || i.Line < 1 || i.Line > strings.Count(s, "\n")+1) {
				t.Fatalf("%+v", i)
			}
		}
	})
}
