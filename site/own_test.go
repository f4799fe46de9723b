package site_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/db/dbtest"
)

func TestAReaderSignsOutADeviceThatTheyHaveLost(t *testing.T) {
	each(t, func(n *newsroom) {
		one, lost, third := n.visitor(), n.visitor(), n.visitor()
		number, _ := one.posts("/en/account/new").keys(n)
		lost.posts("/en/account/sign-in", "number", number)
		third.posts("/en/account/sign-in", "number", number)
		page := one.opens("/en/account").Page
		var ids []string
		for _, e := range all(page, tag("input")) {
			if attr(e, "name") == "device" {
				ids = append(ids, attr(e, "value"))
			}
		}
		if len(ids) != 2 || !strings.Contains(text(page), "Signed in during October 2024") {
			n.Fatalf("the page lists %q", ids)
		}
		stranger := n.visitor()
		stranger.posts("/en/account/new")
		stranger.posts("/en/account/devices", "device", ids[1])
		if !lost.signed() {
			n.Fatal("a stranger signs a device out")
		}
		one.posts("/en/account/devices", "device", ids[1]) // the newest stands first
		if lost.signed() || !third.signed() || !one.signed() {
			n.Error("one device is not signed out, or another is")
		}
		one.posts("/en/account/devices", "others", "yes")
		if third.signed() || !one.signed() {
			n.Error("the others are not signed out")
		}
	})
}

func TestASixthDeviceSignsTheOldestOut(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	devices := []*visitor{n.visitor()}
	number, _ := devices[0].posts("/en/account/new").keys(n)
	for range 5 {
		v := n.visitor()
		v.posts("/en/account/sign-in", "number", number)
		devices = append(devices, v)
	}
	for i, v := range devices {
		if v.signed() != (i > 0) {
			t.Errorf("device %d is signed in: %v", i+1, v.signed())
		}
	}
}

func TestAReaderTakesAlongAllThatIsKeptAndDeletesIt(t *testing.T) {
	each(t, func(n *newsroom) {
		v := n.visitor()
		v.posts("/be/account/letters", "email", "reader@example.org")
		l := n.box.Next(n.T)
		_, rest, _ := strings.Cut(l.Text, "https://pozirk.example")
		v.posts(strings.Fields(rest)[0])
		r, err := n.readers.ByEmail(t.Context(), "reader@example.org")
		n.ok(err)
		n.ok(n.readers.Grant(t.Context(), r.ID, audience.Pass{Plan: "plus", Until: n.now.Add(24 * time.Hour)}))
		if a := v.posts("/be/account/language", "language", "ru"); a.Header.Get("Location") != "/ru/account?done=lang" {
			n.Errorf("the language leads to %q", a.Header.Get("Location"))
		}
		var kept audience.Kept
		n.ok(json.Unmarshal([]byte(v.opens("/ru/account/export").Text), &kept))
		if kept.Language != "ru" || !slices.Equal(kept.SignsIn, []string{"email"}) || len(kept.Devices) != 1 || kept.Devices[0].Month != "2024-10" ||
			len(kept.Passes) != 1 || kept.Passes[0] != (audience.KeptPass{Plan: "plus", From: audience.Granted, Until: "2024-10-26"}) {
			n.Errorf("kept is %+v", kept)
		}
		if a := v.posts("/ru/account/removal"); a.StatusCode != http.StatusUnprocessableEntity || !v.signed() {
			n.Errorf("an account is deleted (%d) by who has not said that they mean it", a.StatusCode)
		}
		if a := v.posts("/ru/account/removal", "sure", "yes"); a.StatusCode != 200 || v.signed() {
			n.Errorf("deleting answers %d", a.StatusCode)
		}
		if _, err := n.readers.ByEmail(t.Context(), "reader@example.org"); err == nil {
			n.Error("the account is still there")
		}
	})
}

func TestAStrangerIsShownTheWayIn(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	v := n.visitor()
	for _, path := range []string{"/en/account", "/en/account/export", "/en/account/removal"} {
		if a := v.opens(path); a.Header.Get("Location") != "/en/account/sign-in" {
			t.Errorf("%s answers %d %q", path, a.StatusCode, a.Header.Get("Location"))
		}
	}
	for _, path := range []string{"/en/account/devices", "/en/account/language", "/en/account/removal"} {
		if a := v.posts(path, "sure", "yes", "others", "yes"); a.Header.Get("Location") != "/en/account/sign-in" {
			t.Errorf("%s answers %d", path, a.StatusCode)
		}
	}
}
