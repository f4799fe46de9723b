package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// behind is the writing page of a translation whose original went on.
func (w writer) behind() string {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, chromedp.Navigate(w.s.url+"/desk/?stage=all&q=нефтезаводе")); err != nil {
		w.t.Fatal(err)
	}
	return ask[string](w, `new URL([...document.querySelectorAll("main a")].find(a => a.textContent.includes("Пожар на нефтезаводе")).href).pathname`) + "/edit"
}

// level says how far the paragraphs of one number stand apart, in pixels.
const level = `(() => {
	const top = (e) => e.getBoundingClientRect().top
	const own = [...document.querySelectorAll("#f-body > [data-number]")]
	return own.length ? Math.max(...own.map(e => Math.abs(top(e) - top(document.querySelector("[data-original] li[data-number='" + e.dataset.number + "']"))))) : 1e6
})()`

// marked are the numbers of the original's paragraphs that are marked.
const marked = `[...document.querySelectorAll("[data-original] [aria-current]")].map(e => e.dataset.number).join()`

func TestTheOriginalStandsBesideItsTranslationParagraphByParagraph(t *testing.T) {
	t.Parallel()
	w := writes(t, "editor")
	path := w.behind()
	w.opens(path)
	w.until(level + " < 2")
	if got := ask[string](w, `[...document.querySelectorAll("#f-body > *")].map(e => e.dataset.number).join()`); got != "1,2,3,4" {
		t.Errorf("the paragraphs of the translation are numbered %s", got)
	}
	if got := ask[string](w, `[...document.querySelectorAll("[data-original] .number")].map(e => e.textContent).join()`); got != "1,2,3,4,5" {
		t.Errorf("those of the original are numbered %s", got)
	}
	w.types(strings.Repeat(" Ещё слова о пожаре.", 30))
	w.until(marked + ` === "4"`)
	w.until(level + " < 2")
	ask[bool](w, `(() => { const e = document.querySelector("#f-body > *"); getSelection().collapse(e.firstChild, 1); return true })()`)
	w.until(marked + ` === "1"`)
	w.types(" Конец.")
	w.until(marked + ` === "4"`)
	// What is new in the original is the fifth here too, once it is written.
	ask[bool](w, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", keyCode: 13, bubbles: true, cancelable: true})) || true`)
	w.until(marked + ` === "5"`)
	w.types("Пятый абзац.")
	w.until(level + " < 2")
	if got := w.text(); strings.Contains(got, "5") || !strings.Contains(got, "Пятый абзац.") {
		t.Errorf("the text itself has %q", got)
	}
}

func TestOnATelephoneTheOriginalsParagraphInWorkStaysAboveTheText(t *testing.T) {
	t.Parallel()
	w := writes(t, "editor")
	path := w.behind()
	w.look(390, "light")
	w.opens(path)
	w.types(" Ещё.")
	w.until(`[...document.querySelectorAll("[data-original] li")].filter(e => e.checkVisibility()).map(e => e.dataset.number).join() === "4"`)
	if !ask[bool](w, `(() => { const box = document.querySelector("[data-original]").getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight / 2 })()`) {
		t.Error("it is out of sight while one writes")
	}
	for _, width := range []int64{390, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			w.look(width, scheme)
			w.judge(path)
		}
	}
}
