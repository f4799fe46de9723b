package newsml_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"wireroom/format"
	"wireroom/format/newsml"
	"wireroom/format/print"
	"wireroom/story"
)

func decode(t testing.TB, s string) []format.Item {
	t.Helper()
	var all []format.Item
	for i, err := range newsml.Decode(strings.NewReader(s)) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, i)
	}
	return all
}

const g2 = `<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:1" version="3" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><provider literal="Kurjer"/>
<versionCreated>2024-05-01T11:00:00Z</versionCreated><firstCreated>2024-05-01T10:00:00Z</firstCreated><embargoed>2024-05-02T12:00:00+02:00</embargoed>
<pubStatus qcode="stat:usable"/><signal qcode="sig:correction"/><edNote>Corrects the year</edNote></itemMeta>
<contentMeta><urgency>2</urgency><subject qcode="medtop:11000000"><name xml:lang="en">politics</name></subject><subject type="cpnat:person"><name>Ann Lee</name></subject>
<slugline>cranes</slugline><headline>Cranes return</headline><by>By Ann Lee</by></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>One <b>two</b>.</p><p>Three.</p></body></html></inlineXML></contentSet></newsItem>
<packageItem guid="urn:2"><groupSet/></packageItem></itemSet></newsMessage>`

func TestAMessageGivesItsItemsWithAllThatAStoryKnows(t *testing.T) {
	all := decode(t, g2)
	if len(all) != 2 || all[1].Type != "package" {
		t.Fatalf("%+v", all)
	}
	i := all[0]
	c := i.Content
	if i.URI != "urn:1" || i.Version != 3 || i.Signal != story.SignalCorrection || i.Status != story.Usable || i.Line != 2 ||
		!c.Embargo.Equal(time.Date(2024, 5, 2, 10, 0, 0, 0, time.UTC)) || i.Created.Hour() != 10 || i.Changed.Hour() != 11 {
		t.Errorf("%+v", i)
	}
	if c.Headline != "Cranes return" || c.Slug != "cranes" || c.Byline != "Ann Lee" || c.Urgency != 2 || c.Note != "Corrects the year" ||
		print.Text(c.Body.Blocks) != "One two.\n\nThree." || c.Keywords[0] != "Ann Lee" || i.Subjects[0].Code != "medtop:11000000" {
		t.Errorf("%+v", i)
	}
}

func TestWhatIsNoNewsMLIsRefusedWithItsPlace(t *testing.T) {
	for s, line := range map[string]int{"": 1, "no tags at all": 1, "<a>\n<b>": 2, "<html/>": 1, "<newsMessage/>": 1, "<newsItem>\n<a>\n<c d='": 3} {
		for _, err := range newsml.Decode(strings.NewReader(s)) {
			var bad *format.Error
			if !errors.As(err, &bad) || bad.Line != line {
				t.Errorf("%q: %v", s, err)
			}
		}
	}
}

func TestAnEmbargoThatNobodyCanReadHoldsForGood(t *testing.T) {
	i := decode(t, strings.Replace(g2, "2024-05-02T12:00:00+02:00", "noon", 1))[0]
	if !i.Content.Embargo.Equal(format.Never) {
		t.Errorf("it ends %v", i.Content.Embargo)
	}
	old := `<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:3</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20240501T100000Z</FirstCreated><Status FormalName="Embargoed"/></NewsManagement></NewsItem></NewsML>`
	if i := decode(t, old)[0]; !i.Content.Embargo.Equal(format.Never) || i.Status != story.Usable {
		t.Errorf("%+v", i)
	}
	dated := strings.Replace(old, `"Embargoed"/>`, `"Withheld"/><StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20240601T100000Z</DateAndTime></StatusWillChange>`, 1)
	if i := decode(t, dated)[0]; i.Content.Embargo.Month() != time.June || i.Status != story.Usable {
		t.Errorf("%+v", i)
	}
}

// FuzzDecode holds that anything at all is read to a body that a story may
// have, or refused with its line.
func FuzzDecode(f *testing.F) {
	f.Add(g2)
	f.Add(`<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>H</HeadLine></NewsLines><ContentItem><MediaType FormalName="Text"/><DataContent><p>T</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>`)
	f.Add(`<newsItem><contentSet><inlineXML><nitf><body><body.content><p>a</p></body.content></body></nitf></inlineXML><inlineData>x</inlineData></contentSet></newsItem>`)
	f.Add("\xff\xfe<\x00a\x00>\x00")
	f.Fuzz(func(t *testing.T, s string) {
		for i, err := range newsml.Decode(strings.NewReader(s)) {
			var bad *format.Error
			if err != nil && (!errors.As(err, &bad) || bad.Line < 1) {
				t.Fatal(err)
			}
			if err == nil && (i.Content.Body.Check() != nil || i.URI == "") {
				t.Fatalf("%v %+v", i.Content.Body.Check(), i)
			}
		}
	})
}
