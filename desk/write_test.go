package desk_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/db/dbtest"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/story/markup"
)

// rough is a text with all that must survive.
const rough = "**Łukašenka** said: “It [would lead to] – *war*…”\n\n> Лукашэнка – «так»\n\n- one\n- two\n\nSee [here](https://example.org/a?b=1&c=2).\n\nA \\* and a <script>alert(1)</script>."

// fills writes into a form's fields.
func (f form) fills(fields ...string) form {
	for i := 0; i+1 < len(fields); i += 2 {
		f.Set(fields[i], fields[i+1])
	}
	return f
}

func TestAStoryIsWrittenReadAndWrittenOn(t *testing.T) {
	each(t, func(n *newsroom) {
		rita := n.as(staff.Reporter)
		f := rita.opens("/desk/new").form("/desk/stories")
		if f.Get("byline") != "" || f.Get("date") != "2024-10-25" || f.Get("lang") != "en" {
			n.Errorf("a new story begins by %q on %q in %q", f.Get("byline"), f.Get("date"), f.Get("lang"))
		}
		typed := []string{"slug", "council", "headline", "Council – “at last” – meets", "teaser", "It met.\nIt did.", "body", rough,
			"lang", "be", "place", "Vilnius", "credit", "Pozirk", "urgency", "3", "keywords", "council\nŁukašenka", "points", "Who voted\nWho did not", "note", "Call them again.",
			"plan", "plus", "cut", "2", "opens_at", "2024-10-30T08:15:20", "embargo", "2024-10-26T09:00"}
		f.fills(typed...).Values["section"] = []string{"economy", "politics", ""}
		p := rita.sends(f, "do", "save").says(200, "The draft is saved.", "Council – “at last” – meets", "It [would lead to] – war…”", "Лукашэнка – «так»",
			"Economy, Politics", "Call them again.", "3 urgent", "POZIRK+", "October 30, 2024, 08:15 (UTC+3)", "Under embargo until October 26, 2024, 09:00 (UTC+3).", "draft", "Belarusian")
		p.lacks("<script>alert")
		id := story.ID(strings.TrimPrefix(strings.TrimSuffix(p.at, "?done=create"), "/desk/stories/"))
		st := n.story(id)
		c := st.Content
		if c.Teaser != "It met.\nIt did." || c.Cut != 2 || c.Urgency != 3 || !slices.Equal(c.Keywords, []string{"council", "Łukašenka"}) || !slices.Equal(c.Points, []string{"Who voted", "Who did not"}) ||
			!c.Embargo.Equal(time.Date(2024, 10, 26, 9, 0, 0, 0, zone)) || st.Lang != "be" || markup.Print(c.Body) != rough {
			n.Errorf("it is kept as %+v", c)
		}
		edit := rita.opens(at(id, "/edit")).form(at(id, "/revisions"))
		for i := 0; i+1 < len(typed); i += 2 {
			if got := edit.Get(typed[i]); got != typed[i+1] && typed[i] != "lang" {
				n.Errorf("the form shows %s as %q", typed[i], got)
			}
		}
		n.later()
		rita.sends(edit.fills("headline", "Council meets again", "cut", "0"), "do", "save").says(200, "Saved as revision 2.", "Council meets again", "It [would lead to] – war…”")
		if got := n.story(id); got.Revision != 2 || markup.Print(got.Content.Body) != rough || got.Content.Cut != -1 || !got.Content.Embargo.Equal(c.Embargo) {
			n.Errorf("it becomes %+v", got.Content)
		}
	})
}

func TestSavingWhatWasNotTouchedChangesNothing(t *testing.T) {
	each(t, func(n *newsroom) {
		m := pozirk()
		m.ZoneName = "Europe/Vilnius"
		n.ok(n.mastheads.Change(n.ctx(), func(masthead.Masthead) (masthead.Masthead, error) { return m, nil }))
		editor := n.as(staff.Editor)
		// The clocks of Vilnius show 3:30 twice on that night.
		for _, embargo := range []time.Time{time.Date(2024, 10, 27, 0, 30, 0, 0, time.UTC), time.Date(2024, 10, 27, 1, 30, 0, 0, time.UTC)} {
			c := text("Council meets")
			c.Teaser, c.Note, c.Keywords = "One.\r\nTwo.\rThree.", "A\r\nnote", []string{"a", "b"}
			c.Embargo, c.OpensAt, c.Cut = embargo, embargo.Add(7*time.Second+123*time.Millisecond), -1
			st := n.files(staff.Editor, c)
			editor.sends(editor.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions")), "do", "save").says(200, "Saved as revision 2.")
			before, after := st.Content, n.story(st.ID).Content
			if !before.Embargo.Equal(after.Embargo) || !before.OpensAt.Equal(after.OpensAt) || before.Teaser != after.Teaser || before.Note != after.Note ||
				before.Cut != after.Cut || !slices.Equal(before.Keywords, after.Keywords) || markup.Print(before.Body) != markup.Print(after.Body) {
				n.Errorf("%+v became %+v", before, after)
			}
		}
	})
}

func TestWhatIsWrongIsNamedAndEverythingTypedStays(t *testing.T) {
	one(t, func(n *newsroom) {
		st := n.in(story.InEdit, text("Council meets"))
		editor := n.as(staff.Editor)
		long := strings.Repeat("ж", 301)
		for _, c := range []struct{ field, typed, label, why string }{
			{"headline", strings.Repeat("x", 501), "Headline", "501 characters, at most 500"},
			{"slug", long, "Slug", "301 characters"}, {"byline", long, "Byline", "301 characters"}, {"credit", long, "Credit", "301 characters"},
			{"place", "A\x01B", "Place", "U+0001"}, {"teaser", strings.Repeat("x", 5001), "Teaser", "5001 characters"},
			{"note", "a\x02", "Editor's note", "U+0002"}, {"keywords", "fine\n" + long, "Keywords", "301 characters"}, {"points", "fine\n" + long, "Points behind the gate", "301 characters"},
			{"date", "25.10.2024", "Date", "25.10.2024"}, {"urgency", "12", "Urgency", "1 (flash) to 9, not 12"}, {"urgency", "soon", "Urgency", "is no number"},
			{"section", "sport", "Sections", `no section "sport"`}, {"plan", "gold", "Who may read", `no plan "gold"`},
			{"cut", "-2", "Before the cut", "no number of paragraphs"}, {"cut", "all", "Before the cut", "is no number"},
			{"opens_at", "tomorrow", "Opens to all at", "2024-10-25T14:05"}, {"embargo", "25 October", "Embargo until", "2024-10-25T14:05"},
			{"body", "First.\n\n[a](javascript:alert)", "Text", "Paragraph 2: "}, {"body", "a\x03b", "Text", "U+0003"},
		} {
			for _, door := range []struct{ open, action string }{{"/desk/new", "/desk/stories"}, {at(st.ID, "/edit"), at(st.ID, "/revisions")}} {
				f := editor.opens(door.open).form(door.action)
				f.fills("headline", "Council – “at last”", "slug", "new-slug", "teaser", "New\nteaser", "note", "New note", "place", "Minsk", "body", rough,
					"plan", "plus", "cut", "3", "embargo", "2024-12-31T23:59", "keywords", "one\ntwo", "caption", "A caption", "after", "1")
				f.Values[c.field][0] = c.typed
				want := maps.Clone(f.Values)
				p := editor.sends(f, "do", "save").says(422, "One field is not right. Nothing is saved yet.", c.label+": ")
				field := map[string]string{"section": "sections"}[c.field]
				if field == "" {
					field = c.field
				}
				if told := words(p.called("w-" + field)); !strings.Contains(told, c.why) {
					n.Errorf("%s %.20q is told %q", c.field, c.typed, told)
				}
				if links := all(p.all("div", "summary")[0], "a"); len(links) != 1 || p.called(strings.TrimPrefix(attr(links[0], "href"), "#")) == nil {
					n.Errorf("%s: the summary leads nowhere", c.field)
				}
				got := p.form(door.action).Values
				delete(want, "do")
				if !maps.EqualFunc(got, want, slices.Equal) {
					n.Errorf("%s %.20q: of\n%q came back\n%q", c.field, c.typed, want, got)
				}
			}
		}
		if st = n.story(st.ID); st.Revision != 1 {
			n.Errorf("%d revisions were kept", st.Revision-1)
		}
		if got := editor.opens("/desk/?stage=draft").rows(); len(got) > 0 {
			n.Errorf("the stories %q were kept", got)
		}
	})
}

func TestAllThatIsWrongIsToldAtOnce(t *testing.T) {
	one(t, func(n *newsroom) {
		editor := n.as(staff.Editor)
		f := editor.opens("/desk/new").form("/desk/stories").fills("urgency", "soon", "date", "today", "body", "[a](javascript:b)")
		p := editor.sends(f, "do", "save").says(422, "3 fields are not right", "Urgency: ", "Date: ", "Text: ")
		if focus := slices.DeleteFunc(append(p.all("input"), append(p.all("select"), p.all("textarea")...)...), func(e *node) bool { return !has(e, "autofocus") }); len(focus) != 1 || attr(focus[0], "aria-invalid") != "true" {
			n.Errorf("the cursor stands in %d fields", len(focus))
		}
	})
}

// called finds the element with the id; nil if there is none.
func (p page) called(id string) *node {
	for d := range p.doc.Descendants() {
		if attr(d, "id") == id {
			return d
		}
	}
	return nil
}

func drawing(n *newsroom) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 700, 400))
	m.Set(3, 3, color.White)
	var b bytes.Buffer
	n.ok(png.Encode(&b, m))
	return b.Bytes()
}

func TestAPictureIsPutWhereItWasAskedForAndServedToTheStaff(t *testing.T) {
	one(t, func(n *newsroom) {
		st := n.files(staff.Editor, text("Council meets"))
		editor := n.as(staff.Editor)
		f := editor.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
		f.fills("caption", "The council", "picture_credit", "Ada", "alt", "People at a table", "after", "1", "note", "typed")
		f.file = drawing(n)
		p := editor.sends(f, "do", "picture").says(200, "The picture stands in the text. It is saved with the story.")
		if n.story(st.ID).Revision != 1 {
			n.Error("it is saved before anybody said so")
		}
		p = editor.sends(p.form(at(st.ID, "/revisions")), "do", "save").says(200, "Saved as revision 2.", "The council", "Ada")
		blocks := n.story(st.ID).Content.Body.Blocks
		if len(blocks) != 4 || blocks[1].Type != story.PictureNode || blocks[1].Attrs.Alt != "People at a table" || n.story(st.ID).Content.Note != "typed" {
			n.Fatalf("the body is %+v", blocks)
		}
		picture := p.all("img")[0]
		if got := editor.opens(attr(picture, "src")); got.status != 200 || !strings.HasPrefix(got.header.Get("Content-Type"), "image/") || got.header.Get("Cache-Control") != "private, no-store" {
			n.Errorf("the picture answers %d as %v", got.status, got.header)
		}
		n.stranger().opens(attr(picture, "src")).says(403)
		editor.opens("/desk/pictures/nothing/640").says(404)
	})
}

func TestAFileThatIsNoPictureIsToldAndTheTextStays(t *testing.T) {
	one(t, func(n *newsroom) {
		editor := n.as(staff.Editor)
		for _, c := range []struct {
			file     []byte
			do, told string
		}{{[]byte("<svg onload=alert(1)>"), "picture", "This is an SVG drawing"}, {[]byte("<svg onload=alert(1)>"), "save", "This is an SVG drawing"}, {nil, "picture", "Choose a file first."}} {
			f := editor.opens("/desk/new").form("/desk/stories").fills("headline", "Council", "body", rough, "caption", "The council")
			f.file = c.file
			p := editor.sends(f, "do", c.do).says(422, "Picture: ")
			if got := p.form("/desk/stories"); got.Get("body") != rough || got.Get("caption") != "The council" {
				n.Errorf("what was typed comes back as %q", got.Values)
			}
			if told := words(p.called("w-picture")); !strings.Contains(told, c.told) {
				n.Errorf("%s of %q is told %q", c.do, c.file, told)
			}
		}
	})
}

func TestAnOlderTextIsStillThere(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Corrected, text("Council meets"))
		n.later()
		_, err := n.stories.Revise(n.ctx(), n.people[staff.Editor], st.ID, 2, text("A third headline"))
		n.ok(err)
		rita := n.as(staff.Reporter)
		p := rita.opens(at(st.ID, "")).says(200, "Revision 3", "Revision 2", "Revision 1", "Readers have revision 2; you work on revision 3.")
		for name, want := range map[string][]string{
			"Revision 1": {"Council meets", "Rita"}, "Revision 2": {"Council meets, anew", "Chaya", "readers have it"}, "Revision 3": {"A third headline", "Edvard", "newest"},
		} {
			old := rita.opens(p.link(name)).says(200, append(want, name+" of story № 1", "The second paragraph.", "Politics", "council")...)
			if want[0] == "Council meets" {
				old.lacks("readers have it", "newest", "A third headline")
			}
		}
		for _, wrong := range []string{"0", "4", "-1", "x", "99999999999999999999"} {
			rita.opens(at(st.ID, "/revisions/"+wrong)).says(404)
		}
		rita.opens("/desk/stories/none/revisions/1").says(404)
	})
}

func TestAFormLargerThanAllowedIsRefusedAsAWhole(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	editor := n.as(staff.Editor)
	f := editor.opens("/desk/new").form("/desk/stories").fills("body", strings.Repeat("x", 4<<20))
	editor.sends(f, "do", "save").says(413, "That is too large")
	st := n.in(story.Sent, text("Council meets"))
	note := map[string][]string{"note": {strings.Repeat("x", 65<<10)}}
	editor.posts(at(st.ID, "/hold"), note).says(413)
	if n.story(st.ID).State != story.Sent {
		t.Error("it is held nonetheless")
	}
}
