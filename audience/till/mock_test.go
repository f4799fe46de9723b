package till_test

import (
	"bufio"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"wireroom/audience"
	"wireroom/audience/till"
	"wireroom/db/dbtest"
	"wireroom/fault"
)

// mock starts stripe-mock, which knows Stripe's interface by its published
// description and refuses what does not fit it.
func mock(t *testing.T) (address string) {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "stripe-mock")
	build := exec.Command("go", "build", "-C", "../../tools", "-o", bin, "github.com/stripe/stripe-mock")
	if said, err := build.CombinedOutput(); err != nil {
		t.Skipf("stripe-mock cannot be built: %s", said)
	}
	run := exec.Command(bin, "-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0")
	out, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	run.Stderr = os.Stderr
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run.Process.Kill(); _ = run.Wait() })
	listening := regexp.MustCompile(`Listening for HTTP at address: (\S+)`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			go func() {
				for lines.Scan() { // or it stops when the pipe is full
				}
			}()
			return "http://" + m[1]
		}
	}
	t.Fatal("stripe-mock does not listen")
	return ""
}

func TestWhatStripeIsAskedFitsItsInterface(t *testing.T) {
	ctx, r := t.Context(), open(t, dbtest.SQLite(t))
	s, err := till.NewStripe(till.StripeSettings{Key: "sk_test_123", Secret: secret, URL: mock(t)}, r.clock)
	r.ok(err)
	for _, renews := range []bool{false, true} {
		at, err := s.Begin(ctx, audience.Purchase{Order: "order", Name: "POZIRK+", Currency: "EUR", Amount: 700, Days: 30, Renews: renews, Lang: "be",
			Done: "https://pozirk.example/be/plus/bought", Away: "https://pozirk.example/be/plus"})
		if u, bad := url.Parse(at); err != nil || bad != nil || u.Scheme != "https" {
			t.Errorf("a payment begins at %q: %v", at, err)
		}
	}
	r.ok(s.Refund(ctx, "pi_123"))
	r.ok(s.Stop(ctx, "sub_123"))
	if at, err := s.Portal(ctx, "cus_123", "https://pozirk.example/"); err != nil || at == "" {
		t.Errorf("the portal is at %q: %v", at, err)
	}
	if err := s.Refund(ctx, "in_123"); !fault.Is(err, fault.KindConflict) {
		t.Errorf("an invoice is given back: %v", err)
	}
	if _, err := s.Begin(ctx, audience.Purchase{Order: "other", Currency: "EUR", Amount: 700}); !fault.Is(err, fault.KindInternal) {
		t.Errorf("a purchase without a name is taken: %v", err)
	}
}

func TestAStaffRefundClosesAtOnceAndStripesOwnEventSaysTheSame(t *testing.T) {
	ctx, r := t.Context(), open(t, dbtest.SQLite(t))
	s, err := till.NewStripe(till.StripeSettings{Key: "sk_test_123", Secret: secret, URL: mock(t)}, r.clock)
	r.ok(err)
	r.store.UseTills(s)
	o := r.begins(r.reader.ID, true)
	for _, e := range renewedRefundedAndStopped(o.ID)[:4] {
		r.hears(e)
	}
	if err := r.store.Refund(ctx, o.ID, window); !fault.Is(err, fault.KindConflict) {
		t.Errorf("a payment is given back whose name is not known yet: %v", err)
	}
	for n, id := range map[string]string{"1": "in_1_", "2": "in_2_"} {
		r.hears(happening{kind: "invoice_payment.paid", holds: holds{"id": "inpay", "invoice": id + o.ID, "payment": holds{"payment_intent": "pi_" + n + "_" + o.ID}}})
	}
	r.ok(r.store.Refund(ctx, o.ID, window))
	if until := r.held("plus"); !until.IsZero() {
		t.Errorf("given back it is open until %s", until)
	}
	before, err := r.store.Order(ctx, o.ID)
	r.ok(err)
	r.hears(renewedRefundedAndStopped(o.ID)[4:]...)
	after, err := r.store.Order(ctx, o.ID)
	if err != nil || after.Worth != before.Worth || after.Back != 1400 || !after.Stopped {
		t.Errorf("after Stripe's own events it is worth %+v: %v", after.Worth, err)
	}
	if err := r.store.Refund(ctx, o.ID, window); !fault.Is(err, fault.KindConflict) {
		t.Errorf("it is given back twice: %v", err)
	}
}
