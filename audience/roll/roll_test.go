package roll_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"wireroom/audience/roll"
	"wireroom/fault"
)

func read(t *testing.T, table string) roll.List {
	t.Helper()
	l, err := roll.Read(strings.NewReader(table))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func until(day string) time.Time {
	t, _ := time.Parse(time.DateOnly, day)
	return t
}

func TestGhostsMembersBecomeSubscribersIfTheyPayOrAreComped(t *testing.T) {
	l := read(t, "\ufeffid,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers\n"+
		"63,Alena@Example.org,\"Alena, secret\",note,true,true,,2024-01-02T10:00:00.000Z,,,\n"+
		"64,free@example.org,,,true,false,,2024-01-02T10:00:00.000Z,,,\n"+
		"65,paid@example.org,,,true,,cus_123,2024-01-02T10:00:00.000Z,,,Bronze\n"+
		"66,no address,,,true,,,,,,\n")
	if l.Origin != roll.Ghost || len(l.Rows) != 3 || len(l.Flaws) != 1 || l.Flaws[0] != (roll.Flaw{Line: 5, Why: "email"}) {
		t.Fatalf("it is read as %+v", l)
	}
	for i, want := range []roll.Row{{Line: 2, Email: "alena@example.org", Paid: true}, {Line: 3, Email: "free@example.org"}, {Line: 4, Email: "paid@example.org", Paid: true}} {
		if l.Rows[i] != want {
			t.Errorf("line %d is %+v, not %+v", want.Line, l.Rows[i], want)
		}
	}
}

func TestWooCommercesSubscriptionsEndWithTheNextPayment(t *testing.T) {
	l := read(t, "subscription_id,subscription_status,customer_id,start_date,next_payment_date,end_date,billing_email\n"+
		"1,wc-active,7,2024-01-01 00:00:00,2027-02-03 04:05:06,0,a@example.org\n"+
		"2,wc-cancelled,8,2024-01-01 00:00:00,0,2024-02-01 00:00:00,b@example.org\n"+
		"3,wc-pending-cancel,9,2024-01-01 00:00:00,0,2027-03-01 00:00:00,c@example.org\n"+
		"4,wc-active,9,,yesterday,,d@example.org\n")
	if l.Origin != roll.WooCommerce || len(l.Rows) != 3 || len(l.Flaws) != 1 || l.Flaws[0].Why != "until" {
		t.Fatalf("it is read as %+v", l)
	}
	for i, want := range []roll.Row{{2, "a@example.org", "", "", until("2027-02-03"), true}, {3, "b@example.org", "", "", until("2024-02-01"), false}, {4, "c@example.org", "", "", until("2027-03-01"), true}} {
		if l.Rows[i] != want {
			t.Errorf("line %d is %+v, not %+v", want.Line, l.Rows[i], want)
		}
	}
}

func TestOurOwnTableComesBackAsItWent(t *testing.T) {
	var b bytes.Buffer
	err := roll.Write(&b, func(put func(...string) error) error {
		return put("a@example.org", "plus", "2027-01-31", "be", "=danger")
	})
	if err != nil || !strings.Contains(b.String(), "'=danger") {
		t.Fatalf("it is written as %s: %v", b.String(), err)
	}
	l := read(t, b.String())
	if l.Origin != roll.Own || len(l.Rows) != 1 || l.Rows[0] != (roll.Row{2, "a@example.org", "plus", "be", until("2027-01-31"), true}) {
		t.Errorf("and read as %+v", l)
	}
}

func TestWhatIsNoListIsRefused(t *testing.T) {
	for _, table := range []string{"", "name,plan\nx,y\n", "%PDF-1.4"} {
		if _, err := roll.Read(strings.NewReader(table)); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%q is taken: %v", table, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("email,plan,until\na@b.c,plus,2027-01-01\n")
	f.Add("id,email,complimentary_plan,tiers\n1,a@b.c,true,\"x\n")
	f.Add("status,billing_email,end_date\nwc-active,a@b.c,0\n\n,,,,,")
	f.Fuzz(func(t *testing.T, table string) {
		l, err := roll.Read(strings.NewReader(table))
		if err != nil {
			if !fault.Is(err, fault.KindInvalid) {
				t.Fatal(err)
			}
			return
		}
		for _, r := range l.Rows {
			if !strings.Contains(r.Email, "@") || r.Line < 2 {
				t.Errorf("%q gives %+v", table, r)
			}
		}
	})
}
