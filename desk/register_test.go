package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wireroom/staff"
	"wireroom/story"
)

func vierasok() url.Values {
	return url.Values{"name_en": {"Alena Vierasok"}, "name_ru": {"Елена Вересок"}, "name_be": {"Алена Вярасок"}, "public": {"yes"}, "aliases": {"Lady of the bridge\n"},
		"role_from": {"2020", ""}, "role_to": {"", ""}, "role_en": {"Mayor", ""}, "role_be": {"мэр", ""}, "role_ru": {"", ""}}
}

// enters adds an entry and gives its address.
func (c *clerk) enters(at string, f url.Values) string {
	c.n.Helper()
	p := c.throws(at, f).says(303)
	to, _, _ := strings.Cut(p.header.Get("Location"), "?")
	return to
}

func TestAnEditorKeepsTheRegister(t *testing.T) {
	each(t, func(n *newsroom) {
		edvard := n.as(staff.Editor)
		edvard.opens("/desk/people").says(200, "Nothing is written here yet.")
		edvard.opens("/desk/people/new?name=Alena+Vierasok&lang=en").shows(`value="Alena Vierasok"`)
		bad := vierasok()
		bad.Set("known_slug", "Mayor!")
		edvard.throws("/desk/people", bad).says(422, "Small Latin letters", "Lady of the bridge").shows("Alena Vierasok")
		her := edvard.enters("/desk/people", vierasok())
		for _, q := range []string{"", "Вересок", "vierasok", "Vieras", "Lady"} {
			edvard.opens("/desk/people?q="+url.QueryEscape(q)).says(200, "Alena Vierasok", "Mayor")
		}
		edvard.opens("/desk/people?q=Kot").says(200, "Nobody and nothing is known").lacks("Vierasok</a>")
		edvard.opens("/desk/places").says(200).lacks("Vierasok")

		edvard.throws("/desk/people", vierasok()).says(409, "known already", "It is somebody else")
		twin := vierasok()
		twin.Set("sure", "yes")
		other := edvard.enters("/desk/people", twin)

		changed := vierasok()
		changed.Set("base", "1")
		changed.Set("aliases", "Vierasova")
		edvard.throws(her, changed).says(303)
		edvard.throws(her, changed).says(409, "Somebody saved this entry since")
		edvard.opens(her).says(200, "+ Vierasova", "− Lady of the bridge", "Changed", "Edvard").shows("/en/people/alena-vierasok")
		id := other[strings.LastIndexByte(other, '/')+1:]
		edvard.throws(her+"/merger", url.Values{"into": {id}}).says(303)
		edvard.opens(her).says(200, "This entry went into:").shows(other)
		edvard.opens(other).says(200, "Took in another", "Vierasova")
		edvard.throws(other+"/removal", url.Values{}).says(303)
		edvard.opens("/desk/people").says(200).lacks("Vierasok</a>")
		edvard.throws(other+"/return", url.Values{}).says(303)
		edvard.opens("/desk/people").says(200, "Vierasok")
	})
}

func TestOnlyEditorsWriteInTheRegisterAndAllReadIt(t *testing.T) {
	one(t, func(n *newsroom) {
		her := n.as(staff.Editor).enters("/desk/people", vierasok())
		for _, role := range staff.Roles() {
			c, want := n.as(role), http.StatusForbidden
			if role == staff.Editor || role == staff.Chief {
				continue
			}
			c.opens("/desk/people").says(200, "Alena Vierasok").lacks(`href="/desk/people/new"`)
			c.opens(her).says(200, "Алена Вярасок").lacks("<form method=\"post\" action=\"" + her)
			for _, noun := range []string{"", "/merger", "/removal", "/return"} {
				if got := c.throws(her+noun, url.Values{"into": {"x"}, "base": {"1"}}); got.status != want && got.status != http.StatusNotFound {
					t.Errorf("%s by a %s answers %d", noun, role, got.status)
				}
			}
			c.throws("/desk/people", vierasok()).says(403)
			c.throws("/desk/places", vierasok()).says(403)
			c.opens("/desk/people/new").says(403)
		}
	})
}

func TestASpeakerIsLinkedToTheRegister(t *testing.T) {
	one(t, func(n *newsroom) {
		st, edvard := n.files(staff.Reporter, quoting()), n.as(staff.Editor)
		post := func(words, speaker string) {
			edvard.throws(at(st.ID, "/quotations"), url.Values{"words": {words}, "verdict": {"confirm"}, "speaker": {speaker}}).says(303)
		}
		post("There is no other way.", "Alena Vierasok")
		edvard.opens(at(st.ID, "")).says(200, "Add to the register").lacks("in the register").shows("/desk/people/new?lang=en&amp;name=Alena")
		her := edvard.enters("/desk/people", vierasok())
		p := edvard.opens(her).says(200, "Quotations that may be theirs", "There is no other way.")
		entry := ""
		for _, in := range p.all("input") {
			if attr(in, "name") == "entry" {
				entry = attr(in, "value")
			}
		}
		edvard.throws(her+"/quotations", url.Values{"entry": {entry}}).says(303)
		edvard.opens(her).says(200).lacks("may be theirs")
		edvard.opens(at(st.ID, "")).says(200, "in the register", "Not this person").shows(her)
		post("The bridge will be closed by winter", "Елена Вересок")
		edvard.opens(her).says(200).lacks("may be theirs")
		edvard.throws(at(st.ID, "/quotations/"+entry+"/stranger"), url.Values{}).says(303)
		edvard.opens(her).says(200, "may be theirs")
		n.as(staff.Reporter).throws(at(st.ID, "/quotations/"+entry+"/stranger"), url.Values{}).says(403)
	})
}

func TestTheDeskSaysWhichNamesAreSpelledOtherwise(t *testing.T) {
	one(t, func(n *newsroom) {
		edvard := n.as(staff.Editor)
		edvard.enters("/desk/people", vierasok())
		c := text("Mayor speaks")
		c.Body.Blocks = []story.Node{story.Para(story.Plain("Elena Veresok spoke 😀. Veresok’s bridge is closed; Vierasok left."))}
		st := n.files(staff.Reporter, c)
		edvard.opens(at(st.ID, "")).says(200, "Names", "Veresok → Vierasok ×2", "The house spells it otherwise", "Mayor")
		got := edvard.tells("/desk/names", `{"lang":"en","paragraphs":["😀 Elena Veresok spoke.","Vierasok"]}`)
		got.says(200).shows(`{"p":0,"from":3,"to":8,"reason":"other","propose":"Alena"`, `{"p":0,"from":9,"to":16,"reason":"other","propose":"Vierasok"`, `{"p":1,"from":0,"to":8,"words":"Alena Vierasok, Mayor"}`)
		edvard.tells("/desk/names", `{`).says(400)
	})
}

// tells sends a text as a script does.
func (c *clerk) tells(path, text string) page {
	c.n.Helper()
	r, err := http.NewRequest(http.MethodPost, c.n.host.URL+path, strings.NewReader(text))
	c.n.ok(err)
	r.Header.Set("Content-Type", "application/json")
	return c.does(r)
}

// shows wants these in the page's source.
func (p page) shows(want ...string) page {
	p.n.Helper()
	for _, w := range want {
		if !strings.Contains(p.source, w) {
			p.n.Errorf("%s has no %s:\n%s", p.at, w, p.source)
		}
	}
	return p
}
