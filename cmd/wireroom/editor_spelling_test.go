package main

import (
	"fmt"
	"testing"
)

func TestNamesAreMarkedAsOneTypesAndOneKeyTakesTheHouseSpelling(t *testing.T) {
	w := writes(t, "editor")
	w.opens("/desk/new")
	const flagged = `[...document.querySelectorAll("#f-body .named.odd")].map(e => e.textContent).join()`
	const note = `document.querySelector(".rich > [role=status]")?.textContent || ""`
	w.types("The bank’s chair Marta Klenarskaya spoke.")
	w.until(`document.querySelector("#f-body .named:not(.odd)")?.title.startsWith("Marta Klenarskaya, ")`)
	press(w, "Enter", 13)
	w.types("Later Klenarskaja left.")
	w.until(flagged + ` === "Klenarskaja"`)
	if got := ask[string](w, note); got != "" {
		t.Errorf("away from the name it says %q", got)
	}
	// From elsewhere the key goes to the name; there it takes the proposal.
	press(w, "F9", 120)
	w.until(note + ` === "House spelling: Klenarskaya — F9"`)
	press(w, "F9", 120)
	w.until(`!document.querySelector("#f-body .odd") && document.querySelectorAll("#f-body .named").length === 2`)
	if got := w.text(); got != "The bank’s chair Marta Klenarskaya spoke.\n\nLater Klenarskaya left." {
		t.Errorf("the text is %q", got)
	}
	w.says("Kept at")
	w.until(`location.pathname.endsWith("/edit")`)
	if doc := ask[string](w, `new FormData(document.querySelector("form[data-editor]")).get("doc")`); doc != `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"The bank’s chair Marta Klenarskaya spoke."}]},{"type":"paragraph","content":[{"type":"text","text":"Later Klenarskaya left."}]}]}` {
		t.Errorf("what is saved is %s", doc)
	}
}

// press is a key that types nothing by itself.
func press(w writer, key string, code int) {
	w.t.Helper()
	ask[bool](w, fmt.Sprintf(`document.querySelector("#f-body").dispatchEvent(new KeyboardEvent("keydown", {key: %q, keyCode: %d, bubbles: true, cancelable: true})) || true`, key, code))
}
