package nitf_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/nitf"
	"wireroom/format/print"
	"wireroom/story"
)

func decode(s string) (format.Item, error) {
	for i, err := range nitf.Decode(strings.NewReader(s)) {
		return i, err
	}
	return format.Item{}, io.EOF
}

const sample = `<nitf><head><title>1 SEA Cranes</title><docdata management-status="usable"><doc-id id-string="k.1"/><urgency ed-urg="3"/>
<date.issue norm="20240501T120000+0200"/><date.release norm="20240502T120000+0200"/><ed-msg info="Check names."/><key-list><keyword key="cranes"/></key-list></docdata></head>
<body><body.head><hedline><hl1>Cranes return</hl1><hl2>Again</hl2></hedline><byline>By <person>Ann Lee</person><byttl>Sea desk</byttl></byline>
<distributor>Kurjer</distributor><dateline><location>Port Anna</location>, May 1</dateline><abstract><p>They are back.</p></abstract></body.head>
<body.content><p>One <em>two</em>, <em class="bold">three</em>.</p><bq><block><p>Q</p></block></bq></body.content></body></nitf>`

func TestADocumentGivesAllThatAStoryKnows(t *testing.T) {
	i, err := decode(sample)
	if err != nil {
		t.Fatal(err)
	}
	c := i.Content
	if i.URI != "k.1" || i.Status != story.Usable || c.Urgency != 3 || i.Created.Hour() != 10 || c.Embargo.Day() != 2 || i.Dateline != "Port Anna, May 1" {
		t.Errorf("%+v", i)
	}
	if c.Headline != "Cranes return" || c.Slug != "1 SEA Cranes" || c.Byline != "Ann Lee" || c.Credit != "Kurjer" || c.Place != "Port Anna" ||
		c.Teaser != "They are back." || c.Keywords[0] != "cranes" || c.Note != "Check names.\nbyttl: Sea desk\nhl2: Again" {
		t.Errorf("%+v", c)
	}
	if got := print.Text(c.Body.Blocks); got != "One two, three.\n\nQ" || !c.Body.Blocks[0].Content[3].Has(story.Strong) {
		t.Errorf("the text is %q", got)
	}
}

func TestAReleaseThatNobodyFilledInIsNoEmbargo(t *testing.T) {
	for release, held := range map[string]bool{"YYYYMMDD000000-HHMM": false, "20240501T120000+0200": false, "soon": true, "": false, "20240503T000000Z": true} {
		i, err := decode(strings.Replace(sample, "20240502T120000+0200", release, 1))
		if err != nil || i.Content.Embargo.IsZero() == held {
			t.Errorf("%q: %v %v", release, i.Content.Embargo, err)
		}
	}
}

func TestWhatIsNoNITFIsRefused(t *testing.T) {
	for _, s := range []string{"", "<html/>", "<nitf><body>", "text"} {
		var bad *format.Error
		if _, err := decode(s); !errors.As(err, &bad) || bad.Line < 1 {
			t.Errorf("%q: %v", s, err)
		}
	}
	if err := nitf.Encode(io.Discard, make([]format.Item, 2), format.Options{}); err == nil {
		t.Error("two items are written as one document")
	}
}

// FuzzDecode holds that what is read can be written and read again to the same
// text.
func FuzzDecode(f *testing.F) {
	f.Add(sample)
	f.Add(`<nitf><body><body.content><ul><li><p>a</p><ol><li>b</li></ol></li></ul><table><tr><th>c</th></tr></table><pre>d  e
f</pre></body.content></body></nitf>`)
	f.Fuzz(func(t *testing.T, s string) {
		i, err := decode(s)
		if err != nil {
			return
		}
		if err := i.Content.Body.Check(); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := nitf.Encode(&b, []format.Item{i}, format.Options{}); err != nil {
			t.Fatal(err)
		}
		again, err := decode(b.String())
		if err != nil {
			t.Fatalf("%v in %s", err, b.String())
		}
		got, want := print.Text(again.Content.Body.Blocks), print.Carried(print.Text(i.Content.Body.Blocks))
		if squeeze(got) != squeeze(want) {
			t.Fatalf("%q became %q", want, got)
		}
	})
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
