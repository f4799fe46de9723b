package desk

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/format/invoice"
	"wireroom/web"
)

const companiesURL = "/desk/readers/companies"

func (d *Desk) companyRoutes() []web.Route {
	route := func(method, rest string, h clerking) web.Route {
		return web.Route{Method: method, Pattern: companiesURL + rest, Handler: d.seated(d.clerk(h))}
	}
	return []web.Route{
		route("GET", "", d.companies), route("POST", "", d.saveCompany),
		route("GET", "/{company}", d.companyPage), route("POST", "/{company}", d.saveCompany),
		route("POST", "/{company}/invoices", d.writeInvoice), route("GET", "/{company}/invoices/{number}", d.invoice),
	}
}

// firms is the page of all companies, with the form of a new one.
type firms struct {
	room
	Rows []firmRow
	Form firmForm
}

type firmRow struct {
	URL, Name, Plan, Until, Ways string
	Taken, Seats, Wanted         int
	Over                         bool
}

// firmForm is a company as it is typed.
type firmForm struct {
	Action, Name, Seats, Until, Domain, Networks, Address, Admin string
	Kept                                                         bool // somebody keeps the seats already
	Plans                                                        []option
	Wrong, Field                                                 string
}

func (d *Desk) companies(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	return v.firms(w, http.StatusOK, c, firmForm{Plans: v.planOptions("")})
}

func (v *visit) firms(w http.ResponseWriter, status int, c *audience.Clerk, f firmForm) error {
	p := &firms{room: v.room(v.T("firms"), companiesURL), Form: f}
	p.Form.Action = companiesURL
	all, err := c.Companies(v.r.Context())
	if err != nil {
		return err
	}
	for _, co := range all {
		row := firmRow{companiesURL + "/" + co.ID, co.Name, v.planName(co.Plan), v.lastDay(co.Until), co.Domain, co.Taken, co.Seats, co.Wanted, !v.now.Before(co.Until)}
		if nets := audience.PrintNetworks(co.Networks); nets != "" {
			row.Ways = strings.TrimSpace(row.Ways + " " + nets)
		}
		p.Rows = append(p.Rows, row)
	}
	return v.show(w, status, "companies", p)
}

// firm is one company's page.
type firm struct {
	room
	Name       string
	Says       string
	Wanted     int
	Form       firmForm
	Bill       billForm
	Invoices   []billRow
	InvoicesAt string
}

type billRow struct{ URL, Number, Day, Amount string }

// billForm is an invoice as it is typed.
type billForm struct {
	Seats, Since, Until, Currency, Amount, Issuer, Customer string
	Langs                                                   []option
	Wrong                                                   string
}

func (d *Desk) companyPage(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	co, err := c.Company(v.r.Context(), v.r.PathValue("company"))
	if err != nil {
		return err
	}
	p := &firm{}
	if v.r.URL.Query().Get("done") == "yes" {
		p.Done = v.T("firms-done")
	}
	return v.firm(w, http.StatusOK, c, co, p)
}

// firm shows a company; a form that is filled already stays as it was typed.
func (v *visit) firm(w http.ResponseWriter, status int, c *audience.Clerk, co audience.Company, p *firm) error {
	done := p.Done
	p.room, p.Name, p.Wanted = v.room(co.Name, ""), co.Name, co.Wanted
	p.Done, p.InvoicesAt = done, companiesURL+"/"+co.ID+"/invoices"
	p.Says = v.T("firms-says", "taken", co.Taken, "seats", co.Seats)
	if p.Form.Plans == nil {
		p.Form = firmForm{Name: co.Name, Seats: strconv.Itoa(co.Seats), Until: dayBefore(co.Until), Domain: co.Domain,
			Networks: audience.PrintNetworks(co.Networks), Address: co.Address, Plans: v.planOptions(co.Plan)}
	}
	p.Form.Action, p.Form.Kept = companiesURL+"/"+co.ID, co.Admin != ""
	if err := v.bill(c, co, &p.Bill); err != nil {
		return err
	}
	all, err := c.Invoices(v.r.Context(), co.ID)
	if err != nil {
		return err
	}
	for _, i := range all {
		n := strconv.FormatInt(i.Number, 10)
		p.Invoices = append(p.Invoices, billRow{p.InvoicesAt + "/" + n, n, i.Day, invoice.Money(i.Amount, i.Currency)})
	}
	return v.show(w, status, "company", p)
}

// bill begins the form of an invoice with what is known.
func (v *visit) bill(c *audience.Clerk, co audience.Company, f *billForm) error {
	if f.Langs != nil {
		return nil
	}
	issuer, currency, err := c.LastIssuer(v.r.Context())
	if err != nil {
		return err
	}
	if currency == "" {
		currency = "EUR"
	}
	*f = billForm{Seats: strconv.Itoa(co.Seats + co.Wanted), Since: v.now.Format(time.DateOnly), Until: dayBefore(co.Until),
		Currency: currency, Issuer: issuer, Customer: strings.TrimSpace(co.Name + "\n" + co.Address), Langs: v.tongues(v.lang)}
	return nil
}

func (v *visit) tongues(chosen string) []option {
	var all []option
	for _, l := range v.house.Languages {
		all = append(all, option{string(l), v.T("lang-" + string(l)), string(l) == chosen})
	}
	return all
}

// dayBefore is the last day of what ends with a day, as forms have it.
func dayBefore(until time.Time) string { return until.UTC().Add(-time.Second).Format(time.DateOnly) }

// typedFirm reads the form of a company over what there was.
func (v *visit) typedFirm(co audience.Company) (audience.Company, firmForm, error) {
	if err := v.r.ParseForm(); err != nil {
		return co, firmForm{}, badForm(err)
	}
	get := func(field string) string { return strings.TrimSpace(v.r.PostForm.Get(field)) }
	f := firmForm{Name: get("name"), Seats: get("seats"), Until: get("until"), Domain: get("domain"), Networks: get("networks"),
		Address: lines(get("address")), Admin: get("admin"), Plans: v.planOptions(get("plan"))}
	co.Name, co.Domain, co.Address = f.Name, f.Domain, f.Address
	plan, err := v.aPlan()
	co.Plan = plan.ID
	if err == nil {
		co.Seats, err = v.count("seats")
	}
	if err == nil {
		co.Until, err = time.Parse(time.DateOnly, f.Until)
		err = invalid("until", err)
	}
	if err == nil {
		co.Networks, err = audience.ReadNetworks(f.Networks)
	}
	return co, f, err
}

func (d *Desk) saveCompany(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	var was audience.Company
	id := v.r.PathValue("company")
	if id != "" {
		var err error
		if was, err = c.Company(v.r.Context(), id); err != nil {
			return err
		}
	}
	co, f, err := v.typedFirm(was)
	if err == nil {
		if co.Seats > was.Seats {
			co.Wanted = 0
		}
		co, err = c.SaveCompany(v.r.Context(), co, f.Admin)
	}
	if fault.Is(err, fault.KindInvalid) {
		f.Wrong, f.Field = v.rule("firms-"+fieldOf(err), err), fieldOf(err)
		if id != "" {
			return v.firm(w, http.StatusUnprocessableEntity, c, was, &firm{Form: f})
		}
		return v.firms(w, http.StatusUnprocessableEntity, c, f)
	}
	if err != nil {
		return err
	}
	return v.see(w, companiesURL+"/"+co.ID+"?done=yes")
}

// cents reads an amount such as 1200.50.
func cents(s string) (int64, error) {
	whole, part, _ := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(s), " ", ""), ",", "."), ".")
	if len(part) > 2 {
		return 0, fault.Invalid("amount", "%.50q is no amount such as 1200.50", s)
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", 2-len(part)), 10, 64)
	if err != nil || n < 0 {
		return 0, fault.Invalid("amount", "%.50q is no amount such as 1200.50", s)
	}
	return n, nil
}

func (d *Desk) writeInvoice(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	co, err := c.Company(v.r.Context(), v.r.PathValue("company"))
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	f := typedBill(v, v.r.PostForm)
	i := audience.Invoice{Company: co.ID, Issuer: f.Issuer, Customer: f.Customer, Plan: v.planName(co.Plan), Since: f.Since, Until: f.Until,
		Currency: strings.ToUpper(f.Currency), Lang: v.r.PostForm.Get("lang")}
	i.Seats, err = v.count("seats")
	if err == nil {
		i.Amount, err = cents(f.Amount)
	}
	if err == nil {
		i, err = c.WriteInvoice(v.r.Context(), i)
	}
	if fault.Is(err, fault.KindInvalid) {
		f.Wrong = v.rule("firms-"+fieldOf(err), err)
		return v.firm(w, http.StatusUnprocessableEntity, c, co, &firm{Bill: f})
	}
	if err != nil {
		return err
	}
	return v.see(w, companiesURL+"/"+co.ID+"?done=yes#invoices")
}

func typedBill(v *visit, typed url.Values) billForm {
	return billForm{Seats: typed.Get("seats"), Since: typed.Get("since"), Until: typed.Get("until"), Currency: typed.Get("currency"),
		Amount: typed.Get("amount"), Issuer: lines(typed.Get("issuer")), Customer: lines(typed.Get("customer")), Langs: v.tongues(typed.Get("lang"))}
}

// invoice gives an invoice as a file.
func (d *Desk) invoice(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	n, err := strconv.ParseInt(v.r.PathValue("number"), 10, 64)
	if err != nil {
		return fault.NotFound("the invoice")
	}
	i, err := c.Invoice(v.r.Context(), v.r.PathValue("company"), n)
	if err != nil {
		return err
	}
	pdf, err := i.PDF()
	if err != nil {
		return err
	}
	web.File(w, "application/pdf", "invoice-"+strconv.FormatInt(n, 10)+".pdf", pdf)
	return nil
}
