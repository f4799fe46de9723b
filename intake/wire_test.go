package intake_test

import (
	"context"
	"strings"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/format/print"
	"wireroom/intake"
	"wireroom/masthead"
)

// kinds are the same story as each kind of wire brings it.
var kinds = map[string]string{
	"newsml": `<newsItem guid="urn:1" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><versionCreated>2024-05-01T10:00:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><subject qcode="medtop:20000419"/><headline>Cranes return</headline></contentMeta><contentSet><inlineXML><html><body><p>They are back.</p></body></html></inlineXML></contentSet></newsItem>`,
	"nitf": `<nitf><head><tobject><tobject.subject tobject.subject.refnum="20000419" tobject.subject.ipr="medtop"/></tobject><docdata><doc-id id-string="urn:1"/>
<date.issue norm="20240501T100000Z"/></docdata></head><body><body.head><hedline><hl1>Cranes return</hl1></hedline></body.head><body.content><p>They are back.</p></body.content></body></nitf>`,
	"text": "wr0001 3 sea 3 Kurjer\nSent: 2024-05-01T10:00:00Z\nSubjects: Sea\n\nCranes return\n\nThey are back.\n",
	"mail": "From: a@example.org\nSubject: Cranes return\nDate: Wed, 01 May 2024 10:00:00 +0000\n\n{\"headline\":\"Cranes return\",\"body\":\"They are back.\",\"category\":\"sea\"}\n",
	"csv":  "headline,text,sent,subjects\nCranes return,They are back.,2024-05-01T10:00:00Z,Sea\n",
	"rss": `<rss version="2.0"><channel><title>Kurjer</title><item><guid>urn:1</guid><title>Cranes return</title><category>Sea</category>
<pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate><description>They are back.</description></item></channel></rss>`,
}

func TestEachKindOfWireIsTakenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := port(t, d)
		for i := range a.m.Sections {
			if a.m.Sections[i].ID == "sea" {
				a.m.Sections[i].Topic = "medtop:20000419"
			}
		}
		err := masthead.New(d).Change(context.Background(), func(masthead.Masthead) (masthead.Masthead, error) { return a.m, nil })
		if err != nil {
			t.Fatal(err)
		}
		taken := 0
		for kind, text := range kinds {
			file := write(t, text)
			for again, want := range []int{1, 0} {
				r, err := a.in.Wire(context.Background(), kind, []string{file}, intake.Options{})
				if err != nil || r.Taken != want || len(r.Broken)+len(r.Skipped) != 0 {
					t.Errorf("%s, run %d: %+v %v", kind, again+1, r, err)
				}
			}
			taken++
			s := a.latest()[0]
			if len(a.latest()) != taken || s.Headline() != "Cranes return" || !strings.HasPrefix(print.Text(s.Blocks()), "They are back.") ||
				len(s.Sections()) != 1 || s.Sections()[0].ID != "sea" || s.Sent().UTC().Hour() != 10 {
				t.Errorf("%s: %+v", kind, s)
			}
		}
	})
}

func TestAKindThatNothingReadsIsTold(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	if _, err := a.in.Wire(context.Background(), "runes", nil, intake.Options{}); err == nil {
		t.Error("runes were read")
	}
}
