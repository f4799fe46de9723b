package site_test

import (
	"strings"
	"testing"

	"wireroom/db/dbtest"
)

func TestACodeThatIsScannedStandsInTheFormAndInNoAddress(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	v := n.visitor()
	a := v.opens("/account/code?code=0123-4567-89ab-cdef-ghjk")
	if at := a.Header.Get("Location"); a.StatusCode != 303 || at != "/en/account/code" {
		t.Fatalf("scanning leads to %d %q", a.StatusCode, at)
	}
	for _, want := range []bool{true, false} {
		if got := strings.Contains(v.opens("/en/account/code").Text, `value="0123 4567 89AB CDEF GHJK"`); got != want {
			t.Errorf("the form has the code: %v", got)
		}
	}
	for _, wrong := range []string{"", "x", "<script>", strings.Repeat("0", 21)} {
		if a := n.visitor().opens("/account/code?code=" + wrong); a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%q is carried along", wrong)
		}
	}
}
