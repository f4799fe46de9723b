package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"wireroom/bulletin"
	"wireroom/masthead"
	"wireroom/staff"
)

// public gives the agency an address to which letters can lead.
func (n *newsroom) public() {
	n.Helper()
	n.ok(n.mastheads.Change(n.ctx(), func(m masthead.Masthead) (masthead.Masthead, error) {
		m.PublicURL = "https://pozirk.example"
		return m, nil
	}))
}

func TestAnEditorMakesABulletinAndLooksAtIt(t *testing.T) {
	each(t, func(n *newsroom) {
		n.public()
		st, err := n.stories.Create(n.ctx(), n.people[staff.Editor], "en", "", text("Council meets"))
		n.ok(err)
		_, err = n.stories.Release(n.ctx(), n.people[staff.Editor], st.ID, st.Revision)
		n.ok(err)
		c := n.as(staff.Editor)
		form := url.Values{"id": {"morning-en"}, "name": {"The morning"}, "lang": {"en"}, "at": {"07:30"}, "day": {"1", "5"}, "most": {"20"}, "urgency": {"0"},
			"section": {"politics"}, "plan": {""}, "live": {"yes"}, "subject": {"Good morning"}}
		if p := c.throws("/desk/bulletins", form); p.status != http.StatusSeeOther {
			n.Fatalf("a bulletin answers %d: %s", p.status, p.source)
		}
		b, err := n.letters.Get(n.ctx(), "morning-en")
		n.ok(err)
		if len(b.Rules.Days) != 2 || b.Rules.Most != 20 || !b.Live || b.Due.In(zone).Weekday() != time.Monday {
			n.Errorf("it is kept as %+v", b)
		}
		list, one := c.opens("/desk/bulletins").source, c.opens("/desk/bulletins/one/morning-en").source
		if !strings.Contains(list, "The morning") || !strings.Contains(list, "Monday, Friday · 07:30") {
			n.Errorf("the list says %s", list)
		}
		if !strings.Contains(one, "Good morning: Council meets") || !strings.Contains(one, "Leave this bulletin") {
			n.Errorf("the bulletin shows %s", one)
		}
		letter := c.opens("/desk/bulletins/one/morning-en/letter?plan=plus")
		if policy := letter.header.Get("Content-Security-Policy"); letter.status != http.StatusOK || !strings.Contains(policy, "sandbox") || !strings.Contains(policy, "default-src 'none'") {
			n.Errorf("the letter answers %d under %q", letter.status, policy)
		}
		form.Del("live")
		if c.throws("/desk/bulletins/one/morning-en", form); !strings.Contains(c.opens("/desk/bulletins").source, "rests") {
			n.Error("it does not rest")
		}
	})
}

func TestWhatIsWrongWithABulletinIsSaidAndNothingTypedIsLost(t *testing.T) {
	one(t, func(n *newsroom) {
		c := n.as(staff.Chief)
		good := url.Values{"id": {"morning-en"}, "name": {"The morning"}, "lang": {"en"}, "at": {"07:30"}, "most": {"20"}, "urgency": {"0"}, "plan": {""}}
		for field, value := range map[string]string{"id": "Morning EN", "most": "many", "urgency": "12", "at": "noon", "plan": "gold", "day": "8", "section": "sport"} {
			bad := url.Values{}
			for k, v := range good {
				bad[k] = v
			}
			bad.Set(field, value)
			if p := c.throws("/desk/bulletins", bad); p.status != http.StatusUnprocessableEntity || strings.Contains(p.source, "letters-wrong") {
				n.Errorf("a wrong %s answers %d: %s", field, p.status, p.source)
			}
		}
		c.throws("/desk/bulletins", good)
		if p := c.throws("/desk/bulletins", good); p.status != http.StatusConflict {
			n.Errorf("a second of the same name answers %d", p.status)
		}
		if _, err := n.letters.Get(n.ctx(), bulletin.ID("Morning EN")); err == nil {
			n.Error("a wrong bulletin is kept")
		}
	})
}

func TestBulletinsAreForThoseWhoMakeThem(t *testing.T) {
	one(t, func(n *newsroom) {
		n.public()
		_, err := n.letters.Add(n.ctx(), n.people[staff.Chief], bulletin.Bulletin{ID: "morning-en", Lang: "en", Name: "Morning", Rules: bulletin.Rules{At: "07:30", Most: 5}})
		n.ok(err)
		for _, role := range staff.Roles() {
			c, want := n.as(role), http.StatusForbidden
			if role == staff.Editor || role == staff.Chief {
				want = http.StatusOK
			}
			for _, path := range []string{"/desk/bulletins", "/desk/bulletins/new", "/desk/bulletins/one/morning-en", "/desk/bulletins/one/morning-en/letter"} {
				if got := c.opens(path).status; got != want {
					n.Errorf("%s answers a %s %d, not %d", path, role, got, want)
				}
			}
		}
	})
}

func TestAnEditorOpensAChannelAndItsTokenIsNeverShown(t *testing.T) {
	each(t, func(n *newsroom) {
		c := n.as(staff.Editor)
		form := url.Values{"name": {"News in Telegram"}, "lang": {"en"}, "chat": {"@pozirk"}, "token": {"123:SECRET"}, "urgency": {"3"}, "section": {"politics"}, "live": {"yes"}}
		p := c.posts("/desk/channels/new", form)
		if p.status != http.StatusOK || !strings.Contains(p.source, "News in Telegram") || strings.Contains(p.source, "SECRET") {
			n.Errorf("a new channel answers %d: %s", p.status, p.source)
		}
		list := c.opens("/desk/bulletins").source
		if !strings.Contains(list, "@pozirk") || !strings.Contains(list, "3 or more urgent · Politics") {
			n.Errorf("the list says %s", list)
		}
		form.Set("token", "")
		form.Del("live")
		if p := c.posts(p.at, form); !strings.Contains(p.source, "Saved.") {
			n.Errorf("without a new token it answers %d: %s", p.status, p.source)
		}
		form.Set("chat", "no channel")
		if p := c.throws("/desk/channels/new", form); p.status != http.StatusUnprocessableEntity || strings.Contains(p.source, "letters-wrong") {
			n.Errorf("a wrong channel answers %d: %s", p.status, p.source)
		}
		if got := n.as(staff.Reporter).opens("/desk/channels/new").status; got != http.StatusForbidden {
			n.Errorf("a reporter is answered %d", got)
		}
	})
}
