package desk_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/db"
	"wireroom/staff"
	"wireroom/wire"
)

const bringURL = "/desk/endpoints"

// buyer enters a client.
func (n *newsroom) buyer(name string) clients.Client {
	n.Helper()
	m, err := n.clients.Manager(n.staff, n.people[staff.Chief])
	n.ok(err)
	c, err := m.Save(n.ctx(), clients.Client{Name: name, Starts: n.now, Lang: "en"})
	n.ok(err)
	return c
}

// gaveUp has a record be given up for an endpoint, and another not be taken.
func (n *newsroom) gaveUp(e push.Endpoint) {
	n.Helper()
	n.ok(n.db.Do(n.ctx(), func(tx *db.Tx) error {
		for range 2 {
			if _, err := wire.Append(n.ctx(), tx, time.Now(), wire.Entry{Story: "a", Signal: "new", Lang: "en"}); err != nil {
				return err
			}
		}
		_, err := tx.Exec(n.ctx(), `INSERT INTO push_dead (endpoint, wire, at, error, again) VALUES (?1, 1, ?2, '500', 0)`, e.ID, n.now)
		if err == nil {
			_, err = tx.Exec(n.ctx(), `INSERT INTO push_lane (endpoint, express, wire, tries, since, next, error) VALUES (?1, 0, 2, 7, ?2, ?2, '503')`, e.ID, n.now)
		}
		return err
	}))
}

func TestAChiefSaysWhereTheWireIsBrought(t *testing.T) {
	each(t, func(n *newsroom) {
		chaya := n.as(staff.Chief)
		chaya.opens(bringURL).says(200, "First enter a client")
		c := n.buyer("Radio Example")
		f := chaya.opens(bringURL).says(200, "There are no addresses yet").form(bringURL)
		chaya.sends(f.fills("address", "http://example.org/hook")).says(422, "A webhook is reached by https")
		p := chaya.sends(f.fills("address", "https://example.org/hook")).says(200, "whsec_", "Copy it now")
		all, err := n.endpoints.Of(n.ctx(), string(c.ID))
		n.ok(err)
		e := all[0]
		at := bringURL + "/" + e.Client + "/" + string(e.ID)
		chaya.opens(at).says(200, "Nothing was given up").lacks("whsec_")
		n.gaveUp(e)
		p = chaya.opens(at).says(200, "7 tries since", "503", "500")
		chaya.sends(p.form(at+"/trial")).says(200, "The test was not taken: it answers 503")
		p = chaya.sends(p.form(at+"/setting-aside")).says(200, "Bring all again").lacks("7 tries")
		p = chaya.sends(p.form(at+"/replay")).says(200, "on its way")
		p = chaya.sends(p.form(at+"/secret")).says(200, "whsec_")
		p = chaya.sends(p.form(at+"/place").fills("number", "0")).says(200, "Waiting: 2")
		chaya.sends(p.form(at+"/pause")).says(200, "paused", "Set going")
		chaya.opens(bringURL).says(200, "Radio Example", "https://example.org/hook", "paused")
		chaya.opens("/desk/staff/acts").says(200, "changed an address of the client example.org")
		for _, role := range []staff.Role{staff.Reporter, staff.Editor, staff.Translator} {
			n.as(role).opens("/desk/").lacks(bringURL)
			n.as(role).opens(at).says(403)
			n.as(role).posts(at+"/removal", url.Values{}).says(403)
		}
		other := n.buyer("Another")
		chaya.opens(strings.Replace(at, e.Client, string(other.ID), 1)).says(404)
		chaya.posts(at+"/removal", url.Values{}).says(200, "There are no addresses yet")
		chaya.opens(at).says(404)
	})
}

func TestTheDeliveriesPagesSpeakEachLanguage(t *testing.T) {
	one(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		c := n.buyer("Радыё")
		for _, way := range []push.Endpoint{{Way: push.Webhook, Address: "https://example.org"}, {Way: push.SFTP, Address: "sftp://data@example.org/data"}} {
			way.Client = string(c.ID)
			e, err := n.endpoints.Add(n.ctx(), way)
			n.ok(err)
			if e.Way == push.Webhook {
				n.gaveUp(e)
			}
		}
		all, err := n.endpoints.Of(n.ctx(), string(c.ID))
		n.ok(err)
		at := bringURL + "/" + string(c.ID) + "/" + string(all[0].ID)
		for _, lang := range []string{"be", "ru"} {
			chief.posts("/desk/language", url.Values{"lang": {lang}})
			chief.opens(at + "?done=yes").says(200).speaks(lang)
			chief.posts(bringURL, url.Values{"client": {string(c.ID)}, "way": {"pigeon"}}).says(422)
		}
	})
}
