package desk_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"wireroom/copybook"
	"wireroom/staff"
	"wireroom/story"
	speech "wireroom/web/words"
)

const shelved = "/desk/copybook"

// copies has the editor write a text of the copybook past the desk.
func (n *newsroom) copies(kind copybook.Kind, lang story.Lang, name, words string) copybook.Entry {
	n.Helper()
	e, err := n.copybook.Add(n.ctx(), n.people[staff.Editor], copybook.Text{Kind: kind, Lang: lang, Name: name,
		Body: story.Body{Blocks: []story.Node{story.Para(story.Plain(words))}}})
	n.ok(err)
	return e
}

func TestAnEditorWritesATextThatEverybodyFinds(t *testing.T) {
	each(t, func(n *newsroom) {
		editor := n.as(staff.Editor)
		f := editor.opens(shelved+"/new").form(shelved).fills("entry_name", "Interview", "entry_kind", "template", "lang", "be",
			"headline", "NN: цытата", "body", "Уступ.\n\n**Пытанне?**")
		editor.sends(f).says(200, "Saved.", "Interview")
		reporter := n.as(staff.Reporter)
		page := reporter.opens(shelved).says(200, "Interview", "NN: цытата")
		page.lacks("New text")
		for _, href := range page.links("Interview") {
			reporter.opens(href).says(200, "Уступ.").lacks("Take out of use")
		}
		for _, href := range page.links("Begin a story by it") {
			f := reporter.opens(href).says(200).form("/desk/stories")
			if f.Get("headline") != "NN: цытата" || f.Get("body") != "Уступ.\n\n**Пытанне?**" || f.Get("lang") != "be" {
				n.Errorf("the story begins as %v", f.Values)
			}
		}
	})
}

// links are the addresses behind the words.
func (p page) links(words string) (hrefs []string) {
	p.n.Helper()
	for _, a := range p.all("a") {
		if strings.TrimSpace(text1(a)) == words {
			hrefs = append(hrefs, attr(a, "href"))
		}
	}
	if len(hrefs) == 0 {
		p.n.Errorf("nothing at %s is called %q", p.at, words)
	}
	return hrefs
}

func text1(n *node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.FirstChild == nil {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func TestTheEditorsPageGetsTheTextsOfALanguageAsJSON(t *testing.T) {
	one(t, func(n *newsroom) {
		e := n.copies(copybook.Background, "en", "Election", "It was held.")
		n.copies(copybook.Background, "be", "Выбары", "Яны былі.")
		c := n.as(staff.Reporter)
		c.headers = []string{"Accept", "application/json"}
		p := c.opens(shelved + "?lang=en")
		var got []struct {
			ID, Kind, Name, Topic, Headline string
			Doc                             story.Body
		}
		n.ok(json.Unmarshal([]byte(p.source), &got))
		if len(got) != 1 || got[0].ID != string(e.ID) || got[0].Kind != "background" || got[0].Name != "Election" || story.Body.Check(got[0].Doc) != nil {
			n.Errorf("it answers %s", p.source)
		}
		if kind := p.header.Get("Content-Type"); !strings.HasPrefix(kind, "application/json") {
			n.Errorf("it answers in %s", kind)
		}
	})
}

func TestWhatIsTypedInTheCopybookIsNeverLost(t *testing.T) {
	one(t, func(n *newsroom) {
		editor, e := n.as(staff.Editor), n.copies(copybook.Background, "en", "Election", "It was held.")
		here := shelved + "/" + string(e.ID)
		opened := editor.opens(here).form(here)
		_, err := n.copybook.Save(n.ctx(), n.people[staff.Chief], e.ID, e.Version, copybook.Text{Kind: e.Kind, Lang: e.Lang, Name: "Vote",
			Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("Theirs."))}}})
		n.ok(err)
		p := editor.sends(opened.fills("body", "Mine.")).says(409, "Nothing of yours is lost", "Theirs.", "Mine.")
		editor.sends(p.form(here)).says(200, "Saved.", "Mine.")

		n.copies(copybook.Background, "en", "Border", "It is closed.")
		p = editor.sends(editor.opens(here).form(here).fills("entry_name", "border", "body", "Anew.")).says(409, "Anew.", "of this name already")
		if p.form(here).Get("body") != "Anew." {
			n.Error("what was typed is lost")
		}
		editor.sends(editor.opens(here).form(here).fills("entry_name", "")).says(422, "needs one")
		editor.sends(editor.opens(here).form(here).fills("body", " ")).says(422, "at least one paragraph")
	})
}

func TestATextTakenOutOfUseComesBack(t *testing.T) {
	one(t, func(n *newsroom) {
		editor, e := n.as(staff.Editor), n.copies(copybook.Background, "en", "Election", "It was held.")
		here := shelved + "/" + string(e.ID)
		editor.sends(editor.opens(here).form(here+"/removal")).says(200, "Taken out of use.", "Election")
		n.as(staff.Reporter).opens(shelved).lacks("Election")
		editor.sends(editor.opens(shelved).form(here+"/return")).says(200, "Saved.")
		n.as(staff.Reporter).opens(shelved).says(200, "Election")
	})
}

func TestOnlyEditorsAndChiefsWriteInTheCopybook(t *testing.T) {
	one(t, func(n *newsroom) {
		e := n.copies(copybook.Background, "en", "Election", "It was held.")
		here := shelved + "/" + string(e.ID)
		for _, role := range staff.Roles() {
			c, may := n.as(role), slices.Contains([]staff.Role{staff.Editor, staff.Chief}, role)
			want := 403
			if may {
				want = 303
			}
			typed := url.Values{"base": {itoa(e.Version)}, "entry_name": {"Election"}, "entry_kind": {"background"}, "lang": {"en"}, "body": {"By a " + string(role)}}
			for _, path := range []string{here, here + "/removal", here + "/return"} {
				if p := c.throws(path, typed); p.status != want {
					n.Errorf("a %s posts to %s: %d, not %d", role, path, p.status, want)
				}
			}
			typed.Set("entry_name", "Of a "+string(role))
			if p := c.throws(shelved, typed); p.status != want {
				n.Errorf("a %s adds a text: %d, not %d", role, p.status, want)
			}
			if p := c.opens(shelved + "/new"); (p.status == 200) != may {
				n.Errorf("a %s opens the form: %d", role, p.status)
			}
			now, err := n.copybook.Get(n.ctx(), e.ID)
			n.ok(err)
			if (now.Version != e.Version) != may {
				n.Errorf("a %s changes the text: %+v", role, now)
			}
			e = now
		}
	})
}

func TestTheCopybookSpeaksEachLanguage(t *testing.T) {
	one(t, func(n *newsroom) {
		e := n.copies(copybook.Background, "be", "Выбары", "Яны былі.")
		gone := n.copies(copybook.Template, "be", "Размова", "Пытанне.")
		n.copies(copybook.Template, "be", "Дайджэст", "Пра што.")
		_, err := n.copybook.Remove(n.ctx(), n.people[staff.Editor], gone.ID)
		n.ok(err)
		for _, lang := range speech.Langs {
			for _, role := range staff.Roles() {
				c := n.as(role)
				c.posts("/desk/language", url.Values{"lang": {lang}})
				for _, path := range []string{"", "?done=removal", "/new", "/" + string(e.ID), "/" + string(gone.ID) + "?done=saved", "/nowhere"} {
					c.opens(shelved + path).speaks(lang)
				}
			}
			c := n.as(staff.Editor)
			c.posts("/desk/language", url.Values{"lang": {lang}})
			for _, wrong := range []string{"entry_name", "entry_topic", "headline", "body"} {
				c.sends(c.opens(shelved+"/new").form(shelved).fills("entry_name", "Мова", "body", "Так.").fills(wrong, "\x01")).says(422).speaks(lang)
			}
			here := shelved + "/" + string(e.ID)
			c.sends(c.opens(here).form(here).fills("base", "0")).says(409).speaks(lang)
			n.outside(lang).posts(here, url.Values{"entry_name": {"Мова"}, "entry_topic": {"Так"}, "entry_kind": {"99"}}).speaks(lang)
		}
	})
}
