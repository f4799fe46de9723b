package desk_test

import (
	"net/url"
	"testing"

	"wireroom/sources"
	"wireroom/staff"
)

const traysURL = "/desk/sources"

func TestAChiefKeepsTheSources(t *testing.T) {
	each(t, func(n *newsroom) {
		chaya := n.as(staff.Chief)
		f := chaya.opens(traysURL).says(200, "There are no sources yet").form(traysURL)
		f = f.fills("name", "BBC", "address", "ftp://example.org", "keep", "Minsk\nbelarus")
		chaya.sends(f).says(422, "is not spoken here", "belarus")
		f = f.fills("address", "https://example.org/rss.xml", "section", "economy", "minutes", "1")
		chaya.sends(f).says(422, "looked at every 5 to 10080")
		p := chaya.sends(f.fills("minutes", "30")).says(200, "Saved.", "BBC", "not looked at yet")
		all, err := n.sources.All(n.ctx())
		n.ok(err)
		if len(all) != 1 || all[0].Section != "economy" || len(all[0].Keep) != 2 || all[0].Minutes != 30 || all[0].Kind != sources.Feed {
			n.Fatalf("kept are %+v", all)
		}
		at := traysURL + "/" + string(all[0].ID)
		p = chaya.sends(p.form(at).fills("name", "BBC News")).says(200, "BBC News")
		chaya.sends(p.form(at+"/stop")).says(200, "stopped", "Look again")
		chaya.opens(traysURL).says(200, "stopped", "https://example.org/rss.xml")
		chaya.opens("/desk/staff/acts").says(200, "saved the source BBC News")
		for _, role := range []staff.Role{staff.Reporter, staff.Editor, staff.Translator} {
			n.as(role).opens("/desk/").lacks(traysURL)
			n.as(role).opens(at).says(403)
			n.as(role).posts(at+"/removal", url.Values{}).says(403)
		}
		chaya.posts(at+"/removal", url.Values{}).says(200, "There are no sources yet")
		chaya.opens(at).says(404)
	})
}

func TestTheSourcesPagesSpeakEachLanguage(t *testing.T) {
	one(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		typed := url.Values{"kind": {"folder"}, "name": {"Агенцтва"}, "address": {"data"}, "lang": {"be"}, "minutes": {"5"}}
		chief.posts(traysURL, typed).says(200)
		all, err := n.sources.All(n.ctx())
		n.ok(err)
		at := traysURL + "/" + string(all[0].ID)
		for _, lang := range []string{"be", "ru", "en"} {
			chief.posts("/desk/language", url.Values{"lang": {lang}})
			for _, path := range []string{traysURL, at, at + "?done=yes"} {
				if p := chief.opens(path).says(200); lang != "en" {
					p.speaks(lang)
				}
			}
			for field, wrong := range map[string]string{"name": "", "address": "Х", "minutes": "х", "section": "х", "desk": "х", "lang": "fr"} {
				form := url.Values{}
				for k, v := range typed {
					form[k] = v
				}
				form.Set(field, wrong)
				p := chief.posts(at, form).says(422)
				if lang != "en" {
					p.speaks(lang)
				}
			}
		}
	})
}
