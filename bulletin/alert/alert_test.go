package alert_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/bulletin/alert"
	"wireroom/bulletin/alert/envelope"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

func TestABreakingStoryRingsOnceInEachBrowserThatWantsIt(t *testing.T) {
	each(t, func(n *newsroom) {
		n.reader("all", nil)
		n.reader("economist", func(c *alert.Choice) { c.Sections = []string{"economy"} })
		n.reader("quiet", func(c *alert.Choice) { c.Neutral = true })
		st := n.sends("Łukašenka resigns – “at last”", nil)
		n.sends("Roads close", func(c *story.Content) { c.Urgency = 4 })
		n.sends("No urgency", func(c *story.Content) { c.Urgency = 0 })
		n.ok(n.rings())
		heard := strings.Split(n.carrier.heard(), " | ")
		slices.Sort(heard)
		if want := []string{"all: news Łukašenka resigns – “at last”", "quiet: news News"}; !slices.Equal(heard, want) {
			t.Errorf("pushed was %q", heard)
		}
		n.waiting(0)
		one := n.carrier.last()
		h := one.header
		if one.Path != fmt.Sprint("/en/news/", st.Number) || one.Wire != 1 || one.Tag == "" || h.Get("TTL") != "14397" || h.Get("Urgency") != "high" ||
			len(h.Get("Topic")) != 32 || h.Get("Content-Encoding") != "aes128gcm" || !strings.HasPrefix(h.Get("Authorization"), "vapid t=") || h.Get("Cookie") != "" {
			t.Errorf("it is %+v with %v", one, h)
		}
		n.carrier.forgets()
		n.place = 0 // as after a crash before the cursor was kept
		n.ok(n.rings())
		n.hears("")
	})
}

func TestACorrectionTakesThePlaceOfTheAlertAndAKillTakesItBack(t *testing.T) {
	each(t, func(n *newsroom) {
		n.reader("a", nil)
		st := n.sends("Seven dead", nil)
		n.ok(n.rings())
		first := n.carrier.last()
		st = n.corrects(st, "Six dead")
		n.ok(n.rings())
		second := n.carrier.last()
		n.kills(st)
		n.ok(n.rings())
		third := n.carrier.last()
		n.hears("a: news Seven dead | a: correction Six dead | a: withdrawal Withdrawn")
		for _, later := range []said{second, third} {
			if later.Tag != first.Tag || later.header.Get("Topic") != first.header.Get("Topic") || later.Wire <= first.Wire || later.size != first.size {
				t.Errorf("%+v does not take the place of %+v", later, first)
			}
		}
		if strings.Contains(third.Title+third.Body, "Six") {
			t.Error("the withdrawal tells what was withdrawn")
		}
	})
}

func TestWhatWasNotBroughtYetIsReplaced(t *testing.T) {
	each(t, func(n *newsroom) {
		n.reader("a", nil)
		st := n.sends("Seven dead", nil)
		n.follows()
		st = n.corrects(st, "Six dead")
		n.ok(n.rings())
		n.hears("a: correction Six dead")
		other := n.sends("Eight dead", nil)
		n.follows()
		n.kills(other)
		_, err := n.stories.Hold(n.ctx, editor, st.ID, "Is it true?")
		n.ok(err)
		n.ok(n.rings())
		heard := strings.Split(n.carrier.heard(), " | ")
		if len(heard) != 2 || strings.Contains(n.carrier.heard(), "dead") {
			t.Errorf("pushed was %q", heard)
		}
		n.carrier.forgets()
		_, err = n.stories.ReleaseHold(n.ctx, editor, st.ID)
		n.ok(err)
		n.ok(n.rings())
		n.hears("a: news Six dead")
	})
}

func TestAnEmbargoedStoryRingsWhenItsHourHasCome(t *testing.T) {
	each(t, func(n *newsroom) {
		n.reader("a", nil)
		n.sends("At noon", func(c *story.Content) { c.Embargo = n.now().Add(time.Hour) })
		n.ok(n.rings())
		n.hears("")
		n.passes(2 * time.Hour)
		n.ok(n.stories.Lift(n.ctx))
		n.ok(n.rings())
		n.hears("a: news At noon")
	})
}

func TestALockedStoryTellsWhatEverybodyMayHave(t *testing.T) {
	each(t, func(n *newsroom) {
		n.reader("a", nil)
		n.sends("Locked", func(c *story.Content) {
			c.Plan, c.Teaser = "plus", "The canary."
			c.Body = story.Body{Blocks: []story.Node{story.Para(story.Plain("Lead.")), story.Para(story.Plain("The canary."))}}
		})
		n.ok(n.rings())
		if one := n.carrier.last(); strings.Contains(fmt.Sprint(one), "canary") || one.Title != "Locked" {
			t.Errorf("it tells %+v", one)
		}
	})
}

func TestABrowserThatIsNoMoreIsForgottenAtOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		p := n.reader("a", nil)
		n.reader("b", nil)
		n.carrier.answers = func(to string, _ int) int { return map[string]int{"a": 410}[to] }
		n.sends("One", nil)
		n.ok(n.rings())
		n.hears("b: news One")
		if _, err := n.store.Choice(n.ctx, p.at); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("it is still known: %v", err)
		}
		if k, err := n.store.Count(n.ctx, "en"); err != nil || k != 1 {
			t.Errorf("%d are known: %v", k, err)
		}
	})
}

func TestAPushServiceThatAsksForTimeGetsItAndNoMoreThanTheNewsLasts(t *testing.T) {
	each(t, func(n *newsroom) {
		n.reader("a", nil)
		n.carrier.answers, n.carrier.waits = func(string, int) int { return 429 }, "3600"
		n.sends("One", nil)
		if err := n.rings(); err == nil || !strings.Contains(err.Error(), "429 Too Many Requests") || strings.Contains(err.Error(), "push/a") {
			t.Errorf("it is said: %v", err)
		}
		n.passes(59 * time.Minute)
		n.ok(n.rings())
		if n.carrier.calls != 1 {
			t.Errorf("it was asked %d times", n.carrier.calls)
		}
		n.passes(2 * time.Minute)
		n.carrier.answers = nil
		n.ok(n.rings())
		n.hears("a: news One")

		n.carrier.answers = func(string, int) int { return 503 }
		n.sends("Two", nil)
		_ = n.rings()
		n.waiting(1)
		n.passes(5 * time.Hour)
		n.carrier.answers = nil
		n.ok(n.rings())
		n.hears("")
		n.waiting(0)
	})
}

func TestABrowserWhosePushServiceRefusesEveryAlertIsForgotten(t *testing.T) {
	each(t, func(n *newsroom) {
		n.reader("a", nil)
		n.carrier.answers = func(string, int) int { return 403 }
		for range 5 {
			n.sends("News", nil)
			for range 30 {
				_ = n.rings()
				n.passes(20 * time.Minute)
			}
			n.waiting(0)
		}
		if k, err := n.store.Count(n.ctx, "en"); err != nil || k != 0 {
			t.Errorf("%d are known: %v", k, err)
		}
	})
}

func TestAnEditionRingsAsItsRuleSays(t *testing.T) {
	each(t, func(n *newsroom) {
		n.reader("a", nil)
		n.ok(n.store.SetRule(n.ctx, editor, alert.Rule{Lang: "en", Live: true, Urgency: 2, Most: 2}))
		for _, headline := range []string{"One", "Two", "Three"} {
			n.sends(headline, nil)
			n.ok(n.rings())
		}
		n.hears("a: news One | a: news Two")
		n.passes(25 * time.Hour)
		n.sends("Four", nil)
		n.ok(n.rings())
		n.hears("a: news Four")
		n.ok(n.store.SetRule(n.ctx, editor, alert.Rule{Lang: "en", Urgency: 2}))
		n.sends("Off", nil)
		n.ok(n.rings())
		n.hears("")
		n.sends("Before it is on again", nil)
		n.ok(n.store.SetRule(n.ctx, editor, alert.Rule{Lang: "en", Live: true, Urgency: 2}))
		n.ok(n.rings())
		n.hears("")
		for name, r := range map[string]alert.Rule{"urgency": {Lang: "en", Urgency: 0}, "most": {Lang: "en", Urgency: 1, Most: 51}} {
			if err := n.store.SetRule(n.ctx, editor, r); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := n.store.SetRule(n.ctx, staff.Person{Role: staff.Reporter}, alert.Rule{Lang: "en", Urgency: 1}); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("a reporter may: %v", err)
		}
	})
}

func TestAReaderChangesAndLeaves(t *testing.T) {
	each(t, func(n *newsroom) {
		p := n.reader("a", func(c *alert.Choice) { c.Sections = []string{"politics", "economy"} })
		got, err := n.store.Choice(n.ctx, p.at)
		if err != nil || got.Lang != "en" || got.Neutral || !slices.Equal(got.Sections, []string{"economy", "politics"}) {
			t.Errorf("%+v, %v", got, err)
		}
		// Its push service gives the browser another address.
		q := n.carrier.phone("b")
		n.ok(n.store.Move(n.ctx, p.at, q.browser(nil)))
		if err := n.store.Move(n.ctx, p.at, q.browser(nil)); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("one that is gone moves: %v", err)
		}
		n.sends("One", nil)
		n.ok(n.rings())
		n.hears("b: news One")
		n.sends("Two", nil)
		n.follows()
		n.ok(n.store.Forget(n.ctx, q.at))
		n.ok(n.store.Forget(n.ctx, q.at))
		n.ok(n.rings())
		n.hears("")
		n.waiting(0)
	})
}

func TestNoAddressLeadsAnywhereButToAPushService(t *testing.T) {
	each(t, func(n *newsroom) {
		good := n.carrier.phone("a").browser(nil)
		for _, endpoint := range []string{"", "x", "http://fcm.googleapis.com/x", "https://example.org/x", "https://fcm.googleapis.com.example.org/x",
			"https://notfcm.googleapis.com.evil/x", "https://fcm.googleapis.com@evil.example/x", "https://fcm.googleapis.com:8443/x", "https://127.0.0.2/x", "https://[::1]/x",
			"https://localhost/x", "https://xfcm.googleapis.com/x", "https://fcm.googleapis.com/" + strings.Repeat("x", 1000), "ftp://fcm.googleapis.com/x"} {
			b := good
			b.Endpoint = endpoint
			if err := n.store.Keep(n.ctx, b); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%.60q is taken: %v", endpoint, err)
			}
		}
		for _, endpoint := range []string{"https://fcm.googleapis.com/fcm/send/x", "https://updates.push.services.mozilla.com/wpush/v2/x",
			"https://wns2-par02p.notify.windows.com/w/?token=x", "https://web.push.apple.com/x"} {
			b := good
			b.Endpoint = endpoint
			n.ok(n.store.Keep(n.ctx, b))
		}
		for name, change := range map[string]func(*alert.Browser){
			"another's section": func(b *alert.Browser) { b.Sections = []string{"x"} },
			"no key":            func(b *alert.Browser) { b.Key = nil },
			"no secret":         func(b *alert.Browser) { b.Auth = nil },
		} {
			b := good
			change(&b)
			if err := n.store.Keep(n.ctx, b); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, lang := range []masthead.Lang{"be", "ru"} { // switched off, and no edition
			b := good
			b.Lang = lang
			if err := n.store.Keep(n.ctx, b); !fault.Is(err, fault.KindNotFound) {
				t.Errorf("%s: %v", lang, err)
			}
		}
	})
}

func TestTheTablesTellNobodyWhereABrowserIsRung(t *testing.T) {
	each(t, func(n *newsroom) {
		p := n.reader("a", nil)
		n.sends("One", nil)
		n.follows()
		for _, table := range []string{"alert_browser", "alert_due", "alert"} {
			rows, err := n.db.Query(n.ctx, `SELECT * FROM `+table)
			n.ok(err)
			columns, _ := rows.Columns()
			for rows.Next() {
				cells, into := make([]any, len(columns)), make([]any, len(columns))
				for i := range cells {
					into[i] = &cells[i]
				}
				n.ok(rows.Scan(into...))
				if s := fmt.Sprint(cells...); strings.Contains(s, "push/") || strings.Contains(s, n.carrier.URL) || strings.Contains(s, string(p.auth)) {
					t.Errorf("%s tells %s", table, s)
				}
			}
			n.ok(rows.Close())
		}
		// Without the readers' key nobody is rung, and nobody is lost.
		n.opens("")
		if err := n.rings(); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("without the key: %v", err)
		}
		n.hears("")
		n.waiting(1)
	})
}

func TestTheAgencyIsKnownByOneKey(t *testing.T) {
	each(t, func(n *newsroom) {
		one, err := n.store.PublicKey(n.ctx)
		n.ok(err)
		n.opens("")
		two, err := n.store.PublicKey(n.ctx)
		if err != nil || one != two || len(one) != 87 {
			t.Errorf("%q and then %q: %v", one, two, err)
		}
	})
}

func TestALongAlertIsCutAndFitsItsEnvelope(t *testing.T) {
	each(t, func(n *newsroom) {
		n.reader("a", nil)
		long := strings.Repeat("“", 480)
		n.sends(long, func(c *story.Content) { c.Teaser = strings.Repeat("Ж", 800) })
		n.ok(n.rings())
		one := n.carrier.last()
		if one.Title != long || !strings.HasSuffix(one.Body, "Ж…") || one.size > 4096 || one.size < 2048 || envelope.Most < 2048 {
			t.Errorf("%d bytes: %q", one.size, one.Body)
		}
	})
}
