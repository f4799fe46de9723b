package desk

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/format/invoice"
	"wireroom/story"
	"wireroom/web"
	"wireroom/web/words"
)

const readerFiguresURL = "/desk/readers/figures"

// mostRead is how many stories the page names.
const mostRead = 20

func (d *Desk) readerFigureRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: readerFiguresURL, Handler: d.seated(d.clerk(d.readerFigures))}}
}

// readerCharts is the page of plots about readers.
type readerCharts struct {
	room
	Periods []choice
	Plots   []plot
	Most    []readStory
}

// readStory is a story among those most read.
type readStory struct{ URL, Lang, Headline, Reads, Readers string }

func (d *Desk) readerFigures(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	p := &readerCharts{room: v.room(v.T("readers-figures"), readerFiguresURL)}
	p.style("figures.css")
	n := periods[1]
	if asked, err := strconv.Atoi(v.r.URL.Query().Get("days")); err == nil && slices.Contains(periods, asked) {
		n = asked
	}
	for _, each := range periods {
		p.Periods = append(p.Periods, choice{v.T("figures-days", "n", each), readerFiguresURL + "?days=" + strconv.Itoa(each), each == n})
	}
	over := lastDays(v.now.UTC(), n)
	held, lapsed, err := v.churnPlots(c, over)
	if err != nil {
		return err
	}
	reads, readers, err := v.readPlots(over)
	if err != nil {
		return err
	}
	p.Plots = []plot{held, lapsed, reads, readers}
	for i := range p.Plots {
		p.Plots[i].First, p.Plots[i].Last = words.DayOfYear(v.lang, over[0]), words.DayOfYear(v.lang, over[n-1])
	}
	income, err := v.incomePlot(c)
	if err != nil {
		return err
	}
	p.Plots = slices.Insert(p.Plots, 0, income)
	if p.Most, err = v.mostRead(over); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "readers_figures", p)
}

// on is the place of a day, as the tables write it, among those of a plot.
func (d days) on(day string) int {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return -1
	}
	return d.of(t)
}

// churnPlots are who holds each plan, and who let it end.
func (v *visit) churnPlots(c *audience.Clerk, over days) (held, lapsed plot, err error) {
	all, err := c.Censuses(v.r.Context(), over[0])
	if err != nil {
		return held, lapsed, err
	}
	holds, ends := newTally(over), newTally(over)
	for _, plan := range v.house.Plans {
		holds.row(plan.ID, plan.Name(v.edition()))
		ends.row(plan.ID, plan.Name(v.edition()))
	}
	for _, one := range all {
		if day := over.on(one.Day); day >= 0 {
			holds.row(one.Plan, one.Plan)
			ends.row(one.Plan, one.Plan)
			holds.counts[one.Plan][day], ends.counts[one.Plan][day] = one.Held, one.Lapsed
		}
	}
	held, lapsed = v.counts("held", holds), v.counts("lapsed", ends)
	for i, id := range holds.ids {
		first, last, gone := edges(holds.counts[id]), 0, 0
		for day, n := range holds.counts[id] {
			if n > 0 {
				last = n
			}
			gone += ends.counts[id][day]
		}
		held.Strips[i].Sum = strconv.Itoa(last)
		held.Strips[i].Says = v.T("figures-says-held", "label", held.Strips[i].Label, "first", first, "last", last)
		if first > 0 {
			lapsed.Strips[i].Sum += " (" + strconv.FormatFloat(100*float64(gone)/float64(first), 'f', 1, 64) + " %)"
		}
	}
	return held, lapsed, nil
}

// edges is the first count that there is.
func edges(counts []int) int {
	for _, n := range counts {
		if n > 0 {
			return n
		}
	}
	return 0
}

// readPlots are how often stories were read, and by about how many.
func (v *visit) readPlots(over days) (reads, readers plot, err error) {
	all, err := v.desk.Tally.Editions(v.r.Context(), over[0])
	if err != nil {
		return reads, readers, err
	}
	times, people := newTally(over), newTally(over)
	for _, l := range v.house.Languages {
		times.row(string(l), v.T("lang-"+string(l)))
		people.row(string(l), v.T("lang-"+string(l)))
	}
	for _, one := range all {
		if day := over.on(one.Day); day >= 0 && times.counts[one.Lang] != nil {
			times.counts[one.Lang][day], people.counts[one.Lang][day] = int(one.Reads), int(one.Readers)
		}
	}
	reads, readers = v.counts("reads", times), v.counts("readers", people)
	for i := range readers.Strips {
		readers.Strips[i].Sum = "" // one reader of two days would count twice
	}
	return reads, readers, nil
}

// incomePlot is what was taken in each of the last twelve months, less what was
// given back, for each currency.
func (v *visit) incomePlot(c *audience.Clerk) (plot, error) {
	all, err := c.Takings(v.r.Context())
	if err != nil {
		return plot{}, err
	}
	const months = 12
	first := time.Date(v.now.Year(), v.now.Month()-months+1, 1, 0, 0, 0, 0, time.UTC)
	place := func(month string) int {
		t, err := time.Parse("2006-01", month)
		if err != nil {
			return -1
		}
		return (t.Year()-first.Year())*12 + int(t.Month()-first.Month())
	}
	sums := map[string][]int64{}
	for _, t := range all {
		if m := place(t.Month); m >= 0 && m < months {
			if sums[t.Currency] == nil {
				sums[t.Currency] = make([]int64, months)
			}
			sums[t.Currency][m] += t.Paid - t.Back
		}
	}
	p := plot{ID: "income", Title: v.T("figures-income"), About: v.T("figures-income-about"), Width: months * wide,
		First: first.Format("2006-01"), Last: v.now.Format("2006-01")}
	var currencies []string
	for currency := range sums {
		currencies = append(currencies, currency)
	}
	slices.Sort(currencies)
	rows := make([][]string, months)
	for _, currency := range currencies {
		s := bars(sums[currency])
		s.Label, s.Sum = currency, invoice.Money(total(sums[currency]), currency)
		s.Says = v.T("figures-says-income", "sum", s.Sum)
		p.Strips, p.Columns = append(p.Strips, s), append(p.Columns, currency)
		for m, n := range sums[currency] {
			rows[m] = append(rows[m], invoice.Money(n, currency))
		}
	}
	for m := months - 1; m >= 0 && len(currencies) > 0; m-- {
		p.Rows = append(p.Rows, tableRow{first.AddDate(0, m, 0).Format("2006-01"), rows[m]})
	}
	return p, nil
}

// bars draws sums against the largest of them.
func bars(sums []int64) (s strip) {
	most := max(1, slices.Max(sums))
	for m, n := range sums {
		if n > 0 {
			s.Marks = append(s.Marks, rect("count", m, 0, float64(n)*high/float64(most)))
		}
	}
	return s
}

func total(sums []int64) (n int64) {
	for _, one := range sums {
		n += one
	}
	return n
}

// mostRead are the stories that were read most.
func (v *visit) mostRead(over days) ([]readStory, error) {
	all, err := v.desk.Tally.Most(v.r.Context(), over[0], mostRead)
	if err != nil {
		return nil, err
	}
	var most []readStory
	for _, one := range all {
		st, err := v.desk.Stories.ByNumber(v.r.Context(), story.Number(one.Number))
		if fault.Is(err, fault.KindNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		line := readStory{storyURL(st.ID), one.Lang, titled(st), strconv.FormatInt(one.Reads, 10), v.T("figures-few")}
		if one.Readers > 0 {
			line.Readers = strconv.FormatInt(one.Readers, 10)
		}
		most = append(most, line)
	}
	return most, nil
}

// titled is a story's headline, or its number when it has none.
func titled(st story.Story) string {
	if st.Content.Headline == "" {
		return "№ " + strconv.FormatInt(int64(st.Number), 10)
	}
	return st.Content.Headline
}
