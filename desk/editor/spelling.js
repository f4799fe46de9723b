// Names as the register has them: marked where they stand, and what is spelled
// otherwise is one key from the house spelling. The marks lie over the text and
// are never part of it.
import { Plugin, PluginKey, TextSelection } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"
import { dom } from "./page.js"
import { keys } from "./keys.js"

const spelled = new PluginKey("spelling")
const rest = 600 // milliseconds without a key before anybody is asked

export function spelling(page) {
  return new Plugin({
    key: spelled,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, set) => tr.getMeta(spelled) || (tr.docChanged ? standing(set.map(tr.mapping, tr.doc), tr.doc) : set),
    },
    props: { decorations: (state) => spelled.getState(state) },
    view: (view) => new Reader(page, view),
  })
}

// standing leaves out the marks whose words have changed: what was said of
// those is no longer true.
const standing = (set, doc) => set.remove(set.find().filter((d) => doc.textBetween(d.from, d.to, null, "\n") !== d.spec.written))

const odd = (state, from, to) => spelled.getState(state).find(from, to, (spec) => spec.propose)
const here = (state) => odd(state, state.selection.from, state.selection.to)[0]

// The tool puts the proposal in place of the name that the cursor is in; from
// elsewhere it goes to the next name that is to be mended.
export const spellingTool = { run: (state, dispatch, view) => (view?.editable === false ? false : mend(state, dispatch) || next(state, dispatch)) }

function mend(state, dispatch) {
  const at = here(state)
  if (!at) return false
  // What the first letter is, such as bold or a link, the whole name stays.
  const { marks } = state.doc.nodeAt(at.from)
  dispatch?.(state.tr.replaceWith(at.from, at.to, state.schema.text(at.spec.propose, marks)).scrollIntoView())
  return true
}

function next(state, dispatch) {
  const all = odd(state).sort((a, b) => a.from - b.from)
  const at = all.find((d) => d.from > state.selection.to) || all[0]
  if (at) dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, at.to)).scrollIntoView())
  return !!at
}

// Reader asks the desk when the writing rests, and says what it answered of
// the name at the cursor.
class Reader {
  constructor(page, view) {
    this.page = page
    this.view = view
    this.asked = 0
    this.note = dom("div", { class: "spelling", role: "status" })
    this.fields = ["headline", "teaser", "lang"].map((name) => page.field(name)).filter((f) => f?.addEventListener)
    this.later = () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.ask(), rest)
    }
    this.say = () => this.show()
    for (const field of this.fields) field.addEventListener("input", this.later)
    for (const event of ["focus", "blur"]) view.dom.addEventListener(event, this.say)
    addEventListener("resize", this.say)
    this.later()
  }

  update(view, before) {
    if (!view.state.doc.eq(before.doc)) this.later()
    this.show()
  }

  destroy() {
    clearTimeout(this.timer)
    this.asked++
    for (const field of this.fields) field.removeEventListener("input", this.later)
    removeEventListener("resize", this.say)
    this.note.remove()
  }

  // Nobody is told that the desk does not answer: it is asked again after the
  // next word.
  async ask() {
    const { page, view } = this
    if (page.locked) return
    if (view.composing) return this.later()
    const { doc } = view.state
    const [paragraphs, places] = blocks(doc)
    const fields = ["headline", "teaser"].map((name) => page.field(name)?.value || "")
    const turn = ++this.asked
    const body = JSON.stringify({ lang: page.language(), paragraphs: [...fields, ...paragraphs] })
    try {
      const answer = await fetch("/desk/names", { method: "POST", headers: { Accept: "application/json", "Content-Type": "application/json" }, body })
      if (!answer.ok) return
      const said = await answer.json()
      if (turn !== this.asked || !view.state.doc.eq(doc) || view.composing) return
      const marks = said.filter((a) => a.p >= fields.length).map((a) => mark(a, paragraphs[a.p - fields.length], places[a.p - fields.length]))
      view.dispatch(view.state.tr.setMeta(spelled, DecorationSet.create(view.state.doc, marks)))
    } catch { /* offline */ }
  }

  show() {
    const { page, view, note } = this
    const at = view.hasFocus() && view.editable && here(view.state)
    if (!at) {
      note.replaceChildren()
      this.shown = ""
      return
    }
    if (!note.isConnected) view.dom.after(note)
    const words = page.T(at.spec.reason === "twofold" ? "ed-twofold" : "ed-house", at.spec.propose, keys.spelling)
    if (words !== this.shown) {
      this.shown = words
      // The button takes no focus, so that the cursor stays in the text.
      note.replaceChildren(dom("button", {
        type: "button", tabindex: "-1", title: at.spec.words,
        onmousedown: (e) => e.preventDefault(), onclick: () => mend(view.state, view.dispatch),
      }, words))
    }
    place(note, view, at)
  }
}

// place puts the note under the name, as far left as it has to be to fit.
function place(note, view, at) {
  const name = view.coordsAtPos(at.from, 1)
  const frame = note.offsetParent.getBoundingClientRect()
  note.style.top = `${name.bottom - frame.top + 4}px`
  note.style.left = `${Math.max(Math.min(name.left - frame.left, frame.width - note.offsetWidth), 0)}px`
}

// blocks are the texts of the document, and where each begins. A break within a
// paragraph is one sign, as it is one place.
function blocks(doc) {
  const paragraphs = [], places = []
  doc.descendants((node, at) => {
    if (!node.isTextblock) return
    paragraphs.push(node.textBetween(0, node.content.size, null, "\n"))
    places.push(at + 1)
    return false
  })
  return [paragraphs, places]
}

function mark({ from, to, propose, reason, words }, text, start) {
  const written = text.slice(from, to)
  return Decoration.inline(start + from, start + to, { class: propose ? "named odd" : "named", title: words }, { written, propose, reason, words })
}
