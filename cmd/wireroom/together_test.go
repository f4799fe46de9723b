package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"wireroom/staff"
)

// Two people at one story, each at a browser of their own.
func TestTwoPeopleAtOneStoryKeepBothTexts(t *testing.T) {
	t.Parallel()
	a := founds(t)
	emma, mikhas := a.takesOn("Emma", staff.Reporter), a.takesOn("Mikhas", staff.Editor)
	path := emma.begins("Council votes for a tram", "First by Emma.")
	emma.saves(path)
	emma.acts("submission", "Submitted to the editors.")

	emma.opens(path + "/edit")
	emma.types(" More by Emma.")
	emma.hasAtTheDesk(" More by Emma.")
	mikhas.readsWhoWritesAndSinceWhen(path, "Emma")
	emma.until(`document.querySelector("[data-here]").textContent.includes("Mikhas")`)

	mikhas.takesOver()
	if got := mikhas.text(); got != "First by Emma. More by Emma." {
		t.Errorf("who takes over finds %q", got)
	}
	emma.isToldWhoTookOver("Mikhas")
	emma.types(" Late by Emma.")
	emma.hasAtTheDesk(" Late by Emma.")
	mikhas.types(" Then by Mikhas.")
	mikhas.saves(path)
	mikhas.sees("First by Emma. More by Emma. Then by Mikhas.", "Emma typed words for this story")
	emma.cannotSaveOver("Mikhas")

	emma.findsTheirWordsAndTheOthers(path)
}

// Who is at a story is seen where they are not, without asking again.
func TestWhoIsAtAStoryIsSeenAtOnceOnTheListAndTheStory(t *testing.T) {
	t.Parallel()
	a := founds(t)
	emma, mikhas, hanna := a.takesOn("Emma", staff.Reporter), a.takesOn("Mikhas", staff.Editor), a.takesOn("Hanna", staff.Chief)
	path := emma.begins("Council votes for a tram", "First by Emma.")
	emma.saves(path)

	mikhas.visits("/desk/")
	hanna.visits(path)
	for _, c := range []colleague{mikhas, hanna} {
		ask[bool](c.writer, `window.same = true`)
	}
	emma.opens(path + "/edit")
	mikhas.until(`window.same && document.querySelector("tr .writes")?.textContent.includes("Emma")`)
	hanna.until(`window.same && document.querySelector(".others .warn")?.textContent.includes("Emma is writing this story now")`)

	emma.types(" More by Emma.")
	emma.saves(path)
	hanna.until(`window.same && !document.querySelector("[data-changed]").hidden`)
	emma.visits("/desk/new")
	mikhas.until(`window.same && !document.querySelector("tr .who").textContent.includes("Emma")`)
	hanna.until(`window.same && !document.querySelector(".others").textContent.includes("Emma")`)

	// What is new is told above the list and moves nothing in it.
	emma.types("Another.")
	mikhas.until(`window.same && document.querySelector(".newer a:not([hidden]) b")?.textContent === "1"`)
	if rows := ask[int](mikhas.writer, `document.querySelectorAll("tr[data-id]").length`); rows != 1 {
		t.Errorf("the list has %d rows", rows)
	}
}

// readsWhoWritesAndSinceWhen and can read along and do nothing else.
func (c colleague) readsWhoWritesAndSinceWhen(path, name string) {
	c.t.Helper()
	c.opens(path + "/edit")
	c.until(fmt.Sprintf(`/^%s has been writing here since \d\d:\d\d\./.test(document.querySelector(".lock:not([hidden])")?.textContent)`, name))
	if ask[bool](c.writer, `document.querySelector("#f-body").isContentEditable || !document.querySelector("#f-headline").readOnly`) {
		c.t.Errorf("what %s writes can be written over", name)
	}
}

func (c colleague) takesOver() {
	c.t.Helper()
	c.presses(`.lock button`, `#f-body:not([aria-readonly=true])`)
}

func (c colleague) isToldWhoTookOver(name string) {
	c.t.Helper()
	c.until(fmt.Sprintf(`/^%s took this story over at \d\d:\d\d/.test(document.querySelector(".lock:not([hidden])")?.textContent)`, name))
}

func (c colleague) cannotSaveOver(name string) {
	c.t.Helper()
	c.does(chromedp.Click(chromedp.CSS(`.bar button[value=save]`)))
	c.says("Not saved: somebody else writes this story now.")
}

// findsTheirWordsAndTheOthers after another has saved: their own in the form, both
// side by side on saving, and each as a revision in the end.
func (c colleague) findsTheirWordsAndTheOthers(path string) {
	c.t.Helper()
	c.opens(path + "/edit")
	if got := c.text(); got != "First by Emma. More by Emma. Late by Emma." {
		c.t.Errorf("whose story was taken over finds %q", got)
	}
	c.sees("These are words that you typed", "was saved meanwhile")
	c.until(`document.querySelector("#f-body").isContentEditable`)
	c.presses(`.bar button[value=save]`, ".conflict")
	c.sees("First by Emma. More by Emma. Then by Mikhas.", "First by Emma. More by Emma. Late by Emma.")
	c.does(chromedp.Click(chromedp.CSS(`.conflict input[name=base]:not(:checked)`)))
	c.saves(path)
	for revision, text := range map[string]string{
		"3": "First by Emma. More by Emma.",
		"4": "First by Emma. More by Emma. Then by Mikhas.",
		"5": "First by Emma. More by Emma. Late by Emma.",
	} {
		c.visits(path + "/revisions/" + revision)
		c.sees(text)
	}
}
