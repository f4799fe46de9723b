// The original beside a translation: each of its paragraphs stands level with
// the one of the same number here, and the one in work is marked. Where there
// is no room for two columns, that one alone stays in sight above the text.
import { Plugin, PluginKey } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"

const abreast = new PluginKey("original")
const narrow = matchMedia("(max-width: 56rem)")

// Pictures and embeds have no number, as desk/abreast.go has it.
const numbered = (node) => node.type.name !== "picture" && node.type.name !== "embed"

// numbers gives each block that has one its number, and as much height as the
// paragraph beside it takes.
function numbers(doc, heights) {
  const all = []
  let n = 0
  doc.forEach((node, at) => {
    if (!numbered(node)) return
    n++
    const style = heights[n] ? `min-height: ${heights[n]}px` : null
    all.push(Decoration.node(at, at + node.nodeSize, { class: "own", "data-number": String(n), ...(style && { style }) }))
  })
  return DecorationSet.create(doc, all)
}

// inWork is the number of the block with the cursor, or of the one before it.
function inWork(state) {
  const index = Math.min(state.selection.$head.index(0), state.doc.childCount - 1)
  let n = 0
  for (let i = 0; i <= index; i++) if (numbered(state.doc.child(i))) n++
  return Math.max(n, 1)
}

export function original(page) {
  const box = page.form.querySelector("[data-original]")
  if (!box) return []
  return [new Plugin({
    key: abreast,
    state: {
      init: (_, state) => ({ heights: {}, set: numbers(state.doc, {}) }),
      apply(tr, was) {
        const heights = tr.getMeta(abreast) || was.heights
        return tr.docChanged || heights !== was.heights ? { heights, set: numbers(tr.doc, heights) } : was
      },
    },
    props: { decorations: (state) => abreast.getState(state).set },
    view: (view) => {
      const beside = new Beside(box, view)
      page.abreast = () => beside.place()
      return beside
    },
  })]
}

class Beside {
  constructor(box, view) {
    this.box = box
    this.view = view
    this.parts = [...box.querySelectorAll("li")]
    this.watch = new ResizeObserver(() => this.soon())
    this.watch.observe(box)
    this.watch.observe(view.dom)
    this.update()
  }

  update() {
    const n = String(inWork(this.view.state))
    for (const part of this.parts) {
      const now = part.dataset.number === n
      part.classList.toggle("now", now)
      if (now) part.setAttribute("aria-current", "true")
      else part.removeAttribute("aria-current")
    }
    this.soon()
  }

  // soon places once for all that happens until the page is drawn.
  soon() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0
      if (this.view.dom.isConnected) this.place()
    })
  }

  // place sets the parts level, each under the one before it at least.
  place() {
    this.box.classList.toggle("level", !narrow.matches)
    this.box.classList.toggle("follows", narrow.matches)
    const heights = narrow.matches ? [] : this.parts.map((part) => Math.ceil(part.getBoundingClientRect().height))
    this.grow(Object.fromEntries(heights.map((h, i) => [this.parts[i].dataset.number || 0, h])))
    const zero = this.box.getBoundingClientRect().top
    const own = new Map([...this.view.dom.querySelectorAll(":scope > [data-number]")].map((e) => [e.dataset.number, e.getBoundingClientRect().top - zero]))
    let end = 0
    heights.forEach((height, i) => {
      const top = Math.round(Math.max(end, own.get(this.parts[i].dataset.number) ?? 0))
      this.parts[i].style.top = `${top}px`
      end = top + height
    })
    this.box.style.minHeight = end ? `${end}px` : ""
  }

  // grow gives the text's own blocks the heights, if they are others.
  grow(heights) {
    const was = abreast.getState(this.view.state).heights
    if (JSON.stringify(was) !== JSON.stringify(heights)) this.view.dispatch(this.view.state.tr.setMeta(abreast, heights).setMeta("addToHistory", false))
  }

  destroy() {
    this.watch.disconnect()
    cancelAnimationFrame(this.frame)
  }
}
