package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// behind files a story, its Russian translation and an update of the first.
func (n *newsroom) behind() (original, translation story.Story) {
	n.Helper()
	chief := n.people[staff.Chief]
	original = n.in(story.Sent, text("Council meets"))
	n.later()
	translation, err := n.stories.Translate(n.ctx(), n.people[staff.Translator], original.ID, "ru")
	n.ok(err)
	newer := text("Council met")
	newer.Body.Blocks = append(newer.Body.Blocks, story.Para(story.Plain("A fourth paragraph.")))
	n.later()
	original, err = n.stories.Revise(n.ctx(), chief, original.ID, original.Revision, newer)
	n.ok(err)
	original, err = n.stories.Update(n.ctx(), chief, original.ID, original.Revision, "")
	n.ok(err)
	return original, n.story(translation.ID)
}

func TestATranslationThatFellBehindSaysSoUntilSomebodyHasComparedIt(t *testing.T) {
	each(t, func(n *newsroom) {
		original, st := n.behind()
		tina := n.as(staff.Translator)
		p := tina.opens(at(st.ID, "")).says(200, "The original went on: this agrees with its revision 1, and there is revision 2 now.")
		tina.opens(p.link("What changed in the original")).says(200, "A fourth paragraph.", "only in revision 1")
		tina.opens(at(st.ID, "/edit")).says(200, "The original in English", "Council met", "A fourth paragraph.")
		tina.sends(p.form(at(st.ID, "/agreement"))).says(200, "Noted: it agrees with the original.", "It agrees with revision 2 of the original.").lacks("went on")
		if n.story(st.ID).Behind() {
			n.Error("it is behind still")
		}
		n.as(staff.Editor).opens(at(original.ID, "")).says(200).lacks("the original")
	})
}

func TestAReporterCannotSayThatATranslationAgrees(t *testing.T) {
	each(t, func(n *newsroom) {
		_, st := n.behind()
		n.as(staff.Reporter).posts(at(st.ID, "/agreement"), url.Values{"revision": {"2"}}).says(403)
		n.as(staff.Editor).posts(at(st.ID, "/agreement"), url.Values{"revision": {"9"}}).says(400)
		if !n.story(st.ID).Behind() {
			n.Error("it agrees all the same")
		}
	})
}

func TestWhatAgreesIsSentWhereWhatIsBehindIsForbidden(t *testing.T) {
	each(t, func(n *newsroom) {
		n.asks(masthead.Rules{ForbidStale: true})
		_, st := n.behind()
		editor := n.as(staff.Editor)
		editor.posts(at(st.ID, "/release"), url.Values{"base": {itoa(st.Revision)}}).says(422)
		editor.posts(at(st.ID, "/agreement"), url.Values{"revision": {"2"}}).says(200)
		editor.posts(at(st.ID, "/release"), url.Values{"base": {itoa(st.Revision)}}).says(200)
	})
}

func TestAStoryIsReadInItsLanguagesSideBySide(t *testing.T) {
	each(t, func(n *newsroom) {
		original, st := n.behind()
		p := n.as(staff.Reporter)
		p.opens(p.opens(at(st.ID, "")).link("Side by side")).says(200, "English", "Russian", "behind", "The third paragraph.", "A fourth paragraph.")
		rows := p.opens(at(original.ID, "/languages")).all("tbody")
		if got := len(all(rows[0], "tr")); got != 4 {
			n.Errorf("there are %d paragraphs abreast, not 4", got)
		}
	})
}

func TestTheParagraphsOfTheOriginalAreNumberedBesideTheForm(t *testing.T) {
	each(t, func(n *newsroom) {
		_, st := n.behind()
		tina := n.as(staff.Translator)
		for lang, want := range map[string]string{"en": "The original in English", "ru": "Оригинал: Английский", "be": "Арыгінал: Англійская"} {
			tina.posts("/desk/language", url.Values{"lang": {lang}})
			p := tina.opens(at(st.ID, "/edit")).says(200, want, "Council meets")
			box := p.all("section", "of-original")[0]
			for i, want := range []string{"The first paragraph.", "The second paragraph.", "The third paragraph.", "A fourth paragraph."} {
				part := all(box, "li")[i]
				if attr(part, "data-number") != itoa(int64(i+1)) || !strings.Contains(words(part), want) {
					n.Errorf("part %d in %s is %s", i+1, lang, words(part))
				}
			}
		}
		n.as(staff.Editor).opens(at(n.in(story.Draft, text("Alone")).ID, "/edit")).lacks("The original in")
	})
}
