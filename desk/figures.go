package desk

import (
	"net/http"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"wireroom/story"
	"wireroom/web"
	"wireroom/web/words"
	"wireroom/wire"
)

const figuresURL = "/desk/figures"

func (d *Desk) figuresRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: figuresURL, Handler: d.seated(d.figures)}}
}

// periods are the numbers of days that the plots can show; the second is usual.
var periods = []int{7, 30, 90}

// charts is the page of plots.
type charts struct {
	frame
	Periods []choice
	Plots   []plot
}

// days are the days that plots show, each by its first instant in the agency's
// zone, and the instant after the last.
type days []time.Time

func lastDays(now time.Time, n int) days {
	y, m, d := now.Date()
	var all days
	for i := range n + 1 {
		all = append(all, time.Date(y, m, d-n+1+i, 0, 0, 0, 0, now.Location()))
	}
	return all
}

// of is the day of an instant, or -1.
func (d days) of(t time.Time) int {
	i := sort.Search(len(d), func(i int) bool { return d[i].After(t) }) - 1
	if i == len(d)-1 {
		return -1
	}
	return i
}

func (d days) count() int { return len(d) - 1 }

func (d *Desk) figures(w http.ResponseWriter, v *visit) error {
	p := &charts{frame: v.frame(v.T("figures"))}
	p.style("figures.css")
	n := periods[1]
	if asked, err := strconv.Atoi(v.r.URL.Query().Get("days")); err == nil && slices.Contains(periods, asked) {
		n = asked
	}
	for _, each := range periods {
		p.Periods = append(p.Periods, choice{v.T("figures-days", "n", each), figuresURL + "?days=" + strconv.Itoa(each), each == n})
	}
	over := lastDays(v.now, n)
	stories, err := v.storyPlots(over)
	if err != nil {
		return err
	}
	arrivals, err := v.arrivalPlot(over)
	if err != nil {
		return err
	}
	p.Plots = append(stories, arrivals)
	for i := range p.Plots {
		p.Plots[i].First, p.Plots[i].Last = words.DayOfYear(v.lang, over[0]), words.DayOfYear(v.lang, over[n-1])
	}
	return v.show(w, http.StatusOK, "figures", p)
}

// storyPlots are the stories a day, by section and by language, and how long
// they took from the first draft to the sending.
func (v *visit) storyPlots(over days) ([]plot, error) {
	sections, langs := newTally(over), newTally(over)
	took := newSpans(over)
	for _, s := range v.house.Sections {
		sections.row(s.ID, s.Label(v.edition()))
	}
	for _, l := range v.house.Languages {
		langs.row(string(l), v.T("lang-"+string(l)))
		took.row(string(l), v.T("lang-"+string(l)))
	}
	err := v.desk.Stories.Firsts(v.r.Context(), over[0], func(f story.First) {
		day := over.of(f.Sent)
		if day < 0 {
			return
		}
		if _, known := v.house.Section(f.Section); !known {
			sections.row("", v.T("figures-no-section"))
			f.Section = ""
		}
		sections.add(f.Section, day)
		langs.add(string(f.Lang), day)
		if !f.Imported {
			took.add(string(f.Lang), day, max(f.Sent.Sub(f.Begun), 0))
		}
	})
	return []plot{
		v.counts("sections", sections), v.counts("langs", langs),
		v.ranges("writing", took, []time.Duration{time.Minute, 10 * time.Minute, time.Hour, 10 * time.Hour, 100 * time.Hour}),
	}, err
}

// arrivalPlot is how long releases took to arrive at each follower.
func (v *visit) arrivalPlot(over days) (plot, error) {
	took := newSpans(over)
	for _, name := range []string{"site", "feeds", "sitemap"} {
		took.row(name, v.T("figures-"+name))
	}
	err := v.desk.Wire.Took(v.r.Context(), over[0], func(follower string, sent time.Time, d time.Duration) {
		name, _ := wire.Place(follower)
		if strings.HasPrefix(name, "feeds ") {
			name = "feeds"
		}
		took.row(name, name)
		if day := over.of(sent); day >= 0 {
			took.add(name, day, d)
		}
	})
	return v.ranges("arrival", took, []time.Duration{time.Millisecond, 10 * time.Millisecond, 100 * time.Millisecond, time.Second, 10 * time.Second}), err
}
