// Comments on passages: shown where they stand, added upon what is chosen.
import { Plugin, PluginKey } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"
import { dom } from "./page.js"
import { send } from "./save.js"

const remarks = new PluginKey("comments")

export function commentMarks() {
  return new Plugin({
    key: remarks,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, set) => tr.getMeta(remarks) || set.map(tr.mapping, tr.doc),
    },
    props: { decorations: (state) => remarks.getState(state) },
  })
}

// find gives the place of a quotation in a block, by its number; where the
// text has moved, in the nearest block that has it.
function find(doc, { block, quote }) {
  const hits = []
  doc.forEach((node, offset, index) => {
    let from = null
    node.descendants((text, at) => {
      if (from !== null || !text.isTextblock) return
      const i = text.textBetween(0, text.content.size, null, "\ufffc").indexOf(quote)
      if (i >= 0) from = offset + 1 + at + 1 + i
    })
    if (node.isTextblock) {
      const i = node.textBetween(0, node.content.size, null, "\ufffc").indexOf(quote)
      if (i >= 0) from = offset + 1 + i
    }
    if (from !== null) hits.push({ from, to: from + quote.length, far: Math.abs(index - block) })
  })
  return hits.sort((a, b) => a.far - b.far)[0]
}

const url = (page) => `/desk/stories/${page.story}/comments`

export async function showComments(page) {
  if (!page.story) return
  const answer = await fetch(url(page), { headers: { Accept: "application/json" } }).catch(() => null)
  if (!answer?.ok || !answer.headers.get("Content-Type")?.includes("json")) return
  page.comments = (await answer.json()).filter((c) => c.open)
  const { view } = page
  const marks = page.comments.flatMap((c) => {
    const at = c.quote && find(view.state.doc, c)
    return at ? [Decoration.inline(at.from, at.to, { class: "remark", title: `${c.by}: ${c.text}` }, { comment: c })] : []
  })
  view.dispatch(view.state.tr.setMeta(remarks, DecorationSet.create(view.state.doc, marks)))
}

export function commentTool(page, panel) {
  return {
    opens: true,
    active: (state) => remarks.getState(state).find(state.selection.from, state.selection.to).length > 0,
    run(state, dispatch, view) {
      if (!dispatch) return true
      const here = remarks.getState(state).find(state.selection.from, state.selection.to).map((d) => d.spec.comment)
      const text = dom("textarea", { rows: "2", id: "ed-remark" })
      const wrong = dom("span", { class: "wrong", role: "alert" })
      const passage = chosen(state)
      const add = async () => {
        if (!text.value.trim()) return
        if (!page.story) return (wrong.textContent = page.T("ed-comment-first"))
        const { status, said } = await send(url(page), { ...passage, text: text.value }).catch(() => ({}))
        if (status !== 200) return (wrong.textContent = said?.why || page.T("ed-no-net"))
        panel.close()
        await showComments(page)
      }
      panel.open(page.T("ed-comment"), [
        ...here.map((c) => dom("div", { class: "remarks" }, ...[c, ...(c.replies || [])].map((r) => dom("p", {}, dom("b", {}, r.by), ` ${page.clock(r.at).slice(0, 5)} `, r.text)))),
        passage && dom("label", { for: "ed-remark" }, page.T("ed-comment-on", short(passage.quote))), passage && text,
        passage ? panel.button(page.T("ed-comment-add"), add, true) : !here.length && dom("p", {}, page.T("ed-comment-choose")),
        wrong,
      ].filter(Boolean), null, view)
      return true
    },
  }
}

const short = (quote) => (quote.length > 60 ? quote.slice(0, 57) + "…" : quote)

// chosen is the passage under the selection, within its first block.
function chosen(state) {
  const { from, to, $from, empty } = state.selection
  if (empty || !$from.parent.isTextblock) return null
  const quote = state.doc.textBetween(from, Math.min(to, $from.end()), " ", " ").trim()
  return quote && { block: $from.index(0), quote: quote.slice(0, 300) }
}
