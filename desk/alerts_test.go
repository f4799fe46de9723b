package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wireroom/bulletin/alert"
	"wireroom/staff"
)

func TestAnEditorSaysWhichStoriesRingInBrowsers(t *testing.T) {
	each(t, func(n *newsroom) {
		c := n.as(staff.Editor)
		form := url.Values{"urgency": {"2"}, "most": {"4"}, "live": {"yes"}}
		if p := c.posts("/desk/alerts/en", form); p.status != http.StatusOK || !strings.Contains(p.source, "Saved.") {
			n.Errorf("it answers %d: %s", p.status, p.source)
		}
		if r, err := n.rings.Rule(n.ctx(), "en"); err != nil || r != (alert.Rule{Lang: "en", Live: true, Urgency: 2, Most: 4, Since: r.Since}) || r.Since.IsZero() {
			n.Errorf("the rule is %+v, %v", r, err)
		}
		if list := c.opens("/desk/bulletins").source; !strings.Contains(list, "2 or more urgent · 4 a day at most") || !strings.Contains(list, "fewer than 10") {
			n.Errorf("the list says %s", list)
		}
		for field, value := range map[string]string{"urgency": "0", "most": "many"} {
			bad := url.Values{"urgency": {"2"}, "most": {"4"}}
			bad.Set(field, value)
			if p := c.throws("/desk/alerts/en", bad); p.status != http.StatusUnprocessableEntity || strings.Contains(p.source, "alerts-wrong") {
				n.Errorf("a wrong %s answers %d: %s", field, p.status, p.source)
			}
		}
		if got := c.opens("/desk/alerts/xx").status; got != http.StatusNotFound {
			n.Errorf("an edition that is none answers %d", got)
		}
	})
}

func TestAlertsAreForThoseWhoMakeTheBulletins(t *testing.T) {
	one(t, func(n *newsroom) {
		for _, role := range staff.Roles() {
			c, want := n.as(role), http.StatusForbidden
			if role == staff.Editor || role == staff.Chief {
				want = http.StatusOK
			}
			if got := c.opens("/desk/alerts/en").status; got != want {
				n.Errorf("a %s is shown them: %d, not %d", role, got, want)
			}
			if got := c.posts("/desk/alerts/en", url.Values{"urgency": {"1"}, "most": {"0"}}).status; got != want {
				n.Errorf("a %s sets them: %d, not %d", role, got, want)
			}
		}
	})
}
