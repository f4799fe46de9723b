package desk_test

import (
	"strings"
	"testing"

	"wireroom/masthead"
	"wireroom/staff"
)

const plans = "/desk/masthead/plans"

func TestAChiefSaysWhatPlansCostAndHowReadersAreTreated(t *testing.T) {
	each(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		f := chief.opens(plans).says(200, "Plans and readers").form(plans)
		f.fills("plan.plus.about.en", "Everything, at once", "plan.plus.price.0.amount", "7,50", "plan.plus.price.0.currency", "eur", "plan.plus.price.0.days", "30",
			"plan.plus.trial", "7", "plan.plus.depth", "365", "plan.plus.all", "yes", "plan.plus.section.politics", "yes",
			"free", "5", "gifts", "10", "refunds", "14", "safety.en", "Mind who pays.", "freer.politics", "48",
			"refused.0.country", "by", "refused.0.why.ru", "Банки сообщают.", "coupon.0.percent", "10", "coupon.0.until", "2026-12-31")
		chief.sends(f).says(200, "Saved.")
		m := n.masthead()
		p, r := m.Plans[0], m.Readers
		if p.Says("en") != "Everything, at once" || len(p.Prices) != 1 || p.Prices[0] != (masthead.Price{Currency: "EUR", Amount: 750, Days: 30}) || p.Trial != 7 || p.Depth != 365 ||
			!p.All || strings.Join(p.Sections, " ") != "politics" || p.Notices["ru"] != "Только для ПОЗІРК+" {
			n.Errorf("the plan is %+v", p)
		}
		if r.Free != 5 || r.Gifts != 10 || r.RefundDays() != 14 || r.Safety["en"] != "Mind who pays." || r.Freer["politics"] != 48 || len(r.Freer) != 1 ||
			len(r.Refused) != 1 || r.Refused[0].Country != "BY" || r.Refused[0].Why["ru"] != "Банки сообщают." ||
			len(r.Coupons) != 1 || r.Coupons[0] != (masthead.Coupon{Percent: 10, Until: "2026-12-31"}) {
			n.Errorf("the readers are treated so: %+v", r)
		}
		// What was not touched stays, and an emptied row goes.
		again := chief.opens(plans).form(plans)
		if got := again.Values.Get("plan.plus.price.0.amount"); got != "7.50" {
			n.Errorf("the amount stands as %q", got)
		}
		chief.sends(again).says(200, "Saved.")
		if got := n.masthead().Readers.Refused; len(got) != 1 || n.masthead().Plans[0].Prices[0].Amount != 750 {
			n.Errorf("saved untouched it becomes %+v", got)
		}
		chief.sends(chief.opens(plans).form(plans).fills("refused.0.country", "", "plan.plus.price.0.amount", "")).says(200, "Saved.")
		if m := n.masthead(); len(m.Readers.Refused) != 0 || len(m.Plans[0].Prices) != 0 {
			n.Errorf("emptied it becomes %+v", m)
		}
	})
}

func TestAPlanThatCannotStandIsToldAndWhatWasTypedIsKept(t *testing.T) {
	one(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		for _, c := range []struct{ field, typed, why string }{
			{"plan.plus.price.0.amount", "seven", "no amount"}, {"plan.plus.price.0.amount", "7.505", "no amount"}, {"plan.plus.price.0.currency", "EURO", "needs a currency"},
			{"plan.plus.price.0.days", "", "needs a currency such as EUR, an amount and days"}, {"free", "many", "is no number"}, {"refused.0.country", "Belarus", "two letters"},
			{"coupon.0.percent", "100", "from 1 to 99"}, {"coupon.0.until", "soon", "is no day"}, {"coupon.0.plan", "none", "no plan"},
		} {
			f := chief.opens(plans).form(plans).fills("plan.plus.price.0.amount", "7", "plan.plus.price.0.currency", "EUR", "plan.plus.price.0.days", "30",
				"coupon.0.percent", "5", "coupon.0.until", "2026-12-31", "safety.en", "Kept & typed")
			p := chief.sends(f.fills(c.field, c.typed)).says(422, c.why)
			if got := p.form(plans).Values; got.Get(c.field) != c.typed || got.Get("safety.en") != "Kept & typed" {
				n.Errorf("%s is kept as %q", c.field, got.Get(c.field))
			}
			if m := n.masthead(); len(m.Plans[0].Prices) != 0 {
				n.Errorf("%s is saved: %+v", c.field, m.Plans)
			}
		}
		n.as(staff.Editor).opens(plans).says(403)
	})
}
