package desk

import (
	"net/http"
	"strconv"
	"strings"

	"wireroom/bulletin/alert"
	"wireroom/fault"
	"wireroom/masthead"
)

const alertsURL = "/desk/alerts"

func alertURL(lang masthead.Lang) string { return alertsURL + "/" + string(lang) }

// fewest is how many browsers there must be before their number is told: a
// smaller one tells of persons.
const fewest = 10

// alertRow is an edition's rule in the list.
type alertRow struct {
	URL, Edition, Says, Browsers string
	Live                         bool
}

func (v *visit) alertRows() (rows []alertRow, err error) {
	all, err := v.desk.Alerts.Rules(v.r.Context())
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		row := alertRow{URL: alertURL(r.Lang), Edition: v.T("lang-" + string(r.Lang)), Live: r.Live, Says: v.T("letters-urgency", "number", strconv.Itoa(r.Urgency))}
		if r.Most > 0 {
			row.Says += " · " + v.T("alerts-most-says", "most", r.Most)
		}
		if row.Browsers, err = v.browsers(r.Lang); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// browsers is how many an edition rings, in words.
func (v *visit) browsers(lang masthead.Lang) (string, error) {
	n, err := v.desk.Alerts.Count(v.r.Context(), lang)
	if n < fewest {
		return v.T("alerts-few", "most", fewest), err
	}
	return strconv.Itoa(n), err
}

// alertForm is the page of an edition's rule.
type alertForm struct {
	frame
	Action, Back, Browsers string
	Done, Wrong            string
	Most                   string
	On                     bool
	Urgencies              []option
}

func (d *Desk) alertRule(w http.ResponseWriter, v *visit) error {
	r, err := v.ruleOf()
	if err != nil {
		return err
	}
	p := &alertForm{Most: strconv.Itoa(r.Most)}
	if v.r.URL.Query().Get("done") == "saved" {
		p.Done = v.T("letters-saved")
	}
	return v.alertForm(w, http.StatusOK, p, r)
}

// ruleOf is the rule of the edition in the address; NotFound.
func (v *visit) ruleOf() (alert.Rule, error) {
	lang := masthead.Lang(v.r.PathValue("lang"))
	if !v.house.Has(lang) {
		return alert.Rule{}, fault.NotFound("the edition")
	}
	return v.desk.Alerts.Rule(v.r.Context(), lang)
}

// setAlertRule keeps what was typed, or shows it again with what stands against
// it.
func (d *Desk) setAlertRule(w http.ResponseWriter, v *visit) error {
	r, err := v.ruleOf()
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	f := v.r.PostForm
	p := &alertForm{Most: strings.TrimSpace(f.Get("most"))}
	r.Live = f.Get("live") != ""
	if r.Urgency, err = strconv.Atoi(f.Get("urgency")); err != nil {
		err = fault.Invalid("urgency", "%.20q is no number", f.Get("urgency"))
	} else if r.Most, err = strconv.Atoi(p.Most); err != nil {
		err = fault.Invalid("most", "%.20q is no number", p.Most)
	}
	if err == nil {
		err = d.Alerts.SetRule(v.r.Context(), v.person, r)
	}
	if fault.Is(err, fault.KindInvalid) {
		p.Wrong = v.T("alerts-wrong-"+fieldOf(err), "most", alert.MostADay)
		return v.alertForm(w, http.StatusUnprocessableEntity, p, r)
	}
	if err != nil {
		return err
	}
	return v.see(w, alertURL(r.Lang)+"?done=saved")
}

func (v *visit) alertForm(w http.ResponseWriter, status int, p *alertForm, r alert.Rule) (err error) {
	p.frame = v.frame(v.T("alerts-of", "edition", v.T("lang-"+string(r.Lang))))
	p.style("readers.css")
	p.style("bulletins.css")
	p.Action, p.Back, p.On = alertURL(r.Lang), bulletinsURL, r.Live
	// What rings at any urgency would ring all day.
	p.Urgencies = v.urgencies(strconv.Itoa(r.Urgency))[1:]
	if p.Browsers, err = v.browsers(r.Lang); err != nil {
		return err
	}
	return v.show(w, status, "alert", p)
}
