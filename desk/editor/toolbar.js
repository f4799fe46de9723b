// The toolbar: one stop for the keyboard, arrows within, keys in the titles.
import { dom } from "./page.js"
import { icon } from "./icons.js"
import { keys, shown } from "./keys.js"

const groups = [["strong", "em", "insertion"], ["heading2", "heading3"], ["bullets", "numbers", "quote"], ["link", "picture", "table", "copybook", "comment"], ["undo", "redo"]]

// toolbar makes the buttons of the tools that there are. A tool has run, and
// may have active, which says whether the text under the cursor has it.
export function toolbar(page, tools) {
  const bar = dom("div", { class: "tools", role: "toolbar", "aria-label": page.T("ed-tools"), "aria-controls": "f-body" })
  const buttons = []
  let view
  for (const group of groups) {
    const part = dom("span", {})
    for (const name of group.filter((n) => tools[n])) {
      const title = page.T("ed-" + name)
      const button = dom("button", { type: "button", title: `${title} (${shown(keys[name])})`, "aria-label": title, "aria-keyshortcuts": aria(keys[name]), "data-tool": name, tabindex: "-1" }, icon(name))
      if (tools[name].active) button.setAttribute("aria-pressed", "false")
      button.addEventListener("mousedown", (e) => e.preventDefault())
      button.addEventListener("click", () => {
        if (!tools[name].opens) view.focus()
        tools[name].run(view.state, view.dispatch, view)
      })
      buttons.push(button)
      part.append(button)
    }
    if (part.childElementCount) bar.append(part)
  }
  buttons[0].tabIndex = 0
  bar.addEventListener("keydown", (e) => walk(e, buttons))
  bar.addEventListener("focusin", (e) => {
    for (const b of buttons) b.tabIndex = b === e.target ? 0 : -1
  })
  return {
    dom: bar,
    attach(v) { view = v },
    update(state) {
      for (const b of buttons) {
        const tool = tools[b.dataset.tool]
        if (tool.active) b.setAttribute("aria-pressed", String(tool.active(state)))
        // A disabled button would lose the keyboard's place.
        if (!tool.opens) b.setAttribute("aria-disabled", String(!view?.editable || !tool.run(state)))
      }
    },
  }
}

const aria = (key) => key.replace("Mod", "Control").replace(/-([a-z])$/, (_, c) => "-" + c.toUpperCase()).replaceAll("-", "+")

function walk(e, buttons) {
  const at = buttons.indexOf(document.activeElement)
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[e.key]
  if (to === undefined || at < 0) return
  e.preventDefault()
  buttons[(to + buttons.length) % buttons.length].focus()
}
