package till_test

import (
	"strings"
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
)

// Six events each that Stripe can send in any order; O stands for the order.
func renewedRefundedAndStopped(order string) []happening {
	known := holds{"order": order}
	invoice := func(id string, end time.Time) happening {
		return happening{kind: "invoice.paid", holds: holds{
			"id": id + order, "object": "invoice", "created": day(11, 25).Unix(), "amount_paid": 700,
			"parent": holds{"subscription_details": holds{"metadata": known, "subscription": "sub_" + order}},
			"lines":  holds{"data": []holds{{"period": holds{"start": 0, "end": end.Unix()}}}},
		}}
	}
	return []happening{
		{kind: "checkout.session.completed", holds: holds{"id": "cs_" + order, "mode": "subscription", "payment_status": "paid",
			"metadata": known, "subscription": "sub_" + order, "customer": "cus_" + order, "created": day(11, 25).Unix(), "amount_total": 700}},
		invoice("in_1_", time.Date(2026, 12, 25, 12, 0, 0, 0, time.UTC)),
		invoice("in_2_", time.Date(2027, 1, 24, 12, 0, 0, 0, time.UTC)),
		{kind: "invoice_payment.paid", holds: holds{"id": "inpay_2", "invoice": "in_2_" + order, "amount_paid": 700,
			"payment": holds{"type": "payment_intent", "payment_intent": "pi_2_" + order}}},
		{kind: "charge.refunded", holds: holds{"id": "ch_2", "payment_intent": "pi_2_" + order, "amount_refunded": 700}},
		{kind: "customer.subscription.deleted", holds: holds{"id": "sub_" + order, "metadata": known, "status": "canceled"}},
	}
}

func once(order, kind, status string) happening {
	return happening{kind: kind, holds: holds{"id": "cs_" + order, "mode": "payment", "payment_status": status,
		"metadata": holds{"order": order}, "payment_intent": "pi_" + order, "created": day(11, 25).Unix(), "amount_total": 700}}
}

func refunded(order string, amount int) happening {
	return happening{kind: "charge.refunded", holds: holds{"id": "ch_1", "payment_intent": "pi_" + order, "amount_refunded": amount}}
}

func disputed(order, id, kind, status string) happening {
	return happening{kind: "charge.dispute." + kind, holds: holds{"id": id, "payment_intent": "pi_" + order, "status": status}}
}

func paidLateAndKept(order string) []happening {
	return []happening{
		once(order, "checkout.session.completed", "unpaid"), once(order, "checkout.session.async_payment_succeeded", "paid"),
		disputed(order, "dp_1", "created", "needs_response"), disputed(order, "dp_1", "closed", "won"),
		refunded(order, 100), refunded(order, 300),
	}
}

func paidAndTakenBack(order string) []happening {
	return []happening{
		once(order, "checkout.session.completed", "paid"), refunded(order, 300),
		disputed(order, "dp_1", "created", "needs_response"), disputed(order, "dp_1", "closed", "won"),
		disputed(order, "dp_2", "created", "needs_response"), disputed(order, "dp_2", "closed", "lost"),
	}
}

// orders gives each order of n things.
func orders(n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var all [][]int
	for _, rest := range orders(n - 1) {
		for at := range n {
			one := append(append(append([]int(nil), rest[:at]...), n-1), rest[at:]...)
			all = append(all, one)
		}
	}
	return all
}

func TestSixEventsEndAlikeInAll720OrdersDoubledAndAmongFalseOnes(t *testing.T) {
	for name, c := range map[string]struct {
		events func(string) []happening
		renews bool
		each   int // of the orders that are tried
		until  time.Time
		worth  audience.Worth
	}{
		"a renewal, refunded, then stopped": {renewedRefundedAndStopped, true, 1, day(12, 26), audience.Worth{Payments: 1, Paid: 1400, Back: 700,
			Stopped: true, Opened: true, Broken: true, First: day(11, 25), Until: time.Date(2026, 12, 25, 12, 0, 0, 0, time.UTC)}},
		"paid late, disputed in vain, a part given back": {paidLateAndKept, false, 7, day(12, 26), audience.Worth{Payments: 1, Paid: 700, Back: 300, First: day(11, 25)}},
		"paid and disputed twice":                        {paidAndTakenBack, false, 7, time.Time{}, audience.Worth{Paid: 700, Back: 300, Disputed: true, Broken: true}},
	} {
		t.Run(name, func(t *testing.T) {
			r := open(t, dbtest.SQLite(t))
			all := orders(6)
			if len(all) != 720 {
				t.Fatalf("there are %d orders of six", len(all))
			}
			for n, turn := range all {
				if n%c.each != 0 {
					continue
				}
				r.reader = r.opens()
				o := r.begins(r.reader.ID, c.renews)
				events := c.events(o.ID)
				for _, i := range turn {
					r.hears(events[i], events[i])
				}
				r.refusesFalse(events[turn[0]])
				b, err := r.store.Order(t.Context(), o.ID)
				r.ok(err)
				b.Until, b.First = b.Until.UTC(), b.First.UTC()
				if c.worth.First.IsZero() {
					b.First, b.Until = c.worth.First, c.worth.Until // zero times have no one form
				}
				if c.worth.Until.IsZero() {
					b.Until = c.worth.Until
				}
				if until := r.held("plus"); b.Worth != c.worth || !until.Equal(c.until) {
					t.Fatalf("in the order %v it is worth %+v and open until %s", turn, b.Worth, until)
				}
			}
		})
	}
}

func (r *room) opens() audience.Reader {
	r.Helper()
	who, _, err := r.store.OpenByNumber(r.Context(), "en")
	r.ok(err)
	return who
}

// refusesFalse has an event come as it must not: unsigned, signed by
// somebody else, with an old signature, of the other mode, changed on its way.
func (r *room) refusesFalse(e happening) {
	r.Helper()
	body, good := r.signed(e, secret, r.now)
	other, wrong := r.signed(e, "whsec_of_another", r.now)
	old, stale := r.signed(e, secret, r.now.Add(-6*time.Minute))
	e.live = true
	live, mode := r.signed(e, secret, r.now)
	for _, c := range []struct {
		body []byte
		sign string
	}{{body, ""}, {other, wrong}, {old, stale}, {live, mode}, {append([]byte(" "), body...), good}} {
		if facts, err := r.stripe.Read(c.body, c.sign); !fault.Is(err, fault.KindInvalid) || len(facts) > 0 {
			r.Fatalf("%s with the signature %q is taken: %v, %v", e.kind, c.sign, facts, err)
		}
	}
}

func TestWhoPaysEarlyLosesNoDayAndARefundTakesItsOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		r.ok(r.store.Grant(t.Context(), r.reader.ID, audience.Pass{Plan: "plus", Until: day(12, 10)}))
		first, second := r.begins(r.reader.ID, false), r.begins(r.reader.ID, false)
		for _, o := range []audience.Order{second, first} {
			r.hears(once(o.ID, "checkout.session.completed", "paid"))
		}
		if got, want := r.held("plus"), day(12, 10).AddDate(0, 0, 60); !got.Equal(want) {
			t.Errorf("two periods after a grant end %s, not %s", got, want)
		}
		r.hears(refunded(first.ID, 700))
		if got, want := r.held("plus"), day(12, 10).AddDate(0, 0, 30); !got.Equal(want) {
			t.Errorf("with one given back it ends %s, not %s", got, want)
		}
		r.hears(refunded(second.ID, 700))
		if got := r.held("plus"); !got.Equal(day(12, 10)) {
			t.Errorf("with both given back it ends %s", got)
		}
	})
}

func TestAfterTheRefundWindowNamesOfPaymentsAreGoneAndTheTakingsStay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		r := open(t, d)
		r.days = 90
		o, never := r.begins(r.reader.ID, false), r.begins(r.reader.ID, false)
		r.hears(once(o.ID, "checkout.session.completed", "paid"))
		renewing := r.begins(r.opens().ID, true)
		for _, e := range renewedRefundedAndStopped(renewing.ID)[:2] {
			r.hears(e)
		}
		until := r.held("plus")
		before, err := r.store.Takings(ctx)
		r.ok(err)
		if len(before) != 1 || before[0] != (audience.Takings{Month: "2026-11", Plan: "plus", Currency: "EUR", Paid: 1400, Payments: 2}) {
			t.Errorf("the takings are %+v", before)
		}
		r.now = r.now.AddDate(0, 0, window)
		r.ok(r.store.ForgetOrders(ctx, window))
		if _, err := r.store.Order(ctx, o.ID); err != nil {
			t.Errorf("on the last day of the window the order is gone: %v", err)
		}
		e := once(r.begins(r.reader.ID, false).ID, "checkout.session.completed", "paid")
		e.holds["created"] = r.now.Unix()
		r.hears(e) // while the first is remembered
		both := until.AddDate(0, 0, 90)
		r.now = r.now.AddDate(0, 0, 1)
		r.ok(r.store.ForgetOrders(ctx, window))
		for _, id := range []string{o.ID, never.ID} {
			if _, err := r.store.Order(ctx, id); !fault.Is(err, fault.KindNotFound) {
				t.Errorf("after the window an order is kept: %v", err)
			}
		}
		if _, err := r.store.Order(ctx, renewing.ID); err != nil {
			t.Errorf("what renews is forgotten: %v", err)
		}
		var names int
		r.ok(d.QueryRow(ctx, `SELECT COUNT(*) FROM till_fact WHERE payment LIKE ?1 OR key LIKE ?1 OR belongs = ?2`, "%"+o.ID+"%", o.ID).Scan(&names))
		after, err := r.store.Takings(ctx)
		r.ok(err)
		if names != 0 || len(after) != 2 || after[0] != before[0] || !r.held("plus").Equal(both) {
			t.Errorf("%d names are left, the takings are %+v, the pass ends %s", names, after, r.held("plus"))
		}
		r.hears(e, refunded(o.ID, 700)) // the second of them is too late to be told of
		if got := r.held("plus"); !got.Equal(both) {
			t.Errorf("counted again, the period after the forgotten one ends %s", got)
		}
	})
}

func TestAReaderWhoLeavesLeavesNoNameInTheBooks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		r := open(t, d)
		o := r.begins(r.reader.ID, false)
		r.hears(once(o.ID, "checkout.session.completed", "paid"))
		r.ok(r.store.Delete(ctx, r.reader.ID))
		b, err := r.store.Order(ctx, o.ID)
		if err != nil || b.Reader != "" || b.Paid != 700 {
			t.Errorf("the order is %+v: %v", b, err)
		}
		r.hears(refunded(o.ID, 700))
		if b, err = r.store.Order(ctx, o.ID); err != nil || b.Back != 700 {
			t.Errorf("given back it is %+v: %v", b, err)
		}
	})
}

func TestAnIdOfAnOrderTellsNoTime(t *testing.T) {
	r := open(t, dbtest.SQLite(t))
	for range 20 {
		if id := r.begins("", false).ID; strings.Count(id, "-") != 4 || id[14] != '4' {
			t.Fatalf("%s is no random id", id)
		}
	}
}
