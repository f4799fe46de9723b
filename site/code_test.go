package site_test

import (
	"net/http"
	"strings"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
)

// codes mints gifts of 30 days.
func (n *newsroom) codes(count int) (all []string) {
	n.Helper()
	_, _, err := n.readers.Redeem(n.Context(), "", "") // has the key at hand
	if err == nil {
		n.Fatal("no code at all is taken for one")
	}
	n.ok(n.db.Do(n.Context(), func(tx *db.Tx) error {
		all = nil
		for range count {
			code, err := n.readers.MintGift(n.Context(), tx, "plus", 30)
			if err != nil {
				return err
			}
			all = append(all, code)
		}
		return nil
	}))
	return all
}

func TestACodeOpensAPlanWithAnAccountOrWithoutOne(t *testing.T) {
	each(t, func(n *newsroom) {
		at := address(n.sends("en", "", locked("Locked")))
		codes := n.codes(2)
		stranger, member := n.visitor(), n.member()
		told := stranger.posts("/en/account/code", "code", strings.ToLower(codes[0]))
		number, _ := told.keys(n)
		if !strings.Contains(told.Text, "POZIRK+ until November 24, 2024") {
			n.Errorf("the page does not say what the code opened: %q", texts(all(told.Page, class("done"))))
		}
		if a := stranger.opens(at); !strings.Contains(a.Text, secret) {
			n.Error("the code does not open the story")
		}
		elsewhere := n.visitor()
		elsewhere.posts("/en/account/sign-in", "number", number)
		if a := elsewhere.opens(at); !strings.Contains(a.Text, secret) {
			n.Error("the number does not open the story on another device")
		}
		if a := member.posts("/en/account/code", "code", codes[0]); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.Text, "has been used already") {
			n.Errorf("a used code answers %d", a.StatusCode)
		}
		if a := member.opens(at); strings.Contains(a.Text, secret) {
			n.Error("a used code opens the story")
		}
		if a := member.posts("/en/account/code", "code", codes[1]); a.Header.Get("Location") != "/en/account?done=code" {
			n.Errorf("the code leads to %q", a.Header.Get("Location"))
		}
		if a := member.opens(at); !strings.Contains(a.Text, secret) {
			n.Error("the code does not open the story to a member")
		}
	})
}

func TestACodeThatOpensNothingLeavesNoAccountBehind(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	v := n.visitor()
	if a := v.posts("/en/account/code", "code", "AAAA-AAAA-AAAA-AAAA-AAAA"); a.StatusCode != http.StatusUnprocessableEntity || len(a.Cookies()) > 0 || !strings.Contains(a.Text, "AAAA-AAAA") {
		t.Errorf("a wrong code answers %d and loses what was typed", a.StatusCode)
	}
	var readers int
	n.ok(n.db.QueryRow(t.Context(), `SELECT COUNT(*) FROM reader`).Scan(&readers))
	if readers != 0 {
		t.Errorf("%d accounts are left", readers)
	}
}
