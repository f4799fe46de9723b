// Links: set, changed and taken away in the panel; a pasted address upon
// chosen words leads from them.
import { dom } from "./page.js"
import { href } from "./address.js"
import { schema } from "./schema.js"
import { marked } from "./commands.js"

const { link } = schema.marks

// around is the range of the link at the cursor, or the selection.
function around(state) {
  const { from, to, empty, $from } = state.selection
  if (!empty) return { from, to }
  const at = link.isInSet($from.marks()) || link.isInSet($from.nodeAfter?.marks || [])
  if (!at) return { from, to }
  let start = $from.start(), range = { from, to }
  $from.parent.forEach((node, offset) => {
    const a = start + offset, b = a + node.nodeSize
    if (!at.isInSet(node.marks)) return
    if (a <= range.to && b >= range.from) range = { from: Math.min(a, range.from), to: Math.max(b, range.to) }
  })
  return { ...range, href: at.attrs.href }
}

export function linkTool(page, panel) {
  return {
    opens: true,
    active: (state) => marked(state, link),
    run(state, dispatch, view) {
      if (!dispatch) return true
      const range = around(state)
      let to = range.href
      state.doc.nodesBetween(range.from, range.to, (n) => { to ||= link.isInSet(n.marks)?.attrs.href })
      const input = dom("input", { type: "url", id: "ed-link", value: to || "", placeholder: "https://", autocomplete: "off" })
      const wrong = dom("span", { class: "wrong", role: "alert" })
      const set = () => {
        const address = href(input.value)
        if (!address) {
          wrong.textContent = page.T("ed-link-wrong")
          return false
        }
        const tr = view.state.tr
        if (range.from === range.to) tr.insert(range.from, schema.text(input.value.trim(), [link.create({ href: address })]))
        else tr.removeMark(range.from, range.to, link).addMark(range.from, range.to, link.create({ href: address }))
        view.dispatch(tr.scrollIntoView())
      }
      panel.open(page.T("ed-link"), [
        dom("label", { for: "ed-link" }, page.T("ed-address")), input,
        panel.button(page.T("ed-set"), () => panel.finish(), true),
        to && panel.button(page.T("ed-unlink"), () => {
          view.dispatch(view.state.tr.removeMark(range.from, range.to, link))
          panel.close()
        }),
        wrong,
      ].filter(Boolean), set, view)
      return true
    },
  }
}
