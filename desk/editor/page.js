// What the page tells its script: addresses, the document, the sentences.

// dom makes an element: dom("button", { type: "button" }, "Save").
export function dom(name, attrs = {}, ...children) {
  const e = document.createElement(name)
  for (const [key, value] of Object.entries(attrs)) {
    if (typeof value === "function") e.addEventListener(key.slice(2), value)
    else if (value === true) e.setAttribute(key, "")
    else if (value !== false && value != null) e.setAttribute(key, value)
  }
  e.append(...children.filter((c) => c != null))
  return e
}

export class Page {
  constructor(form) {
    this.form = form
    Object.assign(this, JSON.parse(form.dataset.editor))
    this.tab = document.documentElement.dataset.tab || ""
    document.addEventListener("desk:tab", (e) => { this.tab = e.detail.tab })
  }

  // named waits until the tab has its name, and gives it.
  async named() {
    if (!this.tab) await new Promise((done) => document.addEventListener("desk:tab", done, { once: true }))
    return this.tab
  }

  // fields are all the words that the form would send; a file is no word.
  fields() {
    return new URLSearchParams([...new FormData(this.form)].filter(([, value]) => typeof value === "string"))
  }

  // T says a sentence; each % in it is the next of args.
  T(id, ...args) {
    return (this.words[id] || id).replace(/%/g, () => args.shift() ?? "")
  }

  field(name) {
    return this.form.elements.namedItem(name)
  }

  language() {
    return this.field("lang")?.value || this.lang
  }

  // clock is a time of the day as the screens show it.
  clock(at = new Date()) {
    return new Date(at).toLocaleTimeString("en-GB", { timeZone: this.zone || undefined })
  }
}
