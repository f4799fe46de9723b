package desk

import (
	"net/http"
	"strconv"
	"strings"

	"wireroom/bulletin"
	"wireroom/mail"
	"wireroom/web"
)

const bulletinsURL = "/desk/bulletins"

func bulletinURL(id bulletin.ID) string { return bulletinsURL + "/one/" + string(id) }

func (d *Desk) bulletinRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: bulletinsURL, Handler: d.seated(lettering(d.bulletins))},
		{Method: "POST", Pattern: bulletinsURL, Handler: d.seated(lettering(d.addBulletin))},
		{Method: "GET", Pattern: bulletinsURL + "/new", Handler: d.seated(lettering(d.newBulletin))},
		{Method: "GET", Pattern: bulletinsURL + "/one/{bulletin}", Handler: d.seated(lettering(d.bulletin))},
		{Method: "POST", Pattern: bulletinsURL + "/one/{bulletin}", Handler: d.seated(lettering(d.saveBulletin))},
		{Method: "GET", Pattern: bulletinsURL + "/one/{bulletin}/letter", Handler: d.seated(lettering(d.letterPage))},
		{Method: "GET", Pattern: channelsURL + "/new", Handler: d.seated(lettering(d.newChannel))},
		{Method: "POST", Pattern: channelsURL + "/new", Handler: d.seated(lettering(d.saveChannel))},
		{Method: "GET", Pattern: channelsURL + "/one/{channel}", Handler: d.seated(lettering(d.channelPage))},
		{Method: "POST", Pattern: channelsURL + "/one/{channel}", Handler: d.seated(lettering(d.saveChannel))},
		{Method: "GET", Pattern: alertsURL + "/{lang}", Handler: d.seated(lettering(d.alertRule))},
		{Method: "POST", Pattern: alertsURL + "/{lang}", Handler: d.seated(lettering(d.setAlertRule))},
	}
}

// lettering is for those who make the bulletins.
func lettering(h page) page {
	return func(w http.ResponseWriter, v *visit) error {
		if err := bulletin.May(v.person); err != nil {
			return err
		}
		return h(w, v)
	}
}

// letterRoom is the page of all bulletins.
type letterRoom struct {
	frame
	NewURL string
	Lacks  []string // why no letter would go
	Record *mail.Record
	Rows   []letterRow
	Lines  []channelRow
	Rings  []alertRow
}

// channelRow is a channel in the list.
type channelRow struct {
	URL, Name, Lang, Chat, Says string
	Live                        bool
}

// letterRow is a bulletin in the list.
type letterRow struct {
	URL, Name, Lang, When string
	Live                  bool
	Due                   string
	Last                  *issueRow
}

// issueRow is an issue with its counts. Who is behind them nobody is told.
type issueRow struct {
	Number                               int64
	At                                   when
	Stories                              int
	Sent, Bounced, Lapsed, Quit, Waiting int
	State, Error                         string // done, going or stuck
}

func (d *Desk) bulletins(w http.ResponseWriter, v *visit) error {
	p := &letterRoom{frame: v.frame(v.T("letters")), NewURL: bulletinsURL + "/new", Lacks: v.lettersLack()}
	p.style("readers.css")
	p.style("bulletins.css")
	if d.Mail != nil {
		if record, signs := d.Mail.Record(); signs {
			p.Record = &record
		}
	}
	all, err := d.Letters.All(v.r.Context())
	if err != nil {
		return err
	}
	for _, b := range all {
		row := letterRow{URL: bulletinURL(b.ID), Name: b.Name, Lang: string(b.Lang), When: v.rhythm(b.Rules), Live: b.Live}
		if b.Live && !b.Due.IsZero() {
			row.Due = v.moment(b.Due)
		}
		issues, err := v.issues(b.ID, 1)
		if err != nil {
			return err
		}
		if len(issues) > 0 {
			row.Last = &issues[0]
		}
		p.Rows = append(p.Rows, row)
	}
	if p.Lines, err = v.channels(); err != nil {
		return err
	}
	if p.Rings, err = v.alertRows(); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "bulletins", p)
}

// lettersLack names what keeps letters from going.
func (v *visit) lettersLack() (all []string) {
	if v.desk.Mail == nil {
		all = append(all, v.T("letters-no-mail"))
	}
	if v.house.PublicURL == "" {
		all = append(all, v.T("letters-no-address"))
	}
	return all
}

// rhythm is when a bulletin comes, in words.
func (v *visit) rhythm(r bulletin.Rules) string {
	switch {
	case r.AtOnce:
		return v.T("letters-at-once")
	case len(r.Days) == 0 || len(r.Days) == 7:
		return v.T("letters-daily", "at", r.At)
	}
	var days []string
	for _, d := range r.Days {
		days = append(days, v.T("letters-day-"+strconv.Itoa(int(d))))
	}
	return strings.Join(days, ", ") + " · " + r.At
}

func (v *visit) issues(id bulletin.ID, most int) (rows []issueRow, err error) {
	found, err := v.desk.Letters.Issues(v.r.Context(), id, most)
	if err != nil {
		return nil, err
	}
	for _, i := range found {
		row := issueRow{Number: i.Number, At: v.age(i.At), Sent: i.Sent, Bounced: i.Bounced, Lapsed: i.Lapsed, Quit: i.Quit, Waiting: i.Waiting, State: "done", Error: i.Error}
		whole, err := v.desk.Letters.Issue(v.r.Context(), i.Number)
		if err != nil {
			return nil, err
		}
		row.Stories = len(whole.Items)
		if i.Done.IsZero() {
			row.State = "going"
		}
		if i.Done.IsZero() && i.Error != "" {
			row.State = "stuck"
		}
		rows = append(rows, row)
	}
	return rows, nil
}
