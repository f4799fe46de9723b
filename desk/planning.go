package desk

import (
	"net/http"
	"strconv"
	"time"

	"wireroom/planning"
	"wireroom/web"
	"wireroom/web/words"
)

const (
	planningURL = "/desk/planning"
	isoDay      = "2006-01-02"
	isoMonth    = "2006-01"
)

func eventURL(id planning.ID) string { return planningURL + "/" + string(id) }
func coverURL(event, id planning.ID) string {
	return eventURL(event) + "/coverages/" + string(id)
}

func (d *Desk) planningRoutes() []web.Route {
	const event, cover = planningURL + "/{event}", planningURL + "/{event}/coverages/{coverage}"
	return []web.Route{
		{Method: "GET", Pattern: planningURL, Handler: d.seated(d.calendar)},
		{Method: "POST", Pattern: planningURL, Handler: d.seated(d.addEvent)},
		{Method: "GET", Pattern: icalURL, Handler: d.seated(d.calendarFile)},
		{Method: "GET", Pattern: planningURL + "/new", Handler: d.seated(d.newEvent)},
		{Method: "GET", Pattern: event, Handler: d.seated(d.event)},
		{Method: "POST", Pattern: event, Handler: d.seated(d.saveEvent)},
		{Method: "POST", Pattern: event + "/removal", Handler: d.seated(d.removeEvent)},
		{Method: "POST", Pattern: event + "/return", Handler: d.seated(d.returnEvent)},
		{Method: "POST", Pattern: event + "/coverages", Handler: d.seated(d.addCoverage)},
		{Method: "GET", Pattern: event + "/coverages/new", Handler: d.seated(d.newCoverage)},
		{Method: "GET", Pattern: cover, Handler: d.seated(d.coverage)},
		{Method: "POST", Pattern: cover, Handler: d.seated(d.saveCoverage)},
		{Method: "POST", Pattern: cover + "/removal", Handler: d.seated(d.dropCoverage)},
		{Method: "POST", Pattern: cover + "/story", Handler: d.seated(d.beginCoverage)},
	}
}

// calendar is the page of a month or a week.
type calendar struct {
	frame
	Done                 string
	May, Week            bool
	Prev, Next, Now, New string
	Views                []choice
	Weekdays             []string
	Days                 []calendarDay
	Empty                bool
	File                 string // the calendar for other calendars
	Removed              []expected
}

// calendarDay is a day and what is expected on it.
type calendarDay struct {
	ISO, Words, Number string
	Beside, Today      bool // Beside is of the month before or after
	Events             []expected
}

// expected is an event in a list.
type expected struct {
	URL, Clock, Title, Place string
	Status, StatusID, Note   string
	Coverages                []ordered
}

// ordered is a coverage in a list.
type ordered struct {
	URL, Person, Lang, Slug, Due string
	Status, StatusID             string
	Section, Desk, Note          string
	StoryURL, StoryState         string
	Begin, Drop                  string
}

// span is what the calendar shows: from a day up to another.
type span struct {
	from, to time.Time
	month    time.Month // 0 is a week
}

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// monday is the first day of the week.
func monday(t time.Time) time.Time {
	return midnight(t).AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

// turned is the month or the week that the address names, else this month.
func (v *visit) turned() (s span, day time.Time) {
	zone := v.house.Zone
	if t, err := time.ParseInLocation(isoDay, v.r.URL.Query().Get("week"), zone); err == nil && aYear(t) {
		s.from = monday(t)
		s.to = s.from.AddDate(0, 0, 7)
		return s, s.from
	}
	first := midnight(v.now).AddDate(0, 0, 1-v.now.Day())
	if t, err := time.ParseInLocation(isoMonth, v.r.URL.Query().Get("month"), zone); err == nil && aYear(t) {
		first = t
	}
	s.month, s.from = first.Month(), monday(first)
	next := first.AddDate(0, 1, 0)
	for s.to = s.from; s.to.Before(next); {
		s.to = s.to.AddDate(0, 0, 7)
	}
	return s, first
}

func aYear(t time.Time) bool { return t.Year() >= 1900 && t.Year() <= 9990 }

func (d *Desk) calendar(w http.ResponseWriter, v *visit) error {
	s, day := v.turned()
	p := &calendar{Week: s.month == 0, May: planning.May(v.person) == nil, New: planningURL + "/new", Now: planningURL, File: icalURL}
	month, week := planningURL+"?month=", planningURL+"?week="
	title := v.T("month-"+strconv.Itoa(int(day.Month()))) + " " + strconv.Itoa(day.Year())
	p.Prev, p.Next = month+day.AddDate(0, -1, 0).Format(isoMonth), month+day.AddDate(0, 1, 0).Format(isoMonth)
	inWeek := day
	if p.Week {
		title = words.DayOfYear(v.lang, s.from) + " – " + words.Day(v.lang, s.to.AddDate(0, 0, -1))
		p.Prev, p.Next = week+day.AddDate(0, 0, -7).Format(isoDay), week+day.AddDate(0, 0, 7).Format(isoDay)
		p.Now = week + v.now.Format(isoDay)
	} else if day.Month() == v.now.Month() && day.Year() == v.now.Year() {
		inWeek = v.now
	}
	p.Views = []choice{
		{v.T("planning-month"), month + day.Format(isoMonth), !p.Week},
		{v.T("planning-week"), week + inWeek.Format(isoDay), p.Week},
	}
	p.frame = v.frame(title)
	p.style("planning.css")
	if v.r.URL.Query().Get("done") == "removal" {
		p.Done = v.T("planning-done-removal")
	}
	if !p.Week {
		for i := range 7 {
			p.Weekdays = append(p.Weekdays, v.T("weekday-"+strconv.Itoa(i+1)))
		}
	}
	if err := p.fill(v, s); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "planning", p)
}

func (p *calendar) fill(v *visit, s span) error {
	found, err := v.desk.Planning.Between(v.r.Context(), s.from, s.to)
	if err != nil {
		return err
	}
	p.Empty = len(found) == 0
	for day := s.from; day.Before(s.to); day = day.AddDate(0, 0, 1) {
		c := calendarDay{
			ISO: day.Format(isoDay), Words: words.LongDay(v.lang, day), Number: strconv.Itoa(day.Day()),
			Beside: s.month != 0 && day.Month() != s.month, Today: day.Equal(midnight(v.now)),
		}
		for _, e := range found {
			if !on(e, day) {
				continue
			}
			x, err := v.expected(e, day)
			if err != nil {
				return err
			}
			c.Events = append(c.Events, x)
		}
		p.Days = append(p.Days, c)
	}
	if !p.May {
		return nil
	}
	removed, err := v.desk.Planning.Removed(v.r.Context(), 20)
	if err != nil {
		return err
	}
	for _, e := range removed {
		p.Removed = append(p.Removed, expected{URL: eventURL(e.ID), Title: e.Title, Clock: words.Day(v.lang, e.Starts.In(v.house.Zone))})
	}
	return nil
}

// on reports whether an event goes on at some time of the day.
func on(e planning.Event, day time.Time) bool {
	next := day.AddDate(0, 0, 1)
	return e.Starts.Before(next) && (e.Ends.After(day) || (e.Starts.Equal(e.Ends) && !e.Starts.Before(day)))
}

// expected is an event as the list of a day shows it.
func (v *visit) expected(e planning.Event, day time.Time) (expected, error) {
	x := expected{URL: eventURL(e.ID), Title: e.Title, Place: e.Place, Note: e.Note, StatusID: string(e.Status)}
	if e.Status != planning.Planned {
		x.Status = v.T("occurs-" + string(e.Status))
	}
	starts := e.Starts.In(v.house.Zone)
	if !e.Whole && !starts.Before(day) {
		x.Clock = words.Clock(starts)
		if e.Ends.After(e.Starts) && e.Ends.Before(day.AddDate(0, 0, 1)) {
			x.Clock += "–" + words.Clock(e.Ends.In(v.house.Zone))
		}
	}
	for _, c := range e.Coverages {
		o, err := v.ordered(e, c)
		if err != nil {
			return x, err
		}
		x.Coverages = append(x.Coverages, o)
	}
	return x, nil
}

func (v *visit) ordered(e planning.Event, c planning.Coverage) (ordered, error) {
	o := ordered{URL: coverURL(e.ID, c.ID), Lang: string(c.Lang), Slug: c.Slug, StatusID: string(c.Status), Status: v.T("covers-" + string(c.Status)), Note: c.Note}
	if c.Person != "" {
		name, err := v.name(c.Person)
		if err != nil {
			return o, err
		}
		o.Person = name
	}
	if !c.Due.IsZero() {
		o.Due = v.near(c.Due)
	}
	if s, ok := v.house.Section(c.Section); ok {
		o.Section = s.Label(v.edition())
	}
	if len(v.house.Desks) > 0 {
		o.Desk = v.house.Desk(c.Desk).Name(v.edition())
	}
	if c.Story != "" {
		o.StoryURL = storyURL(c.Story)
	}
	return o, nil
}
