package desk_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/staff"
	"wireroom/story"
	speech "wireroom/web/words"
	"wireroom/wire"
)

const boarded = "/desk/board"

// follows has a follower stand at the cursor, as of the newsroom's clock.
func (n *newsroom) follows(name string, cursor wire.Number, wrong string) {
	n.Helper()
	n.ok(n.db.Do(n.ctx(), func(tx *db.Tx) error {
		failed := time.Time{}
		if wrong != "" {
			failed = n.now.Add(-time.Hour)
		}
		_, err := tx.Exec(n.ctx(), `INSERT INTO follower (name, cursor, holder, until, error, failed, since) VALUES (?1, ?2, 'x', ?3, ?4, ?5, 0)
			ON CONFLICT (name) DO UPDATE SET cursor = ?2, until = ?3, error = ?4, failed = ?5`, name, cursor, n.now.Add(time.Minute), wrong, failed)
		return err
	}))
}

// arrives has the last record arrive at a follower.
func (n *newsroom) arrives(name string, after time.Duration) {
	n.Helper()
	last, err := wire.New(n.db).Latest(n.ctx(), 0, 1)
	n.ok(err)
	n.follows(name, last[0].Number, "")
	n.ok(n.db.Do(n.ctx(), func(tx *db.Tx) error {
		_, err := tx.Exec(n.ctx(), `INSERT INTO wire_arrival (number, follower, at) VALUES (?1, ?2, ?3)`, last[0].Number, name, last[0].At.Add(after))
		return err
	}))
}

// lands gives the words of each cell of the board's row about the headline.
func (p page) lands(headline string) string {
	p.n.Helper()
	for _, tr := range p.all("tr") {
		if strings.Contains(text1(tr), headline) {
			var all []string
			for d := range tr.Descendants() {
				if d.Data == "td" && strings.HasPrefix(attr(d, "class"), "came") {
					all = append(all, strings.Join(strings.Fields(text1(d)), " "))
				}
			}
			return strings.Join(all, " | ")
		}
	}
	p.n.Errorf("%s has no row about %q", p.at, headline)
	return ""
}

func TestTheBoardTellsWhereEachReleaseHasArrivedAndHowSoon(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Sent, text("Council meets"))
		n.arrives("site", 8*time.Millisecond)
		n.arrives("feeds en", 2400*time.Millisecond)
		n.arrives("client Nord", 3*time.Minute)
		n.follows("feeds be", 1, "")
		c := n.as(staff.Reporter)
		want := "Site 8 ms | Feed: Belarusian – | Feed: English 2.4 s | client Nord 3 min"
		if got := c.opens(boarded).says(200).lands("Council meets"); got != want {
			n.Errorf("the board says %q, not %q", got, want)
		}
		page := c.opens(at(st.ID, "")).says(200)
		if got := strings.Join(page.texts("ul", "arrived"), " "); !strings.Contains(got, "Site 8 ms") || !strings.Contains(got, "client Nord 3 min") {
			n.Errorf("the story says %q", got)
		}
	})
}

func TestTheBoardSaysWhoIsBehindAndWhoFailsInWords(t *testing.T) {
	each(t, func(n *newsroom) {
		n.in(story.Sent, text("Council meets"))
		n.follows("site", 0, "")
		n.follows("feeds en", 0, "record 1: the disk is full")
		c := n.as(staff.Reporter)
		if got := c.opens(boarded).lands("Council meets"); got != "Site on its way | Feed: English ✕ fails" {
			n.Errorf("at once the board says %q", got)
		}
		n.later()
		n.follows("site", 0, "")
		n.follows("feeds en", 0, "record 1: the disk is full")
		p := c.opens(boarded).says(200, "Feed: English: fails since", "record 1: the disk is full", "One record behind.")
		if got := p.lands("Council meets"); got != "Site … behind | Feed: English ✕ fails" {
			n.Errorf("a minute later the board says %q", got)
		}
		n.now = n.now.Add(time.Hour)
		if got := c.opens(boarded).says(200, "not running").lands("Council meets"); got != "Site ✕ not there | Feed: English ✕ fails" {
			n.Errorf("when nobody follows the board says %q", got)
		}
	})
}

func TestOfAKillTheBoardSaysAtWhatTimeItWasKnownWhere(t *testing.T) {
	one(t, func(n *newsroom) {
		n.in(story.Killed, text("Council meets"))
		n.arrives("site", 8*time.Millisecond)
		clock := n.now.Add(8 * time.Millisecond).In(zone).Format("15:04:05")
		if got := n.as(staff.Reporter).opens(boarded).lands("Council meets"); got != "Site 8 ms · "+clock {
			n.Errorf("the board says %q", got)
		}
	})
}

func TestAMachineThatIsNoMoreLeavesTheBoard(t *testing.T) {
	one(t, func(n *newsroom) {
		n.in(story.Sent, text("Council meets"))
		n.follows("site@old:80", 0, "")
		n.later()
		n.later()
		n.arrives("site@new:80", 8*time.Millisecond)
		c := n.as(staff.Reporter)
		if got := c.opens(boarded).lands("Council meets"); got != "Site 8 ms" {
			n.Errorf("the board says %q", got)
		}
		n.follows("site@third:80", 1, "")
		if got := c.opens(boarded).lands("Council meets"); got != "Site · new:80 8 ms | Site · third:80 –" {
			n.Errorf("with two machines the board says %q", got)
		}
	})
}

func TestTheBoardSpeaksEachLanguage(t *testing.T) {
	one(t, func(n *newsroom) {
		empty := n.as(staff.Reporter)
		empty.opens(boarded).says(200, "Nothing has been sent yet.")
		st := n.in(story.Killed, local())
		n.arrives("site", 8*time.Millisecond)
		n.follows("feeds be", 0, "99")
		n.follows("sitemap", 0, "")
		for _, lang := range speech.Langs {
			for _, role := range staff.Roles() {
				c := n.as(role)
				c.posts("/desk/language", url.Values{"lang": {lang}})
				c.opens(boarded).says(200).speaks(lang)
				c.opens(boarded + "?before=1").says(200).speaks(lang)
				c.opens(at(st.ID, "")).says(200).speaks(lang)
			}
		}
	})
}
