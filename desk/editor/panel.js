// One panel under the toolbar, in which a tool asks what it needs. It lies
// over the text, so that nothing moves when it opens.
import { dom } from "./page.js"

export class Panel {
  constructor(page) {
    this.page = page
    this.dom = dom("div", { class: "ask-here", role: "group", hidden: true, onkeydown: (e) => this.key(e) })
    document.addEventListener("pointerdown", (e) => {
      if (!this.dom.hidden && !this.dom.contains(e.target) && !e.target.closest?.("[data-tool]")) this.close(false)
    })
  }

  // open shows the fields; done is called by Enter, and the panel closes
  // unless it says false.
  open(label, fields, done, view) {
    this.view = view
    this.done = done
    this.dom.setAttribute("aria-label", label)
    this.dom.replaceChildren(...fields)
    this.dom.hidden = false
    this.dom.querySelector("input, button, select")?.focus()
  }

  close(back = true) {
    if (this.dom.hidden) return
    this.dom.hidden = true
    this.dom.replaceChildren()
    if (back) this.view?.focus()
  }

  finish() {
    if (this.done?.() !== false) this.close()
  }

  key(e) {
    if (e.key === "Escape") {
      e.preventDefault()
      e.stopPropagation()
      this.close()
    } else if (e.key === "Enter" && e.target.tagName === "INPUT") {
      e.preventDefault()
      this.finish()
    }
  }

  button(word, run, strong) {
    return dom("button", { type: "button", class: strong ? "strong" : null, onclick: run }, word)
  }
}
