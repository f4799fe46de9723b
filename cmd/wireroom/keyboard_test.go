package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"wireroom/staff"
)

// tabsTo walks by the tabulator alone until the control has the keyboard, and
// sees each place on the way.
func (w writer) tabsTo(control string) {
	w.t.Helper()
	for range 60 {
		if ask[bool](w, fmt.Sprintf(`document.activeElement.matches(%q)`, control)) {
			return
		}
		w.does(chromedp.KeyEvent("\t"))
		if where := ask[string](w, findFocus); len(where) > 7 && where[len(where)-7:] == " unseen" {
			w.t.Errorf("%s has the keyboard and cannot be seen", where)
		}
	}
	w.t.Fatalf("the keyboard does not come to %s", control)
}

// enter presses the key.
func (w writer) enter() {
	w.t.Helper()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13}
	if _, err := chromedp.Call(w.ctx, input.DispatchKeyEvent, key); err != nil {
		w.t.Fatal(err)
	}
	key.Type, key.Text = input.DispatchKeyEventTypeKeyUp, ""
	if _, err := chromedp.Call(w.ctx, input.DispatchKeyEvent, key); err != nil {
		w.t.Fatal(err)
	}
}

// Whoever has only a keyboard makes a passkey, comes in by it, and shuts the
// account of somebody else.
func TestPasskeysAndStaffNeedNoMouse(t *testing.T) {
	t.Parallel()
	a := founds(t)
	chief := a.takesOn("Hanna", staff.Chief)
	a.runs("staff", "add", "--name", "Emma", "--email", "emma@example.org", "--role", "reporter")
	if _, err := chromedp.Call(chief.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	chief.wallet()

	chief.visits("/desk/account")
	chief.tabsTo(`#passkeys form[data-passkey] button`)
	chief.enter()
	chief.finds(".flash")
	chief.told("The passkey is added.")

	chief.visits("/desk/")
	chief.tabsTo(`form[action="/desk/sign-out"] button`)
	chief.enter()
	chief.finds(".signing")
	chief.tabsTo(`.signing form[data-passkey] button`)
	chief.enter()
	chief.finds(".stages")

	chief.visits("/desk/staff")
	chief.tabsTo(`main table tr:first-child a`)
	chief.enter()
	chief.finds(`form[action$="/freeze"]`)
	chief.tabsTo(`form[action$="/freeze"] button`)
	chief.enter()
	chief.finds(".flash")
	chief.told("Emma is frozen")
}
