package main

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"wireroom/staff"
)

// A story on its whole way, by the screens alone.
func TestAStoryGoesFromAPasskeyToItsKill(t *testing.T) {
	t.Parallel()
	a := founds(t)
	reader := a.window()
	chief := a.takesOn("Hanna", staff.Chief)
	chief.asksForASecondPairOfEyes()
	reporter := a.takesOn("Emma", staff.Reporter)
	reporter.comesBackByPasskey()
	editor, translator := a.takesOn("Mikhas", staff.Editor), a.takesOn("Ryta", staff.Translator)

	path := reporter.writesWhileTheNetworkGoesAndComesBack()
	reporter.savesAndSubmits(path)
	belarusian := translator.translatesBesideTheOriginal(path)
	editor.sendsBack(path, "Who was there?")
	reporter.mendsWhatTheNoteAsksFor(path, "Who was there?")
	translator.bringsTheTranslationUpTo(belarusian)
	editor.approves(path)
	page := editor.plansForTomorrow(path)
	if status := a.answers(page); status != 404 {
		t.Errorf("what is planned for tomorrow answers a reader with %d", status)
	}
	editor.movesThePlanAndTheProgramSends(path)
	reader.readsWhatIsOpenAndNotWhatIsLocked(page)

	other := editor.cannotSendAloneWhatOnlyTheySaw()
	chief.approves(other)
	notice := editor.sendsNow(other)
	reader.visits(notice)
	reader.sees("Bridge closes for a week", "It opens again on Monday.")
	editor.mendsTheText(other)
	chief.corrects(other)
	reader.findsTheCorrection(notice)
	editor.killsItAskedTwice(other, func() {
		if status := a.answers(notice); status != 200 {
			t.Errorf("asked once, the story answers a reader with %d already", status)
		}
	})
	if status := a.answers(notice); status != 410 {
		t.Errorf("what is killed answers with %d", status)
	}
	reader.findsTheNoticeAlone(notice)
}

func (c colleague) asksForASecondPairOfEyes() {
	c.t.Helper()
	c.visits("/desk/masthead/workflow")
	c.does(chromedp.Click(chromedp.CSS(`input[name$="second_eyes"]`)))
	c.presses("form.masthead button.strong", ".flash")
}

// comesBackByPasskey makes a passkey, signs out and is in again without a word.
func (c colleague) comesBackByPasskey() {
	c.t.Helper()
	if _, err := chromedp.Call(c.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		c.t.Fatal(err)
	}
	c.wallet()
	c.addsPasskey(c.s.url, "Phone")
	c.presses(`form[action="/desk/sign-out"] button`, ".signing")
	c.presses(`.signing form[data-passkey] button`, ".stages")
	c.visits("/desk/account")
	c.sees(c.name, "by passkey")
}

// begins a text with a headline.
func (c colleague) begins(headline, text string) (path string) {
	c.t.Helper()
	c.opens("/desk/new")
	c.fills("headline", headline, "slug", "council", "section", "politics")
	c.types(text)
	c.hasAtTheDesk(text)
	c.until(`location.pathname.endsWith("/edit")`)
	return strings.TrimSuffix(ask[string](c.writer, `location.pathname`), "/edit")
}

func (c colleague) writesWhileTheNetworkGoesAndComesBack() (path string) {
	c.t.Helper()
	path = c.begins("Council votes for a tram", "The council voted for a tram.")
	c.enter()
	c.fills("plan", "pozirk-plus")
	c.offline(true)
	c.types("The vote took three hours.")
	c.says("No network: kept in this browser.")
	c.offline(false)
	c.hasAtTheDesk("The vote took three hours.")
	c.opens(path + "/edit")
	if got := c.text(); got != "The council voted for a tram.\n\nThe vote took three hours." {
		c.t.Errorf("at the desk stands %q", got)
	}
	if ask[bool](c.writer, `!!document.querySelector("[data-recover]")`) {
		c.t.Error("the browser has words that the desk has not")
	}
	if plan := ask[string](c.writer, `document.querySelector("#f-plan").value`); plan != "pozirk-plus" {
		c.t.Errorf("the plan at the desk is %q", plan)
	}
	return path
}

// saves a revision and leaves the form.
func (c colleague) saves(path string) {
	c.t.Helper()
	c.does(chromedp.Click(chromedp.CSS(`.bar button[value=save]`)))
	c.says("Saved as revision")
	c.visits(path)
}

func (c colleague) savesAndSubmits(path string) {
	c.t.Helper()
	c.saves(path)
	c.acts("submission", "Submitted to the editors.")
}

func (c colleague) translatesBesideTheOriginal(path string) (translation string) {
	c.t.Helper()
	c.visits(path)
	c.fills("lang", "be")
	c.acts("translation", "The text stands here")
	translation = ask[string](c.writer, `location.pathname`)
	c.opens(translation + "/edit")
	c.sees("The original in English", "The vote took three hours.")
	c.fills("headline", "Рада прагаласавала за трамвай")
	c.writesAnew("Рада прагаласавала за трамвай.")
	c.saves(translation)
	c.sees("Рада прагаласавала за трамвай.", "It agrees with revision")
	return translation
}

// writesAnew types over the whole text.
func (c colleague) writesAnew(text string) {
	c.t.Helper()
	ask[bool](c.writer, `(() => { const e = document.querySelector("#f-body"); e.focus(); getSelection().selectAllChildren(e); return true })()`)
	c.does(chromedp.KeyEvent(text))
}

func (c colleague) sendsBack(path, note string) {
	c.t.Helper()
	c.visits(path + "/return")
	c.fills("note", note)
	c.acts("return", "Sent back to the writer.")
}

func (c colleague) mendsWhatTheNoteAsksFor(path, note string) {
	c.t.Helper()
	c.opens(path + "/edit")
	c.sees("sent it back", note)
	c.types(" All thirty members were there.")
	c.savesAndSubmits(path)
}

// bringsTheTranslationUpTo the original as it is now.
func (c colleague) bringsTheTranslationUpTo(translation string) {
	c.t.Helper()
	c.opens(translation + "/edit")
	c.sees("The original went on", "All thirty members were there.")
	c.types(" Усе трыццаць былі там.")
	c.saves(translation)
	c.acts("agreement", "it agrees with the original")
	c.seesNothingOf("The original went on")
}

func (c colleague) approves(path string) {
	c.t.Helper()
	c.visits(path)
	c.acts("ready", "Ready to be sent.")
}

// plansForTomorrow gives the address that readers will find it at.
func (c colleague) plansForTomorrow(path string) (page string) {
	c.t.Helper()
	c.visits(path + "/schedule")
	c.sees("goes out by itself", "POZIRK+")
	c.fills("send_at", time.Now().UTC().Add(24*time.Hour).Format("2006-01-02T15:04"))
	c.acts("schedule", "Planned.")
	number := ask[string](c.writer, `document.querySelector(".where").innerText.match(/№ (\d+)/)[1]`)
	c.visits("/desk/planned")
	c.sees("Council votes for a tram", c.name)
	return "/en/news/" + number
}

// movesThePlanAndTheProgramSends sets the clock of the plan two seconds ahead, and
// hears on the open page that the story is out.
func (c colleague) movesThePlanAndTheProgramSends(path string) {
	c.t.Helper()
	c.visits(path)
	c.presses(`a[href$="/schedule"]`, `form[action$="/schedule"]`)
	ask[bool](c.writer, `(() => {
		const at = document.querySelector("[name=send_at]")
		at.value = new Date(Date.now() + 2500).toISOString().slice(0, 19)
		at.form.requestSubmit()
		return true
	})()`)
	c.finds(".flash")
	c.told("Planned.")
	c.until(`document.querySelector(".others").dataset.state === "sent" || !document.querySelector("[data-changed]").hidden`)
	c.visits(path)
	c.sees("sent")
	if log := ask[string](c.writer, `document.querySelector("details .past").textContent`); !strings.Contains(log, "sent as planned") {
		c.t.Errorf("the log says %q", log)
	}
}

func (w writer) readsWhatIsOpenAndNotWhatIsLocked(page string) {
	w.t.Helper()
	w.visits(page)
	w.sees("Council votes for a tram", "The council voted for a tram.", "available only to POZIRK+")
	w.seesNothingOf("three hours", "thirty members")
	w.visits("/en/latest")
	w.sees("Council votes for a tram")
}

func (c colleague) cannotSendAloneWhatOnlyTheySaw() (path string) {
	c.t.Helper()
	path = c.begins("Bridge closes for a week", "The bridge closes today.")
	c.saves(path)
	c.visits(path + "/release")
	c.sees("nobody but you has seen this text")
	if ask[bool](c.writer, `!!document.querySelector("form[action$='/release'] button")`) {
		c.t.Error("it can be sent all the same")
	}
	c.opens(path + "/edit")
	c.types(" It opens again on Monday.")
	c.saves(path)
	return path
}

// sendsNow gives the address on the site.
func (c colleague) sendsNow(path string) (page string) {
	c.t.Helper()
	c.visits(path + "/release")
	c.sees("Everybody, in full.", "the sitemap for news")
	c.acts("release", "Sent.")
	return ask[string](c.writer, `new URL(document.querySelector("a.out").href).pathname`)
}

func (c colleague) mendsTheText(path string) {
	c.t.Helper()
	c.opens(path + "/edit")
	c.writesAnew("The bridge closes tomorrow. It opens again on Monday.")
	c.saves(path)
	c.sees("nobody but you has seen this text")
}

func (c colleague) corrects(path string) {
	c.t.Helper()
	c.visits(path)
	c.presses(`a[href$="/correction"]`, `form[action$="/correction"]`)
	c.fills("note", "The bridge closes on Tuesday, not on Monday.", "short", "Bridge: the day is corrected", "desk_note", "Ask the ministry twice.")
	c.acts("correction", "The correction is out.")
	c.sees("Ask the ministry twice.", "Bridge: the day is corrected")
}

func (w writer) findsTheCorrection(page string) {
	w.t.Helper()
	for _, path := range []string{page, "/en/corrections"} {
		w.visits(path)
		w.sees("The bridge closes on Tuesday, not on Monday.")
		w.seesNothingOf("Ask the ministry twice.", "closes today")
	}
	w.visits(page)
	w.sees("The bridge closes tomorrow.")
}

// killsItAskedTwice looks between the first question and the second.
func (c colleague) killsItAskedTwice(path string, between func()) {
	c.t.Helper()
	c.visits(path)
	c.presses(`a[href$="/kill"]`, `form[action$="/kill"]`)
	c.fills("note", "The ministry denies that the bridge closes.", "short", "Bridge story withdrawn", "desk_note", "The call was forged.")
	c.presses(`form[action$="/kill"] button`, `form[action$="/kill"] .warn`)
	c.sees("Once more", "for ever")
	between()
	c.acts("kill", "Killed.")
}

func (w writer) findsTheNoticeAlone(page string) {
	w.t.Helper()
	w.visits(page)
	w.sees("The ministry denies that the bridge closes.")
	w.seesNothingOf("opens again", "The call was forged.")
	for _, list := range []string{"/en/", "/en/latest", "/en/politics/"} {
		w.visits(list)
		w.seesNothingOf("Bridge closes for a week")
	}
}
