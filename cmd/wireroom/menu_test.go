package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// rooms are the ways to the desk's rooms that can be seen.
const rooms = `[...document.querySelectorAll("#rooms a")].filter(e => e.checkVisibility()).length`

func TestOnATelephoneTheRoomsOpenFromOneButtonByKeyboardToo(t *testing.T) {
	t.Parallel()
	w := writes(t, "chief")
	w.look(390, "light")
	if err := chromedp.Do(w.ctx, chromedp.Navigate(w.s.url+"/desk/")); err != nil {
		t.Fatal(err)
	}
	press := func(key string) {
		t.Helper()
		if err := chromedp.Do(w.ctx, chromedp.KeyEvent(key)); err != nil {
			t.Fatal(err)
		}
	}
	if n := ask[int](w, rooms); n != 0 {
		t.Errorf("%d rooms are in sight before they are asked for", n)
	}
	press("\t\t\t") // the way past the head, the name, the button
	if !ask[bool](w, `document.activeElement.matches(".menu")`) {
		t.Fatal("the keyboard does not come to the button")
	}
	press(" ")
	w.until(rooms + ` === document.querySelectorAll("#rooms a").length`)
	if n := ask[int](w, rooms); n < 12 {
		t.Errorf("a chief is shown %d rooms", n)
	}
	faults, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](axe+";"+findFaults, chromedp.EvalAwaitPromise))
	if err != nil || len(faults) > 0 {
		t.Errorf("open, it keeps people out: %q, %v", faults, err)
	}
	press("\t")
	if !ask[bool](w, `document.activeElement.matches("#rooms a")`) {
		t.Error("the next stop is no room")
	}
	press("\x1b")
	w.until(rooms + " === 0")
	if !ask[bool](w, `document.activeElement.matches(".menu")`) {
		t.Error("having closed it, the keyboard is elsewhere")
	}
	w.look(1280, "light")
	w.until(`!document.querySelector(".menu").checkVisibility()`)
}

func TestTheRoomsOfEveryDayAreInSightAndTheAgencysOneKeyAway(t *testing.T) {
	t.Parallel()
	w := writes(t, "chief")
	if err := chromedp.Do(w.ctx, chromedp.Navigate(w.s.url+"/desk/")); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "ru", "be"} {
		w.look(1280, "light")
		choose := `fetch("/desk/language", {method: "POST", body: new URLSearchParams({lang: "` + lang + `", back: "/desk/"})}).then(r => r.ok)`
		ok, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](choose, chromedp.EvalAwaitPromise))
		if err != nil || !ok {
			t.Fatal("the language cannot be chosen", err)
		}
		if err := chromedp.Do(w.ctx, chromedp.Navigate(w.s.url+"/desk/")); err != nil {
			t.Fatal(err)
		}
		w.until(`document.documentElement.lang === "` + lang + `"`)
		if n := ask[int](w, rooms); n != 8 {
			t.Errorf("in %s %d rooms are in sight", lang, n)
		}
		if ask[float64](w, `document.querySelector(".top").getBoundingClientRect().height`) > 64 {
			t.Errorf("in %s the head takes more than a row", lang)
		}
	}
	if err := chromedp.Do(w.ctx, chromedp.Focus("[popovertarget=affairs]"), chromedp.KeyEvent(" ")); err != nil {
		t.Fatal(err)
	}
	w.until(`document.querySelector("#affairs a[href='/desk/masthead']").checkVisibility()`)
	if !ask[bool](w, `(([a, b]) => Math.abs(a.bottom - b.top) < 2 && Math.abs(a.left - b.left) < 2)(["[popovertarget=affairs]", "#affairs"].map(s => document.querySelector(s).getBoundingClientRect()))`) {
		t.Error("the agency's rooms do not open below their button")
	}
}

func TestOnATelephoneTheChosenStageAndANewStoryAreInSight(t *testing.T) {
	w := writes(t, "editor")
	w.look(390, "light")
	for _, stage := range []string{"desk", "out", "spiked"} {
		if err := chromedp.Do(w.ctx, chromedp.Navigate(w.s.url+"/desk/?stage="+stage)); err != nil {
			t.Fatal(err)
		}
		w.until(`(at => at.left >= 0 && at.right <= innerWidth)(document.querySelector(".stages [aria-current]").getBoundingClientRect())`)
		if !ask[bool](w, `document.querySelector('main a[href="/desk/new"]').checkVisibility()`) {
			t.Errorf("at %s no story can be begun", stage)
		}
		if !ask[bool](w, `(([a, b]) => a.top < b.bottom && b.top < a.bottom)([".name", ".menu"].map(s => document.querySelector(s).getBoundingClientRect()))`) {
			t.Error("the button of the rooms stands in a row of its own")
		}
	}
}
