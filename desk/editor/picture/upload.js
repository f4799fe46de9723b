// Takes pictures in: by the button, by drop, by paste. A place in the text is
// kept for each while it is on its way.
import { Plugin, PluginKey } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"
import { dom } from "../page.js"
import { schema } from "../schema.js"

const waiting = new PluginKey("pictures on their way")

// places keeps the place of each picture that is on its way.
export function places() {
  return new Plugin({
    key: waiting,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        set = set.map(tr.mapping, tr.doc)
        const change = tr.getMeta(waiting)
        if (change?.add) set = set.add(tr.doc, [Decoration.widget(change.at, change.add, { key: change.id, id: change.id })])
        if (change?.done) set = set.remove(set.find(null, null, (spec) => spec.id === change.done))
        return set
      },
    },
    props: { decorations: (state) => waiting.getState(state) },
  })
}

export class Pictures {
  constructor(page) {
    this.page = page
    this.count = 0
    this.choose = dom("input", { type: "file", accept: "image/jpeg,image/png,image/gif,image/webp", multiple: true, hidden: true, onchange: () => this.chosen() })
  }

  tool() {
    return {
      opens: true,
      run: (state, dispatch) => {
        if (dispatch) this.choose.click()
        return true
      },
    }
  }

  chosen() {
    this.take([...this.choose.files])
    this.choose.value = ""
  }

  take(files, pos = this.page.view.state.selection.from) {
    if (this.page.view.editable) for (const file of files) this.one(file, pos, files.length === 1)
  }

  async one(file, pos, alone) {
    const { page } = this
    const { view } = page
    const id = `picture-${++this.count}`
    const at = behind(view.state.doc, pos)
    const sign = dom("p", { class: "on-its-way", contenteditable: "false" }, page.T("ed-picture-coming", file.name))
    view.dispatch(view.state.tr.setMeta(waiting, { id, at, add: sign }))
    const { why, shot } = await send(page, file)
    const place = waiting.getState(view.state).find(null, null, (spec) => spec.id === id)[0]
    const tr = view.state.tr.setMeta(waiting, { done: id })
    if (shot && place) {
      tr.insert(place.from, schema.nodes.picture.create({ picture: shot.id, caption: shot.caption || "", credit: shot.credit || "" }))
    }
    view.dispatch(tr)
    page.tell(why || page.T("ed-picture-in"), !!why)
    if (shot && place && alone) view.nodeDOM(place.from)?.querySelector("input, textarea")?.focus()
  }
}

async function send(page, file) {
  const body = new FormData()
  body.set("file", file, file.name)
  try {
    const answer = await fetch("/desk/pictures", { method: "POST", body, headers: { Accept: "application/json" } })
    const said = await answer.json().catch(() => null)
    if (answer.status === 200) return { shot: said }
    if (answer.status === 401) return { why: page.T("ed-signed-out") }
    return { why: `${file.name}: ${said?.why || answer.status}` }
  } catch {
    return { why: page.T("ed-picture-net", file.name) }
  }
}

// behind is the nearest place between blocks at or after a position.
function behind(doc, pos) {
  const $pos = doc.resolve(Math.min(pos, doc.content.size))
  if (!$pos.depth) return $pos.pos
  return $pos.node(1).content.size ? $pos.after(1) : $pos.before(1)
}
