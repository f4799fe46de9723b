// What happens when something is pasted or dropped.
import { Fragment, Slice } from "prosemirror-model"
import { TextSelection } from "prosemirror-state"
import { closeHistory } from "prosemirror-history"
import { href } from "../address.js"
import { printable } from "../document.js"
import { schema } from "../schema.js"
import { clean } from "./clean.js"
import { embed } from "./embed.js"
import { recognise } from "./wire.js"

const { paragraph, embed: embedNode } = schema.nodes

// pasting gives the view what it needs; pictures takes files in.
export function pasting(page, pictures) {
  return {
    transformPastedHTML: clean,
    transformPastedText: printable,
    transformPasted: (slice) => new Slice(printed(slice.content), slice.openStart, slice.openEnd),
    handlePaste: (view, event) => paste(page, view, event.clipboardData, pictures),
    handleDrop(view, event, slice, moved) {
      const files = images(event.dataTransfer)
      if (moved || !files.length) return false
      const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
      pictures.take(files, at?.pos)
      event.preventDefault()
      return true
    },
  }
}

// printed takes out of each text what no output can carry.
function printed(fragment) {
  const nodes = []
  fragment.forEach((n) => {
    if (!n.isText) return nodes.push(n.copy(printed(n.content)))
    const text = printable(n.text)
    if (text) nodes.push(text === n.text ? n : schema.text(text, n.marks))
  })
  return Fragment.from(nodes)
}

const images = (data) => [...(data?.files || [])].filter((f) => f.type.startsWith("image/"))

function paste(page, view, data, pictures) {
  if (!data || !view.editable) return false
  const text = printable(data.getData("text/plain")).trim(), html = data.getData("text/html")
  const files = images(data)
  // Word puts a picture of the text beside the text.
  if (files.length && !text) {
    pictures.take(files)
    return true
  }
  if (/^https?:\/\/\S+$/.test(text) && href(text)) return address(view, text)
  if (!html && text && untouched(page, view)) return wire(page, view, text)
  return false
}

function address(view, text) {
  const { state } = view
  const { from, to, empty, $from } = state.selection
  const mark = schema.mark("link", { href: href(text) })
  if (!empty) {
    if (!state.selection.$from.sameParent(state.selection.$to)) return false
    view.dispatch(state.tr.addMark(from, to, mark))
    return true
  }
  if (!$from.parent.inlineContent) return false
  const line = $from.parent.content.size === 0 && $from.parent.type === paragraph && $from.depth === 1
  view.dispatch(state.tr.replaceSelectionWith(schema.text(text, [mark]), false).removeStoredMark(mark).scrollIntoView())
  const found = line && embed(text)
  // The link came first: undo gives it back.
  if (found) view.dispatch(closeHistory(embedded(view.state, found)))
  return true
}

function embedded(state, attrs) {
  const { $from } = state.selection
  const tr = state.tr.replaceWith($from.before(1), $from.after(1), [embedNode.create(attrs), paragraph.create()])
  return tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map($from.after(1)) - 1)).scrollIntoView()
}

function untouched(page, view) {
  const { doc } = view.state
  return doc.textContent === "" && doc.childCount < 2 && page.field("headline").value.trim() === ""
}

// wire puts each part of a wire text where it belongs.
function wire(page, view, text) {
  const found = recognise(text, page.language(), page.today, [page.agency, page.field("credit")?.value].filter(Boolean))
  if (!found) return false
  const blocks = found.paragraphs.filter(Boolean).map((p) => paragraph.create(null, schema.text(p)))
  if (!blocks.length) return false
  const { tr } = view.state
  view.dispatch(tr.replaceWith(0, tr.doc.content.size, blocks).scrollIntoView())
  const told = []
  const set = (name, value, word) => {
    if (!value) return
    const field = page.field(name)
    field.value = value
    field.dispatchEvent(new Event("input", { bubbles: true }))
    if (!told.includes(word)) told.push(word)
  }
  set("headline", found.headline, page.T("ed-wire-headline"))
  if (found.lang && page.field("lang")?.tagName === "SELECT") set("lang", found.lang, page.T("ed-wire-dateline"))
  for (const name of ["place", "date", "credit"]) set(name, found[name], page.T("ed-wire-dateline"))
  if (told.length) page.tell(page.T("ed-wire", told.join(", ")))
  return true
}
