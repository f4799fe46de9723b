package portal_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/format/choice"
	"wireroom/reveal"
	"wireroom/story"
)

func TestTheListHasEachStoryOnceWithWhatHappenedToIt(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Radio", nil, everything)
		p := n.signed("ann@radio.example")
		p.gets("/wire/").says(200).has("Nothing has come yet")
		first := n.sends("Minister resigns", nil)
		n.sends("Harvest begins", func(c *story.Content) { c.Sections, c.Urgency = []string{"economy"}, 6 })
		killed := n.sends("Rumour", nil)
		c := first.Content
		c.Headline = "Minister stays"
		first, err := n.stories.Revise(t.Context(), chief, first.ID, first.Revision, c)
		n.ok(err)
		_, err = n.stories.Correct(t.Context(), chief, first.ID, first.Revision, story.Say("He stays."))
		n.ok(err)
		n.kills(killed)
		page := p.gets("/wire/").says(200).has("Minister stays", "Correction", "Harvest begins", "Kill").lacks("Minister resigns", ">Rumour<")
		for _, id := range []string{string(first.ID), string(killed.ID)} {
			if strings.Count(page.body, `id="s-`+id) != 1 {
				t.Errorf("a story stands in the list more or less than once:\n%s", page.body)
			}
		}
		if strings.Index(page.body, "is-kill") > strings.Index(page.body, "Minister stays") {
			t.Error("the latest is not first")
		}
		p.gets("/wire/?q=harvest").says(200).has("Harvest begins", "Kill").lacks("Minister stays<")
		p.gets("/wire/?section=economy").says(200).has("Harvest begins").lacks(`data-preview="/wire/items/` + string(first.ID) + `/preview" lang="en">Minister`)
		p.gets("/wire/?urgency=4").says(200).has("Minister stays").lacks("Harvest begins")
		p.gets("/wire/?language=be").says(200).lacks("Harvest begins", "Minister stays")
		p.gets("/wire/?urgency=12").says(400)
		p.gets("/wire/items/"+string(first.ID)).says(200).has("He stays.", "Two of Minister resigns.", "format=nitf", "Correction")
		p.gets("/wire/items/" + string(first.ID) + "/preview").says(200).has("He stays.").lacks("<html")
		p.gets("/wire/items/" + string(killed.ID)).says(200).has("It is false.").lacks("Two of")
	})
}

func TestTheListGoesBackPageByPageWithoutGapOrRepeat(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Radio", nil, everything)
		p := n.signed("ann@radio.example")
		for i := range 60 {
			n.sends("Story "+strconv.Itoa(i)+".", nil)
		}
		page := p.gets("/wire/").says(200).has("Story 59.", "Story 10.").lacks("Story 9.")
		_, rest, _ := strings.Cut(page.body, `rel="next" href="`)
		at, _, _ := strings.Cut(rest, `"`)
		p.gets(strings.ReplaceAll(at, "&amp;", "&")).says(200).has("Story 9.", "Story 0.").lacks("Story 10.", `rel="next"`)
	})
}

func TestAClientTakesStoriesAlongInItsFormats(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Radio", func(c *clients.Client) { c.Formats = []string{"ninjs", "nitf"} }, everything)
		n.client("Paper", nil, everything)
		one, two := n.sends("Minister resigns", func(c *story.Content) { c.Slug = "ministr/ады" }), n.sends("Harvest begins", nil)
		p, paper := n.signed("ann@radio.example"), n.signed("ann@paper.example")
		at := "/wire/items/" + string(one.ID) + "/file?format="
		for _, f := range choice.Formats() {
			a := paper.gets(at + f.Name).says(200).has("Minister resigns")
			if a.header.Get("Content-Type") != f.Type || !strings.Contains(a.header.Get("Content-Disposition"), "attachment") {
				t.Errorf("%s comes as %v", f.Name, a.header)
			}
		}
		p.gets(at + "nitf").says(200)
		p.gets(at + "newsml").says(400)
		p.gets(at+"copy").says(200).has("Minister resigns\n\n", "Two of Minister resigns.")
		ask := url.Values{"format": {"nitf"}, "story": {string(one.ID), string(two.ID), string(two.ID)}}
		packed := p.gets("/wire/zip?" + ask.Encode()).says(200)
		z, err := zip.NewReader(strings.NewReader(packed.body), int64(len(packed.body)))
		n.ok(err)
		if len(z.File) != 2 || !strings.HasSuffix(z.File[0].Name, "-ministr-ады.xml") {
			t.Fatalf("the zip holds %v", z.File)
		}
		file, err := z.File[1].Open()
		n.ok(err)
		data, err := io.ReadAll(file)
		n.ok(err)
		if !bytes.Contains(data, []byte("Harvest begins")) {
			t.Errorf("a file of the zip is %s", data)
		}
		p.gets("/wire/zip?format=nitf").says(400)
	})
}

// What another client has is, to each address, like what does not exist.
func TestOneClientSeesNothingOfAnother(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Radio", nil, reveal.Selection{Full: true, Sections: []string{"politics"}})
		n.client("Paper", nil, reveal.Selection{Full: true, Sections: []string{"economy"}})
		theirs := n.sends("Qxcanary", func(c *story.Content) { c.Sections, c.Slug = []string{"economy"}, "Qxslug" })
		n.kills(n.sends("Qxkilled", func(c *story.Content) { c.Sections = []string{"economy"} }))
		ours := n.sends("Ours", nil)
		n.asks()
		radio, paper := n.signed("ann@radio.example"), n.signed("ann@paper.example")
		invented := "01936d00-0000-7000-8000-000000000000"
		for _, r := range n.routes {
			if r.Method != http.MethodGet || r.Pattern == "/wire/live" {
				continue
			}
			at := filled(r.Pattern, string(theirs.ID)) + "?format=ninjs&story=" + string(theirs.ID)
			a := radio.gets(at).lacks("Qxcanary", "Qxslug", "Qxkilled", "It is false.")
			other := radio.gets(filled(r.Pattern, invented) + "?format=ninjs&story=" + invented)
			if told := strings.ReplaceAll(a.body, string(theirs.ID), invented); a.status != other.status || told != other.body {
				t.Errorf("%s answers %d where an invented story is answered %d", at, a.status, other.status)
			}
		}
		radio.gets("/wire/?q=Qxcanary").says(200).lacks("Qxslug")
		mixed := url.Values{"format": {"ninjs"}, "story": {string(ours.ID), string(theirs.ID)}}
		radio.gets("/wire/zip?" + mixed.Encode()).says(404)
		paper.gets("/wire/").says(200).has("Qxcanary", "owed-title", "It is false.").lacks("Ours")
		paper.gets("/wire/items/" + string(theirs.ID)).says(200).has("Qxslug")
		owed := func() string {
			receipts, err := n.clients.Receipts(t.Context(), 0, 100)
			n.ok(err)
			if len(receipts) != 1 || receipts[0].Name != "Paper" {
				t.Fatalf("asked for are %+v", receipts)
			}
			return strconv.FormatInt(int64(receipts[0].Wire), 10)
		}
		radio.posts("/wire/seen", "number", owed()).says(404)
		paper.gets("/wire/").has("Seen and acted on")
		paper.posts("/wire/seen", "number", owed()).says(303)
		paper.gets("/wire/").says(200).lacks("Seen and acted on")
	})
}

func TestWhatTheContractCutsOffIsCutOffHere(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Late", func(c *clients.Client) { c.Delay = 30 * time.Minute }, everything)
		n.client("Over", func(c *clients.Client) { c.Ends = n.now().Add(time.Hour) }, everything)
		n.client("Short", nil, reveal.Selection{})
		old := n.sends("Old", nil)
		n.shift = 29 * time.Minute
		n.sends("Fresh", func(c *story.Content) { c.Embargo = n.now().Add(2 * time.Hour) })
		late, over, short := n.signed("ann@late.example"), n.signed("ann@over.example"), n.signed("ann@short.example")
		late.gets("/wire/").says(200).lacks(">Old<")
		late.gets("/wire/items/" + string(old.ID)).says(404)
		short.gets("/wire/").says(200).has(">Old<", "start only").lacks("Fresh")
		short.gets("/wire/items/" + string(old.ID)).says(200).lacks("Two of Old")
		over.gets("/wire/").says(200).has(">Old<").lacks("Fresh")
		n.shift = 61 * time.Minute
		late.gets("/wire/").says(200).has(">Old<").lacks("Fresh")
		over.gets("/wire/").says(200).has("has not begun or is over").lacks(">Old<")
		over.gets("/wire/items/" + string(old.ID)).says(404)
	})
}

func TestAnOpenListIsToldWhatComes(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Radio", nil, reveal.Selection{Full: true, Sections: []string{"politics"}})
		p := n.signed("ann@radio.example")
		n.sends("Before", nil)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, n.url+"/wire/live?after=0&urgency=5", nil)
		n.ok(err)
		resp, err := p.http.Do(r)
		n.ok(err)
		defer resp.Body.Close()
		if kind := resp.Header.Get("Content-Type"); resp.StatusCode != 200 || !strings.HasPrefix(kind, "text/event-stream") {
			t.Fatalf("the list is told with %d, %s", resp.StatusCode, kind)
		}
		lines := bufio.NewScanner(resp.Body)
		next := func() string {
			t.Helper()
			for lines.Scan() {
				if data, ok := strings.CutPrefix(lines.Text(), `data: {"grave"`); ok {
					return data
				}
			}
			t.Fatalf("the line ends: %v", lines.Err())
			return ""
		}
		if told := next(); !strings.Contains(told, "Before") {
			t.Errorf("missed was told as %s", told)
		}
		n.sends("Of others", func(c *story.Content) { c.Sections = []string{"economy"} })
		n.sends("Idle", func(c *story.Content) { c.Urgency = 8 })
		n.sends("After", nil)
		if told := next(); !strings.Contains(told, "After") {
			t.Errorf("what came was told as %s", told)
		}
		n.portal.HangUp()
		for lines.Scan() {
		}
		p.gets("/wire/live").says(429)
	})
}
