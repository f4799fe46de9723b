// Puts the writing page together.
import { EditorState } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import { history } from "prosemirror-history"
import { dropCursor } from "prosemirror-dropcursor"
import { gapCursor } from "prosemirror-gapcursor"
import { tableEditing } from "prosemirror-tables"
import { commands } from "./commands.js"
import { commentMarks, commentTool, showComments } from "./comments.js"
import { copybookTool } from "./copybook.js"
import { fromJSON, toJSON } from "./document.js"
import { keymaps } from "./keys.js"
import { Keeper } from "./keep.js"
import { linkTool } from "./link.js"
import { locking } from "./lock.js"
import { meter, showCounts } from "./counts.js"
import { original } from "./original.js"
import { dom } from "./page.js"
import { Panel } from "./panel.js"
import { pasts } from "./past.js"
import { pasting } from "./paste/paste.js"
import { Pictures, places } from "./picture/upload.js"
import { PictureView } from "./picture/view.js"
import { recover } from "./recover.js"
import { rules } from "./rules.js"
import { saving } from "./save.js"
import { spelling, spellingTool } from "./spelling.js"
import { setFields } from "./typography.js"
import { tableTool } from "./table.js"
import { toolbar } from "./toolbar.js"

export function write(page) {
  const plain = page.field("body")
  const place = plain.closest("p")
  const label = place.querySelector("label")
  const panel = new Panel(page)
  const pictures = new Pictures(page)
  const tools = {
    ...commands, link: linkTool(page, panel), picture: pictures.tool(), table: tableTool(page, panel),
    copybook: copybookTool(page, panel), comment: commentTool(page, panel),
    spelling: spellingTool,
  }
  const bar = toolbar(page, tools)
  const counts = dom("p", { class: "count" })
  const count = showCounts(counts, page)
  const state = EditorState.create({
    doc: fromJSON(page.doc),
    plugins: [rules(() => page.language()), ...keymaps(tools), history(), dropCursor({ color: false, class: "drop-here" }), gapCursor(), tableEditing(), places(), commentMarks(), spelling(page), ...original(page)],
  })
  const holder = dom("div", { class: "f f-body rich" })
  label.id = "l-body"
  label.htmlFor = ""
  holder.append(label, dom("div", { class: "desk-tools" }, bar.dom, panel.dom, pictures.choose))
  plain.removeAttribute("id")
  const view = new EditorView({ mount: holder.appendChild(dom("div")) }, {
    state,
    attributes: () => ({
      id: "f-body", class: "preview text", role: "textbox", "aria-multiline": "true", "aria-labelledby": "l-body",
      lang: page.language(), spellcheck: "true",
    }),
    editable: () => !page.locked,
    nodeViews: { picture: (node, view, getPos) => new PictureView(page, node, view, getPos) },
    ...pasting(page, pictures),
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr))
      bar.update(view.state)
      if (tr.docChanged) {
        count(view.state.doc)
        page.changed?.()
      }
    },
  })
  page.view = view
  bar.attach(view)
  bar.update(state)
  count(state.doc)
  holder.append(counts, ...place.querySelectorAll(".wrong"))
  label.addEventListener("click", () => view.focus())
  place.replaceWith(holder)
  page.abreast?.()
  for (const unneeded of page.form.querySelectorAll("details.help, fieldset.picture")) {
    unneeded.hidden = true
    unneeded.disabled = true
  }
  for (const shown of page.form.querySelectorAll("[data-with-script]")) shown.hidden = false
  page.form.addEventListener("formdata", (e) => {
    e.formData.delete("body")
    e.formData.set("doc", page.written())
  })
  keepExact(page, state.doc)
  meter(page.field("headline"), page)
  setFields(["headline", "teaser"].map((n) => page.field(n)), () => page.language())
  saving(page)
  page.keeper = new Keeper(page)
  locking(page)
  recover(page)
  showComments(page)
  pasts(page)
  begin(page)
  // Leaving loses nothing, so nobody is asked.
  page.form.dataset.kept = ""
}

// A document that nobody touched goes back as it came, to the letter.
function keepExact(page, loaded) {
  const exact = JSON.stringify(page.doc)
  page.written = () => (page.view.state.doc.eq(loaded) ? exact : JSON.stringify(toJSON(page.view.state.doc)))
}

// Whoever opens a story to edit it is in its text; on a touch screen that would
// cover half of it with the keyboard, and where something must be read first
// it would be passed over.
function begin({ story, form, view, locked }) {
  if (!story || locked || matchMedia("(pointer: coarse)").matches) return
  if (document.activeElement !== document.body || location.hash || form.querySelector(".warn:not([hidden]), .conflict, [autofocus]")) return
  view.dom.focus({ preventScroll: true })
}
