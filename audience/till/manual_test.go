package till_test

import (
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/audience/till"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
)

// byHand is the room with one of the staff who says what has come.
type byHand struct {
	*room
	clerk *audience.Clerk
}

func opensByHand(t *testing.T, d *db.DB) byHand {
	t.Helper()
	r := open(t, d)
	r.store.UseTills(r.stripe, till.Manual{})
	clerk, err := r.store.Clerk(staff.New(d, r.clock), staff.Person{ID: "1", Name: "Chaya", Role: staff.Chief})
	r.ok(err)
	return byHand{r, clerk}
}

func (r byHand) orders(reader, coupon string, most int) (audience.Order, string, error) {
	return r.store.Begin(r.Context(), audience.NewOrder{Reader: reader, Plan: "plus", Price: masthead.Price{Currency: "EUR", Amount: 700, Days: 30},
		Till: audience.ByHand, Coupon: coupon, Most: most})
}

func TestWhatThePersonAtTheTillSaysMeansTheSameInEveryOrder(t *testing.T) {
	r := opensByHand(t, dbtest.SQLite(t))
	for _, c := range []struct {
		back  []int64
		until time.Time
	}{{[]int64{100, 300}, day(12, 26)}, {[]int64{300, 700}, time.Time{}}} {
		for _, turn := range orders(4) {
			r.reader = r.opens()
			o, _, err := r.orders(r.reader.ID, "", 0)
			r.ok(err)
			paid := audience.Fact{Order: o.ID, Payment: "manual " + o.ID, Kind: audience.FactPaid, Day: r.now, Amount: 700}
			facts := []audience.Fact{paid, paid}
			for _, n := range c.back {
				facts = append(facts, audience.Fact{Order: o.ID, Payment: paid.Payment, Kind: audience.FactRefunded, Day: r.now, Amount: n})
			}
			for _, i := range turn {
				r.ok(r.store.Tell(t.Context(), window, facts[i]))
			}
			if got := r.held("plus"); !got.Equal(c.until) {
				t.Fatalf("with %v back, in the order %v, it is open until %s", c.back, turn, got)
			}
		}
	}
}

func TestAnOrderByHandWaitsForTheStaffIsFoundByItsReferenceAndGivenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		r := opensByHand(t, d)
		o, _, err := r.orders(r.reader.ID, "", 0)
		r.ok(err)
		other, _, err := r.orders("", "", 0)
		r.ok(err)
		r.begins(r.reader.ID, false) // a card's, which no person settles
		if all, err := r.clerk.Waiting(ctx, ""); err != nil || len(all) != 2 {
			t.Fatalf("waiting are %v: %v", all, err)
		}
		for _, text := range []string{o.Reference(), " " + o.ID[:8] + " ", o.ID[:4] + " " + o.ID[4:8]} {
			if all, err := r.clerk.Waiting(ctx, text); err != nil || len(all) != 1 || all[0].ID != o.ID {
				t.Errorf("%q finds %v: %v", text, all, err)
			}
		}
		if all, _ := r.clerk.Waiting(ctx, o.ID[:7]); len(all) != 0 {
			t.Errorf("a part of a reference finds %v", all)
		}
		r.ok(r.clerk.TakeMoney(ctx, o.ID, window))
		if err := r.clerk.TakeMoney(ctx, o.ID, window); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("taken twice: %v", err)
		}
		if got := r.held("plus"); !got.Equal(day(12, 26)) {
			t.Errorf("paid by hand it is open until %s", got)
		}
		r.ok(r.clerk.DropOrder(ctx, other.ID))
		if err := r.clerk.DropOrder(ctx, o.ID); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("what is paid is dropped: %v", err)
		}
		r.ok(r.clerk.GiveBack(ctx, r.reader.ID, o.ID, window))
		if got := r.held("plus"); !got.IsZero() {
			t.Errorf("given back it is open until %s", got)
		}
	})
}

func TestAnOrderByHandThatNobodyPaysIsDroppedAndOneThatIsPaidIsForgottenWithItsName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		r := opensByHand(t, d)
		paid, _, err := r.orders(r.reader.ID, "", 0)
		r.ok(err)
		r.ok(r.clerk.TakeMoney(ctx, paid.ID, window))
		never, _, err := r.orders(r.reader.ID, "", 0)
		r.ok(err)
		r.now = r.now.AddDate(0, 0, 14)
		r.ok(r.store.DropUnpaid(ctx, 14))
		if all, err := r.clerk.Waiting(ctx, never.Reference()); err != nil || len(all) != 1 {
			t.Errorf("on the last day waiting are %v: %v", all, err)
		}
		r.now = r.now.AddDate(0, 0, 1)
		r.ok(r.store.DropUnpaid(ctx, 14))
		if err := r.clerk.TakeMoney(ctx, never.ID, window); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("after the last day it is taken: %v", err)
		}
		until := r.held("plus")
		r.now = r.now.AddDate(0, 0, window-14)
		r.ok(r.store.ForgetOrders(ctx, window))
		var left int
		r.ok(d.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM reader_pass WHERE origin = ?1) + (SELECT COUNT(*) FROM till_order WHERE id = ?1)
			+ (SELECT COUNT(*) FROM till_fact WHERE belongs = ?1)`, paid.ID).Scan(&left))
		if got := r.held("plus"); left != 0 || !got.Equal(until) || until.IsZero() {
			t.Errorf("the order's name is left %d times, the pass ends %s, not %s", left, got, until)
		}
	})
}

func TestALimitedCouponCountsWhenItIsPaidWithAndIsHeldUntilThen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		r := opensByHand(t, d)
		first, _, err := r.orders(r.reader.ID, "Spring", 2)
		r.ok(err)
		_, _, err = r.orders(r.reader.ID, "spring", 2)
		r.ok(err)
		if _, _, err := r.orders("", "SPRING", 2); !fault.Is(err, fault.KindConflict) {
			t.Errorf("a third holds it: %v", err)
		}
		for range 2 {
			r.ok(r.store.Tell(ctx, window, audience.Fact{Order: first.ID, Payment: "manual " + first.ID, Kind: audience.FactPaid, Day: r.now, Amount: 700}))
		}
		if _, _, err := r.orders("", "SPRING", 2); !fault.Is(err, fault.KindConflict) {
			t.Errorf("one is paid and one waits, and another holds it: %v", err)
		}
		r.now = r.now.AddDate(0, 0, 15)
		r.ok(r.store.DropUnpaid(ctx, 14))
		_, _, err = r.orders("", "SPRING", 2)
		r.ok(err)
		if _, _, err := r.orders("", "SPRING", 2); !fault.Is(err, fault.KindConflict) {
			t.Errorf("what was not paid frees more than itself: %v", err)
		}
	})
}

func TestARefundOfAnOrderThatIsForgottenIsShownToTheStaff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		r := opensByHand(t, d)
		o := r.begins(r.reader.ID, false)
		r.hears(refunded(o.ID, 700), disputed("elsewhere", "dp_1", "created", "needs_response"), disputed("kept", "dp_2", "closed", "won"))
		if all, err := r.clerk.Strays(ctx); err != nil || len(all) != 2 {
			t.Errorf("before its payment is known the strays are %v: %v", all, err)
		}
		r.hears(once(o.ID, "checkout.session.completed", "paid"))
		all, err := r.clerk.Strays(ctx)
		if err != nil || len(all) != 1 || all[0].Payment != "pi_elsewhere" || !all[0].Disputed {
			t.Errorf("the strays are %v: %v", all, err)
		}
		r.now = r.now.AddDate(0, 0, window+1)
		r.ok(r.store.ForgetOrders(ctx, window))
		if all, err := r.clerk.Strays(ctx); err != nil || len(all) != 0 {
			t.Errorf("after the window the strays are %v: %v", all, err)
		}
		r.hears(refunded(o.ID, 700))
		if all, err := r.clerk.Strays(ctx); err != nil || len(all) != 1 || all[0].Payment != "pi_"+o.ID || all[0].Amount != 700 {
			t.Errorf("a late refund is %v: %v", all, err)
		}
	})
}

func TestAPresentIsGivenBackIfNobodyHasUsedItsCode(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		r := opensByHand(t, d)
		buys := func() (audience.Order, string, string) {
			o, buyer, err := r.orders("", "", 0)
			r.ok(err)
			r.ok(r.clerk.TakeMoney(ctx, o.ID, window))
			code, err := r.store.GiftCode(ctx, buyer)
			r.ok(err)
			return o, buyer, code
		}
		used, _, usedCode := buys()
		unused, buyer, code := buys()
		_, _, err := r.store.Redeem(ctx, r.reader.ID, usedCode)
		r.ok(err)
		for _, c := range []struct {
			which, code string
			kind        fault.Kind
		}{
			{used.Reference(), usedCode, fault.KindConflict}, {unused.Reference(), "", fault.KindNotFound},
			{unused.Reference(), usedCode, fault.KindConflict}, {"0000-0000", code, fault.KindNotFound},
		} {
			if err := r.clerk.GiveBackGift(ctx, c.which, c.code, window); !fault.Is(err, c.kind) {
				t.Errorf("%s with %q: %v", c.which, c.code, err)
			}
		}
		r.ok(r.clerk.GiveBackGift(ctx, "manual "+unused.ID, code, window))
		if _, _, err := r.store.Redeem(ctx, r.reader.ID, code); err != audience.ErrCodeUsed {
			t.Errorf("the code of what was given back: %v", err)
		}
		if _, err := r.store.GiftCode(ctx, buyer); !fault.Is(err, fault.KindConflict) {
			t.Errorf("another code of what was given back: %v", err)
		}
		if err := r.clerk.GiveBackGift(ctx, unused.Reference(), code, window); !fault.Is(err, fault.KindConflict) {
			t.Errorf("given back twice: %v", err)
		}
	})
}
