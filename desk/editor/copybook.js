// The copybook by name: background paragraphs go in behind the cursor, also those
// of the story's topics, a template fills an empty story.
import { Fragment } from "prosemirror-model"
import { dom } from "./page.js"
import { fromJSON } from "./document.js"
import { offered } from "./past.js"
import { schema } from "./schema.js"

export function copybookTool(page, panel) {
  const kept = {} // language → texts
  const load = async () => {
    const lang = page.language()
    if (!kept[lang]) {
      const answer = await fetch(`/desk/copybook?lang=${encodeURIComponent(lang)}`, { headers: { Accept: "application/json" } })
      if (!answer.ok) throw new Error(answer.status)
      kept[lang] = await answer.json()
    }
    return kept[lang]
  }
  return {
    opens: true,
    run(state, dispatch, view) {
      if (!dispatch) return true
      load().then((all) => palette(page, panel, view, [...all, ...offered(page)]), () => page.tell(page.T("ed-no-net"), true))
      return true
    },
  }
}

function palette(page, panel, view, all) {
  let chosen = 0, shown = []
  const list = dom("ul", { role: "listbox", id: "ed-copies", "aria-label": page.T("ed-copybook") })
  const input = dom("input", { type: "text", id: "ed-copy", role: "combobox", "aria-expanded": "true", "aria-controls": "ed-copies", "aria-autocomplete": "list", autocomplete: "off" })
  const use = (entry) => {
    panel.close()
    insert(page, view, entry)
  }
  const draw = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
    shown = all.filter((e) => words.every((w) => `${e.name} ${e.topic}`.toLowerCase().includes(w))).slice(0, 12)
    chosen = Math.min(chosen, Math.max(shown.length - 1, 0))
    list.replaceChildren(...shown.map((e, i) => dom("li", { role: "option", id: `ed-copy-${i}`, "aria-selected": String(i === chosen), onmousedown: (m) => { m.preventDefault(); use(e) } },
      dom("b", {}, e.name), " ", dom("small", {}, [e.topic, e.kind === "template" ? page.T("ed-template") : ""].filter(Boolean).join(" · ")))))
    if (!shown.length) list.replaceChildren(dom("li", { class: "soft" }, page.T("ed-copybook-none")))
    input.setAttribute("aria-activedescendant", shown.length ? `ed-copy-${chosen}` : "")
  }
  input.addEventListener("input", () => { chosen = 0; draw() })
  input.addEventListener("keydown", (e) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key]
    if (!step || !shown.length) return
    e.preventDefault()
    chosen = (chosen + step + shown.length) % shown.length
    draw()
  })
  panel.open(page.T("ed-copybook"), [dom("label", { for: "ed-copy" }, page.T("ed-copybook-name")), input, list], () => {
    if (!shown[chosen]) return false
    insert(page, view, shown[chosen])
  }, view)
  draw()
}

export function insert(page, view, entry) {
  const { state } = view
  const content = fromJSON(entry.doc).content
  const { $from } = state.selection
  const tr = state.tr
  const empty = state.doc.textContent === "" && state.doc.childCount < 2
  if (empty) tr.replaceWith(0, state.doc.content.size, content)
  else {
    const block = $from.node(1)
    const blank = block?.type === schema.nodes.paragraph && block.content.size === 0
    if (blank) tr.replaceWith($from.before(1), $from.after(1), content)
    else tr.insert($from.depth ? $from.after(1) : state.selection.to, Fragment.from(content))
  }
  view.dispatch(tr.scrollIntoView())
  const headline = page.field("headline")
  if (entry.headline && !headline.value.trim()) {
    headline.value = entry.headline
    headline.dispatchEvent(new Event("input", { bubbles: true }))
  }
}
