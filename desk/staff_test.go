package desk_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"wireroom/archive/record"
	"wireroom/db/dbtest"
	"wireroom/desk"
	"wireroom/mail"
	"wireroom/mail/mailtest"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/staff"
	"wireroom/story"
)

func personAt(p staff.Person, rest string) string { return "/desk/staff/" + p.ID + rest }

// staffTries are the addresses by which each act of the staff's table is done.
var staffTries = map[staff.Act]struct {
	rest   string
	values url.Values
	done   int // the status when it is done
}{
	staff.ActChange: {"", url.Values{"name": {"Changed"}, "email": {"changed@pozirk.example"}, "role": {"reporter"}}, http.StatusSeeOther},
	staff.ActLink:   {"/link", nil, http.StatusOK},
	staff.ActFreeze: {"/freeze", nil, http.StatusSeeOther},
	staff.ActThaw:   {"/thaw", nil, http.StatusSeeOther},
	staff.ActLeave:  {"/leave", url.Values{"sure": {"yes"}}, http.StatusSeeOther},
}

// Each act by each role to each role, straight at its address.
func TestEachActOnTheStaffIsOpenToThoseWhoMayDoItAndToNobodyElse(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	for _, by := range staff.Roles() {
		for _, of := range staff.Roles() {
			for act, try := range staffTries {
				whom := n.joins("Whom", of)
				if act == staff.ActThaw {
					n.ok(n.staff.Freeze(n.ctx(), staff.Terminal(), whom.ID))
				}
				before, err := n.staff.ByID(n.ctx(), whom.ID)
				n.ok(err)
				want := try.done
				if staff.May(n.people[by], act, whom) != nil {
					want = http.StatusForbidden
				}
				p := n.as(by).throws(personAt(whom, try.rest), try.values)
				if p.status != want {
					t.Errorf("%s to a %s by a %s answers %d, not %d", act, of, by, p.status, want)
				}
				after, err := n.staff.ByID(n.ctx(), whom.ID)
				n.ok(err)
				same := after.Name == before.Name && after.Here() == before.Here()
				if want == http.StatusForbidden && (!same || strings.Contains(p.source, "sign-in/")) {
					t.Errorf("%s to a %s by a %s is refused and done", act, of, by)
				}
				if !after.Left.IsZero() {
					continue
				}
				n.ok(n.staff.Leave(n.ctx(), staff.Terminal(), whom.ID))
			}
		}
	}
}

func TestThePagesOfTheStaffAreForThoseWhomTheyConcern(t *testing.T) {
	one(t, func(n *newsroom) {
		rita := n.people[staff.Reporter]
		for role, sees := range map[staff.Role]string{staff.Translator: "", staff.Reporter: "", staff.Editor: "list person", staff.Chief: "list person new acts", staff.Administrator: "list person new acts"} {
			c := n.as(role)
			for page, path := range map[string]string{"list": "/desk/staff", "person": personAt(rita, ""), "new": "/desk/staff/new", "acts": "/desk/staff/acts"} {
				want := http.StatusForbidden
				if strings.Contains(sees, page) {
					want = http.StatusOK
				}
				p := c.opens(path)
				if p.status != want {
					t.Errorf("%s answers a %s with %d", page, role, p.status)
				}
				if !strings.Contains(sees, "new") {
					p.lacks("Rita@", "rita@")
				}
			}
			if has := strings.Contains(c.opens("/desk/").source, `href="/desk/staff"`); has != (sees != "") {
				t.Errorf("a %s is led to the staff: %v", role, has)
			}
		}
	})
}

func TestAnInvitationIsShownOnceWhereNoMailCarriesIt(t *testing.T) {
	each(t, func(n *newsroom) {
		chaya := n.as(staff.Chief)
		f := chaya.opens("/desk/staff/new").form("/desk/staff")
		f.Del("section")
		f.Set("name", "Nina Novak")
		f.Set("email", "nina")
		p := chaya.sends(f).says(422, "This is no e-mail address.")
		if p.form("/desk/staff").Get("name") != "Nina Novak" {
			t.Error("what was typed is lost")
		}
		f.Set("email", "nina@pozirk.example")
		f.Set("role", "editor")
		f.Add("section", "economy")
		p = chaya.sends(f).says(200, "Hand this link to Nina Novak yourself")
		link := regexp.MustCompile(`/desk/sign-in/[A-Z0-9]+`).FindString(p.source)
		nina, err := n.staff.ByEmail(n.ctx(), "nina@pozirk.example")
		if err != nil || nina.Role != staff.Editor || len(nina.Sections) != 1 || nina.Sections[0] != "economy" {
			t.Errorf("she is %+v: %v", nina, err)
		}
		n.stranger().posts(link, nil).says(200)
		chaya.opens(personAt(nina, "")).says(200, "Economy").lacks(link)
		chaya.sends(f).says(422, "Somebody has this address already.")
	})
}

func TestWhoIsFrozenIsOutAtTheNextClick(t *testing.T) {
	each(t, func(n *newsroom) {
		rita, edvard := n.as(staff.Reporter), n.as(staff.Editor)
		rita.opens("/desk/").says(200)
		whom := n.people[staff.Reporter]
		p := edvard.opens(personAt(whom, "")).says(200)
		edvard.sends(p.form(personAt(whom, "/freeze"))).says(200, "Rita is frozen", "two people")
		rita.opens("/desk/").says(403, "Sign in")
		rita.throws("/desk/stories", url.Values{"headline": {"Late words"}}).says(403, "Nothing is lost")
		edvard.opens("/desk/staff").says(200, "frozen")

		p = edvard.opens(personAt(whom, ""))
		edvard.sends(p.form(personAt(whom, "/thaw"))).says(200, "One more is needed", "Edvard")
		adam := n.as(staff.Administrator)
		adam.sends(adam.opens(personAt(whom, "")).form(personAt(whom, "/thaw"))).says(200, "Rita may sign in again")
		rita.opens("/desk/").says(403) // the session is not raised from the dead
		rita.posts(n.link(whom), nil).says(200)
	})
}

func TestLeavingIsAskedTwiceAndLeavesTheNameInTheHistory(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.files(staff.Reporter, text("Council meets"))
		rita, chaya := n.people[staff.Reporter], n.as(staff.Chief)
		p := chaya.sends(chaya.opens(personAt(rita, "")).form(personAt(rita, "/leave"))).says(200, "cannot be undone")
		if now, err := n.staff.ByID(n.ctx(), rita.ID); err != nil || !now.Here() {
			t.Fatalf("she left after one question: %v", err)
		}
		chaya.sends(p.form(personAt(rita, "/leave"))).says(200, "Rita has left.").lacks("rita@pozirk.example")
		chaya.opens(at(st.ID, "")).says(200, "Rita", "Council meets")
		if now := n.story(st.ID); now.State != story.Draft || now.Revision != 1 {
			t.Errorf("her story is %+v", now)
		}
		chaya.opens("/desk/staff").says(200, "Those who have left", "Rita")
	})
}

func TestTheListOfActsHasNamesAndNoNetworkAddresses(t *testing.T) {
	each(t, func(n *newsroom) {
		chaya := n.as(staff.Chief)
		n.as(staff.Reporter).posts("/desk/sign-in/code", url.Values{"email": {"edvard@pozirk.example"}, "code": {"000000"}})
		f := chaya.opens(headed).form(headed)
		chaya.sends(f).says(200)
		chaya.opens("/desk/staff/acts").says(200, "Chaya signed in", "Rita signed in", "Edvard wrong code once", "Chaya changed the masthead").lacks("127.0.0.1", "[::1]")
	})
}

// posted is the newsroom with a carrier of mail and a public address.
func (n *newsroom) posted() *mailtest.Box {
	n.Helper()
	box := mailtest.Open(n.T)
	post, err := mail.New(mail.Settings{Addr: box.Addr, From: "desk@pozirk.example", TLS: "none"})
	n.ok(err)
	n.ok(n.mastheads.Change(n.ctx(), func(m masthead.Masthead) (masthead.Masthead, error) {
		m.PublicURL = "https://pozirk.example"
		return m, nil
	}))
	face := desk.New(desk.Options{Stories: n.stories, Staff: n.staff, Masthead: n.mastheads, Record: record.New(n.db, func() time.Time { return n.now }, n.stories), Pictures: media.New(n.TempDir()), Mail: post,
		Now: func() time.Time { return n.now }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	n.host = httptest.NewServer(face.Handler())
	n.Cleanup(n.host.Close)
	return box
}

var linkInLetter = regexp.MustCompile(`(?m)^https://pozirk\.example(/desk/sign-in/[A-Z0-9]+)$`)

func TestAnInvitationGoesByMailInTheLanguageOfWhoIsInvited(t *testing.T) {
	one(t, func(n *newsroom) {
		box := n.posted()
		n.as(staff.Chief).posts("/desk/staff", url.Values{"name": {"Ніна"}, "email": {"nina@pozirk.example"}, "role": {"editor"}, "lang": {"be"}}).
			says(200, "on its way to Ніна").lacks("/desk/sign-in/")
		l := box.Next(t)
		m := linkInLetter.FindStringSubmatch(l.Text)
		if l.To[0] != "nina@pozirk.example" || m == nil || !strings.Contains(l.Text, "Запрашае Chaya") {
			t.Fatalf("the letter to %s reads %s", l.To, l.Text)
		}
		p := n.stranger().posts(m[1], nil).says(200)
		if attr(p.all("html")[0], "lang") != "be" {
			t.Error("her desk speaks another language")
		}
	})
}

func TestALinkAskedForIsAnsweredAlikeAndSentOnlyToWhoIsKnown(t *testing.T) {
	one(t, func(n *newsroom) {
		box := n.posted()
		c := n.stranger()
		ask := func(email string) string {
			f := c.opens("/desk/sign-in").form("/desk/sign-in/letter")
			f.Set("email", email)
			return c.sends(f).says(200, "If somebody at the desk has this address").source
		}
		stranger := ask("nobody@pozirk.example")
		known := ask("edvard@pozirk.example")
		if known != stranger {
			t.Error("the answers tell who is known")
		}
		l := box.Next(t) // the first letter is not to the stranger
		m := linkInLetter.FindStringSubmatch(l.Text)
		if l.To[0] != "edvard@pozirk.example" || m == nil {
			t.Fatalf("the letter to %s reads %s", l.To, l.Text)
		}
		n.stranger().posts(m[1], nil).says(200)
		if box.Waiting() != 0 {
			t.Error("another letter went out")
		}
	})
}

// The host of a request is what its sender says it is: no letter may lead there.
func TestNoLetterLeadsToAHostThatAStrangerNamed(t *testing.T) {
	one(t, func(n *newsroom) {
		box := n.posted()
		r, err := http.NewRequest(http.MethodPost, n.host.URL+"/desk/sign-in/letter", strings.NewReader("email=edvard%40pozirk.example"))
		n.ok(err)
		r.Host = "evil.example"
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		n.stranger().does(r).says(200)
		if l := box.Next(t); strings.Contains(l.Text, "evil") || !linkInLetter.MatchString(l.Text) {
			t.Errorf("the letter reads %s", l.Text)
		}
	})
}

func TestWithoutMailNobodyIsOfferedALetter(t *testing.T) {
	one(t, func(n *newsroom) {
		n.stranger().opens("/desk/sign-in").says(200, "wireroom link").lacks("/desk/sign-in/letter")
		n.stranger().posts("/desk/sign-in/letter", url.Values{"email": {"edvard@pozirk.example"}}).says(404)
	})
}

func TestTheStreamsOfWhoIsFrozenEnd(t *testing.T) {
	each(t, func(n *newsroom) {
		rita, edvard := n.as(staff.Reporter), n.as(staff.Editor)
		out, stays := rita.hears("", 200), edvard.hears("", 200)
		edvard.posts(personAt(n.people[staff.Reporter], "/freeze"), nil).says(200)
		out.ends()
		st := n.files(staff.Editor, text("Council meets"))
		stays.until("a story", func(h happening) bool { return h.Story == st.ID })
	})
}
