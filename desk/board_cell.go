package desk

import (
	"strconv"
	"time"

	"wireroom/story"
	"wireroom/wire"
)

// cell says how a record stands with a follower. Of what is taken back it says
// also at what time that was known there.
func (v *visit) cell(r wire.Record, f followed, known came, grave bool) cell {
	c := cell{Title: f.Title}
	a, arrived := known[r.Number][f.Name]
	switch {
	case arrived:
		c.State, c.Words = "came", v.took(wire.Delay(r.At, a.At))
		clock := a.At.In(v.house.Zone).Format("15:04:05.000")
		c.Full = v.T("board-arrived", "clock", clock)
		if grave {
			c.Words += " · " + clock[:8]
		}
	case f.Cursor >= r.Number || (!f.Follower.Since.IsZero() && r.At.Before(f.Follower.Since)):
		c.State, c.Words, c.Full = "none", "–", v.T("board-none")
	case f.Error != "":
		c.State, c.Words, c.Full = "failing", v.T("board-cell-failing"), f.Error
	case f.State == "gone":
		c.State, c.Words = "failing", v.T("board-cell-gone")
	case v.now.Sub(r.At) < wire.Settling:
		c.State, c.Words = "way", v.T("board-cell-way")
	default:
		c.State, c.Words = "behind", v.T("board-cell-behind")
	}
	return c
}

// took is how long something took, as finely as matters: "8 ms", "2.4 s".
func (v *visit) took(d time.Duration) string {
	switch {
	case d < time.Second:
		return strconv.FormatInt(d.Milliseconds(), 10) + " " + v.T("unit-ms")
	case d < 10*time.Second:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " " + v.T("unit-s")
	case d < 2*time.Minute:
		return strconv.Itoa(int(d.Seconds())) + " " + v.T("unit-s")
	case d < 2*time.Hour:
		return strconv.Itoa(int(d.Minutes())) + " " + v.T("unit-min")
	case d < 48*time.Hour:
		return strconv.Itoa(int(d.Hours())) + " " + v.T("unit-h")
	}
	return strconv.Itoa(int(d.Hours()/24)) + " " + v.T("unit-d")
}

// arrived fills in where each release of a story has arrived.
func (p *reading) arrived(v *visit, _ story.Story) error {
	if len(p.Releases) == 0 {
		return nil
	}
	p.style("board.css")
	head, err := v.desk.Wire.Head(v.r.Context())
	if err != nil {
		return err
	}
	known := came{}
	for _, s := range p.Releases {
		all, err := v.desk.Wire.Arrivals(v.r.Context(), wire.Number(s.Wire), wire.Number(s.Wire))
		if err != nil {
			return err
		}
		for _, a := range all {
			known.add(a)
		}
	}
	followers, err := v.followers(head, known)
	if err != nil {
		return err
	}
	for i, s := range p.Releases {
		r := wire.Record{Number: wire.Number(s.Wire), At: s.At}
		for _, f := range followers {
			if c := v.cell(r, f, known, s.Grave); c.State != "none" {
				p.Releases[i].Arrived = append(p.Releases[i].Arrived, c)
			}
		}
	}
	return nil
}
