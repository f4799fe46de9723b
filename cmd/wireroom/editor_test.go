package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// writer is somebody at the writing page in a browser.
type writer struct {
	*onlooker
}

// writes sits down at the desk of a demo.
func writes(t *testing.T, who string) writer {
	t.Helper()
	s, sessions := demonstrate(t)
	w := writer{browser(t, s, sessions)}
	w.be(who)
	w.look(1280, "light")
	return w
}

func (w writer) opens(path string) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, chromedp.Navigate(w.s.url+path)); err != nil {
		w.t.Fatal(err)
	}
	if !ask[bool](w, `!!document.querySelector("#f-body[contenteditable]")`) {
		w.t.Fatalf("%s has no editor", path)
	}
}

// types writes at the end of the text.
func (w writer) types(text string) {
	w.t.Helper()
	ask[bool](w, `(() => { const e = document.querySelector("#f-body"); e.focus(); getSelection().selectAllChildren(e); getSelection().collapseToEnd(); return true })()`)
	if err := chromedp.Do(w.ctx, chromedp.KeyEvent(text)); err != nil {
		w.t.Fatal(err)
	}
}

// ask gives what an expression is on the page.
func ask[T any](w writer, expression string) T {
	w.t.Helper()
	v, err := chromedp.Run(w.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		w.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for the page to come to what the expression says.
func (w writer) until(expression string) {
	w.t.Helper()
	ask[bool](w, fmt.Sprintf(`new Promise((done, failed) => {
		const end = setTimeout(() => failed(new Error("it never is so; the page says: " + document.querySelector("[data-status]")?.textContent)), %d)
		const look = () => { if (%s) { clearTimeout(end); done(true) } else setTimeout(look, 20) }
		look()
	})`, patience.Milliseconds(), expression))
}

// patience is how long a page may take on a machine that is busy.
const patience = 30 * time.Second

// says waits until the line under the title says it.
func (w writer) says(words string) {
	w.t.Helper()
	w.until(fmt.Sprintf(`document.querySelector("[data-status]").textContent.includes(%q)`, words))
}

// text is what stands in the editor.
func (w writer) text() string {
	w.t.Helper()
	return ask[string](w, `document.querySelector("#f-body").innerText`)
}

// conditions are those of the network. The command that replaces this one has
// other parameters in each version of Chromium.
type conditions struct {
	Offline            bool    `json:"offline"`
	Latency            float64 `json:"latency"`
	DownloadThroughput float64 `json:"downloadThroughput"`
	UploadThroughput   float64 `json:"uploadThroughput"`
}

var emulate = cdp.Command[conditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

// offline takes the network away or gives it back.
func (w writer) offline(off bool) {
	w.t.Helper()
	if _, err := chromedp.Call(w.ctx, emulate, conditions{off, 0, -1, -1}); err != nil {
		w.t.Fatal(err)
	}
}

func TestWhatIsTypedIsNeverLost(t *testing.T) {
	w := writes(t, "reporter")
	w.opens("/desk/new")
	w.types("The council met.")
	w.says("Kept at")
	w.until(`location.pathname.endsWith("/edit")`) // the draft has begun by itself
	if title := ask[string](w, `document.querySelector("h1").textContent`); !strings.HasPrefix(title, "Story №") {
		t.Errorf("the page of the draft is called %q", title)
	}
	path := ask[string](w, `location.pathname`)
	w.opens(path)
	if got := w.text(); got != "The council met." {
		t.Errorf("after a reload stands %q", got)
	}

	w.offline(true)
	w.types(" Then the lights went out.")
	w.says("No network: kept in this browser.")
	w.offline(false)
	w.says("Kept at")
	w.opens(path)
	if got := w.text(); got != "The council met. Then the lights went out." {
		t.Errorf("after the network came back stands %q", got)
	}

	// The session ends; in another tab it begins again.
	session := w.who["reporter"]
	w.be("")
	w.types(" And on.")
	w.says("Signed out")
	if _, err := chromedp.Call(w.ctx, network.SetCookie, network.SetCookieParams{Name: session.Cookie, Value: session.Value, URL: w.s.url + "/"}); err != nil {
		t.Fatal(err)
	}
	w.says("Kept at")
}

func TestAnEditBeginsInTheTextAndEndsBelowIt(t *testing.T) {
	w := writes(t, "editor")
	w.opens("/desk/new")
	w.types("The council met.")
	w.until(`location.pathname.endsWith("/edit")`)
	w.opens(ask[string](w, `location.pathname`))
	w.until(`document.activeElement.id === "f-body"`)
	ask[bool](w, `(document.querySelector(".foot-go button[value=save]").click(), true)`)
	w.until(`document.querySelector("[data-status-below]").textContent.startsWith("Saved as revision")`)
	if !ask[bool](w, `document.querySelector(".foot-go button[value=close]").checkVisibility()`) {
		t.Error("below the text there is no way out")
	}
}

func TestWordsThatNeverReachedTheDeskAreOfferedAndTheOthersStay(t *testing.T) {
	w := writes(t, "reporter")
	w.opens("/desk/new")
	w.types("At the desk.")
	w.says("Kept at")
	path := ask[string](w, `location.pathname`)
	ask[bool](w, `(window.fetch = () => Promise.reject(new Error("the line is dead")), true)`)
	w.types(" In the browser.")
	w.says("No network")
	w.opens(path)
	if got := w.text(); got != "At the desk." {
		t.Errorf("the page opens with %q", got)
	}
	swap := func(want string) {
		t.Helper()
		ask[bool](w, `(document.querySelector("[data-recover] button").click(), true)`)
		if got := w.text(); got != want {
			t.Errorf("having chosen the other text, there stands %q", got)
		}
	}
	swap("At the desk. In the browser.")
	swap("At the desk.")
	swap("At the desk. In the browser.")
}

// A tab that fell over cannot let go of the story.
func TestWhoeverHasTheStoryOpenElsewhereWritesOnHere(t *testing.T) {
	w := writes(t, "reporter")
	w.opens("/desk/new")
	w.types("Before the fall.")
	w.says("Kept at")
	path := ask[string](w, `location.pathname`)
	w.opens(path)
	w.until(`document.documentElement.dataset.tab`)
	ask[int](w, `fetch(location.pathname.replace("/edit", "/lock"), {method: "POST", body: new URLSearchParams({tab: "elsewhere", take: "yes"})}).then(a => a.status)`)
	w.until(`document.querySelector(".lock:not([hidden])")?.textContent.includes("You have this story open elsewhere")`)
	ask[bool](w, `(document.querySelector(".lock button").click(), true)`)
	w.until(`document.querySelector("#f-body").isContentEditable`)
	w.types(" And after.")
	w.says("Kept at")
	if got := w.text(); got != "Before the fall. And after." {
		t.Errorf("there stands %q", got)
	}
}

func TestUndoAndTheCursorSurviveASave(t *testing.T) {
	w := writes(t, "reporter")
	w.opens("/desk/new")
	w.types(`He said "yes"`)
	if got := w.text(); got != "He said “yes”" {
		t.Errorf("the quotation marks become %q", got)
	}
	ask[bool](w, `(document.querySelector("button[value=save]").click(), true)`)
	w.says("Saved as revision 1")
	if at := ask[string](w, `document.activeElement.id`); at != "f-body" {
		t.Errorf("the cursor is gone to %q", at)
	}
	ask[bool](w, `(document.querySelector("[data-tool=undo]").click(), true)`)
	if got := w.text(); got != `He said “yes"` {
		t.Errorf("undo gives %q, not the plain sign", got)
	}
	for range 3 {
		ask[bool](w, `(document.querySelector("[data-tool=undo]").click(), true)`)
	}
	if got := strings.TrimSpace(w.text()); got != "" {
		t.Errorf("undo stops before the save at %q", got)
	}
}

// pasted gives the document after something is pasted into a new story.
func (w writer) pasted(plain, html string) string {
	w.t.Helper()
	w.opens("/desk/new")
	w.paste(plain, html)
	return ask[string](w, `document.querySelector("#f-body").innerHTML.replaceAll(/ (class|title|contenteditable|draggable)="[^"]*"/g, "").replaceAll(/<img[^>]*>|<br>(?=<\/p>)/g, "")`)
}

func (w writer) paste(plain, html string) {
	w.t.Helper()
	data, err := json.Marshal(map[string]string{"text/plain": plain, "text/html": html})
	if err != nil {
		w.t.Fatal(err)
	}
	ask[bool](w, fmt.Sprintf(`(() => {
		const data = new DataTransfer(), body = document.querySelector("#f-body")
		for (const [kind, text] of Object.entries(%s)) if (text) data.setData(kind, text)
		body.focus()
		body.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))
		return true
	})()`, data))
}

// bypass switches off what keeps foreign scripts from running, to see whether
// the pages need it, and counts the scripts that do.
func (w writer) bypass() {
	w.t.Helper()
	_, err := chromedp.Call(w.ctx, page.Enable, page.EnableParams{})
	if err == nil {
		_, err = chromedp.Call(w.ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
	}
	if err == nil {
		_, err = chromedp.Call(w.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `window.ran = 0; window.alert = window.confirm = window.prompt = window.xss = () => { window.ran++ }`})
	}
	if err != nil {
		w.t.Fatal(err)
	}
}
