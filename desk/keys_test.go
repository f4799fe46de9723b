package desk_test

import (
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"wireroom/staff"
	"wireroom/story"
)

// pressed are the letters of a page, with what each presses.
func (p page) pressed() map[string]string {
	p.n.Helper()
	keys := map[string]string{}
	for d := range p.doc.Descendants() {
		letter := attr(d, "data-key")
		if letter == "" {
			continue
		}
		where := attr(d, "href") + attr(d, "name") + attr(d.Parent, "action")
		if before, twice := keys[letter]; twice && before != where {
			p.n.Errorf("%s: the key %s presses %s and %s", p.at, letter, before, where)
		}
		keys[letter] = where
		if got := attr(d, "title"); !strings.Contains(got, strings.ToUpper(letter)) {
			p.n.Errorf("%s: the hint of the key %s is %q", p.at, letter, got)
		}
	}
	return keys
}

func TestEveryActOfAStoryHasAKeyOfItsOwn(t *testing.T) {
	one(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		for _, state := range story.States() {
			p := chief.opens(at(n.in(state, text("Council meets")).ID, ""))
			p.pressed()
			for _, bar := range p.all("div", "acts") {
				for _, name := range []string{"a", "button"} {
					for _, act := range all(bar, name) {
						if attr(act, "data-key") == "" && attr(act, "class") != "out" {
							t.Errorf("what is %s can be brought to %q by no key", state, words(act))
						}
					}
				}
			}
		}
		list := chief.opens("/desk/").pressed()
		for letter, where := range map[string]string{"n": "/desk/new", "l": "/desk/"} {
			if list[letter] != where {
				t.Errorf("in the list %s presses %q", letter, list[letter])
			}
		}
	})
}

func TestTheKeysAreToldOnAPageAndCanBeSwitchedOff(t *testing.T) {
	one(t, func(n *newsroom) {
		st, c := n.files(staff.Reporter, text("Council meets")), n.as(staff.Editor)
		p := c.opens(c.opens("/desk/").link("Keys")).says(200, "E Edit", "S Send", "J Next story")
		if len(p.all("kbd")) < 20 {
			t.Errorf("the page tells %d keys", len(p.all("kbd")))
		}
		scripts := func(p page) (all []string) {
			for _, s := range p.all("script") {
				all = append(all, attr(s, "src"))
			}
			return all
		}
		keyed := func(p page) bool {
			return slices.ContainsFunc(scripts(p), func(s string) bool { return strings.Contains(s, "/keys.") })
		}
		if !keyed(c.opens(at(st.ID, ""))) {
			t.Error("the keys are not there at first")
		}
		c.posts("/desk/keys", url.Values{"keys": {"off"}}).says(200, "switched off")
		for _, path := range []string{"/desk/", at(st.ID, "")} {
			p := c.opens(path)
			if p.lacks("data-key="); keyed(p) {
				t.Errorf("switched off, %s has the keys", path)
			}
		}
		c.posts("/desk/keys", url.Values{"keys": {"on"}}).lacks("switched off")
		if len(c.opens(at(st.ID, "")).pressed()) < 5 {
			t.Error("switched on again, they are not there")
		}
	})
}

// The script of the writing page has its own table: what the desk tells of it
// must be what it does.
func TestTheKeysToldOfWritingAreThoseOfItsScript(t *testing.T) {
	script, err := os.ReadFile("editor/keys.js")
	if err != nil {
		t.Fatal(err)
	}
	one(t, func(n *newsroom) {
		p := n.as(staff.Reporter).opens("/desk/keys").says(200, "While writing", "Ctrl+Enter Save", "Alt+F2 Picture")
		told := 0
		for _, key := range p.texts("kbd") {
			if !strings.Contains(key, "+") && !strings.HasPrefix(key, "F") || key == "F" {
				continue
			}
			told++
			bound := strings.Replace(strings.ReplaceAll(key, "+", "-"), "Ctrl-", "Mod-", 1)
			if last := bound[strings.LastIndex(bound, "-")+1:]; len(last) == 1 {
				bound = strings.TrimSuffix(bound, last) + strings.ToLower(last)
			}
			if !strings.Contains(string(script), `: "`+bound+`"`) {
				t.Errorf("the script binds nothing to %s", key)
			}
		}
		if told < 10 {
			t.Errorf("%d keys of writing are told", told)
		}
	})
}
