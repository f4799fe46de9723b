package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"wireroom/staff"
)

func TestACompanyIsEnteredChangedAndSentAnInvoice(t *testing.T) {
	each(t, func(n *newsroom) {
		chaya := n.as(staff.Chief)
		firms := "/desk/readers/companies"
		f := chaya.opens(firms).says(200, "There are no companies yet").form(firms)
		for field, value := range map[string]string{"name": "Brunsted Daily", "seats": "2", "until": "2024-12-31", "domain": "everybody", "networks": "192.0.2.0/24", "admin": "boss@elsewhere.example"} {
			f.Set(field, value)
		}
		chaya.sends(f).says(422, "A domain is written like example.org", "192.0.2.0/24")
		f.Set("domain", "daily.example")
		p := chaya.sends(f).says(200, "Saved.", "0 of 2 seats").lacks("boss@")
		all, err := n.readers.Companies(n.ctx())
		n.ok(err)
		at := firms + "/" + all[0].ID
		change := p.form(at)
		if change.Get("until") != "2024-12-31" || change.Get("networks") != "192.0.2.0/24" {
			n.Fatalf("the form is %v", change.Values)
		}
		change.Set("seats", "5")
		p = chaya.sends(change).says(200, "0 of 5 seats")
		bill := p.form(at + "/invoices")
		bill.Set("amount", "12,5")
		chaya.sends(bill).says(422, "An invoice says who writes it")
		bill.Set("issuer", "Pozirk\nVilnius")
		p = chaya.sends(bill).says(200, "№ 1 (PDF)", "12.50 EUR")
		chaya.sends(p.form(at+"/invoices").fills("amount", "100", "issuer", "Pozirk")).says(200, "№ 2 (PDF)", "100.00 EUR")
		pdf := chaya.opens(at + "/invoices/1")
		if pdf.status != 200 || !strings.HasPrefix(pdf.source, "%PDF-") {
			n.Errorf("the invoice is %d %.40q", pdf.status, pdf.source)
		}
		chaya.opens(at + "/invoices/3").says(404)
		if now, err := n.readers.Company(n.ctx(), all[0].ID); err != nil || now.Admin == "" || now.Seats != 5 {
			n.Errorf("the company is %+v: %v", now, err)
		}
		chaya.opens("/desk/staff/acts").says(200, "saved the company Brunsted Daily", "wrote the invoice 2: Brunsted Daily")
	})
}

func TestTheCompaniesPagesSpeakEachLanguage(t *testing.T) {
	one(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		firms := "/desk/readers/companies"
		named := url.Values{"name": {"Газета"}, "plan": {"plus"}, "seats": {"2"}, "until": {"2024-12-31"}}
		chief.posts(firms, named).says(200)
		all, err := n.readers.Companies(n.ctx())
		n.ok(err)
		at := firms + "/" + all[0].ID
		boss, _ := n.subscribes()
		all[0].Admin, all[0].Wanted = boss.ID, 4
		c, err := n.readers.Clerk(n.staff, n.people[staff.Chief])
		n.ok(err)
		_, err = c.SaveCompany(n.ctx(), all[0], "")
		n.ok(err)
		for _, lang := range []string{"be", "ru", "en"} {
			chief.posts("/desk/language", url.Values{"lang": {lang}})
			for _, path := range []string{firms, at, at + "?done=yes"} {
				if p := chief.opens(path).says(200); lang != "en" {
					p.speaks(lang)
				}
			}
			for field, wrong := range map[string]string{"name": "", "plan": "", "seats": "х", "until": "", "domain": "х", "networks": "х", "admin": "х"} {
				form := url.Values{"name": {"Газета"}, "plan": {"plus"}, "seats": {"2"}, "until": {"2024-12-31"}}
				form.Set(field, wrong)
				chief.posts(at, form).says(422).speaks(lang)
			}
			chief.posts(at+"/invoices", url.Values{"amount": {"х"}}).says(422).speaks(lang)
		}
	})
}
