// A picture in the text with what belongs under it.
import { dom } from "../page.js"
import { crop } from "./crop.js"

const width = 640

export class PictureView {
  constructor(page, node, view, getPos) {
    Object.assign(this, { page, node, view, getPos })
    this.img = dom("img", { draggable: "false" })
    this.fields = {}
    const boxes = ["caption", "credit", "alt"].map((name) => {
      const input = dom(name === "caption" ? "textarea" : "input", { type: name === "caption" ? null : "text", rows: name === "caption" ? "2" : null, lang: page.language(), autocomplete: "off", oninput: () => this.set(name) })
      const lacks = dom("small", {}, page.T("ed-needed"))
      this.fields[name] = { input, lacks }
      return dom("label", { class: "of-picture " + name }, dom("span", {}, page.T("ed-picture-" + name), " ", name === "caption" ? null : lacks), input)
    })
    const button = (word, run) => dom("button", { type: "button", onclick: run }, page.T(word))
    this.dom = dom("figure", { class: "in-text", contenteditable: "false" },
      this.img,
      dom("figcaption", {}, ...boxes, dom("p", { class: "go" }, button("ed-crop", () => crop(page, this)), button("ed-picture-away", () => this.remove()))))
    this.dom.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" || e.target.tagName !== "INPUT") return
      e.preventDefault()
      if (!e.ctrlKey && !e.metaKey) view.focus()
    })
    this.show()
  }

  show() {
    const { attrs } = this.node
    const src = `/desk/pictures/${attrs.picture}/${width}`
    if (this.img.getAttribute("src") !== src) this.img.setAttribute("src", src)
    this.img.alt = attrs.alt
    this.img.style.objectPosition = attrs.focus_x || attrs.focus_y ? `${attrs.focus_x}% ${attrs.focus_y}%` : ""
    for (const [name, { input, lacks }] of Object.entries(this.fields)) {
      if (input.value !== attrs[name]) input.value = attrs[name]
      lacks.hidden = !!attrs[name].trim()
    }
  }

  set(name) {
    this.change({ [name]: this.fields[name].input.value })
  }

  change(attrs) {
    const { tr } = this.view.state
    for (const [name, value] of Object.entries(attrs)) tr.setNodeAttribute(this.getPos(), name, value)
    this.view.dispatch(tr)
  }

  remove() {
    const at = this.getPos()
    this.view.dispatch(this.view.state.tr.delete(at, at + this.node.nodeSize))
    this.view.focus()
  }

  update(node) {
    if (node.type !== this.node.type) return false
    this.node = node
    this.show()
    return true
  }

  selectNode() { this.dom.classList.add("ProseMirror-selectednode") }
  deselectNode() { this.dom.classList.remove("ProseMirror-selectednode") }
  stopEvent(e) { return !!e.target.closest?.("figcaption") }
  ignoreMutation() { return true }
}
