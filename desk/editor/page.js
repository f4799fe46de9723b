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
    Object.assign(this, JSON.parse(form.dataset.editor)) // story, lang, doc, words, at, by
    this.tab = tab()
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

// tab is this tab's own name. It lives through a reload, but a copy of the tab
// gets another: the name lies in the session only between two pages.
function tab() {
  const key = "desk-tab"
  let name = null
  try {
    name = sessionStorage.getItem(key)
    sessionStorage.removeItem(key)
  } catch { /* no storage: each page has its own name */ }
  name ||= Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("")
  addEventListener("pagehide", () => {
    try { sessionStorage.setItem(key, name) } catch { /* as above */ }
  })
  addEventListener("pageshow", (e) => { if (e.persisted) sessionStorage.removeItem(key) })
  return name
}
