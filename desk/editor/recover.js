// On opening, compares the words of this browser with those of the desk. If
// they differ, both stay, and the writer says which to go on with.
import { dom } from "./page.js"
import { fromJSON } from "./document.js"
import { drop, get, key, worded } from "./local.js"

export function recover(page) {
  const name = key(page)
  const theirs = [...page.fields()]
  // What was set aside before the page closed comes after what was typed last.
  const mine = [name, name + ":other"].map(get).find((kept) => kept?.fields && !same(kept.fields, theirs))
  if (!mine) return forget(page)
  const other = { fields: mine.fields, at: mine.at, here: true }
  const words = dom("p")
  const swap = dom("button", { type: "button" })
  const leave = dom("button", { type: "button", class: "plain" }, page.T("ed-forget"))
  const banner = dom("div", { class: "warn", role: "status", "data-recover": "" }, words, dom("p", { class: "go" }, swap, leave))
  let shown = { fields: theirs, at: page.at, here: false }
  let waiting = other
  const say = () => {
    const here = page.clock(new Date(mine.at)), there = page.at ? page.clock(page.at) : ""
    words.textContent = there ? page.T("ed-differ", here, there) : page.T("ed-found", here)
    swap.textContent = page.T(waiting.here ? "ed-take-mine" : "ed-take-desk")
  }
  swap.addEventListener("click", () => {
    shown = { ...shown, fields: [...page.fields()] }
    fill(page, waiting.fields)
    ;[shown, waiting] = [waiting, shown]
    say()
    page.changed()
    page.view.focus()
  })
  leave.addEventListener("click", () => {
    banner.remove()
    drop(name + ":other")
    if (waiting.here) drop(name)
    page.changed()
  })
  say()
  page.form.querySelector(".saying").after(banner)
  // What is typed from now on goes into the entry; the other text keeps beside.
  try { localStorage.setItem(name + ":other", JSON.stringify(mine)) } catch { /* it is on the screen */ }
}

// forget drops what this browser keeps of the story.
export function forget(page) {
  drop(key(page))
  drop(key(page) + ":other")
}

function same(mine, theirs) {
  const by = (pairs) => worded([...pairs].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
  return by(mine) === by(theirs)
}

// fill puts fields into the form. The document changes by one step, so that
// undo gives the other one back.
function fill(page, fields) {
  const seen = {}
  for (const [name, value] of fields) {
    if (name === "doc") {
      const { state, dispatch } = page.view
      dispatch(state.tr.replaceWith(0, state.doc.content.size, fromJSON(JSON.parse(value)).content))
      continue
    }
    if (name === "base" || name === "tab" || name === "do") continue
    const all = page.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)
    const field = all[seen[name] = (seen[name] ?? -1) + 1]
    if (!field || field.type === "hidden" || field.type === "file") continue
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value
    else field.value = value
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}
