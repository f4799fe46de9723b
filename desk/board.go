package desk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"wireroom/bulletin"
	"wireroom/bulletin/alert"
	"wireroom/bulletin/channel"
	"wireroom/bulletin/cuttings"
	"wireroom/clients/push"
	"wireroom/story"
	"wireroom/web"
	"wireroom/wire"
)

const (
	boardURL = "/desk/board"
	perBoard = 40
)

func (d *Desk) boardRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: boardURL, Handler: d.seated(d.board)}}
}

// board is the page that tells where each release has arrived.
type board struct {
	frame
	Here, Older, Newest string
	Head                int64
	Failing             []followed
	Followers           []followed
	Rows                []landed
}

// followed is whoever follows the wire, a column of the board.
type followed struct {
	wire.Follower
	Title, Node string
	State       string // well, behind, failing, gone
	Words       string
	Since       when // of a failure
	Behind      int64
	Late        string // how far behind, in words
}

// landed is a release, a row of the board.
type landed struct {
	Wire                int64
	URL, Headline, Lang string
	Signal, SignalID    string
	Grave               bool // what is taken back: it matters when it was gone
	Sent                when
	Clock, Embargo      string
	Cells               []cell
	Owes                string // clients whose receipt is missing, in words; "" is none
	Given               bool   // all that were asked have confirmed
}

// cell says whether a release has arrived at a follower.
type cell struct {
	Title, State, Words, Full string
}

func (d *Desk) board(w http.ResponseWriter, v *visit) error {
	from, _ := strconv.ParseInt(v.r.URL.Query().Get("before"), 10, 64)
	p := &board{frame: v.frame(v.T("board")), Here: v.r.URL.RequestURI()}
	p.style("board.css")
	p.script("board.js")
	p.live("", 0)
	ctx := v.r.Context()
	head, err := d.Wire.Head(ctx)
	if err != nil {
		return err
	}
	p.Head = int64(head)
	records, err := d.Wire.Latest(ctx, wire.Number(from), perBoard)
	if err != nil {
		return err
	}
	if from > 0 {
		p.Newest = boardURL
	}
	if len(records) == perBoard && records[perBoard-1].Number > 1 {
		p.Older = boardURL + "?before=" + strconv.FormatInt(int64(records[perBoard-1].Number), 10)
	}
	came, err := d.arrivals(v, records)
	if err != nil {
		return err
	}
	if p.Followers, err = v.followers(head, came); err != nil {
		return err
	}
	for _, f := range p.Followers {
		if f.State == "failing" || f.State == "gone" {
			p.Failing = append(p.Failing, f)
		}
	}
	if p.Rows, err = v.landed(releases(records), p.Followers, came); err != nil {
		return err
	}
	if err := v.owed(p.Rows); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "board", p)
}

// releases leaves out what no reader waits for: what was taken over from an
// archive, how the front page is arranged, and that an embargo is over, which
// the pages know by the clock.
func releases(records []wire.Record) []wire.Record {
	return slices.DeleteFunc(slices.Clone(records), func(r wire.Record) bool {
		return r.Silent || r.Signal == string(story.SignalPin) || r.Signal == string(story.SignalLift)
	})
}

// came tells when a record had arrived at a follower.
type came map[wire.Number]map[string]wire.Arrival

// arrivals reads when the records, the newest first, had arrived where.
func (d *Desk) arrivals(v *visit, records []wire.Record) (came, error) {
	known := came{}
	if len(records) == 0 {
		return known, nil
	}
	all, err := d.Wire.Arrivals(v.r.Context(), records[len(records)-1].Number, records[0].Number)
	for _, a := range all {
		known.add(a)
	}
	return known, err
}

func (c came) add(a wire.Arrival) {
	if c[a.Number] == nil {
		c[a.Number] = map[string]wire.Arrival{}
	}
	c[a.Number][a.Follower] = a
}

// followers are all who follow, those of the house first. A machine that is
// no more is left out where nothing on the page arrived there.
func (v *visit) followers(head wire.Number, known came) ([]followed, error) {
	all, err := v.desk.Wire.Followers(v.r.Context())
	if err != nil {
		return nil, err
	}
	nodes := map[string]bool{}
	var shown []followed
	for _, f := range all {
		name, node := wire.Place(f.Name)
		there, here := f.There(v.now), false
		for _, at := range known {
			_, ok := at[f.Name]
			here = here || ok
		}
		if node != "" && !there && !here {
			continue
		}
		nodes[node] = true
		c := followed{Follower: f, Title: v.follower(name), Node: node, State: "well", Behind: int64(max(head-f.Cursor, 0))}
		if c.Behind > 0 {
			c.Late = v.T("board-behind-by", "n", int(c.Behind))
		}
		switch {
		case f.Error != "":
			c.State, c.Since = "failing", v.age(f.Failed)
			c.Words = v.T("board-failing", "since", c.Since.Words)
		case !there:
			c.State, c.Words = "gone", v.T("board-gone")
		case c.Behind > 0:
			c.State, c.Words = "behind", c.Late
		default:
			c.Words = v.T("board-well")
		}
		shown = append(shown, c)
	}
	if len(nodes) > 1 {
		for i := range shown {
			if shown[i].Node != "" {
				shown[i].Title += " · " + shown[i].Node
			}
		}
	}
	slices.SortStableFunc(shown, func(a, b followed) int { return rank(a.Name) - rank(b.Name) })
	return shown, nil
}

// rank puts the house's own followers before those who come to it.
func rank(follower string) int {
	name, _ := wire.Place(follower)
	switch {
	case name == "site":
		return 0
	case strings.HasPrefix(name, "feeds "):
		return 1
	case name == "sitemap":
		return 2
	}
	return 3
}

// follower is a follower's name in the language of the screens.
func (v *visit) follower(name string) string {
	if lang, ok := strings.CutPrefix(name, "feeds "); ok && v.house.Has(story.Lang(lang)) {
		return v.T("follower-feeds", "edition", v.T("lang-"+lang))
	}
	if id, ok := channel.IsFollower(name); ok {
		if c, err := v.desk.Channels.Get(v.r.Context(), id); err == nil {
			return c.Name
		}
	}
	switch name {
	case "site", "sitemap", "archive", "receipts", "stream", bulletin.Follower, alert.Follower, cuttings.Follower:
		return v.T("follower-" + name)
	}
	if id, ok := push.IsFollower(name); ok {
		return v.endpointName(id)
	}
	return name
}

func (v *visit) landed(records []wire.Record, followers []followed, known came) ([]landed, error) {
	var ids []story.ID
	for _, r := range records {
		ids = append(ids, story.ID(r.Story))
	}
	stories, err := v.desk.Stories.Several(v.r.Context(), ids)
	if err != nil {
		return nil, err
	}
	var all []landed
	for _, r := range records {
		st := stories[story.ID(r.Story)]
		l := landed{
			Wire: int64(r.Number), URL: storyURL(st.ID), Headline: strings.TrimSpace(st.Content.Headline), Lang: r.Lang,
			Signal: v.T("signal-" + r.Signal), SignalID: r.Signal, Sent: v.age(r.At), Clock: r.At.In(v.house.Zone).Format("15:04:05"),
			Grave: r.Signal == string(story.SignalKill) || r.Signal == string(story.SignalHold),
		}
		if e := st.Content.Embargo; e.After(v.now) {
			l.Embargo = v.near(e)
		}
		for _, f := range followers {
			l.Cells = append(l.Cells, v.cell(r, f, known, l.Grave))
		}
		all = append(all, l)
	}
	return all, nil
}
