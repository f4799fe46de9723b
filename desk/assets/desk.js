// Asks before a page is left on which something was typed and not yet sent.
let typed = false
addEventListener("input", ({ target: { form } }) => { if (form?.dataset.typing !== undefined && form.dataset.kept === undefined) typed = true })
addEventListener("submit", () => { typed = false })
addEventListener("beforeunload", (e) => { if (typed || document.querySelector("[data-unsaved]")) e.preventDefault() })
addEventListener("submit", () => { document.querySelector("[data-unsaved]")?.removeAttribute("data-unsaved") })
