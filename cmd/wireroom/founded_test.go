package main

import (
	"context"
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"wireroom/staff"
)

// founded is an agency that was founded and is served by the program, and the
// browser whose windows its people sit at.
type founded struct {
	t    *testing.T
	data string
	s    *server
	ctx  context.Context
}

// colleague is somebody of the agency at a window of their own, with cookies and a memory that no
// other window shares.
type colleague struct {
	writer
	name string
	role staff.Role
}

// founds founds an agency in two languages with a plan, and opens its doors.
func founds(t *testing.T) *founded {
	t.Helper()
	a := &founded{t: t, data: filepath.Join(t.TempDir(), "agency")}
	a.runs("init", "--name", "Pozirk", "--languages", "en,be", "--sections", "Politics,Economy", "--plan", "POZIRK+")
	s, err := start("serve", "--data", a.data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	})
	// Browsers keep passkeys for names, not for numbers.
	s.url = strings.Replace(s.url, "127.0.0.1", "localhost", 1)
	a.s, a.ctx = s, browser(t, s, nil).ctx
	return a
}

// runs a command of the program on the agency's folder and gives what it says.
func (a *founded) runs(command ...string) string {
	a.t.Helper()
	said, err := exec.Command("wireroom", append(command, "--data", a.data)...).Output()
	if err != nil {
		a.t.Fatalf("%s: %v", strings.Join(command, " "), err)
	}
	return strings.TrimSpace(string(said))
}

// window opens a window for somebody who is a stranger so far.
func (a *founded) window() writer {
	a.t.Helper()
	ctx, cancel := chromedp.NewContext(a.ctx, chromedp.WithNewBrowserContext())
	a.t.Cleanup(cancel)
	w := writer{&onlooker{t: a.t, ctx: ctx, s: a.s}}
	w.look(1280, "light")
	return w
}

// takesOn somebody, who comes in by the link of the first day.
func (a *founded) takesOn(name string, role staff.Role) colleague {
	a.t.Helper()
	email := strings.ToLower(name) + "@example.org"
	a.runs("staff", "add", "--name", name, "--email", email, "--role", string(role))
	c := colleague{a.window(), name, role}
	link := a.runs("link", email)
	c.visits(link[strings.Index(link, "/desk/"):])
	c.presses(".signing button", ".stages")
	return c
}

// does the steps within a patient while.
func (w writer) does(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.t.Fatalf("%v at %s", err, ask[string](w, `location.pathname + ": " + document.body.innerText`))
	}
}

// presses a button and waits for what comes of it.
func (w writer) presses(button, then string) {
	w.t.Helper()
	w.does(chromedp.Click(chromedp.CSS(button)))
	w.finds(then)
}

// finds waits until something is to be seen.
func (w writer) finds(what string) {
	w.t.Helper()
	w.does(chromedp.WaitVisible(chromedp.CSS(what)))
}

// hasAtTheDesk waits until the desk has all that was typed, the words among it.
func (w writer) hasAtTheDesk(words string) {
	w.t.Helper()
	w.until(fmt.Sprintf(`Object.entries(localStorage).some(([key, kept]) => key.startsWith("desk-words:") && kept.includes(%q) && JSON.parse(kept).sure)`, words))
}

// acts does what has a button alone, and reads that it is done.
func (w writer) acts(noun, done string) {
	w.t.Helper()
	w.presses(fmt.Sprintf(`main form[action$="/%s"] button`, noun), ".flash")
	w.told(done)
}

// told that an act is done.
func (w writer) told(done string) {
	w.t.Helper()
	if said := ask[string](w, `document.querySelector(".flash").innerText`); !strings.Contains(said, done) {
		w.t.Fatalf("it is said %q, not %q", said, done)
	}
}

// sees the words in the main part of the page.
func (w writer) sees(words ...string) {
	w.t.Helper()
	page := w.reads()
	for _, want := range words {
		if !strings.Contains(page, want) {
			w.t.Errorf("%s does not say %q:\n%s", ask[string](w, `location.pathname`), want, page)
		}
	}
}

// seesNothingOf the words on the page.
func (w writer) seesNothingOf(words ...string) {
	w.t.Helper()
	page := ask[string](w, `document.documentElement.outerHTML`)
	for _, hidden := range words {
		if strings.Contains(page, hidden) {
			w.t.Errorf("%s says %q", ask[string](w, `location.pathname`), hidden)
		}
	}
}

// fills fields of the form by name, as if they were typed in or chosen.
func (w writer) fills(pairs ...string) {
	w.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		ask[bool](w, fmt.Sprintf(`(() => {
			const field = document.querySelector('main [name="%s"]')
			field.focus()
			field.value = %q
			for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, {bubbles: true}))
			if (field.value !== %q) throw new Error("there is no such choice")
			return true
		})()`, pairs[i], pairs[i+1], pairs[i+1]))
	}
}

// answers gives the status with which an address answers a stranger.
func (a *founded) answers(path string) int {
	a.t.Helper()
	answer, err := http.Get(a.s.url + path)
	if err != nil {
		a.t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}
