// A dialog in which a picture is cut and its point is chosen that stays in
// sight when it is shown in another shape. A drag cuts, a click chooses the
// point; the sliders do the same by keyboard.
import { dom } from "../page.js"
import { send } from "../save.js"

const sides = { x: 0, y: 0, w: 100, h: 100 }
const least = 5

export function crop(page, picture) {
  const { attrs } = picture.node
  const part = { ...sides }
  const focus = { x: attrs.focus_x || 50, y: attrs.focus_y || 50 }
  const img = dom("img", { src: `/desk/pictures/${attrs.picture}/960`, alt: attrs.alt, draggable: "false" })
  const frame = dom("div", { class: "crop-frame" }), point = dom("div", { class: "crop-point" })
  const stage = dom("div", { class: "crop-stage" }, img, frame, point)
  const wrong = dom("p", { class: "wrong", role: "alert" })
  const sliders = {}
  const slider = (of, name, min) => {
    const input = dom("input", { type: "range", min: String(min), max: "100", oninput: () => { of[name] = Number(input.value); draw() } })
    sliders[(of === focus ? "focus-" : "") + name] = [input, of, name]
    return dom("label", {}, page.T("ed-crop-" + (of === focus ? "focus-" : "") + name), input)
  }
  const draw = () => {
    part.w = Math.max(Math.min(part.w, 100 - part.x), least)
    part.h = Math.max(Math.min(part.h, 100 - part.y), least)
    Object.assign(frame.style, { left: part.x + "%", top: part.y + "%", width: part.w + "%", height: part.h + "%" })
    Object.assign(point.style, { left: focus.x + "%", top: focus.y + "%" })
    for (const [input, of, name] of Object.values(sliders)) input.value = of[name]
  }
  const dialog = dom("dialog", { class: "crop", "aria-label": page.T("ed-crop") },
    dom("p", { class: "soft" }, page.T("ed-crop-how")), stage,
    dom("div", { class: "grid" }, slider(part, "x", 0), slider(part, "y", 0), slider(part, "w", least), slider(part, "h", least), slider(focus, "x", 1), slider(focus, "y", 1)),
    wrong,
    dom("p", { class: "go" },
      dom("button", { type: "button", class: "strong", onclick: () => done() }, page.T("ed-crop-do")),
      dom("button", { type: "button", onclick: () => dialog.close() }, page.T("ed-crop-cancel"))))
  drag(stage, img, part, focus, draw)
  dialog.addEventListener("close", () => dialog.remove())
  dialog.addEventListener("keydown", (e) => e.stopPropagation())
  document.body.append(dialog)
  draw()
  dialog.showModal()

  async function done() {
    const cut = part.w < 100 || part.h < 100
    const change = { focus_x: Math.round(focus.x), focus_y: Math.round(focus.y) }
    if (focus.x === 50 && focus.y === 50) change.focus_x = change.focus_y = 0
    if (cut) {
      const { x, y, w, h } = part
      const { status, said } = await send(`/desk/pictures/${attrs.picture}/crop`, { x: x / 100, y: y / 100, w: w / 100, h: h / 100 }).catch(() => ({}))
      if (status !== 200) return (wrong.textContent = said?.why || page.T("ed-no-net"))
      change.picture = said.id
      // The point was chosen in the whole picture.
      change.focus_x = within(focus.x, x, w)
      change.focus_y = within(focus.y, y, h)
    }
    picture.change(change)
    dialog.close()
  }
}

const within = (at, from, size) => Math.round(Math.min(Math.max(((at - from) / size) * 100, 1), 100))

function drag(stage, img, part, focus, draw) {
  const at = (e) => {
    const box = img.getBoundingClientRect()
    const share = (n, size) => Math.min(Math.max((n / size) * 100, 0), 100)
    return { x: share(e.clientX - box.left, box.width), y: share(e.clientY - box.top, box.height) }
  }
  stage.addEventListener("pointerdown", (e) => {
    e.preventDefault()
    stage.setPointerCapture(e.pointerId)
    const from = at(e)
    let moved = false
    const move = (m) => {
      const to = at(m)
      moved ||= Math.abs(to.x - from.x) > 2 || Math.abs(to.y - from.y) > 2
      if (!moved) return
      Object.assign(part, { x: Math.round(Math.min(from.x, to.x)), y: Math.round(Math.min(from.y, to.y)), w: Math.round(Math.abs(to.x - from.x)), h: Math.round(Math.abs(to.y - from.y)) })
      draw()
    }
    const up = () => {
      stage.removeEventListener("pointermove", move)
      if (!moved) Object.assign(focus, { x: Math.max(Math.round(from.x), 1), y: Math.max(Math.round(from.y), 1) })
      draw()
    }
    stage.addEventListener("pointermove", move)
    stage.addEventListener("pointerup", up, { once: true })
    stage.addEventListener("pointercancel", up, { once: true })
  })
}
